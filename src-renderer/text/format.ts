import { daysBetween, officeDate, officeMinuteOfDay, weekday, type IsoDate } from '../../src-shared/lib/office-time.ts';
import { groupDigits } from '../../src-shared/lib/number-input.ts';
import { formatNumber } from './format-number.ts';
import { capitalized, t } from './t.ts';
import { vi } from './vi.ts';

export { formatNumber } from './format-number.ts';

/** All formats are those of ux.md §8 and in office time; instants are UTC milliseconds. */

/** `23/11/2026` */
export function formatDate(date: IsoDate): string {
  return `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
}

/** `23/11` */
export function formatDayMonth(date: IsoDate): string {
  return formatDate(date).slice(0, 5);
}

/** `thứ Hai` */
export function formatWeekday(date: IsoDate): string {
  return vi.dates.weekdays[weekday(date)] ?? '';
}

/** `thứ Hai 23/11/2026`, to stand inside a sentence. */
export function formatLongDate(date: IsoDate): string {
  return `${formatWeekday(date)} ${formatDate(date)}`;
}

/** `17:00` from minutes since midnight. */
export function formatMinuteOfDay(minuteOfDay: number): string {
  return `${String(Math.floor(minuteOfDay / 60)).padStart(2, '0')}:${String(minuteOfDay % 60).padStart(2, '0')}`;
}

/** `17:00` of an instant. */
export function formatTime(utcMs: number): string {
  return formatMinuteOfDay(officeMinuteOfDay(utcMs));
}

/** `20/11 15:12` */
export function formatInstant(utcMs: number): string {
  return `${formatDayMonth(officeDate(utcMs))} ${formatTime(utcMs)}`;
}

/** The clock of the key bar: `15:12 · Thứ Sáu 20/11`. */
export function formatClock(utcMs: number): string {
  const date = officeDate(utcMs);
  return `${formatTime(utcMs)} · ${capitalized(formatWeekday(date))} ${formatDayMonth(date)}`;
}

/** `6.000 đ`, with a space that does not break. */
export function formatMoney(amountDong: number): string {
  return `${formatNumber(amountDong)}\u00a0${vi.ui.money.currency}`;
}

/** `9,4 KB`, one decimal below ten. */
export function formatBytes(sizeBytes: number): string {
  let value = sizeBytes;
  let unit = 'B';
  for (const larger of ['KB', 'MB', 'GB', 'TB']) {
    if (value < 1000) break;
    value /= 1000;
    unit = larger;
  }
  const rounded = value < 10 && unit !== 'B' ? Math.round(value * 10) / 10 : Math.round(value);
  return `${formatNumber(rounded)}\u00a0${unit}`;
}

/** `010 094 000 123`; stored and printed without the spaces. */
export function formatIdNumber(digits: string): string {
  return groupDigits(digits, [3, 3, 3, 3]);
}

/** `0900 000 123` */
export function formatPhone(digits: string): string {
  return groupDigits(digits, [4, 3, 3]);
}

/** The last part of a dossier code, as lists show it: `H99.27-261113-2003` -> `…261113-2003`. */
export function formatShortCode(code: string): string {
  const cut = code.indexOf('-');
  return cut < 0 ? code : `…${code.slice(cut + 1)}`;
}

/** The face of an officer: first letters of family and given name, `Nguyễn Thị Hạnh` -> `NH`. */
export function formatInitials(name: string): string {
  const words = name.trim().split(/\s+/);
  const last = words.at(-1) ?? '';
  const first = words.length > 1 ? (words[0] ?? '') : '';
  return (first.charAt(0) + last.charAt(0)).toLocaleUpperCase('vi');
}

export interface DueText {
  readonly tone: 'over' | 'today' | 'early';
  readonly words: string;
}

/** How near a due time is, in words and tone: `Quá hạn 2 ngày`, `Hôm nay, 17:00`, `Thứ Hai 23/11`. Days are calendar days. */
export function formatDue(dueMs: number, nowMs: number): DueText {
  const dueDate = officeDate(dueMs);
  const days = daysBetween(officeDate(nowMs), dueDate);
  const time = formatTime(dueMs);
  if (days < 0) return { tone: 'over', words: t(vi.dates.due.overdueDays, { count: -days }) };
  if (days === 0 && isPastMinute(dueMs, nowMs)) return { tone: 'over', words: t(vi.dates.due.overdueToday, { time }) };
  if (days === 0) return { tone: 'today', words: t(vi.dates.due.today, { time }) };
  if (days === 1) return { tone: 'early', words: t(vi.dates.due.tomorrow, { time }) };
  return { tone: 'early', words: `${capitalized(formatWeekday(dueDate))} ${formatDayMonth(dueDate)}` };
}

/** Rules compare at the precision that is printed: at 17:00:30 a term of 17:00 is not over yet. */
function isPastMinute(dueMs: number, nowMs: number): boolean {
  return Math.floor(nowMs / 60_000) > Math.floor(dueMs / 60_000);
}

/** `vừa xong`, `12 phút trước`, `6 giờ trước`, `3 ngày trước`. */
export function formatAgo(thenMs: number, nowMs: number): string {
  const minutes = Math.max(0, Math.floor((nowMs - thenMs) / 60_000));
  if (minutes < 1) return vi.dates.ago.now;
  if (minutes < 60) return t(vi.dates.ago.minutes, { count: minutes });
  if (minutes < 24 * 60) return t(vi.dates.ago.hours, { count: Math.floor(minutes / 60) });
  return t(vi.dates.ago.days, { count: Math.floor(minutes / 1_440) });
}
