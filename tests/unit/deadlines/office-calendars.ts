/** The shipped calendar with an office's hours, and short ways to write instants in the tables. */
import shippedPack from '../../../src-shared/packs/calendar-2024-2026.json' with { type: 'json' };
import { calendarPackSchema, defaultOfficeHours, policeOfficeHours } from '../../../src-shared/domain/deadlines/calendar-pack.ts';
import type { CalendarDay } from '../../../src-shared/domain/deadlines/calendar-pack.ts';
import { createCalendar } from '../../../src-shared/domain/deadlines/calendar.ts';
import type { Calendar } from '../../../src-shared/domain/deadlines/calendar.ts';
import { officeInstant } from '../../../src-shared/lib/office-time.ts';
import { minuteInWords } from '../../../src-shared/domain/deadlines/day-words.ts';
import type { OfficeMinute } from '../../../src-shared/domain/deadlines/working-minutes.ts';

export const pack = calendarPackSchema.parse(shippedPack);

export const officeCalendar: Calendar = createCalendar(pack, { key: 'office', hours: defaultOfficeHours, days: [] });
export const policeCalendar: Calendar = createCalendar(pack, { key: 'police', hours: policeOfficeHours, days: [] });

export function calendarWithDays(...days: readonly CalendarDay[]): Calendar {
  return createCalendar(pack, { key: 'office', hours: defaultOfficeHours, days });
}

/** `2026-11-20 15:00:59`, office time, as UTC milliseconds. */
export function instant(text: string): number {
  const [date = '', time = ''] = text.split(' ');
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
  return officeInstant(date, hour * 60 + minute) + second * 1_000;
}

/** A minute of an office day as `2026-11-20 15:00`. */
export function minuteText(at: OfficeMinute): string {
  return `${at.date} ${minuteInWords(at.minute)}`;
}
