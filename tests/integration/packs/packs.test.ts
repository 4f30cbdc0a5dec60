import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packHash } from '../../../src-shared/domain/packs/catalogue-pack.ts';
import { ok } from '../../../src-shared/lib/result.ts';
import { buildCataloguePack, buildProcedure } from '../../helpers/build-procedure.ts';
import { closeCatalogueDesks, openCatalogueDesk, shippedCalendar, shippedText, valueOf, type CatalogueDesk } from '../../helpers/catalogue-desk.ts';

let at: CatalogueDesk;
beforeAll(async () => {
  at = await openCatalogueDesk();
});
afterAll(closeCatalogueDesks);

const pretty = (value: unknown) => JSON.stringify(value, null, 2);
const headSeq = () => at.desk.log.head().seq;

describe('installing a pack', () => {
  test('a new catalogue is in force at once, on every screen', async () => {
    const text = pretty(buildCataloguePack({ procedures: [buildProcedure({ code: '1.900001', shortName: 'Thủ tục mới' })] }));
    const installed = valueOf(await at.call('admin', 'packs.install', { pack: 'catalogue', text }));
    expect(installed).toEqual({ id: 'danh-muc-thu', version: '1', hash: packHash(text) });
    expect(at.events.at(-1)).toEqual({ type: 'office' });
    expect(valueOf(await at.call('reception', 'procedures.get', { code: '1.900001' }))).toMatchObject({ pack: installed.hash, entry: { shortName: 'Thủ tục mới' } });
  });

  test('the same pack again, laid out otherwise or with a byte order mark, answers the same and writes nothing', async () => {
    const before = headSeq();
    const again = valueOf(await at.call('admin', 'packs.install', { pack: 'catalogue', text: `\uFEFF${JSON.stringify(JSON.parse(shippedText('catalogue')))}` }));
    expect(again.hash).toBe(at.desk.office().packs[0]?.hash);
    expect(headSeq()).toBe(before);
  });

  test('other calls are answered while it is checked, and sent twice at once it is installed once', async () => {
    const text = pretty(buildCataloguePack({ id: 'hai-lan', procedures: [buildProcedure({ code: '1.900008' })] }));
    const before = headSeq();
    const order: string[] = [];
    const installing = [1, 2].map((time) => at.call('admin', 'packs.install', { pack: 'catalogue', text }).then((answer) => {
      order.push(`installed ${time}`);
      return answer;
    }));
    valueOf(await at.call('reception', 'procedures.search', { query: 'khai sinh' }));
    order.push('searched');
    const [one, two] = await Promise.all(installing);
    expect(order[0]).toBe('searched');
    expect(valueOf(one!)).toEqual(valueOf(two!));
    expect(headSeq()).toBe(before + 1);
  });

  test('a pack with a byte order mark is kept without it', async () => {
    const text = `\uFEFF${pretty(buildCataloguePack({ id: 'co-bom', procedures: [buildProcedure({ code: '1.900009' })] }))}`;
    valueOf(await at.call('admin', 'packs.install', { pack: 'catalogue', text }));
    expect(valueOf(await at.call('reception', 'procedures.get', { code: '1.900009' })).entry.code).toBe('1.900009');
  });

  test('a newer calendar moves the end of what is known', async () => {
    const calendar = { ...shippedCalendar(), version: 7, validTo: '2027-12-31' };
    valueOf(await at.call('admin', 'packs.install', { pack: 'calendar', text: pretty(calendar) }));
    const packs = valueOf(await at.call('reception', 'packs.list', {})).packs.filter((pack) => pack.pack === 'calendar');
    expect(packs.map(({ version, validTo, inForce }) => ({ version, validTo, inForce }))).toEqual([
      { version: '1', validTo: '2026-12-31', inForce: false },
      { version: '7', validTo: '2027-12-31', inForce: true },
    ]);
  });
});

test('of calendars that reach equally far the highest version is in force, each time', async () => {
  const desk = await openCatalogueDesk();
  for (let version = 2; version <= 8; version += 1) {
    valueOf(await desk.call('admin', 'packs.install', { pack: 'calendar', text: pretty({ ...shippedCalendar(), version }) }));
    const inForce = valueOf(await desk.call('reception', 'packs.list', {})).packs.filter((pack) => pack.pack === 'calendar' && pack.inForce);
    expect(inForce.map((pack) => pack.version)).toEqual([String(version)]);
  }
});

