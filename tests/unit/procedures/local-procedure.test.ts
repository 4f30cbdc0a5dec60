import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CataloguePack } from '../../../src-shared/domain/packs/catalogue-pack.ts';
import { localChangeSchema, resolveCatalogue } from '../../../src-shared/domain/procedures/local-procedure.ts';
import type { InstalledPack, LocalChange } from '../../../src-shared/domain/procedures/local-procedure.ts';
import type { Procedure } from '../../../src-shared/domain/procedures/procedure.ts';
import { buildCataloguePack, buildProcedure } from '../../helpers/build-procedure.ts';

const office = { businessDate: '2026-11-20', policeReceived: false } as const;
const doubtful = buildProcedure({
  terms: { direct: { term: { unit: 'unknown', note: 'Cổng ghi "3" mà không có đơn vị.' }, confirmed: false } },
  confirmed: false,
  doubts: [{ part: 'term', note: 'Không có đơn vị.' }],
});
const fiveDays: Procedure['terms'] = { direct: { term: { unit: 'working_day', value: 5 }, confirmed: true } };

function installed(hash: string, changes: Partial<CataloguePack> = {}): InstalledPack {
  return { hash, pack: buildCataloguePack(changes) };
}

function adjusted(changes: Partial<Extract<LocalChange, { change: 'adjusted' }>> = {}): LocalChange {
  return { id: 'act-1', version: 1, effectiveFrom: '2026-01-01', reason: 'Nghị quyết của tỉnh', change: 'adjusted', code: '1.000001', patch: { terms: fiveDays }, ...changes };
}

function switched(code: string, on: boolean, version = 1): LocalChange {
  return { id: `switch-${version}`, version, effectiveFrom: '2026-01-01', reason: 'Theo phân công', change: 'switched', code, on };
}

function added(procedure: Procedure, version = 1, id = `added-${version}`): LocalChange {
  return { id, version, effectiveFrom: '2026-01-01', reason: 'Việc riêng của xã', change: 'added', procedure };
}

describe('the catalogue of an office', () => {
  it('is the pack itself where the office changed nothing', () => {
    const { entries, problems } = resolveCatalogue([installed('h1')], [], office);
    expect(problems).toEqual([]);
    expect(entries).toEqual([
      { procedure: buildProcedure(), provenance: { packHash: 'h1', localVersion: 0, changeIds: [] }, received: true, packOutOfDate: false },
    ]);
  });

  it('carries an adjusted term with its version, and the doubt about it is settled', () => {
    const { byCode } = resolveCatalogue([installed('h1', { procedures: [doubtful] })], [adjusted()], office);
    const entry = byCode.get('1.000001');
    expect(entry?.procedure).toMatchObject({ terms: fiveDays, confirmed: true, doubts: [] });
    expect(entry?.provenance).toEqual({ packHash: 'h1', localVersion: 1, changeIds: ['act-1'] });
  });

  it('keeps a doubt that the adjustment does not touch', () => {
    const entry = buildProcedure({ confirmed: false, doubts: [{ part: 'papers', note: 'Bản tóm tắt.' }] });
    const { byCode } = resolveCatalogue([installed('h1', { procedures: [entry] })], [adjusted()], office);
    expect(byCode.get('1.000001')?.procedure).toMatchObject({ confirmed: false, doubts: [{ part: 'papers' }] });
  });

  it('marks a term the office itself is not sure of', () => {
    const unsure: Procedure['terms'] = { direct: { term: { unit: 'working_day', value: 5 }, confirmed: false } };
    const { byCode, problems } = resolveCatalogue([installed('h1')], [adjusted({ patch: { terms: unsure } })], office);
    expect(problems).toEqual([]);
    expect(byCode.get('1.000001')?.procedure).toMatchObject({ confirmed: false, doubts: [{ part: 'term' }] });
  });

  it('lets the later version of an adjustment replace the earlier, part by part', () => {
    const flow: Procedure['flow'] = [{ name: 'Làm ngay tại quầy', role: 'reception', term: { unit: 'hour', value: 1 } }];
    const changes = [adjusted({ id: 'b', version: 2, patch: { terms: { direct: { term: { unit: 'hour', value: 4 }, confirmed: true } } } }), adjusted({ id: 'a', patch: { terms: fiveDays, flow } })];
    const entry = resolveCatalogue([installed('h1')], changes, office).byCode.get('1.000001');
    expect(entry?.procedure).toMatchObject({ flow, terms: { direct: { term: { unit: 'hour', value: 4 } } } });
    expect(entry?.provenance).toEqual({ packHash: 'h1', localVersion: 2, changeIds: ['a', 'b'] });
  });

  it('waits for the day an act takes effect', () => {
    const changes = [adjusted({ effectiveFrom: '2026-12-01' })];
    expect(resolveCatalogue([installed('h1')], changes, office).byCode.get('1.000001')?.provenance.localVersion).toBe(0);
    const later = { ...office, businessDate: '2026-12-01' };
    expect(resolveCatalogue([installed('h1')], changes, later).byCode.get('1.000001')?.provenance.localVersion).toBe(1);
  });

  it('holds the procedures of the office itself, and adjusts them too', () => {
    const own = buildProcedure({ code: 'DP.1', shortName: 'Mượn nhà văn hóa' });
    const { byCode } = resolveCatalogue([installed('h1')], [adjusted({ code: 'DP.1', version: 1 }), added(own, 2)], office);
    expect(byCode.get('DP.1')).toMatchObject({ procedure: { terms: fiveDays }, provenance: { packHash: null, localVersion: 2, changeIds: ['added-2', 'act-1'] }, received: true });
    expect(byCode.size).toBe(2);
  });

  it('says which act it could not apply, and leaves the entry as it was', () => {
    const noDate = adjusted({ id: 'bad', patch: { fields: [], fees: [{ ...feeWithRule(), id: 'x' }] } });
    const { byCode, problems } = resolveCatalogue([installed('h1')], [noDate, adjusted({ id: 'lost', code: '9.999999' }), added(buildProcedure())], office);
    expect(problems.map(({ changeId }) => changeId).sort()).toEqual(['added-1', 'bad', 'lost']);
    expect(byCode.get('1.000001')?.procedure).toEqual(buildProcedure());
  });
});

