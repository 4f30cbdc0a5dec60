import type { DossierKind } from '../../src-shared/domain/dossiers/dossier-operations.ts';
import type { Dossier } from '../../src-shared/domain/dossiers/dossier.ts';
import type { OperationId } from '../../src-shared/domain/operations/operation.ts';
import { appointmentBody, contentBody, OFFICERS, PAPER, PERSON, receivedBody, START_MS, STEPS } from './build-operations.ts';

/** What a body may point at. */
export interface BodyContext {
  /** The act that set the present appointment. */
  readonly base?: OperationId;
  /** The act to undo, or the act of a paper. */
  readonly target?: OperationId;
  readonly conflict?: string;
  readonly keep?: readonly OperationId[];
  readonly despite?: readonly string[];
  /** Money in effect: a collection, one that has no biên lai yet, and the last entry of any sort. */
  readonly collection?: OperationId;
  readonly withoutReceipt?: OperationId;
  readonly entry?: OperationId;
  /** What is to be said of the sheet when that entry is voided. */
  readonly entrySheet?: 'spoiled';
}

/** 0 and 1 decide differently, where the kind can decide differently at all. */
export type Choice = 0 | 1;

const JOBS = ['ffffffff-0000-4000-8000-000000000001', 'ffffffff-0000-4000-8000-000000000002'] as const;
const either = <T>(choice: Choice, zero: T, one: T): T => (choice === 0 ? zero : one);
const officer = (choice: Choice) => either(choice, OFFICERS.processing, OFFICERS.processing2);

type Build = (choice: Choice, context: BodyContext) => unknown;

const moved = (choice: Choice, context: BodyContext) => ({ appointment: appointmentBody(either(choice, 9, 11)), base: context.base ?? 'd1:1' });

/** To the second or the third step of the flow. */
const step = (choice: Choice) => ({ step: { index: 1 + choice, name: STEPS[1 + choice]!.name, at: START_MS + (1 + choice) * 60_000 } });

