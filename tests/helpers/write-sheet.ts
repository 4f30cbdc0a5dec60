/** Makes the files that other systems export, and the ones that somebody hostile would: as bytes, with nothing but zlib. */
import { crc32, deflateRawSync } from 'node:zlib';
import { columnLetters } from '../../src-shared/domain/imports/sheet.ts';

export type Cell = string | number | null;

export interface ZipPart {
  readonly name: string;
  readonly bytes: Buffer;
  /** What the file says of itself, where that is not true. */
  readonly says?: { readonly crc?: number; readonly flags?: number; readonly method?: number };
}

export function writeZip(parts: readonly ZipPart[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, says } of parts) {
    const packed = deflateRawSync(bytes);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(says?.flags ?? 0, 2);
    head.writeUInt16LE(says?.method ?? 8, 4);
    head.writeUInt32LE(says?.crc ?? crc32(bytes), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(bytes.length, 18);
    head.writeUInt16LE(Buffer.byteLength(name), 22);
    const entry = Buffer.concat([Buffer.from('PK\u0003\u0004'), head, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    central.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), head, tail, Buffer.from(name)]));
    local.push(entry);
    at += entry.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(central.reduce((sum, one) => sum + one.length, 0), 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...local, ...central, Buffer.from('PK\u0005\u0006'), end]);
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export interface XlsxOptions {
  readonly date1904?: boolean;
  /** Texts in the cells themselves, as some libraries write them. */
  readonly inline?: boolean;
  /** Replaces parts, to break the file. */
  readonly parts?: Readonly<Record<string, string>>;
}

/** The parts of a workbook with one sheet; row 1 is the first. */
export function xlsxParts(rows: readonly (readonly Cell[])[], options: XlsxOptions = {}): ZipPart[] {
  const texts: string[] = [];
  const cell = (value: Cell, reference: string): string => {
    if (value === null) return '';
    if (typeof value === 'number') return `<c r="${reference}"><v>${value}</v></c>`;
    if (options.inline === true) return `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
    return `<c r="${reference}" t="s"><v>${texts.push(value) - 1}</v></c>`;
  };
  const sheet = rows.map((cells, row) => `<row r="${row + 1}">${cells.map((value, column) => cell(value, `${columnLetters(column)}${row + 1}`)).join('')}</row>`).join('');
  const parts: Record<string, string> = {
    'xl/workbook.xml': `<?xml version="1.0"?><workbook xmlns:r="r"><workbookPr${options.date1904 === true ? ' date1904="1"' : ''}/><sheets><sheet name="An" sheetId="2" state="hidden" r:id="rId9"/><sheet name="Hồ sơ" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${sheet}</sheetData></worksheet>`,
    'xl/sharedStrings.xml': `<sst>${texts.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('')}</sst>`,
    ...options.parts,
  };
  return Object.entries(parts).map(([name, text]) => ({ name, bytes: Buffer.from(text) }));
}

export function writeXlsx(rows: readonly (readonly Cell[])[], options: XlsxOptions = {}): Buffer {
  return writeZip(xlsxParts(rows, options));
}

export function writeCsv(rows: readonly (readonly Cell[])[], separator = ','): Buffer {
  const quoted = (value: Cell) => (value === null ? '' : /["\n,;\t]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));
  return Buffer.from(`\ufeff${rows.map((row) => row.map(quoted).join(separator)).join('\r\n')}\r\n`);
}
