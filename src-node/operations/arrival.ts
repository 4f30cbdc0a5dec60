import { foldDossier } from '../../src-shared/domain/dossiers/dossier-fold.ts';
import type { Dossier } from '../../src-shared/domain/dossiers/dossier.ts';
import type { Office } from '../../src-shared/domain/office/office.ts';
import type { Operation } from '../../src-shared/domain/operations/operation.ts';
import { compareHlc, type Hlc } from '../../src-shared/lib/hlc.ts';
import { ok, type Result } from '../../src-shared/lib/result.ts';
import type { StorageError } from '../db/storage-error.ts';
import type { ReadableDb, WritableDb } from '../db/sqlite.ts';
import { transaction } from '../db/transaction.ts';
import { readFact, writeFact } from './desk-facts.ts';
import { projectionOf, writeProjections } from './dossier-projection.ts';
import type { Names } from './names.ts';
import { officeSubject } from './office-projection.ts';
import { bytesToSubject, listSubjectOperations } from './operation-rows.ts';
import { noteRebuildNeeded } from './rebuild.ts';

/**
 * Operations of other desks come in by many small transactions, and what they touched is folded by many more (design §4).
 * In between, this note says from where on the log is not folded yet; it is written in the very transaction that takes the
 * first of them in, so that a power cut anywhere leaves a desk that knows what is still to be done.
 */
interface ArrivalNote {
  /** What arrived stands behind this position of the log. */
  readonly arrivedAfter: number;
  /** Subjects that have an operation behind this position are folded anew. */
  readonly foldAfter: number;
  /** How far that has come. */
  readonly foldedTo: number;
}

const UNDER_WAY = 'arrival';
/** Subjects folded in one transaction, most of them new to the lists: some 5 ms of the main thread with its commit (design §4). */
const SUBJECTS_PER_SLICE = 8;
/** Rows looked through for the next such subject; most operations are about a subject that had its turn. */
const ROWS_PER_SUBJECT = 16;

/** Where the log ends now: what is taken in next stands behind it. */
export function endOfLog(db: ReadableDb): number {
  return db.value<number>('SELECT max(position) FROM operations') ?? 0;
}

/**
 * Notes what has just been taken in, inside that transaction. `foldFrom`: behind which position subjects are folded anew, 0
 * where it changes who may act, and so what dossiers of long ago look like (design §1).
 */
export function noteArrival(db: WritableDb, arrivedAfter: number, foldFrom: number): void {
  const open = readNote(db);
  const foldAfter = Math.min(foldFrom, open?.foldAfter ?? foldFrom);
  writeFact(db, UNDER_WAY, { arrivedAfter: Math.min(arrivedAfter, open?.arrivedAfter ?? arrivedAfter), foldAfter, foldedTo: foldAfter } satisfies ArrivalNote);
}

/**
 * An act of the office written here changes who may act from its stamp on, inside that transaction. Machines whose clocks were
 * ahead may have written what bears a later one; then those subjects are folded anew just as what arrives. Mostly none is.
 */
export function noteLaterActs(db: WritableDb, at: Hlc): void {
  const first = firstPositionBehind(db, at);
  if (first !== undefined) noteArrival(db, endOfLog(db), first - 1);
}

/** A device's stamps only grow, so each is read from its end, and not at all where that lies before. */
function firstPositionBehind(db: ReadableDb, at: Hlc): number | undefined {
  const positions = db.all<{ device: number }>('SELECT device FROM devices UNION SELECT device FROM log_tops').flatMap(({ device }) => {
    let first: number | undefined;
    for (const row of db.iterate<Hlc & { position: number }>('SELECT position, at_ms AS ms, at_counter AS counter FROM operations WHERE device = ? ORDER BY seq DESC', device)) {
      if (compareHlc(row, at) <= 0) break;
      first = row.position;
    }
    return first ?? [];
  });
  return positions.length === 0 ? undefined : Math.min(...positions);
}

