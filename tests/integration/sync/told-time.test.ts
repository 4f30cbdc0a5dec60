import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../src-shared/lib/office-time.ts';
import { ADMIN_PASSWORD, receiveInput, setUpCoreOffice, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';
import { SmallSyncServer } from '../../helpers/small-sync-server.ts';
import { connect, syncNow } from '../../helpers/sync-office.ts';

const CLERK = { name: 'Giàng A Páo', title: '', formOfAddress: 'anh', roles: ['reception'], password: ADMIN_PASSWORD } as const;
const UNVERIFIED = 'ngày giờ chưa xác minh';

let office: CoreOffice;
let server: SmallSyncServer;
let desk: CoreDesk;

/** The machine's clock has gone a year ahead, and a clerk has typed the date: nobody has confirmed it. */
beforeEach(async () => {
  office = await setUpCoreOffice();
  desk = office.first;
  server = new SmallSyncServer();
  server.nowMs = office.time.ms + 365 * DAY_MS;
  await connect(desk, await server.listen(), server.code);
  await desk.must('officers.create', { ...CLERK, roles: [...CLERK.roles] });
  await desk.signIn(CLERK.name);
  desk.clock.offMs += 365 * DAY_MS;
  expect(await desk.must('desks.confirmDate', { date: '2026-11-23' })).toEqual({ clockUnverified: true });
});

afterEach(async () => {
  await office.end();
  await server.close();
});

/** A dossier received now: its page, and the words of its receipt. */
async function receiveNow() {
  office.time.ms += 60_000;
  const { dossier, job } = await desk.must('dossiers.receive', { ...receiveInput(office.time), receiptWanted: true });
  const { html: paper } = await desk.must('forms.render', { job: job!.id, copies: 'all' });
  return { code: dossier.code, clockUnverified: dossier.clockUnverified, dueAt: dossier.dueAt, saysUnverified: paper.includes(UNVERIFIED) };
}

/** What the officer is told of the time, on every screen and on the part about the upper tier. */
async function said() {
  const { office: open } = await desk.must('office.get', {});
  const { state, code, sentence } = await desk.must('sync.status', {});
  return { clockUnverified: open!.clockUnverified, dateQuestion: open!.dateQuestion, day: new Date(open!.businessNow).toISOString().slice(0, 10), sync: { state, code, sentence } };
}

const WELL = { state: 'resting', code: null, sentence: null };

describe('the time that a server tells', () => {
  it('confirms a typed date of the same day: papers say nothing of doubt any more, also after a restart', async () => {
    expect(await receiveNow()).toMatchObject({ clockUnverified: true, saysUnverified: true });
    server.nowMs = office.time.ms;
    await syncNow(desk);
    expect(await said()).toEqual({ clockUnverified: false, dateQuestion: null, day: '2026-11-23', sync: WELL });
    expect(await receiveNow()).toMatchObject({ code: expect.stringContaining('-261123-') as string, clockUnverified: false, saysUnverified: false });
    await desk.stop();
    await desk.start(CLERK.name);
    expect(await said()).toMatchObject({ clockUnverified: false, dateQuestion: null });
    expect(await receiveNow()).toMatchObject({ clockUnverified: false, saysUnverified: false });
  });

  it('a year away changes nothing, and the officer hears nothing of it', async () => {
    const before = await said();
    const first = await receiveNow();
    for (const years of [1, -1]) {
      server.nowMs = office.time.ms + years * 365 * DAY_MS;
      await syncNow(desk);
      expect(await said()).toEqual({ ...before, sync: WELL });
      expect(await receiveNow()).toEqual({ ...first, code: expect.stringContaining('-261123-') as string });
    }
    expect(first).toMatchObject({ clockUnverified: true, saysUnverified: true });
    // Somebody of the office still can.
    await desk.signIn();
    expect(await desk.must('desks.confirmDate', { date: '2026-11-23' })).toEqual({ clockUnverified: false });
    expect(await receiveNow()).toMatchObject({ clockUnverified: false, saysUnverified: false });
  });
});
