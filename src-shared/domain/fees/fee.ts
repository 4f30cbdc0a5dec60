import { z } from 'zod';
import { assert } from '../../lib/assert.ts';
import { daysBetween, isIsoDate } from '../../lib/office-time.ts';
import type { IsoDate } from '../../lib/office-time.ts';
import type { Channel } from '../procedures/term.ts';
import { DONG_MAX, FEE_UNIT_WORDS, amountRuleOnChannel } from './fee-rule.ts';
import type { AmountRule, CertifiedPagesRule, Exemption, FeeKind, FeeLine } from './fee-rule.ts';
import { formatDong } from './money.ts';

/**
 * What a citizen pays on one line, in whole dong. `unknown` is a blank amount and never counts as nothing;
 * `exempt` always names its ground, the evidence is wished for (settled.md 14, R15).
 */
export const amountSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('due'), dong: z.int().min(0).max(DONG_MAX * 1_000) }),
  z.strictObject({ state: z.literal('unknown'), note: z.string().trim().min(1).max(500) }),
  z.strictObject({
    state: z.literal('exempt'),
    ground: z.string().trim().min(1).max(500),
    evidence: z.string().trim().min(1).max(500).optional(),
  }),
]);
export type Amount = Readonly<z.infer<typeof amountSchema>>;

/** An amount and the sentence that tells the citizen how it came about. */
export interface ExplainedAmount {
  readonly amount: Amount;
  readonly explanation: string;
}

/** One row of the certification table. `pages` are those of the original (domain.md §h); null = not typed yet. */
export interface CertifiedDocument {
  readonly pages: number | null;
  readonly copies: number | null;
}

/**
 * What the officer typed that a rule may count. `quantity` null = asked and left blank (the fee is unknown); left out =
 * not asked, then fixed amounts count the copies of `documents` when there are any, else once.
 */
export interface FeeCounts {
  readonly quantity?: number | null;
  readonly documents?: readonly CertifiedDocument[];
}

/** The fee of ONE certified copy of an original of so many pages, in dong, never above the rule's cap per copy. */
export function certifiedCopyDong(rule: CertifiedPagesRule, pages: number): number {
  assert(isCount(pages), 'an original has at least one page');
  return Math.min(uncappedCopyDong(rule, pages), rule.copyDongMax);
}

/** The fee of a row of the certification table, explained: "1 trang × 2.000 đ × 3 bản = 6.000 đ". */
export function certifiedDocumentFee(rule: CertifiedPagesRule, document: CertifiedDocument): ExplainedAmount {
  const { pages, copies } = document;
  if (pages === null || copies === null || !isCount(pages) || !isCount(copies)) return untyped('Chưa nhập số trang hoặc số bản.');
  const dong = certifiedCopyDong(rule, pages) * copies;
  return { amount: { state: 'due', dong }, explanation: `${copyInWords(rule, pages)} × ${copies} bản = ${formatDong(dong)}` };
}

/** The scale behind the page rule in one sentence, shown under the table. */
export function explainPageRule(rule: CertifiedPagesRule): string {
  const first = `${formatDong(rule.firstPageDong)} mỗi trang cho ${rule.firstPages} trang đầu`;
  return `Tính theo trang bản chính: ${first}, từ trang thứ ${rule.firstPages + 1} là ${formatDong(rule.laterPageDong)}; mỗi bản không quá ${formatDong(rule.copyDongMax)}.`;
}

/** The amount of a fee line before any exemption. A count that is still missing makes it unknown, never zero. */
export function feeOnChannel(line: FeeLine, channel: Channel, counts: FeeCounts): ExplainedAmount {
  return feeByRule(amountRuleOnChannel(line, channel), counts);
}

function feeByRule(rule: AmountRule, counts: FeeCounts): ExplainedAmount {
  switch (rule.rule) {
    case 'unknown':
      return { amount: { state: 'unknown', note: rule.note }, explanation: `${rule.note} Đây không phải là miễn phí.` };
    case 'free':
      return { amount: { state: 'exempt', ground: rule.ground }, explanation: `Miễn: ${rule.ground}.` };
    case 'fixed':
      return fixedFee(rule, counts);
    case 'certified_pages':
      return certificationFee(rule, counts.documents ?? []);
  }
}

function fixedFee(rule: Extract<AmountRule, { rule: 'fixed' }>, counts: FeeCounts): ExplainedAmount {
  const words = FEE_UNIT_WORDS[rule.per];
  const quantity = rule.per === 'dossier' ? 1 : fixedQuantity(counts);
  if (quantity === null || !isCount(quantity)) return untyped(`Chưa nhập số ${words}.`);
  const dong = rule.dong * quantity;
  return { amount: { state: 'due', dong }, explanation: `${formatDong(rule.dong)} × ${quantity} ${words} = ${formatDong(dong)}` };
}

