/** Dates and times as Vietnamese office papers write them. All times are office time (design §2). */
import { officeDate, officeMinuteOfDay, weekday, type IsoDate } from '../../lib/office-time.ts';

const WEEKDAYS = ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'] as const;

export function weekdayWords(date: IsoDate): string {
  return WEEKDAYS[weekday(date)] ?? '';
}

/** `ngày 05 tháng 02 năm 2026`: days below 10 and months 1 and 2 take a zero, so that nobody can write a digit before them. */
export function longDateWords(date: IsoDate): string {
  const month = Number(date.slice(5, 7));
  return `ngày ${date.slice(8, 10)} tháng ${month <= 2 ? `0${month}` : month} năm ${date.slice(0, 4)}`;
}

/** `20/11/2026`. */
export function shortDateWords(date: IsoDate): string {
  return `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
}

/** `15 giờ 12 phút`; seconds are dropped, never rounded up. */
export function timeOfReceptionWords(utcMs: number): string {
  const minute = officeMinuteOfDay(utcMs);
  return `${Math.floor(minute / 60)} giờ ${twoDigits(minute % 60)} phút`;
}

/** `17 giờ 00`, the shorter form used for appointments. */
export function timeOfAppointmentWords(utcMs: number): string {
  const minute = officeMinuteOfDay(utcMs);
  return `${Math.floor(minute / 60)} giờ ${twoDigits(minute % 60)}`;
}

/** `20/11/2026 15:12`, for footers. */
export function stampWords(utcMs: number): string {
  const minute = officeMinuteOfDay(utcMs);
  return `${shortDateWords(officeDate(utcMs))} ${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
}

export function twoDigits(count: number): string {
  return String(count).padStart(2, '0');
}
