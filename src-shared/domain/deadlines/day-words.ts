/** Days, times and weekdays as officers read them: `thứ Hai 23/11/2026`, `15:12` (ux.md §8). */
import { weekday } from '../../lib/office-time.ts';
import type { IsoDate } from '../../lib/office-time.ts';
import { assert } from '../../lib/assert.ts';

const WEEKDAY_NAMES = ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'] as const;

/** The weekday's name inside a sentence; 0 = Sunday. */
export function weekdayName(weekdayNumber: number): string {
  const name = WEEKDAY_NAMES[weekdayNumber];
  assert(name !== undefined, 'a weekday is 0 to 6');
  return name;
}

/** `23/11/2026`. */
export function dateInWords(date: IsoDate): string {
  return `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
}

/** `thứ Hai 23/11/2026`. */
export function dayInWords(date: IsoDate): string {
  return `${weekdayName(weekday(date))} ${dateInWords(date)}`;
}

/** `23/11`, with the year only when it is not the year the reader is thinking of. */
export function shortDate(date: IsoDate, year: string): string {
  return date.startsWith(year) ? `${date.slice(8, 10)}/${date.slice(5, 7)}` : dateInWords(date);
}

/** `thứ Hai 23/11`, with the year as in `shortDate`. */
export function shortDay(date: IsoDate, year: string): string {
  return `${weekdayName(weekday(date))} ${shortDate(date, year)}`;
}

/** `15:12` from minutes since midnight. */
export function minuteInWords(minuteOfDay: number): string {
  return `${String(Math.floor(minuteOfDay / 60)).padStart(2, '0')}:${String(minuteOfDay % 60).padStart(2, '0')}`;
}

/** `15 giờ`, `15 giờ 30`, as people say it. */
export function hourInWords(minuteOfDay: number): string {
  const minutes = minuteOfDay % 60;
  return `${Math.floor(minuteOfDay / 60)} giờ${minutes === 0 ? '' : ` ${String(minutes).padStart(2, '0')}`}`;
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
