import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseCataloguePack } from '../../../src-shared/domain/packs/catalogue-pack.ts';
import { mostUsedProcedures } from '../../../src-shared/domain/procedures/most-used.ts';
import { buildProcedure } from '../../helpers/build-procedure.ts';

const parsed = parseCataloguePack(readFileSync(new URL('../../../src-shared/packs/catalogue-2026.json', import.meta.url), 'utf8'));
if (!parsed.ok) throw new Error(parsed.error.reason);
const { procedures } = parsed.value;

describe('the tiles of the first screen', () => {
  it('of a new desk are the nine usual procedures of the shipped catalogue', () => {
    expect(mostUsedProcedures(procedures, new Map()).map(({ shortName }) => shortName)).toEqual([
      'Chứng thực bản sao từ bản chính',
      'Đăng ký khai sinh',
      'Bản sao trích lục hộ tịch',
      'Xác nhận tình trạng hôn nhân',
      'Chứng thực chữ ký',
      'Đăng ký khai tử',
      'Trợ cấp hưu trí xã hội',
      'Đăng ký kết hôn',
      'Xác nhận khuyết tật',
    ]);
  });

  it('begin with what is used here, then the usual ones', () => {
    const tiles = mostUsedProcedures(procedures, new Map([['1.012812', 3], ['1.000656', 8]]), 4).map(({ code }) => code);
    expect(tiles).toEqual(['1.000656', '1.012812', '2.000815', '1.001193']);
  });

  it('never show a procedure that was not given, such as one that is switched off', () => {
    expect(mostUsedProcedures([buildProcedure()], new Map([['2.000815', 70]]))).toEqual([buildProcedure()]);
  });
});
