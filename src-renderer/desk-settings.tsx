import { DelegationsPart } from './features/delegations/delegations-part.tsx';
import { DesksPart } from './features/desks/desks-part.tsx';
import { RecoveryRenewal } from './features/office/recovery-renewal.tsx';
import { OfficersPart } from './features/officers/officers-part.tsx';
import { PrintingPart } from './features/printing/printing-part.tsx';
import { ProvincePart } from './features/province/province-part.tsx';
import { AboutPart } from './features/settings/about-part.tsx';
import { CalendarPart } from './features/settings/calendar-part.tsx';
import { MinePart } from './features/settings/mine-part.tsx';
import { OfficePart } from './features/settings/office-part.tsx';
import { HistoryPart } from './features/settings/history-part.tsx';
import { PapersPart } from './features/settings/papers-part.tsx';
import { PacksPart } from './features/settings/packs-part.tsx';
import { ProceduresPart } from './features/settings/procedures-part.tsx';
import { SettingsScreen } from './features/settings/settings-screen.tsx';
import { SyncPart } from './features/sync/sync-part.tsx';
import type { ScreenParameters } from './router/screens.ts';

const PARTS = {
  mine: MinePart, officers: OfficersPart, delegations: DelegationsPart, desks: DesksPart, papers: PapersPart, calendar: CalendarPart, office: OfficePart, procedures: ProceduresPart,
  packs: PacksPart, province: ProvincePart, printing: PrintingPart, sync: SyncPart, recovery: RecoveryRenewal, history: HistoryPart, about: AboutPart,
};

/** The settings of every feature under one roof. */
export function DeskSettings({ part }: ScreenParameters['settings']) {
  return <SettingsScreen parts={PARTS} {...(part !== undefined && { part })} />;
}
