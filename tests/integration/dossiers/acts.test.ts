import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { InputOf, OutputOf } from '../../../src-shared/contract/contract.ts';
import type { DossierActInput } from '../../../src-shared/contract/dossier-act-input.ts';
import type { DossierStatus } from '../../../src-shared/domain/dossiers/dossier-state.ts';
import { officeInstant } from '../../../src-shared/lib/office-time.ts';
import { ADMIN_PASSWORD, receiveInput, setUpCoreOffice, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';
import { codeOf } from '../../helpers/open-test-desk.ts';

let office: CoreOffice;
let desk: CoreDesk;
const officers: Record<string, string> = {};
/** Monday, on a week without holidays. */
const MONDAY = '2026-11-30';
const at = (date: string, hour: number, minute = 0) => officeInstant(date as never, hour * 60 + minute);

const EVERYTHING = 'Lò Thị Mẩy';
const RECEPTION = 'Nguyễn Thị Hạnh';
const PROCESSING = 'Hoàng Ngọc Ánh';
const LEADER = 'Đặng Văn Lâm';
const RETIRED = 'Vàng A Chu';
const ARCHIVIST = 'Sùng A Tủa';

beforeAll(async () => {
  office = await setUpCoreOffice({ startDate: MONDAY as never });
  desk = office.first;
  for (const [name, roles] of [[RECEPTION, ['reception']], [PROCESSING, ['processing']], [LEADER, ['leader']], [RETIRED, ['processing']], [ARCHIVIST, ['admin']]] as const) {
    const made = await desk.must('officers.create', { name, title: 'Công chức', formOfAddress: 'chị', roles: [...roles], password: ADMIN_PASSWORD });
    officers[name] = made.id;
  }
  for (const { id, name } of (await desk.must('officers.atWork', {})).officers) officers[name] = id;
  await desk.must('officers.change', { officer: officers[RETIRED]!, name: RETIRED, title: '', formOfAddress: 'anh', roles: ['processing'], retired: true });
});
afterAll(() => office.end());
beforeEach(async () => {
  office.time.ms = Math.max(office.time.ms, at(MONDAY, 9));
  await desk.signIn(EVERYTHING);
});

type View = OutputOf<'dossiers.get'>['dossier'];

const call = (id: string, act: DossierActInput) => desk.call('dossiers.act', { id, idempotencyKey: randomUUID(), act });
const must = async (id: string, act: DossierActInput): Promise<View> => (await desk.must('dossiers.act', { id, idempotencyKey: randomUUID(), act })).dossier;
const get = async (id: string): Promise<View> => (await desk.must('dossiers.get', { id })).dossier;

const THREE_DAYS = { mode: 'typedTerm', term: { unit: 'working_day', value: 3 }, reason: 'Theo văn bản' } as const;
async function received(changes: Partial<InputOf<'dossiers.receive'>> = {}): Promise<string> {
  return (await desk.must('dossiers.receive', receiveInput(office.time, { appointment: THREE_DAYS, ...changes }))).dossier.id;
}

async function processing(): Promise<string> {
  const id = await received();
  await must(id, { act: 'take' });
  return id;
}

async function waitingSupplement(): Promise<string> {
  const id = await processing();
  await must(id, { act: 'requestSupplement', papers: ['Tờ khai'], reason: 'Thiếu' });
  return id;
}

async function waitingDuty(): Promise<string> {
  const id = await processing();
  await must(id, { act: 'requestDuty', text: 'Lệ phí', dong: null });
  return id;
}

/** Given to the officer who holds every role. */
async function onItsWay(): Promise<string> {
  await desk.signIn(RECEPTION);
  const id = await received();
  await must(id, { act: 'transfer', to: officers[EVERYTHING]! });
  await desk.signIn(EVERYTHING);
  return id;
}

async function finished(): Promise<string> {
  const id = await processing();
  await must(id, { act: 'finish', result: { number: '12/XN', date: '2026-11-30', summary: 'Bản xác nhận', signer: LEADER } });
  return id;
}

const PERSON = { type: 'individual', name: 'Lý Tả Mẩy' } as const;
const IN_FIVE_DAYS = { mode: 'term', term: { unit: 'working_day', value: 5 } } as const;
const HANDED_OVER: Extract<DossierActInput, { readonly act: 'handOver' }> = { act: 'handOver', receiver: PERSON, receiverIs: 'owner', how: 'counter', shown: 'Giấy hẹn', despiteConflicts: [] };

describe('every act', () => {
  const ACTS: readonly (readonly [from: () => Promise<string>, act: DossierActInput, to: DossierStatus, code: number, denied: string])[] = [
    [received, { act: 'take' }, 'processing', 4, RECEPTION],
    [received, { act: 'assign', officer: '' }, 'received', 2, RECEPTION],
    [processing, { act: 'moveStep', step: 2 }, 'processing', 4, RECEPTION],
    [processing, { act: 'transfer', to: '' }, 'processing', 4, ARCHIVIST],
    [processing, { act: 'requestSupplement', papers: ['Tờ khai'], reason: 'Thiếu' }, 'waitingSupplement', 5, ARCHIVIST],
    [processing, { act: 'requestDuty', text: 'Lệ phí trước bạ', dong: 500_000 }, 'waitingDuty', 6, RECEPTION],
    [waitingSupplement, { act: 'receiveSupplement', papers: [] }, 'processing', 4, ARCHIVIST],
    [waitingDuty, { act: 'meetDuty', evidence: 'Biên lai' }, 'processing', 4, ARCHIVIST],
    [onItsWay, { act: 'confirmTransfer' }, 'received', 2, ARCHIVIST],
    [processing, { act: 'apologise', reason: 'Mất điện', newDate: IN_FIVE_DAYS }, 'processing', 4, RECEPTION],
    [received, { act: 'forward', agency: 'Sở Tư pháp' }, 'processing', 4, RECEPTION],
    [processing, { act: 'withdraw', reason: 'Không cần nữa', by: PERSON }, 'withdrawn', 7, ARCHIVIST],
    [processing, { act: 'stop', reason: 'Không bổ sung' }, 'stopped', 8, PROCESSING],
    [processing, { act: 'refuse', reason: 'Không đủ điều kiện' }, 'refused', 3, PROCESSING],
    [processing, { act: 'finish', result: { summary: 'Bản xác nhận' } }, 'finished', 9, RECEPTION],
    [finished, { act: 'rework', reason: 'Sai tên' }, 'processing', 4, RECEPTION],
    [finished, HANDED_OVER, 'returned', 10, PROCESSING],
  ];
  const named = ACTS.map(([from, act, to, code, denied]) => ({ name: act.act, from, act, to, code, denied }));
  const filled = (act: DossierActInput): DossierActInput =>
    act.act === 'assign' ? { ...act, officer: officers[PROCESSING]! } : act.act === 'transfer' ? { ...act, to: officers[PROCESSING]! } : act;

  test.each(named)('$name leads to the national status $code', async ({ from, act, to, code }) => {
    const id = await from();
    expect(await must(id, filled(act))).toMatchObject({ status: to, statusCode: code });
  });

  test.each(named)('$name is refused to who may not, and nothing is written', async ({ from, act, denied, name }) => {
    const id = await from();
    const before = await get(id);
    await desk.signIn(denied);
    expect(codeOf(await call(id, filled(act)))).toBe('session.notPermitted');
    const after = await get(id);
    expect(after.history).toHaveLength(before.history.length);
    expect(after.acts.find((one) => one.act === name)).toMatchObject({ possible: false, why: expect.stringMatching(/^Việc này cần /) as string });
  });

  test.each(named)('$name is possible for who may, and says why once it is over', async ({ from, act, name, to }) => {
    const id = await from();
    expect((await get(id)).acts.find((one) => one.act === name)).toEqual({ act: name, possible: true, why: null });
    if (to === 'processing' || to === 'received') return;
    const over = (await must(id, act)).acts.find((one) => one.act === name);
    expect(over).toMatchObject({ possible: false, why: expect.stringMatching(/\p{L}/u) as string });
  });
});

describe('who works on it', () => {
  test('is assigned with a note, and anew', async () => {
    const id = await received();
    const shown = await must(id, { act: 'assign', officer: officers[PROCESSING]!, note: ' Làm trước thứ Tư ' });
    expect(shown).toMatchObject({ status: 'received', holderName: PROCESSING });
    expect(shown.history.at(-1)).toMatchObject({ title: 'Giao người xử lý', lines: [{ label: 'Giao cho', text: PROCESSING }, { label: 'Lời nhắn', text: 'Làm trước thứ Tư' }] });
    expect((await must(id, { act: 'assign', officer: officers[LEADER]! })).holderName).toBe(LEADER);
  });

  test.each([['a stranger', randomUUID()], ['a retired officer', RETIRED], ['who may not process', RECEPTION], ['an administrator', ARCHIVIST]])('is never %s', async (_whom, who) => {
    const id = await received();
    expect(codeOf(await call(id, { act: 'assign', officer: officers[who] ?? who }))).toBe('dossiers.badOfficer');
  });

  test('is nobody any more once the dossier is returned', async () => {
    const id = await finished();
    await must(id, HANDED_OVER);
    const answer = await call(id, { act: 'assign', officer: officers[PROCESSING]! });
    expect(answer).toMatchObject({ ok: false, error: { code: 'dossiers.wrongState', sentence: 'Hồ sơ đã xong, không còn ai phải giữ.' } });
  });
});

describe('the officers at work', () => {
  test('are told to anybody who works here, without those who left', async () => {
    await desk.signIn(RECEPTION);
    const { officers: present } = await desk.must('officers.atWork', {});
    expect(present.map(({ name }) => name)).not.toContain(RETIRED);
    expect(present.find(({ name }) => name === PROCESSING)).toMatchObject({ roles: ['processing'] });
  });
});

describe('the paper dossier', () => {
  test('goes from hand to hand with both names and both times', async () => {
    await desk.signIn(RECEPTION);
    const id = await received();
    const given = office.time.ms;
    const shown = await must(id, { act: 'transfer', to: officers[PROCESSING]!, note: '3 tờ' });
    expect(shown).toMatchObject({ holderName: PROCESSING, openTransfer: { fromName: RECEPTION, toName: PROCESSING, givenAt: given, note: '3 tờ' } });
    expect(codeOf(await call(id, { act: 'confirmTransfer' }))).toBe('dossiers.wrongState');

    office.time.ms += 20 * 60_000;
    await desk.signIn(PROCESSING);
    const taken = await must(id, { act: 'confirmTransfer' });
    expect(taken.openTransfer).toBeNull();
    expect(taken.controlSheet).toMatchObject([
      { giver: 'Lý Tả Mẩy', taker: RECEPTION },
      { giver: RECEPTION, taker: PROCESSING, givenAt: given, takenAt: office.time.ms, note: 'Bàn giao hồ sơ giấy: 3 tờ' },
    ]);
    expect(taken.history.slice(-2).map(({ title }) => title)).toEqual(['Giao hồ sơ giấy', 'Nhận hồ sơ giấy']);
    expect(codeOf(await call(id, { act: 'confirmTransfer' }))).toBe('dossiers.wrongState');
  });

  test('says whom it waits for', async () => {
    const id = await received();
    const shown = await must(id, { act: 'transfer', to: officers[PROCESSING]! });
    expect(shown.acts.find(({ act }) => act === 'confirmTransfer')?.why).toBe(`Hồ sơ giấy giao cho ${PROCESSING}, người đó ký nhận.`);
  });

  test('is not given to oneself, to a retired officer, or at a time that has not come', async () => {
    const id = await received();
    expect(codeOf(await call(id, { act: 'transfer', to: officers[EVERYTHING]! }))).toBe('dossiers.badOfficer');
    expect(codeOf(await call(id, { act: 'transfer', to: officers[RETIRED]! }))).toBe('dossiers.badOfficer');
    expect(codeOf(await call(id, { act: 'transfer', to: officers[PROCESSING]!, givenAt: office.time.ms + 60_000 }))).toBe('dossiers.badTime');
    expect(codeOf(await call(id, { act: 'transfer', to: officers[PROCESSING]!, givenAt: office.time.ms - 86_400_000 }))).toBe('dossiers.badTime');
  });
});

describe('a financial duty', () => {
  test('stops the clock and lets it run on as a supplement does', async () => {
    office.time.ms = at('2026-12-01', 9);
    const id = await processing();
    expect((await get(id)).dueAt).toBe(at('2026-12-04', 17));
    office.time.ms = at('2026-12-02', 9);
    const waiting = await must(id, { act: 'requestDuty', text: 'Lệ phí trước bạ', dong: 500_000 });
    expect(waiting).toMatchObject({ pausedAt: office.time.ms, dutyRounds: [{ text: 'Lệ phí trước bạ', dong: 500_000, metAt: null }] });
    expect(waiting.sentence).toContain('Lệ phí trước bạ, 500.000 đ');
    office.time.ms = at('2026-12-07', 10);
    const met = await must(id, { act: 'meetDuty', evidence: 'Biên lai AB 0012' });
    expect(met).toMatchObject({ status: 'processing', dueAt: at('2026-12-09', 17), pausedAt: null, dutyRounds: [{ metAt: office.time.ms, evidence: 'Biên lai AB 0012' }] });
  });

  test('after a supplement counts from its own stop', async () => {
    office.time.ms = at('2026-12-08', 9);
    const id = await processing();
    await must(id, { act: 'requestSupplement', papers: ['Tờ khai'], reason: 'Thiếu' });
    await must(id, { act: 'receiveSupplement', papers: [] });
    office.time.ms = at('2026-12-10', 9);
    await must(id, { act: 'requestDuty', text: 'Lệ phí', dong: null });
    office.time.ms = at('2026-12-14', 9);
    // One working day was left on the 10th, and not the three of the first stop.
    expect((await must(id, { act: 'meetDuty', evidence: 'Biên lai' })).dueAt).toBe(at('2026-12-15', 17));
  });

  test('is not met before it was asked for', async () => {
    const id = await processing();
    expect(codeOf(await call(id, { act: 'meetDuty', evidence: 'Biên lai' }))).toBe('dossiers.wrongState');
    expect((await get(id)).acts.find(({ act }) => act === 'meetDuty')?.why).toBe('Hồ sơ chưa có yêu cầu nộp tiền.');
  });
});

describe('an apology', () => {
  test('sets the date by a term from today; the old one stays in the history', async () => {
    office.time.ms = at('2026-12-15', 9);
    const id = await processing();
    office.time.ms = at('2026-12-18', 14);
    const preview = await desk.must('dossiers.previewNewDate', { id, newDate: IN_FIVE_DAYS });
    expect((await get(id)).history).toHaveLength(2);
    const shown = await must(id, { act: 'apologise', reason: 'Mất điện nhiều ngày', newDate: IN_FIVE_DAYS });
    expect(shown).toMatchObject({ status: 'processing', dueAt: at('2026-12-25', 17), apologies: 1 });
    expect(shown.content.appointment).toEqual(preview.appointment);
    expect(shown.history.at(-1)?.lines).toEqual([
      { label: 'Số của phiếu', text: expect.stringMatching(/^1-\d{3}\/PXL$/) as string },
      { label: 'Lý do', text: 'Mất điện nhiều ngày' },
      { label: 'Hẹn trả cũ', text: 'thứ Sáu 18/12/2026, 17:00' },
      { label: 'Hẹn trả mới', text: 'thứ Sáu 25/12/2026, 17:00' },
    ]);
    expect(shown.sentence).toContain('xin lỗi');
  });

  test('takes a day chosen with a reason, keeps what the clock counts in, and a further one says why', async () => {
    const id = await processing();
    const now = office.time.ms;
    const dueAt = now + 20 * 86_400_000;
    const shown = await must(id, { act: 'apologise', reason: 'Chờ tỉnh', newDate: { mode: 'byHand', dueAt, reason: 'Tỉnh hẹn' } });
    expect(shown.content.appointment).toMatchObject({ mode: 'byHand', reason: 'Tỉnh hẹn', record: { how: 'extended', unit: 'working_day', term: null } });
    const again = await must(id, { act: 'apologise', reason: 'Vẫn chờ', repeatReason: 'Tỉnh hẹn lại', newDate: { mode: 'byHand', dueAt: dueAt + 86_400_000, reason: 'Tỉnh hẹn' } });
    expect(again.apologies).toBe(2);
    expect(again.history.at(-1)?.lines).toContainEqual({ label: 'Vì sao hẹn lại thêm lần nữa', text: 'Tỉnh hẹn lại' });
  });

  test.each([['in the past', -1], ['before the old one', 60_000]])('promises no date that lies %s', async (_where, afterMs) => {
    const id = await processing();
    const newDate = { mode: 'byHand', dueAt: office.time.ms + afterMs, reason: 'Gõ nhầm' } as const;
    expect(codeOf(await call(id, { act: 'apologise', reason: 'Chậm', newDate: { ...newDate, dueAt: afterMs < 0 ? office.time.ms - 86_400_000 : newDate.dueAt } }))).toBe('dossiers.badAppointment');
    expect((await get(id)).apologies).toBe(0);
  });

  test('has no term that is no term', async () => {
    const id = await processing();
    expect(codeOf(await call(id, { act: 'apologise', reason: 'Chậm', newDate: { mode: 'term', term: { unit: 'same_day', cutOffMinute: 900 } } }))).toBe('request.malformed');
  });

  test('stands when the clock stops afterwards', async () => {
    office.time.ms = Math.max(office.time.ms, at('2027-01-04', 9));
    const id = await processing();
    await must(id, { act: 'apologise', reason: 'Chậm', newDate: IN_FIVE_DAYS });
    office.time.ms = at('2027-01-05', 9);
    await must(id, { act: 'requestSupplement', papers: ['Tờ khai'], reason: 'Thiếu' });
    office.time.ms = at('2027-01-12', 9);
    // Of five working days from Monday the 4th four were left on Tuesday.
    expect((await must(id, { act: 'receiveSupplement', papers: [] })).dueAt).toBe(at('2027-01-18', 17));
  });
});

describe('what the law allows once', () => {
  test('is asked for again only with a reason why: papers', async () => {
    const id = await waitingSupplement();
    await must(id, { act: 'receiveSupplement', papers: [] });
    const again = { act: 'requestSupplement' as const, papers: ['Tờ khai'], reason: 'Thiếu' };
    for (const repeatReason of [undefined, ' ']) expect(codeOf(await call(id, { ...again, ...(repeatReason !== undefined && { repeatReason }) }))).toBe('dossiers.repeatReasonMissing');
    expect((await get(id)).supplementRounds).toHaveLength(1);
    expect((await must(id, { ...again, repeatReason: 'Luật mới' })).supplementRounds).toHaveLength(2);
  });

  test('is done again only with a reason why: an apology', async () => {
    const id = await processing();
    const inDays = (value: number) => ({ mode: 'term', term: { unit: 'working_day', value } }) as const;
    await must(id, { act: 'apologise', reason: 'Mất điện', newDate: inDays(5) });
    expect(codeOf(await call(id, { act: 'apologise', reason: 'Mất điện', newDate: inDays(9) }))).toBe('dossiers.repeatReasonMissing');
    expect((await must(id, { act: 'apologise', reason: 'Mất điện', repeatReason: 'Vẫn mất điện', newDate: inDays(9) })).apologies).toBe(2);
  });
});

describe('the end', () => {
  test('a withdrawal keeps who asked for it', async () => {
    const id = await processing();
    expect((await must(id, { act: 'withdraw', reason: 'Chuyển nơi ở', by: { ...PERSON, idKind: 'citizenId', idNumber: '010304000456' } })).history.at(-1)?.lines).toEqual([
      { label: 'Lý do', text: 'Chuyển nơi ở' }, { label: 'Người rút', text: 'Lý Tả Mẩy' },
    ]);
  });

  test('a withdrawal wants a whole ID number', async () => {
    const id = await processing();
    expect(codeOf(await call(id, { act: 'withdraw', reason: 'x', by: { ...PERSON, idKind: 'citizenId', idNumber: '0103' } }))).toBe('dossiers.badIdNumber');
  });

  test.each(['withdraw', 'stop', 'refuse'] as const)('there is no %s once the result is there', async (act) => {
    const id = await finished();
    const input = act === 'withdraw' ? { act, reason: 'x', by: PERSON } : { act, reason: 'x' };
    expect(codeOf(await call(id, input))).toBe('dossiers.wrongState');
    expect((await get(id)).acts.find((one) => one.act === act)?.why).toBe('Hồ sơ đã có kết quả.');
  });

  test('a result by post wants the number of the order, and says it to the citizen', async () => {
    const id = await finished();
    const byPost = { ...HANDED_OVER, how: 'post', shown: '' } as const;
    expect(codeOf(await call(id, byPost))).toBe('dossiers.badContent');
    const shown = await must(id, { ...byPost, postOrder: 'RA123456785VN' });
    expect(shown).toMatchObject({ status: 'returned', sentence: 'Kết quả đã gửi qua bưu điện, số bưu gửi RA123456785VN.' });
  });

  test('a result that was worked on again is a new one', async () => {
    const id = await finished();
    expect((await must(id, { act: 'rework', reason: 'Sai tên' })).result).toBeNull();
    const again = await must(id, { act: 'finish', result: { number: '13/XN', summary: 'Bản xác nhận' } });
    expect(again.result).toMatchObject({ number: '13/XN' });
    expect(again.controlSheet.map(({ note }) => note)).toEqual(['Tiếp nhận', 'Nhận xử lý', 'Có kết quả: Bản xác nhận', 'Làm lại kết quả: Sai tên', 'Có kết quả: Bản xác nhận']);
  });
});
