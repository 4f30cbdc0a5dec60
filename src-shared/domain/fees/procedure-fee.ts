import type { IsoDate } from '../../lib/office-time.ts';
import type { Channel } from '../procedures/term.ts';
import { exemptAmount, feeOnChannel, proposedExemption } from './fee.ts';
import type { Amount, ExplainedAmount, FeeCounts } from './fee.ts';
import type { FeeKind, FeeLine } from './fee-rule.ts';

/** The officer's answer about a line's exemptions: one of them (evidence when shown), or `null` = none applies. */
export interface ChosenExemption {
  readonly exemptionId: string;
  readonly evidence?: string;
}

export interface FeeInputs {
  readonly channel: Channel;
  readonly counts: FeeCounts;
  /** Answers of block 3 by field key; dates as YYYY-MM-DD. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** The business date of the reception. */
  readonly receivedOn: IsoDate;
  /** By line id. A line that is not named here takes the exemption the facts themselves propose, if any. */
  readonly exemptionByLine: Readonly<Record<string, ChosenExemption | null>>;
}

const KIND_WORDS: Readonly<Record<FeeKind, string>> = { charge: 'phí', levy: 'lệ phí' };

/**
 * All phí, or all lệ phí, of a procedure as the one sum a receipt prints, with its explanation. A procedure without a
 * line of that kind has none (0 đ, said in words); one unknown line makes the sum unknown (settled.md 14).
 */
export function feeOfKind(lines: readonly FeeLine[], kind: FeeKind, inputs: FeeInputs): ExplainedAmount {
  const parts = lines.filter((line) => line.kind === kind).map((line) => feeOfLine(line, inputs));
  const [only, ...others] = parts;
  if (only === undefined) return { amount: { state: 'due', dong: 0 }, explanation: `Thủ tục này không có ${KIND_WORDS[kind]}.` };
  if (others.length === 0) return only;
  return { amount: combined(parts.map((part) => part.amount)), explanation: parts.map((part) => part.explanation).join(' ') };
}

/** One line after exemption. An exemption id the line does not know is ignored: the amount stays due. */
function feeOfLine(line: FeeLine, inputs: FeeInputs): ExplainedAmount {
  const full = feeOnChannel(line, inputs.channel, countsOf(inputs));
  const chosen = inputs.exemptionByLine[line.id];
  if (chosen === null) return full;
  if (chosen === undefined) {
    const proposed = proposedExemption(line, inputs.fields, inputs.receivedOn);
    return proposed === undefined ? full : { amount: exemptAmount(proposed.exemption), explanation: proposed.explanation };
  }
  const exemption = line.exemptions.find((candidate) => candidate.id === chosen.exemptionId);
  if (exemption === undefined) return full;
  const amount = exemptAmount(exemption, chosen.evidence);
  return { amount, explanation: `Miễn: ${exemption.ground}${chosen.evidence === undefined ? '' : ` (${chosen.evidence})`}.` };
}

/** A procedure that asks for a number of copies does so in the field `copies`; blank or not a number leaves the fee unknown. */
function countsOf({ counts, fields }: FeeInputs): FeeCounts {
  if (counts.quantity !== undefined || !Object.hasOwn(fields, 'copies')) return counts;
  const typed = String(fields['copies'] ?? '').trim();
  return { ...counts, quantity: /^\d{1,6}$/.test(typed) ? Number(typed) : null };
}

function combined(amounts: readonly Amount[]): Amount {
  const unknown = amounts.find((amount) => amount.state === 'unknown');
  if (unknown !== undefined) return unknown;
  const grounds: string[] = [];
  let dong = 0;
  for (const amount of amounts) {
    if (amount.state === 'due') dong += amount.dong;
    if (amount.state === 'exempt') grounds.push(amount.ground);
  }
  return grounds.length === amounts.length ? { state: 'exempt', ground: [...new Set(grounds)].join('; ') } : { state: 'due', dong };
}
