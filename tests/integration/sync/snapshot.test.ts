import { hash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isHistoryArriving } from '../../../src-node/operations/log-tops.ts';
import { verifyDesk } from '../../../src-node/operations/verify.ts';
import { foldArrived } from '../../../src-main/core/desk/arrivals.ts';
import { readFill, readSnapshotStand, snapshotRequest } from '../../../src-main/core/features/sync/snapshot-queries.ts';
import { takePage, type PageTaking } from '../../../src-main/core/features/sync/take-snapshot.ts';
import { decodeSnapshot, encodeSnapshot } from '../../../src-node/codec/snapshot-codec.ts';
import { generateSigningKeyPair, signText } from '../../../src-node/crypto/keys.ts';
import { composeServer, type CentralServer } from '../../../src-server/compose-server.ts';
import type { ServerDb } from '../../../src-server/db/server-db.ts';
import { openSqliteServerDb } from '../../../src-server/db/sqlite-server-db.ts';
import { makeAdmissionCode } from '../../../src-server/features/admissions/admit-office.ts';
import { readSnapshotPage, type WrittenPage } from '../../../src-server/features/snapshot/read-snapshot.ts';
import type { OfficeId } from '../../../src-shared/lib/ids.ts';
import { snapshotText } from '../../../src-shared/sync-protocol/snapshot.ts';
import { ADMIN_PASSWORD, setUpCoreOffice, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';
import { CuttingLink } from '../../helpers/cutting-link.ts';
import { valueOf } from '../../helpers/open-test-desk.ts';
import { isLongRun } from '../../helpers/long-run.ts';
import { dumpProjections } from '../../helpers/projection-dump.ts';
import { connect, logsOf, receive, syncNow } from '../../helpers/sync-office.ts';
import { createChance } from '../../simulation/seeded-chance.ts';

const NOW_MS = Date.UTC(2026, 10, 27, 3);
let folder: string;
let db: ServerDb;
let server: CentralServer;
let link: CuttingLink;
let address: string;
let office: CoreOffice;
let first: CoreDesk;
let second: CoreDesk;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'motcua-snapshot-'));
  db = valueOf(openSqliteServerDb(folder));
  server = await composeServer({ db, name: 'Máy chủ thử', nowMs: () => NOW_MS, logTo: { write: () => undefined }, snapshotFrom: 20 });
  link = new CuttingLink(await server.http.listen({ host: '127.0.0.1', port: 0 }));
  address = await link.listen();
  office = await setUpCoreOffice();
  first = office.first;
  second = await office.join(first, 'Máy 2');
});

