import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { InputOf, OutputOf } from '../../../src-shared/contract/contract.ts';
import type { DossierActInput } from '../../../src-shared/contract/dossier-act-input.ts';
import { addDays, officeDate, officeInstant, type IsoDate } from '../../../src-shared/lib/office-time.ts';
import { verifyDesk } from '../../../src-node/operations/verify.ts';
import { ADMIN_PASSWORD, receiveInput, setUpCoreOffice, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';
import { codeOf } from '../../helpers/open-test-desk.ts';

let office: CoreOffice;
let desk: CoreDesk;
const officers: Record<string, string> = {};
/** Each test lives in a later week: time never goes back. */
let monday: IsoDate = '2026-11-23' as IsoDate;
const at = (day: number, hour: number, minute = 0) => officeInstant(addDays(monday, day), hour * 60 + minute);

const EVERYTHING = 'Lò Thị Mẩy';
const RECEPTION = 'Nguyễn Thị Hạnh';
const PROCESSING = 'Hoàng Ngọc Ánh';
const LEADER = 'Đặng Văn Lâm';
const PROCEDURE = '2.002516';

const FLOW = [
  { name: 'Tiếp nhận', role: 'reception', term: { unit: 'hour', value: 4 } },
  { name: 'Thẩm định', role: 'specialist', unit: 'Tư pháp – Hộ tịch', term: { unit: 'working_day', value: 2 } },
  { name: 'Phê duyệt', role: 'leader', term: { unit: 'hour', value: 4 } },
  { name: 'Trả kết quả', role: 'reception', term: null },
];

beforeAll(async () => {
  office = await setUpCoreOffice({ startDate: monday });
  desk = office.first;
  for (const [name, roles] of [[RECEPTION, ['reception']], [PROCESSING, ['processing']], [LEADER, ['leader']]] as const) {
    officers[name] = (await desk.must('officers.create', { name, title: 'Công chức', formOfAddress: 'chị', roles: [...roles], password: ADMIN_PASSWORD })).id;
  }
  await saveFlow(FLOW);
});
afterAll(() => office.end());
beforeEach(async () => {
  monday = addDays(officeDate(office.time.ms), 7 - ((new Date(officeDate(office.time.ms)).getUTCDay() + 6) % 7));
  office.time.ms = at(0, 9);
  await desk.signIn(EVERYTHING);
});

type View = OutputOf<'dossiers.get'>['dossier'];
const saveFlow = (flow: unknown) => desk.must('procedures.save', { code: PROCEDURE, entry: { flow } as InputOf<'procedures.save'>['entry'], reason: 'Quy trình nội bộ của xã' });
const call = (id: string, act: DossierActInput) => desk.call('dossiers.act', { id, idempotencyKey: randomUUID(), act });
const must = async (id: string, act: DossierActInput): Promise<View> => (await desk.must('dossiers.act', { id, idempotencyKey: randomUUID(), act })).dossier;
const get = async (id: string): Promise<View> => (await desk.must('dossiers.get', { id })).dossier;
const TEN_DAYS = { mode: 'typedTerm', term: { unit: 'working_day', value: 10 }, reason: 'Theo văn bản' } as const;
const received = async (changes: Partial<InputOf<'dossiers.receive'>> = {}) =>
  (await desk.must('dossiers.receive', receiveInput(office.time, { appointment: TEN_DAYS, ...changes }))).dossier.id;
const states = (view: View) => view.steps.map(({ state }) => state);

describe('a dossier on its way', () => {
  test('knows its step and until when from its reception on, and what it was received under stays', async () => {
    const id = await received();
    const shown = await get(id);
    expect(states(shown)).toEqual(['current', 'ahead', 'ahead', 'ahead']);
    expect(shown.steps[0]).toMatchObject({ name: 'Tiếp nhận', term: '4 giờ làm việc', dueAt: at(0, 15), officerName: EVERYTHING, late: false });
    expect(shown.step).toEqual({ name: 'Tiếp nhận', dueAt: at(0, 15) });
    await saveFlow([FLOW[0], { ...FLOW[1], term: { unit: 'working_day', value: 9 } }, FLOW[3]]);
    office.time.ms = at(0, 10);
    const taken = await must(id, { act: 'take' });
    expect(taken.steps).toHaveLength(4);
    expect(taken.steps[1]).toMatchObject({ state: 'current', term: '2 ngày làm việc', unit: 'Tư pháp – Hộ tịch', dueAt: at(2, 17) });
    expect((await get(await received())).steps).toHaveLength(3);
    await saveFlow(FLOW);
  });

  test('moves with the acts that mean it, each step with both times, the name and whether it was late', async () => {
    const id = await received();
    office.time.ms = at(0, 15, 1);
    await desk.signIn(PROCESSING);
    const taken = await must(id, { act: 'take' });
    expect(taken.steps[0]).toMatchObject({ state: 'done', begunAt: at(0, 9), endedAt: at(0, 15, 1), officerName: EVERYTHING, late: true });
    office.time.ms = at(2, 8);
    const given = await must(id, { act: 'transfer', to: officers[LEADER]!, step: 2 });
    expect(given).toMatchObject({ holderName: LEADER, status: 'processing', statusCode: 4, step: { name: 'Phê duyệt', dueAt: at(2, 14) } });
    expect(given.steps[1]).toMatchObject({ state: 'done', officerName: PROCESSING, late: false });
    expect(given.history.at(-1)!.lines).toContainEqual({ label: 'Bước', text: expect.stringMatching(/^Phê duyệt, hạn thứ Tư .*, 14:00$/) });
    await desk.signIn(EVERYTHING);
    const finished = await must(id, { act: 'finish', result: { summary: 'Bản xác nhận' } });
    expect(states(finished)).toEqual(['done', 'done', 'done', 'current']);
    expect(finished.steps[3]).toMatchObject({ dueAt: null, late: false });
    expect(finished.controlSheet.map(({ note, step, outcome }) => [note, step?.name, step?.ended?.outcome ?? null, outcome])).toEqual([
      ['Tiếp nhận', 'Tiếp nhận', null, null], ['Nhận xử lý', 'Thẩm định', 'late', null], ['Bàn giao hồ sơ giấy', 'Phê duyệt', 'onTime', null],
      ['Có kết quả: Bản xác nhận', 'Trả kết quả', 'onTime', 'early'],
    ]);
    const again = await must(id, { act: 'rework', reason: 'Sai tên' });
    expect(again.step).toEqual({ name: 'Thẩm định', dueAt: at(4, 17) });
  });

  test('is moved on without changing hands, also back, and not by who may not', async () => {
    const id = await received();
    const on = await must(id, { act: 'moveStep', step: 2, note: 'Đã đủ' });
    expect(states(on)).toEqual(['done', 'passed', 'current', 'ahead']);
    expect(on.holderName).toBe(EVERYTHING);
    const back = await must(id, { act: 'moveStep', step: 1 });
    expect(states(back)).toEqual(['done', 'current', 'ahead', 'ahead']);
    await desk.signIn(RECEPTION);
    expect(codeOf(await call(id, { act: 'moveStep', step: 2 }))).toBe('session.notPermitted');
    expect((await get(id)).history).toHaveLength(3);
  });

  test('is refused a step that it is at, that its flow does not have, or while the clock stands', async () => {
    const id = await received();
    await must(id, { act: 'take' });
    expect(codeOf(await call(id, { act: 'moveStep', step: 1 }))).toBe('dossiers.badStep');
    expect(codeOf(await call(id, { act: 'assign', officer: officers[LEADER]!, step: 7 }))).toBe('dossiers.badStep');
    await must(id, { act: 'requestSupplement', papers: ['Tờ khai'], reason: 'Thiếu' });
    expect(codeOf(await call(id, { act: 'moveStep', step: 2 }))).toBe('dossiers.wrongState');
    expect(codeOf(await call(id, { act: 'transfer', to: officers[LEADER]!, step: 2 }))).toBe('dossiers.badStep');
    expect((await get(id)).acts.find(({ act }) => act === 'moveStep')?.why).toBe('Đồng hồ đang dừng. Nhận đủ rồi mới chuyển bước.');
  });

  test.each([
    ['papers', { act: 'requestSupplement', papers: ['Tờ khai'], reason: 'Thiếu' }, { act: 'receiveSupplement', papers: [] }],
    ['money', { act: 'requestDuty', text: 'Lệ phí', dong: null }, { act: 'meetDuty', evidence: 'Biên lai' }],
  ] as const)('waits for %s without its step growing late', async (_what, ask, end) => {
    const id = await received();
    await must(id, { act: 'take' });
    office.time.ms = at(1, 9);
    const waiting = await must(id, ask as DossierActInput);
    expect(waiting.step).toEqual({ name: 'Thẩm định', dueAt: null });
    office.time.ms = at(9, 9);
    expect((await get(id)).steps[1]).toMatchObject({ state: 'current', dueAt: null, late: false });
    // One working day was left on the 1st.
    expect((await must(id, end as DossierActInput)).step).toEqual({ name: 'Thẩm định', dueAt: at(10, 17) });
  });

  test('done at once has gone through all of them, and a withdrawn one never came to the end', async () => {
    const there = await received({ onTheSpot: { result: { summary: 'Bản xác nhận' }, receiverIs: 'owner' } } as never);
    expect(states(await get(there))).toEqual(['done', 'passed', 'passed', 'passed']);
    const id = await received();
    await must(id, { act: 'withdraw', reason: 'Không cần nữa', by: { type: 'individual', name: 'Lý Tả Mẩy' } });
    expect(states(await get(id))).toEqual(['done', 'ahead', 'ahead', 'ahead']);
  });

  test('comes to the leader with a late step although the dossier itself has days left', async () => {
    const id = await received();
    await must(id, { act: 'assign', officer: officers[PROCESSING]!, step: 1 });
    office.time.ms = at(2, 17);
    expect((await desk.must('workload.get', {})).lateSteps.map((one) => one.id)).not.toContain(id);
    office.time.ms = at(2, 17, 1);
    const { lateSteps, counts, overdue, officers: loads } = await desk.must('workload.get', {});
    expect(lateSteps.find((one) => one.id === id)).toMatchObject({ holderName: PROCESSING, step: { name: 'Thẩm định', dueAt: at(2, 17) } });
    expect(counts.lateSteps).toBe(lateSteps.length);
    expect(loads.find(({ officer }) => officer === officers[PROCESSING])).toMatchObject({ lateSteps: 1 });
    // Once the dossier as a whole is late it stands there, and not twice.
    office.time.ms = at(20, 9);
    const later = await desk.must('workload.get', {});
    expect(later.overdue.map(({ dossier }) => dossier.id)).toContain(id);
    expect(later.lateSteps.map((one) => one.id)).not.toContain(id);
    expect(overdue.map(({ dossier }) => dossier.id)).not.toContain(id);
  });

  test('is projected as it is folded, and again from the log', async () => {
    expect(verifyDesk(desk.desk.db, desk.desk.log.names, desk.desk.office()).faults).toEqual([]);
    const rows = () => desk.desk.db.all('SELECT no, step_due_at, reasons, summary FROM dossiers ORDER BY no');
    const before = rows();
    await desk.must('system.rebuild', {});
    expect(rows()).toEqual(before);
  });
});
