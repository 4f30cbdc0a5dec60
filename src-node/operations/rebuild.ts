import { isOfficeKind } from '../../src-shared/domain/office/office-operations.ts';
import type { Office } from '../../src-shared/domain/office/office.ts';
import { ok, type Result } from '../../src-shared/lib/result.ts';
import type { StorageError } from '../db/storage-error.ts';
import type { WritableDb } from '../db/sqlite.ts';
import { transaction } from '../db/transaction.ts';
import { PROJECTION_TABLES, projectDossier } from './dossier-projection.ts';
import type { Names } from './names.ts';
import { bytesToSubject, listSubjectOperations, toOperation } from './operation-rows.ts';

export interface RebuildReport {
  readonly operations: number;
  readonly dossiers: number;
}

/** Subjects a transaction folds at most, so that a rebuild of a million dossiers does not grow one endless log file. */
const SUBJECTS_PER_SLICE = 2_000;

/** Empties the projections. Until `rebuildSlices` has run to its end the lists are incomplete. */
export function clearProjections(db: WritableDb): void {
  for (const table of PROJECTION_TABLES) db.run(`DELETE FROM ${table}`);
}

/** Throws the projections away and folds them again from the log (rule 14), slice by slice. */
export function* rebuildSlices(db: WritableDb, names: Names, office: Office): Generator<Result<RebuildReport, StorageError>, void> {
  const cleared = transaction(db, () => {
    clearProjections(db);
    return ok<RebuildReport>({ operations: 0, dossiers: 0 });
  });
  yield cleared;
  if (!cleared.ok) return;
  for (let after: Uint8Array = Buffer.alloc(0); ; ) {
    const subjects = db.all<{ subject: Uint8Array }>('SELECT DISTINCT subject FROM operations WHERE subject > ? ORDER BY subject LIMIT ?', after, SUBJECTS_PER_SLICE);
    if (subjects.length === 0) return;
    yield transaction(db, () => ok(rebuildSubjects(db, names, office, subjects.map((row) => row.subject))));
    after = subjects.at(-1)!.subject;
  }
}

function rebuildSubjects(db: WritableDb, names: Names, office: Office, subjects: readonly Uint8Array[]): RebuildReport {
  let operations = 0;
  let dossiers = 0;
  for (const subject of subjects) {
    const stored = listSubjectOperations(db, names, bytesToSubject(subject));
    operations += stored.length;
    if (stored.every(({ header }) => isOfficeKind(header.kind))) continue;
    if (projectDossier(db, names, office, stored.map(toOperation))) dossiers += 1;
  }
  return { operations, dossiers };
}
