import { createHash } from 'node:crypto';
import { calendarPackSchema } from '../../../../src-shared/domain/deadlines/calendar-pack.ts';
import type { CalendarDay, CalendarPack, OfficeCalendar } from '../../../../src-shared/domain/deadlines/calendar-pack.ts';
import { createCalendar } from '../../../../src-shared/domain/deadlines/calendar.ts';
import type { Calendar } from '../../../../src-shared/domain/deadlines/calendar.ts';
import type { DeadlinePack } from '../../../../src-shared/domain/deadlines/deadline-record.ts';
import type { InstalledPack, Office } from '../../../../src-shared/domain/office/office.ts';
import type { Authority } from '../../../../src-shared/domain/procedures/procedure.ts';
import { readOfficeSettings } from '../../../../src-shared/domain/settings/office-settings.ts';
import type { OfficeSettings } from '../../../../src-shared/domain/settings/office-settings.ts';
import { canonicalJson } from '../../../../src-shared/lib/canonical-json.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';

/** A calendar and the data it is made of, as an appointment's record names them. */
export interface CalendarInForce {
  readonly calendar: Calendar;
  readonly packs: readonly DeadlinePack[];
}

/** The office's calendars: its own, and that of Công an xã beside it (settled.md 9). */
export interface OfficeCalendars {
  readonly office: CalendarInForce;
  readonly police: CalendarInForce;
  readonly settings: OfficeSettings;
  /** The pack the days come from; undefined while none can be read. */
  readonly pack: CalendarPack | undefined;
  /** Every installed calendar pack, oldest first, with what keeps one from being used. */
  readonly installed: readonly InstalledCalendar[];
}

export interface InstalledCalendar {
  readonly installed: InstalledPack;
  readonly pack: CalendarPack | undefined;
  /** Vietnamese, for the administrator; undefined when the pack is readable. */
  readonly problem: string | undefined;
}

export type CalendarsOf = (desk: OpenDesk) => OfficeCalendars;

/** Made once and kept until the office changes. */
export function createCalendarsOf(): CalendarsOf {
  const cacheByDesk = new WeakMap<OpenDesk, { readonly office: Office; readonly calendars: OfficeCalendars }>();
  return (desk) => {
    const office = desk.office();
    const known = cacheByDesk.get(desk);
    if (known?.office === office) return known.calendars;
    const calendars = calendarsOfOffice(office);
    cacheByDesk.set(desk, { office, calendars });
    return calendars;
  };
}

/** Which of the two calendars a procedure runs on. */
export function calendarKeyOf(authority: Authority): 'office' | 'police' {
  return authority === 'police' ? 'police' : 'office';
}

/** No pack can be read: weekends alone count, and every date is marked as unconfirmed (settled.md 7). */
const NO_PACK: CalendarPack = { id: 'none', version: 1, validFrom: '1900-01-01', validTo: '1900-01-01', fixedDates: [], days: [] };

const UNREADABLE = 'bản phần mềm này không đọc được lịch';

/** The calendars of an office as it is, or as somebody asks about it. */
export function calendarsOfOffice(office: Office): OfficeCalendars {
  const settings = readOfficeSettings(office.settings);
  const installed = office.packs.filter((pack) => pack.pack === 'calendar').map(read);
  const best = [...installed].sort(bestLast).at(-1);
  const days = ownDays(office);
  const inForce = (key: 'office' | 'police', hours: OfficeCalendar['hours']): CalendarInForce => {
    const own = { key, hours, days };
    return { calendar: createCalendar(best?.pack ?? NO_PACK, own), packs: [...packOf(best), ownPack(own)] };
  };
  return {
    office: inForce('office', settings.officeHours),
    police: inForce('police', settings.policeHours),
    settings,
    pack: best?.pack,
    installed,
  };
}

function read(installed: InstalledPack): InstalledCalendar {
  let value: unknown;
  try {
    value = JSON.parse(installed.text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const pack = calendarPackSchema.safeParse(value).data;
  return { installed, pack, problem: pack === undefined ? UNREADABLE : undefined };
}

/** A readable pack beats others; then the one that reaches further, the higher version, and the hash, so that every desk chooses alike. */
function bestLast(left: InstalledCalendar, right: InstalledCalendar): number {
  if (left.pack === undefined || right.pack === undefined) return Number(left.pack !== undefined) - Number(right.pack !== undefined);
  return (
    compareText(left.pack.validTo, right.pack.validTo) ||
    left.pack.version - right.pack.version ||
    compareText(left.installed.hash, right.installed.hash)
  );
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function ownDays(office: Office): readonly CalendarDay[] {
  const days: CalendarDay[] = [];
  for (const { date, type, name } of office.calendarDays.values()) if (type !== 'asPack') days.push({ date, type, name });
  return days.sort((left, right) => compareText(left.date, right.date));
}

function packOf(best: InstalledCalendar | undefined): readonly DeadlinePack[] {
  if (best?.pack === undefined) return [];
  return [{ kind: 'calendar', id: best.pack.id, version: String(best.pack.version), hash: best.installed.hash }];
}

/** The office's own hours and days have no version; what they hold is named by their hash. */
function ownPack(own: OfficeCalendar): DeadlinePack {
  const hash = createHash('sha256').update(canonicalJson(own)).digest('hex');
  return { kind: 'officeCalendar', id: own.key, version: '', hash };
}
