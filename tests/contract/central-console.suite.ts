import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { consoleContract, type ConsoleCallName, type ConsoleInput } from '../../src-shared/console-contract/console-contract.ts';
import { DAY_MS, MINUTE_MS } from '../../src-shared/lib/office-time.ts';
import { readAdmissionWords } from '../../src-shared/sync-protocol/admission-words.ts';
import { composeServer, type CentralServer } from '../../src-server/compose-server.ts';
import type { ServerDb } from '../../src-server/db/server-db.ts';
import { makeSetUpCode } from '../../src-server/features/administrators/set-up.ts';
import { writeAddress } from '../../src-server/features/identity/server-identity.ts';
import { ConsoleBrowser } from '../helpers/console-client.ts';
import { setUpCoreOffice, type CoreDesk, type CoreOffice } from '../helpers/core-desk.ts';
import { QUICK_PASSWORDS } from '../helpers/quick-passwords.ts';
import { connect, receive, syncNow } from '../helpers/sync-office.ts';
import type { TestDatabase } from '../helpers/test-server.ts';

const NO_LOG = { write: () => undefined };
const NAME = 'Vàng Thị Dợ';
const PASSWORD = 'suoi-chay-ve-xuoi';
const CALENDAR = readFileSync(path.join(import.meta.dirname, '../../src-shared/packs/calendar-2024-2026.json'), 'utf8');

