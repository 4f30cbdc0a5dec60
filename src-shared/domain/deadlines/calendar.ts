/** Which days and minutes an office works. A calendar is a value: the office and its police post may differ. */
import { assert } from '../../lib/assert.ts';
import { addDays, weekday } from '../../lib/office-time.ts';
import type { IsoDate } from '../../lib/office-time.ts';
import type { CalendarDay, CalendarPack, FixedDate, OfficeCalendar, OfficeHours, WorkPeriod } from './calendar-pack.ts';
import { capitalised, weekdayName } from './day-words.ts';

export interface Calendar {
  readonly key: string;
  readonly validFrom: IsoDate;
  readonly validTo: IsoDate;
  readonly hours: OfficeHours;
  readonly daysByDate: ReadonlyMap<IsoDate, CalendarDay>;
  readonly fixedDatesByMonthDay: ReadonlyMap<string, FixedDate>;
}

/** Why a day is closed. `fixedDate` is a yearly holiday outside the pack's validity; `weekly` has no name. */
export interface ClosedDay {
  readonly date: IsoDate;
  readonly because: 'weekly' | 'closed' | 'dayInLieu' | 'fixedDate';
  readonly name: string;
}

/** Joins a pack and an office's own hours and days; on the same date the office's day wins. */
export function createCalendar(pack: CalendarPack, office: OfficeCalendar): Calendar {
  return {
    key: office.key,
    validFrom: pack.validFrom,
    validTo: pack.validTo,
    hours: office.hours,
    daysByDate: new Map([...pack.days, ...office.days].map((day) => [day.date, day])),
    fixedDatesByMonthDay: new Map(pack.fixedDates.map((fixed) => [fixed.monthDay, fixed])),
  };
}

/** True when the pack's published days reach this date. */
export function isWithinValidity(calendar: Calendar, date: IsoDate): boolean {
  return date >= calendar.validFrom && date <= calendar.validTo;
}

/** The yearly holidays of one year that stand in where no days are published (settled.md 7). */
export function fixedDateHolidays(calendar: Calendar, year: number): readonly ClosedDay[] {
  return [...calendar.fixedDatesByMonthDay.values()]
    .filter((fixed) => year >= (fixed.fromYear ?? 0))
    .map((fixed) => ({ date: `${year}-${fixed.monthDay}`, because: 'fixedDate' as const, name: fixed.name }));
}

/** Why the office is closed on a day, or null when it works. */
export function closedDay(calendar: Calendar, date: IsoDate): ClosedDay | null {
  const day = calendar.daysByDate.get(date);
  if (day?.type === 'makeUpWorkingDay') return null;
  if (day !== undefined) return { date, because: day.type, name: day.name };
  const fixed = calendar.fixedDatesByMonthDay.get(date.slice(5));
  if (!isWithinValidity(calendar, date) && fixed !== undefined && Number(date.slice(0, 4)) >= (fixed.fromYear ?? 0)) {
    return { date, because: 'fixedDate', name: fixed.name };
  }
  return weeklyPeriods(calendar, date).length === 0 ? { date, because: 'weekly', name: '' } : null;
}

export function isWorkingDay(calendar: Calendar, date: IsoDate): boolean {
  return closedDay(calendar, date) === null;
}

/** Why a day is closed, in Vietnamese: "Thứ Bảy", "nghỉ Ngày Văn hóa Việt Nam", "nghỉ bù Giỗ Tổ Hùng Vương"; null when it is worked. */
export function dayReason(calendar: Calendar, date: IsoDate): string | null {
  const closed = closedDay(calendar, date);
  return closed === null ? null : closedDayReason(closed);
}

/** The words of `dayReason` for a closed day already at hand. */
export function closedDayReason(closed: ClosedDay): string {
  if (closed.because === 'weekly') return capitalised(weekdayName(weekday(closed.date)));
  return closed.because === 'dayInLieu' ? `nghỉ bù ${closed.name}` : `nghỉ ${closed.name}`;
}

/** The working periods of a day, in order; empty when closed. */
export function workingPeriods(calendar: Calendar, date: IsoDate): readonly WorkPeriod[] {
  if (closedDay(calendar, date) !== null) return [];
  if (calendar.daysByDate.get(date)?.type === 'makeUpWorkingDay') return calendar.hours.makeUpDay;
  return weeklyPeriods(calendar, date);
}

/** The minute a working day ends at; broken promise on a closed day. */
export function closingMinute(calendar: Calendar, date: IsoDate): number {
  const last = workingPeriods(calendar, date).at(-1);
  assert(last !== undefined, `the office is closed on ${date}`);
  return last.to;
}

/** The first working day after a date. */
export function nextWorkingDay(calendar: Calendar, date: IsoDate): IsoDate {
  return sameOrNextWorkingDay(calendar, addDays(date, 1));
}

/** The date itself when it is worked, else the first working day after it. */
export function sameOrNextWorkingDay(calendar: Calendar, date: IsoDate): IsoDate {
  let day = date;
  for (let steps = 0; steps < LONGEST_CLOSURE_DAYS; steps += 1) {
    if (isWorkingDay(calendar, day)) return day;
    day = addDays(day, 1);
  }
  throw new RangeError(`no working day within ${LONGEST_CLOSURE_DAYS} days of ${date}`);
}

/** The closed days from one date to another, both included. */
export function listClosedDays(calendar: Calendar, from: IsoDate, to: IsoDate): readonly ClosedDay[] {
  const closed: ClosedDay[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const found = closedDay(calendar, day);
    if (found !== null) closed.push(found);
  }
  return closed;
}

/** The days from one date to another, both included, that the calendar lists in one way. */
export function listDays(calendar: Calendar, from: IsoDate, to: IsoDate, wanted: (day: CalendarDay) => boolean): readonly IsoDate[] {
  const dates: IsoDate[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) {
    const day = calendar.daysByDate.get(date);
    if (day !== undefined && wanted(day)) dates.push(date);
  }
  return dates;
}

/** True for an entry nobody has held against its document and that changes what the week alone would say. */
export function isDoubtfulDay(calendar: Calendar, day: CalendarDay): boolean {
  const workedByWeek = weeklyPeriods(calendar, day.date).length > 0;
  return day.confirmed === false && workedByWeek !== (day.type === 'makeUpWorkingDay');
}

/** Longer than any closure an office has; stops a calendar that closes every day from looping without end. */
const LONGEST_CLOSURE_DAYS = 400;

function weeklyPeriods(calendar: Calendar, date: IsoDate): readonly WorkPeriod[] {
  return calendar.hours.byWeekday[weekday(date)] ?? [];
}
