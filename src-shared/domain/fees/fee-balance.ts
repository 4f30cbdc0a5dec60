import type { Amount } from './fee.ts';
import { dongOf, type FeeEntry } from './fee-entry.ts';
import type { FeeKind } from './fee-rule.ts';

/**
 * How the phí, or the lệ phí, of a dossier stands. `none`: nothing is asked for; `unknown`: nobody knows the sum and nothing was
 * taken (never the same as free); `owed`; `settled`: paid or exempt; `over`: more was taken than is due, or in spite of an exemption.
 */
export type FeeStanding = 'none' | 'unknown' | 'owed' | 'settled' | 'over';

export interface FeeBalance {
  readonly standing: FeeStanding;
  /** Null when nobody knows it. */
  readonly dueDong: number | null;
  /** Taken less what went back. */
  readonly paidDong: number;
  /** The ground, at reception or later. */
  readonly exemptBy: string | null;
}

export function feeBalance(kind: FeeKind, amount: Amount, entries: readonly FeeEntry[]): FeeBalance {
  const standing = entries.filter(({ voided }) => voided === null);
  const exemption = standing.findLast((entry) => entry.what === 'exempted' && entry.kinds.includes(kind));
  const exemptBy = exemption?.what === 'exempted' ? exemption.ground : amount.state === 'exempt' ? amount.ground : null;
  const paidDong = standing.reduce((sum, entry) => sum + takenBy(entry)[kind], 0);
  const dueDong = exemptBy !== null ? 0 : amount.state === 'due' ? amount.dong : null;
  return { standing: standingOf(dueDong, paidDong, exemptBy !== null), dueDong, paidDong, exemptBy };
}

/** What an entry put into the drawer; what went back is less than nothing. */
function takenBy(entry: FeeEntry): Readonly<Record<FeeKind, number>> {
  if (entry.what === 'collected') return dongOf(entry.lines);
  if (entry.what === 'exempted') return dongOf([]);
  const { charge, levy } = dongOf(entry.sums);
  return { charge: -charge, levy: -levy };
}

function standingOf(dueDong: number | null, paidDong: number, isExempt: boolean): FeeStanding {
  if (dueDong === null) return paidDong > 0 ? 'settled' : 'unknown';
  if (paidDong > dueDong) return 'over';
  if (paidDong < dueDong) return 'owed';
  return dueDong === 0 && !isExempt ? 'none' : 'settled';
}
