/**
 * Calendar dates and clock times of the office. All office time is UTC+7 whatever the machine says (design §2), and
 * Viet Nam has no daylight saving, so plain arithmetic is exact and no time-zone database is asked.
 */
export const OFFICE_OFFSET_MS = 7 * 3_600_000;
export const DAY_MS = 86_400_000;
export const MINUTE_MS = 60_000;

/** `YYYY-MM-DD`, an office calendar day. */
export type IsoDate = string;

/** The last day that was asked for: one dossier asks for the same few days dozens of times. */
let lastAsked = { day: 0, date: '1970-01-01' };

/** 0000-01-01 and 9999-12-31: days outside have no name of ten characters. */
const [FIRST_DAY, LAST_DAY] = [-719_528, 2_932_896];

/** The office's calendar day at a UTC instant; for any number that an operation may hold, the nearest day that has a name. */
export function officeDate(utcMs: number): IsoDate {
  const day = Math.min(Math.max(Math.floor((utcMs + OFFICE_OFFSET_MS) / DAY_MS), FIRST_DAY), LAST_DAY);
  if (day !== lastAsked.day) lastAsked = { day, date: new Date(day * DAY_MS).toISOString().slice(0, 10) };
  return lastAsked.date;
}

/** Minutes since the office's midnight at a UTC instant, seconds dropped (rules compare at the printed precision). */
export function officeMinuteOfDay(utcMs: number): number {
  return Math.floor((utcMs + OFFICE_OFFSET_MS) / MINUTE_MS) % 1_440;
}

/** The UTC instant of a minute of an office day. */
export function officeInstant(date: IsoDate, minuteOfDay = 0): number {
  return Date.parse(`${date}T00:00:00Z`) - OFFICE_OFFSET_MS + minuteOfDay * MINUTE_MS;
}

export function addDays(date: IsoDate, days: number): IsoDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from one office day to another (negative when `to` is earlier). */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** 0 = Sunday … 6 = Saturday. */
export function weekday(date: IsoDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

/** True for a real calendar day written `YYYY-MM-DD`. */
export function isIsoDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = Number(text.slice(8));
  return day >= 1 && day <= daysInMonth(Number(text.slice(0, 4)), Number(text.slice(5, 7)));
}

/** 0 for a month that is none. */
function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [31, 0, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}
