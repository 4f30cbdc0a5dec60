import { foldDossier } from '../../src-shared/domain/dossiers/dossier-fold.ts';
import { isOfficeKind } from '../../src-shared/domain/office/office-operations.ts';
import type { SubjectId } from '../../src-shared/lib/ids.ts';
import type { Office } from '../../src-shared/domain/office/office.ts';
import { ok, type Result } from '../../src-shared/lib/result.ts';
import type { StorageError } from '../db/storage-error.ts';
import type { ReadableDb, WritableDb } from '../db/sqlite.ts';
import { transaction } from '../db/transaction.ts';
import { readFact, writeFact } from './desk-facts.ts';
import { applyErasures } from './erase-subject.ts';
import { PROJECTION_TABLES, projectDossier, projectionOf, writeProjections, type DossierProjection } from './dossier-projection.ts';
import { endFeeRows } from './fee-rows.ts';
import type { Names } from './names.ts';
import { findDoubledNumbers } from './issued-numbers.ts';
import { listNextSubjects, listSubjectOperations, subjectToBytes } from './operation-rows.ts';

export interface RebuildReport {
  readonly operations: number;
  readonly dossiers: number;
}

/** Kept while a rebuild is under way, so that one cut off by a power cut is done again at the next start. */
const UNDER_WAY = 'rebuild';
/** Never emptied: a reception or a payment meanwhile must see every number there is. What no operation has any more goes at the end. */
const NUMBER_TABLES: ReadonlySet<string> = new Set(['issued_numbers', 'doubled_numbers', 'fee_entries', 'doubled_receipts']);
const SUBJECTS_PER_SLICE = 48;
/**
 * From how many segments of one size on the search index merges them. While all words are written again they are merged later, so each is written
 * about twice instead of four times; searching looks into each segment, so otherwise there shall be few.
 */
const SEGMENTS_BEFORE_MERGE = { everyday: 4, rebuild: 11 } as const;

/** True when the last rebuild did not come to its end: lists and counters are not whole. */
export function isRebuildUnfinished(db: ReadableDb): boolean {
  return readFact<boolean>(db, UNDER_WAY) === true;
}

/** Asks for a rebuild, inside the transaction that found the lists wrong: done at once by who can, else at the next start. */
export function noteRebuildNeeded(db: WritableDb): void {
  writeFact(db, UNDER_WAY, true);
}

/** What some subjects of the log come to: to be written where they were folded or by another process. */
export interface FoldedSubjects {
  readonly operations: number;
  readonly projections: readonly DossierProjection[];
  /** Where the next ones begin. */
  readonly last: SubjectId;
}

/** Folds the next subjects behind one, in the order of their ids; undefined behind the last. Only reads. */
export function foldNextSubjects(db: ReadableDb, names: Names, office: Office, after: SubjectId | null, subjectsMax: number): FoldedSubjects | undefined {
  const subjects = listNextSubjects(db, names, after, subjectsMax);
  const last = subjects.at(-1)?.[0]?.header.subject;
  if (last === undefined) return undefined;
  const projections = subjects.flatMap((operations) => {
    if (operations.every(({ header }) => isOfficeKind(header.kind))) return [];
    const dossier = foldDossier(operations, office);
    return dossier ? [projectionOf(dossier, operations)] : [];
  });
  return { operations: subjects.reduce((sum, { length }) => sum + length, 0), projections, last };
}

/** Throws the projections away; until `endRebuild` a start that finds them so makes them again. */
export function beginRebuild(db: WritableDb): Result<undefined, StorageError> {
  return transaction(db, () => {
    writeFact(db, UNDER_WAY, true);
    for (const table of PROJECTION_TABLES) if (!NUMBER_TABLES.has(table)) emptyTable(db, table);
    mergeSegmentsFrom(db, 'rebuild');
    return ok(undefined);
  });
}

/** Subjects of one transaction: some 8 ms of the main thread, so that a desk goes on serving meanwhile (design §4). */
export function* slicesOf({ projections }: FoldedSubjects, perSlice = SUBJECTS_PER_SLICE): Generator<readonly DossierProjection[], void> {
  for (let at = 0; at < projections.length; at += perSlice) yield projections.slice(at, at + perSlice);
}

/** One transaction. A dossier that went on since it was folded is folded again, so that nothing older covers what is newer. */
export function writeFolded(db: WritableDb, names: Names, office: Office, projections: readonly DossierProjection[]): Result<undefined, StorageError> {
  const written = transaction(db, () => {
    const outdated = new Set(projections.filter(({ id, operations }) => db.value<number>('SELECT COUNT(*) FROM operations WHERE subject = ?', subjectToBytes(id)) !== operations));
    writeProjections(db, names, projections.filter((projection) => !outdated.has(projection)));
    for (const { id } of outdated) projectDossier(db, names, office, listSubjectOperations(db, names, id));
    return ok(undefined);
  });
  // Names that were entered and rolled back would point to nothing.
  if (!written.ok) names.reset();
  return written;
}

export function endRebuild(db: WritableDb, names: Names, office: Office): Result<undefined, StorageError> {
  return transaction(db, () => {
    db.run('DELETE FROM issued_numbers WHERE NOT EXISTS (SELECT 1 FROM operations o WHERE o.device = issued_numbers.device AND o.seq = issued_numbers.seq)');
    applyErasures(db, names, office);
    findDoubledNumbers(db);
    endFeeRows(db);
    mergeSegmentsFrom(db, 'everyday');
    writeFact(db, UNDER_WAY, false);
    return ok(undefined);
  });
}

/**
 * Throws the projections away and folds them again from the log, slice by slice (rule 14), on the calling thread. Acts
 * written meanwhile project as always, since projecting a dossier twice changes nothing.
 */
export function* rebuildSlices(db: WritableDb, names: Names, office: Office, subjectsPerSlice = SUBJECTS_PER_SLICE): Generator<Result<RebuildReport, StorageError>, void> {
  const begun = beginRebuild(db);
  if (!begun.ok) return void (yield begun);
  for (let after: SubjectId | null = null; ; ) {
    const folded = foldNextSubjects(db, names, office, after, subjectsPerSlice);
    if (!folded) break;
    const written = writeFolded(db, names, office, folded.projections);
    if (!written.ok) return void (yield written);
    yield ok({ operations: folded.operations, dossiers: folded.projections.length });
    after = folded.last;
  }
  const ended = endRebuild(db, names, office);
  if (!ended.ok) yield ended;
}

function emptyTable(db: WritableDb, table: (typeof PROJECTION_TABLES)[number]): void {
  // Deleting words row by row would keep them all, marked as deleted, until merging meets them.
  db.run(table === 'dossier_words' ? "INSERT INTO dossier_words(dossier_words) VALUES('delete-all')" : `DELETE FROM ${table}`);
}

function mergeSegmentsFrom(db: WritableDb, when: keyof typeof SEGMENTS_BEFORE_MERGE): void {
  // A number bound as a value arrives as a float, which FTS5 refuses here.
  db.run(`INSERT INTO dossier_words(dossier_words, rank) VALUES('automerge', ${SEGMENTS_BEFORE_MERGE[when]})`);
}
