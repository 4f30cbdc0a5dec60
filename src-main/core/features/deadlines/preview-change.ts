import type { OutputOf } from '../../../../src-shared/contract/contract.ts';
import { isWorkingDay, type Calendar } from '../../../../src-shared/domain/deadlines/calendar.ts';
import { computeDeadline, momentOfDay, officeMinute, type DeadlineSettings } from '../../../../src-shared/domain/deadlines/deadline.ts';
import { termOnReceipt } from '../../../../src-shared/domain/deadlines/deadline-words.ts';
import type { Office } from '../../../../src-shared/domain/office/office.ts';
import type { OfficeBody } from '../../../../src-shared/domain/office/office-operations.ts';
import type { Authority } from '../../../../src-shared/domain/procedures/procedure.ts';
import { addDays, officeDate, officeInstant, type IsoDate } from '../../../../src-shared/lib/office-time.ts';
import type { ParsedInput } from '../../calls/handlers.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { calendarKeyOf, calendarsOfOffice, type OfficeCalendars } from './office-calendars.ts';

type Change = ParsedInput<'calendar.previewChange'>;
type Preview = Omit<OutputOf<'calendar.previewChange'>, 'refusal'>;

/** Terms that a citizen hears every week; some of them reach any day worth setting. */
const TERMS_DAYS = [1, 2, 3, 5, 7, 10, 15, 20, 30] as const;
const SHOWN_MAX = 3;

/** The office as it would be with that change, for asking and nothing else. */
function officeWith(office: Office, change: Change): Office {
  if (change.what === 'hours') return { ...office, settings: new Map([...office.settings, [change.key, change.hours]]) };
  const day: OfficeBody<'calendarDay.saved'> = change.day.type === 'asPack' ? { ...change.day, name: '' } : change.day;
  return { ...office, calendarDays: new Map([...office.calendarDays, [day.date, day]]) };
}

/**
 * What a change of the calendar would do, by the arithmetic that gives dates. Dates that stand are only counted: they were
 * printed, and no change of a calendar ever moves one.
 */
export function previewChange(desk: OpenDesk, change: Change, before: OfficeCalendars, authorityOf: (procedureCode: string) => Authority): Preview {
  const after = calendarsOfOffice(officeWith(desk.office(), change));
  const nowMs = desk.clock.nowMs();
  const today = officeDate(nowMs);
  const from = change.what === 'day' ? change.day.date : today;
  const isTouched = (key: 'office' | 'police') => change.what === 'day' || (change.key === 'policeHours') === (key === 'police');
  const standing = standingDates(desk, change.what === 'day' ? officeInstant(from > today ? from : today) : nowMs)
    .map(({ due_at: dueAt, procedure_code: code }) => ({ dueAt, key: calendarKeyOf(authorityOf(code)) }))
    .filter(({ key }) => isTouched(key));
  const key = change.what === 'hours' && change.key === 'policeHours' ? 'police' : 'office';
  const calendars = { before: before[key].calendar, after: after[key].calendar, settings: before.settings };
  return {
    running: standing.length,
    whileClosed: standing.filter(({ dueAt, key: own }) => isShut(after[own].calendar, dueAt) && !isShut(before[own].calendar, dueAt)).length,
    from,
    moved: movedDates(calendars, nowMs, change.what === 'day' && from > today ? from : null),
  };
}

interface StandingRow {
  readonly due_at: number;
  readonly procedure_code: string;
}

/** Dates promised for work that is under way and has not stopped. */
function standingDates({ db }: OpenDesk, fromMs: number): readonly StandingRow[] {
  return db.all<StandingRow>("SELECT due_at, procedure_code FROM dossiers WHERE status IN ('received', 'processing') AND due_at >= ?", fromMs);
}

/** Nobody would be at the counter then; the minute of closing itself is still served (settled.md 2). */
function isShut(calendar: Calendar, atMs: number): boolean {
  return ['closedDay', 'afterClosing'].includes(momentOfDay(calendar, officeMinute(atMs)));
}

interface TwoCalendars {
  readonly before: Calendar;
  readonly after: Calendar;
  readonly settings: DeadlineSettings;
}

/** Dates of receptions of now; where none reaches a day far ahead, of one on the last working day before it. */
function movedDates(calendars: TwoCalendars, nowMs: number, day: IsoDate | null): Preview['moved'] {
  const ofNow = movedFor(calendars, nowMs);
  if (ofNow.length > 0 || day === null) return ofNow;
  const eve = lastWorkingDayBefore(calendars.before, day);
  return eve > officeDate(nowMs) ? movedFor(calendars, officeInstant(eve, 8 * 60)) : [];
}

function movedFor({ before, after, settings }: TwoCalendars, receivedAt: number): Preview['moved'] {
  const dueUnder = (calendar: Calendar, value: number) => {
    const deadline = computeDeadline({ receivedAt, term: { unit: 'working_day', value }, calendar, settings });
    return deadline.known ? deadline.dueAt : 0;
  };
  return TERMS_DAYS
    .map((value) => ({ term: termOnReceipt({ unit: 'working_day', value }), receivedOn: officeDate(receivedAt), before: dueUnder(before, value), after: dueUnder(after, value) }))
    .filter((one) => one.before !== one.after)
    .slice(0, SHOWN_MAX);
}

function lastWorkingDayBefore(calendar: Calendar, day: IsoDate): IsoDate {
  let date = addDays(day, -1);
  while (!isWorkingDay(calendar, date)) date = addDays(date, -1);
  return date;
}
