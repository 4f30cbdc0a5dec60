import type { SubjectId } from '../../src-shared/lib/ids.ts';
import type { BranchStream, Stretch } from './ingest.ts';
import type { Head } from './log.ts';
import type { StoredOperation } from './operation-rows.ts';

/** Some 3 ms of the main thread, the commit among it. */
const OPERATIONS_PER_STRETCH = 32;
const BYTES_PER_STRETCH = 262_144;

/** A checked branch in parts as large as one transaction takes; the last one, which may be empty, brings the signed head. */
export function* stretchesOf(branch: BranchStream, start: Head): Generator<Stretch> {
  let after = start;
  let operations: StoredOperation[] = [];
  let bytes = 0;
  const take = (head: Stretch['head']): Stretch => {
    const stretch = { device: branch.device, after, operations, subjectKeys: keysOf(operations, branch.subjectKeys), head };
    const last = operations.at(-1);
    if (last) after = { seq: last.header.seq, hash: last.hash };
    operations = [];
    bytes = 0;
    return stretch;
  };
  for (const operation of branch.operations) {
    operations.push(operation);
    bytes += operation.body?.byteLength ?? 0;
    const isLast = operation.header.seq === branch.head.seq;
    if (!isLast && (operations.length === OPERATIONS_PER_STRETCH || bytes >= BYTES_PER_STRETCH)) yield take(null);
  }
  yield take(branch.head);
}

/** The keys of the subjects of these operations, as far as there are any. */
export function keysOf(operations: readonly StoredOperation[], subjectKeys: BranchStream['subjectKeys']): Map<SubjectId, Uint8Array> {
  const keys = new Map<SubjectId, Uint8Array>();
  for (const { header } of operations) {
    const key = keys.has(header.subject) ? undefined : subjectKeys.get(header.subject);
    if (key) keys.set(header.subject, key);
  }
  return keys;
}
