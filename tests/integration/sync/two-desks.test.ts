import { cpSync, rmSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepAside, listQuarantine, raiseHeld } from '../../../src-main/core/features/sync/sync-queries.ts';
import { generateSigningKeyPair } from '../../../src-node/crypto/keys.ts';
import { setUpCoreOffice, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';
import { dumpProjections } from '../../helpers/projection-dump.ts';
import { SmallSyncServer, type Cut } from '../../helpers/small-sync-server.ts';
import { connect, logsOf, receive, syncNow } from '../../helpers/sync-office.ts';

let office: CoreOffice;
let server: SmallSyncServer;
let address: string;
let first: CoreDesk;
let second: CoreDesk;

beforeEach(async () => {
  office = await setUpCoreOffice();
  first = office.first;
  second = await office.join(first, 'Máy 2');
  server = new SmallSyncServer();
  address = await server.listen();
});

afterEach(async () => {
  await office.end();
  await server.close();
});

async function expectAllEqual(): Promise<void> {
  const logs = logsOf(first);
  expect(logsOf(second)).toEqual(logs);
  expect(server.held(first.desk.office().id)).toEqual(logs);
  expect(dumpProjections(second.desk.db)).toEqual(dumpProjections(first.desk.db));
  for (const desk of [first, second]) expect((await desk.must('sync.status', {})).quarantined).toEqual([]);
}

describe('two desks and their server', () => {
  it('have everything once, folded alike', async () => {
    for (let count = 0; count < 5; count += 1) await receive(count % 2 ? first : second, office);
    await connect(first, address, server.code);
    await connect(second, address, null);
    await syncNow(first);
    await expectAllEqual();
    const status = await first.must('sync.status', {});
    expect(status).toMatchObject({ state: 'resting', code: null, waiting: { operations: 0, bytes: 0, oldestAgeMs: null } });
    expect(status.acknowledged).toEqual({ operations: status.acknowledged.of, of: first.desk.log.head().seq });
    expect(server.resent).toBe(0);
  });

  it('send what was written by themselves, soon after', async () => {
    await connect(first, address, server.code);
    await receive(first, office);
    expect((await first.must('sync.status', {})).waiting.operations).toBeGreaterThan(0);
    first.timers.fire();
    await first.core.sync.settled();
    expect((await first.must('sync.status', {})).waiting.operations).toBe(0);
  });

  it.each<Cut>(['request', 'answer', 'halfAnswer'])('lose and double nothing when the link is cut at each exchange in turn (%s)', async (cut) => {
    await connect(first, address, server.code);
    await connect(second, address, null);
    for (let at = 0; at < 4; at += 1) {
      await receive(first, office);
      await receive(second, office);
      server.cuts = [...Array<null>(at).fill(null), cut];
      for (const desk of [first, second]) {
        await syncNow(desk);
        for (let tries = 0; tries < 3; tries += 1) {
          if ((await desk.must('sync.status', {})).state === 'waiting') expect((await desk.must('sync.status', {})).code).toBe('unreachable');
          desk.timers.fire();
          await desk.core.sync.settled();
        }
      }
      server.cuts = [];
    }
    await syncNow(first);
    await expectAllEqual();
    expect(server.resent).toBe(0);
  });

  it('go on after a restart of the core where they were', async () => {
    await connect(first, address, server.code);
    await receive(first, office);
    server.cuts = ['answer'];
    await syncNow(first);
    await first.crash();
    await first.start();
    await receive(first, office);
    await syncNow(first);
    await connect(second, address, null);
    await syncNow(first);
    await expectAllEqual();
    expect(server.resent).toBe(0);
  });

  it('send again what a restored server lacks, also of each other', async () => {
    await connect(first, address, server.code);
    await connect(second, address, null);
    for (let count = 0; count < 3; count += 1) {
      await receive(first, office);
      await syncNow(first);
      await receive(second, office);
      await syncNow(second);
    }
    await syncNow(first);
    server.restoreTo(2);
    // The second desk stays away: the first one has its work too.
    await syncNow(first);
    await syncNow(first);
    await expectAllEqual();
  });

  it('bring back a server that has lost everything, also when the desk that founded the office is gone', async () => {
    await connect(first, address, server.code);
    await connect(second, address, null);
    await receive(first, office);
    await syncNow(first);
    await syncNow(second);
    server.restoreTo(0);
    await receive(second, office);
    await syncNow(second);
    expect(server.held(first.desk.office().id)).toEqual(logsOf(second));
    await syncNow(first);
    await expectAllEqual();
  });

  it('receive as always while much comes in, and are equal afterwards', async () => {
    await connect(first, address, server.code);
    for (let count = 0; count < 120; count += 1) await receive(first, office);
    await syncNow(first);
    const { fingerprint } = await second.must('sync.look', { address });
    await second.must('sync.connect', { address, fingerprint, code: null });
    for (let count = 0; count < 10; count += 1) {
      await receive(second, office);
      await nextTurn();
    }
    expect((await second.must('sync.status', {})).state).not.toBe('resting');
    await second.core.sync.settled();
    await syncNow(second);
    await syncNow(first);
    await expectAllEqual();
  });

  it('take an answer twice and have it once', async () => {
    await connect(first, address, server.code);
    await connect(second, address, null);
    await receive(first, office);
    await syncNow(first);
    server.cuts = ['halfAnswer'];
    await syncNow(second);
    second.timers.fire();
    await second.core.sync.settled();
    second.desk.db.run("UPDATE desk_facts SET value = 'null' WHERE name = 'syncCursor'");
    await syncNow(second);
    await syncNow(first);
    await expectAllEqual();
  });
});

describe('a desk', () => {
  it('believes no server that signs with another key', async () => {
    await connect(first, address, server.code);
    await receive(first, office);
    server.keys = generateSigningKeyPair();
    await syncNow(first);
    const status = await first.must('sync.status', {});
    expect(status).toMatchObject({ state: 'refused', code: 'wrongKey' });
    expect(status.acknowledged.operations).toBeLessThan(status.acknowledged.of);
  });

  it('keeps a frame aside that it cannot take in, takes the others, and has the list read again when somebody wishes', async () => {
    await connect(first, address, server.code);
    await connect(second, address, null);
    await receive(first, office);
    await syncNow(first);
    server.spoil = (bytes) => Buffer.from(bytes).fill(0, 20, 40);
    await syncNow(second);
    server.spoil = null;
    await receive(first, office);
    await syncNow(first);
    second.timers.fire();
    await second.core.sync.settled();
    const { quarantined, state } = await second.must('sync.status', {});
    expect(state).toBe('resting');
    expect(quarantined.map(({ direction, code }) => [direction, code])).toEqual([['down', 'frame.malformed'], ['down', 'branch.gap']]);
    // Whoever wishes has the list read again; what was only waiting for the spoilt frame follows it.
    await syncNow(second);
    await syncNow(first);
    await expectAllEqual();
  });

  it('tells what the server does not take of it, and sends it again when somebody wishes', async () => {
    await connect(first, address, server.code);
    await receive(first, office);
    server.refusedDevices.add(first.desk.device);
    await syncNow(first);
    const told = await first.must('sync.status', {});
    expect(told.quarantined).toMatchObject([{ direction: 'up', device: first.desk.device, deskName: 'Máy 1' }]);
    expect(told.waiting.operations).toBeGreaterThan(0);
    server.refusedDevices.clear();
    await syncNow(first);
    expect(await first.must('sync.status', {})).toMatchObject({ quarantined: [], waiting: { operations: 0 } });
  });

  it('sends what was not taken again within the hour, although its link never breaks and nobody wishes', async () => {
    await connect(first, address, server.code);
    await receive(first, office);
    server.refusedDevices.add(first.desk.device);
    await syncNow(first);
    server.refusedDevices.clear();
    for (const minutes of [2, 60]) {
      office.time.ms += minutes * 60_000;
      first.timers.fire();
      await first.core.sync.settled();
    }
    expect(await first.must('sync.status', {})).toMatchObject({ quarantined: [], waiting: { operations: 0 } });
  });

  it('keeps nothing aside that the server holds by now, whoever told of it', async () => {
    await connect(first, address, server.code);
    const { device, log, db } = first.desk;
    log.write<undefined>((writing) => {
      keepAside(writing.db, { direction: 'up', device, seq: 3, code: 'branch.unknownDevice', detail: '', atMs: 0, frame: null });
      raiseHeld(writing, device, 2);
      return { ok: true, value: undefined };
    });
    expect(listQuarantine(db)).toHaveLength(1);
    log.write<undefined>((writing) => {
      raiseHeld(writing, device, 3);
      return { ok: true, value: undefined };
    });
    expect(listQuarantine(db)).toEqual([]);
  });

  it('that was restored gets back what it had sent, and its new device is known', async () => {
    await connect(first, address, server.code);
    await receive(first, office);
    await syncNow(first);
    const backup = first.copyFiles();
    await receive(first, office);
    await syncNow(first);
    await first.stop();
    first.restore(backup);
    await first.start();
    await syncNow(first);
    await connect(second, address, null);
    await syncNow(first);
    await expectAllEqual();
  });

  it('whose folder and machine were both set back hears that another one writes by its name, and hands nothing up as if it had', async () => {
    await connect(first, address, server.code);
    await receive(first, office);
    await syncNow(first);
    const backup = first.copyFiles();
    const state = `${first.place.stateDir}-kept`;
    cpSync(first.place.stateDir, state, { recursive: true });
    await receive(first, office);
    await receive(first, office);
    await syncNow(first);
    await first.stop();
    first.restore(backup);
    rmSync(first.place.stateDir, { recursive: true });
    cpSync(state, first.place.stateDir, { recursive: true });
    await first.start();
    await receive(first, office);
    await syncNow(first);
    const { quarantined, waiting } = await first.must('sync.status', {});
    expect(quarantined).toMatchObject([{ direction: 'up', device: first.desk.device, code: 'branch.ownDevice' }]);
    expect(waiting.operations).toBeGreaterThan(0);
  });

  it('hands on the long log of the device that it was before as one frame, and other desks take it in', async () => {
    for (let count = 0; count < 90; count += 1) await receive(first, office);
    await first.stop();
    // Another machine with this folder: a new device that follows the old one.
    rmSync(first.place.stateDir, { recursive: true });
    await first.start();
    await connect(first, address, server.code);
    await connect(second, address, null);
    await syncNow(first);
    await expectAllEqual();
    expect(logsOf(first).size).toBe(3);
  });

  it('tells why the server refuses it and asks no more by itself', async () => {
    await connect(first, address, server.code);
    server.refusal = 'sync.revoked';
    await syncNow(first);
    const asked = server.requests.length;
    await receive(first, office);
    expect(await first.must('sync.status', {})).toMatchObject({ state: 'refused', code: 'sync.revoked' });
    expect(server.requests.length).toBe(asked);
  });
});
