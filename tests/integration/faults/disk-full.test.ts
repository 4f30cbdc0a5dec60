import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { composeCore } from '../../../src-main/core/compose-core.ts';
import { connectionOf } from '../../../src-node/db/sqlite.ts';
import { ERRORS } from '../../../src-shared/contract/errors.ts';
import { officeDate } from '../../../src-shared/lib/office-time.ts';
import { valueOf } from '../../helpers/core-desk.ts';
import { CAN_MAKE_DISKS, draftInput, makeSmallDisk, newFaultDesk, OFFICE_SETUP, openFaultDesk, type FaultDesk, type SmallDisk } from './fault-desk.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function smallDisk(megabytes = 8): SmallDisk {
  const disk = makeSmallDisk(megabytes)!;
  ends.push(disk.remove);
  return disk;
}

function keeping(desk: FaultDesk): FaultDesk {
  ends.push(desk.end);
  return desk;
}

/** Receives until the desk refuses; gives the refused request and how many were received before it. */
async function receiveUntilRefused(desk: FaultDesk) {
  for (let received = 0; received < 400; received += 1) {
    const input = desk.receiveInput();
    const answer = await desk.machine.call('dossiers.receive', input);
    if (!answer.ok) return { input, error: answer.error, received };
  }
  throw new Error('the disk never became full');
}

/** The desk refuses while there is no room, shows what it has, and goes on in the same process once there is room again. */
async function expectToSurvive(desk: FaultDesk, free: () => void): Promise<void> {
  const draft = randomUUID();
  await desk.machine.must('drafts.save', draftInput(1, draft));
  const before = (await desk.listCodes()).length;
  const refused = await receiveUntilRefused(desk);
  expect(refused.error).toEqual({ code: 'storage.full', sentence: ERRORS['storage.full'].sentence });
  const kept = await desk.listCodes();
  expect(kept).toHaveLength(before + refused.received);
  for (let attempt = 0; attempt < 3; attempt += 1) expect((await desk.machine.call('dossiers.receive', refused.input)).ok).toBe(false);
  expect(await desk.listCodes()).toEqual(kept);

  free();
  const again = await desk.machine.must('dossiers.receive', refused.input);
  await desk.machine.must('drafts.save', draftInput(2, draft));
  const counters = (await desk.listCodes()).map((code) => Number(code.slice(-3)));
  expect(counters).toEqual(Array.from({ length: kept.length + 1 }, (_, index) => index + 1));
  expect(again.job?.copies).toHaveLength(2);
  expect(await desk.verify()).toMatchObject({ ok: true, faults: [] });

  await desk.machine.stop();
  await desk.machine.start();
  expect(await desk.listCodes()).toHaveLength(kept.length + 1);
  expect((await desk.machine.must('drafts.list', {})).drafts).toMatchObject([{ id: draft, revision: 2 }]);
  expect((await desk.machine.office()).newIncarnation).toBeNull();
}

describe('a full disk', () => {
  it('refuses whole with storage.full, and work goes on in the same process once there is room', async () => {
    const desk = keeping(await openFaultDesk());
    await desk.receive();
    const connection = connectionOf(desk.machine.desk.db);
    connection.pragma(`max_page_count=${Number(connection.pragma('page_count')) + 12}`);
    await expectToSurvive(desk, () => void connection.pragma('max_page_count=1000000'));
  });

  it.skipIf(!CAN_MAKE_DISKS)('does the same when the disk itself has no byte left', async () => {
    const disk = smallDisk();
    const desk = keeping(await openFaultDesk(disk));
    await desk.receive();
    disk.fillBut(150_000);
    await expectToSurvive(desk, disk.free);
  });

  it.skipIf(!CAN_MAKE_DISKS)('lets nobody in half-way: signing in waits for room and then finds everything', async () => {
    const disk = smallDisk();
    const desk = keeping(await openFaultDesk(disk));
    const code = await desk.receive();
    await desk.machine.stop();
    disk.fill();
    desk.machine.boot();
    await expect(desk.machine.signIn()).rejects.toThrow('storage.full');
    disk.free();
    await desk.machine.signIn();
    expect(await desk.listCodes()).toEqual([code]);
    expect((await desk.machine.office()).newIncarnation).toBeNull();
  });

  it.skipIf(!CAN_MAKE_DISKS)('leaves a desk still to be set up when the set-up did not fit', async () => {
    const disk = smallDisk();
    const desk = keeping(newFaultDesk(disk));
    desk.machine.boot();
    const input = { ...OFFICE_SETUP, confirmedDate: officeDate(desk.time.ms) };
    for (const room of [0, 20_000, 150_000]) {
      disk.fillBut(room);
      expect(await desk.machine.call('office.setup', input)).toMatchObject({ ok: false, error: { code: 'storage.full' } });
      expect((await desk.machine.must('office.get', {})).state).toBe('setup');
      disk.free();
    }
    desk.machine.adopt((await desk.machine.must('office.setup', input)).session.token);
    expect(await desk.receive()).toMatch(/001$/);
  });

  it.skipIf(!CAN_MAKE_DISKS)('of the state folder does not keep the desk from being served', async () => {
    const disk = smallDisk(1);
    disk.fill();
    const root = mkdtempSync(path.join(tmpdir(), 'motcua-state-'));
    ends.push(() => rmSync(root, { recursive: true }));
    const core = valueOf(composeCore({ dataDir: path.join(root, 'data'), stateDir: path.join(disk.dir, 'state'), demo: false, rendererDir: null, log: { warn: () => undefined, error: () => undefined } }));
    ends.push(() => core.close());
    expect((await core.listen(0)).ok).toBe(true);
  });
});
