import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCataloguePack } from '../../../src-shared/domain/packs/catalogue-pack.ts';
import { indexProcedures, searchProcedures } from '../../../src-shared/domain/procedures/procedure-search.ts';
import { buildProcedure } from '../../helpers/build-procedure.ts';

const parsed = parseCataloguePack(readFileSync(new URL('../../../src-shared/packs/catalogue-2026.json', import.meta.url), 'utf8'));
if (!parsed.ok) throw new Error(parsed.error.reason);
const { procedures } = parsed.value;
const index = indexProcedures(procedures);
const noUse = new Map<string, number>();

function codes(query: string, usesByCode = noUse, limit = 20): readonly string[] {
  return searchProcedures(index, query, usesByCode, limit).map(({ procedure }) => procedure.code);
}

describe('searching the catalogue', () => {
  it.each([
    ['khai sinh', '1.001193'],
    ['khai si', '1.001193'],
    ['sinh khai', '1.001193'],
    ['ks', '1.001193'],
    ['dkks', '1.001193'],
    ['dang ky khai sinh', '1.001193'],
    ['Đăng ký khai sinh', '1.001193'],
    ['khai tu', '1.000656'],
    ['ket hon', '1.000894'],
    ['ct ban sao', '2.000815'],
    ['chung thuc bs', '2.000815'],
    ['sao y', '2.000815'],
    ['chung thuc chu ky', '2.000884'],
    ['doc than', '1.004873'],
    ['tinh trang hon nhan', '1.004873'],
    ['trich luc', '2.000635'],
    ['so do', '1.013978'],
    ['huu tri', '1.014027'],
    ['khuyet tat', '1.001699'],
    ['ho ngheo', '1.011607'],
    ['vneid', '3.000228'],
    ['tranh chap dat', '1.012812'],
  ])('%s brings %s among the first three', (query, code) => {
    expect(codes(query).slice(0, 3)).toContain(code);
  });

  it.each([
    ['1.001193', ['1.001193']],
    ['2.000815', ['2.000815']],
    ['1001193', ['1.001193']],
    ['001193', ['1.001193']],
    ['1193', ['1.001193']],
  ])('the code %s brings %j', (query, expected) => {
    expect(codes(query)).toEqual(expected);
  });

  it('never puts what only a keyword knows before what the list shows, however often it is used', () => {
    const used = new Map([['1.001699', 900], ['2.000815', 800]]);
    const [first] = searchProcedures(index, 'tro cap', used);
    expect(first?.procedure.shortName).toMatch(/^Trợ cấp/);
    expect(codes('khuyet tat', used)[0]).toBe('1.001699');
    expect(codes('sao y', used)[0]).toBe('2.000815');
  });

  it('brings the exact code first even when others are used more', () => {
    const entries = [buildProcedure({ code: '1.000001.01' }), buildProcedure({ code: '1.000001' })];
    const hits = searchProcedures(indexProcedures(entries), '1.000001', new Map([['1.000001.01', 900]]));
    expect(hits.map(({ procedure }) => procedure.code)).toEqual(['1.000001', '1.000001.01']);
  });

  it('puts what the office uses most before what fits the letters better', () => {
    expect(codes('khai sinh')[0]).toBe('1.001193');
    expect(codes('khai sinh', new Map([['1.004884', 40], ['1.001193', 12]])).slice(0, 2)).toEqual(['1.004884', '1.001193']);
  });

  it('lists the most used for an empty query', () => {
    expect(codes('  ', new Map([['2.000815', 70], ['1.001193', 20]]), 3).slice(0, 2)).toEqual(['2.000815', '1.001193']);
  });

  it('finds nothing for letters that begin no word', () => {
    expect(codes('zzz')).toEqual([]);
    expect(codes('hai sinh')).toEqual([]);
    expect(codes('khai khai khai khai')).toEqual([]);
    expect(codes('!?')).toEqual([]);
  });

  it('keeps to the limit', () => {
    expect(codes('dang ky', noUse, 9)).toHaveLength(9);
    expect(codes('dang ky', noUse, 0)).toEqual([]);
  });

  it('finds a procedure by any words of its short name, in any order, cut anywhere', () => {
    const pick = fc.constantFrom(...procedures).chain((procedure) => {
      const words = procedure.shortName.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '').slice(0, 8);
      return fc.tuple(fc.constant(procedure.code), fc.shuffledSubarray(words, { minLength: 1 }), fc.integer({ min: 2, max: 6 }));
    });
    fc.assert(fc.property(pick, ([code, words, letters]) => codes(words.map((word) => word.slice(0, letters)).join(' '), noUse, 200).includes(code)));
  });

  it('never throws, whatever is typed, and always answers alike', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (query) => {
        expect(codes(query)).toEqual(codes(query));
      }),
    );
  });

  it('answers within 2 ms over 500 entries', () => {
    const many = Array.from({ length: 5 }, () => procedures).flat().slice(0, 500);
    const large = indexProcedures(many);
    const queries = ['ks', 'chung thuc ban sao', 'dang ky', '1.00', 'ho ngheo', 'xyz', 'd', 'quyen su dung dat o'];
    const round = () => {
      const start = performance.now();
      for (const query of queries) searchProcedures(large, query, noUse);
      return (performance.now() - start) / queries.length;
    };
    for (let warmUp = 0; warmUp < 20; warmUp += 1) round();
    expect(Math.min(...Array.from({ length: 20 }, round))).toBeLessThan(2);
  });
});
