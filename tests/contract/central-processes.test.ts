/** Three processes of the real server on one real PostgreSQL behind a plain TCP balancer are one server. */
import { randomUUID } from 'node:crypto';
import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ADMISSION_PATH, SERVER_PATH, type ServerView } from '../../src-shared/sync-protocol/admission.ts';
import { BEST_CODEC, CODECS, PROTOCOL_VERSION } from '../../src-shared/sync-protocol/protocol-version.ts';
import { introductionOf } from '../../src-main/core/features/sync/exchange-words.ts';
import { encodeFrame } from '../../src-node/codec/frame-codec.ts';
import { signHead } from '../../src-node/crypto/chain.ts';
import { generateSigningKeyPair } from '../../src-node/crypto/keys.ts';
import { createExchangeClient, type ExchangeClient } from '../../src-node/sync-engine/exchange-client.ts';
import { openPostgresServerDb } from '../../src-server/db/postgres-server-db.ts';
import type { ServerDb } from '../../src-server/db/server-db.ts';
import { makeAdmissionCode } from '../../src-server/features/admissions/admit-office.ts';
import { WRONG_CODES_MAX } from '../../src-server/features/admissions/guess-limit.ts';
import { officesOverview } from '../../src-server/features/overview/offices-overview.ts';
import { admissionBy } from '../helpers/admission.ts';
import { setUpCoreOffice, type CoreDesk, type CoreOffice } from '../helpers/core-desk.ts';
import { ownBranch } from '../helpers/own-branch.ts';
import { valueOf } from '../helpers/open-test-desk.ts';
import { startPostgres, type RealPostgres } from '../../bench/processes/postgres.ts';
import { dumpProjections } from '../helpers/projection-dump.ts';
import { post } from '../helpers/raw-exchange.ts';
import { connect, logsOf, receive, syncNow } from '../helpers/sync-office.ts';
import { startThreeProcesses, type ThreeProcesses } from '../helpers/three-processes.ts';

