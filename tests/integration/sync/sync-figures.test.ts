import { afterEach, beforeEach, expect, it } from 'vitest';
import { DAY_MS } from '../../../src-shared/lib/office-time.ts';
import { setUpCoreOffice, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';
import { SmallSyncServer } from '../../helpers/small-sync-server.ts';
import { connect, receive, syncNow } from '../../helpers/sync-office.ts';

let office: CoreOffice;
let server: SmallSyncServer;
let desk: CoreDesk;

beforeEach(async () => {
  office = await setUpCoreOffice();
  desk = office.first;
  server = new SmallSyncServer();
  await connect(desk, await server.listen(), server.code);
});

afterEach(async () => {
  await office.end();
  await server.close();
});

it('a dossier is above once the server has signed for all that was written of it, and still is after a restart', async () => {
  const dossier = await receive(desk, office);
  const delivery = async () => (await desk.must('dossiers.get', { id: dossier })).dossier.delivery!;
  const isAbove = async () => (await desk.must('dossiers.search', {})).dossiers.find(({ id }) => id === dossier)!.isAbove;
  expect(await delivery()).toMatchObject({ delivered: 0, signed: 0 });
  expect(await isAbove()).toBe(false);
  expect((await desk.must('sync.status', {})).waiting.dossiers).toBe(1);
  await syncNow(desk);
  const { operations } = await delivery();
  expect(operations).toBeGreaterThan(0);
  await desk.stop();
  await desk.start();
  expect(await delivery()).toEqual({ operations, delivered: operations, signed: operations });
  expect(await isAbove()).toBe(true);
  // A server that only says that it has it, without its signature, proves nothing.
  desk.desk.db.run('UPDATE sync_logs SET acknowledged = 0');
  expect(await isAbove()).toBe(false);
});

it('of others is above as soon as the server has handed it over', async () => {
  const second = await office.join(desk, 'Máy 2');
  await syncNow(desk);
  const dossier = await receive(desk, office);
  await syncNow(desk);
  const { address } = (await desk.must('sync.status', {})).server!;
  await connect(second, address, null);
  const { operations, delivered, signed } = (await second.must('dossiers.get', { id: dossier })).dossier.delivery!;
  // There, but not signed for to this desk, which wrote nothing of it.
  expect([operations > 0, delivered, signed]).toEqual([true, operations, 0]);
});

it('counts the bytes of a connection that broke off before anything was answered', async () => {
  const spent = async () => (await desk.must('sync.status', {})).budget.bytesToday;
  await syncNow(desk);
  const before = await spent();
  await receive(desk, office);
  server.cuts = ['request', 'answer', 'halfAnswer'];
  await syncNow(desk);
  const once = await spent();
  expect(once - before).toBeGreaterThan(300);
  await desk.stop();
  await desk.start();
  expect(await spent()).toBe(once);
});

it("stops for the day when its bytes are used up, says so, sends once when somebody wishes, and goes on the next day", async () => {
  await desk.must('sync.setBudget', { bytesPerDay: 1_000_000 });
  desk.desk.db.run("INSERT INTO desk_facts (name, value) VALUES ('syncSpent', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", JSON.stringify({ date: desk.desk.clock.businessDate(), bytes: 1_000_000 }));
  await receive(desk, office);
  const asked = server.requests.length;
  desk.timers.fire();
  await desk.core.sync.settled();
  expect(server.requests.length).toBe(asked);
  expect(await desk.must('sync.status', {})).toMatchObject({ state: 'waiting', code: 'budgetUsed', budget: { bytesPerDay: 1_000_000 } });
  await syncNow(desk);
  expect((await desk.must('sync.status', {})).waiting.operations).toBe(0);
  await receive(desk, office);
  desk.timers.fire();
  await desk.core.sync.settled();
  expect((await desk.must('sync.status', {})).code).toBe('budgetUsed');
  office.time.ms += DAY_MS;
  desk.timers.fire();
  await desk.core.sync.settled();
  expect(await desk.must('sync.status', {})).toMatchObject({ state: 'resting', waiting: { operations: 0 } });
});
