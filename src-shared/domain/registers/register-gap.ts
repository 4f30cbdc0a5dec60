import type { IssuedNumber } from '../numbers/number-series.ts';

/** A number that no dossier stands behind: passed over by an act, or its dossier was erased. It keeps its line in the register. */
export interface RegisterGap {
  readonly kind: 'skipped' | 'erased';
  /** The place in the register's series; null where only a dossier code was passed over. */
  readonly register: IssuedNumber | null;
  readonly number: IssuedNumber | null;
  readonly at: number;
  readonly reason: string;
}

interface Placed {
  /** Rows of dossiers count thousandths of a millisecond, see NO_PER_MS. */
  readonly no: number;
}

/**
 * A page of the register in the order of time: its dossiers, and between them the gaps that fall behind `after` and not
 * behind the last dossier, or to the end of the period on the last page. Every gap stands on exactly one page.
 */
export function mergeRegister<Row extends Placed>(rows: readonly Row[], gaps: readonly RegisterGap[], page: { readonly after: number; readonly isLast: boolean; readonly noPerMs: number }): (Row | RegisterGap)[] {
  const end = page.isLast ? Number.POSITIVE_INFINITY : (rows.at(-1)?.no ?? page.after);
  const waiting = gaps
    .map((gap) => ({ no: gap.at * page.noPerMs, gap }))
    .filter(({ no }) => no > page.after && no <= end)
    .sort((one, other) => one.no - other.no);
  const merged: (Row | RegisterGap)[] = [];
  let next = 0;
  for (const row of rows) {
    while (next < waiting.length && waiting[next]!.no <= row.no) merged.push(waiting[next++]!.gap);
    merged.push(row);
  }
  return [...merged, ...waiting.slice(next).map(({ gap }) => gap)];
}
