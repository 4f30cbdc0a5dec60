import { isOfficeKind } from '../../src-shared/domain/office/office-operations.ts';
import type { Operation } from '../../src-shared/domain/operations/operation.ts';
import type { SubjectId } from '../../src-shared/lib/ids.ts';
import type { Office } from '../../src-shared/domain/office/office.ts';
import { ok, type Result } from '../../src-shared/lib/result.ts';
import type { StorageError } from '../db/storage-error.ts';
import type { ReadableDb, WritableDb } from '../db/sqlite.ts';
import { transaction } from '../db/transaction.ts';
import { readFact, writeFact } from './desk-facts.ts';
import { applyErasures } from './erase-subject.ts';
import { PROJECTION_TABLES, projectDossiers } from './dossier-projection.ts';
import type { Names } from './names.ts';
import { findDoubledNumbers } from './issued-numbers.ts';
import { listNextSubjects } from './operation-rows.ts';

export interface RebuildReport {
  readonly operations: number;
  readonly dossiers: number;
}

const NOTHING: RebuildReport = { operations: 0, dossiers: 0 };
/** Kept while a rebuild is under way, so that one cut off by a power cut is done again at the next start. */
const UNDER_WAY = 'rebuild';
/** Never emptied: a reception meanwhile must see every number there is. What no operation has any more goes at the end. */
const NUMBER_TABLES: ReadonlySet<string> = new Set(['issued_numbers', 'doubled_numbers']);
/** Subjects of one transaction: some 8 ms of the main thread, so that a desk goes on serving meanwhile (design §4). */
const SUBJECTS_PER_SLICE = 32;

/** True when the last rebuild did not come to its end: lists and counters are not whole. */
export function isRebuildUnfinished(db: ReadableDb): boolean {
  return readFact<boolean>(db, UNDER_WAY) === true;
}

/** Asks for a rebuild, inside the transaction that found the lists wrong: done at once by who can, else at the next start. */
export function noteRebuildNeeded(db: WritableDb): void {
  writeFact(db, UNDER_WAY, true);
}

/**
 * Throws the projections away and folds them again from the log, slice by slice (rule 14). Acts written meanwhile project
 * as always, since projecting a dossier twice changes nothing.
 */
export function* rebuildSlices(db: WritableDb, names: Names, office: Office, subjectsPerSlice = SUBJECTS_PER_SLICE): Generator<Result<RebuildReport, StorageError>, void> {
  const begun = transaction(db, () => {
    writeFact(db, UNDER_WAY, true);
    for (const table of PROJECTION_TABLES) if (!NUMBER_TABLES.has(table)) emptyTable(db, table);
    return ok(NOTHING);
  });
  yield begun;
  if (!begun.ok) return;
  for (let after: SubjectId | null = null; ; ) {
    const subjects = listNextSubjects(db, names, after, subjectsPerSlice);
    if (subjects.length === 0) break;
    const slice = transaction(db, () => ok(rebuildSubjects(db, names, office, subjects)));
    yield slice;
    if (!slice.ok) return;
    after = subjects.at(-1)![0]!.header.subject;
  }
  yield transaction(db, () => {
    db.run('DELETE FROM issued_numbers WHERE NOT EXISTS (SELECT 1 FROM operations o WHERE o.device = issued_numbers.device AND o.seq = issued_numbers.seq)');
    applyErasures(db, names, office);
    findDoubledNumbers(db);
    writeFact(db, UNDER_WAY, false);
    return ok(NOTHING);
  });
}

function emptyTable(db: WritableDb, table: (typeof PROJECTION_TABLES)[number]): void {
  // Deleting words row by row would keep them all, marked as deleted, until merging meets them.
  db.run(table === 'dossier_words' ? "INSERT INTO dossier_words(dossier_words) VALUES('delete-all')" : `DELETE FROM ${table}`);
}

function rebuildSubjects(db: WritableDb, names: Names, office: Office, subjects: readonly (readonly Operation[])[]): RebuildReport {
  const notOfTheOffice = subjects.filter((operations) => !operations.every(({ header }) => isOfficeKind(header.kind)));
  return {
    operations: subjects.reduce((sum, operations) => sum + operations.length, 0),
    dossiers: projectDossiers(db, names, office, notOfTheOffice),
  };
}
