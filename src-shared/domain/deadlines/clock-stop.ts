/**
 * The clock that stands still while the citizen is waited for (settled.md 6).
 *
 * Terms in hours, same-day and while-you-wait terms are shorter than a day, so the same principle is applied in working
 * minutes: at the stop, the working minutes after the stop minute up to the due minute are noted; the new due minute is
 * that many working minutes after the resumption. What was used stays used, what was waited does not count.
 */
import { assertNever } from '../../lib/assert.ts';
import { addDays, daysBetween, officeInstant } from '../../lib/office-time.ts';
import type { IsoDate } from '../../lib/office-time.ts';
import { closingMinute, isWorkingDay, nextWorkingDay, sameOrNextWorkingDay } from './calendar.ts';
import type { Calendar } from './calendar.ts';
import { knownDeadline, listWorkingDaysAfter, momentOfDay, officeMinute, workingDaysUpTo } from './deadline.ts';
import type { ClockUnit, KnownDeadline } from './deadline.ts';
import type { Term } from '../procedures/term.ts';
import { addWorkingMinutes, firstWorkingMinute, workingMinutesBetween } from './working-minutes.ts';
import type { OfficeMinute } from './working-minutes.ts';

/** What is left of a term at the stop. `stoppedAt` and `dueAt` are UTC milliseconds. A type, so that it fits a JSON record. */
export type StoppedClock = {
  readonly unit: ClockUnit;
  readonly remaining: number;
  readonly stoppedAt: number;
  /** The due time that stood at the stop. */
  readonly dueAt: number;
};

/** What a stopped clock of this term counts in; a date set by hand without a term counts in working days. */
export function clockUnitOfTerm(term: Term | null): ClockUnit {
  if (term === null) return 'working_day';
  switch (term.unit) {
    case 'working_day':
    case 'unknown':
      return 'working_day';
    case 'calendar_day':
      return 'calendar_day';
    case 'hour':
    case 'same_day':
    case 'while_waiting':
      return 'working_minute';
    default:
      return assertNever(term);
  }
}

/** Notes what is left when the clock stops: 0 on the due day itself and for a dossier that is late already. */
export function pauseClock(stop: {
  readonly stoppedAt: number;
  readonly dueAt: number;
  readonly unit: ClockUnit;
  readonly calendar: Calendar;
}): StoppedClock {
  const { unit, stoppedAt, dueAt, calendar } = stop;
  return { unit, stoppedAt, dueAt, remaining: remainingAt(calendar, unit, officeMinute(stoppedAt), officeMinute(dueAt)) };
}

/**
 * The due time after the wait. A pause of no length leaves it as it was, and so does a stop after the due day (for
 * shorter terms the due minute): time already overspent is not given back. A resumption dated before the stop (a wrong
 * clock) is a pause of no length.
 */
export function resumeClock(stopped: StoppedClock, resumedAt: number, calendar: Calendar): KnownDeadline {
  const stop = officeMinute(stopped.stoppedAt);
  const oldDue = officeMinute(stopped.dueAt);
  const resumed = officeMinute(Math.max(resumedAt, stopped.stoppedAt));
  const lateBeforeStop = isLateAt(stopped.unit, stop, oldDue);
  const { unit, remaining } = stopped;
  const isUnmoved = lateBeforeStop || isEmptyPause(unit, stop, resumed, oldDue);
  const moved = isUnmoved ? { due: oldDue, movedFrom: null } : movedDue(calendar, stopped, resumed, oldDue);
  return knownDeadline(calendar, {
    rule: { by: 'resumption', unit, remaining, lateBeforeStop },
    start: resumed,
    due: moved.due,
    firstCounted: unit === 'working_minute' && !lateBeforeStop ? firstWorkingMinute(calendar, resumed) : resumed,
    workingDates: lateBeforeStop ? [] : countedDates(calendar, unit, resumed, moved.due),
    movedFrom: moved.movedFrom,
  });
}

function countedDates(calendar: Calendar, unit: ClockUnit, resumed: OfficeMinute, due: OfficeMinute): readonly IsoDate[] {
  if (unit === 'calendar_day') return [];
  if (unit === 'working_day') return workingDaysUpTo(calendar, resumed.date, due.date);
  const first = firstWorkingMinute(calendar, resumed).date;
  return [first, ...workingDaysUpTo(calendar, first, due.date)];
}

function remainingAt(calendar: Calendar, unit: ClockUnit, stop: OfficeMinute, due: OfficeMinute): number {
  switch (unit) {
    case 'working_day':
      return workingDaysUpTo(calendar, stop.date, due.date).length;
    case 'calendar_day':
      return Math.max(0, daysBetween(stop.date, due.date));
    case 'working_minute':
      return workingMinutesBetween(calendar, stop, due);
    default:
      return assertNever(unit);
  }
}

/** Days are compared for terms in days, as lateness itself is (domain.md §e.3); minutes for shorter terms. */
function isLateAt(unit: ClockUnit, stop: OfficeMinute, due: OfficeMinute): boolean {
  if (unit !== 'working_minute') return stop.date > due.date;
  return officeInstant(stop.date, stop.minute) > officeInstant(due.date, due.minute);
}

/** A wait within one day costs no day, unless it went past the promised minute of the due day itself. */
function isEmptyPause(unit: ClockUnit, stop: OfficeMinute, resumed: OfficeMinute, due: OfficeMinute): boolean {
  if (stop.date !== resumed.date) return false;
  if (unit === 'working_minute') return stop.minute === resumed.minute;
  return !(stop.date === due.date && stop.minute <= due.minute && resumed.minute > due.minute);
}

interface MovedDue {
  readonly due: OfficeMinute;
  readonly movedFrom: IsoDate | null;
}

function movedDue(calendar: Calendar, stopped: StoppedClock, resumed: OfficeMinute, oldDue: OfficeMinute): MovedDue {
  const { unit, remaining } = stopped;
  if (unit === 'working_minute') return { due: addWorkingMinutes(calendar, resumed, remaining), movedFrom: null };
  // With nothing left the result is due on the day the clock runs again, unless that day is over.
  const isDayOver = remaining === 0 && momentOfDay(calendar, resumed) === 'afterClosing';
  const counted = isDayOver ? nextWorkingDay(calendar, resumed.date) : dayAfterRemaining(calendar, unit, resumed.date, remaining);
  const date = sameOrNextWorkingDay(calendar, counted);
  return { due: onDay(calendar, date, oldDue, resumed), movedFrom: date === counted ? null : counted };
}

function dayAfterRemaining(calendar: Calendar, unit: ClockUnit, resumed: IsoDate, remaining: number): IsoDate {
  if (unit === 'calendar_day') return addDays(resumed, remaining);
  return listWorkingDaysAfter(calendar, resumed, remaining).at(-1) ?? resumed;
}

/** Closing of the new day, or an earlier hour that an officer had promised by hand, if it is still to come. */
function onDay(calendar: Calendar, date: IsoDate, oldDue: OfficeMinute, resumed: OfficeMinute): OfficeMinute {
  const closing = closingMinute(calendar, date);
  const wasAtClosing = isWorkingDay(calendar, oldDue.date) && oldDue.minute === closingMinute(calendar, oldDue.date);
  const isGone = date === resumed.date && oldDue.minute < resumed.minute;
  return { date, minute: wasAtClosing || isGone ? closing : Math.min(oldDue.minute, closing) };
}
