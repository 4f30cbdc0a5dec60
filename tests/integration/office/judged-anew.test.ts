import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { InputOf } from '../../../src-shared/contract/contract.ts';
import { officeDate } from '../../../src-shared/lib/office-time.ts';
import { ADMIN_PASSWORD, receiveInput, setUpCoreOffice, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';
import { learnFrom } from '../../helpers/learn-from.ts';

/** Somebody worked at a machine whose clock was far ahead: what is known of it here lies behind an act of the office that is written now. */
const DAY_MS = 86_400_000;
const HELPER = 'Hoàng Ngọc Ánh';
const LEADER = 'Lò Thị Mẩy';

let office: CoreOffice;
let first: CoreDesk;
let second: CoreDesk;
let helper: string;
let leader: string;
beforeEach(async () => {
  office = await setUpCoreOffice();
  first = office.first;
  const account = { name: HELPER, title: 'Công chức', formOfAddress: 'chị', roles: ['processing'], password: ADMIN_PASSWORD } as InputOf<'officers.create'>;
  helper = (await first.must('officers.create', account)).id;
  leader = (await first.must('session.current', {})).session!.officer!.id;
  second = await office.join(first, 'Máy 2');
});
afterEach(() => office.end());

/** Twenty days ahead, and its officer has said that this is the day. */
async function putAhead(desk: CoreDesk): Promise<void> {
  desk.clock.offMs = 20 * DAY_MS;
  if ((await desk.office()).dateQuestion) await desk.must('desks.confirmDate', { date: officeDate(desk.clock.wallMs()) });
}
const act = (desk: CoreDesk, id: string, doing: InputOf<'dossiers.act'>['act']) => desk.must('dossiers.act', { id, idempotencyKey: randomUUID(), act: doing });
const change = (changes: Partial<InputOf<'officers.change'>>) =>
  first.must('officers.change', { officer: helper, name: HELPER, title: 'Công chức', formOfAddress: 'chị', roles: ['processing'], retired: false, ...changes } as InputOf<'officers.change'>);
const listedAs = async (id: string) => (await first.must('dossiers.search', {})).dossiers.find((one) => one.id === id);

async function takenAhead(): Promise<string> {
  const { id } = (await first.must('dossiers.receive', receiveInput(office.time))).dossier;
  await learnFrom(second, first);
  await putAhead(second);
  await second.signIn(HELPER);
  await act(second, id, { act: 'take' });
  await learnFrom(first, second);
  expect(await listedAs(id)).toMatchObject({ status: 'processing', openConflicts: 0 });
  return id;
}
/** The list, and not only the page, says what is known now, and a rebuild would say the same. */
async function expectShown(id: string, shown: object): Promise<void> {
  expect(await listedAs(id)).toMatchObject(shown);
  expect((await first.must('system.verify', {})).faults).toEqual([]);
}

test.each([
  ['retired', { retired: true }],
  ['given other roles', { roles: ['reception'] }],
] as const)('somebody is %s here: what that officer is known to have done later shows as a conflict in the lists at once', async (_what, changes) => {
  const id = await takenAhead();
  await change(changes as Partial<InputOf<'officers.change'>>);
  await expectShown(id, { status: 'received', openConflicts: 1 });
});

test('roles that come back are judged anew just so', async () => {
  const id = await takenAhead();
  await change({ roles: ['reception'] });
  await change({ roles: ['processing'] });
  await expectShown(id, { status: 'processing', openConflicts: 0 });
});

test('a delegation is ended here: what the stand-in is known to have done later counts no more', async () => {
  const { id } = (await first.must('dossiers.receive', receiveInput(office.time))).dossier;
  const today = first.desk.clock.businessDate();
  const granted = await first.must('delegations.grant', { idempotencyKey: randomUUID(), from: leader, to: helper, roles: ['leader'], firstDate: today, lastDate: officeDate(office.time.ms + 40 * DAY_MS), reason: '' });
  await learnFrom(second, first);
  await putAhead(second);
  await second.signIn(HELPER);
  await second.must('dossiers.void', { id, idempotencyKey: randomUUID(), reason: 'Nhận nhầm' });
  await learnFrom(first, second);
  expect(await listedAs(id)).toMatchObject({ status: 'voided' });
  await first.must('delegations.end', { idempotencyKey: randomUUID(), delegation: granted.id });
  await expectShown(id, { status: 'received', openConflicts: 1 });
  expect(LEADER).toBe((await first.must('session.current', {})).session!.officer!.name);
});

test('a power cut between the act and the folding is made good at the next start', async () => {
  const id = await takenAhead();
  const done = change({ retired: true });
  const cut = first.copyFiles();
  await done;
  await first.stop();
  first.restore(cut);
  await first.start(LEADER);
  await expectShown(id, { openConflicts: 1 });
});

test('who received at a desk apart was retired here meanwhile: the dossier is in the lists of both desks, with its number, for the leader to decide', async () => {
  await first.must('officers.change', { officer: helper, name: HELPER, title: 'Công chức', formOfAddress: 'chị', roles: ['reception'], retired: false } as InputOf<'officers.change'>);
  await learnFrom(second, first);
  await change({ retired: true });
  office.time.ms += 60_000;
  await second.signIn(HELPER);
  const { id } = (await second.must('dossiers.receive', receiveInput(office.time))).dossier;
  const shownAt = async (desk: CoreDesk) => (await desk.must('dossiers.search', {})).dossiers.find((one) => one.id === id);
  const asReceived = await shownAt(second);
  // Both at once here; the reception first there.
  await learnFrom(first, second);
  await expectShown(id, { status: 'received', code: asReceived!.code, openConflicts: 1 });
  await learnFrom(second, first);
  for (const desk of [second, first]) {
    await desk.signIn(LEADER);
    expect(await shownAt(desk)).toEqual({ ...asReceived, openConflicts: 1 });
  }
  const [conflict] = (await first.must('conflicts.list', {})).conflicts.filter((one) => one.dossier === id);
  expect(conflict).toMatchObject({ title: 'Hồ sơ do người chưa có quyền tiếp nhận', leaderOnly: true });
  await first.must('conflicts.settle', { conflict: conflict!.id, dossier: id, idempotencyKey: randomUUID(), keep: conflict!.operations.map((one) => one.id), note: '' } as InputOf<'conflicts.settle'>);
  expect(await shownAt(first)).toMatchObject({ status: 'received', openConflicts: 0 });
});