const BUILDERS: Readonly<Record<DossierKind, Build>> = {
  'dossier.received': (choice) => ({ ...receivedBody(), receivedAt: START_MS + choice }),
  'dossier.imported': (choice) => ({
    content: contentBody(),
    receivedAt: START_MS,
    codes: [{ system: 'province', code: either(choice, 'H38-1', 'H38-2') }],
    status: 'received',
    source: 'Hệ thống tỉnh',
  }),
  'dossier.taken': (choice) => ({ officer: officer(choice), ...step(choice) }),
  'dossier.assigned': (choice) => ({ officer: officer(choice), ...step(choice) }),
  'dossier.transferred': (choice) => ({ from: OFFICERS.reception, to: officer(choice), givenAt: START_MS, takenAt: START_MS, ...step(choice) }),
  'dossier.supplementRequested': (choice) => ({ papers: [either(choice, 'Sổ hộ khẩu', 'Giấy kết hôn')], reason: 'Thiếu giấy tờ', pausedAt: START_MS }),
  'dossier.supplementReceived': (choice, context) => ({
    papers: [PAPER, { ...PAPER, name: either(choice, 'Sổ hộ khẩu', 'Giấy kết hôn') }],
    receivedAt: START_MS,
    moved: moved(choice, context),
  }),
  'dossier.dutyRequested': (choice) => ({ text: 'Nộp lệ phí', dong: either(choice, 8_000, 16_000), pausedAt: START_MS }),
  'dossier.dutyMet': (choice, context) => ({ evidence: 'Biên lai', metAt: START_MS, moved: moved(choice, context) }),
  'dossier.apologised': (choice, context) => ({ reason: 'Mất điện', moved: moved(choice, context) }),
  'dossier.forwarded': (choice) => ({ agency: either(choice, 'Sở Tư pháp', 'Sở Nội vụ') }),
  'dossier.corrected': (choice) => ({
    changes: [{ field: 'request', before: 'Đăng ký khai sinh cho con', after: either(choice, 'Đăng ký lại khai sinh', 'Đăng ký khai sinh quá hạn') }],
    reason: 'Ghi nhầm',
  }),
  'dossier.voided': (choice) => ({ reason: either(choice, 'Nhập nhầm', 'Nhập trùng') }),
  'dossier.withdrawn': (choice) => ({ reason: either(choice, 'Xin rút', 'Không cần nữa') }),
  'dossier.stopped': (choice) => ({ reason: either(choice, 'Quá hạn bổ sung', 'Không đến') }),
  'dossier.refused': (choice) => ({ reason: either(choice, 'Không đủ điều kiện', 'Sai thẩm quyền') }),
  'dossier.finished': (choice) => ({ result: { number: either(choice, '12/KS', '13/KS'), summary: 'Giấy khai sinh' }, finishedAt: START_MS }),
  'dossier.reworked': (choice) => ({ reason: either(choice, 'Sai tên', 'Sai ngày') }),
  'dossier.handedOver': (choice, context) => ({
    receiver: { ...PERSON, name: either(choice, 'Giàng A Páo', 'Giàng Thị Dở') },
    receiverIs: 'owner',
    how: 'counter',
    shown: 'Giấy hẹn',
    despiteConflicts: context.despite ?? [],
  }),
  'dossier.codeLinked': (choice) => ({ code: { system: 'ministry', code: either(choice, 'G03-1', 'G03-2') } }),
  // The second has no biên lai yet.
  'dossier.feeCollected': (choice) => ({
    lines: [{ kind: 'levy', name: 'Lệ phí hộ tịch', quantity: 1, dong: 8_000 }, { kind: 'charge', name: 'Phí bản sao', quantity: 2, dong: 16_000 }],
    means: 'cash',
    payer: 'Giàng A Páo',
    receipt: either(choice, { series: 'AB/26P', number: 123 }, null),
  }),
  'dossier.feeReceiptIssued': (choice, context) => ({ collection: context.withoutReceipt ?? context.collection ?? 'd9:9', receipt: { series: 'AB/26P', number: either(choice, 201, 202) } }),
  'dossier.feeExempted': (choice) => ({ kinds: ['levy'], ground: either(choice, 'Hộ nghèo', 'Người có công') }),
  'dossier.feeRefunded': (choice, context) => ({ collection: context.collection ?? 'd9:9', sums: [{ kind: 'levy', dong: either(choice, 2_000, 3_000) }], means: 'cash', to: 'Giàng A Páo', reason: 'Thu thừa' }),
  'dossier.feeVoided': (choice, context) => ({ entry: context.entry ?? 'd9:9', reason: either(choice, 'Gõ nhầm', 'Nhập trùng'), ...(context.entrySheet && { receipt: context.entrySheet }) }),
  'dossier.undone': (_choice, context) => ({ operation: context.target ?? 'd9:9', reason: 'Bấm nhầm' }),
  'dossier.conflictSettled': (_choice, context) => ({ conflict: context.conflict ?? '0'.repeat(64), keep: context.keep ?? [], note: 'Đã hỏi công dân' }),
  'dossier.conflictAsked': (choice, context) => ({ conflict: context.conflict ?? '0'.repeat(64), note: either(choice, '', 'Bên kia nói khác') }),
  'dossier.paperReported': (choice, context) => ({
    job: JOBS[choice],
    form: 'receipt',
    copy: 'citizen',
    outcome: 'printed',
    act: context.target ?? 'd1:1',
  }),
  'dossier.paperReprinted': (choice) => ({ job: JOBS[choice], form: 'receipt', ordinal: 1 }),
};

/** A well-formed body of any kind. */
export function buildBody(kind: DossierKind, choice: Choice = 0, context: BodyContext = {}): unknown {
  return BUILDERS[kind](choice, context);
}

/** What acts about the money of a dossier may point at. */
export function moneyOf(dossier: Dossier | undefined): Pick<BodyContext, 'collection' | 'withoutReceipt' | 'entry' | 'entrySheet'> {
  const standing = (dossier?.fees ?? []).filter(({ voided }) => voided === null);
  const collections = standing.filter((entry) => entry.what === 'collected');
  const [collection, withoutReceipt, entry] = [collections.at(-1), collections.findLast(({ receipt }) => receipt === null), standing.at(-1)];
  return {
    ...(collection && { collection: collection.id }),
    ...(withoutReceipt && { withoutReceipt: withoutReceipt.id }),
    ...(entry && { entry: entry.id }),
    ...(entry?.what === 'collected' && entry.receipt !== null && { entrySheet: 'spoiled' as const }),
  };
}

/** A correction of any fields to any values. */
export function correction(changes: Readonly<Record<string, unknown>>) {
  return { changes: Object.entries(changes).map(([field, after]) => ({ field, before: null, after })), reason: 'Ghi nhầm' };
}
