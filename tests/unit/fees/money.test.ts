import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dongInWords, formatDong } from '../../../src-shared/domain/fees/money.ts';

describe('formatDong', () => {
  it.each([
    [0, '0 đ'],
    [999, '999 đ'],
    [1_000, '1.000 đ'],
    [6_000, '6.000 đ'],
    [200_000, '200.000 đ'],
    [1_234_567, '1.234.567 đ'],
    [1_000_000_000, '1.000.000.000 đ'],
  ])('prints %i with points for thousands', (dong, text) => {
    expect(formatDong(dong)).toBe(text);
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53])('refuses %d, which is no amount', (dong) => {
    expect(() => formatDong(dong)).toThrow();
  });
});

describe('dongInWords', () => {
  it.each([
    [0, 'Không đồng'],
    [5, 'Năm đồng'],
    [10, 'Mười đồng'],
    [11, 'Mười một đồng'],
    [15, 'Mười lăm đồng'],
    [21, 'Hai mươi mốt đồng'],
    [24, 'Hai mươi tư đồng'],
    [40, 'Bốn mươi đồng'],
    [55, 'Năm mươi lăm đồng'],
    [105, 'Một trăm linh năm đồng'],
    [110, 'Một trăm mười đồng'],
    [6_000, 'Sáu nghìn đồng'],
    [8_000, 'Tám nghìn đồng'],
    [12_000, 'Mười hai nghìn đồng'],
    [36_000, 'Ba mươi sáu nghìn đồng'],
    [200_000, 'Hai trăm nghìn đồng'],
    [1_005, 'Một nghìn không trăm linh năm đồng'],
    [1_050, 'Một nghìn không trăm năm mươi đồng'],
    [1_500, 'Một nghìn năm trăm đồng'],
    [1_000_001, 'Một triệu không trăm linh một đồng'],
    [21_004_015, 'Hai mươi mốt triệu không trăm linh bốn nghìn không trăm mười lăm đồng'],
    [2_000_000_000, 'Hai tỷ đồng'],
  ])('reads %i aloud', (dong, words) => {
    expect(dongInWords(dong)).toBe(words);
  });

  it('gives different amounts different words', () => {
    const amount = fc.integer({ min: 0, max: 999_999_999_999 });
    fc.assert(fc.property(amount, amount, (left, right) => left === right || dongInWords(left) !== dongInWords(right)));
  });

  it('never leaves a double space or a loose end', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (dong) => /^\p{Lu}\p{Ll}*( \p{Ll}+)* đồng$/u.test(dongInWords(dong))));
  });
});
