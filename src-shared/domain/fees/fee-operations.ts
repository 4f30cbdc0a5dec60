import { z } from 'zod';
import { operationId, type Operation } from '../operations/operation.ts';
import { DONG_MAX, FEE_KINDS } from './fee-rule.ts';

/**
 * Bodies of the five acts about money of a dossier. What was written is never changed: a wrong entry is voided by a further
 * act and entered again; money that went back to the citizen is a refund, never a smaller collection.
 */
const text = (max: number) => z.string().trim().max(max);
const reasonSchema = text(600).min(1);
const operationIdSchema = z.string().max(60);

/** Cash in the drawer, or a transfer to the office's account. */
export const FEE_MEANS = ['cash', 'transfer'] as const;
export type FeeMeans = (typeof FEE_MEANS)[number];

/** Ký hiệu of a book as printed on its cover, `AB/24P`: the same letters always, so that one number is one number. */
export const RECEIPT_SERIES_PATTERN = /^[0-9A-ZĐ]+([-/.][0-9A-ZĐ]+)*$/;
export const receiptSeriesSchema = text(20).regex(RECEIPT_SERIES_PATTERN);

/** A number that stands printed on a biên lai of a book. The program never makes one: somebody read it off the paper. */
export const receiptNumberSchema = z.strictObject({ series: receiptSeriesSchema, number: z.int().min(1).max(99_999_999) });
export type ReceiptNumber = Readonly<z.infer<typeof receiptNumberSchema>>;

/** What was paid for one thing: phí and lệ phí stand on separate lines (domain.md §h). A line is never nothing. */
export const paidLineSchema = z.strictObject({
  kind: z.enum(FEE_KINDS),
  name: text(200),
  quantity: z.int().min(1).max(100_000),
  /** The whole line, in whole dong. */
  dong: z.int().min(1).max(DONG_MAX),
});
export type PaidLine = Readonly<z.infer<typeof paidLineSchema>>;

const givenBackSchema = z.strictObject({ kind: z.enum(FEE_KINDS), dong: z.int().min(1).max(DONG_MAX * 6) });

export const feeBodySchemas = {
  'dossier.feeCollected': z.strictObject({
    lines: z.array(paidLineSchema).min(1).max(6),
    means: z.enum(FEE_MEANS),
    /** Of a transfer: what the bank calls it. */
    reference: text(80).optional(),
    payer: text(120).min(1),
    /** Null: the biên lai is written later, see `dossier.feeReceiptIssued`. */
    receipt: receiptNumberSchema.nullable(),
    note: text(300).optional(),
  }),
  /** The biên lai of a collection that had none yet. */
  'dossier.feeReceiptIssued': z.strictObject({ collection: operationIdSchema, receipt: receiptNumberSchema }),
  /** Evidence is asked for, not forced (settled.md 14, R15). */
  'dossier.feeExempted': z.strictObject({ kinds: z.array(z.enum(FEE_KINDS)).min(1).max(FEE_KINDS.length), ground: reasonSchema, evidence: text(500).optional() }),
  'dossier.feeRefunded': z.strictObject({
    collection: operationIdSchema,
    sums: z.array(givenBackSchema).min(1).max(FEE_KINDS.length),
    means: z.enum(FEE_MEANS),
    to: text(120).min(1),
    reason: reasonSchema,
  }),
  /** Takes back a collection, an exemption or a refund that was entered wrongly: it never happened. */
  'dossier.feeVoided': z.strictObject({
    entry: operationIdSchema,
    reason: reasonSchema,
    /** What became of the sheet of the book; left out where the entry had none. A spoiled number is never used again. */
    receipt: z.enum(['spoiled', 'unwritten']).optional(),
  }),
} as const;

export type FeeKindOfAct = keyof typeof feeBodySchemas;
export type FeeBody<K extends FeeKindOfAct> = z.infer<(typeof feeBodySchemas)[K]>;

/** Acts about money stand beside the way of a dossier: they never change its state, and are voided instead of undone. */
export function isFeeAct(kind: string): kind is FeeKindOfAct {
  return Object.hasOwn(feeBodySchemas, kind);
}

/** The biên lai that these acts name, whatever else is known; a sheet that is said to be still blank is none. */
export function receiptsNamed(operations: readonly Operation[]): readonly ReceiptNumber[] {
  const receipts = new Map<string, ReceiptNumber>();
  for (const { header, body } of operations) {
    if (!isFeeAct(header.kind)) continue;
    const parsed = feeBodySchemas[header.kind].safeParse(body).data;
    if (parsed === undefined || !('receipt' in parsed)) continue;
    if ('entry' in parsed) {
      if (parsed.receipt === 'unwritten') receipts.delete(parsed.entry);
    } else if (parsed.receipt !== null) receipts.set('collection' in parsed ? parsed.collection : operationId(header), parsed.receipt);
  }
  return [...receipts.values()];
}
