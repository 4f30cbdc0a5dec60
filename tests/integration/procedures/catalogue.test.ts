import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildProcedure } from '../../helpers/build-procedure.ts';
import { createCatalogueOf } from '../../../src-main/core/features/procedures/catalogue.ts';
import { ok } from '../../../src-shared/lib/result.ts';
import { closeCatalogueDesks, NOW_MS, openCatalogueDesk, receiveOne, valueOf, type CatalogueDesk } from '../../helpers/catalogue-desk.ts';

const BIRTH = '1.001193';

let at: CatalogueDesk;
beforeAll(async () => {
  at = await openCatalogueDesk();
});
afterAll(closeCatalogueDesks);

const search = async (query: string, extra: { scope?: 'offered' | 'all'; limit?: number } = {}) => valueOf(await at.call('reception', 'procedures.search', { query, ...extra })).procedures;

describe('finding a procedure', () => {
  test('a few letters without diacritics find birth registration first', async () => {
    expect((await search('ks'))[0]?.code).toBe(BIRTH);
    expect((await search('khai sinh'))[0]?.code).toBe(BIRTH);
  });

  test('what this officer received most comes first in an empty search, for nobody else', async () => {
    receiveOne(at, { receivedAt: NOW_MS, content: { procedure: { code: '1.000894', name: 'Kết hôn', pack: '', localVersion: 0, confirmed: true } } });
    const [first] = await search('', { limit: 9 });
    expect(first).toMatchObject({ code: '1.000894', uses: 1 });
    const others = valueOf(await at.call('reception2', 'procedures.search', { limit: 9 })).procedures;
    expect(others).toHaveLength(9);
    expect(others[0]?.uses).toBe(0);
  });

  test('a procedure is shown with the pack it comes from', async () => {
    const view = valueOf(await at.call('leader', 'procedures.get', { code: BIRTH }));
    expect(view).toMatchObject({ localVersion: 0, offered: true, pack: at.desk.office().packs[0]?.hash });
    expect(view.entry.code).toBe(BIRTH);
  });

  test('an unknown code is refused by name', async () => {
    expect(await at.callRaw('reception', 'procedures.get', { code: '9.999999' })).toMatchObject({ ok: false, error: { code: 'procedures.unknown' } });
  });

  test('nobody finds anything without signing in', async () => {
    expect(await at.callRaw(null, 'procedures.search', {})).toMatchObject({ error: { code: 'session.required' } });
  });

  test('a query that is too long or a limit that is no number is malformed', async () => {
    expect(await at.callRaw('reception', 'procedures.search', { query: 'x'.repeat(201) })).toMatchObject({ error: { code: 'request.malformed' } });
    expect(await at.callRaw('reception', 'procedures.search', { limit: 'many' })).toMatchObject({ error: { code: 'request.malformed' } });
  });
});

describe('the catalogue is kept', () => {
  test('it is the same object until the office changes', async () => {
    const catalogue = at.catalogueOf(at.desk).current();
    await search('chung thuc');
    expect(at.catalogueOf(at.desk).current()).toBe(catalogue);
    valueOf(await at.call('admin', 'settings.save', { key: 'idleLockMinutes', value: 20 }));
    expect(at.catalogueOf(at.desk).current()).not.toBe(catalogue);
  });

  test('read in slices it is the very catalogue that is read at once', async () => {
    const sliced = createCatalogueOf()(at.desk);
    await sliced.warmUp();
    expect(sliced.current().entries).toEqual(at.catalogueOf(at.desk).current().entries);
  });
});

describe('police procedures', () => {
  const policeCode = async () => (await search('', { scope: 'all', limit: 500 })).find((entry) => entry.authority === 'police')?.code ?? '';

  test('they are not offered before the office switches them on, and gone when it switches them off', async () => {
    const code = await policeCode();
    expect(code).not.toBe('');
    const offered = async () => (await search('', { limit: 500 })).some((entry) => entry.code === code);
    const receive = () => at.receptionTerms(at.desk, { procedureCode: code, channel: 'direct', fields: {}, documents: [], appointment: { mode: 'none', reason: 'thử' } }, NOW_MS, at.officers.reception);

    expect(await offered()).toBe(false);
    expect(receive()).toMatchObject({ ok: false, error: { code: 'procedures.notOffered' } });

    valueOf(await at.call('admin', 'settings.save', { key: 'policeProcedures', value: true }));
    expect(await offered()).toBe(true);
    expect(receive().ok).toBe(true);

    valueOf(await at.call('admin', 'settings.save', { key: 'policeProcedures', value: false }));
    expect(await offered()).toBe(false);
  });

  test('a single one can be switched on and off again by acts with their reason', async () => {
    const code = await policeCode();
    expect(valueOf(await at.call('admin', 'procedures.switch', { code, on: true, reason: 'Công an xã trực tại đây' })).offered).toBe(true);
    expect(valueOf(await at.call('admin', 'procedures.switch', { code, on: false, reason: 'Hết trực' })).offered).toBe(false);
  });
});

