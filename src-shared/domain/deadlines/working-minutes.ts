/** Arithmetic in minutes of office hours: what terms in hours and stopped clocks run on (settled.md 4). */
import { addDays } from '../../lib/office-time.ts';
import type { IsoDate } from '../../lib/office-time.ts';
import { nextWorkingDay, workingPeriods } from './calendar.ts';
import type { Calendar } from './calendar.ts';

/** A printed minute of an office day. */
export interface OfficeMinute {
  readonly date: IsoDate;
  readonly minute: number;
}

/** The first minute at or after `from` that lies in office hours with time left in its period. */
export function firstWorkingMinute(calendar: Calendar, from: OfficeMinute): OfficeMinute {
  for (const period of workingPeriods(calendar, from.date)) {
    if (from.minute < period.to) return { date: from.date, minute: Math.max(from.minute, period.from) };
  }
  const date = nextWorkingDay(calendar, from.date);
  return { date, minute: workingPeriods(calendar, date)[0]?.from ?? 0 };
}

/** Where a number of working minutes after `from` ends; an end exactly at lunch or closing stays there. */
export function addWorkingMinutes(calendar: Calendar, from: OfficeMinute, minutes: number): OfficeMinute {
  let { date, minute } = firstWorkingMinute(calendar, from);
  let left = minutes;
  for (;;) {
    for (const period of workingPeriods(calendar, date)) {
      const start = Math.max(period.from, minute);
      if (start >= period.to) continue;
      if (left <= period.to - start) return { date, minute: start + left };
      left -= period.to - start;
    }
    date = nextWorkingDay(calendar, date);
    minute = 0;
  }
}

/** Working minutes between two minutes; 0 when `to` is not after `from`. */
export function workingMinutesBetween(calendar: Calendar, from: OfficeMinute, to: OfficeMinute): number {
  let sum = 0;
  for (let date = from.date; date <= to.date; date = addDays(date, 1)) {
    const dayFrom = date === from.date ? from.minute : 0;
    const dayTo = date === to.date ? to.minute : 1_440;
    for (const period of workingPeriods(calendar, date)) {
      sum += Math.max(0, Math.min(period.to, dayTo) - Math.max(period.from, dayFrom));
    }
  }
  return sum;
}
