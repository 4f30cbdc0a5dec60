import { viConflicts } from './vi/conflicts.ts';
import { viDates } from './vi/dates.ts';
import { viDelegations } from './vi/delegations.ts';
import { viDossierActs } from './vi/dossier-acts.ts';
import { viDossiers } from './vi/dossiers.ts';
import { viFees } from './vi/fees.ts';
import { viFrame } from './vi/frame.ts';
import { viHandOver } from './vi/hand-over.ts';
import { viHelp } from './vi/help.ts';
import { viImports } from './vi/imports.ts';
import { viOfficeSettings } from './vi/office-settings.ts';
import { viPrinting } from './vi/printing.ts';
import { viProvince } from './vi/province.ts';
import { viReceive } from './vi/receive.ts';
import { viRegisters } from './vi/registers.ts';
import { viSteps } from './vi/steps.ts';
import { viSync } from './vi/sync.ts';
import { viToday } from './vi/today.ts';
import { viOffice } from './vi/office.ts';
import { viSettings } from './vi/settings.ts';
import { viSession } from './vi/session.ts';
import { viTour } from './vi/tour.ts';
import { viUi } from './vi/ui.ts';
import { viWorkload } from './vi/workload.ts';

/**
 * Every word that an officer reads, one file per noun under `text/vi/`. A new feature adds its file and one line here.
 * A test refuses the words that ux.md §8 forbids.
 */
export const vi = {
  ui: viUi,
  frame: viFrame,
  help: viHelp,
  dates: viDates,
  session: viSession,
  settings: viSettings,
  officeSettings: viOfficeSettings,
  office: viOffice,
  today: viToday,
  tour: viTour,
  delegations: viDelegations,
  dossiers: viDossiers,
  dossierActs: viDossierActs,
  fees: viFees,
  conflicts: viConflicts,
  handOver: viHandOver,
  receive: viReceive,
  printing: viPrinting,
  steps: viSteps,
  workload: viWorkload,
  registers: viRegisters,
  province: viProvince,
  imports: viImports,
  sync: viSync,
} as const;
