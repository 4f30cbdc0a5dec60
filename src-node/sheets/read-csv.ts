import type { Sheet, SheetRow } from '../../src-shared/domain/imports/sheet.ts';
import { SheetFault, tooLarge } from './sheet-fault.ts';
import { COLUMNS_MAX, ROWS_MAX, tidyCell } from './sheet-limits.ts';

/** A table as text: UTF-8, comma, semicolon or tab, quotes doubled inside quotes (RFC 4180). Other encodings are named and refused. */
export function readCsv(file: Buffer): Sheet {
  const text = decode(file);
  if (text.includes('\0')) throw new SheetFault('imports.unreadable', 'Tệp này không phải bảng Excel (.xlsx) hay bảng chữ (.csv).');
  const said = /^sep=([,;\t|])\r?\n/.exec(text);
  const separator = said?.[1] ?? separatorOf(text);
  return { rows: readLines(text, said?.[0].length ?? 0, separator), daysFrom: 1900 };
}

function decode(file: Buffer): string {
  const isUtf16 = (file[0] === 0xff && file[1] === 0xfe) || (file[0] === 0xfe && file[1] === 0xff);
  try {
    if (!isUtf16) return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(file);
  } catch {
    // The only thing a fatal decoder throws about; said below.
  }
  throw new SheetFault('imports.encoding', 'Chữ trong tệp không phải UTF-8, đọc ra sẽ sai dấu. Mở tệp bằng Excel, chọn lưu kiểu “CSV UTF-8” hoặc “.xlsx”.');
}

/** The sign that stands most often outside quotes in the first lines. */
function separatorOf(text: string): string {
  const head = text.slice(0, 20_000).replace(/"[^"]*"/g, '');
  const counted = [',', ';', '\t'].map((sign) => ({ sign, count: head.split(sign).length }));
  return counted.reduce((most, one) => (one.count > most.count ? one : most)).sign;
}

function readLines(text: string, from: number, separator: string): readonly SheetRow[] {
  const rows: SheetRow[] = [];
  let line = from > 0 ? 2 : 1;
  let at = from;
  while (at < text.length) {
    const record = readRecord(text, at, separator, line);
    if (record.cells.some((cell) => cell !== '')) {
      if (rows.length === ROWS_MAX) throw tooLarge();
      rows.push({ line, cells: record.cells.slice(0, COLUMNS_MAX).map(tidyCell) });
    }
    line += record.lines;
    at = record.end;
  }
  return rows;
}

interface CsvRecord {
  readonly cells: readonly string[];
  readonly end: number;
  /** A quoted cell may go over several. */
  readonly lines: number;
}

function readRecord(text: string, start: number, separator: string, line: number): CsvRecord {
  const cells: string[] = [];
  let at = start;
  let lines = 1;
  for (;;) {
    const cell = text[at] === '"' ? readQuoted(text, at, separator, line) : readPlain(text, at, separator);
    cells.push(cell.text);
    lines += cell.text.split('\n').length - 1;
    at = cell.end;
    if (text[at] !== separator) break;
    at += 1;
  }
  if (text[at] === '\r') at += 1;
  if (text[at] === '\n') at += 1;
  return { cells, end: at, lines };
}

interface CsvCell {
  readonly text: string;
  readonly end: number;
}

function readPlain(text: string, start: number, separator: string): CsvCell {
  let end = start;
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { text: text.slice(start, end), end };
}

function readQuoted(text: string, start: number, separator: string, line: number): CsvCell {
  const pieces: string[] = [];
  for (let at = start + 1; ; ) {
    const quote = text.indexOf('"', at);
    if (quote < 0) throw new SheetFault('imports.unreadable', `Dòng ${line} mở dấu ngoặc kép mà không đóng. Mở tệp bằng Excel, lưu lại kiểu “.xlsx” rồi chọn lần nữa.`);
    pieces.push(text.slice(at, quote));
    if (text[quote + 1] !== '"') {
      const rest = readPlain(text, quote + 1, separator);
      return { text: pieces.join('"') + rest.text, end: rest.end };
    }
    at = quote + 2;
  }
}
