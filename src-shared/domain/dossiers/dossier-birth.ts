import { conflictId } from '../conflicts/conflict.ts';
import type { Act } from './dossier-acts.ts';
import type { DossierBody, DossierKind } from './dossier-operations.ts';

/** Acts that begin a dossier. */
const BIRTHS: ReadonlySet<DossierKind> = new Set<DossierKind>(['dossier.received', 'dossier.imported']);

export function isBirth(kind: DossierKind): boolean {
  return BIRTHS.has(kind);
}

/**
 * The reception that a dossier stands on although it does not count: its author had lost the right, or the desk was stopped, by
 * an act of the office that was heard of later. A citizen holds its receipt and its number is issued, so it stays in the lists of
 * every desk, with its conflict, in whatever order the two arrived. Undefined where a reception counts, and where none can be read.
 */
export function uncountedBirth(acts: readonly Act[], counts: (act: Act) => boolean): Act | undefined {
  const births = acts.filter((act) => isBirth(act.kind) && act.fault === null);
  return births.some(counts) ? undefined : births[0];
}

/** Does this settlement say that a reception without permission shall not count? */
export function dropsBirth(birth: Act, settlement: Act): boolean {
  if (settlement.kind !== 'dossier.conflictSettled') return false;
  const { conflict, keep } = settlement.body as DossierBody<'dossier.conflictSettled'>;
  return keep.length === 0 && conflict === conflictId([birth.id]);
}

/** A reception that the leader does not let count is a voided one: its number stays issued, and nobody works on it. */
export function asVoiding(settlement: Act): Act {
  const body: DossierBody<'dossier.voided'> = { reason: (settlement.body as DossierBody<'dossier.conflictSettled'>).note };
  return { ...settlement, kind: 'dossier.voided', body };
}
