import { headerToCanonical, type Operation, type OperationHeader, type OperationRef } from '../../src-shared/domain/operations/operation.ts';
import { canonicalJson } from '../../src-shared/lib/canonical-json.ts';
import type { DeviceId, OfficeId, OfficerId, SubjectId } from '../../src-shared/lib/ids.ts';
import type { ReadableDb, WritableDb } from '../db/sqlite.ts';
import type { Names } from './names.ts';

/** An operation as stored: the exact body bytes (null once erased), what binds them, and its link in the chain. */
export interface StoredOperation {
  readonly header: OperationHeader;
  readonly body: Uint8Array | null;
  readonly commitment: Uint8Array;
  readonly hash: Uint8Array;
}

/** What a fold reads of an operation. */
interface ReadRow {
  readonly device: number;
  readonly seq: number;
  readonly subject: Uint8Array;
  readonly kind: number;
  readonly version: number;
  readonly office: number;
  readonly actor: number | null;
  readonly at_ms: number;
  readonly at_counter: number;
  readonly wall: number;
  readonly business_date: string;
  readonly after: string;
  readonly body: Uint8Array | null;
}

interface OperationRow extends ReadRow {
  readonly commitment: Uint8Array;
  readonly hash: Uint8Array;
}

const READ_COLUMNS = 'device, seq, subject, kind, version, office, actor, at_ms, at_counter, wall, business_date, after, body';
const COLUMNS = `${READ_COLUMNS}, commitment, hash`;

export function subjectToBytes(subject: string): Buffer {
  return Buffer.from(subject.replaceAll('-', ''), 'hex');
}

export function bytesToSubject(bytes: Uint8Array): SubjectId {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as SubjectId;
}

/** The bytes that are hashed into the chain. */
export function headerBytes(header: OperationHeader): Buffer {
  return Buffer.from(canonicalJson(headerToCanonical(header)), 'utf8');
}

/** Links of what was just written, by its header: the paper and the screen of an act ask for them at once. */
const writtenHashes = new WeakMap<OperationRef, Uint8Array>();

