import type { DeviceId, OfficeId, SubjectId } from '../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import { commitOf, hashOf, isHeadSignatureValid } from '../crypto/chain.ts';
import type { SigningPublicKey } from '../crypto/key-text.ts';
import type { ReadableDb } from '../db/sqlite.ts';
import { readHead, storeHead, type Head, type SignedHead, type Writing } from './log.ts';
import type { Names } from './names.ts';
import { joinTop, readTop, storeTop, type LogTop } from './log-tops.ts';
import { getOperationHash, headerBytes, insertOperation, type StoredOperation } from './operation-rows.ts';
import { insertSubjectKey } from './subject-keys.ts';

/**
 * A stretch of another device's log: contiguous from what is known here up to a head signed by that device. At the door
 * only chain, signature, office and size are checked; what the operations mean is judged in the fold (design §1).
 */
export interface Branch extends BranchStream {
  readonly operations: readonly StoredOperation[];
}

/** The same, however long: read from its medium one operation after the other, as often as wanted. */
export interface BranchStream {
  readonly office: OfficeId;
  readonly device: DeviceId;
  readonly publicKey: SigningPublicKey;
  readonly operations: Iterable<StoredOperation>;
  readonly head: SignedHead;
  readonly subjectKeys: { get(subject: SubjectId): Uint8Array | undefined };
}

export interface BranchRefusal {
  readonly code: 'branch.foreignOffice' | 'branch.badSignature' | 'branch.badChain' | 'branch.gap' | 'branch.tooLarge';
  readonly detail: string;
}

/** What is known here already: a log that may be read. */
export interface KnownLog {
  readonly db: ReadableDb;
  readonly names: Names;
}

/** One body is a form, never a scan; scans travel apart. */
export const BODY_BYTES_MAX = 8_388_608;

/** Takes a whole branch in and returns the operations that were new. Known ones are passed over: (device, seq) decides. */
export function ingestBranch(writing: Writing, office: OfficeId, branch: Branch): Result<readonly StoredOperation[], BranchRefusal> {
  const known = readHead(writing.db, writing.names, branch.device);
  const fresh = branch.operations.filter(({ header }) => header.seq > known.seq);
  const fault = branchFault(writing, office, { ...branch, operations: fresh });
  if (fault) return err(fault);
  return insertStretch(writing, { device: branch.device, after: known, operations: fresh, subjectKeys: branch.subjectKeys, head: branch.head });
}

/**
 * Why a branch is not as its device wrote and signed it, or does not go on from what is known here; null when it may be
 * taken in. Reads the operations once, one after the other, and keeps none of them. `end`: where it has to go on from; the end of the
 * log as it is whole, unless it is the end of one whose older part has not come.
 */
export function branchFault(own: KnownLog, office: OfficeId, branch: BranchStream, end: Head = readHead(own.db, own.names, branch.device)): BranchRefusal | null {
  if (branch.office !== office) return refusal('branch.foreignOffice', branch.office);
  const head = { office, device: branch.device, seq: branch.head.seq, hash: branch.head.hash };
  if (!isHeadSignatureValid(branch.publicKey, head, branch.head.signature)) return refusal('branch.badSignature', branch.device);
  let known = end;
  // A fork that is shorter than what is known here would otherwise pass for a copy of it.
  const met = branch.head.seq <= known.seq ? getOperationHash(own.db, own.names, { device: branch.device, seq: branch.head.seq }) : undefined;
  if (met && Buffer.compare(met, branch.head.hash) !== 0) return refusal('branch.badChain', `${branch.device}:${branch.head.seq}`);
  for (const operation of branch.operations) {
    if (operation.header.seq <= known.seq) continue;
    const fault = operationFault(own, operation, branch, known);
    if (fault) return fault;
    known = { seq: operation.header.seq, hash: operation.hash };
  }
  if (known.seq < branch.head.seq) return refusal('branch.gap', `${branch.device} ends at ${known.seq}, signed ${branch.head.seq}`);
  if (known.seq === branch.head.seq && Buffer.compare(known.hash, branch.head.hash) !== 0) return refusal('branch.badChain', `${branch.device}:${known.seq}`);
  return null;
}

