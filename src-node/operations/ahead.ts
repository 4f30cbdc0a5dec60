import type { DeviceId } from '../../src-shared/lib/ids.ts';
import { insertTop, readTop } from './log-tops.ts';
import { readHead, type Writing, type SignedHead } from './log.ts';
import { getOperationHash, insertOperation, type StoredOperation } from './operation-rows.ts';
import { insertSubjectKey } from './subject-keys.ts';

/** An operation with the key that its body was committed with. */
export interface KeyedOperation extends StoredOperation {
  readonly key: Uint8Array | null;
}

/**
 * Operations out of the middle of logs, ahead of the chains that they stand in (decisions/0010, 0032): their bodies are bound by their
 * commitments, their links are compared when the chains come. What is here stays. Returns what is here otherwise and was passed over.
 */
export function insertAhead({ db, names }: Writing, operations: readonly KeyedOperation[]): readonly StoredOperation[] {
  const others: StoredOperation[] = [];
  for (const operation of operations) {
    const known = getOperationHash(db, names, operation.header);
    if (known && Buffer.compare(known, operation.hash) !== 0) others.push(operation);
    if (known) continue;
    if (operation.key) insertSubjectKey(db, operation.header.subject, operation.key);
    insertOperation(db, names, operation);
  }
  return others;
}

/** A log begins at an end that its device signed; nothing is changed where more of it is here, or something else. */
export function beginAtEnd({ db, names }: Writing, device: DeviceId, end: SignedHead): void {
  const met = getOperationHash(db, names, { device, seq: end.seq });
  if (readHead(db, names, device).seq >= end.seq || (met && Buffer.compare(met, end.hash) !== 0)) return;
  const top = readTop(db, names, device);
  // One of an earlier try, behind which nothing has come.
  if (!top || top.end.seq === top.base.seq) insertTop(db, names, device, end);
}