export function insertOperation(db: WritableDb, names: Names, stored: StoredOperation): void {
  const { header } = stored;
  writtenHashes.set(header, stored.hash);
  db.run(
    `INSERT INTO operations (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    names.enter(db, header.device),
    header.seq,
    subjectToBytes(header.subject),
    names.enter(db, header.kind),
    header.version,
    names.enter(db, header.office),
    header.actor === null ? null : names.enter(db, header.actor),
    header.at.ms,
    header.at.counter,
    header.wall,
    header.businessDate,
    header.after.map((ref) => `${names.enter(db, ref.device)} ${ref.seq}`).join(','),
    stored.body,
    stored.commitment,
    stored.hash,
  );
}

/** Every operation about a subject as the fold reads it, in order of arrival. */
export function listSubjectOperations(db: ReadableDb, names: Names, subject: string): Operation[] {
  return db
    .all<ReadRow>(`SELECT ${READ_COLUMNS} FROM operations WHERE subject = ? ORDER BY position`, subjectToBytes(subject))
    .map((row) => readOperation(row, names));
}

/** An operation and where it stands in the list, to go on behind it. */
export interface PlacedOperation {
  readonly operation: Operation;
  readonly place: string;
}

/** A subject's operations as the fold reads them, by their stamps, the newest first; `before` is the place of the last one that was seen. */
export function listNewestOperations(db: ReadableDb, names: Names, subject: string, { before, limit }: { readonly before: string | null; readonly limit: number }): readonly PlacedOperation[] {
  const [ms, counter, position] = before?.split('.').map(Number) ?? [Number.MAX_SAFE_INTEGER, 0, 0];
  // First where they stand, then what they say: a body may hold a whole pack, and is not sorted along.
  const positions = db
    .all<{ position: number }>(
      `SELECT position FROM operations WHERE subject = ? AND (at_ms, at_counter, position) < (?, ?, ?)
       ORDER BY at_ms DESC, at_counter DESC, position DESC LIMIT ?`,
      subjectToBytes(subject), ms!, counter!, position!, limit,
    );
  return positions.map((row) => {
    const read = db.get<ReadRow>(`SELECT ${READ_COLUMNS} FROM operations WHERE position = ?`, row.position)!;
    return { operation: readOperation(read, names), place: `${read.at_ms}.${read.at_counter}.${row.position}` };
  });
}

/** The same with what binds them, to be handed on. */
export function listStoredOperations(db: ReadableDb, names: Names, subject: string): StoredOperation[] {
  return db
    .all<OperationRow>(`SELECT ${COLUMNS} FROM operations WHERE subject = ? ORDER BY position`, subjectToBytes(subject))
    .map((row) => rowToOperation(row, names));
}

/** The next subjects behind one, in the order of their ids, each with all its operations: how whole logs are folded. */
export function listNextSubjects(db: ReadableDb, names: Names, after: SubjectId | null, subjectsMax: number): readonly (readonly Operation[])[] {
  const from = after === null ? Buffer.alloc(0) : subjectToBytes(after);
  const last = db.value<Uint8Array>('SELECT max(subject) FROM (SELECT DISTINCT subject FROM operations WHERE subject > ? ORDER BY subject LIMIT ?)', from, subjectsMax);
  if (!last) return [];
  const rows = db.all<ReadRow>(`SELECT ${READ_COLUMNS} FROM operations WHERE subject > ? AND subject <= ? ORDER BY subject, position`, from, last);
  const subjects: Operation[][] = [];
  let previous: ReadRow | undefined;
  for (const row of rows) {
    if (!previous || Buffer.compare(previous.subject, row.subject) !== 0) subjects.push([]);
    subjects.at(-1)!.push(readOperation(row, names));
    previous = row;
  }
  return subjects;
}

/** A device's operations after `seq`, in order. */
export function* iterateDeviceOperations(db: ReadableDb, names: Names, device: DeviceId, afterSeq: number): Generator<StoredOperation> {
  const no = names.find(device);
  if (no === undefined) return;
  for (const row of db.iterate<OperationRow>(`SELECT ${COLUMNS} FROM operations WHERE device = ? AND seq > ? ORDER BY seq`, no, afterSeq)) {
    yield rowToOperation(row, names);
  }
}

export function getOperation(db: ReadableDb, names: Names, ref: OperationRef): StoredOperation | undefined {
  const no = names.find(ref.device);
  if (no === undefined) return undefined;
  const row = db.get<OperationRow>(`SELECT ${COLUMNS} FROM operations WHERE device = ? AND seq = ?`, no, ref.seq);
  return row && rowToOperation(row, names);
}

/** The link of an operation in its device's chain: what papers are checked by, without reading the body beside it. */
export function getOperationHash(db: ReadableDb, names: Names, ref: OperationRef): Uint8Array | undefined {
  const written = writtenHashes.get(ref);
  if (written) return written;
  const no = names.find(ref.device);
  return no === undefined ? undefined : db.value<Uint8Array>('SELECT hash FROM operations WHERE device = ? AND seq = ?', no, ref.seq);
}

function rowToOperation(row: OperationRow, names: Names): StoredOperation {
  return { header: rowToHeader(row, names), body: row.body, commitment: row.commitment, hash: row.hash };
}

function readOperation(row: ReadRow, names: Names): Operation {
  return toOperation({ header: rowToHeader(row, names), body: row.body });
}

function rowToHeader(row: ReadRow, names: Names): OperationHeader {
  return {
    device: names.textOf(row.device) as DeviceId,
    seq: row.seq,
    at: { ms: row.at_ms, counter: row.at_counter },
    after: parseAfter(row.after, names),
    wall: row.wall,
    businessDate: row.business_date,
    actor: row.actor === null ? null : (names.textOf(row.actor) as OfficerId),
    kind: names.textOf(row.kind),
    version: row.version,
    office: names.textOf(row.office) as OfficeId,
    subject: bytesToSubject(row.subject),
  };
}

function parseAfter(after: string, names: Names): OperationRef[] {
  if (after === '') return [];
  return after.split(',').map((pair) => {
    const [device, seq] = pair.split(' ');
    return { device: names.textOf(Number(device)) as DeviceId, seq: Number(seq) };
  });
}

/** As the fold reads it. Bodies were written by `canonicalJson`; what is not JSON reads as a malformed body, never a crash. */
export function toOperation(stored: Pick<StoredOperation, 'header' | 'body'>): Operation {
  return { header: stored.header, body: stored.body === null ? undefined : parseBody(stored.body) };
}

function parseBody(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')) as unknown;
  } catch {
    // Another program's body that is not JSON: the fold shows it as malformed.
    return null;
  }
}