function fixedQuantity(counts: FeeCounts): number | null {
  if (counts.quantity !== undefined) return counts.quantity;
  if (counts.documents === undefined) return 1;
  let total = 0;
  for (const { copies } of counts.documents) {
    if (copies === null || !isCount(copies)) return null;
    total += copies;
  }
  return total;
}

/** The whole certification table: the sum of its rows, unknown as soon as one row is not filled in. */
export function certificationFee(rule: CertifiedPagesRule, documents: readonly CertifiedDocument[]): ExplainedAmount {
  const rows = documents.map((document) => certifiedDocumentFee(rule, document));
  if (rows.length === 0) return untyped('Chưa nhập giấy tờ cần chứng thực.');
  let dong = 0;
  for (const row of rows) {
    if (row.amount.state !== 'due') return row;
    dong += row.amount.dong;
  }
  const explanation = rows.map((row) => row.explanation).join('; ');
  return { amount: { state: 'due', dong }, explanation: rows.length === 1 ? explanation : `${explanation}; cộng ${formatDong(dong)}` };
}

/** Replaces an amount by an exemption the officer chose; evidence is recorded when shown. */
export function exemptAmount(exemption: Exemption, evidence?: string): Amount {
  const shown = evidence?.trim() ?? '';
  return shown === '' ? { state: 'exempt', ground: exemption.ground } : { state: 'exempt', ground: exemption.ground, evidence: shown };
}

export interface ProposedExemption {
  readonly exemption: Exemption;
  readonly explanation: string;
}

/**
 * The first exemption of a line that the facts of the form meet by themselves, such as a birth registered within
 * 60 days. `fields` are the values of block 3 (dates as YYYY-MM-DD); `receivedOn` is the business date, and the
 * last day of the limit still counts. Undefined when none applies or a fact is missing: then the officer chooses.
 */
export function proposedExemption(
  line: FeeLine,
  fields: Readonly<Record<string, unknown>>,
  receivedOn: IsoDate,
): ProposedExemption | undefined {
  for (const exemption of line.exemptions) {
    if (exemption.when === null) continue;
    const since = fields[exemption.when.field];
    if (typeof since !== 'string' || !isIsoDate(since)) continue;
    const days = daysBetween(since, receivedOn);
    if (days < 0 || days > exemption.when.daysMax) continue;
    return { exemption, explanation: `Miễn: ${exemption.ground}, được ${days} ngày (trong ${exemption.when.daysMax} ngày).` };
  }
  return undefined;
}

export interface FeeItem {
  readonly kind: FeeKind;
  readonly amount: Amount;
}

/** Phí and lệ phí apart, in dong. `unknownKinds` names the kinds whose sum is only a part because an amount is unknown. */
export interface FeeSum {
  readonly chargeDong: number;
  readonly levyDong: number;
  readonly totalDong: number;
  readonly unknownKinds: readonly FeeKind[];
}

export function sumFees(items: readonly FeeItem[]): FeeSum {
  const dongByKind: Record<FeeKind, number> = { charge: 0, levy: 0 };
  const unknownKinds = new Set<FeeKind>();
  for (const { kind, amount } of items) {
    if (amount.state === 'due') dongByKind[kind] += amount.dong;
    if (amount.state === 'unknown') unknownKinds.add(kind);
  }
  const { charge, levy } = dongByKind;
  return { chargeDong: charge, levyDong: levy, totalDong: charge + levy, unknownKinds: [...unknownKinds].sort() };
}

/** An amount as a table cell shows it: `6.000 đ`, `Chưa rõ`, `Miễn`. */
export function amountInShort(amount: Amount): string {
  switch (amount.state) {
    case 'due':
      return formatDong(amount.dong);
    case 'unknown':
      return 'Chưa rõ';
    case 'exempt':
      return 'Miễn';
  }
}

function uncappedCopyDong(rule: CertifiedPagesRule, pages: number): number {
  const first = Math.min(pages, rule.firstPages);
  return first * rule.firstPageDong + (pages - first) * rule.laterPageDong;
}

function copyInWords(rule: CertifiedPagesRule, pages: number): string {
  if (uncappedCopyDong(rule, pages) > rule.copyDongMax) return `${formatDong(rule.copyDongMax)} (mức cao nhất mỗi bản)`;
  const first = Math.min(pages, rule.firstPages);
  const parts: string[] = [];
  if (first > 0) parts.push(`${first} trang × ${formatDong(rule.firstPageDong)}`);
  if (pages > first) parts.push(`${pages - first} trang × ${formatDong(rule.laterPageDong)}`);
  return parts.length === 1 ? parts.join('') : `(${parts.join(' + ')})`;
}

function untyped(note: string): ExplainedAmount {
  return { amount: { state: 'unknown', note }, explanation: note };
}

const COUNT_MAX = 100_000;
function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= COUNT_MAX;
}
