import type { InstalledPack } from '../../../../src-shared/domain/office/office.ts';
import type { OfficeCalendars } from './office-calendars.ts';

/** How each installed calendar pack stands, for the list of packs. */
export function calendarStates(calendars: OfficeCalendars): readonly { readonly installed: InstalledPack; readonly validTo: string | null; readonly inForce: boolean; readonly problem: string | undefined }[] {
  return calendars.installed.map(({ installed, pack, problem }) => ({
    installed,
    validTo: pack?.validTo ?? null,
    inForce: pack !== undefined && pack === calendars.pack,
    problem,
  }));
}