describe('a bad pack is refused whole, by line and reason', () => {
  const catalogue = (change: (text: string) => string) => change(pretty(buildCataloguePack({ id: 'goi-sai' })));
  const calendar = (change: object) => pretty({ ...shippedCalendar(), id: 'lich-sai', ...change });

  test.each([
    ['no JSON', 'catalogue', catalogue((text) => text.replace('"version": 1,', '"version": 1')), 5, /Dòng 5: /],
    ['cut short', 'catalogue', catalogue((text) => text.slice(0, 200)), null, /chép thiếu/],
    ['a misspelt member', 'catalogue', catalogue((text) => text.replace('"shortName"', '"shortname"')), 12, /Dòng 12: .*"shortname"/],
    ['a term that is no number', 'catalogue', catalogue((text) => text.replace('"value": 3', '"value": "ba"')), null, /"value"/],
    ['another format', 'catalogue', catalogue((text) => text.replace('motcua-catalogue/1', 'motcua-catalogue/9')), 2, /cập nhật phần mềm/],
    ['a calendar given as a catalogue', 'catalogue', shippedText('calendar'), 6, /"fixedDates" không có trong mẫu/],
    ['an impossible day', 'calendar', calendar({ days: [{ date: '2026-02-30', type: 'closed', name: 'x' }] }), null, /phải là một ngày có thật/],
    ['a day twice', 'calendar', calendar({ days: [{ date: '2026-02-03', type: 'closed', name: 'x' }, { date: '2026-02-03', type: 'closed', name: 'y' }] }), null, /ngày này đã có ở phía trên/],
    ['a day outside the validity', 'calendar', calendar({ days: [{ date: '2030-02-03', type: 'closed', name: 'x' }] }), null, /nằm ngoài thời gian của lịch/],
    ['a year without a working day', 'calendar', calendar({ days: Array.from({ length: 200 }, (_, day) => ({ date: new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10), type: 'closed', name: 'x' })) }), null, /nghỉ liền hơn 45 ngày/],
    ['nothing', 'calendar', '', 1, /Dòng 1/],
  ] as const)('%s', async (_what, pack, text, line, sentence) => {
    const before = { seq: headSeq(), packs: at.desk.office().packs.length };
    const refused = await at.callRaw('admin', 'packs.install', { pack, text });
    expect(refused).toMatchObject({ ok: false, error: { code: 'packs.refused', sentence: expect.stringMatching(sentence) as string } });
    if (line !== null) expect(refused).toMatchObject({ error: { detail: { line } } });
    expect({ seq: headSeq(), packs: at.desk.office().packs.length }).toEqual(before);
  });

  test('another content under a version that is installed, with the line of the version', async () => {
    const text = pretty({ ...JSON.parse(shippedText('catalogue')), issuedBy: 'Người khác' });
    const refused = await at.callRaw('admin', 'packs.install', { pack: 'catalogue', text });
    expect(refused).toMatchObject({ error: { code: 'packs.refused', sentence: expect.stringContaining('đã có với nội dung khác') as string, detail: { line: 4, path: 'version' } } });
  });

  test('a calendar older than the one in use', async () => {
    const refused = await at.callRaw('admin', 'packs.install', { pack: 'calendar', text: pretty({ ...shippedCalendar(), version: 3 }) });
    expect(refused).toMatchObject({ error: { code: 'packs.refused', sentence: expect.stringContaining('đã có bản mới hơn') as string } });
  });

  test('a text beyond the limit and an unknown kind are malformed', async () => {
    expect(await at.callRaw('admin', 'packs.install', { pack: 'catalogue', text: ' '.repeat(4_000_001) })).toMatchObject({ error: { code: 'request.malformed' } });
    expect(await at.callRaw('admin', 'packs.install', { pack: 'forms', text: '{}' })).toMatchObject({ error: { code: 'request.malformed' } });
  });
});

test.each(['reception', 'processing', 'leader'] as const)('%s may not install a pack', async (as) => {
  expect(await at.callRaw(as, 'packs.install', { pack: 'calendar', text: shippedText('calendar') })).toMatchObject({ error: { code: 'session.notPermitted' } });
});

test('a pack of a newer program that came from another desk is listed with its problem and blocks nothing', async () => {
  const { desk, officers } = at;
  for (const pack of ['catalogue', 'calendar'] as const) {
    const body = { pack, id: 'tuong-lai', version: '1', hash: 'f'.repeat(64), text: pack === 'catalogue' ? '{"format":"motcua-catalogue/9"}' : 'not even JSON' };
    valueOf(desk.log.write(({ append }) => {
      append({ kind: 'pack.installed', version: 1, subject: desk.officeSubject, actor: officers.admin, after: desk.officeHeads(), body });
      return ok(undefined);
    }));
    desk.reloadOffice();
  }
  const packs = valueOf(await at.call('leader', 'packs.list', {})).packs.filter((pack) => pack.id === 'tuong-lai');
  expect(packs).toHaveLength(2);
  for (const pack of packs) expect(pack).toMatchObject({ inForce: false, validTo: null, problem: expect.stringContaining('không đọc được') as string });
  await at.catalogueOf(desk).warmUp();
  expect(valueOf(await at.call('reception', 'procedures.search', { query: 'ks' })).procedures.length).toBeGreaterThan(0);
});
