import { canonicalJson } from '../../lib/canonical-json.ts';
import { conflictId, conflictOptions, groupClashes, type Conflict } from '../conflicts/conflict.ts';
import type { CausalOrder } from '../operations/causal-order.ts';
import type { OperationId } from '../operations/operation.ts';
import type { Act } from './dossier-acts.ts';
import { judgeConcurrent } from './dossier-concurrency.ts';
import type { DossierBody } from './dossier-operations.ts';
import type { Undo } from './dossier-undo.ts';
import type { OperationEffect } from './dossier.ts';

/** What the concurrency of acts decides before any state is looked at. */
export interface Clashes {
  readonly conflicts: readonly Conflict[];
  /** Acts that have no effect, and why. Acts not named here are judged by role and state. */
  readonly effects: ReadonlyMap<OperationId, OperationEffect>;
  /** Acts that somebody with the right decided to keep although their author had no permission. */
  readonly approved: ReadonlySet<OperationId>;
  readonly settledBy: ReadonlyMap<string, OperationId>;
}

export interface ClashJudges {
  /** Made by an admitted desk and an officer with the role for it. */
  readonly admissible: (act: Act) => boolean;
  readonly isLeader: (act: Act) => boolean;
}

/** Finds undone acts, clashing groups and their settlements. Pure and independent of arrival order. */
export function findClashes(acts: readonly Act[], order: CausalOrder, undos: readonly Undo[], judges: ClashJudges): Clashes {
  const settlements = readSettlements(acts, order, judges.admissible);
  const approved = approvedAlone(settlements, acts, judges);
  const effects = new Map<OperationId, OperationEffect>();
  const pairs = undoClashes(undos);
  const undoClashIds = new Set(pairs.flat());
  for (const undo of undos) if (undo.valid && !undoClashIds.has(undo.act.id)) effects.set(undo.target.id, 'undone');
  pairs.push(...actClashes(acts.filter((act) => approved.has(act.id) || judges.admissible(act)), order, effects));

  const clashKeys = new Set(pairs.map(([first, second]) => pairKey(first, second)));
  const clash = (first: OperationId, second: OperationId) => clashKeys.has(pairKey(first, second));
  const undoById = new Map(undos.map((undo) => [undo.act.id, undo]));
  const conflicts = groupClashes(pairs).map((group) => settleGroup(group, clash, settlements, effects, undoById));
  const settledBy = new Map<string, OperationId>();
  for (const [id, settlement] of settlements) if (settlement.keep) settledBy.set(id, settlement.by);
  return { conflicts, effects, approved, settledBy };
}

/** An act without permission stands once a leader settles its own conflict in its favour. */
function approvedAlone(settlements: ReadonlyMap<string, Settlement>, acts: readonly Act[], judges: ClashJudges): Set<OperationId> {
  const byId = new Map(acts.map((act) => [act.id, act]));
  const approved = new Set<OperationId>();
  for (const [conflict, { keep, by }] of settlements) {
    if (keep?.length === 1 && conflict === conflictId(keep) && judges.isLeader(byId.get(by)!)) approved.add(keep[0]!);
  }
  return approved;
}

function settleGroup(
  group: readonly OperationId[],
  clash: (first: OperationId, second: OperationId) => boolean,
  settlements: ReadonlyMap<string, Settlement>,
  effects: Map<OperationId, OperationEffect>,
  undoById: ReadonlyMap<OperationId, Undo>,
): Conflict {
  const id = conflictId(group);
  const settlement = settlements.get(id);
  const keep = settlement?.keep ?? null;
  for (const member of group) {
    if (keep === null) effects.set(member, 'inConflict');
    else if (!keep.includes(member)) effects.set(member, 'setAside');
    else {
      const undo = undoById.get(member);
      if (undo) effects.set(undo.target.id, 'undone');
    }
  }
  return {
    id,
    reason: settlement && keep === null ? 'settledDifferently' : 'concurrent',
    operations: group,
    options: conflictOptions(group, clash),
    settledBy: keep === null ? null : settlement!.by,
  };
}

function undoClashes(undos: readonly Undo[]): [OperationId, OperationId][] {
  return undos.filter((undo) => undo.valid).flatMap((undo) => undo.clashesWith.map((other): [OperationId, OperationId] => [undo.act.id, other.id]));
}

function actClashes(acts: readonly Act[], order: CausalOrder, effects: ReadonlyMap<OperationId, OperationEffect>): [OperationId, OperationId][] {
  const pairs: [OperationId, OperationId][] = [];
  const counted = acts.filter((act) => act.fault === null && !effects.has(act.id));
  for (const [index, first] of counted.entries()) {
    for (const second of counted.slice(index + 1)) {
      if (!order.areConcurrent(first.position, second.position)) continue;
      if (judgeConcurrent(first, second) === 'conflict') pairs.push([first.id, second.id]);
    }
  }
  return pairs;
}

interface Settlement {
  readonly by: OperationId;
  /** Null when two concurrent settlements chose differently: the conflict stays open. */
  readonly keep: readonly OperationId[] | null;
}

/** The settlement in force per conflict: the last one; of concurrent ones only if they agree. */
function readSettlements(acts: readonly Act[], order: CausalOrder, permitted: (act: Act) => boolean): Map<string, Settlement> {
  const actsByConflict = new Map<string, Act[]>();
  for (const act of acts) {
    if (act.kind !== 'dossier.conflictSettled' || act.fault !== null || !permitted(act)) continue;
    const { conflict } = act.body as DossierBody<'dossier.conflictSettled'>;
    actsByConflict.set(conflict, [...(actsByConflict.get(conflict) ?? []), act]);
  }
  const settlements = new Map<string, Settlement>();
  for (const [conflict, candidates] of actsByConflict) {
    const last = candidates.at(-1)!;
    const rivals = candidates.filter((other) => other === last || order.areConcurrent(other.position, last.position));
    const choices = new Set(rivals.map((act) => canonicalJson([...keepOf(act)].sort())));
    settlements.set(conflict, { by: last.id, keep: choices.size === 1 ? keepOf(last) : null });
  }
  return settlements;
}

function keepOf(act: Act): readonly OperationId[] {
  return (act.body as DossierBody<'dossier.conflictSettled'>).keep;
}

function pairKey(first: OperationId, second: OperationId): string {
  return first < second ? `${first}|${second}` : `${second}|${first}`;
}