describe('changes of the office', () => {
  test('each change is one version further, and a later one keeps the parts it does not name', async () => {
    const code = '1.004873';
    const original = valueOf(await at.call('admin', 'procedures.get', { code })).entry;
    const first = valueOf(await at.call('admin', 'procedures.save', { code, entry: { shortName: 'Giấy độc thân' }, reason: 'Dân gọi vậy' }));
    expect(first).toMatchObject({ localVersion: 1, entry: { shortName: 'Giấy độc thân' } });
    const second = valueOf(await at.call('admin', 'procedures.save', { code, entry: { keywords: ['độc thân'] }, reason: 'Để dễ tìm' }));
    expect(second).toMatchObject({ localVersion: 2, entry: { shortName: 'Giấy độc thân', keywords: ['độc thân'] } });
    expect(second.entry.terms).toEqual(original.terms);
    expect(at.events.at(-1)).toEqual({ type: 'office' });
    expect((await search('doc than'))[0]?.code).toBe(code);
  });

  test('a procedure of the office itself is added and found', async () => {
    const { code: _code, ...entry } = buildProcedure({ shortName: 'Xác nhận hộ nghèo', name: 'Xác nhận hộ nghèo tại xã' });
    const saved = valueOf(await at.call('admin', 'procedures.save', { code: 'DP.12', entry: entry as never, reason: 'Xã tự làm' }));
    expect(saved).toMatchObject({ pack: '', localVersion: 1, offered: true });
    expect((await search('xac nhan ho ngheo')).map((found) => found.code)).toContain('DP.12');
  });

  test.each([
    ['a term with an unknown unit of time', BIRTH, { terms: { direct: { term: { unit: 'week', value: 2 }, confirmed: true } } }],
    ['no day at all', BIRTH, { terms: { direct: { term: { unit: 'working_day', value: 0 }, confirmed: true } } }],
    ['the name, which the catalogue sets', BIRTH, { name: 'Tên khác' }],
    ['nothing at all', BIRTH, {}],
    ['an own procedure without papers', 'DP.77', { name: 'Thiếu đủ thứ' }],
    ['a code that is none', 'abc', { name: 'x' }],
  ])('a change that breaks the entry is refused with the reason and writes nothing: %s', async (_what, code, entry) => {
    const before = at.desk.log.head().seq;
    const refused = await at.callRaw('admin', 'procedures.save', { code, entry, reason: 'Thử' });
    expect(refused).toMatchObject({ ok: false, error: { code: 'procedures.invalid', sentence: expect.stringMatching(/^Chưa lưu được thủ tục: .+\.$/) as string } });
    expect(at.desk.log.head().seq).toBe(before);
  });

  test.each(['reception', 'processing', 'leader'] as const)('%s may neither change nor switch a procedure', async (as) => {
    expect(await at.callRaw(as, 'procedures.save', { code: BIRTH, entry: { shortName: 'x' }, reason: 'y' })).toMatchObject({ error: { code: 'session.notPermitted' } });
    expect(await at.callRaw(as, 'procedures.switch', { code: BIRTH, on: false, reason: 'y' })).toMatchObject({ error: { code: 'session.notPermitted' } });
  });

  test('two changes that do not know of each other keep both, whichever part each names', () => {
    const code = '2.000635';
    const { desk, officers } = at;
    const after = desk.officeHeads();
    const saved = (id: string, patch: object) => ({
      kind: 'procedure.saved', version: 1, subject: desk.officeSubject, actor: officers.admin, after,
      body: { code, localVersion: 1, reason: 'x', entry: { change: 'adjusted', id, version: 1, effectiveFrom: '2026-01-01', reason: 'x', code, patch } },
    });
    valueOf(desk.log.write(({ append }) => {
      append(saved('b', { shortName: 'Trích lục' }));
      append(saved('a', { keywords: ['bản sao'] }));
      return ok(undefined);
    }));
    desk.reloadOffice();
    expect(at.catalogueOf(desk).find(code)?.procedure).toMatchObject({ shortName: 'Trích lục', keywords: ['bản sao'] });
  });

  test('a change this program cannot read is told to the administrator and blocks nothing', () => {
    const { desk, officers } = at;
    valueOf(desk.log.write(({ append }) => {
      append({ kind: 'procedure.saved', version: 1, subject: desk.officeSubject, actor: officers.admin, after: desk.officeHeads(), body: { code: BIRTH, localVersion: 9, reason: 'x', entry: { change: 'renamed' } } });
      return ok(undefined);
    }));
    desk.reloadOffice();
    expect(at.catalogueOf(desk).problems()).toMatchObject([{ code: BIRTH }]);
    expect(at.catalogueOf(desk).find(BIRTH)?.received).toBe(true);
  });
});