describe('three processes behind a balancer', () => {
  let postgres: RealPostgres;
  let db: ServerDb;
  let three: ThreeProcesses;
  let office: CoreOffice;
  let first: CoreDesk;
  let client: ExchangeClient;

  beforeAll(async () => {
    postgres = await startPostgres();
    const url = await postgres.newDatabase();
    three = await startThreeProcesses(url);
    db = await openPostgresServerDb(url);
  });
  afterAll(async () => {
    await three.end();
    await db.close();
    await postgres.stop();
  });
  beforeEach(async () => {
    office = await setUpCoreOffice();
    first = office.first;
    client = createExchangeClient({ monotonicMs: () => performance.now() });
  });
  afterEach(async () => {
    client.close();
    await office.end();
  });

  const officeId = () => first.desk.office().id;
  const code = () => makeAdmissionCode(db, Date.now());
  async function held(): Promise<Map<string, readonly string[]>> {
    const rows = await db.all<{ device: string; hash: Uint8Array }>('SELECT device, hash FROM operations WHERE office = ? ORDER BY device, seq', officeId());
    return new Map([...Map.groupBy(rows, ({ device }) => device)].map(([device, log]) => [device, log.map(({ hash }) => Buffer.from(hash).toString('hex'))]));
  }
  const countHeld = async () => [...(await held()).values()].flat().length;
  /** Which processes took the connections of this work. */
  async function portsDuring(work: () => Promise<unknown>): Promise<readonly number[]> {
    const before = three.balancer.sentTo.length;
    await work();
    return three.balancer.sentTo.slice(before);
  }
  const folded = () => expect.poll(async () => (await officesOverview(db, Date.now())).find((one) => one.office === officeId())!.lag.operations, { timeout: 30_000 }).toBe(0);
  const projected = async () => (await db.all('SELECT dossier FROM dossiers WHERE office = ?', officeId())).length;
  const keyOf = ({ desk }: CoreDesk) => desk.log.author.privateKey;
  /** One frame an operation, each with a head of its own. */
  function framesOf(desk: CoreDesk): readonly Uint8Array[] {
    const branch = ownBranch(desk.desk);
    return branch.operations.map((operation) => {
      const end = { seq: operation.header.seq, hash: operation.hash };
      return encodeFrame(BEST_CODEC, { ...branch, operations: [operation], head: { ...end, signature: signHead(keyOf(desk), { office: branch.office, device: branch.device, ...end }) } });
    });
  }
  const wordsOf = ({ desk }: CoreDesk, { server }: ServerView) => ({
    protocol: PROTOCOL_VERSION, program: '', office: desk.office().id, device: desk.device, introduction: introductionOf(desk, server), cursor: null, codec: BEST_CODEC, codecs: [...CODECS], wantBytes: 0, frames: 0,
  });

  it('are one server: one key, one name, one life', async () => {
    const views = new Set<string>();
    const ports = await portsDuring(async () => {
      for (let count = 0; count < 3; count += 1) {
        const asking = createExchangeClient({ monotonicMs: () => performance.now() });
        views.add(JSON.stringify(valueOf(await asking.look(three.address))));
        asking.close();
      }
    });
    expect(views.size).toBe(1);
    expect(new Set(ports).size).toBe(3);
  });

  it('bring two desks of an office together, whichever of them answers', async () => {
    const second = await office.join(first, 'Máy 2');
    for (let count = 0; count < 4; count += 1) await receive(count % 2 ? first : second, office);
    const ports = await portsDuring(async () => {
      await connect(first, three.address, await code());
      await connect(second, three.address, null);
      for (const desk of [second, first, second]) {
        // What was open is lost, so each goes on with the next process.
        three.balancer.cutAll();
        await receive(desk, office);
        await syncNow(desk);
        await syncNow(desk);
      }
      for (const desk of [first, second]) await syncNow(desk);
    });
    expect(new Set(ports).size).toBe(3);
    expect(logsOf(second)).toEqual(logsOf(first));
    expect(await held()).toEqual(logsOf(first));
    expect(dumpProjections(second.desk.db)).toEqual(dumpProjections(first.desk.db));
    await folded();
    expect(await projected()).toBe(7);
  });

  it('answer on the next connection what a stream on another one has handed up, which goes on', async () => {
    await connect(first, three.address, await code());
    for (let count = 0; count < 3; count += 1) await receive(first, office);
    const view = valueOf(await client.look(three.address));
    const [to, privateKey] = [{ address: three.address, server: view.server, publicKey: view.publicKey }, keyOf(first)];
    const heldBefore = (await held()).get(first.desk.device)!.length;
    const frames = framesOf(first).slice(heldBefore);
    expect(frames.length).toBeGreaterThanOrEqual(2);
    const other = createExchangeClient({ monotonicMs: () => performance.now() });
    const ports = await portsDuring(async () => {
      const streaming = createExchangeClient({ monotonicMs: () => performance.now() });
      const stream = streaming.stream({ to, words: wordsOf(first, view), privateKey });
      expect(valueOf(await stream.next()).answer.held[first.desk.device]).toBe(heldBefore);
      for (const [index, frame] of frames.entries()) {
        stream.send({ wantBytes: 0, frames: 1 }, [frame]);
        expect(valueOf(await stream.next()).answer.held[first.desk.device]).toBe(heldBefore + index + 1);
        const asked = valueOf(await other.exchange({ to, words: wordsOf(first, view), frames: [], privateKey, isFresh: true }));
        expect(asked.answer.held[first.desk.device]).toBe(heldBefore + index + 1);
        // The same frame by the other process is known there.
        expect(valueOf(await other.exchange({ to, words: { ...wordsOf(first, view), frames: 1 }, frames: [frame], privateKey })).answer.refused).toEqual([]);
      }
      stream.end();
      streaming.close();
    });
    other.close();
    expect(new Set(ports.slice(0, 2)).size).toBe(2);
    expect(await held()).toEqual(logsOf(first));
  });

  it('lose and double nothing when one is killed in the middle, and the others fold what is left', async () => {
    await connect(first, three.address, await code());
    for (let round = 0; round < 2; round += 1) {
      for (let count = 0; count < 25; count += 1) await receive(first, office);
      const before = await countHeld();
      three.balancer.cutAll();
      const ports = three.balancer.sentTo.length;
      const work = syncNow(first);
      await expect.poll(countHeld, { interval: 5, timeout: 20_000 }).toBeGreaterThan(before);
      const carrying = three.processes.findIndex(({ port }) => port === three.balancer.sentTo.at(-1));
      expect(three.balancer.sentTo.length).toBeGreaterThan(ports);
      await three.kill(carrying);
      await work;
      await syncNow(first);
      await syncNow(first);
      expect(await held()).toEqual(logsOf(first));
      if (round === 0) await three.replace(carrying);
    }
    expect((await first.must('sync.status', {})).waiting.operations).toBe(0);
    await folded();
    expect(await projected()).toBe(50);
    const places = await db.all<{ position: number }>('SELECT position FROM operations WHERE office = ? ORDER BY position', officeId());
    expect(places.map(({ position }) => position)).toEqual(places.map((_, index) => index + 1));
    // One is gone; its turn goes to the next.
    for (let count = 0; count < 3; count += 1) expect((await client.look(three.address)).ok).toBe(true);
    for (const [index, { program }] of three.processes.entries()) if (await isEnded(program.ended)) await three.replace(index);
  });

  it('resume each other’s sessions', async () => {
    const url = new URL(three.address);
    let session: Buffer | undefined;
    const reused: boolean[] = [];
    const ports = await portsDuring(async () => {
      for (let count = 0; count < 3; count += 1) {
        const socket = tls.connect({ host: url.hostname, port: Number(url.port), rejectUnauthorized: false, ...(session && { session }) });
        const told = new Promise<Buffer>((resolve) => socket.once('session', resolve));
        await new Promise<void>((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
        reused.push(socket.isSessionReused());
        socket.resume().write(`GET ${SERVER_PATH} HTTP/1.1\r\nhost: desk\r\nconnection: close\r\n\r\n`);
        session ??= await told;
        await new Promise((resolve) => socket.once('close', resolve));
      }
    });
    expect(new Set(ports).size).toBe(3);
    expect(reused).toEqual([false, true, true]);
  });

  it('allow no more wrong codes together than one would', async () => {
    const { server } = valueOf(await client.look(three.address));
    const keys = generateSigningKeyPair();
    const ask = async (once: string) => {
      const body = Buffer.from(JSON.stringify(admissionBy(server, { office: randomUUID(), code: once, keys })));
      return (await post(new URL(ADMISSION_PATH, three.address), body, { 'content-type': 'application/json' }, null)).status;
    };
    let statuses: readonly number[] = [];
    const ports = await portsDuring(async () => {
      const lanes = Array.from({ length: 6 }, async () => {
        const heard: number[] = [];
        for (let count = 0; count < WRONG_CODES_MAX.one / 5; count += 1) heard.push(await ask('ABCD-2345-WXYZ'));
        return heard;
      });
      statuses = (await Promise.all(lanes)).flat();
    });
    expect(new Set(ports).size).toBe(3);
    expect(statuses.filter((status) => status === 403)).toHaveLength(WRONG_CODES_MAX.one);
    expect(statuses.filter((status) => status === 429)).toHaveLength(WRONG_CODES_MAX.one / 5);
    const once = await code();
    for (let count = 0; count < 3; count += 1) expect(await ask(once)).toBe(429);
    await db.transaction((writes) => writes.run('UPDATE wrong_codes SET since_ms = since_ms - 900000'));
    expect(await ask(once)).toBe(200);
  });
});

async function isEnded(ended: Promise<void>): Promise<boolean> {
  return Promise.race([ended.then(() => true), new Promise<boolean>((resolve) => setImmediate(() => resolve(false)))]);
}
