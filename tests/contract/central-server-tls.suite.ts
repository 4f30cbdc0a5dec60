import { randomUUID } from 'node:crypto';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SubjectId } from '../../src-shared/lib/ids.ts';
import { canonicalJson } from '../../src-shared/lib/canonical-json.ts';
import { ADMISSION_PATH, SERVER_PATH } from '../../src-shared/sync-protocol/admission.ts';
import { introductionText } from '../../src-shared/sync-protocol/exchange.ts';
import { PROTOCOL_VERSION } from '../../src-shared/sync-protocol/protocol-version.ts';
import { introductionOf } from '../../src-main/core/features/sync/exchange-words.ts';
import { encodeFrame } from '../../src-node/codec/frame-codec.ts';
import { CHAIN_START, commitOf, hashOf, signHead } from '../../src-node/crypto/chain.ts';
import { generateSigningKeyPair, signText } from '../../src-node/crypto/keys.ts';
import type { Branch } from '../../src-node/operations/ingest.ts';
import { headerBytes } from '../../src-node/operations/operation-rows.ts';
import { composeServer } from '../../src-server/compose-server.ts';
import type { ServerDb } from '../../src-server/db/server-db.ts';
import { admitOffice, makeAdmissionCode } from '../../src-server/features/admissions/admit-office.ts';
import { WRONG_CODES_MAX } from '../../src-server/features/admissions/guess-limit.ts';
import { ingestFrame } from '../../src-server/features/ingest/ingest-frame.ts';
import { listStoppedDesks, openRescueWindow } from '../../src-server/features/rescue/rescue-window.ts';
import { admissionBy, admissionOf } from '../helpers/admission.ts';
import { ADMIN_PASSWORD, setUpCoreOffice, type CoreDesk, type CoreOffice } from '../helpers/core-desk.ts';
import { ownBranch } from '../helpers/own-branch.ts';
import { valueOf } from '../helpers/open-test-desk.ts';
import { dumpProjections } from '../helpers/projection-dump.ts';
import { post, rawExchange } from '../helpers/raw-exchange.ts';
import { connect, logsOf, receive, syncNow } from '../helpers/sync-office.ts';
import { startTestServer, type TestDatabase, type TestServer } from '../helpers/test-server.ts';

const NO_LOG = { write: () => undefined };

