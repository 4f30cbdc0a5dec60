import { hash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addSpent } from '../../src-main/core/features/sync/day-budget.ts';
import type { ServerDb } from '../../src-server/db/server-db.ts';
import { makeAdmissionCode } from '../../src-server/features/admissions/admit-office.ts';
import { makeSetUpCode } from '../../src-server/features/administrators/set-up.ts';
import { packHash } from '../../src-shared/domain/packs/catalogue-pack.ts';
import { shippedCalendar, shippedText } from '../helpers/catalogue-desk.ts';
import { ChangingGate, type Passing } from '../helpers/changing-gate.ts';
import { ConsoleBrowser } from '../helpers/console-client.ts';
import { setUpCoreOffice, type CoreDesk, type CoreOffice } from '../helpers/core-desk.ts';
import { rawExchange } from '../helpers/raw-exchange.ts';
import { connect, receive, syncNow } from '../helpers/sync-office.ts';
import { startTestServer, type TestDatabase, type TestServer } from '../helpers/test-server.ts';

const NOW_MS = Date.UTC(2026, 10, 27, 3);

type Catalogue = { version: number; validFrom: string; procedures: { code: string; shortName: string; note: string | null; terms: { direct: object | null } }[] };

function catalogue(version: number, change: (pack: Catalogue) => void = () => undefined): string {
  const pack = JSON.parse(shippedText('catalogue')) as Catalogue;
  change(pack);
  return JSON.stringify({ ...pack, version });
}

/** Notes that nothing makes smaller, so that it comes in several slices however quick the link is. */
const heavy = ({ procedures }: Catalogue) => {
  for (const procedure of procedures) procedure.note = ['a', 'b', 'c', 'd', 'e', 'f'].map((part) => hash('sha256', `${procedure.code} ${part}`)).join(' ');
};

const calendar = (version: number, changes: object = {}) => JSON.stringify({ ...shippedCalendar(), version, ...changes });

