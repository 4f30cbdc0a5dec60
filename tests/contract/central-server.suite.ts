import { createHash, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OfficeId, SubjectId } from '../../src-shared/lib/ids.ts';
import { canonicalJson } from '../../src-shared/lib/canonical-json.ts';
import { ok } from '../../src-shared/lib/result.ts';
import { parseOperationId } from '../../src-shared/domain/operations/operation.ts';
import { exchangeText, type ExchangeRequest } from '../../src-shared/sync-protocol/exchange.ts';
import { PROTOCOL_VERSION } from '../../src-shared/sync-protocol/protocol-version.ts';
import { introductionOf } from '../../src-main/core/features/sync/exchange-words.ts';
import { writeEnvelope } from '../../src-node/codec/envelope.ts';
import { encodeFrame } from '../../src-node/codec/frame-codec.ts';
import { CHAIN_START, commitOf, hashOf, signHead } from '../../src-node/crypto/chain.ts';
import type { SigningPrivateKey } from '../../src-node/crypto/key-text.ts';
import { generateSigningKeyPair, signText } from '../../src-node/crypto/keys.ts';
import type { Branch } from '../../src-node/operations/ingest.ts';
import { headerBytes, type StoredOperation } from '../../src-node/operations/operation-rows.ts';
import type { ServerDb } from '../../src-server/db/server-db.ts';
import { answerExchange } from '../../src-server/exchange/answer-exchange.ts';
import { admitOffice, makeAdmissionCode } from '../../src-server/features/admissions/admit-office.ts';
import { ingestFrame } from '../../src-server/features/ingest/ingest-frame.ts';
import { pullFrames } from '../../src-server/features/pull/pull-frames.ts';
import { admissionBy, admissionOf } from '../helpers/admission.ts';
import { receivedBody } from '../helpers/build-operations.ts';
import { setUpCoreOffice, type CoreDesk, type CoreOffice } from '../helpers/core-desk.ts';
import { ownBranch } from '../helpers/own-branch.ts';
import { codeOf, valueOf } from '../helpers/open-test-desk.ts';
import { dumpProjections } from '../helpers/projection-dump.ts';
import { connect, logsOf, receive, syncNow } from '../helpers/sync-office.ts';
import { startTestServer, type TestDatabase, type TestServer } from '../helpers/test-server.ts';
import { itHandsPages } from './snapshot-pages.suite.ts';

const NOW_MS = Date.UTC(2026, 10, 27, 3);

