import { describe, expect, it } from 'vitest';
import type { Dossier } from '../../../src-shared/domain/dossiers/dossier.ts';
import type { DossierKind } from '../../../src-shared/domain/dossiers/dossier-operations.ts';
import type { Office } from '../../../src-shared/domain/office/office.ts';
import type { OfficerId } from '../../../src-shared/lib/ids.ts';
import { apologyData, apologyDataSchema } from '../../../src-shared/forms/apology/apology-data.ts';
import { controlRows } from '../../../src-shared/forms/control-sheet/control-rows.ts';
import { controlSheetData, controlSheetDataSchema } from '../../../src-shared/forms/control-sheet/control-sheet-data.ts';
import { refusalData, refusalDataSchema } from '../../../src-shared/forms/refusal/refusal-data.ts';
import { resultReceiptData, resultReceiptDataSchema } from '../../../src-shared/forms/result-receipt/result-receipt-data.ts';
import { stopNoticeData, stopNoticeDataSchema } from '../../../src-shared/forms/stop-notice/stop-notice-data.ts';
import { supplementRequestData, supplementRequestDataSchema } from '../../../src-shared/forms/supplement-request/supplement-request-data.ts';
import { buildBody, correction } from '../../helpers/build-dossier-bodies.ts';
import { appointmentBody, buildDossier, idOf, OFFICERS, PERSON, START_MS, type TestDesk } from '../../helpers/build-operations.ts';

const NAMES: Readonly<Record<string, string>> = { [OFFICERS.reception]: 'Hạnh', [OFFICERS.processing]: 'Ánh', [OFFICERS.processing2]: 'Chu', [OFFICERS.leader]: 'Lâm', [OFFICERS.all]: 'Mẩy' };

/** A desk with a received dossier; `act` writes one as an officer a minute later and gives its id. */
function start() {
  const { desks, time } = buildDossier(1);
  const desk: TestDesk = desks[0]!;
  return {
    dossier: (): Dossier => desk.dossier()!,
    office: (): Office => ({ ...desk.office(), officers: new Map([...desk.office().officers].map(([id, officer]) => [id, { ...officer, name: NAMES[id] ?? officer.name }])) }),
    at: () => time.ms,
    act: (kind: DossierKind, body: unknown, actor: OfficerId = OFFICERS.all) => {
      time.ms += 60_000;
      return idOf(desk.write(kind, body, { actor }));
    },
  };
}

const moved = (dossier: Dossier, day: number) => ({ appointment: appointmentBody(day), base: dossier.appointmentSetBy });
const transfer = (from: OfficerId, to: OfficerId, givenAt: number, takenAt: number | null) => ({ from, to, givenAt, takenAt });

describe('the control sheet', () => {
  it('has one row per hand-over, with the giver\'s time and the taker\'s', () => {
    const it = start();
    const given = it.at();
    it.act('dossier.transferred', transfer(OFFICERS.all, OFFICERS.processing, given, null));
    expect(controlRows(it.dossier(), it.office()).at(-1)).toMatchObject({ giver: 'Mẩy', taker: 'Ánh', givenAt: given, takenAt: null });
    it.act('dossier.transferred', transfer(OFFICERS.all, OFFICERS.processing, given, given + 300_000), OFFICERS.processing);
    expect(controlRows(it.dossier(), it.office())).toMatchObject([
      { giver: 'Giàng A Páo', taker: 'Mẩy', givenAt: START_MS, takenAt: START_MS, note: 'Tiếp nhận' },
      { giver: 'Mẩy', taker: 'Ánh', givenAt: given, takenAt: given + 300_000, note: 'Bàn giao hồ sơ giấy' },
    ]);
  });

  it('leaves the taker of an assignment unsigned until that officer takes it up or signs for the paper', () => {
    const it = start();
    it.act('dossier.assigned', { officer: OFFICERS.processing, note: 'Làm trước' }, OFFICERS.leader);
    const assigned = controlRows(it.dossier(), it.office()).at(-1);
    expect(assigned).toMatchObject({ giver: 'Lâm', taker: 'Ánh', takenAt: null, note: 'Giao xử lý: Làm trước' });
    it.act('dossier.taken', { officer: OFFICERS.processing }, OFFICERS.processing);
    expect(controlRows(it.dossier(), it.office())).toHaveLength(2);
    expect(controlRows(it.dossier(), it.office()).at(-1)?.takenAt).toBe(it.at());
    it.act('dossier.assigned', { officer: OFFICERS.processing2 }, OFFICERS.leader);
    it.act('dossier.transferred', transfer(OFFICERS.processing, OFFICERS.processing2, it.at(), null), OFFICERS.processing);
    it.act('dossier.transferred', transfer(OFFICERS.processing, OFFICERS.processing2, it.at() - 60_000, it.at()), OFFICERS.processing2);
    expect(controlRows(it.dossier(), it.office()).slice(2).map(({ takenAt }) => takenAt === null)).toEqual([false, false]);
  });

  it('judges the result against the date that stood then, and forgets what was taken back', () => {
    const it = start();
    it.act('dossier.taken', { officer: OFFICERS.all });
    it.act('dossier.apologised', { reason: 'Mất điện', moved: moved(it.dossier(), 3) });
    const finished = it.act('dossier.finished', { result: { summary: 'Giấy khai sinh' }, finishedAt: START_MS + 5 * 86_400_000 });
    expect(controlRows(it.dossier(), it.office()).at(-1)).toMatchObject({ outcome: 'late', note: 'Có kết quả: Giấy khai sinh' });
    it.act('dossier.undone', { operation: finished, reason: '' });
    expect(controlRows(it.dossier(), it.office()).map(({ outcome }) => outcome)).toEqual([null]);
  });

  it('carries register, codes, agency and whom it was forwarded to', () => {
    const it = start();
    it.act('dossier.forwarded', { agency: 'Sở Tư pháp' });
    const data = controlSheetData(it.dossier(), it.office());
    expect(controlSheetDataSchema.parse(data)).toMatchObject({
      coAgency: 'Sở Tư pháp', decidingAgency: 'Trung tâm Phục vụ hành chính công', submitter: { name: 'Giàng A Páo' }, register: { ordinal: expect.any(String) as string },
    });
  });
});

