import type { DeviceId, OfficeId, SubjectId } from '../../src-shared/lib/ids.ts';
import type { SigningPublicKey } from '../crypto/key-text.ts';
import type { ReadableDb } from '../db/sqlite.ts';
import type { Branch } from './ingest.ts';
import type { Names } from './names.ts';
import { iterateDeviceOperations, subjectToBytes, type StoredOperation } from './operation-rows.ts';

export interface BranchSource {
  readonly db: ReadableDb;
  readonly names: Names;
  readonly office: OfficeId;
}

/** Every device this database holds a signed stretch of. */
export function listSignedDevices({ db, names }: BranchSource): { device: DeviceId; seq: number }[] {
  return db
    .all<{ device: number; signed_seq: number }>('SELECT device, signed_seq FROM devices WHERE signed_seq > 0')
    .map((row) => ({ device: names.textOf(row.device) as DeviceId, seq: row.signed_seq }));
}

/** A device's operations after `afterSeq` up to its signed head, with the keys of their subjects; null when nothing is newer. */
export function readBranch(source: BranchSource, device: DeviceId, publicKey: SigningPublicKey, afterSeq: number): Branch | null {
  const { db, names, office } = source;
  const no = names.find(device);
  const head = no === undefined ? undefined : db.get<{ signed_seq: number; signed_hash: Uint8Array; signature: string }>('SELECT signed_seq, signed_hash, signature FROM devices WHERE device = ? AND signed_seq > 0', no);
  if (!head || head.signed_seq <= afterSeq) return null;
  const operations: StoredOperation[] = [];
  for (const operation of iterateDeviceOperations(db, names, device, afterSeq)) {
    if (operation.header.seq > head.signed_seq) break;
    operations.push(operation);
  }
  return { office, device, publicKey, operations, head: { seq: head.signed_seq, hash: head.signed_hash, signature: head.signature }, subjectKeys: subjectKeys(db, operations) };
}

function subjectKeys(db: ReadableDb, operations: readonly StoredOperation[]): Map<SubjectId, Uint8Array> {
  const keys = new Map<SubjectId, Uint8Array>();
  for (const { header } of operations) {
    if (keys.has(header.subject)) continue;
    const key = db.value<Uint8Array>('SELECT key FROM subject_keys WHERE subject = ?', subjectToBytes(header.subject));
    if (key) keys.set(header.subject, key);
  }
  return keys;
}
