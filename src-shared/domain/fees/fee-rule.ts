import { z } from 'zod';
import { CHANNELS } from '../procedures/term.ts';
import type { Channel } from '../procedures/term.ts';

/** Phí (payment for a service) and lệ phí (a levy of the state): two sums, printed on two lines (domain.md §a, §h). */
export const FEE_KINDS = ['charge', 'levy'] as const;
export type FeeKind = (typeof FEE_KINDS)[number];

/** What a fixed amount is counted by. `dossier` needs no quantity; the others are typed by the officer. */
export const FEE_UNITS = ['dossier', 'copy', 'case', 'transaction', 'paper'] as const;
export type FeeUnit = (typeof FEE_UNITS)[number];

export const FEE_UNIT_WORDS: Readonly<Record<FeeUnit, string>> = {
  dossier: 'hồ sơ',
  copy: 'bản',
  case: 'trường hợp',
  transaction: 'giao dịch',
  paper: 'văn bản',
};

/** Larger than any fee a commune collects, small enough that no sum of a dossier leaves the safe integers. */
export const DONG_MAX = 1_000_000_000;

const dong = z.int().min(1).max(DONG_MAX);
const sentence = z.string().trim().min(1).max(500);

/**
 * How an amount is found. There is no zero: what costs nothing is `free` with a ground, what nobody knows is
 * `unknown`, because a blank amount is not free (settled.md 14).
 */
export const amountRuleSchema = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('fixed'), dong, per: z.enum(FEE_UNITS) }),
  z.strictObject({
    rule: z.literal('certified_pages'),
    firstPages: z.int().min(0).max(1_000),
    firstPageDong: dong,
    laterPageDong: dong,
    copyDongMax: dong,
  }),
  z.strictObject({ rule: z.literal('free'), ground: sentence }),
  z.strictObject({ rule: z.literal('unknown'), note: sentence }),
]);
export type AmountRule = Readonly<z.infer<typeof amountRuleSchema>>;
export type CertifiedPagesRule = Extract<AmountRule, { readonly rule: 'certified_pages' }>;

/** Why a citizen need not pay. `when` lets the form propose it; without it the officer chooses. Evidence is asked for, not forced (R15). */
export const exemptionSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/).max(60),
  ground: sentence,
  evidence: sentence.nullable(),
  when: z
    .strictObject({ rule: z.literal('within_days'), field: z.string().min(1).max(60), daysMax: z.int().min(0).max(3_650) })
    .nullable(),
  confirmed: z.boolean(),
});
export type Exemption = Readonly<z.infer<typeof exemptionSchema>>;

/**
 * One line of phí or lệ phí. A procedure without a line of a kind has no fee of that kind; a fee that exists and is
 * not known is a line with an `unknown` rule, which is never confirmed.
 */
export const feeLineSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/).max(60),
    kind: z.enum(FEE_KINDS),
    name: z.string().trim().min(1).max(200),
    amounts: z.strictObject({
      direct: amountRuleSchema.optional(),
      online: amountRuleSchema.optional(),
      post: amountRuleSchema.optional(),
    }),
    exemptions: z.array(exemptionSchema).max(20),
    confirmed: z.boolean(),
  })
  .refine((line) => CHANNELS.some((channel) => line.amounts[channel] !== undefined), {
    path: ['amounts'],
    error: 'phải có mức thu, hoặc ghi rõ là chưa biết, cho ít nhất một cách nộp',
  })
  .refine((line) => !line.confirmed || CHANNELS.every((channel) => line.amounts[channel]?.rule !== 'unknown'), {
    path: ['confirmed'],
    error: 'mức thu chưa biết thì không thể là đã xác nhận',
  });
export type FeeLine = Readonly<z.infer<typeof feeLineSchema>>;

/** The rule of a line on a channel; a channel the line does not mention is unknown, not free. */
export function amountRuleOnChannel(line: FeeLine, channel: Channel): AmountRule {
  return line.amounts[channel] ?? { rule: 'unknown', note: 'Danh mục không ghi mức thu cho cách nộp này.' };
}