describe('the request for a supplement', () => {
  it('is of its own round, and a further one says why', () => {
    const it = start();
    const first = it.act('dossier.supplementRequested', buildBody('dossier.supplementRequested'));
    it.act('dossier.supplementReceived', { ...(buildBody('dossier.supplementReceived') as object), moved: moved(it.dossier(), 9) });
    const second = it.act('dossier.supplementRequested', { papers: ['Giấy kết hôn'], reason: 'Hết hạn', repeatReason: 'Mới phát hiện', pausedAt: it.at() }, OFFICERS.reception);
    expect(supplementRequestDataSchema.parse(supplementRequestData(it.dossier(), first, it.office()))).toMatchObject({ round: 1, papers: ['Sổ hộ khẩu'], repeatReason: null });
    expect(supplementRequestDataSchema.parse(supplementRequestData(it.dossier(), second, it.office()))).toMatchObject({
      round: 2, papers: ['Giấy kết hôn'], reason: 'Hết hạn', repeatReason: 'Mới phát hiện', officerName: 'Hạnh', placeName: 'Nậm Khâu',
    });
  });
});

describe('the apology', () => {
  it('names the date that could not be kept, the new one and how often', () => {
    const it = start();
    const first = it.act('dossier.apologised', { reason: 'Mất điện', moved: moved(it.dossier(), 9) }, OFFICERS.leader);
    const second = it.act('dossier.apologised', { reason: 'Chờ tỉnh', repeatReason: 'Tỉnh hẹn lại', moved: moved(it.dossier(), 12) }, OFFICERS.leader);
    const day = (n: number) => appointmentBody(n).dueAt;
    expect(apologyDataSchema.parse(apologyData(it.dossier(), first, it.office()))).toMatchObject({
      previousDueAt: day(7), newDueAt: day(9), extension: 1, repeatReason: null, signerTitle: 'Công chức', officerName: 'Lâm', holdingAgency: 'Trung tâm Phục vụ hành chính công',
    });
    expect(apologyDataSchema.parse(apologyData(it.dossier(), second, it.office()))).toMatchObject({ previousDueAt: day(9), newDueAt: day(12), extension: 2, repeatReason: 'Tỉnh hẹn lại' });
  });
});

