import type { OperationHeader } from '../../src-shared/domain/operations/operation.ts';
import { assert } from '../../src-shared/lib/assert.ts';
import type { DeviceId, OfficeId, OfficerId, SubjectId } from '../../src-shared/lib/ids.ts';
import { commitOf } from '../../src-node/crypto/chain.ts';
import type { StoredOperation } from '../../src-node/operations/operation-rows.ts';
import type { ServerReads, ServerWrites } from '../db/server-db.ts';

/** What a fold reads of an operation. */
interface ReadRow {
  readonly device: string;
  readonly seq: number;
  readonly subject: string;
  readonly kind: string;
  readonly version: number;
  readonly actor: string | null;
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

const READ_COLUMNS = 'device, seq, subject, kind, version, actor, at_ms, at_counter, wall, business_date, after, body';
const COLUMNS = `${READ_COLUMNS}, commitment, hash`;

/** Operations `firstSeq` to `lastSeq` of one device, in order; fewer where fewer are held. */
export async function listDeviceOperations(db: ServerReads, office: OfficeId, device: string, firstSeq: number, lastSeq: number): Promise<readonly StoredOperation[]> {
  const rows = await db.all<OperationRow>(`SELECT ${COLUMNS} FROM operations WHERE office = ? AND device = ? AND seq >= ? AND seq <= ? ORDER BY seq`, office, device, firstSeq, lastSeq);
  return rows.map((row) => rowToOperation(office, row));
}

/** The same where their bodies are so many bytes at most; none of them is read where they are more. */
export async function listSmallOperations(db: ServerReads, office: OfficeId, { device, firstSeq, lastSeq }: { readonly device: string; readonly firstSeq: number; readonly lastSeq: number }, bytesMax: number): Promise<readonly StoredOperation[]> {
  const row = await db.get<{ bytes: number | string | null }>('SELECT sum(length(body)) AS bytes FROM operations WHERE office = ? AND device = ? AND seq >= ? AND seq <= ?', office, device, firstSeq, lastSeq);
  return Number(row?.bytes ?? 0) > bytesMax ? [] : listDeviceOperations(db, office, device, firstSeq, lastSeq);
}

/** Everything about the office itself up to a position, in the order in which it came: what its devices and keys are folded from. */
export async function listOfficeOperations(db: ServerReads, office: OfficeId, position = Number.MAX_SAFE_INTEGER): Promise<readonly StoredOperation[]> {
  const rows = await db.all<OperationRow>(`SELECT ${COLUMNS} FROM operations WHERE office = ? AND subject = ? AND position <= ? ORDER BY position`, office, office, position);
  return rows.map((row) => rowToOperation(office, row));
}

/** Subjects of one question: its text stays the same however many are asked for. */
export const SUBJECTS_PER_READ = 32;
const SUBJECT_VALUES = Array.from({ length: SUBJECTS_PER_READ }, () => '?').join(', ');

/** Some subjects' operations up to a position, in the order in which they came; subjects of which there is none are left out. */
export async function listSubjectsOperations(db: ServerReads, office: OfficeId, subjects: readonly SubjectId[], position: number): Promise<ReadonlyMap<SubjectId, readonly StoredOperation[]>> {
  assert(subjects.length > 0 && subjects.length <= SUBJECTS_PER_READ, 'some subjects, and no more than one question asks for');
  const asked = filled(subjects);
  const rows = await db.all<OperationRow>(`SELECT ${COLUMNS} FROM operations WHERE office = ? AND position <= ? AND subject IN (${SUBJECT_VALUES}) ORDER BY position`, office, position, ...asked);
  return Map.groupBy(rows.map((row) => rowToOperation(office, row)), ({ header }) => header.subject);
}

/** The same without what binds them, as a fold asks for. */
export async function listSubjectsReadings(db: ServerReads, office: OfficeId, subjects: readonly SubjectId[], position: number): Promise<ReadonlyMap<SubjectId, readonly Pick<StoredOperation, 'header' | 'body'>[]>> {
  assert(subjects.length > 0 && subjects.length <= SUBJECTS_PER_READ, 'some subjects, and no more than one question asks for');
  const rows = await db.all<ReadRow>(`SELECT ${READ_COLUMNS} FROM operations WHERE office = ? AND position <= ? AND subject IN (${SUBJECT_VALUES}) ORDER BY position`, office, position, ...filled(subjects));
  return Map.groupBy(rows.map((row) => ({ header: rowToHeader(office, row), body: row.body })), ({ header }) => header.subject);
}

/** The keys of some subjects: mostly one each. */
export async function listSubjectsKeys(db: ServerReads, office: OfficeId, subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, readonly Uint8Array[]>> {
  assert(subjects.length > 0 && subjects.length <= SUBJECTS_PER_READ, 'some subjects, and no more than one question asks for');
  const rows = await db.all<{ subject: SubjectId; key: Uint8Array }>(`SELECT subject, key FROM subject_keys WHERE office = ? AND subject IN (${SUBJECT_VALUES})`, office, ...filled(subjects));
  return new Map([...Map.groupBy(rows, ({ subject }) => subject)].map(([subject, keys]) => [subject, keys.map(({ key }) => key)]));
}

/** The last one again and again, to as many as the text of the question has. */
function filled(subjects: readonly SubjectId[]): readonly SubjectId[] {
  return Array.from({ length: SUBJECTS_PER_READ }, (_, index) => subjects[Math.min(index, subjects.length - 1)]!);
}

export interface PlacedSubject {
  readonly position: number;
  readonly subject: SubjectId;
}

const FRAMES_PER_STRETCH = 16;

/** What the next operations of the office's list are about, in its order; none behind its end. */
export async function listNextSubjects(db: ServerReads, office: OfficeId, after: number, operationsMax: number): Promise<readonly PlacedSubject[]> {
  const frames = await db.all<{ position: number; first_position: number; device: string; seq: number }>(
    'SELECT position, first_position, device, seq FROM frames WHERE office = ? AND position > ? ORDER BY position LIMIT ?', office, after, FRAMES_PER_STRETCH,
  );
  const next: PlacedSubject[] = [];
  for (const { position, first_position, device, seq } of frames) {
    const first = Math.max(first_position, after + 1);
    const last = Math.min(position, first + operationsMax - next.length - 1);
    if (last < first) break;
    // Within a frame positions and numbers of the log go up together.
    const rows = await db.all<PlacedSubject>('SELECT position, subject FROM operations WHERE office = ? AND device = ? AND seq >= ? AND seq <= ? ORDER BY seq', office, device, seq - (position - first), seq - (position - last));
    next.push(...rows);
  }
  return next;
}

export async function getOperationHash(db: ServerReads, office: OfficeId, device: string, seq: number): Promise<Uint8Array | undefined> {
  return (await db.get<{ hash: Uint8Array }>('SELECT hash FROM operations WHERE office = ? AND device = ? AND seq = ?', office, device, seq))?.hash;
}

/** The first one stands at `firstPosition` of the office's list, the others behind it. */
export async function insertOperations(db: ServerWrites, office: OfficeId, operations: readonly StoredOperation[], firstPosition: number): Promise<void> {
  await db.insertMany('operations', {
    office: 'text', device: 'text', seq: 'bigint', position: 'bigint', subject: 'text', kind: 'text', version: 'bigint', actor: 'text', at_ms: 'bigint', at_counter: 'bigint', wall: 'bigint',
    business_date: 'text', after: 'text', body: 'bytea', commitment: 'bytea', hash: 'bytea',
  }, operations.map(({ header, body, commitment, hash }, index) => [
    office, header.device, header.seq, firstPosition + index, header.subject, header.kind, header.version, header.actor, header.at.ms, header.at.counter, header.wall,
    header.businessDate, JSON.stringify(header.after.map((ref) => [ref.device, ref.seq])), body, commitment, hash,
  ]));
}

export async function insertSubjectKeys(db: ServerWrites, office: OfficeId, keys: ReadonlyMap<SubjectId, Uint8Array>): Promise<void> {
  await db.insertMany('subject_keys', { office: 'text', subject: 'text', key: 'bytea' }, [...keys].map(([subject, key]) => [office, subject, key]), 'nothing');
}

/** The keys that these operations of one device were committed with, by their subjects; none where bodies are erased. */
export async function getSubjectKeys(db: ServerReads, office: OfficeId, operations: readonly StoredOperation[]): Promise<ReadonlyMap<SubjectId, Uint8Array>> {
  const keys = new Map<SubjectId, Uint8Array>();
  for (const { header, body, commitment } of operations) {
    if (body === null || keys.has(header.subject)) continue;
    const rows = await db.all<{ key: Uint8Array }>('SELECT key FROM subject_keys WHERE office = ? AND subject = ?', office, header.subject);
    const fitting = rows.find(({ key }) => Buffer.compare(commitOf(key, body), commitment) === 0);
    if (fitting) keys.set(header.subject, fitting.key);
  }
  return keys;
}

function rowToOperation(office: OfficeId, row: OperationRow): StoredOperation {
  return { header: rowToHeader(office, row), body: row.body, commitment: row.commitment, hash: row.hash };
}

function rowToHeader(office: OfficeId, row: ReadRow): OperationHeader {
  return {
    office,
    device: row.device as DeviceId,
    seq: row.seq,
    subject: row.subject as SubjectId,
    kind: row.kind,
    version: row.version,
    actor: row.actor as OfficerId | null,
    at: { ms: row.at_ms, counter: row.at_counter },
    wall: row.wall,
    businessDate: row.business_date,
    after: (JSON.parse(row.after) as [DeviceId, number][]).map(([device, seq]) => ({ device, seq })),
  };
}
