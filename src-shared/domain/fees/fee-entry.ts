import type { DeviceId, OfficerId } from '../../lib/ids.ts';
import type { IsoDate } from '../../lib/office-time.ts';
import type { OperationId } from '../operations/operation.ts';
import type { FeeBody, FeeKindOfAct, FeeMeans, PaidLine, ReceiptNumber } from './fee-operations.ts';
import { FEE_KINDS, type FeeKind } from './fee-rule.ts';

/** Who wrote an entry, where and on which business day: what a cash sheet is sorted by. */
export interface FeeAuthor {
  readonly id: OperationId;
  readonly device: DeviceId;
  readonly seq: number;
  readonly by: OfficerId | null;
  readonly businessDate: IsoDate;
  /** UTC milliseconds as the office counts. */
  readonly at: number;
}

export interface FeeVoid {
  readonly by: OfficerId | null;
  readonly at: number;
  readonly reason: string;
  readonly receipt: 'spoiled' | 'unwritten' | undefined;
}

interface Entry extends FeeAuthor {
  /** The same fact as other desks wrote it: later acts may call it by these names. */
  readonly twins: readonly OperationId[];
  readonly voided: FeeVoid | null;
}

export interface FeeCollection extends Entry {
  readonly what: 'collected';
  readonly lines: readonly PaidLine[];
  readonly means: FeeMeans;
  readonly reference: string | undefined;
  readonly payer: string;
  readonly receipt: ReceiptNumber | null;
  readonly note: string | undefined;
}

export interface FeeExemption extends Entry {
  readonly what: 'exempted';
  readonly kinds: readonly FeeKind[];
  readonly ground: string;
  readonly evidence: string | undefined;
}

export interface FeeRefund extends Entry {
  readonly what: 'refunded';
  readonly collection: OperationId;
  readonly sums: FeeBody<'dossier.feeRefunded'>['sums'];
  readonly means: FeeMeans;
  readonly to: string;
  readonly reason: string;
}

/** What is known of a dossier's money, in the fold's order; what was voided stays in the list. */
export type FeeEntry = FeeCollection | FeeExemption | FeeRefund;

export type Dong = Readonly<Record<FeeKind, number>>;

export const NO_DONG: Dong = { charge: 0, levy: 0 };

export function dongOf(sums: readonly { readonly kind: FeeKind; readonly dong: number }[]): Dong {
  const total: Record<FeeKind, number> = { ...NO_DONG };
  for (const { kind, dong } of sums) total[kind] += dong;
  return total;
}

export function findEntry(entries: readonly FeeEntry[], id: OperationId): FeeEntry | undefined {
  return entries.find((entry) => entry.id === id || entry.twins.includes(id));
}

/** A collection that is in effect. */
function findCollection(entries: readonly FeeEntry[], id: OperationId): FeeCollection | undefined {
  const entry = findEntry(entries, id);
  return entry?.what === 'collected' && entry.voided === null ? entry : undefined;
}

function refundsOf(entries: readonly FeeEntry[], collection: FeeCollection): readonly FeeRefund[] {
  return entries.filter((entry): entry is FeeRefund => entry.what === 'refunded' && entry.voided === null && findEntry(entries, entry.collection) === collection);
}

/** What of a collection has not gone back yet, phí and lệ phí apart. */
export function leftToRefund(entries: readonly FeeEntry[], collection: FeeCollection): Dong {
  const [paid, back] = [dongOf(collection.lines), dongOf(refundsOf(entries, collection).flatMap(({ sums }) => sums))];
  return { charge: paid.charge - back.charge, levy: paid.levy - back.levy };
}

export type FeeFault = 'unknownEntry' | 'hasReceipt' | 'tooMuch' | 'hasRefund' | 'badReceipt' | 'ofAnother';

