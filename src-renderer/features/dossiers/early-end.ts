import type { DossierView } from '../../../src-shared/contract/dossier-views.ts';
import { isClosed } from '../../../src-shared/domain/dossiers/dossier-state.ts';

export interface EarlyEnd {
  /** When it was written; null where the act that ended it is not known here. */
  readonly at: number | null;
}

/** A dossier that ended without a result: withdrawn, stopped, refused, voided. What was still to come never will; undefined for all others. */
export function earlyEndOf({ status, result, history }: Pick<DossierView, 'status' | 'result' | 'history'>): EarlyEnd | undefined {
  if (!isClosed(status) || status === 'returned' || result !== null) return undefined;
  return { at: history.findLast(({ kind, effect }) => kind === `dossier.${status}` && effect === 'applied')?.at ?? null };
}
