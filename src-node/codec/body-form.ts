import { addDays, daysBetween, isIsoDate } from '../../src-shared/lib/office-time.ts';
import { DamagedBytes } from './bytes.ts';

/**
 * Bodies side by side: whatever stands at one path of them (`content.owner.name`) goes into one column, so that like lies
 * beside like and a compressor finds it. No kind is known here: a body of tomorrow's program fits as well as one of today's.
 * Writer and reader walk alike and meet columns in the same order, so no column needs a name.
 */
export const TAG = {
  null: 0, false: 1, true: 2, more: 3, less: 4, integer: 5, negative: 6, text: 7, again: 8, id: 9, hash: 10, list: 11, object: 12,
  // From here on only in columns that share.
  sameList: 13, sameObject: 14, next: 15, day: 16, later: 17, earlier: 18,
} as const;

/** How columns are laid out: `plain` as protocol 3 reads them; `sharing`: whole objects and lists by their number, and some texts by what they differ in. */
export const COLUMNS_FORM = { plain: 1, sharing: 2 } as const;
export type ColumnsForm = (typeof COLUMNS_FORM)[keyof typeof COLUMNS_FORM];

/** A text that comes again is named by its number in its column. */
const TEXTS_PER_COLUMN_MAX = 4_096;
/** An object, by its number among those of its shape; a list, among all. */
export const VALUES_PER_TABLE_MAX = 4_096;
/** A larger body is a whole pack, which is one text, and travels as it is. */
export const COLUMNS_LETTERS_MAX = 262_144;

/** What stands at one path, and the columns of what stands in it. */
export interface Column<Bytes> {
  readonly bytes: Bytes;
  readonly texts: string[];
  readonly numberByText: Map<string, number>;
  integer: number;
  text: string;
  readonly members: Map<string, Column<Bytes>>;
  items: Column<Bytes> | undefined;
}

export function columnOf<Bytes>(bytes: Bytes): Column<Bytes> {
  return { bytes, texts: [], numberByText: new Map(), integer: 0, text: '', members: new Map(), items: undefined };
}

export function remember(column: Pick<Column<unknown>, 'texts' | 'numberByText'>, value: string): void {
  if (column.texts.length >= TEXTS_PER_COLUMN_MAX) return;
  column.numberByText.set(value, column.texts.length);
  column.texts.push(value);
}

const DIGITS_MAX = 15;
const STEP_MAX = 16_383;

/** How many numbers on a text is from the one before, where both are the same but for the digits that they end in: codes, places in a log. */
export function stepTo(before: string, text: string): number | undefined {
  const [digits, digitsBefore] = [digitsAtEnd(text), digitsAtEnd(before)];
  if (digits === 0 || digitsBefore === 0) return undefined;
  const step = Number(text.slice(-digits)) - Number(before.slice(-digitsBefore));
  return step > 0 && step <= STEP_MAX && textAfter(before, step) === text ? step : undefined;
}

/** Throws `DamagedBytes` where the text before does not end in digits. */
export function textAfter(before: string, step: number): string {
  const digits = digitsAtEnd(before);
  if (digits === 0 || step > STEP_MAX) throw new DamagedBytes('a text behind none');
  return before.slice(0, -digits) + String(Number(before.slice(-digits)) + step).padStart(digits, '0');
}

function digitsAtEnd(text: string): number {
  let count = 0;
  for (let at = text.length - 1; at >= 0 && count < DIGITS_MAX; at -= 1, count += 1) {
    const letter = text.charCodeAt(at);
    if (letter < 0x30 || letter > 0x39) break;
  }
  return count;
}

const DAY_ZERO = '1970-01-01';
const DAYS_MAX = 4_000_000;

export function dayNumber(text: string): number | undefined {
  return text.length === DAY_ZERO.length && isIsoDate(text) ? daysBetween(DAY_ZERO, text) : undefined;
}

/** Days behind 9999 or before the first one have no name: throws `DamagedBytes`. */
export function dayAfter(day: string, days: number): string {
  if (Math.abs(days) > DAYS_MAX) throw new DamagedBytes('a day that is none');
  try {
    return addDays(day, days);
  } catch {
    throw new DamagedBytes('a day that is none');
  }
}

export function dayOf(number: number): string {
  return dayAfter(DAY_ZERO, number);
}
