import { isIsoDate, type IsoDate } from './office-time.ts';
import { err, ok, type Result } from './result.ts';

/** `unreadable`: the text has no shape of a date. `impossible`: it has, but there is no such day (31/02). */
export type DateInputError = 'date.empty' | 'date.unreadable' | 'date.impossible';

export interface DateInput {
  readonly date: IsoDate;
  /** True when a missing year (or century) was added, so that the screen can show what it made of the text. */
  readonly isCompleted: boolean;
}

/**
 * Reads a date as an officer types it (ux.md §4): `3/11`, `0311`, `3-11-26`, `031126`, `03112026`, `2026-11-03`.
 * Day stands before month. A missing year is the most recent past one as seen from `today`; a year of two digits is
 * the most recent past year that ends so. `future` turns both around, for appointments. Today itself counts both ways.
 */
export function parseDateInput(
  text: string,
  today: IsoDate,
  direction: 'past' | 'future' = 'past',
): Result<DateInput, DateInputError> {
  const typed = text.trim();
  if (typed === '') return err('date.empty');
  const parts = splitDate(typed);
  if (parts === undefined) return err('date.unreadable');
  const { day, month, year } = parts;
  if (year !== undefined && year.length === 4) {
    const date = isoDate(year, month, day);
    return isIsoDate(date) ? ok({ date, isCompleted: false }) : err('date.impossible');
  }
  const date = nearestYear(day, month, year, today, direction);
  return date === undefined ? err('date.impossible') : ok({ date, isCompleted: true });
}

interface DateParts {
  readonly day: string;
  readonly month: string;
  readonly year: string | undefined;
}

function splitDate(text: string): DateParts | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso !== null) return parts(iso[3], iso[2], iso[1]);
  const separated = /^(\d{1,2})\s*[/.\- ]\s*(\d{1,2})(?:\s*[/.\- ]\s*(\d{4}|\d{2}))?$/.exec(text);
  if (separated !== null) return parts(separated[1], separated[2], separated[3]);
  // Three digits are refused on purpose: 311 is 3/11 for one officer and 31/1 for the next.
  const digits = /^(\d{2})(\d{2})(\d{4}|\d{2})?$/.exec(text);
  return digits === null ? undefined : parts(digits[1], digits[2], digits[3]);
}

function parts(day = '', month = '', year?: string): DateParts {
  return { day, month, year };
}

function isoDate(year: string, month: string, day: string): IsoDate {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** The nearest real day on the asked side of today; 29/02 may lie eight years away (1896 to 1904), 100 with two digits. */
function nearestYear(
  day: string,
  month: string,
  ending: string | undefined,
  today: IsoDate,
  direction: 'past' | 'future',
): IsoDate | undefined {
  const thisYear = Number(today.slice(0, 4));
  for (let distance = 0; distance <= 108; distance += 1) {
    const year = String(direction === 'past' ? thisYear - distance : thisYear + distance).padStart(4, '0');
    if (ending !== undefined && !year.endsWith(ending)) continue;
    const date = isoDate(year, month, day);
    if (!isIsoDate(date)) continue;
    if (direction === 'past' ? date <= today : date >= today) return date;
  }
  return undefined;
}
