import type { Hlc } from '../../src-shared/lib/hlc.ts';
import { canonicalJson } from '../../src-shared/lib/canonical-json.ts';
import type { DeviceId, OfficeId, OfficerId, SubjectId } from '../../src-shared/lib/ids.ts';
import type { Operation, OperationHeader, OperationRef } from '../../src-shared/domain/operations/operation.ts';
import { assert } from '../../src-shared/lib/assert.ts';
import { ok, type Result } from '../../src-shared/lib/result.ts';
import { CHAIN_START, commitOf, hashOf, signHead, SUBJECT_KEY_BYTES } from '../crypto/chain.ts';
import { randomKeyBytes } from '../crypto/keys.ts';
import type { SigningPrivateKey } from '../crypto/key-text.ts';
import type { StorageError } from '../db/storage-error.ts';
import { transaction } from '../db/transaction.ts';
import type { ReadableDb, WritableDb } from '../db/sqlite.ts';
import { createNames, type Names } from './names.ts';
import type { OfficeClock } from './office-clock.ts';
import { headerBytes, insertOperation, listSubjectOperations, subjectToBytes } from './operation-rows.ts';
import { readSubjectKey } from './subject-keys.ts';

/** Who writes here: this desk's present device. */
export interface Author {
  readonly office: OfficeId;
  readonly device: DeviceId;
  readonly privateKey: SigningPrivateKey;
}

/** What an act wants to be written; the log adds number, stamp, dates and links. */
export interface NewOperation {
  readonly kind: string;
  readonly version: number;
  readonly subject: SubjectId;
  readonly actor: OfficerId | null;
  readonly after: readonly OperationRef[];
  readonly body: unknown;
}

/** The device's end of chain. */
export interface Head {
  readonly seq: number;
  readonly hash: Uint8Array;
}

/** One that its device's key has signed. */
export interface SignedHead extends Head {
  readonly signature: string;
}

/** Inside one transaction: append, and read what this transaction already wrote. */
export interface Writing {
  readonly db: WritableDb;
  readonly names: Names;
  append(operation: NewOperation): Operation;
  /** The header that `append` would write now, for asking the fold first. */
  draft(operation: NewOperation): Operation;
}

/**
 * The log of this desk. `write` is the only door: one durable transaction in which operations are appended, projected and,
 * if paper is due, its print job inserted. Nothing is told to anybody before it has returned ok (design §1).
 */
export interface Log {
  readonly author: Author;
  readonly names: Names;
  write<T, E = never>(work: (writing: Writing) => Result<T, E>): Result<T, E | StorageError>;
  head(): Head;
  /** Signs the present head if it is not signed yet, and stores the signature. */
  sign(): Result<void, StorageError>;
  listSubject(subject: SubjectId): Operation[];
}

export function createLog(db: WritableDb, author: Author, clock: OfficeClock): Log {
  const names = createNames(db);
  let head = readHead(db, names, author.device);
  const log: Log = {
    author,
    names,
    write: (work) => {
      let pending = head;
      const draft = (operation: NewOperation): Operation => ({
        header: { ...stampedHeader(operation, author, clock), seq: pending.seq + 1 },
        body: operation.body,
      });
      const append = (operation: NewOperation): Operation => {
        const written = draft(operation);
        pending = appendOperation(db, names, written, pending);
        return written;
      };
      let isKept = false;
      try {
        const result = transaction(db, () => {
          const answer = work({ db, names, append, draft });
          if (answer.ok && pending !== head) storeHead(db, names, author.device, pending);
          return answer;
        });
        if (result.ok) head = pending;
        isKept = result.ok;
        return result;
      } finally {
        // Also after a throw: names that were entered and rolled back would point to nothing.
        if (!isKept) names.reset();
      }
    },
    head: () => head,
    sign: () => {
      const no = names.find(author.device);
      const signed = no === undefined ? 0 : db.value<number>('SELECT signed_seq FROM devices WHERE device = ?', no);
      if (signed === head.seq) return ok(undefined);
      return transaction(db, () => {
        signStoredHead(db, names, author);
        return ok(undefined);
      });
    },
    listSubject: (subject) => listSubjectOperations(db, names, subject),
  };
  return log;
}