/** Why an act about money does not fit what is known; null when it fits. `mayVoidAny`: a leader, or approved by one. */
export function feeFault(entries: readonly FeeEntry[], kind: FeeKindOfAct, body: unknown, author: { readonly by: OfficerId | null; readonly mayVoidAny: boolean }): FeeFault | null {
  switch (kind) {
    case 'dossier.feeCollected':
    case 'dossier.feeExempted':
      return null;
    case 'dossier.feeReceiptIssued': {
      const collection = findCollection(entries, (body as FeeBody<'dossier.feeReceiptIssued'>).collection);
      return collection === undefined ? 'unknownEntry' : collection.receipt === null ? null : 'hasReceipt';
    }
    case 'dossier.feeRefunded': {
      const { collection: id, sums } = body as FeeBody<'dossier.feeRefunded'>;
      const collection = findCollection(entries, id);
      if (collection === undefined) return 'unknownEntry';
      const [left, back] = [leftToRefund(entries, collection), dongOf(sums)];
      return FEE_KINDS.every((one) => back[one] <= left[one]) ? null : 'tooMuch';
    }
    case 'dossier.feeVoided':
      return voidFault(entries, body as FeeBody<'dossier.feeVoided'>, author);
  }
}

function voidFault(entries: readonly FeeEntry[], { entry: id, receipt }: FeeBody<'dossier.feeVoided'>, author: { readonly by: OfficerId | null; readonly mayVoidAny: boolean }): FeeFault | null {
  const entry = findEntry(entries, id);
  if (entry === undefined || entry.voided !== null) return 'unknownEntry';
  if (entry.what === 'collected' && refundsOf(entries, entry).length > 0) return 'hasRefund';
  // What became of the sheet must be said exactly where there is one.
  const hasReceipt = entry.what === 'collected' && entry.receipt !== null;
  if (hasReceipt !== (receipt !== undefined)) return 'badReceipt';
  return author.mayVoidAny || (author.by !== null && author.by === entry.by) ? null : 'ofAnother';
}

/** The entries after an act that fits. */
export function withFeeAct(entries: readonly FeeEntry[], kind: FeeKindOfAct, body: unknown, author: FeeAuthor): readonly FeeEntry[] {
  const fresh = { ...author, twins: [], voided: null };
  switch (kind) {
    case 'dossier.feeCollected': {
      const { lines, means, reference, payer, receipt, note } = body as FeeBody<'dossier.feeCollected'>;
      return [...entries, { ...fresh, what: 'collected', lines, means, reference, payer, receipt, note }];
    }
    case 'dossier.feeExempted': {
      const { kinds, ground, evidence } = body as FeeBody<'dossier.feeExempted'>;
      return [...entries, { ...fresh, what: 'exempted', kinds, ground, evidence }];
    }
    case 'dossier.feeRefunded': {
      const { collection, sums, means, to, reason } = body as FeeBody<'dossier.feeRefunded'>;
      return [...entries, { ...fresh, what: 'refunded', collection, sums, means, to, reason }];
    }
    case 'dossier.feeReceiptIssued': {
      const { collection, receipt } = body as FeeBody<'dossier.feeReceiptIssued'>;
      const target = findEntry(entries, collection);
      return entries.map((entry) => (entry === target && entry.what === 'collected' ? { ...entry, receipt } : entry));
    }
    case 'dossier.feeVoided': {
      const { entry: id, reason, receipt } = body as FeeBody<'dossier.feeVoided'>;
      const target = findEntry(entries, id);
      return entries.map((entry) => (entry === target ? { ...entry, voided: { by: author.by, at: author.at, reason, receipt } } : entry));
    }
  }
}

/**
 * The entry that a void names, taken apart into what its author knew and the same fact as other desks wrote it apart: a void takes
 * only the former, for somebody else has that money. `entryOf` makes one of some of its ids.
 */
export function withTwinsApart(entries: readonly FeeEntry[], id: OperationId, isKnown: (id: OperationId) => boolean, entryOf: (ids: readonly OperationId[]) => FeeEntry): readonly FeeEntry[] {
  const entry = findEntry(entries, id);
  if (entry === undefined || entry.twins.length === 0 || entry.voided !== null) return entries;
  const names = [entry.id, ...entry.twins];
  const [known, apart] = [names.filter(isKnown), names.filter((name) => !isKnown(name))];
  return known.length === 0 || apart.length === 0 ? entries : entries.flatMap((one) => (one === entry ? [entryOf(known), entryOf(apart)] : [one]));
}

/** The same fact, written by another desk too. */
export function withTwin(entries: readonly FeeEntry[], id: OperationId, twin: OperationId): readonly FeeEntry[] {
  const known = findEntry(entries, id);
  return entries.map((entry) => (entry === known ? { ...entry, twins: [...entry.twins, twin] } : entry));
}
