import { z } from 'zod';
import { FEE_MEANS, paidLineSchema, receiptNumberSchema } from '../domain/fees/fee-operations.ts';
import { FEE_KINDS } from '../domain/fees/fee-rule.ts';

/** What the money of one dossier looks like on the wire. Sums are whole dong. */
export const dongSchema = z.object({ charge: z.int(), levy: z.int() });

const balanceSchema = z.object({
  /** `unknown`: nobody knows the sum and nothing was taken, which is not free; `over`: more than due, or in spite of an exemption. */
  standing: z.enum(['none', 'unknown', 'owed', 'settled', 'over']),
  dueDong: z.int().nullable(),
  paidDong: z.int(),
  /** Still to be taken; null when nobody knows how much. */
  openDong: z.int().nullable(),
  exemptBy: z.string().nullable(),
});

const feeEntrySchema = z.object({
  id: z.string(),
  what: z.enum(['collected', 'exempted', 'refunded']),
  at: z.int(),
  byName: z.string().nullable(),
  deskName: z.string().nullable(),
  sums: dongSchema,
  /** Of a collection: what has not gone back yet. */
  left: dongSchema,
  lines: z.array(paidLineSchema),
  /** Of an exemption. */
  kinds: z.array(z.enum(FEE_KINDS)),
  means: z.enum(FEE_MEANS).nullable(),
  /** Who paid, or got it back. */
  person: z.string().nullable(),
  receipt: receiptNumberSchema.nullable(),
  /** Ground of an exemption, reason of a refund, note of a collection. */
  text: z.string().nullable(),
  evidence: z.string().nullable(),
  voided: z.object({ byName: z.string().nullable(), at: z.int(), reason: z.string() }).nullable(),
  /** This officer may take it back as wrongly entered. */
  voidable: z.boolean(),
});
export type FeeEntryView = z.infer<typeof feeEntrySchema>;

export const dossierFeesSchema = z.object({ charge: balanceSchema, levy: balanceSchema, entries: z.array(feeEntrySchema) });
export type DossierFeesView = z.infer<typeof dossierFeesSchema>;
