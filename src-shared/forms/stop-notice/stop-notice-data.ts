/** Thông báo dừng giải quyết hồ sơ (Mẫu 05 of TT 03/2025; domain.md §c.2 item 5) as data: who asks, at which stage, what was paid. */
import { z } from 'zod';
import { DOSSIER_STATUSES, STATE_ACTS, type DossierStatus } from '../../domain/dossiers/dossier-state.ts';
import type { DossierBody, DossierKind } from '../../domain/dossiers/dossier-operations.ts';
import type { DossierContent } from '../../domain/dossiers/dossier-content.ts';
import { correctedContent } from '../../domain/dossiers/dossier-effects.ts';
import type { Dossier, HistoryEntry } from '../../domain/dossiers/dossier.ts';
import { feeBalance } from '../../domain/fees/fee-balance.ts';
import type { FeeEntry } from '../../domain/fees/fee-entry.ts';
import { receiptNumberSchema, receiptsNamed, type ReceiptNumber } from '../../domain/fees/fee-operations.ts';
import type { FeeKind } from '../../domain/fees/fee-rule.ts';
import type { Amount } from '../../domain/fees/fee.ts';
import { receiptKey } from '../../domain/fees/receipt-book.ts';
import type { Office } from '../../domain/office/office.ts';
import { writtenAt, type OperationId } from '../../domain/operations/operation.ts';
import { assert } from '../../lib/assert.ts';
import { identityOf, paperFactsOf, paperFactsShape } from '../paper/paper-facts.ts';

const line = (max: number) => z.string().max(max);
const dong = z.int().min(0);

/** The phí, or the lệ phí, as it stood when the dossier was stopped; what is written about money later is not on the paper. */
const moneySchema = z
  .strictObject({
    /** What was asked for; null is unknown and never printed as nothing (settled.md 14). */
    dueDong: dong.nullable(),
    /** The ground of an exemption. */
    exemptBy: line(600).nullable(),
    collectedDong: dong,
    refundedDong: dong,
    /** Collected and not given back: how much of it goes back is decided by people, and written as a refund. */
    leftDong: dong,
  })
  .readonly();

export const stopNoticeDataSchema = z
  .strictObject({
    ...paperFactsShape,
    /** `withdrawn`: at the citizen's wish; `stopped`: decided by the office. */
    kind: z.enum(['withdrawn', 'stopped']),
    reason: line(600),
    /** Who asked for it; null where the office decided, or nobody was written down. */
    askedBy: paperFactsShape.submitter.nullable(),
    /** The stage it had reached. */
    stage: z.enum(DOSSIER_STATUSES),
    charge: moneySchema,
    levy: moneySchema,
    /** Biên lai of what was collected, for whoever gives it back. */
    receipts: z.array(receiptNumberSchema).readonly(),
  })
  .readonly();
export type StopNoticeData = z.infer<typeof stopNoticeDataSchema>;

export function stopNoticeData(dossier: Dossier, act: OperationId, office: Office): StopNoticeData {
  const entry = dossier.history.find(({ id }) => id === act);
  assert(entry !== undefined && (entry.header.kind === 'dossier.withdrawn' || entry.header.kind === 'dossier.stopped'), 'a withdrawal or a stop');
  const { reason, by } = entry.body as DossierBody<'dossier.withdrawn'>;
  const before = dossier.history.slice(0, dossier.history.indexOf(entry));
  const fees = feesAt(dossier, before, writtenAt(entry.header));
  const { fee, levy } = contentAt(before);
  return {
    ...paperFactsOf(dossier, entry, office),
    kind: entry.header.kind === 'dossier.withdrawn' ? 'withdrawn' : 'stopped',
    reason,
    askedBy: by === undefined ? null : identityOf(by),
    stage: statusAfter(before),
    charge: moneyOf('charge', fee.amount, fees),
    levy: moneyOf('levy', levy.amount, fees),
    receipts: receiptsOf(fees, before),
  };
}

/** What the dossier was when it stood as these acts had made it. */
function contentAt(before: readonly HistoryEntry[]): DossierContent {
  const [first, ...later] = before.filter(({ effect }) => effect === 'applied');
  assert(first !== undefined, 'a dossier begins with its reception or its import');
  const { content } = first.body as DossierBody<'dossier.received'>;
  return later
    .filter(({ header }) => header.kind === 'dossier.corrected')
    .reduce((known, { body }) => correctedContent(known, body as DossierBody<'dossier.corrected'>) as DossierContent, content);
}

/** The entries that these acts had made; one that was voided after `stoppedAt` stood then. */
function feesAt({ fees }: Dossier, before: readonly HistoryEntry[], stoppedAt: number): readonly FeeEntry[] {
  const known = new Set(before.map(({ id }) => id));
  return fees
    .filter(({ id, twins }) => [id, ...twins].some((name) => known.has(name)))
    .map((entry) => (entry.voided !== null && entry.voided.at > stoppedAt ? { ...entry, voided: null } : entry));
}

function moneyOf(kind: FeeKind, amount: Amount, fees: readonly FeeEntry[]): z.infer<typeof moneySchema> {
  const { dueDong, exemptBy, paidDong, refundedDong } = feeBalance(kind, amount, fees);
  return { dueDong, exemptBy, collectedDong: paidDong + refundedDong, refundedDong, leftDong: paidDong };
}

/** A biên lai that was written after the stop is not known to its paper. */
function receiptsOf(fees: readonly FeeEntry[], before: readonly HistoryEntry[]): readonly ReceiptNumber[] {
  const named = new Set(receiptsNamed(before).map(receiptKey));
  return fees.flatMap((entry) => (entry.what === 'collected' && entry.voided === null && entry.receipt !== null && named.has(receiptKey(entry.receipt)) ? [entry.receipt] : []));
}

/** The state that these acts, as far as they took effect, had led to. */
function statusAfter(acts: readonly HistoryEntry[]): DossierStatus {
  let status: DossierStatus = 'received';
  for (const { header, body, effect } of acts) {
    if (effect !== 'applied') continue;
    if (header.kind === 'dossier.imported') status = (body as DossierBody<'dossier.imported'>).status;
    status = STATE_ACTS[header.kind as DossierKind]?.to ?? status;
  }
  return status;
}