/** What the central server promises, whatever it keeps its rows in. */
export function describeCentralServer(name: string, newDatabase: () => Promise<TestDatabase>, { hasManyWriters }: { readonly hasManyWriters: boolean }): void {
  describe(`the central server on ${name}`, () => {
    const itWithManyWriters = hasManyWriters ? it : () => undefined;
    let database: TestDatabase;
    let db: ServerDb;
    let server: TestServer;
    let address: string;
    let office: CoreOffice;
    let first: CoreDesk;

    beforeEach(async () => {
      database = await newDatabase();
      server = await startTestServer({ database, nowMs: () => NOW_MS });
      ({ db, address } = server);
      office = await setUpCoreOffice();
      first = office.first;
    });
    afterEach(async () => {
      await office.end();
      await server.close();
      await database.end();
    });

    const officeId = () => first.desk.office().id;
    const code = () => makeAdmissionCode(db, NOW_MS);
    const rowsOf = (one: ServerDb) => one.all<{ device: string; seq: number; position: number; hash: Uint8Array }>('SELECT device, seq, position, hash FROM operations WHERE office = ? ORDER BY device, seq', officeId());
    async function held(): Promise<Map<string, readonly string[]>> {
      const logs = new Map<string, string[]>();
      for (const { device, hash } of await rowsOf(db)) logs.set(device, [...(logs.get(device) ?? []), Buffer.from(hash).toString('hex')]);
      return logs;
    }
    const keyOf = ({ desk }: CoreDesk) => desk.log.author.privateKey;
    const branchOf = ({ desk }: CoreDesk, after = 0) => ownBranch(desk, after);
    /** A part of a log, its end signed by the device itself. */
    function cut(desk: CoreDesk, branch: Branch, from: number, to: number): Branch {
      const operations = branch.operations.filter(({ header }) => header.seq > from && header.seq <= to);
      const { hash } = operations.at(-1)!;
      return { ...branch, operations, head: { seq: to, hash, signature: signHead(keyOf(desk), { office: branch.office, device: branch.device, seq: to, hash }) } };
    }
    const take = (branch: Branch, into: ServerDb = db) => ingestFrame(into, branch.office, 'columns-zstd', encodeFrame('columns-zstd', branch), NOW_MS);
    async function admit(): Promise<void> {
      valueOf(await admitOffice(db, server.identity.server, admissionOf(first, server.identity.server, await code()), NOW_MS));
    }

    it('brings two desks of an office together: everything once, everywhere alike', async () => {
      const second = await office.join(first, 'Máy 2');
      for (let count = 0; count < 6; count += 1) await receive(count % 2 ? first : second, office);
      await connect(first, address, await code());
      await connect(second, address, null);
      for (let count = 0; count < 3; count += 1) await receive(second, office);
      for (const desk of [second, first, second]) await syncNow(desk);
      const logs = logsOf(first);
      expect(logsOf(second)).toEqual(logs);
      expect(await held()).toEqual(logs);
      expect(dumpProjections(second.desk.db)).toEqual(dumpProjections(first.desk.db));
      expect((await first.must('sync.status', {})).quarantined).toEqual([]);
    });

    itHandsPages(() => ({ db, server, address, office, first }));

    it('hands on a dossier that two desks began apart, each with a key of its own', async () => {
      const second = await office.join(first, 'Máy 2');
      await connect(first, address, await code());
      await connect(second, address, null);
      const subject = randomUUID() as string as SubjectId;
      for (const { desk } of [first, second]) {
        const [actor] = desk.office().officers.keys();
        valueOf(desk.log.write((writing) => ok(writing.append({ kind: 'dossier.received', version: 1, subject, actor: actor!, after: [], body: receivedBody() }))));
      }
      for (const desk of [first, second, first]) await syncNow(desk);
      const third = await office.join(first, 'Máy 3');
      await connect(third, address, null);
      for (const desk of [first, second]) await syncNow(desk);
      for (const desk of [first, second, third]) {
        expect(logsOf(desk)).toEqual(await held());
        expect(desk.desk.log.listSubject(subject)).toHaveLength(2);
        expect((await desk.must('sync.status', {})).quarantined).toEqual([]);
      }
    });

    it('admits one office by a code, once, and the same one again', async () => {
      const once = await code();
      const request = (id: string, keys: { publicKey: string; privateKey: SigningPrivateKey }) => admissionBy(server.identity.server, { office: id, code: once, keys });
      const [mine, other] = [generateSigningKeyPair(), generateSigningKeyPair()];
      const [a, b] = [randomUUID(), randomUUID()];
      const ask = (id: string, keys: typeof mine, nowMs = NOW_MS) => admitOffice(db, server.identity.server, request(id, keys), nowMs);
      expect(await ask(a, mine, NOW_MS + 15 * 86_400_000)).toEqual({ ok: false, error: 'sync.badCode' });
      expect((await ask(a, mine)).ok).toBe(true);
      expect((await ask(a, mine)).ok).toBe(true);
      expect(await ask(b, mine)).toEqual({ ok: false, error: 'sync.badCode' });
      expect(await ask(a, other)).toEqual({ ok: false, error: 'sync.badSignature' });
      expect(await admitOffice(db, server.identity.server, { ...request(a, mine), signature: 'A'.repeat(86) }, NOW_MS)).toEqual({ ok: false, error: 'sync.badSignature' });
    });

    it('takes a stretch in once, however often and in whatever pieces it comes', async () => {
      await admit();
      for (let count = 0; count < 4; count += 1) await receive(first, office);
      const branch = branchOf(first);
      const end = branch.head.seq;
      expect(valueOf(await take(cut(first, branch, 0, 3)))).toMatchObject({ seq: 3 });
      expect(valueOf(await take(cut(first, branch, 0, 3)))).toMatchObject({ seq: 3 });
      expect(valueOf(await take(cut(first, branch, 1, 5)))).toMatchObject({ seq: 5 });
      expect(valueOf(await take(cut(first, branch, 2, 4)))).toMatchObject({ seq: 5 });
      expect(codeOf(await take(cut(first, branch, end - 1, end)))).toBe('branch.gap');
      expect(valueOf(await take(branch))).toMatchObject({ seq: end });
      const rows = await rowsOf(db);
      expect(rows.map(({ seq }) => seq)).toEqual(branch.operations.map(({ header }) => header.seq));
      expect(rows.map(({ position }) => position)).toEqual(rows.map((_, index) => index + 1));
      expect(await held()).toEqual(logsOf(first));
    });

    it('takes nothing from a stranger, nothing forged and no second log under one name', async () => {
      await admit();
      await receive(first, office);
      const branch = branchOf(first);
      const end = branch.head.seq;
      const stranger = generateSigningKeyPair();
      const other = randomUUID() as OfficeId;
      expect(codeOf(await take({ ...branch, head: { ...branch.head, signature: signHead(stranger.privateKey, { office: branch.office, device: branch.device, seq: end, hash: branch.head.hash }) } }))).toBe('branch.badSignature');
      expect(codeOf(await take({ ...branch, device: randomUUID() as Branch['device'] }))).toBe('branch.unknownDevice');
      expect(codeOf(await ingestFrame(db, other, 'columns-zstd', encodeFrame('columns-zstd', branch), NOW_MS))).toBe('branch.foreignOffice');
      expect(await rowsOf(db)).toEqual([]);
      expect(codeOf(await ingestFrame(db, officeId(), 'json-gzip', Buffer.from('nonsense'), NOW_MS))).toBe('frame.malformed');
      valueOf(await take(branch));
      const forked = forkedAt(branch, end, keyOf(first));
      expect(codeOf(await take(forked))).toBe('branch.badChain');
      expect(await held()).toEqual(logsOf(first));
    });

    /** One operation of a device that nobody admitted, about the office, as its writer signs it. */
    function strangersWord(kind: string, body: unknown): Branch {
      const [keys, device, key] = [generateSigningKeyPair(), randomUUID() as string as Branch['device'], Buffer.alloc(16, 7)];
      const genuine = branchOf(first).operations[0]!;
      const text = Buffer.from(canonicalJson({ ...(body as object), device: { device, publicKey: keys.publicKey } }), 'utf8');
      const header = { ...genuine.header, device, seq: 1, kind, at: { ms: 1, counter: 0 }, after: [] };
      const commitment = commitOf(key, text);
      const hash = hashOf(CHAIN_START, headerBytes(header), commitment);
      return {
        office: officeId(), device, publicKey: keys.publicKey, operations: [{ header, body: text, commitment, hash }],
        head: { seq: 1, hash, signature: signHead(keys.privateKey, { office: officeId(), device, seq: 1, hash }) }, subjectKeys: new Map([[officeId() as string as SubjectId, key]]),
      };
    }

    it('lets nobody establish the office a second time, with whatever stamp', async () => {
      await admit();
      const genuine = branchOf(first);
      valueOf(await take(genuine));
      const devices = await db.all('SELECT device, public_key FROM devices ORDER BY device');
      expect(codeOf(await take(strangersWord('office.established', JSON.parse(Buffer.from(genuine.operations[0]!.body!).toString('utf8')))))).toBe('branch.unknownDevice');
      expect(await db.all('SELECT device, public_key FROM devices ORDER BY device')).toEqual(devices);
    });

    it('never gives a device another key', async () => {
      await connect(first, address, await code());
      const second = await office.join(first, 'Máy 2');
      await connect(second, address, null);
      const keyHeld = () => db.get('SELECT public_key FROM devices WHERE office = ? AND device = ?', officeId(), second.desk.device);
      const before = await keyHeld();
      expect(before).toBeDefined();
      const [desk, joinId, actor] = [randomUUID(), randomUUID(), first.desk.office().officers.keys().next().value!];
      const about = { version: 1, subject: officeId() as string as SubjectId } as const;
      valueOf(first.desk.log.write((writing) => {
        const admitted = writing.append({ ...about, kind: 'desk.admitted', actor, after: first.desk.office().heads.map(parseOperationId), body: { grant: { desk, name: 'Máy 9', token: '9', reserves: [] }, joinId, signature: '' } });
        return ok(writing.append({ ...about, kind: 'desk.joined', actor: null, after: [admitted.header], body: { desk, joinId, device: { device: second.desk.device, publicKey: generateSigningKeyPair().publicKey } } }));
      }));
      valueOf(await take(branchOf(first)));
      expect(await keyHeld()).toEqual(before);
    });

    it('keeps neither body nor key of what the office erased, also when the body comes later', async () => {
      await connect(first, address, await code());
      const second = await office.join(first, 'Máy 2');
      await connect(second, address, null);
      const subject = (await receive(first, office)) as SubjectId;
      await syncNow(first);
      const [actor] = first.desk.office().officers.keys();
      valueOf(first.desk.log.write((writing) => ok(writing.append({ kind: 'subject.erased', version: 1, subject: officeId() as string as SubjectId, actor: actor!, after: first.desk.office().heads.map(parseOperationId), body: { subject, reason: 'Nhập nhầm', issued: [] } }))));
      valueOf(await take(branchOf(first)));
      const left = () => db.all('SELECT kind FROM operations WHERE office = ? AND subject = ? AND body IS NOT NULL', officeId(), subject);
      const keys = () => db.all('SELECT key FROM subject_keys WHERE office = ? AND subject = ?', officeId(), subject);
      expect([await left(), await keys()]).toEqual([[], []]);
      valueOf(second.desk.log.write((writing) => ok(writing.append({ kind: 'dossier.taken', version: 1, subject, actor: actor!, after: [], body: {} }))));
      valueOf(await take(branchOf(second)));
      expect([await left(), await keys()]).toEqual([[], []]);
      expect((await held()).get(second.desk.device)).toHaveLength(second.desk.log.head().seq);
    });

    it('keeps what was erased as erased', async () => {
      await admit();
      await receive(first, office);
      const branch = branchOf(first);
      const last = branch.operations.at(-1)!.header.subject;
      const erased = { ...branch, operations: branch.operations.map((one) => (one.header.subject === last ? { ...one, body: null } : one)) };
      valueOf(await take(erased));
      expect(await held()).toEqual(logsOf(first));
      const pulled = await pullFrames(db, { office: officeId(), device: 'another', after: 0, codec: 'json-gzip', bytesMax: 1_000_000 });
      expect(pulled).toMatchObject({ position: branch.head.seq, hasMore: false });
      expect(await db.get('SELECT 1 AS one FROM subject_keys WHERE office = ? AND subject = ?', officeId(), last)).toBeUndefined();
    });

    it('refuses a desk that was revoked, which goes on working by itself', async () => {
      await connect(first, address, await code());
      const second = await office.join(first, 'Máy 2');
      await connect(second, address, null);
      await receive(second, office);
      await syncNow(second);
      await syncNow(first);
      const desk = first.desk.office().devices.get(second.desk.device)!.desk;
      await first.must('desks.revoke', { desk, reason: 'Máy bị mất' });
      await syncNow(first);
      await receive(second, office);
      await syncNow(second);
      expect(await second.must('sync.status', {})).toMatchObject({ code: 'sync.revoked' });
      await receive(second, office);
      expect((await held()).get(second.desk.device)!.length).toBeLessThan(second.desk.log.head().seq);
      // Its folder restored is another device of the same desk.
      const revoked = second.desk.device;
      const backup = second.copyFiles();
      await receive(second, office);
      await second.stop();
      second.restore(backup);
      await second.start();
      expect(second.desk.device).not.toBe(revoked);
      const words: ExchangeRequest = { protocol: PROTOCOL_VERSION, program: '', office: officeId(), device: second.desk.device, introduction: introductionOf(second.desk, server.identity.server), cursor: null, codec: 'json-gzip', codecs: ['json-gzip'], wantBytes: 1_000_000, frames: 1 };
      const message = writeEnvelope(words, [encodeFrame('json-gzip', branchOf(second))]);
      const signature = signText(keyOf(second), exchangeText(server.identity.server, createHash('sha256').update(message).digest('hex')));
      expect(codeOf(await answerExchange({ db, identity: server.identity, nowMs: () => NOW_MS }, message, signature, { by: 'loopback' }))).toBe('sync.revoked');
    });

    it('takes nothing from a practice office', async () => {
      await office.end();
      office = await setUpCoreOffice({ training: true });
      first = office.first;
      await admit();
      expect(codeOf(await take(branchOf(first)))).toBe('sync.training');
      expect(await rowsOf(db)).toEqual([]);
    });

    it('hands out frames up to the bytes that are wanted, at least one, in the order of the list', async () => {
      await admit();
      for (let count = 0; count < 6; count += 1) await receive(first, office);
      const branch = branchOf(first);
      for (let seq = 0; seq < branch.head.seq; seq += 1) valueOf(await take(cut(first, branch, seq, seq + 1)));
      const ask = (after: number, bytesMax: number, device = 'another') => pullFrames(db, { office: officeId(), device, after, codec: 'columns-zstd', bytesMax });
      expect(await ask(0, 0)).toEqual({ frames: [], position: 0, hasMore: true });
      expect(await ask(0, 1)).toMatchObject({ position: 1, hasMore: true, frames: [expect.any(Uint8Array)] });
      expect(await ask(0, 1_000_000)).toMatchObject({ position: branch.head.seq, hasMore: false });
      expect(await ask(0, 1_000_000, branch.device)).toEqual({ frames: [], position: 0, hasMore: false });
    });

    itWithManyWriters('never shows a later stretch before an earlier one has committed', async () => {
      await admit();
      await receive(first, office);
      const second = await office.join(first, 'Máy 2');
      await receive(second, office);
      const own = branchOf(first);
      valueOf(await take(own));
      const [slow, reader] = [await database.open(), await database.open()];
      const order: string[] = [];
      let release!: () => void;
      const waiting = new Promise<void>((resolve) => (release = resolve));
      // A stretch that has its position, and takes its time to commit.
      const earlier = slow.transaction(async (writes) => {
        const row = await writes.returning<{ position: number }>('UPDATE offices SET position = position + 1 WHERE office = ? RETURNING position', officeId());
        order.push('earlier allocated');
        await waiting;
        await writes.run("INSERT INTO frames (office, position, first_position, device, seq, hash, signature) VALUES (?, ?, ?, 'slow', 1, ?, 'none')", officeId(), row!.position, row!.position, new Uint8Array(32));
        order.push('earlier written');
      });
      await expect.poll(() => order).toContain('earlier allocated');
      const later = take(branchOf(second)).then((taken) => {
        order.push('later taken');
        return taken;
      });
      await expect.poll(async () => (await reader.get<{ count: number }>("SELECT count(*) AS count FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"))?.count).toBe(1);
      // Whoever reads now sees neither, and so passes over neither.
      expect((await reader.all('SELECT position FROM frames WHERE office = ? AND position > ?', officeId(), own.head.seq))).toEqual([]);
      release();
      await earlier;
      expect((await later).ok).toBe(true);
      expect(order).toEqual(['earlier allocated', 'earlier written', 'later taken']);
      expect((await reader.all<{ device: string }>('SELECT device FROM frames WHERE office = ? AND position > ? ORDER BY position', officeId(), own.head.seq)).map(({ device }) => device)).toEqual(['slow', second.desk.device]);
      await slow.close();
      await reader.close();
    });

    itWithManyWriters('would pass over a late one if positions came from a plain sequence', async () => {
      const [slow, quick] = [await database.open(), await database.open()];
      await quick.transaction(async (writes) => {
        await writes.run('CREATE SEQUENCE plain_position');
        await writes.run('CREATE TABLE plain (position BIGINT PRIMARY KEY)');
      });
      let release!: () => void;
      let hasAllocated!: () => void;
      const waiting = new Promise<void>((resolve) => (release = resolve));
      const allocated = new Promise<void>((resolve) => (hasAllocated = resolve));
      const late = slow.transaction(async (writes) => {
        await writes.run("INSERT INTO plain (position) VALUES (nextval('plain_position'))");
        hasAllocated();
        await waiting;
      });
      await allocated;
      await quick.transaction((writes) => writes.run("INSERT INTO plain (position) VALUES (nextval('plain_position'))"));
      const seen = await db.all<{ position: number }>('SELECT position FROM plain ORDER BY position');
      const cursor = seen.at(-1)!.position;
      release();
      await late;
      // The late one is behind the cursor now: the desk that read would never be told of it.
      expect(cursor).toBe(2);
      expect(await db.all('SELECT position FROM plain WHERE position > ?', cursor)).toEqual([]);
      expect(await db.all('SELECT position FROM plain')).toHaveLength(2);
      await slow.close();
      await quick.close();
    });

    it('takes an office’s frames from many at once without a gap, a loss or a double', async () => {
      await admit();
      const second = await office.join(first, 'Máy 2');
      for (let count = 0; count < 8; count += 1) await receive(count % 2 ? first : second, office);
      const doors = hasManyWriters ? [db, await database.open(), await database.open()] : [db];
      valueOf(await take(cut(first, branchOf(first), 0, 1)));
      const joined = branchOf(second);
      const frames = [first, second].flatMap((desk) => {
        const branch = branchOf(desk);
        return Array.from({ length: branch.head.seq }, (_, seq) => cut(desk, branch, seq, seq + 1));
      });
      // Each frame through each door, until all are in: those that come before their turn are refused as a gap.
      for (let round = 0; round < frames.length; round += 1) {
        const taken = await Promise.all(doors.flatMap((door) => frames.map((frame) => take(frame, door))));
        if (taken.every(({ ok }) => ok)) break;
      }
      const rows = await rowsOf(db);
      expect(rows).toHaveLength(first.desk.log.head().seq + joined.head.seq);
      expect(rows.map(({ position }) => position).sort((a, b) => a - b)).toEqual(rows.map((_, index) => index + 1));
      for (const door of doors) if (door !== db) await door.close();
    });
  });
}

/** Another last operation, signed by the device itself: what a folder that was copied behind everybody's back writes. */
function forkedAt(branch: Branch, seq: number, privateKey: SigningPrivateKey): Branch {
  const index = branch.operations.findIndex(({ header }) => header.seq === seq);
  const before = branch.operations[index - 1]!;
  const own = branch.operations[index]!;
  const header = { ...own.header, wall: own.header.wall + 1 };
  const changed: StoredOperation = { ...own, header, hash: hashOf(before.hash, headerBytes(header), own.commitment) };
  const operations = [...branch.operations.slice(0, index), changed];
  return { ...branch, operations, head: { seq, hash: changed.hash, signature: signHead(privateKey, { office: branch.office, device: branch.device, seq, hash: changed.hash }) } };
}
