import type { Sheet, SheetCell, SheetRow } from '../../src-shared/domain/imports/sheet.ts';
import { attributeOf, scanXml } from './scan-xml.ts';
import { damaged, tooLarge } from './sheet-fault.ts';
import { COLUMNS_MAX, ROWS_MAX, tidyCell } from './sheet-limits.ts';
import { openZip, type ZipFile } from './zip-file.ts';

/**
 * The first sheet that is shown of an XLSX file, as values: formulas are not computed, what they gave last stands beside them.
 * ECMA-376 part 1, §18.3 (sheets) and §18.4 (shared texts). 20,000 rows of an export take some 15 MB of XML.
 */
const LIMITS = { partBytesMax: 48_000_000, allBytesMax: 80_000_000 };

export function readXlsx(file: Buffer): Sheet {
  const zip = openZip(file, LIMITS);
  const book = readBook(zip);
  const texts = readTexts(zip, book.textsPart);
  return { rows: readRows(xmlOf(zip, book.sheetPart), texts), daysFrom: book.daysFrom };
}

function xmlOf(zip: ZipFile, part: string): string {
  const bytes = zip.read(part);
  if (!bytes) throw damaged(`thiếu ${part}`);
  return decodeXml(bytes);
}

function decodeXml(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // The only thing a fatal decoder throws about.
    throw damaged('chữ không phải UTF-8');
  }
}

interface Book {
  readonly sheetPart: string;
  readonly textsPart: string | undefined;
  readonly daysFrom: 1900 | 1904;
}

function readBook(zip: ZipFile): Book {
  const relations = new Map<string, string>();
  let textsPart: string | undefined;
  scanXml(xmlOf(zip, 'xl/_rels/workbook.xml.rels'), {
    open: (name, attributes) => {
      if (name !== 'Relationship') return;
      const part = partOf(attributeOf(attributes, 'Target') ?? '');
      relations.set(attributeOf(attributes, 'Id') ?? '', part);
      if (attributeOf(attributes, 'Type')?.endsWith('/sharedStrings') === true) textsPart = part;
    },
  });
  let sheetPart: string | undefined;
  let daysFrom: Book['daysFrom'] = 1900;
  scanXml(xmlOf(zip, 'xl/workbook.xml'), {
    open: (name, attributes) => {
      if (name === 'workbookPr' && /^(1|true)$/.test(attributeOf(attributes, 'date1904') ?? '')) daysFrom = 1904;
      if (name === 'sheet' && sheetPart === undefined && (attributeOf(attributes, 'state') ?? 'visible') === 'visible') sheetPart = relations.get(attributeOf(attributes, 'r:id') ?? attributeOf(attributes, 'id') ?? '');
    },
  });
  if (sheetPart === undefined) throw damaged('không có trang tính');
  return { sheetPart, textsPart, daysFrom };
}

function partOf(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
}

/** The texts that cells point at. A rich text is its runs put together; how it is read aloud (rPh) is left out. */
function readTexts(zip: ZipFile, part: string | undefined): readonly string[] {
  const bytes = part === undefined ? undefined : zip.read(part);
  if (!bytes) return [];
  const texts: string[] = [];
  let pieces: string[] = [];
  let isText = false;
  let isPhonetic = false;
  scanXml(decodeXml(bytes), {
    open: (name) => {
      if (name === 'si') pieces = [];
      if (name === 'rPh') isPhonetic = true;
      isText = name === 't' && !isPhonetic;
    },
    text: (text) => {
      if (isText) pieces.push(text);
    },
    close: (name) => {
      isText = false;
      if (name === 'rPh') isPhonetic = false;
      if (name === 'si') texts.push(pieces.join(''));
    },
  });
  return texts;
}

function readRows(xml: string, texts: readonly string[]): readonly SheetRow[] {
  const rows: SheetRow[] = [];
  let line = 0;
  let cells: SheetCell[] = [];
  let column = -1;
  let type = 'n';
  let value = '';
  let isValue = false;
  scanXml(xml, {
    open: (name, attributes) => {
      if (name === 'row') {
        line = lineOf(attributeOf(attributes, 'r')) ?? line + 1;
        cells = [];
        column = -1;
      } else if (name === 'c') {
        column = columnOf(attributeOf(attributes, 'r')) ?? column + 1;
        type = attributeOf(attributes, 't') ?? 'n';
        value = '';
      }
      isValue = name === 'v' || name === 't';
    },
    text: (text) => {
      if (isValue) value += text;
    },
    close: (name) => {
      isValue = false;
      if (name === 'c' && column < COLUMNS_MAX) setCell(cells, column, cellOf(type, value, texts));
      if (name === 'row' && cells.some((cell) => cell !== null)) {
        if (rows.length === ROWS_MAX) throw tooLarge();
        rows.push({ line, cells });
      }
    },
  });
  return rows;
}

function setCell(cells: SheetCell[], column: number, cell: SheetCell): void {
  while (cells.length < column) cells.push(null);
  cells[column] = cell;
}

function cellOf(type: string, value: string, texts: readonly string[]): SheetCell {
  if (value === '') return null;
  if (type === 's') return tidyCell(texts[Number(value)] ?? '');
  if (type !== 'n') return tidyCell(value);
  const number = Number(value);
  return Number.isFinite(number) ? number : tidyCell(value);
}

function lineOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,7}$/.test(text) ? Number(text) : undefined;
}

/** `C12` -> 2. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^([A-Z]{1,3})\d/.exec(reference ?? '')?.[1];
  if (letters === undefined) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
