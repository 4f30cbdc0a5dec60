import { describe, expect, test } from 'vitest';
import { readDong, readMoment, thousandsSignOf } from '../../../src-shared/domain/imports/import-values.ts';
import type { SheetCell } from '../../../src-shared/domain/imports/sheet.ts';

const momentOf = (cell: SheetCell, daysFrom: 1900 | 1904 = 1900) => {
  const read = readMoment(cell, daysFrom);
  return read.ok ? `${read.value.date}${read.value.minute === undefined ? '' : ` ${read.value.minute}`}` : null;
};

describe('days of an export', () => {
  test.each([
    ['03/11/2026', '2026-11-03'], ['3/11/2026', '2026-11-03'], ['3-11-2026', '2026-11-03'], ['3.11.2026', '2026-11-03'], ['2026-11-03', '2026-11-03'],
    ['03/11/2026 08:30', '2026-11-03 510'], ['03/11/2026 08:30:59', '2026-11-03 510'], ['08:30 03/11/2026', '2026-11-03 510'], ['2026-11-03T08:30:00', '2026-11-03 510'], ['8h05 3/11/2026', '2026-11-03 485'],
    ['46329', '2026-11-03'], [46_329, '2026-11-03'], [46_329.5, '2026-11-03 720'], [46_329 + 1 / 3, '2026-11-03 480'],
  ])('%s', (cell, expected) => expect(momentOf(cell)).toBe(expected));

  test.each(['11/25/2026', '31/02/2026', '3/11/26', '3/11', '2026', 'hôm qua', '03/11/2026 25:00', 3, 1_000_000, -1, ''])('%s is no day, and never guessed at', (cell) => expect(momentOf(cell)).toBeNull());

  test('serial numbers from 1904', () => expect(momentOf(46_329 - 1_462, 1904)).toBe('2026-11-03'));
});

describe('sums of an export', () => {
  const read = (cells: readonly SheetCell[]) => cells.map((cell) => {
    const dong = readDong(cell, thousandsSignOf(cells));
    return dong.ok ? dong.value : 'refused';
  });
  test('points, commas, neither; a blank is unknown', () => {
    expect(read(['6.000', '1.250.000 đ', '500', null, 8_000])).toEqual([6_000, 1_250_000, 500, null, 8_000]);
    expect(read(['6,000', '1,250,000.00', '500đ', ''])).toEqual([6_000, 1_250_000, 500, null]);
  });
  test('a column that says both says nothing of its grouped sums', () => expect(read(['6.000', '7,000', '500'])).toEqual(['refused', 'refused', 500]));
  test.each(['6.00', '6.0000', '1.250,000', '-5', '8 nghìn', 1.5, -1])('%s is no sum', (cell) => expect(read([cell])).toEqual(['refused']));
});
