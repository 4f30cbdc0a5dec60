import { describe, expect, test } from 'vitest';
import { readSheet } from '../../../src-node/sheets/read-sheet.ts';
import { writeXlsx, writeZip, xlsxParts } from '../../helpers/write-sheet.ts';

const rowsOf = (file: Buffer) => {
  const read = readSheet(file);
  if (!read.ok) throw new Error(read.error.sentence);
  return read.value.rows;
};
const refusal = (file: Buffer) => {
  const read = readSheet(file);
  return read.ok ? { code: 'read', sentence: '' } : read.error;
};
const sheetOf = (xml: string, parts: Record<string, string> = {}) => writeXlsx([], { parts: { 'xl/worksheets/sheet1.xml': xml, ...parts } });

describe('sheets as programs write them', () => {
  test('texts in one list or in the cells, numbers, gaps, and the rows’ own numbers', () => {
    const rows = [['Mã', 'Tên'], [], [12.5, null, 'Đặng & Sùng <A>']];
    for (const inline of [false, true]) {
      expect(rowsOf(writeXlsx(rows, { inline }))).toEqual([{ line: 1, cells: ['Mã', 'Tên'] }, { line: 3, cells: [12.5, null, 'Đặng & Sùng <A>'] }]);
    }
  });

  test('prefixes, rich texts without their reading, cells and rows without references, characters by number', () => {
    const shared = '<x:sst xmlns:x="m"><x:si><x:r><x:t>Giàng </x:t></x:r><x:r><x:t xml:space="preserve">A P&#225;o</x:t></x:r><x:rPh><x:t>lược</x:t></x:rPh></x:si></x:sst>';
    expect(rowsOf(sheetOf('<x:worksheet><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>', { 'xl/sharedStrings.xml': shared })))
      .toEqual([{ line: 1, cells: ['Giàng A Páo', 7] }]);
  });

  test.each([[',', 'a,"b, ""c""",d\r\n'], [';', 'a;"b, ""c""";d\n'], ['\t', 'a\t"b, ""c"""\td']])('text parted by %j', (_sign, text) => {
    expect(rowsOf(Buffer.from(text))).toEqual([{ line: 1, cells: ['a', 'b, "c"', 'd'] }]);
  });

  test('lines of a text are counted as an editor shows them, also below a cell of two lines and Excel’s own first line', () => {
    expect(rowsOf(Buffer.from('\ufeffsep=;\r\na;b\r\n"một\nhai";x\r\n\r\nc;d'))).toEqual([
      { line: 2, cells: ['a', 'b'] }, { line: 3, cells: ['một hai', 'x'] }, { line: 6, cells: ['c', 'd'] },
    ]);
  });
});

describe('files that cannot be read are named and leave nothing behind', () => {
  test.each([
    ['UTF-16', Buffer.from('\ufeffMã,Tên', 'utf16le'), 'imports.encoding', /UTF-8/],
    ['an old Vietnamese encoding', Buffer.from([0x4d, 0xe3, 0x2c, 0x54, 0xea, 0x6e]), 'imports.encoding', /UTF-8/],
    ['an old .xls or a password', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), 'imports.unreadable', /kiểu cũ hoặc tệp có mật khẩu/],
    ['a web page named .xls', Buffer.from('<html><table><tr><td>1</td></tr></table></html>'), 'imports.unreadable', /trang web/],
    ['a picture', Buffer.from([0x01, 0x00, 0x00, 0x02]), 'imports.unreadable', /không phải bảng/],
    ['a quote without end', Buffer.from('a,b\n"c,d\n'), 'imports.unreadable', /Dòng 2 mở dấu ngoặc kép/],
    ['half a sheet', writeXlsx([['a', 'b']]).subarray(0, 300), 'imports.unreadable', /bị hỏng/],
    ['a zip that is no sheet', writeZip([{ name: 'a.txt', bytes: Buffer.from('a') }]), 'imports.unreadable', /thiếu xl\/_rels/],
    ['a document type', sheetOf('<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'), 'imports.unreadable', /khai báo lạ/],
    ['a tag without end', sheetOf(`<worksheet><row ${'<'.repeat(10_000)}`), 'imports.unreadable', /thiếu dấu đóng/],
  ])('%s', (_what, file, code, sentence) => {
    expect(refusal(file)).toEqual({ code, sentence: expect.stringMatching(sentence) as string });
  });

  test('a part whose bytes differ from what they should be, an encrypted one, an unknown packing', () => {
    const [sheet, ...others] = xlsxParts([['a', 'b']]).reverse();
    for (const says of [{ crc: 1 }, { flags: 1 }, { method: 99 }]) expect(refusal(writeZip([...others, { ...sheet!, says }])).code).toBe('imports.unreadable');
  });

  test('a bomb of 200 megabytes in less than one is refused in the memory of its limit', () => {
    const bomb = writeZip(xlsxParts([], { parts: { 'xl/worksheets/sheet1.xml': ' '.repeat(200_000_000) } }));
    expect(bomb.length).toBeLessThan(1_000_000);
    const before = process.memoryUsage().rss;
    expect(refusal(bomb).code).toBe('imports.tooLarge');
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });

  test('entities that would multiply, more rows than are taken, and a million empty parts', () => {
    expect(rowsOf(sheetOf('<worksheet><row><c t="inlineStr"><is><t>&lol;&#x110000;x</t></is></c></row></worksheet>'))[0]!.cells).toEqual(['&lol;x']);
    expect(refusal(Buffer.from('a,b\n'.repeat(20_100))).code).toBe('imports.tooLarge');
    expect(refusal(sheetOf(`<worksheet>${'<row><c><v>1</v></c></row>'.repeat(20_100)}</worksheet>`)).code).toBe('imports.tooLarge');
    expect(refusal(writeZip(Array.from({ length: 2_100 }, (_, index) => ({ name: `${index}`, bytes: Buffer.alloc(0) })))).code).toBe('imports.tooLarge');
  });
});
