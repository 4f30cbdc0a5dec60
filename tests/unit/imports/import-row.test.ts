import { describe, expect, test } from 'vitest';
import { findHeadings, isColumnNumbers, recogniseColumns, rememberedReading } from '../../../src-shared/domain/imports/import-columns.ts';
import { NATIONAL_STATUS_CODES, SUBMITTED_STATUS_CODE } from '../../../src-shared/domain/dossiers/dossier-state.ts';
import { createRowReader, type RowReading } from '../../../src-shared/domain/imports/import-row.ts';
import { STATE_WORDS } from '../../../src-shared/domain/imports/import-words.ts';
import { columnLetters, type SheetCell } from '../../../src-shared/domain/imports/sheet.ts';
import { officeInstant } from '../../../src-shared/lib/office-time.ts';

const FIELDS = ['code', 'procedureCode', 'procedureName', 'ownerName', 'ownerIdNumber', 'ownerPhone', 'ownerBirthDate', 'receivedAt', 'status'] as const;
type Row = Partial<Record<(typeof FIELDS)[number], SheetCell>>;

function read(...rows: Row[]): RowReading[] {
  const sheetRows = rows.map((row, index) => ({ line: index + 2, cells: FIELDS.map((field) => ({ code: `H99-1-${index}`, procedureCode: '1.001193', ownerName: 'Giàng A Páo', receivedAt: '03/11/2026', ...row })[field] ?? null) }));
  const reader = createRowReader({ rows: sheetRows, daysFrom: 1900 }, sheetRows, {
    fields: FIELDS, states: {}, nowMs: officeInstant('2026-11-23', 480), opensAt: 420, closesAt: 1_020,
    procedures: [{ code: '1.001193', name: 'Thủ tục đăng ký khai sinh' }, { code: '2', name: 'Cùng tên' }, { code: '3', name: 'Cùng  tên' }],
  });
  return sheetRows.map(reader.read);
}
const ownerOf = (row: Row) => {
  const [reading] = read(row);
  return reading?.kind === 'good' ? reading.row.owner : reading;
};
const reasonOf = (row: Row) => {
  const [reading] = read(row);
  return reading?.kind === 'bad' ? reading.faults.map(({ reason }) => reason).join() : reading?.kind;
};

describe('ID numbers that a sheet took for numbers', () => {
  test.each([
    [10_094_000_123, 'citizenId', '010094000123'], [2_094_000_123, 'citizenId', '002094000123'], [123_456_789, 'oldId', '123456789'],
    // No province has 005, and 2253 is nobody's year of birth: a tax number.
    [5_300_123_456, 'organisationId', '5300123456'], ['C1234567', 'passport', 'C1234567'],
  ])('%s', (cell, idKind, idNumber) => expect(ownerOf({ ownerIdNumber: cell })).toMatchObject({ idKind, idNumber }));

  test('a firm keeps its own number, text is never filled up', () => {
    expect(ownerOf({ ownerName: 'Công ty TNHH Núi Xanh', ownerIdNumber: 2_094_000_123 })).toMatchObject({ type: 'organisation', idKind: 'organisationId', idNumber: '2094000123' });
    expect(reasonOf({ ownerIdNumber: '10094000123' })).toBe('số căn cước phải đủ 12 chữ số, hiện có 11');
    expect(ownerOf({ ownerPhone: 912_345_678 })).toMatchObject({ phone: '0912345678' });
  });
});

