import type { DeviceId, OfficeId, SubjectId } from '../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import { commitOf, hashOf, isHeadSignatureValid } from '../crypto/chain.ts';
import type { SigningPublicKey } from '../crypto/key-text.ts';
import { readHead, storeHead, type Head, type Writing } from './log.ts';
import { getOperation, headerBytes, insertOperation, subjectToBytes, type StoredOperation } from './operation-rows.ts';

/**
 * A stretch of another device's log: contiguous from what is known here up to a head signed by that device. At the door
 * only chain, signature, office and size are checked; what the operations mean is judged in the fold (design §1).
 */
export interface Branch {
  readonly office: OfficeId;
  readonly device: DeviceId;
  readonly publicKey: SigningPublicKey;
  readonly operations: readonly StoredOperation[];
  readonly head: Head & { readonly signature: string };
  readonly subjectKeys: ReadonlyMap<SubjectId, Uint8Array>;
}

export interface BranchRefusal {
  readonly code: 'branch.foreignOffice' | 'branch.badSignature' | 'branch.badChain' | 'branch.gap' | 'branch.tooLarge';
  readonly detail: string;
}

/** One body is a form, never a scan; scans travel apart. */
const BODY_BYTES_MAX = 8_388_608;

/** Takes a branch in and returns the operations that were new. Known ones are passed over: (device, seq) decides. */
export function ingestBranch(writing: Writing, office: OfficeId, branch: Branch): Result<readonly StoredOperation[], BranchRefusal> {
  const { db, names } = writing;
  if (branch.office !== office) return refuse('branch.foreignOffice', branch.office);
  const head = { office, device: branch.device, seq: branch.head.seq, hash: branch.head.hash };
  if (!isHeadSignatureValid(branch.publicKey, head, branch.head.signature)) return refuse('branch.badSignature', branch.device);

  let known = readHead(db, names, branch.device);
  // A fork that is shorter than what is known here would otherwise pass for a copy of it.
  const met = branch.head.seq <= known.seq ? getOperation(db, names, { device: branch.device, seq: branch.head.seq }) : undefined;
  if (met && Buffer.compare(met.hash, branch.head.hash) !== 0) return refuse('branch.badChain', `${branch.device}:${branch.head.seq}`);
  const fresh: StoredOperation[] = [];
  for (const operation of branch.operations) {
    if (operation.header.seq <= known.seq) continue;
    // Nobody vouches for what stands behind the signed head.
    if (operation.header.seq > branch.head.seq) return refuse('branch.badSignature', `${branch.device}:${operation.header.seq}`);
    const fault = faultOf(operation, branch, known);
    if (fault) return fault;
    const stored = getOperation(db, names, operation.header);
    // A join file brings the office's operations ahead of the chain they stand in.
    if (stored && Buffer.compare(stored.hash, operation.hash) !== 0) return refuse('branch.badChain', `${operation.header.device}:${operation.header.seq}`);
    keepSubjectKey(writing, operation, branch);
    if (!stored) insertOperation(db, names, operation);
    known = { seq: operation.header.seq, hash: operation.hash };
    fresh.push(operation);
  }
  if (known.seq < branch.head.seq) return refuse('branch.gap', `${branch.device} ends at ${known.seq}, signed ${branch.head.seq}`);
  if (known.seq === branch.head.seq && Buffer.compare(known.hash, branch.head.hash) !== 0) return refuse('branch.badChain', `${branch.device}:${known.seq}`);
  if (fresh.length > 0) {
    storeHead(db, names, branch.device, known);
    db.run('UPDATE devices SET signed_seq = ?, signed_hash = ?, signature = ? WHERE device = ?', branch.head.seq, branch.head.hash, branch.head.signature, names.enter(db, branch.device));
  }
  return ok(fresh);
}

function faultOf(operation: StoredOperation, branch: Branch, known: Head) {
  const { header } = operation;
  const id = `${header.device}:${header.seq}`;
  if (header.office !== branch.office) return refuse('branch.foreignOffice', id);
  if (header.device !== branch.device || header.seq !== known.seq + 1) return refuse('branch.gap', id);
  if ((operation.body?.byteLength ?? 0) > BODY_BYTES_MAX) return refuse('branch.tooLarge', id);
  const expected = hashOf(known.hash, headerBytes(header), operation.commitment);
  if (Buffer.compare(expected, operation.hash) !== 0) return refuse('branch.badChain', id);
  const key = branch.subjectKeys.get(header.subject);
  // An erased body cannot be checked, and needs no check: the chain binds its commitment.
  if (operation.body !== null && (!key || Buffer.compare(commitOf(key, operation.body), operation.commitment) !== 0)) return refuse('branch.badChain', id);
  return null;
}

function keepSubjectKey({ db }: Writing, operation: StoredOperation, branch: Branch): void {
  const key = branch.subjectKeys.get(operation.header.subject);
  if (key && operation.body !== null) db.run('INSERT INTO subject_keys (subject, key) VALUES (?, ?) ON CONFLICT DO NOTHING', subjectToBytes(operation.header.subject), key);
}

function refuse(code: BranchRefusal['code'], detail: string) {
  return err<BranchRefusal>({ code, detail });
}
