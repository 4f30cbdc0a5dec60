/** When a dossier's result is due, from its reception, its term and a calendar. Pure: no clock, no guess. */
import { err, ok } from '../../lib/result.ts';
import type { Result } from '../../lib/result.ts';
import { assertNever } from '../../lib/assert.ts';
import { addDays, MINUTE_MS, officeDate, officeInstant, officeMinuteOfDay } from '../../lib/office-time.ts';
import type { IsoDate } from '../../lib/office-time.ts';
import type { Term } from '../procedures/term.ts';
import {
  closedDay,
  closingMinute,
  isDoubtfulDay,
  isWithinValidity,
  listClosedDays,
  listDays,
  nextWorkingDay,
  sameOrNextWorkingDay,
  workingPeriods,
} from './calendar.ts';
import type { Calendar, ClosedDay } from './calendar.ts';
import { addWorkingMinutes, firstWorkingMinute } from './working-minutes.ts';
import type { OfficeMinute } from './working-minutes.ts';

/**
 * What a reception on a closed day or after closing does (settled.md 1, a setting of the office):
 * `nextWorkingDayIsDayOne` counts the next working day as day 1, for terms in calendar days too;
 * `nextWorkingDayIsReceptionDay` treats the dossier as received on it, so day 1 is the day after;
 * `calendarDaysRunOn` is the first, except that calendar-day terms count from the day after reception regardless.
 */
export type ReceptionOutsideHours = 'nextWorkingDayIsDayOne' | 'nextWorkingDayIsReceptionDay' | 'calendarDaysRunOn';

/** A type, not an interface: it travels inside operations, and only a type is assignable to a JSON record. */
export type DeadlineSettings = {
  readonly receptionOutsideHours: ReceptionOutsideHours;
};

export const defaultDeadlineSettings: DeadlineSettings = { receptionOutsideHours: 'nextWorkingDayIsDayOne' };

/** `receivedAt` is UTC milliseconds; its seconds never matter (settled.md 2). A null term is unknown. */
export interface DeadlineInput {
  readonly receivedAt: number;
  readonly term: Term | null;
  readonly calendar: Calendar;
  readonly settings: DeadlineSettings;
}

/** Where a minute lies in its office day; both ends of a period are inside it. */
export type MomentOfDay = 'closedDay' | 'beforeOpening' | 'inHours' | 'break' | 'afterClosing';

export type CountedTerm = Exclude<Term, { readonly unit: 'unknown' }>;

/** The facts from which the explaining sentence is made. */
export interface DeadlineReasons {
  readonly rule:
    | { readonly by: 'term'; readonly term: CountedTerm }
    | { readonly by: 'hand'; readonly reason: string; readonly dueMoment: MomentOfDay; readonly dueClosed: ClosedDay | null }
    | { readonly by: 'resumption'; readonly unit: ClockUnit; readonly remaining: number; readonly lateBeforeStop: boolean };
  /** Reception, or resumption of a stopped clock. */
  readonly start: OfficeMinute;
  readonly startMoment: MomentOfDay;
  readonly startClosed: ClosedDay | null;
  /** True when a same-day or while-you-wait dossier came after its cut-off minute. */
  readonly afterCutOff: boolean;
  /** The first minute (terms in hours) or the day (other terms) that counts; for same-day terms the due day. */
  readonly firstCounted: OfficeMinute;
  /** The closed day from which a calendar-day result was moved on, or null (settled.md 3). */
  readonly movedFrom: IsoDate | null;
  /** Closed days that the count or the move stepped over, in order; the day of reception is not among them. */
  readonly passedOver: readonly ClosedDay[];
  /** Make-up working days among the counted ones. */
  readonly makeUpDates: readonly IsoDate[];
  /** Listed days on the way that nobody has held against their document yet. */
  readonly doubtfulDates: readonly IsoDate[];
  readonly calendarValidFrom: IsoDate;
  readonly calendarValidTo: IsoDate;
}

export interface KnownDeadline {
  readonly known: true;
  /** UTC milliseconds of a whole minute. */
  readonly dueAt: number;
  readonly dueDate: IsoDate;
  /** Minutes since the office's midnight. */
  readonly dueMinute: number;
  /** The working days that were counted, in order; empty for calendar-day terms and dates set by hand. */
  readonly workingDates: readonly IsoDate[];
  /** True when the way from reception to the due day leaves the calendar's validity (settled.md 7). */
  readonly calendarUnconfirmed: boolean;
  readonly reasons: DeadlineReasons;
}

/** No term, or one whose unit nobody knows: the officer types a term or a date, with a reason (settled.md 5). */
export interface UnknownDeadline {
  readonly known: false;
  readonly reason: 'termNotGiven' | 'termUnknown';
  /** What the catalogue shows instead, in Vietnamese. */
  readonly note: string | null;
}

export type Deadline = KnownDeadline | UnknownDeadline;

/** What a stopped clock counts in. */
export type ClockUnit = 'working_day' | 'calendar_day' | 'working_minute';

