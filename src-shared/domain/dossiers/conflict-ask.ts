import type { OperationHeader } from '../operations/operation.ts';
import type { DossierBody } from './dossier-operations.ts';
import type { Dossier } from './dossier.ts';

/** A colleague's wish that a leader decides a conflict: by whom and when stands in the header. */
export interface ConflictAsk {
  readonly header: OperationHeader;
  readonly note: string;
}

/** Who asked first in the order of the fold, so every desk names the same one however many asked apart; undefined while nobody has. */
export function conflictAsk({ history }: Pick<Dossier, 'history'>, conflict: string): ConflictAsk | undefined {
  for (const { header, body, effect } of history) {
    if (header.kind !== 'dossier.conflictAsked' || effect !== 'applied') continue;
    const ask = body as DossierBody<'dossier.conflictAsked'>;
    if (ask.conflict === conflict) return { header, note: ask.note };
  }
  return undefined;
}