function operationFault(own: KnownLog, operation: StoredOperation, branch: BranchStream, known: Head): BranchRefusal | null {
  const { header } = operation;
  const id = `${header.device}:${header.seq}`;
  // Nobody vouches for what stands behind the signed head.
  if (header.seq > branch.head.seq) return refusal('branch.badSignature', `${branch.device}:${header.seq}`);
  if (header.office !== branch.office) return refusal('branch.foreignOffice', id);
  if (header.device !== branch.device || header.seq !== known.seq + 1) return refusal('branch.gap', id);
  if ((operation.body?.byteLength ?? 0) > BODY_BYTES_MAX) return refusal('branch.tooLarge', id);
  const expected = hashOf(known.hash, headerBytes(header), operation.commitment);
  if (Buffer.compare(expected, operation.hash) !== 0) return refusal('branch.badChain', id);
  // A join file brings the office's operations ahead of the chain they stand in.
  const stored = getOperationHash(own.db, own.names, header);
  if (stored && Buffer.compare(stored, operation.hash) !== 0) return refusal('branch.badChain', id);
  // Whoever takes in was established before, by an act that is here: another one would make it another office.
  if (!stored && header.kind === 'office.established') return refusal('branch.foreignOffice', id);
  if (operation.body === null) return null;
  // An erased body cannot be checked, and needs no check: the chain binds its commitment.
  const key = branch.subjectKeys.get(header.subject);
  return key && Buffer.compare(commitOf(key, operation.body), operation.commitment) === 0 ? null : refusal('branch.badChain', id);
}

/** A part of a checked branch, as much as one transaction takes. */
export interface Stretch {
  readonly device: DeviceId;
  /** The link that it goes on from. */
  readonly after: Head;
  readonly operations: readonly StoredOperation[];
  readonly subjectKeys: BranchStream['subjectKeys'];
  /** With the last part alone: an unsigned beginning is a legal state, and is passed on once the rest has come. */
  readonly head: SignedHead | null;
}

/** Writes a stretch of a branch that was checked; refused when it does not go on from what is here by now. Returns its operations. */
export function insertStretch({ db, names }: Writing, { device, after, operations, subjectKeys, head }: Stretch): Result<readonly StoredOperation[], BranchRefusal> {
  const top = readTop(db, names, device);
  const isWhole = isSameHead(readHead(db, names, device), after);
  if (!isWhole && !(top && isSameHead(top.end, after))) return err(refusal('branch.gap', `${device}:${after.seq}`));
  for (const operation of operations) {
    const { subject } = operation.header;
    const key = operation.body === null ? undefined : subjectKeys.get(subject);
    if (key) insertSubjectKey(db, subject, key);
    if (!getOperationHash(db, names, operation.header)) insertOperation(db, names, operation);
  }
  const last = operations.at(-1);
  const end: Head = last ? { seq: last.header.seq, hash: last.hash } : after;
  if (!isWhole) {
    storeTop(db, names, device, end, head);
    return ok(operations);
  }
  if (last) storeHead(db, names, device, end);
  if (head) {
    db.run(
      'UPDATE devices SET signed_seq = ?, signed_hash = ?, signature = ? WHERE device = ? AND signed_seq < ?',
      head.seq, head.hash, head.signature, names.enter(db, device), head.seq,
    );
  }
  return top && head && end.seq >= top.base.seq ? joined({ db, names }, device, top, operations) : ok(operations);
}

/** Two ends that the device signed apart are one log only where the older part has come to the very base of the other. */
function joined({ db, names }: Pick<Writing, 'db' | 'names'>, device: DeviceId, top: LogTop, operations: readonly StoredOperation[]): Result<readonly StoredOperation[], BranchRefusal> {
  const met = getOperationHash(db, names, { device, seq: top.base.seq });
  if (!met || Buffer.compare(met, top.base.hash) !== 0) return err(refusal('branch.badChain', `${device}:${top.base.seq}`));
  joinTop(db, names, device, top);
  return ok(operations);
}

function isSameHead(one: Head, other: Head): boolean {
  return one.seq === other.seq && Buffer.compare(one.hash, other.hash) === 0;
}

function refusal(code: BranchRefusal['code'], detail: string): BranchRefusal {
  return { code, detail };
}