/** What the upper tier's page promises, whatever the server keeps its rows in, with two processes on one database. */
export function describeConsole(name: string, newDatabase: () => Promise<TestDatabase>): void {
  describe(`the upper tier's page on ${name}`, () => {
    let database: TestDatabase;
    let db: ServerDb;
    let servers: CentralServer[];
    let time: { ms: number };
    let browser: ConsoleBrowser;
    let elsewhere: string;

    const start = async () => {
      const server = await composeServer({ db: await database.open(), name: 'Máy chủ thử', nowMs: () => time.ms, logTo: NO_LOG, console: { passwordParameters: QUICK_PASSWORDS } });
      servers.push(server);
      return server.console.listen({ host: '127.0.0.1', port: 0 });
    };
    const setUpCode = async (forWhom: string | null = null) => (await db.transaction((writes) => makeSetUpCode(writes, forWhom, time.ms))).code;
    const signedIn = async () => {
      await browser.must('administrators.setUp', { code: await setUpCode(), name: NAME, password: PASSWORD });
      return browser;
    };
    const count = async (table: string) => (await db.get<{ rows: number }>(`SELECT count(*) AS rows FROM ${table}`))!.rows;

    beforeEach(async () => {
      database = await newDatabase();
      db = await database.open();
      servers = [];
      time = { ms: Date.UTC(2026, 10, 27, 3) };
      browser = new ConsoleBrowser(await start());
      elsewhere = await start();
    });
    afterEach(async () => {
      for (const server of servers) await server.close();
      await db.close();
      await database.end();
    });

    it('makes the first administrator by the code of the set-up, once, and gives the browser a cookie that no page reads', async () => {
      expect(await browser.must('console.get', {})).toEqual({ serverName: 'Máy chủ thử', needsSetUp: true, administrator: null });
      const [code, other] = [await setUpCode(), await setUpCode()];
      const words = { name: NAME, password: PASSWORD };
      expect((await browser.call('administrators.setUp', { ...words, code: 'ABCD-EFGH-JKMN' })).code).toBe('administrators.badCode');
      expect((await browser.call('administrators.setUp', { ...words, code, password: 'aaaaaaaaaa' })).code).toBe('office.weakPassword');
      const made = await browser.call('administrators.setUp', { ...words, code });
      expect(made.value.name).toBe(NAME);
      expect(made.headers.get('set-cookie')).toMatch(/^motcua-console=[\w-]{43}; Path=\/console\/api; HttpOnly; SameSite=Strict$/);
      expect(made.headers.get('cache-control')).toBe('no-store');
      expect(made.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect((await browser.must('console.get', {})).administrator).toEqual(made.value);
      for (const used of [code, other]) expect((await new ConsoleBrowser(elsewhere).call('administrators.setUp', { code: used, name: 'Lý A Sùng', password: PASSWORD })).code).toBe('administrators.badCode');
      expect(await count('administrators')).toBe(1);
      expect(JSON.stringify(await db.all('SELECT * FROM administrators'))).not.toContain(PASSWORD);
    });

    it('knows a session at every process until it is over, and keeps its token nowhere', async () => {
      await signedIn();
      const other = new ConsoleBrowser(elsewhere);
      other.cookie = browser.cookie;
      expect((await other.call('offices.list', {})).status).toBe(200);
      const token = browser.cookie!.split('=')[1]!;
      expect(JSON.stringify(await db.all('SELECT * FROM administrator_sessions'))).not.toContain(token);
      time.ms += 10 * 60 * MINUTE_MS;
      expect((await other.call('offices.list', {})).code).toBe('session.required');
      await browser.must('session.open', { name: 'vang  thi DO', password: PASSWORD });
      const kept = browser.cookie;
      await browser.must('session.close', {});
      browser.cookie = kept;
      expect((await browser.call('offices.list', {})).code).toBe('session.required');
    });

    it('answers nobody who is not signed in, and does nothing for them', async () => {
      const guarded = (Object.keys(consoleContract) as ConsoleCallName[]).filter((call) => consoleContract[call].access === 'administrator');
      expect(guarded.length).toBeGreaterThan(10);
      const forged = new ConsoleBrowser(browser.address);
      forged.cookie = `motcua-console=${'A'.repeat(43)}`;
      const input = { office: crypto.randomUUID(), desk: crypto.randomUUID(), reason: 'mất máy', note: 'Xã thử', name: NAME, days: 7, pack: 'calendar', text: '{}', id: 'x', hash: 'a'.repeat(64), administrator: crypto.randomUUID() };
      for (const call of guarded) {
        for (const asking of [browser, forged]) expect(await asking.call(call, input as unknown as ConsoleInput<typeof call>), call).toMatchObject({ status: 401, code: 'session.required' });
      }
      for (const table of ['admission_codes', 'published_packs', 'administrator_acts', 'set_up_codes', 'stopped_desks']) expect(await count(table), table).toBe(0);
    });

    it('does nothing for a page of another origin, by another name of this machine, or from another site', async () => {
      const { cookie } = await signedIn();
      for (const headers of [{ origin: 'https://example.com' }, { origin: 'http://127.0.0.1:1' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }]) {
        const foreign = new ConsoleBrowser(browser.address, headers);
        foreign.cookie = cookie;
        expect(await foreign.call('admissions.make', { note: 'Xã thử' }), JSON.stringify(headers)).toMatchObject({ status: 403, code: 'request.forbiddenOrigin' });
      }
      const rebound = await servers[0]!.console.inject({ method: 'GET', url: '/console/api/offices', headers: { host: 'evil.example:80', cookie: cookie! } });
      expect(rebound.statusCode).toBe(403);
      const plain = await fetch(`${browser.address}/console/api/admissions`, { method: 'POST', headers: { cookie: cookie!, 'content-type': 'text/plain' }, body: '{"note":"x"}' });
      expect(plain.status).toBe(415);
      expect(await count('admission_codes')).toBe(0);
      const own = new ConsoleBrowser(browser.address, { origin: browser.address, 'sec-fetch-site': 'same-origin' });
      own.cookie = cookie;
      expect((await own.call('admissions.make', { note: 'Xã thử' })).status).toBe(200);
    });

    it('answers the one address that the operator has named, with a cookie that travels by TLS alone', async () => {
      const server = await composeServer({ db: await database.open(), name: '', nowMs: () => time.ms, logTo: NO_LOG, console: { origin: 'https://trang.laocai.vn', passwordParameters: QUICK_PASSWORDS } });
      servers.push(server);
      const code = await setUpCode();
      const ask = (headers: Readonly<Record<string, string>>) =>
        server.console.inject({ method: 'POST', url: '/console/api/administrators/set-up', headers: { 'content-type': 'application/json', ...headers }, payload: { code, name: NAME, password: PASSWORD } });
      for (const headers of [{ host: 'trang.laocai.vn', origin: 'https://trang.laocai.vn.evil.example' }, { host: 'trangXlaocai.vn', origin: 'https://trang.laocai.vn' }, { host: 'trang.laocai.vn', origin: 'http://trang.laocai.vn' }]) {
        expect((await ask(headers)).statusCode, JSON.stringify(headers)).toBe(403);
      }
      expect(await count('administrators')).toBe(0);
      const made = await ask({ host: 'trang.laocai.vn', origin: 'https://trang.laocai.vn', 'sec-fetch-site': 'same-origin' });
      expect(made.statusCode).toBe(200);
      expect(made.headers['set-cookie']).toMatch(/; Secure$/);
    });

    it('locks a name after five wrong passwords at whatever processes, also one that nobody has, and opens it five minutes later', async () => {
      await signedIn();
      const stranger = new ConsoleBrowser(elsewhere);
      for (const guessed of [NAME, 'Không Ai Cả']) {
        const tries = await Promise.all([browser, stranger, browser, stranger, browser, stranger, browser].map((asking) => asking.call('session.open', { name: guessed, password: 'sai-mat-khau' })));
        expect(tries.map(({ code }) => code).toSorted(), guessed).toEqual(['session.lockedOut', 'session.lockedOut', ...Array.from({ length: 5 }, () => 'session.wrongPassword')]);
      }
      expect(await stranger.call('session.open', { name: NAME, password: PASSWORD })).toMatchObject({ status: 429, code: 'session.lockedOut' });
      expect(stranger.cookie).toBeUndefined();
      time.ms += 5 * MINUTE_MS;
      expect((await stranger.call('session.open', { name: NAME, password: PASSWORD })).status).toBe(200);
      expect((await stranger.call('session.open', { name: NAME, password: 'sai-mat-khau' })).code).toBe('session.wrongPassword');
    });

    it('lets a colleague in by a code for that name alone, which is also the way back for a forgotten password', async () => {
      await signedIn();
      const colleague = new ConsoleBrowser(elsewhere);
      const { code } = await browser.must('administrators.invite', { name: 'Lý A Sùng' });
      expect((await colleague.call('administrators.setUp', { code, name: NAME, password: 'mat-khau-khac-nua' })).code).toBe('administrators.otherName');
      const { id } = await colleague.must('administrators.setUp', { code, name: 'Lý A Sùng', password: PASSWORD });
      expect((await colleague.call('administrators.setUp', { code: await setUpCode(), name: 'ly a sung', password: PASSWORD })).code).toBe('administrators.nameTaken');
      const again = await browser.must('administrators.invite', { name: 'Lý A Sùng' });
      const later = new ConsoleBrowser(browser.address);
      expect((await later.must('administrators.setUp', { code: again.code, name: 'Lý A Sùng', password: 'mat-khau-khac-nua' })).id).toBe(id);
      expect((await colleague.call('offices.list', {})).code).toBe('session.required');
      expect((await colleague.call('session.open', { name: 'Lý A Sùng', password: PASSWORD })).code).toBe('session.wrongPassword');
      const late = await setUpCode('Ai Đó');
      time.ms += 2 * DAY_MS;
      expect((await later.call('administrators.setUp', { code: late, name: 'Ai Đó', password: PASSWORD })).code).toBe('administrators.badCode');
    });

    it('takes an administrator away with the session, and never the last one', async () => {
      await signedIn();
      const colleague = new ConsoleBrowser(elsewhere);
      const second = await colleague.must('administrators.setUp', { code: await setUpCode('Lý A Sùng'), name: 'Lý A Sùng', password: PASSWORD });
      const { administrator: first } = await browser.must('console.get', {});
      const both = await Promise.all([browser.call('administrators.retire', { administrator: second.id }), colleague.call('administrators.retire', { administrator: first!.id })]);
      expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
      const stays = both[0]!.status === 200 ? browser : colleague;
      const { administrators } = await stays.must('administrators.list', {});
      expect(administrators).toHaveLength(1);
      expect((await stays.call('administrators.retire', { administrator: administrators[0]!.id })).code).toBe('administrators.last');
      expect((await (stays === browser ? colleague : browser).call('acts.list', {})).code).toBe('session.required');
    });

    it('publishes a pack that a desk would take, whole or not at all, and no other text under the same version', async () => {
      await signedIn();
      const bad = await browser.call('packs.publish', { pack: 'calendar', text: CALENDAR.replace('"validFrom"', '"validFrm"') });
      expect(bad).toMatchObject({ status: 422, code: 'packs.refused' });
      expect(await count('published_packs')).toBe(0);
      const made = await browser.must('packs.publish', { pack: 'calendar', text: CALENDAR });
      expect(made).toMatchObject({ pack: 'calendar', version: 1, validTo: '2026-12-31', publishedBy: NAME });
      expect(await browser.must('packs.publish', { pack: 'calendar', text: `\uFEFF${CALENDAR}` })).toEqual(made);
      expect((await browser.call('packs.publish', { pack: 'calendar', text: CALENDAR.replace('Tết Dương lịch', 'Tết') })).code).toBe('packs.notNewer');
      expect((await browser.must('packs.list', {})).packs).toEqual([{ ...made, installed: 0, waiting: 0, refused: 0 }]);
      expect((await browser.must('acts.list', {})).acts.filter(({ kind }) => kind === 'pack.published')).toHaveLength(1);
      expect(JSON.parse((await browser.must('packs.get', { hash: made.hash })).text)).toEqual(JSON.parse(CALENDAR));
    });

    it('answers many offices as few bytes, each as it is alone, and reads them once for all who ask at one moment', async () => {
      await signedIn();
      const ids = Array.from({ length: 300 }, () => crypto.randomUUID());
      await db.transaction(async (writes) => {
        await writes.insertMany('offices', { office: 'text', public_key: 'text', admitted_at: 'bigint', position: 'bigint' }, ids.map((id) => [id, '', time.ms, 3]));
        await writes.insertMany('refolds', { office: 'text', dossier: 'text' }, [[ids[7]!, 'a'], [ids[7]!, 'b']]);
        await writes.insertMany('devices', { office: 'text', device: 'text', public_key: 'text', revoked: 'bigint', seq: 'bigint', hash: 'bytea' }, ids.flatMap((id) => [[id, 'd1', '', 0, 5, new Uint8Array(32)], [id, 'd2', '', 1, 5, new Uint8Array(32)]]));
        await writes.insertMany('quarantined_frames', { office: 'text', sender: 'text', device: 'text', code: 'text', detail: 'text', first_at: 'bigint', last_at: 'bigint', tries: 'bigint' }, [[ids[8]!, 'd1', 'd1', 'branch.badChain', '', 1, 1, 1]]);
      });
      const all = await Promise.all([1, 2, 3].map(() => browser.call('offices.list', {})));
      expect(all.map(({ headers }) => headers.get('content-encoding'))).toEqual(['gzip', 'gzip', 'gzip']);
      expect(Number(all[0]!.headers.get('content-length'))).toBeLessThan(JSON.stringify(all[0]!.value).length / 4);
      for (const { value } of all) expect(value.offices.map(({ office }) => office)).toEqual(ids.toSorted());
      for (const id of [ids[7]!, ids[8]!, ids[9]!]) expect((await browser.must('offices.get', { office: id })).office).toEqual(all[0]!.value.offices.find(({ office }) => office === id));
      expect(all[0]!.value.offices.find(({ office }) => office === ids[8])).toMatchObject({ desks: 1, quarantined: 1, lag: { operations: 3 } });
      const plain = await servers[0]!.console.inject({ url: '/console/api/offices', headers: { host: '127.0.0.1:1', cookie: browser.cookie! } });
      expect([plain.headers['content-encoding'], plain.json<{ offices: object[] }>().offices.length]).toEqual([undefined, 300]);
      expect((await browser.call('offices.get', { office: crypto.randomUUID() })).code).toBe('offices.unknown');
    });

    describe('with an office', () => {
      let office: CoreOffice;
      let first: CoreDesk;
      let address: string;
      const stateOf = async () => (await browser.must('offices.get', { office: first.desk.office().id })).desks;
      const admitted = async () => {
        await connect(first, address, (await browser.must('admissions.make', { note: 'Xã Nậm Khâu' })).code);
        const id = first.desk.office().id;
        const desk = first.desk.deskId;
        return { id, desk, target: { office: id, desk } };
      };
      beforeEach(async () => {
        address = await servers[0]!.http.listen({ host: '127.0.0.1', port: 0 });
        await writeAddress(db, address);
        office = await setUpCoreOffice();
        first = office.first;
        await signedIn();
      });
      afterEach(() => office.end());

      it('admits it by a code that is told once as text for a QR, lists the open ones and takes one back', async () => {
        const made = await browser.must('admissions.make', { note: 'Xã Nậm Khâu' });
        expect(readAdmissionWords(made.text)).toEqual({ address, code: made.code, fingerprint: made.fingerprint });
        const other = await browser.must('admissions.make', { note: 'Xã khác' });
        const { admissions } = await browser.must('admissions.list', {});
        expect(admissions.map(({ note, madeBy }) => [note, madeBy]).toSorted()).toEqual([['Xã Nậm Khâu', NAME], ['Xã khác', NAME]].toSorted());
        expect(JSON.stringify(admissions)).not.toContain(made.code);
        const { id } = admissions.find(({ note }) => note === 'Xã khác')!;
        await browser.must('admissions.withdraw', { id });
        expect((await browser.call('admissions.withdraw', { id })).code).toBe('admissions.unknown');
        const { fingerprint } = await first.must('sync.look', { address });
        expect(await first.call('sync.connect', { address, fingerprint, code: other.code })).toMatchObject({ ok: false, error: { code: 'sync.badCode' } });
        await connect(first, address, made.code);
        expect((await browser.must('admissions.list', {})).admissions).toEqual([]);
        expect((await browser.must('offices.list', {})).offices).toMatchObject([{ office: first.desk.office().id, desks: 1, unsent: 0 }]);
      });

      it('stops a desk with who and why: the desk is told and works on, its neighbour goes on, a later word of the office changes nothing', async () => {
        const { id, target } = await admitted();
        const second = await office.join(first, 'Máy 2');
        await connect(second, address, null);
        await syncNow(first);
        const before = await count('operations');
        expect((await browser.call('desks.stop', { office: id, desk: crypto.randomUUID(), reason: 'mất máy' })).code).toBe('stops.unknownDesk');
        await browser.must('desks.stop', { ...target, reason: 'Mất máy ở bản' });
        expect((await browser.call('desks.stop', { ...target, reason: 'lần nữa' })).code).toBe('stops.already');
        await receive(first, office);
        await syncNow(first);
        expect(await first.must('sync.status', {})).toMatchObject({ state: 'refused', code: 'sync.stopped', sentence: expect.stringContaining('Tuyến trên đã ngừng') });
        expect(await count('operations')).toBe(before);
        await receive(second, office);
        await second.must('desks.rename', { desk: second.desk.deskId, name: 'Máy hai' });
        await syncNow(second);
        expect(await count('operations')).toBe(before + 2);
        await syncNow(first);
        expect(await first.must('sync.status', {})).toMatchObject({ code: 'sync.stopped' });
        expect((await stateOf()).find(({ desk }) => desk === target.desk)).toMatchObject({ stoppedByOffice: false, stopped: { by: NAME, reason: 'Mất máy ở bản' } });
        expect((await browser.must('acts.list', { office: id })).acts).toMatchObject([{ kind: 'desk.stopped', by: NAME, reason: 'Mất máy ở bản' }]);
      });

      it('takes everything of a desk that may send again, and of one that may hand up the rest', async () => {
        const { id, target } = await admitted();
        expect((await browser.call('desks.rescue', { ...target, days: 7 })).code).toBe('stops.none');
        await browser.must('desks.stop', { ...target, reason: 'Mất máy ở bản' });
        await receive(first, office);
        await syncNow(first);
        const before = await count('operations');
        await browser.must('desks.rescue', { ...target, days: 7 });
        await syncNow(first);
        expect(await count('operations')).toBe(before + 1);
        expect(await first.must('sync.status', {})).toMatchObject({ code: 'sync.rescued' });
        await browser.must('desks.resume', { ...target, reason: 'Tìm thấy máy' });
        expect((await browser.call('desks.resume', { ...target, reason: 'lần nữa' })).code).toBe('stops.none');
        await receive(first, office);
        await syncNow(first);
        expect(await first.must('sync.status', {})).toMatchObject({ state: 'resting', code: null });
        expect(await count('operations')).toBe(before + 2);
        expect((await browser.must('acts.list', { office: id })).acts.map(({ kind }) => kind).toSorted()).toEqual(['desk.rescued', 'desk.resumed', 'desk.stopped']);
      });

      it('stops the next incarnation of the desk too', async () => {
        const { target } = await admitted();
        const second = await office.join(first, 'Máy 2');
        await connect(second, address, null);
        await browser.must('desks.stop', { ...target, reason: 'Mất máy ở bản' });
        const copy = first.copyTo(office.newPlace(), first.clock);
        await copy.start();
        expect(copy.desk.device).not.toBe(first.desk.device);
        const before = await count('operations');
        await syncNow(copy);
        expect(await copy.must('sync.status', {})).toMatchObject({ state: 'refused', code: 'sync.stopped' });
        await receive(copy, office);
        const held = await count('operations');
        await syncNow(copy);
        expect(await count('operations')).toBe(held);
        // What told of the incarnation may be taken in, as when the office itself stops a desk; nothing behind it is.
        expect(held - before).toBeLessThanOrEqual(2);
        await copy.core.close();
      });
    });
  });
}
