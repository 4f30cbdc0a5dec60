import type { Amount } from './fee.ts';
import { dongOf, type FeeEntry } from './fee-entry.ts';
import type { FeeKind } from './fee-rule.ts';

/**
 * How the phí, or the lệ phí, of a dossier stands. `none`: nothing is asked for; `unknown`: nobody knows the sum and nothing was
 * taken (never the same as free); `owed`; `settled`: paid or exempt; `over`: more was taken than is due, or in spite of an exemption.
 * Money that went back with a reason is not owed again.
 */
export type FeeStanding = 'none' | 'unknown' | 'owed' | 'settled' | 'over';

export interface FeeBalance {
  readonly standing: FeeStanding;
  /** Null when nobody knows it. */
  readonly dueDong: number | null;
  /** Taken less what went back. */
  readonly paidDong: number;
  readonly refundedDong: number;
  /** Still to be taken; null when nobody knows how much. */
  readonly openDong: number | null;
  /** The ground, at reception or later. */
  readonly exemptBy: string | null;
}

export function feeBalance(kind: FeeKind, amount: Amount, entries: readonly FeeEntry[]): FeeBalance {
  const standing = entries.filter(({ voided }) => voided === null);
  const exemption = standing.findLast((entry) => entry.what === 'exempted' && entry.kinds.includes(kind));
  const exemptBy = exemption?.what === 'exempted' ? exemption.ground : amount.state === 'exempt' ? amount.ground : null;
  const taken = standing.reduce((sum, entry) => sum + (entry.what === 'collected' ? dongOf(entry.lines)[kind] : 0), 0);
  const back = standing.reduce((sum, entry) => sum + (entry.what === 'refunded' ? dongOf(entry.sums)[kind] : 0), 0);
  const dueDong = exemptBy !== null ? 0 : amount.state === 'due' ? amount.dong : null;
  const openDong = dueDong === null ? (taken > 0 ? 0 : null) : Math.max(0, dueDong - taken);
  return { standing: standingOf(dueDong, openDong, taken - back, exemptBy !== null || taken > 0), dueDong, paidDong: taken - back, refundedDong: back, openDong, exemptBy };
}

function standingOf(dueDong: number | null, openDong: number | null, paidDong: number, isDealtWith: boolean): FeeStanding {
  if (openDong === null) return 'unknown';
  if (openDong > 0) return 'owed';
  if (dueDong !== null && paidDong > dueDong) return 'over';
  return isDealtWith ? 'settled' : 'none';
}
