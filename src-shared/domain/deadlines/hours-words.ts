import type { OfficeHours, WorkPeriod } from './calendar-pack.ts';
import { minuteInWords, weekdayName } from './day-words.ts';

/** Monday first, as the week is read. */
const WEEK = [1, 2, 3, 4, 5, 6, 0] as const;

/** `thứ Hai đến thứ Sáu 07:00–11:30, 13:30–17:00; thứ Bảy 07:00–11:30`. Days off are not named. */
export function hoursInWords({ byWeekday }: Pick<OfficeHours, 'byWeekday'>): string {
  const stretches: { first: number; last: number; words: string }[] = [];
  for (const day of WEEK) {
    const words = periodsInWords(byWeekday[day] ?? []);
    const previous = stretches.at(-1);
    if (previous?.words === words) previous.last = day;
    else stretches.push({ first: day, last: day, words });
  }
  return stretches.filter(({ words }) => words !== '').map(({ first, last, words }) => `${daysInWords(first, last)} ${words}`).join('; ');
}

function daysInWords(first: number, last: number): string {
  return first === last ? weekdayName(first) : `${weekdayName(first)} đến ${weekdayName(last)}`;
}

function periodsInWords(periods: readonly WorkPeriod[]): string {
  return periods.map(({ from, to }) => `${minuteInWords(from)}–${minuteInWords(to)}`).join(', ');
}
