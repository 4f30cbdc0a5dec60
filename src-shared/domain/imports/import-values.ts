import { DAY_MS, isIsoDate, officeInstant, type IsoDate } from '../../lib/office-time.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { SheetCell } from './sheet.ts';

/** Reads single cells of an export. A refusal is a Vietnamese reason that names what stands there. */
export interface CellMoment {
  readonly date: IsoDate;
  /** Undefined where the cell has a day alone. */
  readonly minute: number | undefined;
}

/** A serial number of a sheet's day: 01/01/1970 to 31/12/2099, so that no sum of money and no year is one. */
const SERIAL_OF_1970 = 25_569;
const SERIAL_MAX = 73_050;
/** Files that count from 1904 have smaller numbers by this. */
const DAYS_1900_TO_1904 = 1_462;

/** `21/11/2026`, `21/11/2026 08:30`, `08:30 21/11/2026`, `2026-11-21`, or the serial number of a sheet. Day before month, always. */
export function readMoment(cell: SheetCell, daysFrom: 1900 | 1904 = 1900): Result<CellMoment, string> {
  if (typeof cell === 'number') return readSerial(cell, daysFrom);
  const text = (cell ?? '').trim();
  // A text file has the same numbers as text.
  if (/^\d{5}([.,]\d+)?$/.test(text)) return readSerial(Number(text.replace(',', '.')), daysFrom);
  const found = DAY_FIRST.exec(text) ?? TIME_FIRST.exec(text) ?? ISO.exec(text);
  const parts = found?.groups;
  if (!parts) return err(`“${shortened(text)}” chưa đúng mẫu ngày/tháng/năm, ví dụ 21/11/2026`);
  const date = `${parts['year']!}-${parts['month']!.padStart(2, '0')}-${parts['day']!.padStart(2, '0')}`;
  if (!isIsoDate(date)) return err(`“${shortened(text)}” không có trên lịch`);
  if (parts['hour'] === undefined) return ok({ date, minute: undefined });
  const [hour, minute] = [Number(parts['hour']), Number(parts['minute'])];
  return hour < 24 && minute < 60 ? ok({ date, minute: hour * 60 + minute }) : err(`“${shortened(text)}” có giờ không đúng`);
}

const DAY = String.raw`(?<day>\d{1,2})[/.-](?<month>\d{1,2})[/.-](?<year>\d{4})`;
const TIME = String.raw`(?<hour>\d{1,2})(?::|h|g)(?<minute>\d{2})(?::\d{2}(?:\.\d+)?)?`;
const DAY_FIRST = new RegExp(`^${DAY}(?:[ ,]+${TIME})?$`);
const TIME_FIRST = new RegExp(`^${TIME}[ ,]+${DAY}$`);
const ISO = new RegExp(`^(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})(?:[T ]${TIME})?$`);

function readSerial(serial: number, daysFrom: 1900 | 1904): Result<CellMoment, string> {
  const days = daysFrom === 1904 ? serial + DAYS_1900_TO_1904 : serial;
  if (!(days >= SERIAL_OF_1970 && days < SERIAL_MAX + 1)) return err(`số ${serial} không phải một ngày`);
  // A time of day is a fraction; halves of a second come from its rounding in the file.
  const minutes = Math.floor(days * 1_440 + 1 / 120);
  const day = Math.floor(minutes / 1_440);
  const minute = minutes % 1_440;
  return ok({ date: new Date((day - SERIAL_OF_1970) * DAY_MS).toISOString().slice(0, 10), minute: Number.isInteger(serial) ? undefined : minute });
}

/** The instant; a day alone counts from `minuteOfDay`. Midnight is a day alone too: programs write it where no time was given. */
export function instantOf({ date, minute }: CellMoment, minuteOfDay: number): number {
  return officeInstant(date, minute === undefined || minute === 0 ? minuteOfDay : minute);
}

export type ThousandsSign = '.' | ',';

/**
 * Which sign a column groups thousands with, by its own sums and never by guess (settled.md 15): `both` when it says both,
 * null when it says nothing.
 */
export function thousandsSignOf(cells: Iterable<SheetCell>): ThousandsSign | 'both' | null {
  const signs = new Set<ThousandsSign>();
  for (const cell of cells) {
    const sign = typeof cell === 'string' ? groupingOf(withoutCurrency(cell)) : undefined;
    if (sign !== undefined) signs.add(sign);
  }
  if (signs.size === 2) return 'both';
  return [...signs][0] ?? null;
}

/** Whole dong; null where nothing stands: a blank sum is unknown, never free (settled.md 14). */
export function readDong(cell: SheetCell, sign: ThousandsSign | 'both' | null): Result<number | null, string> {
  if (typeof cell === 'number') return Number.isSafeInteger(cell) && cell >= 0 ? ok(cell) : err(`số tiền ${cell} không phải số đồng chẵn`);
  const text = withoutCurrency(cell ?? '');
  if (text === '') return ok(null);
  if (/^\d{1,12}$/.test(text)) return ok(Number(text));
  const own = groupingOf(text);
  if (own === undefined) return err(`“${shortened(text)}” không đọc được thành số tiền`);
  if (sign === 'both') return err(`“${shortened(text)}”: cột này dùng cả dấu chấm và dấu phẩy ngăn hàng nghìn, không rõ là bao nhiêu`);
  return ok(Number(text.replaceAll(own, '').replace(/[.,]0+$/, '')));
}

/** The sign between groups of three; undefined where the text has no such groups. Hundredths of a dong can only be nothing. */
function groupingOf(text: string): ThousandsSign | undefined {
  if (text.length > 24) return undefined;
  if (/^\d{1,3}(\.\d{3})+(,0{1,2})?$/.test(text)) return '.';
  return /^\d{1,3}(,\d{3})+(\.0{1,2})?$/.test(text) ? ',' : undefined;
}

function withoutCurrency(text: string): string {
  return text.replace(/(?:đ|đồng|vnđ|vnd)\.?$/iu, '').replace(/\s/g, '');
}

/** A cell as it may stand in a sentence. */
export function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
