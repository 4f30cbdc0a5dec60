import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { composeServer, type CentralServer } from '../../../src-server/compose-server.ts';
import type { ServerDb } from '../../../src-server/db/server-db.ts';
import { openSqliteServerDb } from '../../../src-server/db/sqlite-server-db.ts';
import { makeAdmissionCode } from '../../../src-server/features/admissions/admit-office.ts';
import { receiveInput, setUpCoreOffice, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';
import { CuttingLink, streamChunks } from '../../helpers/cutting-link.ts';
import { valueOf } from '../../helpers/open-test-desk.ts';
import { dumpProjections } from '../../helpers/projection-dump.ts';
import { connect, logsOf, syncNow } from '../../helpers/sync-office.ts';
import { createChance } from '../../simulation/seeded-chance.ts';

const NOW_MS = Date.UTC(2026, 10, 27, 3);
let folder: string;
let db: ServerDb;
let server: CentralServer;
let lines: string[];
let link: CuttingLink;
let address: string;
let office: CoreOffice;
let first: CoreDesk;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'motcua-stream-'));
  db = valueOf(openSqliteServerDb(folder));
  lines = [];
  server = await composeServer({ db, name: 'Máy chủ thử', nowMs: () => NOW_MS, logTo: { write: (line) => void lines.push(line) } });
  link = new CuttingLink(await server.http.listen({ host: '127.0.0.1', port: 0 }));
  address = await link.listen();
  office = await setUpCoreOffice();
  first = office.first;
});