describe('the papers that close a dossier', () => {
  it('refuse with the reason and who signs', () => {
    const it = start();
    const refused = it.act('dossier.refused', { reason: 'Không đủ điều kiện' }, OFFICERS.leader);
    expect(refusalDataSchema.parse(refusalData(it.dossier(), refused, it.office()))).toMatchObject({ reason: 'Không đủ điều kiện', officerName: 'Lâm' });
  });

  it('say who asked to stop and at which stage, with no sum due that nobody knows', () => {
    const it = start();
    it.act('dossier.dutyRequested', buildBody('dossier.dutyRequested'));
    const withdrawn = it.act('dossier.withdrawn', { reason: 'Chuyển nơi ở', by: PERSON });
    const nothing = { dueDong: null, exemptBy: null, collectedDong: 0, refundedDong: 0, leftDong: 0 };
    expect(stopNoticeDataSchema.parse(stopNoticeData(it.dossier(), withdrawn, it.office()))).toMatchObject({
      kind: 'withdrawn', askedBy: { name: 'Giàng A Páo' }, stage: 'waitingDuty', charge: nothing, levy: nothing, receipts: [],
    });
    const other = start();
    const stopped = other.act('dossier.stopped', { reason: 'Không bổ sung' }, OFFICERS.leader);
    expect(stopNoticeData(other.dossier(), stopped, other.office())).toMatchObject({ kind: 'stopped', askedBy: null, stage: 'received' });
  });

  it('name on a stop what was collected, given back and exempted until then, and stay so whatever is written about money later', () => {
    const it = start();
    const AB7 = { series: 'AB/24P', number: 7 };
    const paid = (kind: 'charge' | 'levy', dong: number) => ({ kind, name: kind, quantity: 1, dong });
    const first = it.act('dossier.feeCollected', { lines: [paid('charge', 20_000), paid('levy', 8_000)], means: 'cash', payer: 'Giàng A Páo', receipt: AB7 });
    const wrong = it.act('dossier.feeCollected', { lines: [paid('charge', 99_000)], means: 'cash', payer: 'Giàng A Páo', receipt: null });
    it.act('dossier.feeVoided', { entry: wrong, reason: 'Ghi nhầm' });
    it.act('dossier.feeRefunded', { collection: first, sums: [{ kind: 'charge', dong: 5_000 }], means: 'cash', to: 'Giàng A Páo', reason: 'Thu thừa' });
    it.act('dossier.feeExempted', { kinds: ['levy'], ground: 'Hộ nghèo' });
    const stopped = it.act('dossier.stopped', { reason: 'Không bổ sung' }, OFFICERS.leader);
    const data = stopNoticeData(it.dossier(), stopped, it.office());
    expect(stopNoticeDataSchema.parse(data)).toMatchObject({
      charge: { dueDong: null, exemptBy: null, collectedDong: 20_000, refundedDong: 5_000, leftDong: 15_000 },
      levy: { dueDong: 0, exemptBy: 'Hộ nghèo', collectedDong: 8_000, refundedDong: 0, leftDong: 8_000 },
      receipts: [AB7],
    });
    const back = it.act('dossier.feeRefunded', { collection: first, sums: [{ kind: 'charge', dong: 15_000 }, { kind: 'levy', dong: 8_000 }], means: 'cash', to: 'Giàng A Páo', reason: 'Dừng giải quyết' });
    expect(stopNoticeData(it.dossier(), stopped, it.office())).toEqual(data);
    it.act('dossier.feeVoided', { entry: back, reason: 'Chưa trả' }, OFFICERS.leader);
    it.act('dossier.feeVoided', { entry: first, reason: 'Ghi nhầm hồ sơ', receipt: 'spoiled' }, OFFICERS.leader);
    expect(stopNoticeData(it.dossier(), stopped, it.office())).toEqual(data);
  });

  it('say on a stop what was due then, whatever is corrected later', () => {
    const due = (dong: number) => ({ amount: { state: 'due', dong } });
    const it = start();
    it.act('dossier.corrected', correction({ fee: due(16_000) }));
    const stopped = it.act('dossier.stopped', { reason: 'Không bổ sung' }, OFFICERS.leader);
    const data = stopNoticeData(it.dossier(), stopped, it.office());
    it.act('dossier.corrected', correction({ fee: due(99_000) }), OFFICERS.leader);
    expect(it.dossier().amendments).toBe(2);
    expect(data.charge.dueDong).toBe(16_000);
    expect(stopNoticeData(it.dossier(), stopped, it.office()).charge).toEqual(data.charge);
  });

  it('hand over one result to one person', () => {
    const it = start();
    it.act('dossier.taken', { officer: OFFICERS.all });
    it.act('dossier.finished', buildBody('dossier.finished'));
    const handed = it.act('dossier.handedOver', { receiver: PERSON, receiverIs: 'owner', how: 'post', shown: '', postOrder: 'RA1', despiteConflicts: [] });
    expect(resultReceiptDataSchema.parse(resultReceiptData(it.dossier(), handed, it.office()))).toMatchObject({
      receiver: { name: 'Giàng A Páo' }, how: 'post', shown: null, postOrder: 'RA1', result: { number: '12/KS', date: null, summary: 'Giấy khai sinh' },
    });
  });
});
