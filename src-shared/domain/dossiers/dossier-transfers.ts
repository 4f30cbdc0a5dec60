import type { OfficerId } from '../../lib/ids.ts';
import type { OperationId } from '../operations/operation.ts';
import type { DossierBody } from './dossier-operations.ts';
import type { Dossier, HistoryEntry } from './dossier.ts';

/** One hand-over of the paper dossier between two officers, with the giver's time and the taker's (phiếu kiểm soát). */
export interface Transfer {
  readonly from: OfficerId;
  readonly to: OfficerId;
  readonly givenAt: number;
  /** Null until the taker has said so. */
  readonly takenAt: number | null;
  readonly note: string | undefined;
  /** The act that wrote down the giving. */
  readonly act: OperationId;
}

/**
 * The hand-overs in order. Giving and taking are two acts of two officers: the second repeats who, whom and the giver's time
 * and adds the taker's. Where two desks wrote the giving apart it is one; a taking that the fold counts as the same fact
 * still tells when the dossier was taken.
 */
export function transfersOf(history: readonly HistoryEntry[]): readonly Transfer[] {
  const transfers: Transfer[] = [];
  for (const entry of history) {
    if (entry.header.kind !== 'dossier.transferred' || (entry.effect !== 'applied' && entry.effect !== 'sameFact')) continue;
    const { from, to, givenAt, takenAt, note } = entry.body as DossierBody<'dossier.transferred'>;
    const given = transfers.findLastIndex((one) => one.from === from && one.to === to && one.takenAt === null);
    const known = transfers[given];
    if (known !== undefined && takenAt !== null) transfers[given] = { ...known, takenAt };
    else if (entry.effect === 'applied') transfers.push({ from: from as OfficerId, to: to as OfficerId, givenAt, takenAt, note, act: entry.id });
  }
  return transfers;
}

/** The last hand-over, while the taker has not yet said that the paper arrived. */
export function openTransfer({ history }: Pick<Dossier, 'history'>): Transfer | undefined {
  const last = transfersOf(history).at(-1);
  return last?.takenAt === null ? last : undefined;
}