afterEach(async () => {
  await office.end();
  await link.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function held(): Promise<Map<string, readonly string[]>> {
  const logs = new Map<string, string[]>();
  for (const { device, hash } of await db.all<{ device: string; hash: Uint8Array }>('SELECT device, hash FROM operations ORDER BY device, seq')) logs.set(device, [...(logs.get(device) ?? []), Buffer.from(hash).toString('hex')]);
  return logs;
}

const frames = async () => (await db.get<{ count: number }>('SELECT count(*) AS count FROM frames'))!.count;
const streams = () => lines.filter((line) => line.includes('"method":"POST","url":"/sync/v1/stream"')).length;
const waiting = async (desk: CoreDesk) => (await desk.must('sync.status', {})).waiting.operations;

/** Within a second, so that what is remembered for minutes still is. */
async function receiveMany(desk: CoreDesk, count: number, noteOf: () => string = () => ''): Promise<void> {
  for (let each = 0; each < count; each += 1) {
    office.time.ms += 1;
    await desk.must('dossiers.receive', receiveInput(office.time, { note: noteOf() }));
  }
}

/** Until the desk has nothing left. */
async function syncThrough(desk: CoreDesk, attemptsMax: number): Promise<void> {
  for (let attempts = 0; await waiting(desk) > 0; attempts += 1) {
    expect(attempts).toBeLessThan(attemptsMax);
    await syncNow(desk);
  }
}

describe('a stream', () => {
  it('carries much both ways, frame by frame, over one request each', async () => {
    const second = await office.join(first, 'Máy 2');
    await receiveMany(first, 200);
    await connect(first, address, await makeAdmissionCode(db, NOW_MS));
    await connect(second, address, null);
    await syncNow(first);
    expect(await held()).toEqual(logsOf(first));
    expect(logsOf(second)).toEqual(logsOf(first));
    expect(dumpProjections(second.desk.db)).toEqual(dumpProjections(first.desk.db));
    expect(streams()).toBe(2);
    // Each frame was committed by itself.
    expect(await frames()).toBeGreaterThan(5);
    expect(await first.must('sync.status', {})).toMatchObject({ state: 'resting', waiting: { operations: 0 }, quarantined: [] });
  });

  it('loses and doubles nothing when it is cut at random byte places, and little is sent again', { timeout: 120_000 }, async () => {
    await connect(first, address, await makeAdmissionCode(db, NOW_MS));
    const chance = createChance(20261127);
    // Nothing that a frame could say shorter.
    await receiveMany(first, 300, () => Array.from({ length: 40 }, () => chance.between(0, 0xffffff).toString(36)).join(' '));
    const resent: number[] = [];
    for (let attempts = 0; (await waiting(first)) > 0; attempts += 1) {
      expect(attempts).toBeLessThan(200);
      const framesBefore = await frames();
      const connectionsBefore = link.connections;
      // Resumed, the desk asks on a connection of its own, and streams by that.
      await first.must('sync.pause', {});
      link.plans = [{ upBytes: chance.between(1_500, 9_000), downBytes: chance.isHit(0.5) ? Infinity : chance.between(800, 9_200), how: 'reset' }];
      await first.must('sync.resume', {});
      await first.core.sync.settled();
      // A message that was cut in two may still be on its way to the server's end of the link.
      await nextTurn();
      const sizes = link.written.slice(connectionsBefore).flatMap((written) => streamChunks(written).slice(1));
      resent.push(sizes.slice((await frames()) - framesBefore).reduce((sum, size) => sum + size, 0));
    }
    expect(await held()).toEqual(logsOf(first));
    resent.sort((a, b) => a - b);
    expect(resent.length).toBeGreaterThan(5);
    expect(resent[Math.floor(resent.length * 0.95)]!).toBeLessThanOrEqual(16_384);
  });

  it('that broke off is paid for from the day\'s bytes', async () => {
    await connect(first, address, await makeAdmissionCode(db, NOW_MS));
    await syncNow(first);
    const spent = async () => (await first.must('sync.status', {})).budget.bytesToday;
    await receiveMany(first, 40);
    const before = await spent();
    await first.stop();
    const { connections } = link;
    link.plans = [1, 2, 3].map(() => ({ upBytes: 4_000, downBytes: Infinity, how: 'reset' }));
    await first.start();
    await syncNow(first);
    expect(link.connections).toBeGreaterThan(connections);
    expect(await waiting(first)).toBeGreaterThan(0);
    const gone = link.written.slice(connections).flat().reduce((sum, { byteLength }) => sum + byteLength, 0);
    expect(gone).toBeGreaterThan(500);
    expect((await spent()) - before).toBeGreaterThanOrEqual(gone * 0.8);
  });

  it('takes in what others wrote once, wherever it is cut on the way down', { timeout: 120_000 }, async () => {
    const second = await office.join(first, 'Máy 2');
    await connect(second, address, await makeAdmissionCode(db, NOW_MS));
    await syncNow(second);
    await connect(first, address, null);
    await receiveMany(first, 50);
    await syncNow(first);
    const chance = createChance(7);
    for (let attempts = 0; attempts < 12; attempts += 1) {
      link.plans = [{ upBytes: Infinity, downBytes: chance.between(1_500, 13_500), how: 'reset' }];
      await syncNow(second);
    }
    link.plans = [];
    await syncNow(second);
    await syncNow(first);
    expect(logsOf(second)).toEqual(logsOf(first));
    expect(dumpProjections(second.desk.db)).toEqual(dumpProjections(first.desk.db));
  });

  it('on a connection that has fallen silent is dropped once a fresh one is answered, and goes on at once', async () => {
    await connect(first, address, await makeAdmissionCode(db, NOW_MS));
    await receiveMany(first, 200);
    const broken = new Promise<void>((resolve) => {
      link.onBroken = resolve;
    });
    // Resumed, the desk asks on a connection of its own, and streams by that.
    await first.must('sync.pause', {});
    // In the words that open the stream: no answer to it is on its way, which would take the doubt back.
    link.plans = [{ upBytes: 1_000, downBytes: Infinity, how: 'silent' }];
    await first.must('sync.resume', {});
    await broken;
    const before = link.connections;
    first.timers.fire();
    await first.core.sync.settled();
    expect(link.connections).toBeGreaterThan(before);
    expect(await held()).toEqual(logsOf(first));
  });

  it('behind a proxy that keeps a body until its end gives way to turns by itself, also after a restart, and is tried again later', async () => {
    await connect(first, address, await makeAdmissionCode(db, NOW_MS));
    await receiveMany(first, 200);
    const kept = new Promise<void>((resolve) => {
      link.onKept = resolve;
    });
    link.isBuffering = true;
    await first.must('sync.now', {});
    await kept;
    first.timers.fire();
    await first.core.sync.settled();
    expect(await held()).toEqual(logsOf(first));
    await first.stop();
    await first.start();
    await receiveMany(first, 150);
    const before = streams();
    await syncThrough(first, 5);
    expect(streams()).toBe(before);
    link.isBuffering = false;
    office.time.ms += 3_600_000;
    await first.must('sync.pause', {});
    await receiveMany(first, 200);
    await first.must('sync.resume', {});
    await first.core.sync.settled();
    expect(streams()).toBeGreaterThan(before);
    expect(await held()).toEqual(logsOf(first));
  });

  it('ends when the server stops, and another process of it goes on', async () => {
    await connect(first, address, await makeAdmissionCode(db, NOW_MS));
    await receiveMany(first, 50);
    await first.must('sync.now', {});
    await server.http.close();
    await first.core.sync.settled();
    expect((await first.must('sync.status', {})).state).toBe('waiting');
    expect(await waiting(first)).toBeGreaterThan(0);
  });

  it('of a desk that is revoked meanwhile ends with a refusal', async () => {
    await connect(first, address, await makeAdmissionCode(db, NOW_MS));
    await receiveMany(first, 50);
    await db.transaction((writes) => writes.run('UPDATE devices SET revoked = 1 WHERE device = ?', first.desk.device));
    await syncNow(first);
    expect(await first.must('sync.status', {})).toMatchObject({ state: 'refused', code: 'sync.revoked' });
  });
});
