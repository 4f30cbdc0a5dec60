import type { DeviceId, SubjectId } from '../../src-shared/lib/ids.ts';
import { commitOf } from '../crypto/chain.ts';
import type { ReadableDb, WritableDb } from '../db/sqlite.ts';
import type { Names } from './names.ts';
import { subjectToBytes, type StoredOperation } from './operation-rows.ts';

/**
 * A subject has one key, born with its first operation; one that two desks began apart has one of each. A desk goes on with
 * the key it knew first, so within the log of one device a subject has one key.
 */

/** What this desk commits bodies of the subject with. */
export function readSubjectKey(db: ReadableDb, subject: string): Uint8Array | undefined {
  return db.value<Uint8Array>('SELECT key FROM subject_keys WHERE subject = ?', subjectToBytes(subject));
}

/** Keeps a key that came with an operation; a second one of a subject beside the first. */
export function insertSubjectKey(db: WritableDb, subject: string, key: Uint8Array): void {
  const known = readSubjectKey(db, subject);
  if (known === undefined) db.run('INSERT INTO subject_keys (subject, key) VALUES (?, ?)', subjectToBytes(subject), key);
  else if (Buffer.compare(known, key) !== 0) db.run('INSERT INTO other_subject_keys (subject, key) VALUES (?, ?) ON CONFLICT DO NOTHING', subjectToBytes(subject), key);
}

/** The key that a body was committed with; undefined when none that is known here fits. */
export function keyOfOperation(db: ReadableDb, { header, body, commitment }: Pick<StoredOperation, 'body' | 'commitment'> & { readonly header: { readonly subject: string } }): Uint8Array | undefined {
  if (body === null) return undefined;
  const fits = (key: Uint8Array | undefined) => key !== undefined && Buffer.compare(commitOf(key, body), commitment) === 0;
  const own = readSubjectKey(db, header.subject);
  return fits(own) ? own : listOtherKeys(db, header.subject).find(fits);
}

/** The key that this device wrote about the subject with, to be handed on with its operations. */
export function keyOfDevice(db: ReadableDb, names: Names, device: DeviceId, subject: SubjectId): Uint8Array | undefined {
  const own = readSubjectKey(db, subject);
  if (own === undefined || listOtherKeys(db, subject).length === 0) return own;
  const written = db.get<{ body: Uint8Array; commitment: Uint8Array }>(
    'SELECT body, commitment FROM operations WHERE subject = ? AND device = ? AND body IS NOT NULL LIMIT 1', subjectToBytes(subject), names.find(device) ?? null,
  );
  return written ? keyOfOperation(db, { header: { subject }, ...written }) : own;
}

export function hasSubjectKey(db: ReadableDb, subject: string): boolean {
  return readSubjectKey(db, subject) !== undefined || listOtherKeys(db, subject).length > 0;
}

export function deleteSubjectKeys(db: WritableDb, subject: string): void {
  db.run('DELETE FROM subject_keys WHERE subject = ?', subjectToBytes(subject));
  db.run('DELETE FROM other_subject_keys WHERE subject = ?', subjectToBytes(subject));
}

function listOtherKeys(db: ReadableDb, subject: string): readonly Uint8Array[] {
  return db.all<{ key: Uint8Array }>('SELECT key FROM other_subject_keys WHERE subject = ?', subjectToBytes(subject)).map(({ key }) => key);
}
