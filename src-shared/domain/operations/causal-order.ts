import { compareConcurrent, operationId, type Operation, type OperationId } from './operation.ts';

/**
 * The one order in which a subject's operations are read, whatever order they arrived in: causal first (`after`),
 * concurrent ones by (at, device, seq). Duplicates count once. References to operations that have not arrived are listed
 * and otherwise ignored, so that work never waits for a missing neighbour.
 */
export interface CausalOrder<Op extends Operation = Operation> {
  readonly operations: readonly Op[];
  /** The last operations: what the next one must name in its `after`. */
  readonly heads: readonly OperationId[];
  readonly missing: readonly OperationId[];
  /** True when neither operation reaches the other; arguments are positions in `operations`. */
  areConcurrent(first: number, second: number): boolean;
}

export function orderCausally<Op extends Operation>(input: Iterable<Op>): CausalOrder<Op> {
  const byId = new Map<OperationId, Op>();
  for (const operation of input) byId.set(operationId(operation.header), operation);
  if (isChain(byId)) return chainOrder(byId);

  const { parents: claimed, missing } = resolveParents(byId);
  const ordered = sortTopologically(byId, claimed);
  const positionById = new Map(ordered.map((id, position) => [id, position]));
  // The references by which a forged cycle was broken count as not there, else a cycle would leave no heads at all.
  const parents = new Map([...claimed].map(([id, ids]) => [id, ids.filter((parent) => positionById.get(parent)! < positionById.get(id)!)]));
  const ancestors = ancestorSets(ordered, parents, positionById);
  const followed = new Set([...parents.values()].flat());
  return {
    operations: ordered.map((id) => byId.get(id)!),
    heads: ordered.filter((id) => !followed.has(id)).sort(),
    missing: [...missing].sort(),
    areConcurrent: (first, second) => {
      const [early, late] = first < second ? [first, second] : [second, first];
      return early !== late && !ancestors[late]!.has(early);
    },
  };
}

/** The everyday case, answered without sets: each operation names exactly the one before it. */
function isChain(byId: ReadonlyMap<OperationId, Operation>): boolean {
  let previous: OperationId | null = null;
  for (const [id, operation] of byId) {
    const after = operation.header.after;
    if (previous === null ? after.length !== 0 : after.length !== 1 || operationId(after[0]!) !== previous) return false;
    previous = id;
  }
  return true;
}

function chainOrder<Op extends Operation>(byId: ReadonlyMap<OperationId, Op>): CausalOrder<Op> {
  const ids = [...byId.keys()];
  return {
    operations: [...byId.values()],
    heads: ids.slice(-1),
    missing: [],
    areConcurrent: () => false,
  };
}

function resolveParents(byId: ReadonlyMap<OperationId, Operation>) {
  const parents = new Map<OperationId, OperationId[]>();
  const missing = new Set<OperationId>();
  for (const [id, operation] of byId) {
    const known: OperationId[] = [];
    for (const ref of operation.header.after) {
      const parent = operationId(ref);
      if (parent === id) continue;
      if (byId.has(parent)) known.push(parent);
      else missing.add(parent);
    }
    parents.set(id, known);
  }
  return { parents, missing };
}

/** Kahn's algorithm; the smallest available operation by (at, device, seq) goes first, which makes the order unique. */
function sortTopologically(
  byId: ReadonlyMap<OperationId, Operation>,
  parents: ReadonlyMap<OperationId, readonly OperationId[]>,
): OperationId[] {
  const waitingFor = new Map([...parents].map(([id, ids]) => [id, new Set(ids).size]));
  const children = new Map<OperationId, OperationId[]>();
  for (const [id, ids] of parents) for (const parent of new Set(ids)) children.set(parent, [...(children.get(parent) ?? []), id]);
  const compare = (a: OperationId, b: OperationId) => compareConcurrent(byId.get(a)!.header, byId.get(b)!.header);
  const remaining = new Set(byId.keys());
  const available = [...remaining].filter((id) => waitingFor.get(id) === 0).sort(compare);
  const ordered: OperationId[] = [];
  while (remaining.size > 0) {
    // A cycle can only be forged; breaking it at the smallest operation keeps every node's answer the same.
    const next = available.shift() ?? [...remaining].sort(compare)[0]!;
    if (!remaining.delete(next)) continue;
    ordered.push(next);
    for (const child of children.get(next) ?? []) {
      const left = waitingFor.get(child)! - 1;
      waitingFor.set(child, left);
      if (left === 0 && remaining.has(child)) insertSorted(available, child, compare);
    }
  }
  return ordered;
}

function insertSorted(list: OperationId[], id: OperationId, compare: (a: OperationId, b: OperationId) => number): void {
  const position = list.findIndex((other) => compare(id, other) < 0);
  if (position === -1) list.push(id);
  else list.splice(position, 0, id);
}

function ancestorSets(
  ordered: readonly OperationId[],
  parents: ReadonlyMap<OperationId, readonly OperationId[]>,
  positionById: ReadonlyMap<OperationId, number>,
): Set<number>[] {
  const sets: Set<number>[] = [];
  for (const id of ordered) {
    const own = new Set<number>();
    for (const parent of parents.get(id)!) {
      const position = positionById.get(parent)!;
      own.add(position);
      for (const ancestor of sets[position]!) own.add(ancestor);
    }
    sets.push(own);
  }
  return sets;
}