/** The deadline of a dossier by its term (domain.md §f, settled.md 1–5 and 7). */
export function computeDeadline(input: DeadlineInput): Deadline {
  const { term, calendar, settings } = input;
  if (term === null) return { known: false, reason: 'termNotGiven', note: null };
  if (term.unit === 'unknown') return { known: false, reason: 'termUnknown', note: term.note };
  const start = officeMinute(input.receivedAt);
  switch (term.unit) {
    case 'working_day':
      return workingDayDeadline(calendar, settings, start, term);
    case 'calendar_day':
      return calendarDayDeadline(calendar, settings, start, term);
    case 'hour':
      return hourDeadline(calendar, start, term);
    case 'same_day':
    case 'while_waiting':
      return sameDayDeadline(calendar, start, term);
    default:
      return assertNever(term);
  }
}

/** A date the officer chose. Closed days and odd hours are facts to warn of, not refusals (R15). */
export function appointmentByHand(
  dueAt: number,
  reason: string,
  context: { readonly receivedAt: number; readonly calendar: Calendar },
): Result<KnownDeadline, 'deadlines.reasonMissing' | 'deadlines.beforeReception'> {
  const start = officeMinute(context.receivedAt);
  const due = officeMinute(dueAt);
  if (reason.trim() === '') return err('deadlines.reasonMissing');
  if (officeInstant(due.date, due.minute) < officeInstant(start.date, start.minute)) return err('deadlines.beforeReception');
  const { calendar } = context;
  const rule = {
    by: 'hand',
    reason: reason.trim(),
    dueMoment: momentOfDay(calendar, due),
    dueClosed: closedDay(calendar, due.date),
  } as const;
  return ok(knownDeadline(calendar, { rule, start, due, firstCounted: start, workingDates: [] }));
}

/** Early, on time or late by dates alone, as the national figures do; no due date counts as on time (domain.md §e.3). */
export function classifyCompletion(finishedAt: number, dueAt: number | null): 'early' | 'onTime' | 'late' {
  if (dueAt === null) return 'onTime';
  const finished = officeDate(finishedAt);
  const due = officeDate(dueAt);
  if (finished === due) return 'onTime';
  return finished < due ? 'early' : 'late';
}

/** True from the day after the due day on: the same rule by dates as `classifyCompletion`, so lists and figures agree. */
export function isOverdue(dueAt: number, now: number): boolean {
  return officeDate(now) > officeDate(dueAt);
}

export function isDueToday(dueAt: number, now: number): boolean {
  return officeDate(now) === officeDate(dueAt);
}

/** True once the printed minute of the appointment is over; the dossier may still be on time by date. */
export function isPastAppointment(dueAt: number, now: number): boolean {
  return Math.floor(now / MINUTE_MS) > Math.floor(dueAt / MINUTE_MS);
}

/** The printed minute of an instant (settled.md 2). */
export function officeMinute(utcMs: number): OfficeMinute {
  return { date: officeDate(utcMs), minute: officeMinuteOfDay(utcMs) };
}

/** Where a minute lies in its office day: 11:30 and 17:00 themselves are in hours (settled.md 2). */
export function momentOfDay(calendar: Calendar, moment: OfficeMinute): MomentOfDay {
  const periods = workingPeriods(calendar, moment.date);
  const first = periods[0];
  if (first === undefined) return 'closedDay';
  if (moment.minute < first.from) return 'beforeOpening';
  if (periods.some((period) => moment.minute >= period.from && moment.minute <= period.to)) return 'inHours';
  return moment.minute > closingMinute(calendar, moment.date) ? 'afterClosing' : 'break';
}

/** The parts of a known deadline that its kind decides; `knownDeadline` adds what follows from them. */
export interface DeadlineParts {
  readonly rule: DeadlineReasons['rule'];
  readonly start: OfficeMinute;
  readonly due: OfficeMinute;
  readonly firstCounted: OfficeMinute;
  readonly workingDates: readonly IsoDate[];
  readonly afterCutOff?: boolean;
  readonly movedFrom?: IsoDate | null;
}

/** Completes a deadline: closed days stepped over, validity of the calendar, doubtful days. */
export function knownDeadline(calendar: Calendar, parts: DeadlineParts): KnownDeadline {
  const { rule, start, due, movedFrom = null } = parts;
  const nextDay = addDays(start.date, 1);
  // Every calendar day counts where the term is in calendar days, so only a move at its end steps over closed days.
  const countsEveryDay = parts.workingDates.length === 0;
  const steppedFrom = countsEveryDay ? movedFrom : nextDay;
  return {
    known: true,
    dueAt: officeInstant(due.date, due.minute),
    dueDate: due.date,
    dueMinute: due.minute,
    workingDates: parts.workingDates,
    calendarUnconfirmed: !isWithinValidity(calendar, start.date) || !isWithinValidity(calendar, due.date),
    reasons: {
      rule,
      start,
      startMoment: momentOfDay(calendar, start),
      startClosed: closedDay(calendar, start.date),
      afterCutOff: parts.afterCutOff ?? false,
      firstCounted: parts.firstCounted,
      movedFrom,
      passedOver: steppedFrom === null ? [] : listClosedDays(calendar, steppedFrom, due.date),
      makeUpDates: parts.workingDates.filter((date) => calendar.daysByDate.get(date)?.type === 'makeUpWorkingDay'),
      doubtfulDates: listDays(calendar, nextDay, due.date, (day) => isDoubtfulDay(calendar, day)),
      calendarValidFrom: calendar.validFrom,
      calendarValidTo: calendar.validTo,
    },
  };
}

