import { tokensInOrder } from '../../../src-shared/domain/numbers/series-tokens.ts';
import { attributesOn, tokensNotFree } from '../../../src-shared/domain/office/office.ts';
import { ok, type Result } from '../../../src-shared/lib/result.ts';
import type { StorageError } from '../../../src-node/db/storage-error.ts';
import { readMachineTokens } from '../../../src-node/incarnation/machine-tokens.ts';
import type { OpenDesk } from './open-desk.ts';

/** What the office holds, and what this machine gave away before its folder was set back and forgot it, if need be after a return. */
export function takenTokens(stateDir: string, desk: OpenDesk): Result<ReadonlySet<string>, StorageError> {
  const office = desk.office();
  const known = readMachineTokens(stateDir, office.id);
  if (!known.ok) return known;
  const forgotten = [...known.value].filter(([token, goneOn]) => goneOn > (office.returnedTokens.get(token) ?? '')).map(([token]) => token);
  return ok(new Set([...tokensNotFree(office, desk.clock.businessDate()), ...forgotten]));
}

/** Tokens that a desk may be given or pick today, in the order in which they are given out. */
export function freeTokens(stateDir: string, desk: OpenDesk): Result<string[], StorageError> {
  const taken = takenTokens(stateDir, desk);
  if (!taken.ok) return taken;
  const { numbering } = attributesOn(desk.office(), desk.clock.businessDate());
  const { working, reserve } = tokensInOrder(numbering.tokenLength, numbering.alphabet);
  return ok([...working, ...reserve].filter((token) => !taken.value.has(token)));
}