/** How published packs reach the desks of an office, whatever the server keeps its rows in (decisions/0034). */
export function describePacks(name: string, newDatabase: () => Promise<TestDatabase>): void {
  describe(`packs that the upper tier publishes, on ${name}`, () => {
    let database: TestDatabase;
    let db: ServerDb;
    let server: TestServer;
    let gate: ChangingGate;
    let office: CoreOffice;
    let first: CoreDesk;
    let browser: ConsoleBrowser;

    beforeEach(async () => {
      database = await newDatabase();
      server = await startTestServer({ database, name: 'Tỉnh thử', nowMs: () => NOW_MS });
      ({ db } = server);
      gate = new ChangingGate(server.address);
      browser = new ConsoleBrowser(server.consoleAddress);
      const { code } = await db.transaction((writes) => makeSetUpCode(writes, null, NOW_MS));
      await browser.must('administrators.setUp', { code, name: 'Vàng Thị Dợ', password: 'suoi-chay-ve-xuoi' });
      office = await setUpCoreOffice();
      first = office.first;
      await connect(first, await gate.listen(), await makeAdmissionCode(db, NOW_MS));
    });
    afterEach(async () => {
      await office.end();
      await gate.close();
      await server.close();
      await database.end();
    });

    const publish = async (pack: 'catalogue' | 'calendar', text: string) => (await browser.must('packs.publish', { pack, text })).hash;
    const offered = async (desk: CoreDesk = first) => (await desk.must('packs.offered', {})).packs;
    const stateOf = async (hash: string, desk: CoreDesk = first) => (await offered(desk)).find((one) => one.hash === hash);
    const lineOf = async (hash: string) => {
      const { installed, waiting, refused } = (await browser.must('packs.list', {})).packs.find((one) => one.hash === hash)!;
      return { installed, waiting, refused };
    };
    const installedOf = (desk: CoreDesk) => desk.desk.office().packs.map(({ hash }) => hash);
    const slices = () => gate.passed.flatMap(({ answer, frames }) => (answer.packs?.slice ? [frames.at(-1)!.byteLength] : []));
    const untilQuiet = async (desk: CoreDesk = first) => {
      for (let turn = 0; turn < 40; turn += 1) {
        desk.timers.fire();
        await desk.core.sync.settled();
      }
    };

    it('come by themselves and wait for the administrator, who sees what they change; what is printed stays as it was', async () => {
      const dossier = await receive(first, office);
      const promised = async () => {
        const { delivery: _delivery, ...rest } = (await first.must('dossiers.get', { id: dossier })).dossier;
        return rest;
      };
      const before = await promised();
      const old = (JSON.parse(shippedText('catalogue')) as Catalogue).procedures;
      const hash = await publish('catalogue', catalogue(2, ({ procedures }) => {
        procedures[0]!.shortName = 'Tên mới';
        procedures.splice(1, 1);
        procedures.push({ ...procedures[2]!, code: '9.000001', shortName: 'Thêm vào' });
      }));
      await syncNow(first);
      await syncNow(first);
      const waits = await stateOf(hash);
      expect(waits).toMatchObject({ pack: 'catalogue', version: '2', state: 'waiting', sentence: null });
      expect(waits!.bytesHere).toBe(waits!.bytes);
      expect((await first.must('packs.offered', {})).from).toBe('Tỉnh thử');
      expect(slices().reduce((sum, bytes) => sum + bytes, 0)).toBe(waits!.bytes);
      expect(installedOf(first)).not.toContain(hash);
      const { changes, total } = await first.must('packs.compare', { hash });
      expect(changes).toEqual([
        { what: 'removed', key: old[1]!.code, name: old[1]!.shortName, members: [] },
        { what: 'changed', key: old[0]!.code, name: 'Tên mới', members: ['shortName'] },
        { what: 'added', key: '9.000001', name: 'Thêm vào', members: [] },
      ]);
      expect(total).toBe(3);
      await syncNow(first);
      expect(await lineOf(hash)).toEqual({ installed: 0, waiting: 1, refused: 0 });

      expect(await first.must('packs.take', { hash })).toMatchObject({ version: '2', hash });
      expect(await first.must('packs.take', { hash })).toMatchObject({ version: '2', hash });
      expect(installedOf(first).filter((one) => one === hash)).toHaveLength(1);
      expect(await promised()).toEqual(before);
      expect((await first.must('procedures.get', { code: '9.000001' })).entry.shortName).toBe('Thêm vào');
      await syncNow(first);
      await syncNow(first);
      expect(await lineOf(hash)).toEqual({ installed: 1, waiting: 0, refused: 0 });
    });

    it('cost a few bytes while nothing is new, and reach the other desks by the act of the first', async () => {
      const second = await office.join(first, 'Máy 2');
      await connect(second, (await first.must('sync.status', {})).server!.address, null);
      const hash = await publish('calendar', calendar(2, { validTo: '2027-12-31' }));
      await syncNow(first);
      await syncNow(first);
      await first.must('packs.take', { hash });
      await syncNow(first);
      await syncNow(first);
      await syncNow(second);
      expect(installedOf(second)).toContain(hash);
      expect((await stateOf(hash, second))!.state).toBe('installed');
      await syncNow(second);
      gate.passed.length = 0;
      await syncNow(first);
      expect(gate.passed.length).toBeGreaterThan(0);
      for (const { asked, answer } of gate.passed) {
        expect(JSON.stringify(asked.packs).length).toBeLessThan(30);
        expect(JSON.stringify(answer.packs).length).toBeLessThan(30);
      }
    });

    it('go on where a cut left them: only the slice that was on its way comes again', async () => {
      const hash = await publish('catalogue', catalogue(2));
      let cuts = 0;
      const seen: number[] = [];
      gate.change = (passing: Passing) => {
        const place = passing.answer.packs?.slice;
        if (place) seen.push(place.from);
        if (!place || cuts >= 3 || seen.filter((from) => from === place.from).length > 1) return passing;
        cuts += 1;
        return null;
      };
      await syncNow(first);
      await untilQuiet();
      expect(cuts).toBe(3);
      expect((await stateOf(hash))!.state).toBe('waiting');
      // Each place was asked for at most twice, and only where it was cut.
      expect(seen.length - new Set(seen).size).toBe(3);
      expect(seen).toEqual(seen.toSorted((a, b) => a - b));
      await first.must('packs.take', { hash });
      expect(installedOf(first)).toContain(hash);
    });

    it('go on after a power cut at the desk', async () => {
      const hash = await publish('catalogue', catalogue(2, heavy));
      let handed = 0;
      gate.change = (passing: Passing) => {
        if (passing.answer.packs?.slice) handed += 1;
        return handed > 2 ? null : passing;
      };
      await syncNow(first);
      const half = (await stateOf(hash))!;
      expect(half.state).toBe('coming');
      expect(half.bytesHere).toBeGreaterThan(0);
      await first.crash();
      gate.change = (passing: Passing) => passing;
      gate.passed.length = 0;
      await first.start();
      await syncNow(first);
      expect((await stateOf(hash))!.state).toBe('waiting');
      expect(slices().reduce((sum, bytes) => sum + bytes, 0)).toBe(half.bytes - half.bytesHere);
    });

    it('wait for operations: what is written while a pack comes is handed up before its next slice', async () => {
      const hash = await publish('catalogue', catalogue(2, heavy));
      const lacking: number[] = [];
      const heldOf = async () => (await db.get<{ seq: number }>('SELECT seq FROM devices WHERE device = ?', first.desk.device))!.seq;
      gate.change = async (passing: Passing) => {
        if (!passing.answer.packs?.slice) return passing;
        lacking.push(first.desk.log.head().seq - (await heldOf()));
        if (lacking.length === 1) await receive(first, office);
        return passing;
      };
      await syncNow(first);
      expect(lacking.length).toBeGreaterThan(2);
      expect(lacking.every((operations) => operations === 0)).toBe(true);
      expect(await heldOf()).toBe(first.desk.log.head().seq);
      expect((await stateOf(hash))!.state).toBe('waiting');
      // No bytes of packs are asked for where operations go up.
      expect(gate.passed.filter(({ asked }) => asked.frames > 0 && asked.packs?.want !== undefined)).toEqual([]);
    });

    it('two published at once both come, the smaller one first', async () => {
      const [large, small] = [await publish('catalogue', catalogue(2)), await publish('calendar', calendar(2, { validTo: '2027-12-31' }))];
      await syncNow(first);
      expect((await offered()).map(({ state }) => state)).toEqual(['waiting', 'waiting']);
      const wanted = gate.passed.flatMap(({ asked }) => (asked.packs?.want ? [asked.packs.want.hash] : []));
      expect(wanted[0]).toBe(small);
      expect(wanted.at(-1)).toBe(large);
      for (const hash of [small, large]) await first.must('packs.take', { hash });
      expect(installedOf(first)).toEqual(expect.arrayContaining([small, large]));
    });

    it('that are older than what the office uses are neither fetched nor offered', async () => {
      await first.must('packs.install', { pack: 'calendar', text: calendar(5) });
      const hash = await publish('calendar', calendar(3));
      await syncNow(first);
      expect(await offered()).toEqual([]);
      expect(slices()).toEqual([]);
      expect(await first.call('packs.take', { hash })).toMatchObject({ ok: false, error: { code: 'packs.notOffered' } });
      expect(await lineOf(hash)).toEqual({ installed: 0, waiting: 0, refused: 0 });
    });

    it('under a version that the office has with another text are refused, and both sides see it', async () => {
      await first.must('packs.install', { pack: 'calendar', text: calendar(2, { validTo: '2027-06-30' }) });
      const hash = await publish('calendar', calendar(2, { validTo: '2027-12-31' }));
      for (let times = 0; times < 3; times += 1) await syncNow(first);
      expect(await stateOf(hash)).toMatchObject({ state: 'refused', code: 'pack.otherText', sentence: expect.stringContaining('số bản') as string });
      expect((await browser.must('packs.refusals', { hash })).refusals).toMatchObject([{ office: first.desk.office().id, code: 'pack.otherText', at: NOW_MS }]);
    });

    it('with a signature that is not of the agreed server are never fetched, and both sides see why', async () => {
      const hash = await publish('calendar', calendar(2));
      gate.change = ({ answer, frames }: Passing) => ({ frames, answer: { ...answer, ...(answer.packs?.list && { packs: { ...answer.packs, list: answer.packs.list.map((one) => ({ ...one, version: one.version + 1 })) } }) } });
      await syncNow(first);
      await syncNow(first);
      expect(await stateOf(hash)).toMatchObject({ state: 'refused', code: 'pack.badSignature', sentence: expect.stringContaining('Chữ ký') as string });
      expect(slices()).toEqual([]);
      expect(await first.call('packs.take', { hash })).toMatchObject({ ok: false, error: { code: 'packs.notOffered' } });
      expect(await lineOf(hash)).toEqual({ installed: 0, waiting: 0, refused: 1 });
      expect((await browser.must('packs.refusals', { hash })).refusals).toMatchObject([{ code: 'pack.badSignature' }]);
    });

    it('whose bytes are not what was signed are refused whole, and the work of the desk goes on', async () => {
      const hash = await publish('calendar', calendar(2));
      const other = await publish('catalogue', catalogue(2));
      gate.change = ({ asked, answer, frames }: Passing) => (answer.packs?.slice?.hash === hash ? { answer, frames: frames.map((bytes) => bytes.map((byte, at) => (at === 40 ? byte ^ 0xff : byte))) } : { asked, answer, frames });
      await receive(first, office);
      await syncNow(first);
      await syncNow(first);
      expect(await stateOf(hash)).toMatchObject({ state: 'refused', code: 'pack.damaged', bytesHere: 0 });
      expect((await stateOf(other))!.state).toBe('waiting');
      expect((await first.must('sync.status', {}))).toMatchObject({ state: 'resting', code: null, waiting: { operations: 0 } });
      expect(await lineOf(hash)).toEqual({ installed: 0, waiting: 0, refused: 1 });
    });

    it('take no more than half of the day\'s bytes, unless somebody wishes it', async () => {
      await first.must('sync.setBudget', { bytesPerDay: 1_000_000 });
      first.desk.log.write(({ db: rows }) => {
        addSpent(rows, first.desk, 500_000);
        return { ok: true, value: undefined };
      });
      const hash = await publish('calendar', calendar(2));
      await untilQuiet();
      expect((await stateOf(hash))).toMatchObject({ state: 'coming', bytesHere: 0 });
      await syncNow(first);
      expect((await stateOf(hash))!.state).toBe('waiting');
    });

    it('are heard of by a desk that always has something to hand up', async () => {
      await receive(first, office);
      await syncNow(first);
      const hash = await publish('calendar', calendar(2));
      for (let times = 0; times < 3; times += 1) {
        await receive(first, office);
        await syncNow(first);
      }
      expect(gate.passed.slice(-3).every(({ asked }) => asked.frames > 0 || asked.packs?.want !== undefined)).toBe(true);
      expect((await stateOf(hash))!.state).toBe('waiting');
    });

    it('are unknown to an older server and to an older desk, and both go on exchanging', async () => {
      const hash = await publish('calendar', calendar(2));
      gate.change = ({ answer: { packs: _packs, ...answer }, frames }: Passing) => ({ answer, frames });
      await receive(first, office);
      await syncNow(first);
      expect(await offered()).toEqual([]);
      expect((await first.must('sync.status', {})).waiting.operations).toBe(0);
      const { desk } = first;
      const raw = await rawExchange({ address: server.address, server: server.identity.server, words: { office: desk.office().id, device: desk.device }, signedBy: desk.log.author.privateKey, shownBy: null });
      expect(raw).toMatchObject({ code: null, answer: { refused: [] } });
      expect(raw.answer).not.toHaveProperty('packs');
      expect(await lineOf(hash)).toEqual({ installed: 0, waiting: 0, refused: 0 });
    });

    it('that were published before packs travelled are offered too, by bytes that are made once', async () => {
      const hash = await publish('calendar', calendar(2));
      await db.transaction((writes) => writes.run('UPDATE published_packs SET packed = NULL'));
      await syncNow(first);
      expect((await stateOf(hash))!.state).toBe('waiting');
      expect(packHash((await browser.must('packs.get', { hash })).text)).toBe(hash);
    });
  });
}