function stampedHeader(operation: NewOperation, author: Author, clock: OfficeClock): Omit<OperationHeader, 'seq'> {
  const { at, wall, businessDate } = clock.stamp();
  const { kind, version, subject, actor, after } = operation;
  return { device: author.device, at, after, wall, businessDate, actor, kind, version, office: author.office, subject };
}

function appendOperation(db: WritableDb, names: Names, operation: Operation, previous: Head): Head {
  const body = Buffer.from(canonicalJson(operation.body), 'utf8');
  const commitment = commitOf(subjectKey(db, operation.header.subject), body);
  const hash = hashOf(previous.hash, headerBytes(operation.header), commitment);
  insertOperation(db, names, { header: operation.header, body, commitment, hash });
  return { seq: operation.header.seq, hash };
}

/** The subject's key, born with its first operation on this desk. */
function subjectKey(db: WritableDb, subject: SubjectId): Uint8Array {
  const known = readSubjectKey(db, subject);
  if (known !== undefined) return known;
  const key = randomKeyBytes(SUBJECT_KEY_BYTES);
  db.run('INSERT INTO subject_keys (subject, key) VALUES (?, ?)', subjectToBytes(subject), key);
  return key;
}

export function readHead(db: ReadableDb, names: Names, device: DeviceId): Head {
  const no = names.find(device);
  const row = no === undefined ? undefined : db.get<{ seq: number; hash: Uint8Array }>('SELECT seq, hash FROM devices WHERE device = ?', no);
  return row ?? { seq: 0, hash: CHAIN_START };
}

export function storeHead(db: WritableDb, names: Names, device: DeviceId, head: Head): void {
  assert(head.seq > 0, 'a stored head has at least one operation');
  db.run(
    `INSERT INTO devices (device, seq, hash, signed_seq) VALUES (?, ?, ?, 0)
     ON CONFLICT (device) DO UPDATE SET seq = excluded.seq, hash = excluded.hash`,
    names.enter(db, device),
    head.seq,
    head.hash,
  );
}

/** Signs the end of a device's chain as it stands. To be called inside a transaction. */
export function signStoredHead(db: WritableDb, names: Names, { office, device, privateKey }: Author): void {
  const no = names.find(device);
  const { seq, hash } = readHead(db, names, device);
  if (no === undefined || seq === 0) return;
  const signature = signHead(privateKey, { office, device, seq, hash });
  db.run('UPDATE devices SET signed_seq = ?, signed_hash = ?, signature = ? WHERE device = ?', seq, hash, signature, no);
}

/** The last stamp of this device, to go on from after a restart. */
export function readLastHlc(db: ReadableDb, names: Names, device: DeviceId): Hlc {
  const no = names.find(device);
  const own = no === undefined ? undefined : db.get<Hlc>('SELECT at_ms AS ms, at_counter AS counter FROM operations WHERE device = ? ORDER BY seq DESC LIMIT 1', no);
  return own ?? { ms: 0, counter: 0 };
}

/** The last stamp of every device known here. A device's stamps only grow, so these are all that a clock need adopt after a restart. */
export function listHeadStamps(db: ReadableDb): readonly Hlc[] {
  // CROSS JOIN keeps the few devices outside; left to itself, SQLite walks through every operation.
  const whole = db.all<Hlc>('SELECT o.at_ms AS ms, o.at_counter AS counter FROM devices d CROSS JOIN operations o ON o.device = d.device AND o.seq = d.seq');
  // Of a log whose older part has not come, the last that is here.
  const tops = db.all<{ device: number }>('SELECT device FROM log_tops').flatMap(({ device }) => db.get<Hlc>('SELECT at_ms AS ms, at_counter AS counter FROM operations WHERE device = ? ORDER BY seq DESC LIMIT 1', device) ?? []);
  return [...whole, ...tops];
}
