import { describe, expect, it } from 'vitest';
import { localChangeOfEdit } from '../../../src-shared/domain/procedures/local-edit.ts';
import type { LocalEdit } from '../../../src-shared/domain/procedures/local-edit.ts';
import { resolveCatalogue } from '../../../src-shared/domain/procedures/local-procedure.ts';
import type { LocalChange } from '../../../src-shared/domain/procedures/local-procedure.ts';
import { buildCataloguePack, buildProcedure } from '../../helpers/build-procedure.ts';

const office = { businessDate: '2026-11-20', policeReceived: false } as const;
const packs = [{ hash: 'h1', pack: buildCataloguePack() }];
const fourHours = { direct: { term: { unit: 'hour', value: 4 }, confirmed: true } } as const;

function edit(changes: Partial<LocalEdit> = {}): LocalEdit {
  return { code: '1.000001', entry: { terms: fourHours }, reason: 'Theo nghị quyết', id: 'act-1', effectiveFrom: '2026-11-20', ...changes };
}

function changeOf(changes: Partial<LocalEdit>, acts: readonly LocalChange[] = []) {
  return localChangeOfEdit(resolveCatalogue(packs, acts, office), edit(changes));
}

function acceptedChange(changes: Partial<LocalEdit>, acts: readonly LocalChange[] = []): LocalChange {
  const change = changeOf(changes, acts);
  if (!change.ok) throw new Error(change.error.reason);
  return change.value;
}

describe('an edit of a procedure', () => {
  it('of the catalogue becomes an adjustment of only the parts that differ', () => {
    const change = acceptedChange({ entry: { ...buildProcedure(), terms: fourHours } });
    expect(change).toEqual({ change: 'adjusted', id: 'act-1', version: 1, effectiveFrom: '2026-11-20', reason: 'Theo nghị quyết', code: '1.000001', patch: { terms: fourHours } });
  });

  it('takes the next version each time', () => {
    const first = acceptedChange({});
    expect(acceptedChange({ id: 'act-2', entry: { note: 'Nhớ hỏi số điện thoại' } }, [first])).toMatchObject({ version: 2, patch: { note: 'Nhớ hỏi số điện thoại' } });
  });

  it('of a new code becomes a procedure of the office itself, and can be edited again', () => {
    const first = acceptedChange({ code: 'DP.1', entry: { ...buildProcedure({ code: 'DP.1' }) } });
    expect(first).toMatchObject({ change: 'added', version: 1 });
    const second = acceptedChange({ code: 'DP.1', id: 'act-2', entry: { shortName: 'Tên mới' } }, [first]);
    expect(second).toMatchObject({ change: 'added', version: 2 });
    expect(resolveCatalogue(packs, [second, first], office).byCode.get('DP.1')).toMatchObject({
      procedure: { shortName: 'Tên mới' },
      provenance: { packHash: null, localVersion: 2, changeIds: ['act-1', 'act-2'] },
    });
  });

  it("of the office's own procedure may leave the term unknown, and is then marked doubtful by itself", () => {
    const terms = { direct: { term: { unit: 'unknown', note: 'Chưa có quy định.' }, confirmed: false } };
    const change = acceptedChange({ code: 'DP.1', entry: { ...buildProcedure({ code: 'DP.1' }), terms } });
    expect(change).toMatchObject({ procedure: { confirmed: false, doubts: [{ part: 'term' }] } });
  });

  it.each<[string, Partial<LocalEdit>, string, string]>([
    ['another name', { entry: { name: 'Tên khác' } }, 'name', 'không sửa được'],
    ['a member that does not exist', { entry: { nonsense: 1 } }, 'nonsense', 'không sửa được'],
    ['another code inside', { entry: { code: '1.000002' } }, 'code', 'mã'],
    ['an unknown unit', { entry: { terms: { direct: { term: { unit: 'day', value: 1 }, confirmed: true } } } }, 'terms.direct.term.unit', 'không nằm trong'],
    ['half a day', { entry: { terms: { direct: { term: { unit: 'hour', value: 0.5 }, confirmed: true } } } }, 'terms.direct.term.value', 'số nguyên'],
    ['nothing changed', { entry: { ...buildProcedure() } }, '', 'chưa sửa mục nào'],
    ['no reason', { reason: ' ' }, 'reason', 'ít nhất 1 chữ'],
    ['a code of a wrong shape', { code: 'xa-1', entry: { ...buildProcedure({ code: 'xa-1' }) } }, 'code', 'không đúng dạng'],
    ['a new procedure without its papers', { code: 'DP.2', entry: { ...buildProcedure({ code: 'DP.2' }), papers: undefined } }, 'papers', 'papers'],
  ])('with %s is refused, naming the member', (_what, changes, path, reason) => {
    const change = changeOf(changes);
    if (change.ok) throw new Error('the edit was accepted');
    expect(change.error).toMatchObject({ code: 'procedures.invalid', path });
    expect(change.error.reason).toContain(reason);
  });
});
