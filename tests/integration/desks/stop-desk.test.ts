import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN_PASSWORD, receiveInput, setUpCoreOffice, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';

let office: CoreOffice;
let second: CoreDesk;
beforeEach(async () => {
  office = await setUpCoreOffice();
  second = await office.join(office.first, 'Máy 2');
});
afterEach(() => office.end());

const deskId = (desk: CoreDesk) => desk.desk.deskId as string;
const listed = async (by: CoreDesk, id: string) => (await by.must('desks.list', {})).desks.find((one) => one.id === id)!;
const receive = async (desk: CoreDesk) => {
  office.time.ms += 60_000;
  return (await desk.must('dossiers.receive', receiveInput(office.time))).dossier.id;
};
/** One desk takes over what the other has written, as from a stick. */
async function learn(by: CoreDesk, from: CoreDesk) {
  await from.stop();
  const answer = await by.must('desks.importBranch', { dataDir: from.place.dataDir, password: ADMIN_PASSWORD });
  await from.start();
  return answer;
}

describe('a desk that is named and stopped', () => {
  it('gets another name, here and in its own lists, by an act of the office', async () => {
    await office.first.must('desks.rename', { desk: deskId(office.first), name: 'Quầy 1' });
    expect((await office.first.office()).deskName).toBe('Quầy 1');
    const { seq } = office.first.desk.log.head();
    await office.first.must('desks.rename', { desk: deskId(office.first), name: ' Quầy 1 ' });
    expect(office.first.desk.log.head().seq).toBe(seq);
    expect(await office.first.call('desks.rename', { desk: crypto.randomUUID(), name: 'Quầy 9' })).toMatchObject({ error: { code: 'desks.unknown' } });
    const { entries } = await office.first.must('office.history', { limit: 1 });
    expect(entries[0]).toMatchObject({ title: 'Đổi tên máy', actorName: 'Lò Thị Mẩy', lines: [{ label: 'Tên mới', text: 'Quầy 1' }] });
  });

  it('is stopped once, by somebody at another desk, with a reason that stays', async () => {
    await learn(office.first, second);
    const id = deskId(second);
    expect(await office.first.call('desks.revoke', { desk: deskId(office.first), reason: 'x' })).toMatchObject({ error: { code: 'desks.revokeHere' } });
    expect(await office.first.call('desks.revoke', { desk: crypto.randomUUID(), reason: 'x' })).toMatchObject({ error: { code: 'desks.unknown' } });
    expect(await office.first.call('desks.revoke', { desk: id, reason: ' ' })).toMatchObject({ error: { code: 'request.malformed' } });
    await office.first.must('desks.revoke', { desk: id, reason: 'Mất trên đường về huyện' });
    expect(await listed(office.first, id)).toMatchObject({ name: 'Máy 2', revoked: true });
    expect(await office.first.call('desks.revoke', { desk: id, reason: 'x' })).toMatchObject({ error: { code: 'desks.alreadyRevoked' } });
    const { entries } = await office.first.must('office.history', { limit: 1 });
    expect(entries[0]).toMatchObject({ title: 'Ngừng một máy', lines: [{ label: 'Máy', text: 'Máy 2' }, { label: 'Lý do', text: 'Mất trên đường về huyện' }] });
  });

  it('keeps what it wrote before; what it writes later is kept and shown as a conflict; whom it received is in the lists, since a citizen holds the receipt', async () => {
    const early = await receive(second);
    await learn(office.first, second);
    office.time.ms += 60_000;
    await office.first.must('desks.revoke', { desk: deskId(second), reason: 'Hỏng' });
    // Nobody there knows of it yet.
    office.time.ms += 60_000;
    await second.must('dossiers.act', { id: early, idempotencyKey: crypto.randomUUID(), act: { act: 'take' } });
    const late = await receive(second);
    await learn(office.first, second);
    const dossier = (await office.first.must('dossiers.get', { id: early })).dossier;
    expect(dossier).toMatchObject({ status: 'received' });
    expect(dossier.conflicts.map(({ title }) => title)).toEqual(['Một việc do máy đã ngừng ghi']);
    expect(office.first.desk.log.listSubject(late as never)).toHaveLength(1);
    expect((await office.first.must('dossiers.search', {})).dossiers.find(({ id }) => id === late)).toMatchObject({ status: 'received', openConflicts: 1 });
    expect((await office.first.must('dossiers.get', { id: late })).dossier.conflicts.map(({ title }) => title)).toEqual(['Hồ sơ tiếp nhận ở máy đã ngừng']);
  });

  it('once it knows, says so and writes nothing, while everything can still be read', async () => {
    const early = await receive(second);
    await learn(office.first, second);
    office.time.ms += 60_000;
    await office.first.must('desks.revoke', { desk: deskId(second), reason: 'Thay máy mới' });
    await learn(second, office.first);
    expect((await second.office()).deskRevoked).toBe(true);
    const { seq } = second.desk.log.head();
    for (const refused of [
      await second.call('dossiers.receive', receiveInput(office.time)),
      await second.call('settings.save', { key: 'paperSize', value: 'A4' }),
      await second.call('office.change', { communeName: 'x', superiorName: 'x', unitName: 'x', placeName: 'x' }),
      await second.call('numbers.skip', { idempotencyKey: crypto.randomUUID(), number: { kind: 'register', token: '2', period: '2026', counter: 2 }, reason: 'x' }),
    ]) expect(refused).toMatchObject({ ok: false, error: { code: 'desks.revoked' } });
    expect(second.desk.log.head().seq).toBe(seq);
    expect((await second.must('dossiers.get', { id: early })).dossier.id).toBe(early);
    expect((await office.first.office()).deskRevoked).toBe(false);
  });

  it('hands its series back without anybody saying that the machine is gone', async () => {
    await learn(office.first, second);
    const { token } = await second.office();
    const back = () => office.first.call('numbers.returnToken', { idempotencyKey: crypto.randomUUID(), token: token!, machineGone: false, reason: 'Thay máy' });
    expect(await back()).toMatchObject({ error: { code: 'numbers.tokenInUse' } });
    await office.first.must('desks.revoke', { desk: deskId(second), reason: 'Thay máy' });
    expect(await back()).toMatchObject({ ok: true });
  });

  it('a machine whose clock was far ahead has no act left that lies behind the day it was stopped', async () => {
    second.clock.offMs = 20 * 86_400_000;
    const late = await second.call('dossiers.receive', receiveInput({ ms: second.clock.wallMs() }));
    // The desk itself asks for the day; with an answer that is as wrong it goes on.
    const id = late.ok ? late.value.dossier.id : await (async () => {
      await second.must('desks.confirmDate', { date: '2026-12-13' });
      return (await second.must('dossiers.receive', receiveInput({ ms: second.clock.wallMs() }))).dossier.id;
    })();
    await learn(office.first, second);
    expect((await office.first.must('dossiers.get', { id })).dossier.status).toBe('received');
    await office.first.must('desks.revoke', { desk: deskId(second), reason: 'Mất' });
    const verified = await office.first.must('system.verify', {});
    expect(verified.faults.filter(({ code }) => code !== 'projection.rebuildNeeded')).toEqual([]);
  });
});