/** Is something in the log that the lists do not say yet. */
export function isArrivalOpen(db: ReadableDb): boolean {
  return readNote(db) !== null;
}

/** What folding what arrived needs of an open desk. */
export interface ArrivalDep {
  readonly db: WritableDb;
  readonly names: Names;
  readonly office: () => Office;
  readonly onArrival: OnArrival;
}

/** What else is due when a dossier was folded anew, in the same transaction; `arrived` are its operations that came in. */
export type OnArrival = (db: WritableDb, dossier: Dossier, arrived: readonly Operation[]) => void;

/**
 * Folds what was taken in, slice by slice, with the office as it is now. Nothing is emptied, so lists stay as they were
 * until a dossier's turn comes; acts written meanwhile project as always. Cut off, it goes on where it was.
 */
export function* arrivalSlices(dep: ArrivalDep, subjectsPerSlice = SUBJECTS_PER_SLICE): Generator<Result<undefined, StorageError>, void> {
  const { db, names } = dep;
  for (let note = readNote(db); note !== null; note = readNote(db)) {
    const open = note;
    const slice = transaction(db, () => {
      foldSlice(dep, open, subjectsPerSlice);
      return ok(undefined);
    });
    // Names that were entered and rolled back would point to nothing.
    if (!slice.ok) names.reset();
    yield slice;
    if (!slice.ok) return;
  }
}

function foldSlice(dep: ArrivalDep, note: ArrivalNote, subjectsPerSlice: number): void {
  const { db } = dep;
  const end = endOfLog(db);
  const last = Math.min(note.foldedTo + ROWS_PER_SUBJECT * subjectsPerSlice, end);
  // Each subject once, where its first operation in the stretch stands.
  const rows = db.all<{ position: number; subject: Uint8Array }>(
    `SELECT position, subject FROM operations o WHERE position > ? AND position <= ?
       AND NOT EXISTS (SELECT 1 FROM operations e WHERE e.subject = o.subject AND e.position > ? AND e.position < o.position)
     ORDER BY position LIMIT ?`,
    note.foldedTo,
    last,
    note.foldAfter,
    subjectsPerSlice,
  );
  foldSubjects(dep, note, rows.map(({ subject }) => subject));
  const foldedTo = rows.length === subjectsPerSlice ? rows.at(-1)!.position : last;
  writeFact(db, UNDER_WAY, foldedTo === end ? null : ({ ...note, foldedTo } satisfies ArrivalNote));
}

function foldSubjects({ db, names, office, onArrival }: ArrivalDep, { arrivedAfter }: ArrivalNote, subjects: readonly Uint8Array[]): void {
  const about = subjects.map((subject) => ({ subject, id: bytesToSubject(subject) })).filter(({ id }) => id !== officeSubject(office().id) && !office().erasures.has(id));
  const folded = about.map(({ subject, id }) => {
    const operations = listSubjectOperations(db, names, id);
    return { subject, operations, dossier: foldDossier(operations, office()) };
  });
  writeProjections(db, names, folded.flatMap(({ dossier, operations }) => (dossier ? [projectionOf(dossier, operations)] : [])));
  for (const { subject, operations, dossier } of folded) {
    if (dossier) {
      const count = db.value<number>('SELECT count(*) FROM operations WHERE subject = ? AND position > ?', subject, arrivedAfter) ?? 0;
      onArrival(db, dossier, operations.slice(operations.length - count));
    } else if (db.value('SELECT 1 FROM dossiers WHERE id = ?', subject) === 1) {
      // Nobody was allowed to receive it, as is known now. A list cannot forget a dossier that it counted; it is made anew.
      noteRebuildNeeded(db);
    }
  }
}

function readNote(db: ReadableDb): ArrivalNote | null {
  return readFact<ArrivalNote | null>(db, UNDER_WAY) ?? null;
}