afterEach(async () => {
  await office.end();
  await link.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const voided = (desk: CoreDesk, id: string) => desk.must('dossiers.void', { id, idempotencyKey: randomUUID(), reason: 'Nhận nhầm' });
const take = (desk: CoreDesk, id: string) => desk.must('dossiers.act', { id, idempotencyKey: randomUUID(), act: { act: 'take' } });
const listed = async (desk: CoreDesk) => (await desk.must('dossiers.search', { limit: 200 })).dossiers.map(({ id }) => id).sort();
const faultsOf = ({ desk }: CoreDesk) => verifyDesk(desk.db, desk.log.names, desk.office()).faults;

interface Written {
  readonly open: readonly string[];
  readonly closed: readonly string[];
}

/** Two desks that worked for a while, most of it done; all of it is above and folded there. */
async function workFor(dossiers: number): Promise<Written> {
  const [open, closed]: [string[], string[]] = [[], []];
  for (let count = 0; count < dossiers; count += 1) {
    const by = count % 3 === 0 ? second : first;
    const id = await receive(by, office);
    if (count % 4 === 0) {
      await take(by, id);
      open.push(id);
    } else {
      await voided(by, id);
      closed.push(id);
    }
  }
  await connect(first, address, await makeAdmissionCode(db, NOW_MS));
  await connect(second, address, null);
  await syncNow(first);
  await server.projection.settle();
  return { open: open.sort(), closed };
}

async function handUp(): Promise<void> {
  for (const desk of [first, second]) await syncNow(desk);
  await server.projection.settle();
}

/** A third machine: its join file was made before the office went on. */
const joinEarly = () => office.join(first, 'Máy 3');

/** Connects, and pauses as soon as the snapshot is there and the older years are not. */
async function meetServer(desk: CoreDesk): Promise<void> {
  const { fingerprint } = await desk.must('sync.look', { address });
  await desk.must('sync.connect', { address, fingerprint, code: null });
  await pauseWhen(desk, () => readFill(desk.desk.db) !== null);
}

async function pauseWhen(desk: CoreDesk, isTime: () => boolean): Promise<void> {
  for (let turns = 0; !isTime(); turns += 1) {

    if (turns > 200_000) throw new Error('that never came');
    await nextTurn();
  }
  await desk.must('sync.pause', {});
  await desk.core.sync.settled();
}

async function finish(desk: CoreDesk): Promise<void> {
  await desk.must('sync.resume', {});
  await desk.core.sync.settled();
  for (let tries = 0; tries < 30 && readFill(desk.desk.db) !== null; tries += 1) {
    desk.timers.fire();
    await desk.core.sync.settled();
    await nextTurn();
  }
}

async function workOn(desk: CoreDesk, dossiers: number): Promise<void> {
  for (let count = 0; count < dossiers; count += 1) await receive(desk, office);
  await syncNow(desk);
}

/** Another process of the server on the same data, at the same address. */
async function restartServer(snapshotFrom = 20): Promise<void> {
  await server.close();
  db = valueOf(openSqliteServerDb(folder));
  server = await composeServer({ db, name: 'Máy chủ thử', nowMs: () => NOW_MS, logTo: { write: () => undefined }, snapshotFrom });
  link.aim(await server.http.listen({ host: '127.0.0.1', port: 0 }));
}

async function expectAllEqual(...desks: CoreDesk[]): Promise<void> {
  for (let round = 0; round < 2; round += 1) for (const desk of [...desks, first]) await syncNow(desk);
  const logs = logsOf(first);
  for (const desk of desks) {
    expect(isHistoryArriving(desk.desk.db)).toBe(false);
    expect(logsOf(desk)).toEqual(logs);
    expect(dumpProjections(desk.desk.db)).toEqual(dumpProjections(first.desk.db));
    expect(faultsOf(desk)).toEqual([]);
    expect((await desk.must('sync.status', {}))).toMatchObject({ quarantined: [], older: null, waiting: { operations: 0 } });
  }
}

describe('a new desk', () => {
  it('has the open dossiers before the others, works on them, and ends as one that pulled everything', async () => {
    const third = await joinEarly();
    const { open, closed } = await workFor(60);
    await meetServer(third);
    expect(await listed(third)).toEqual(open);
    expect(faultsOf(third)).toEqual([]);
    const { older } = await third.must('sync.status', {});
    expect(older).toEqual({ part: 'older', dossiers: closed.length, minutes: null });
    // The whole day's work, with numbers of its own.
    const mine = await receive(third, office);
    await voided(third, open[0]!);
    const view = (await third.must('dossiers.get', { id: open[1]! })).dossier;
    expect(view.history.length).toBeGreaterThan(0);
    expect((await third.must('dossiers.search', { query: 'Lý Tả Mẩy', limit: 200 })).dossiers).toHaveLength(open.length + 1);
    expect((await third.call('dossiers.get', { id: closed[0]! })).ok).toBe(false);
    expect(faultsOf(third)).toEqual([]);
    const period = { from: '2026-11-01', to: '2026-12-31' } as const;
    for (const refused of [await third.call('registers.list', { ...period, limit: 50 }), await third.call('registers.totals', period), await third.call('fees.sheetPaper', period)]) expect(refused).toMatchObject({ ok: false, error: { code: 'sync.olderArriving' } });
    await finish(third);
    await expectAllEqual(third);
    expect((await third.call('registers.totals', period)).ok).toBe(true);
    expect(await listed(first)).toContain(mine);
    expect(first.desk.db.value('SELECT count(*) FROM doubled_numbers')).toBe(0);
    expect((await first.must('dossiers.get', { id: open[0]! })).dossier.status).toBe('voided');
  });

  it('knows of the office what was decided since its join file was made', async () => {
    const third = await joinEarly();
    await first.must('officers.create', { name: 'Vàng A Lử', title: 'Công chức', formOfAddress: 'anh', roles: ['reception'], password: 'suoi-trong-nui-cao' });
    await workFor(30);
    await meetServer(third);
    expect([...third.desk.office().officers.values()].map(({ name }) => name).sort()).toEqual([...first.desk.office().officers.values()].map(({ name }) => name).sort());
    expect(faultsOf(third)).toEqual([]);
    await finish(third);
    await expectAllEqual(third);
  });

  it.each(isLongRun ? Array.from({ length: 40 }, (_, index) => index + 3) : [3, 4])('ends the same whatever is cut, whoever crashes and whatever others write meanwhile (seed %i)', async (seed) => {
    const chance = createChance(seed);
    const third = await joinEarly();
    const { open } = await workFor(40);
    const { fingerprint } = await third.must('sync.look', { address });
    link.plans = Array.from({ length: 14 }, () => ({ upBytes: Infinity, downBytes: chance.between(200, 9_000), how: 'reset' as const }));
    await third.must('sync.connect', { address, fingerprint, code: null });
    for (let turn = 0; turn < 24; turn += 1) {
      await third.core.sync.settled();
      if (chance.isHit(0.2)) {
        await third.crash();
        await third.start();
        await nextTurn();
      }
      const mine = chance.isHit(0.4) ? await receive(third, office) : undefined;
      const known = chance.pick(open);
      if (chance.isHit(0.3)) await third.call('dossiers.void', { id: known, idempotencyKey: randomUUID(), reason: 'Nhập trùng' });
      if (chance.isHit(0.3)) {
        // Late: written before the snapshot was, handed up after it, of a dossier that is open there.
        await second.call('dossiers.act', { id: chance.pick(open), idempotencyKey: randomUUID(), act: { act: 'take' } });
        await receive(second, office);
      }
      if (mine && chance.isHit(0.3)) await voided(third, mine);
      expect(faultsOf(third)).toEqual([]);
      third.timers.fire();
    }
    link.plans = [];
    await syncNow(second);
    await finish(third);
    await expectAllEqual(third, second);
  });

  it('is handed only the list where the office is small, and where it founded the office itself', async () => {
    const third = await joinEarly();
    await connect(first, address, await makeAdmissionCode(db, NOW_MS));
    await connect(second, address, null);
    await connect(third, address, null);
    expect(readFill(third.desk.db)).toBeNull();
    await workOn(first, 30);
    await server.projection.settle();
    await syncNow(first);
    expect(readSnapshotStand(first.desk.db)).toBeNull();
    await expectAllEqual(third, second);
  });

  it('joins the older years from a folder on a stick just as well', async () => {
    const third = await joinEarly();
    await workFor(40);
    await meetServer(third);
    const stick = first.copyFiles();
    expect(isHistoryArriving(third.desk.db)).toBe(true);
    expect(await third.must('desks.importBranch', { dataDir: stick, password: ADMIN_PASSWORD })).toMatchObject({ refused: [] });
    expect(isHistoryArriving(third.desk.db)).toBe(false);
    expect(faultsOf(third)).toEqual([]);
    rmSync(stick, { recursive: true });
    await finish(third);
    await expectAllEqual(third);
  });

  it('reads the list from its start when the server was restored meanwhile, and lacks nothing', async () => {
    const third = await joinEarly();
    await workFor(40);
    await meetServer(third);
    await db.transaction((writes) => writes.run("UPDATE server_facts SET value = ? WHERE name = 'epoch'", randomUUID()));
    await restartServer();
    await finish(third);
    await expectAllEqual(third, second);
  });
});

describe('a snapshot that has begun', () => {
  it('leaves no short register and no false gap, and gives way to the list where the server has none any more', async () => {
    const third = await joinEarly();
    await workFor(40);
    const { fingerprint } = await third.must('sync.look', { address });
    await third.must('sync.connect', { address, fingerprint, code: null });
    await pauseWhen(third, () => readSnapshotStand(third.desk.db) !== null);
    expect((await third.must('sync.status', {})).older).toMatchObject({ part: 'open', minutes: null });
    expect(await third.call('registers.totals', { from: '2026-11-01', to: '2026-12-31' })).toMatchObject({ ok: false, error: { code: 'sync.olderArriving' } });
    expect(faultsOf(third)).toEqual([]);
    await restartServer(1_000_000);
    await finish(third);
    await expectAllEqual(third);
  });

  it('goes on where it was after a power cut, also where its pages are many', async () => {
    const third = await joinEarly();
    const { open } = await workFor(80);
    const { fingerprint } = await third.must('sync.look', { address });
    await third.must('sync.connect', { address, fingerprint, code: null });
    await pauseWhen(third, () => readSnapshotStand(third.desk.db) !== null);
    const at = readSnapshotStand(third.desk.db);
    await third.crash();
    await third.start();
    expect(readSnapshotStand(third.desk.db)).toEqual(at);
    await third.must('sync.resume', {});
    await pauseWhen(third, () => readFill(third.desk.db) !== null);
    expect(await listed(third)).toEqual(open);
    await finish(third);
    await expectAllEqual(third);
  });
});

describe('a snapshot', () => {
  it('never brings back what was erased, neither what was above nor what a desk held', async () => {
    const third = await joinEarly();
    const { open } = await workFor(40);
    await meetServer(third);
    await first.must('dossiers.erase', { id: open[0]!, idempotencyKey: randomUUID(), reason: 'Theo yêu cầu' });
    await handUp();
    await finish(third);
    const fourth = await office.join(third, 'Máy 4');
    await meetServer(fourth);
    for (const desk of [third, fourth]) {
      expect((await desk.call('dossiers.get', { id: open[0]! })).ok).toBe(false);
      expect(desk.desk.db.value("SELECT count(*) FROM operations WHERE hex(subject) = ? AND body IS NOT NULL", open[0]!.replaceAll('-', '').toUpperCase())).toBe(0);
    }
    await finish(fourth);
    await expectAllEqual(third, fourth);
  });

  it('is handed to no desk that was stopped, nor its next page', async () => {
    const third = await joinEarly();
    await workFor(30);
    const { fingerprint } = await third.must('sync.look', { address });
    await third.must('sync.connect', { address, fingerprint, code: null });
    await pauseWhen(third, () => readSnapshotStand(third.desk.db) !== null);
    await syncNow(first);
    await first.must('desks.revoke', { desk: third.desk.deskId, reason: 'Mất máy' });
    await syncNow(first);
    await third.must('sync.resume', {});
    await third.core.sync.settled();
    expect(await third.must('sync.status', {})).toMatchObject({ state: 'refused', code: 'sync.revoked' });
    expect(await listed(third)).toEqual([]);
  });

  it('that another key signed, that is of another office or not whole leaves nothing behind', async () => {
    const third = await joinEarly();
    const { open } = await workFor(30);
    const { identity } = server;
    const desk = third.desk;
    const told = { server: identity.server, publicKey: identity.publicKey, address, name: 'Máy chủ thử' };
    await third.must('sync.connect', { address, fingerprint: (await third.must('sync.look', { address })).fingerprint, code: null });
    await pauseWhen(third, () => readSnapshotStand(desk.db) !== null);
    const page = (await readSnapshotPage({ db, identity }, { office: desk.office().id, device: desk.device, asked: snapshotRequest(desk), bytesMax: 1_000_000, operationsMin: 1 }))!;
    const before = [logsOf(third), readSnapshotStand(desk.db)];
    const take = (one: WrittenPage, of = told) => takePage(desk, of, { answer: { epoch: identity.epoch, snapshot: one.page } as PageTaking['answer'], bytes: one.bytes, isOver: () => false, alongside: () => undefined });
    const signedAgain = (bytes: Uint8Array): WrittenPage => ({ bytes, page: { ...page.page, signature: signText(identity.privateKey, snapshotText(identity.server, desk.office().id, identity.epoch, page.page, hash('sha256', bytes))) } });
    const otherKey = signText(generateSigningKeyPair().privateKey, snapshotText(identity.server, desk.office().id, identity.epoch, page.page, hash('sha256', page.bytes)));
    for (const bad of [{ ...page, page: { ...page.page, signature: otherKey } }, { ...page, page: { ...page.page, position: page.page.position + 1 } }, { ...page, page: { ...page.page, ends: [] } }, { ...page, bytes: page.bytes.subarray(0, -1) }]) {
      expect(await take(bad)).toMatchObject({ ok: false, error: { code: 'wrongKey', retry: false } });
    }
    const foreign = encodeSnapshot(randomUUID() as OfficeId, valueOf(decodeSnapshot(page.bytes, desk.office().id)));
    for (const bytes of [page.bytes.subarray(0, -1), page.bytes.subarray(0, 40), new Uint8Array(), foreign]) expect(await take(signedAgain(bytes))).toMatchObject({ ok: false, error: { code: 'malformedAnswer' } });
    expect([logsOf(third), readSnapshotStand(desk.db)]).toEqual(before);
    expect((await take(page)).ok).toBe(true);
    expect(valueOf(await foldArrived(desk))).toBeUndefined();
    expect(await listed(third)).toEqual(open);
    // What one end of a log says that its own device did not sign is not gone on from.
    expect(desk.db.value('SELECT count(*) FROM log_tops')).toBe(2);
  });

  it('whose operation the log itself contradicts is shown, and the log is not taken in over it', async () => {
    const third = await joinEarly();
    const { open } = await workFor(30);
    await meetServer(third);
    const subject = Buffer.from(open[0]!.replaceAll('-', ''), 'hex');
    third.desk.db.run("UPDATE operations SET hash = zeroblob(32) WHERE subject = ?", subject);
    await finish(third);
    expect((await third.must('sync.status', {})).quarantined.map(({ code }) => code)).toContain('branch.badChain');
    expect(isHistoryArriving(third.desk.db)).toBe(true);
    expect((await third.must('sync.status', {})).older).toMatchObject({ part: 'older' });
  });
});
