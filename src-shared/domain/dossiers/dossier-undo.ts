import { parseOperationId, type OperationId } from '../operations/operation.ts';
import type { CausalOrder } from '../operations/causal-order.ts';
import type { Act } from './dossier-acts.ts';
import type { DossierBody } from './dossier-operations.ts';
import { isPaperTrail, isUndoable } from './dossier-state.ts';

/** A readable undo: which act it takes back, and with which later acts of other desks it clashes. */
export interface Undo {
  readonly act: Act;
  readonly target: Act;
  readonly valid: boolean;
  readonly clashesWith: readonly Act[];
}

/**
 * Undoing is allowed to the author until the act's paper is out, after that to the leader (issue: "undo until printed").
 * It takes back the last act that its author knew; what another desk built on that act meanwhile clashes with the undo.
 * Judged from the operations alone, so every desk sees the same.
 */
export function readUndos(acts: readonly Act[], order: CausalOrder, isLeader: (act: Act) => boolean): Undo[] {
  const byId = new Map(acts.map((act) => [act.id, act]));
  const undos: Undo[] = [];
  for (const act of acts) {
    if (act.kind !== 'dossier.undone' || act.fault !== null) continue;
    const target = byId.get((act.body as DossierBody<'dossier.undone'>).operation);
    if (!target) continue;
    undos.push(readUndo(act, target, acts, order, isLeader, undos));
  }
  return undos;
}

function readUndo(
  act: Act,
  target: Act,
  acts: readonly Act[],
  order: CausalOrder,
  isLeader: (act: Act) => boolean,
  earlier: readonly Undo[],
): Undo {
  const follows = (later: Act, sooner: Act) => later.position > sooner.position && !order.areConcurrent(later.position, sooner.position);
  const alreadyUndone = new Set<OperationId>(earlier.filter((undo) => undo.valid).flatMap((undo) => [undo.act.id, undo.target.id]));
  const counts = (other: Act) => other.fault === null && !isPaperTrail(other.kind) && other.kind !== 'dossier.conflictSettled' && !alreadyUndone.has(other.id);
  const builtOn = acts.filter((other) => other !== act && counts(other) && follows(other, target));
  const knownBefore = builtOn.filter((other) => follows(act, other));
  const paperOut = acts.some((other) => follows(act, other) && isPaperOf(other, target.id));
  const permitted = isLeader(act) || (!paperOut && act.header.actor !== null && act.header.actor === target.header.actor);
  return {
    act,
    target,
    valid:
      target.fault === null && isUndoable(target.kind) && follows(act, target) && knownBefore.length === 0 && permitted && !alreadyUndone.has(target.id),
    clashesWith: builtOn.filter((other) => order.areConcurrent(other.position, act.position)),
  };
}

function isPaperOf(other: Act, target: OperationId): boolean {
  if (other.kind !== 'dossier.paperReported' || other.fault !== null) return false;
  const report = other.body as DossierBody<'dossier.paperReported'>;
  // A sheet whose fate is unknown may lie in the citizen's hand: it counts as out.
  return report.outcome !== 'failed' && parseOperationId(report.act).seq > 0 && report.act === target;
}
