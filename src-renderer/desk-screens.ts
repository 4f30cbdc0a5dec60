import type { ComponentType } from 'react';
import { DeskSettings } from './desk-settings.tsx';
import { DeskDossier } from './desk-dossier.tsx';
import { DeskRegisters } from './desk-registers.tsx';
import { DeskToday } from './desk-today.tsx';
import { DossierListScreen } from './features/dossiers/list-screen.tsx';
import { HandOverScreen } from './features/handover/hand-over-screen.tsx';
import { ImportScreen } from './features/imports/import-screen.tsx';
import { PrintQueueScreen } from './features/printing/print-queue-screen.tsx';
import { ReceivedScreen } from './features/printing/received-screen.tsx';
import { ProvinceScreen } from './features/province/province-screen.tsx';
import { ReceiveScreen } from './features/receive/receive-screen.tsx';
import { WorkloadScreen } from './features/workload/workload-screen.tsx';
import type { ScreenName, ScreenParameters } from './router/screens.ts';

/**
 * The component of every screen that exists. A screen whose line is missing is left out of the rail and the palette, so
 * nobody can open what is not there.
 */
export type ScreenComponents = { readonly [Name in ScreenName]?: ComponentType<ScreenParameters[Name]> };

export const DESK_SCREENS: ScreenComponents = {
  settings: DeskSettings,
  today: DeskToday,
  receive: ReceiveScreen,
  received: ReceivedScreen,
  dossiers: DossierListScreen,
  dossier: DeskDossier,
  handOver: HandOverScreen,
  printQueue: PrintQueueScreen,
  registers: DeskRegisters,
  workload: WorkloadScreen,
  province: ProvinceScreen,
  imports: ImportScreen,
};
