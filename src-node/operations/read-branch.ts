import type { DeviceId, OfficeId } from '../../src-shared/lib/ids.ts';
import type { SigningPublicKey } from '../crypto/key-text.ts';
import type { ReadableDb } from '../db/sqlite.ts';
import type { Branch, BranchStream } from './ingest.ts';
import type { SignedHead } from './log.ts';
import type { Names } from './names.ts';
import { iterateDeviceOperations, type StoredOperation } from './operation-rows.ts';
import { keysOf } from './stretches.ts';
import { keyOfDevice } from './subject-keys.ts';

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

/** The last head that a device's key has signed, as far as this database knows. */
export function readSignedHead(db: ReadableDb, names: Names, device: DeviceId): SignedHead | undefined {
  const no = names.find(device);
  if (no === undefined) return undefined;
  return db.get<SignedHead>('SELECT signed_seq AS seq, signed_hash AS hash, signature FROM devices WHERE device = ? AND signed_seq > 0', no);
}

/** A device's operations after `afterSeq` up to its signed head, read when they are asked for. */
export function streamBranch(source: BranchSource, { device, publicKey, head }: Pick<BranchStream, 'device' | 'publicKey' | 'head'>, afterSeq: number): BranchStream {
  const { db, names, office } = source;
  return {
    office, device, publicKey, head,
    operations: { [Symbol.iterator]: () => operationsUpTo(iterateDeviceOperations(db, names, device, afterSeq), head.seq) },
    subjectKeys: { get: (subject) => keyOfDevice(db, names, device, subject) },
  };
}

function* operationsUpTo(operations: Iterable<StoredOperation>, lastSeq: number): Generator<StoredOperation> {
  for (const operation of operations) {
    if (operation.header.seq > lastSeq) return;
    yield operation;
  }
}

/** The same at once, with the keys of its subjects; null when nothing is newer than `afterSeq`. */
export function readBranch(source: BranchSource, device: DeviceId, publicKey: SigningPublicKey, afterSeq: number): Branch | null {
  const head = readSignedHead(source.db, source.names, device);
  if (!head || head.seq <= afterSeq) return null;
  const stream = streamBranch(source, { device, publicKey, head }, afterSeq);
  const operations = [...stream.operations];
  return { ...stream, operations, subjectKeys: keysOf(operations, stream.subjectKeys) };
}