describe('rows', () => {
  test('a day alone counts from the opening; a code that stood above is a fault of the later row', () => {
    const [first, second] = read({ code: 'H99-1' }, { code: 'h99 -1' });
    expect(first).toMatchObject({ kind: 'good', row: { receivedAt: officeInstant('2026-11-03', 420), status: 'processing' } });
    expect(second).toMatchObject({ kind: 'bad', line: 3, faults: [{ field: 'code', reason: 'trùng mã với dòng 2' }] });
  });
  test.each<[Row, RegExp]>([
    [{ receivedAt: '24/11/2026' }, /chưa tới/], [{ receivedAt: '03/11/1999' }, /trước năm 2000/], [{ ownerBirthDate: '24/11/2026' }, /ngày sinh chưa tới/],
    [{ procedureCode: null }, /chưa có mã hay tên thủ tục/], [{ procedureCode: '9.9' }, /không có thủ tục 9\.9/], [{ procedureCode: null, procedureName: 'Cùng tên' }, /có nhiều thủ tục/],
    [{ ownerName: '\u202eông' }, /ký tự ẩn/], [{ ownerName: '12' }, /họ tên/],
  ])('%j is refused', (row, reason) => expect(reasonOf(row)).toMatch(reason));
  test('what the catalogue knows no more needs code and name; what is over there is no fault', () => {
    expect(read({ procedureCode: '9.9', procedureName: 'Việc cũ' })[0]).toMatchObject({ kind: 'good', row: { procedure: { code: '9.9', name: 'Việc cũ' } } });
    expect(read({ status: 'Đã trả kết quả' })[0]).toEqual({ kind: 'closed', line: 2, code: 'H99-1-0' });
    expect(ownerOf({ ownerBirthDate: 9_133 })).toMatchObject({ birthDate: '1925-01-01' });
    expect(ownerOf({ ownerBirthDate: '1950' })).toMatchObject({ birthDate: '1950' });
  });
});

describe('the codes of the national portal', () => {
  test('are all ten understood, each as the state that has it here', () => {
    const stateOf = (code: number) => Object.entries(STATE_WORDS).flatMap(([state, texts]) => (texts.includes(String(code)) ? [state] : []));
    const CLOSED: readonly string[] = ['refused', 'withdrawn', 'stopped', 'returned'];
    const here = Object.entries(NATIONAL_STATUS_CODES).flatMap(([status, code]) => (code === null ? [] : [[code, [CLOSED.includes(status) ? 'closed' : status]] as const]));
    expect(new Map(here).size).toBe(9);
    for (const [code, states] of [[SUBMITTED_STATUS_CODE, ['submitted']] as const, ...here]) expect([code, stateOf(code)]).toEqual([code, states]);
  });
  test.each(['1', 'Mới đăng ký', 'Chờ tiếp nhận'])('%s is left out with that one reason, whatever else it lacks: nobody has received it', (status) => {
    const left = { kind: 'bad', line: 2, code: 'H99-1-0', ownerName: 'Giàng A Páo', faults: [{ field: 'status', reason: expect.stringMatching(/chưa ai tiếp nhận/) as string }] };
    expect(read({ status })[0]).toEqual(left);
    expect(read({ status, receivedAt: null, procedureCode: '9.9' })[0]).toEqual(left);
  });
});

describe('columns', () => {
  test('headings are found below titles, in any spelling; a field has one column; what was said goes before', () => {
    const rows = [{ line: 1, cells: ['DANH SÁCH'] }, { line: 4, cells: ['STT', 'MÃ  HỒ SƠ', 'Chủ hồ sơ', 'Mã hồ sơ', 'Ký hiệu'] }];
    expect(findHeadings(rows, {})).toMatchObject({ index: 1 });
    expect(recogniseColumns(rows[1]!.cells, {})).toEqual([null, 'code', 'ownerName', null, null]);
    expect(recogniseColumns(rows[1]!.cells, { 'ma ho so': 'none', 'ky hieu': 'code' })).toEqual([null, null, 'ownerName', null, 'code']);
    expect(recogniseColumns(['constructor', '__proto__'], {})).toEqual([null, null]);
  });
  test('a row that numbers the columns is none of data', () => {
    expect([isColumnNumbers({ line: 2, cells: ['(1)', '(2)', null, 3] }), isColumnNumbers({ line: 2, cells: [1, 'H99-1'] })]).toEqual([true, false]);
  });
  test('what an officer says is kept for every heading, also that it means nothing', () => {
    expect(rememberedReading({ columns: { cu: 'note' }, states: {} }, ['Ai', 'Gì'], ['ownerName', null], { moi: 'received' })).toEqual({ columns: { cu: 'note', ai: 'ownerName', gi: 'none' }, states: { moi: 'received' } });
  });
  test('letters as a sheet has them', () => expect([0, 25, 26, 51, 52, 701].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ']));
});