/** Who may say what to the central server, on real sockets, whatever it keeps its rows in. */
export function describeCentralServerTls(name: string, newDatabase: () => Promise<TestDatabase>): void {
  describe(`the central server on ${name}, by TLS`, () => {
    let nowMs: number;
    let database: TestDatabase;
    let db: ServerDb;
    let server: TestServer;
    let address: string;
    let office: CoreOffice;
    let first: CoreDesk;

    beforeEach(async () => {
      nowMs = Date.UTC(2026, 10, 27, 3);
      database = await newDatabase();
      server = await startTestServer({ database, nowMs: () => nowMs, isTls: true });
      ({ db, address } = server);
      office = await setUpCoreOffice();
      first = office.first;
    });
    afterEach(async () => {
      await office.end();
      await server.close();
      await database.end();
    });

    const pass = (ms: number) => {
      nowMs += ms;
      server.tellTime();
    };
    const officeId = () => first.desk.office().id;
    const code = () => makeAdmissionCode(db, nowMs);
    const keyOf = ({ desk }: CoreDesk) => desk.log.author.privateKey;
    const countHeld = async () => (await db.get<{ count: number }>('SELECT count(*) AS count FROM operations WHERE office = ?', officeId()))!.count;
    const endHeld = async ({ desk }: CoreDesk) => (await db.get<{ seq: number }>('SELECT seq FROM devices WHERE office = ? AND device = ?', officeId(), desk.device))?.seq ?? 0;
    const statusOf = (desk: CoreDesk) => desk.must('sync.status', {});
    const frameOf = ({ desk }: CoreDesk) => encodeFrame('columns-zstd', ownBranch(desk));
    const say = (desk: CoreDesk, how: Partial<Parameters<typeof rawExchange>[0]> = {}) =>
      rawExchange({ address, server: server.identity.server, words: { office: officeId(), device: desk.desk.device }, frames: [frameOf(desk)], signedBy: keyOf(desk), shownBy: keyOf(desk), ...how });

    /** Two desks that have sent all, then the second one is stopped by the first. */
    async function stopSecond(): Promise<CoreDesk> {
      await connect(first, address, await code());
      const second = await office.join(first, 'Máy 2');
      await connect(second, address, null);
      await receive(second, office);
      await syncNow(second);
      await syncNow(first);
      await receive(second, office);
      await receive(second, office);
      await first.must('desks.revoke', { desk: first.desk.office().devices.get(second.desk.device)!.desk, reason: 'Máy bị mất' });
      await receive(first, office);
      await syncNow(first);
      await syncNow(second);
      return second;
    }

    it('brings two desks of an office together, and a desk restored as another device', async () => {
      expect(address).toMatch(/^https:/);
      const second = await office.join(first, 'Máy 2');
      for (let count = 0; count < 4; count += 1) await receive(count % 2 ? first : second, office);
      await connect(first, address, await code());
      await connect(second, address, null);
      const backup = second.copyFiles();
      await receive(second, office);
      await syncNow(second);
      await second.stop();
      second.restore(backup);
      await second.start();
      await receive(second, office);
      for (const desk of [second, first, second]) await syncNow(desk);
      expect(logsOf(second)).toEqual(logsOf(first));
      expect(await countHeld()).toBe([...logsOf(first).values()].flat().length);
      expect(dumpProjections(second.desk.db)).toEqual(dumpProjections(first.desk.db));
      expect((await statusOf(second)).quarantined).toEqual([]);
    });

    it('unpacks nothing of a known device by another key than its own, shown or signed with, or by none', async () => {
      await connect(first, address, await code());
      await receive(first, office);
      const [before, stranger] = [await countHeld(), generateSigningKeyPair().privateKey];
      const broken = [Buffer.from('nonsense')];
      for (const how of [{ shownBy: stranger }, { shownBy: null }, { signedBy: stranger }, { signedBy: stranger, shownBy: stranger }, { shownBy: stranger, frames: broken }]) {
        expect(await say(first, how)).toMatchObject({ code: 'sync.badSignature', frames: 0 });
      }
      expect(await countHeld()).toBe(before);
      expect((await say(first)).code).toBeNull();
      expect(await countHeld()).toBeGreaterThan(before);
    });

    it('unpacks nothing of a device that it does not know before the office vouches for its key', async () => {
      valueOf(await admitOffice(db, server.identity.server, admissionOf(first, server.identity.server, await code()), nowMs));
      expect((await say(first)).code).toBe('sync.unknownDevice');
      const [device, stranger, publicKey] = [first.desk.device, generateSigningKeyPair(), first.desk.office().devices.get(first.desk.device)!.publicKey];
      const byStranger = { publicKey, signature: signText(stranger.privateKey, introductionText(server.identity.server, officeId(), device, publicKey)) };
      expect((await say(first, { words: { office: officeId(), device, introduction: byStranger } })).code).toBe('sync.unknownDevice');
      const own = { office: officeId(), device, introduction: introductionOf(first.desk, server.identity.server) };
      expect((await say(first, { words: { ...own, office: randomUUID() } })).code).toBe('sync.unknownOffice');
      expect((await say(first, { words: own, shownBy: stranger.privateKey })).code).toBe('sync.badSignature');
      expect(await countHeld()).toBe(0);
      expect((await say(first, { words: own })).code).toBeNull();
      expect(await countHeld()).toBe(first.desk.log.head().seq);
    });

    it('lets nobody establish an office first who knows all of it but its key', async () => {
      valueOf(await admitOffice(db, server.identity.server, admissionOf(first, server.identity.server, await code()), nowMs));
      const [keys, device, key] = [generateSigningKeyPair(), randomUUID() as string as Branch['device'], Buffer.alloc(16, 7)];
      const [genuine] = first.desk.log.listSubject(first.desk.officeSubject);
      const text = Buffer.from(canonicalJson({ ...(genuine!.body as object), device: { device, publicKey: keys.publicKey } }), 'utf8');
      const header = { ...genuine!.header, device, at: { ms: 1, counter: 0 } };
      const commitment = commitOf(key, text);
      const hash = hashOf(CHAIN_START, headerBytes(header), commitment);
      const head = { seq: 1, hash, signature: signHead(keys.privateKey, { office: officeId(), device, seq: 1, hash }) };
      const frame = encodeFrame('columns-zstd', { office: officeId(), device, operations: [{ header, body: text, commitment, hash }], head, subjectKeys: new Map([[officeId() as string as SubjectId, key]]) });
      const { privateKey } = keys;
      expect((await say(first, { words: { office: officeId(), device }, frames: [frame], signedBy: privateKey, shownBy: privateKey })).code).toBe('sync.unknownDevice');
      // Also where somebody let it through that far.
      expect(await ingestFrame(db, officeId(), 'columns-zstd', frame, nowMs)).toMatchObject({ error: { code: 'branch.unknownDevice' } });
      expect(await countHeld()).toBe(0);
      await connect(first, address, null);
      expect(await endHeld(first)).toBe(first.desk.log.head().seq);
    });

    it('speaks no older protocol, and says so', async () => {
      await connect(first, address, await code());
      expect((await say(first, { words: { office: officeId(), device: first.desk.device, protocol: 1 } })).code).toBe('sync.protocol');
      const { protocol, founder, ...old } = admissionOf(first, server.identity.server, await code());
      expect([protocol, founder.device]).toEqual([PROTOCOL_VERSION, first.desk.device]);
      const answer = await post(new URL(ADMISSION_PATH, address), Buffer.from(JSON.stringify(old)), { 'content-type': 'application/json' }, null);
      expect([answer.status, String(answer.bytes)]).toEqual([426, '{"error":{"code":"sync.protocol","detail":""}}']);
    });

    it('looks at no code for a while after too many wrong ones from one address, whichever process heard them', async () => {
      const other = await composeServer({ db: await database.open(), name: '', nowMs: () => nowMs, logTo: NO_LOG, isTls: true });
      const otherAddress = await other.http.listen({ host: '127.0.0.1', port: 0 });
      const ask = async (once: string, at = address) => {
        const words = admissionBy(server.identity.server, { office: randomUUID(), code: once, keys: generateSigningKeyPair() });
        return (await post(new URL(ADMISSION_PATH, at), Buffer.from(JSON.stringify(words)), { 'content-type': 'application/json' }, null)).status;
      };
      const statuses = new Set<number>();
      for (let count = 0; count < WRONG_CODES_MAX.one; count += 1) statuses.add(await ask('ABCD-2345-WXYZ', count % 2 ? address : otherAddress));
      expect([...statuses]).toEqual([403]);
      const once = await code();
      expect([await ask(once), await ask(once, otherAddress)]).toEqual([429, 429]);
      pass(15 * 60_000);
      expect(await ask(once, otherAddress)).toBe(200);
      expect(await ask(once)).toBe(403);
      await other.close();
    });

    it('counts wrong codes exactly, however many are asked at once, and those of all addresses together', async () => {
      const doors = db.kind === 'postgres' ? [db, await database.open(), await database.open()] : [db];
      const keys = generateSigningKeyPair();
      const ask = (one: number, address: string) => admitOffice(doors[one % doors.length]!, server.identity.server, admissionBy(server.identity.server, { office: randomUUID(), code: 'ABCD-2345-WXYZ', keys }), nowMs, address);
      const tally = async (asked: number, address: (one: number) => string) => {
        const answers = await Promise.all(Array.from({ length: asked }, (_, one) => ask(one, address(one))));
        return Object.fromEntries([...Map.groupBy(answers, (answer) => (answer.ok ? 'ok' : answer.error))].map(([name, all]) => [name, all.length]));
      };
      const [one, rest] = [WRONG_CODES_MAX.one, WRONG_CODES_MAX.all - WRONG_CODES_MAX.one];
      expect(await tally(one + 9, () => '192.0.2.1')).toEqual({ 'sync.badCode': one, 'sync.tooManyTries': 9 });
      expect(await tally(rest + 7, (each) => `198.51.100.${each}`)).toEqual({ 'sync.badCode': rest, 'sync.tooManyTries': 7 });
      expect(JSON.stringify(await db.all('SELECT source FROM wrong_codes'))).not.toMatch(/192\.0|198\.51/);
      pass(15 * 60_000);
      expect(await tally(1, () => '192.0.2.1')).toEqual({ 'sync.badCode': 1 });
      expect(await db.get<{ count: number }>('SELECT count(*) AS count FROM wrong_codes')).toEqual({ count: 2 });
      for (const door of doors) if (door !== db) await door.close();
    });

    it('tells a stopped desk plainly, which works on; in a dated window it hands up all it has and reads nothing new', async () => {
      const second = await stopSecond();
      expect(await statusOf(second)).toMatchObject({ state: 'refused', code: 'sync.revoked', sentence: expect.stringContaining('Cơ quan đã ngừng máy này') as string });
      const [heldBefore, knownBefore] = [await endHeld(second), logsOf(second).get(first.desk.device)];
      await receive(second, office);
      await syncNow(second);
      expect(await endHeld(second)).toBe(heldBefore);

      const [stopped] = await listStoppedDesks(db);
      expect(stopped).toMatchObject({ office: officeId(), name: 'Máy 2', until: null });
      await db.transaction((writes) => openRescueWindow(writes, stopped!.office, stopped!.desk, nowMs + 86_400_000));
      await receive(first, office);
      await syncNow(first);
      await syncNow(second);
      expect(await statusOf(second)).toMatchObject({ state: 'refused', code: 'sync.rescued', waiting: { operations: 0 } });
      expect(await endHeld(second)).toBe(second.desk.log.head().seq);
      expect(logsOf(second).get(first.desk.device)).toEqual(knownBefore);
      expect(await say(second, { frames: [] })).toMatchObject({ code: null, frames: 0, answer: { isRescue: true, position: 0, hasMore: false, frames: 0 } });
      await syncNow(first);
      expect(logsOf(first).get(second.desk.device)).toEqual(logsOf(second).get(second.desk.device));

      pass(86_400_000);
      await receive(second, office);
      await syncNow(second);
      expect(await statusOf(second)).toMatchObject({ state: 'refused', code: 'sync.revoked' });
      expect(await endHeld(second)).toBe(second.desk.log.head().seq - (await statusOf(second)).waiting.operations);
    });

    it('takes the rest of a stopped desk from another desk that took its folder over', async () => {
      const second = await stopSecond();
      await receive(second, office);
      const folder = second.copyFiles();
      expect(await first.must('desks.importBranch', { dataDir: folder, password: ADMIN_PASSWORD })).toMatchObject({ refused: [] });
      await syncNow(first);
      expect(await endHeld(second)).toBe(second.desk.log.head().seq);
      expect(logsOf(first).get(second.desk.device)).toEqual(logsOf(second).get(second.desk.device));
    });

    it('waits for no connection on which nothing is asked when it stops', async () => {
      await connect(first, address, await code());
      const { port } = new URL(address);
      // One that never said anything, beside the desk's that rests.
      const idle = net.connect(Number(port), '127.0.0.1');
      await new Promise<void>((resolve) => idle.on('connect', resolve));
      const isGone = new Promise((resolve) => idle.on('close', resolve));
      const other = await startTestServer({ database, nowMs: () => nowMs, isTls: true });
      await server.close();
      await isGone;
      server = other;
    });

    const outside = Object.values(networkInterfaces()).flatMap((list) => list ?? []).find(({ internal, family }) => !internal && family === 'IPv4')?.address;
    it.skipIf(outside === undefined)('in the clear answers nobody who comes over a network', async () => {
      const plain = await composeServer({ db, name: '', nowMs: () => nowMs, logTo: NO_LOG });
      await plain.http.listen({ host: '0.0.0.0', port: 0 });
      const { port } = plain.http.server.address() as AddressInfo;
      const ask = (host: string) => new Promise<string>((resolve) => {
        http.get({ host, port, path: SERVER_PATH, agent: false }, (response) => resolve(String(response.resume().statusCode))).on('error', ({ message }) => resolve(message));
      });
      expect(await ask('127.0.0.1')).toBe('200');
      expect(await ask(outside!)).toMatch(/hang up|ECONNRESET/);
      await plain.http.close();
    });
  });
}
