import { addDays } from '../../lib/office-time.ts';
import { closedDay } from './calendar.ts';
import type { Calendar } from './calendar.ts';

/** Longer than the longest Tết with every day in lieu around it; more is a typing error that would push every date away. */
export const CLOSURE_DAYS_MAX = 45;

/** The first closed day of a run longer than `CLOSURE_DAYS_MAX` among the days a calendar lists, or null. */
export function tooLongClosure(calendar: Calendar): string | null {
  let reached = '';
  for (const date of [...calendar.daysByDate.keys()].sort()) {
    if (date <= reached) continue;
    let day = date;
    for (let length = 1; closedDay(calendar, day) !== null; length += 1, day = addDays(day, 1)) {
      if (length > CLOSURE_DAYS_MAX) return date;
      reached = day;
    }
  }
  return null;
}
