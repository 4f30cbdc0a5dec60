import type { CausalOrder } from '../operations/causal-order.ts';
import type { OperationId } from '../operations/operation.ts';
import type { Act } from './dossier-acts.ts';
import type { DossierBody } from './dossier-operations.ts';
import { isBesideWay, isUndoable } from './dossier-state.ts';

/** A readable undo: which act it takes back, and with which later acts of other desks it clashes. */
export interface Undo {
  readonly act: Act;
  readonly target: Act;
  readonly valid: boolean;
  readonly clashesWith: readonly Act[];
}

/** Questions about an act that the office answers. */
export interface ActJudges {
  /** Understood, made by an admitted desk and an officer with the role for it. */
  readonly admissible: (act: Act) => boolean;
  readonly isLeader: (act: Act) => boolean;
  readonly onAdmittedDesk: (act: Act) => boolean;
}

/**
 * Undoing is allowed to the author until the act's paper is out, after that to the leader (issue: "undo until printed").
 * It takes back the last act that its author knew; what another desk built on that act meanwhile clashes with the undo.
 * Judged from the operations alone, so every desk sees the same.
 */
export function readUndos(acts: readonly Act[], order: CausalOrder, judges: ActJudges): Undo[] {
  const byId = new Map(acts.map((act) => [act.id, act]));
  const reading: Reading = { acts, judges, follows: (later, sooner) => later.position > sooner.position && !order.areConcurrent(later.position, sooner.position) };
  const undos: Undo[] = [];
  for (const act of acts) {
    if (act.kind !== 'dossier.undone' || act.fault !== null) continue;
    const target = byId.get((act.body as DossierBody<'dossier.undone'>).operation);
    if (target) undos.push(readUndo(act, target, reading, undos));
  }
  const valid = undos.filter((undo) => undo.valid);
  // Nobody was built upon who was taken back as well, or who knew that another desk had undone the same act.
  const stands = (other: Act, target: Act) => !valid.some((undo) => undo.target === other || (undo.target === target && reading.follows(other, undo.act)));
  return undos.map((undo) => ({ ...undo, clashesWith: undo.clashesWith.filter((other) => stands(other, undo.target)) }));
}

interface Reading {
  readonly acts: readonly Act[];
  readonly judges: ActJudges;
  readonly follows: (later: Act, sooner: Act) => boolean;
}

function readUndo(act: Act, target: Act, { acts, judges, follows }: Reading, earlier: readonly Undo[]): Undo {
  const known = (other: Act) => follows(act, other);
  const alreadyUndone = (other: Act) => earlier.some((undo) => undo.valid && undo.target === other && known(undo.act));
  const builtOn = acts.filter((other) => follows(other, target) && isBuilding(other) && judges.admissible(other));
  const paperOut = acts.some((other) => known(other) && isPaperOf(other, target.id));
  const byAuthor = act.header.actor === target.header.actor;
  const keptElsewhere = acts.some((other) => isSettlementKeeping(other, target.id) && judges.admissible(other) && !known(other) && !follows(other, act));
  const valid =
    judges.admissible(act) &&
    target.fault === null &&
    isUndoable(target.kind) &&
    known(target) &&
    !alreadyUndone(target) &&
    builtOn.every((other) => !known(other) || alreadyUndone(other)) &&
    (judges.isLeader(act) || (byAuthor && !paperOut)) &&
    !keptElsewhere;
  return { act, target, valid, clashesWith: builtOn.filter((other) => !known(other) && !follows(other, act)) };
}

/** Paper, money, settlements, asking for one and undoing change nothing that an undo could pull away from under them. */
function isBuilding(act: Act): boolean {
  return !isBesideWay(act.kind) && act.kind !== 'dossier.conflictSettled' && act.kind !== 'dossier.undone';
}

/** Somebody decided in favour of an act while its author took it back: the decision stands, and the undo is shown. */
function isSettlementKeeping(act: Act, target: OperationId): boolean {
  return act.kind === 'dossier.conflictSettled' && act.fault === null && (act.body as DossierBody<'dossier.conflictSettled'>).keep.includes(target);
}

function isPaperOf(act: Act, target: OperationId): boolean {
  if (act.kind !== 'dossier.paperReported' || act.fault !== null) return false;
  const report = act.body as DossierBody<'dossier.paperReported'>;
  // A sheet whose fate is unknown may lie in the citizen's hand: it counts as out.
  return report.outcome !== 'failed' && report.act === target;
}