function feeWithRule(): Procedure['fees'][number] {
  const [fee] = buildProcedure().fees;
  if (fee === undefined) throw new Error('the entry has a fee');
  const when = { rule: 'within_days', field: 'childBirthDate', daysMax: 60 } as const;
  return { ...fee, exemptions: [{ id: 'dung-han', ground: 'đúng hạn', evidence: null, when, confirmed: true }] };
}

describe('entries of Công an xã', () => {
  const police = installed('h1', { procedures: [buildProcedure({ authority: 'police' }), buildProcedure({ code: '1.000002' })] });

  function received(changes: readonly LocalChange[], policeReceived = false): readonly (boolean | undefined)[] {
    const { byCode } = resolveCatalogue([police], changes, { ...office, policeReceived });
    return ['1.000001', '1.000002'].map((code) => byCode.get(code)?.received);
  }

  it('are known but not received until the office switches them on', () => {
    expect(received([])).toEqual([false, true]);
    expect(received([], true)).toEqual([true, true]);
  });

  it('can be switched one by one, and any other entry can be switched off', () => {
    expect(received([switched('1.000001', true)])).toEqual([true, true]);
    expect(received([switched('1.000001', false, 2), switched('1.000001', true, 1)], true)).toEqual([false, true]);
    expect(received([switched('1.000002', false)])).toEqual([false, false]);
  });
});

describe('several packs', () => {
  const old = installed('old', { validFrom: '2025-07-01', validTo: '2026-06-30', procedures: [buildProcedure(), buildProcedure({ code: '1.000002' })] });
  const current = installed('new', { version: 2, validFrom: '2026-07-01', procedures: [buildProcedure({ shortName: 'Mới' })] });
  const coming = installed('coming', { version: 3, validFrom: '2027-03-01', procedures: [buildProcedure({ shortName: 'Sắp tới' })] });

  function hashOn(businessDate: string, packs: readonly InstalledPack[] = [old, current, coming]): string | null | undefined {
    return resolveCatalogue(packs, [], { ...office, businessDate }).byCode.get('1.000001')?.provenance.packHash;
  }

  it.each([
    ['2026-06-30', 'old'],
    ['2026-07-01', 'new'],
    ['2027-02-28', 'new'],
    ['2027-03-01', 'coming'],
  ])('on %s the pack in force counts: %s', (date, hash) => {
    expect(hashOn(date)).toBe(hash);
  });

  it('of one id: what the newer leaves out is abolished', () => {
    expect(resolveCatalogue([old, current], [], office).byCode.has('1.000002')).toBe(false);
    const other = { ...old, pack: { ...old.pack, id: 'danh-muc-tinh', validTo: null } };
    expect(resolveCatalogue([other, current], [], office).byCode.has('1.000002')).toBe(true);
  });

  it('all out of date still serve the desk, marked', () => {
    expect(resolveCatalogue([old], [], office).entries.map(({ packOutOfDate }) => packOutOfDate)).toEqual([true, true]);
    expect(resolveCatalogue([coming], [], office).entries.map(({ packOutOfDate }) => packOutOfDate)).toEqual([true]);
    expect(hashOn('2026-11-20', [old, coming])).toBe('old');
  });

  it('and acts in any order give one catalogue', () => {
    const packs = [old, current, coming, installed('x', { id: 'danh-muc-tinh', procedures: [buildProcedure({ code: '1.000003' })] })];
    const changes = [adjusted(), adjusted({ id: 'act-2', patch: { note: 'Ghi chú' } }), adjusted({ id: 'act-3', version: 2 }), switched('1.000003', false), added(buildProcedure({ code: 'DP.1' }))];
    const expected = resolveCatalogue(packs, changes, office);
    const shuffled = <T>(items: readonly T[]) => fc.shuffledSubarray([...items], { minLength: items.length });
    fc.assert(fc.property(shuffled(packs), shuffled(changes), (morePacks, moreChanges) => {
      const found = resolveCatalogue(morePacks, moreChanges, office);
      expect(new Map(found.byCode)).toEqual(new Map(expected.byCode));
      expect(found.entries).toEqual(expected.entries);
      expect(found.problems).toEqual(expected.problems);
    }));
  });
});

describe('an act on the catalogue', () => {
  it('needs a reason, a real day, and something to change', () => {
    expect(localChangeSchema.safeParse(adjusted()).success).toBe(true);
    expect(localChangeSchema.safeParse(adjusted({ reason: ' ' })).success).toBe(false);
    expect(localChangeSchema.safeParse(adjusted({ effectiveFrom: '2026-13-01' })).success).toBe(false);
    expect(localChangeSchema.safeParse(adjusted({ patch: {} })).success).toBe(false);
  });

  it('cannot rename an entry of the catalogue or move it to another authority', () => {
    const renaming = { ...adjusted(), patch: { name: 'Tên khác' } };
    expect(localChangeSchema.safeParse(renaming).success).toBe(false);
    expect(localChangeSchema.safeParse({ ...adjusted(), patch: { authority: 'commune' } }).success).toBe(false);
  });
});