/** The first `count` working days after a date. */
export function listWorkingDaysAfter(calendar: Calendar, date: IsoDate, count: number): readonly IsoDate[] {
  const dates: IsoDate[] = [];
  for (let day = date; dates.length < count; ) {
    day = nextWorkingDay(calendar, day);
    dates.push(day);
  }
  return dates;
}

type TermOf<Unit extends Term['unit']> = Extract<Term, { readonly unit: Unit }>;

function isOutsideHours(calendar: Calendar, start: OfficeMinute): boolean {
  const moment = momentOfDay(calendar, start);
  return moment === 'closedDay' || moment === 'afterClosing';
}

function workingDayDeadline(
  calendar: Calendar,
  settings: DeadlineSettings,
  start: OfficeMinute,
  term: TermOf<'working_day'>,
): KnownDeadline {
  const isDeemedLater = settings.receptionOutsideHours === 'nextWorkingDayIsReceptionDay' && isOutsideHours(calendar, start);
  const receptionDay = isDeemedLater ? nextWorkingDay(calendar, start.date) : start.date;
  const workingDates = listWorkingDaysAfter(calendar, receptionDay, term.value);
  const due = closingOf(calendar, workingDates.at(-1) ?? receptionDay);
  const firstCounted = { date: workingDates[0] ?? receptionDay, minute: 0 };
  return knownDeadline(calendar, { rule: { by: 'term', term }, start, due, firstCounted, workingDates });
}

function calendarDayDeadline(
  calendar: Calendar,
  settings: DeadlineSettings,
  start: OfficeMinute,
  term: TermOf<'calendar_day'>,
): KnownDeadline {
  const dayOne = firstCalendarDay(calendar, settings, start);
  const last = addDays(dayOne, term.value - 1);
  const due = closingOf(calendar, sameOrNextWorkingDay(calendar, last));
  const movedFrom = due.date === last ? null : last;
  const firstCounted = { date: dayOne, minute: 0 };
  return knownDeadline(calendar, { rule: { by: 'term', term }, start, due, firstCounted, workingDates: [], movedFrom });
}

function firstCalendarDay(calendar: Calendar, settings: DeadlineSettings, start: OfficeMinute): IsoDate {
  const dayAfter = addDays(start.date, 1);
  if (!isOutsideHours(calendar, start)) return dayAfter;
  switch (settings.receptionOutsideHours) {
    case 'nextWorkingDayIsDayOne':
      return nextWorkingDay(calendar, start.date);
    case 'nextWorkingDayIsReceptionDay':
      return addDays(nextWorkingDay(calendar, start.date), 1);
    case 'calendarDaysRunOn':
      return dayAfter;
    default:
      return assertNever(settings.receptionOutsideHours);
  }
}

function hourDeadline(calendar: Calendar, start: OfficeMinute, term: TermOf<'hour'>): KnownDeadline {
  const firstCounted = firstWorkingMinute(calendar, start);
  const due = addWorkingMinutes(calendar, start, term.value * 60);
  const workingDates = [firstCounted.date, ...workingDaysUpTo(calendar, firstCounted.date, due.date)];
  return knownDeadline(calendar, { rule: { by: 'term', term }, start, due, firstCounted, workingDates });
}

/** The working days after one date up to and including another. */
export function workingDaysUpTo(calendar: Calendar, after: IsoDate, upTo: IsoDate): readonly IsoDate[] {
  const dates: IsoDate[] = [];
  for (let day = nextWorkingDay(calendar, after); day <= upTo; day = nextWorkingDay(calendar, day)) dates.push(day);
  return dates;
}

/**
 * Up to and including the cut-off minute the result is due at closing of the same day, else of the next working day.
 * A day that closes before the cut-off (a Saturday morning) ends the chance at its own closing.
 */
function sameDayDeadline(calendar: Calendar, start: OfficeMinute, term: TermOf<'same_day' | 'while_waiting'>): KnownDeadline {
  const afterCutOff = start.minute > term.cutOffMinute;
  const isNextDay = afterCutOff || isOutsideHours(calendar, start);
  const due = closingOf(calendar, isNextDay ? nextWorkingDay(calendar, start.date) : start.date);
  const firstCounted = { date: due.date, minute: 0 };
  return knownDeadline(calendar, { rule: { by: 'term', term }, start, due, firstCounted, workingDates: [due.date], afterCutOff });
}

function closingOf(calendar: Calendar, date: IsoDate): OfficeMinute {
  return { date, minute: closingMinute(calendar, date) };
}
