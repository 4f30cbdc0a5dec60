import { conflictId, conflictOptions, groupClashes, isWayOut, type Conflict } from '../conflicts/conflict.ts';
import type { CausalOrder } from '../operations/causal-order.ts';
import type { OperationId } from '../operations/operation.ts';
import type { Act } from './dossier-acts.ts';
import { judgeConcurrent } from './dossier-concurrency.ts';
import { STATE_ACTS } from './dossier-state.ts';
import type { Decisions, Settlement } from './dossier-settlements.ts';
import type { Undo } from './dossier-undo.ts';
import type { OperationEffect } from './dossier.ts';

/** What the concurrency of acts decides before any state is looked at. */
export interface Clashes {
  readonly conflicts: readonly Conflict[];
  /** Acts that have no effect, and why. Acts not named here are judged by role and state. */
  readonly effects: ReadonlyMap<OperationId, OperationEffect>;
}

type Pair = readonly [OperationId, OperationId];

/** Finds undone acts, clashing groups and their settlements among admissible acts. Pure and independent of arrival order. */
export function findClashes(acts: readonly Act[], order: CausalOrder, undos: readonly Undo[], { settlements }: Decisions): Clashes {
  const disputed = undoClashes(undos);
  const disputedIds = new Set(disputed.flat());
  const undone = new Set(undos.filter((undo) => undo.valid && !disputedIds.has(undo.act.id)).map((undo) => undo.target.id));
  const pairs = [...disputed, ...actClashes(acts, order, undone)];

  const clashKeys = new Set(pairs.map(([first, second]) => pairKey(first, second)));
  const clash = (first: OperationId, second: OperationId) => clashKeys.has(pairKey(first, second));
  const undoById = new Map(undos.map((undo) => [undo.act.id, undo]));
  const effects = new Map<OperationId, OperationEffect>();
  const conflicts = liveGroups(pairs, undone, settlements).map((group) => {
    const conflict = settleGroup(group, conflictOptions(group, clash), settlements);
    const keep = conflict.settledBy === null ? null : settlements.get(conflict.id)!.keep!;
    for (const member of group) {
      if (!keep?.includes(member)) effects.set(member, keep ? 'setAside' : 'inConflict');
      else if (undoById.has(member)) undone.add(undoById.get(member)!.target.id);
    }
    return conflict;
  });
  for (const id of undone) effects.set(id, 'undone');
  return { conflicts, effects };
}

/**
 * An act that was taken back clashes no more: what stood against it gets its effect. But what a settlement had put aside
 * in its favour stays aside; a withdrawal does not come back to life because the finish preferred to it was undone.
 */
function liveGroups(pairs: readonly Pair[], undone: ReadonlySet<OperationId>, settlements: ReadonlyMap<string, Settlement>): OperationId[][] {
  return groupClashes(pairs).flatMap((group) => {
    if (!group.some((id) => undone.has(id)) || settlements.get(conflictId(group))?.keep) return [group];
    return groupClashes(pairs.filter((pair) => group.includes(pair[0]) && !pair.some((id) => undone.has(id))));
  });
}

function settleGroup(group: readonly OperationId[], options: OperationId[][], settlements: ReadonlyMap<string, Settlement>): Conflict {
  const id = conflictId(group);
  const settlement = settlements.get(id);
  const settled = settlement?.keep && isWayOut(settlement.keep, options);
  return {
    id,
    reason: settlement?.keep === null ? 'settledDifferently' : 'concurrent',
    operations: group,
    options,
    settledBy: settled ? settlement.by : null,
  };
}

function undoClashes(undos: readonly Undo[]): Pair[] {
  return undos.filter((undo) => undo.valid).flatMap((undo) => undo.clashesWith.map((other): Pair => [undo.act.id, other.id]));
}

function actClashes(acts: readonly Act[], order: CausalOrder, undone: ReadonlySet<OperationId>): Pair[] {
  const clashing: [Act, Act][] = [];
  const twins = new Map<Act, Act[]>();
  const addTwin = (act: Act, twin: Act) => void twins.set(act, [...(twins.get(act) ?? []), twin]);
  for (const [index, first] of acts.entries()) {
    for (const second of acts.slice(index + 1)) {
      if (!order.areConcurrent(first.position, second.position)) continue;
      const verdict = judgeConcurrent(first, second);
      if (verdict === 'conflict') clashing.push([first, second]);
      if (verdict !== 'sameFact' || !(first.kind in STATE_ACTS)) continue;
      addTwin(first, second);
      addTwin(second, first);
    }
  }
  // Who knew the same step from its own desk knew this act too: handing over after a finish that two desks entered.
  // An edit of data is different: a value set blindly is never overwritten in silence.
  const knew = (act: Act, other: Act) =>
    twins.get(other)?.some((twin) => !undone.has(twin.id) && twin.position < act.position && !order.areConcurrent(twin.position, act.position));
  return clashing.filter(([first, second]) => !knew(first, second) && !knew(second, first)).map(([first, second]) => [first.id, second.id]);
}

function pairKey(first: OperationId, second: OperationId): string {
  return first < second ? `${first}|${second}` : `${second}|${first}`;
}
