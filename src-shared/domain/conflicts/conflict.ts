import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { OperationId } from '../operations/operation.ts';

/**
 * Something two desks wrote against each other, or an act that does not fit. Never silent, never dropped: the operations
 * stay as they are and a person decides. The id is the hash of the operation ids, so a third act opens a new conflict.
 */
export interface Conflict {
  readonly id: string;
  readonly reason: ConflictReason;
  readonly operations: readonly OperationId[];
  /** Ways out: each keeps these operations and leaves the others without effect. */
  readonly options: readonly (readonly OperationId[])[];
  /** The settlement in force, or null while open. */
  readonly settledBy: OperationId | null;
}

export type ConflictReason =
  /** Acts of desks that did not know each other and cannot both hold. */
  | 'concurrent'
  /** Two people settled it differently without knowing of each other. */
  | 'settledDifferently'
  | 'notPermitted'
  | 'wrongState'
  | 'malformed'
  | 'badUndo'
  | 'unknownDevice'
  | 'revokedDevice'
  /** An act about a dossier whose reception has not arrived (yet). */
  | 'notReceived';

/** An act without permission is approved or dropped by who could have permitted it. */
export function needsLeader({ reason }: Pick<Conflict, 'reason'>): boolean {
  return reason === 'notPermitted';
}

/** The last one that was asked for: a page that asks what may be done has the same act judged a dozen times, as one kind after the other. */
let lastAsked = { text: '', id: '' };

export function conflictId(operations: readonly OperationId[]): string {
  const text = [...operations].sort().join('\n');
  if (text !== lastAsked.text) lastAsked = { text, id: bytesToHex(sha256(utf8ToBytes(text))) };
  return lastAsked.id;
}

/** A choice holds if it keeps a part of one of the ways out; keeping nothing always does. */
export function isWayOut(keep: readonly OperationId[], options: readonly (readonly OperationId[])[]): boolean {
  return options.some((option) => keep.every((id) => option.includes(id)));
}

/** The connected groups of a set of clashing pairs, each sorted. */
export function groupClashes(pairs: readonly (readonly [OperationId, OperationId])[]): OperationId[][] {
  const groupById = new Map<OperationId, Set<OperationId>>();
  for (const [first, second] of pairs) {
    const merged = new Set([first, second, ...(groupById.get(first) ?? []), ...(groupById.get(second) ?? [])]);
    for (const id of merged) groupById.set(id, merged);
  }
  return [...new Set(groupById.values())].map((group) => [...group].sort());
}

/** Ways out of a group: the largest sets in which no two clash (each one seeded by a member, filled in order). */
export function conflictOptions(
  group: readonly OperationId[],
  clash: (first: OperationId, second: OperationId) => boolean,
): OperationId[][] {
  const options = new Map<string, OperationId[]>();
  for (const seed of group) {
    const kept = [seed];
    for (const id of group) if (id !== seed && !kept.some((other) => clash(other, id))) kept.push(id);
    kept.sort();
    options.set(kept.join('\n'), kept);
  }
  return [...options.values()];
}
