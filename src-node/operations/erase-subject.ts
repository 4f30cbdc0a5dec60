import { foldDossier } from '../../src-shared/domain/dossiers/dossier-fold.ts';
import { numbersIssuedBy } from '../../src-shared/domain/dossiers/dossier-numbers.ts';
import { dossierBodySchemas, isDossierKind } from '../../src-shared/domain/dossiers/dossier-operations.ts';
import type { Erasure, Office } from '../../src-shared/domain/office/office.ts';
import type { OfficeBody } from '../../src-shared/domain/office/office-operations.ts';
import { receiptsNamed, type ReceiptNumber } from '../../src-shared/domain/fees/fee-operations.ts';
import { receiptKey } from '../../src-shared/domain/fees/receipt-book.ts';
import { operationId, parseOperationId } from '../../src-shared/domain/operations/operation.ts';
import type { SubjectId } from '../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import { emptyWriteAheadLog } from '../db/checkpoint.ts';
import { storageError, type StorageError } from '../db/storage-error.ts';
import type { ReadableDb, WritableDb } from '../db/sqlite.ts';
import { transaction } from '../db/transaction.ts';
import { readFact, writeFact } from './desk-facts.ts';
import { removeDossier } from './dossier-projection.ts';
import { insertNumber } from './issued-numbers.ts';
import type { Names } from './names.ts';
import { listSubjectOperations, subjectToBytes } from './operation-rows.ts';
import { deleteSubjectKeys, hasSubjectKey } from './subject-keys.ts';

/** Subjects whose rows are gone while their words, kept answers or old pages may still lie on the disk. */
const UNDER_WAY = 'erasure';
/** Pages of the word index rewritten in one step: a few milliseconds of the main thread (design §4). */
const WORD_PAGES_PER_STEP = 16;
const ANSWERS_PER_STEP = 1_000;

/** The numbers that a subject was given, for the operation that erases it: they stay issued for ever. */
export function issuedTo(db: ReadableDb, names: Names, subject: SubjectId): OfficeBody<'subject.erased'>['issued'] {
  return listSubjectOperations(db, names, subject)
    .flatMap(({ header, body }) => {
      const parsed = isDossierKind(header.kind) ? dossierBodySchemas[header.kind].safeParse(body).data : undefined;
      return numbersIssuedBy(header.kind, parsed).map((number) => ({ operation: operationId(header), number }));
    });
}

/**
 * Erases what the office has decided to erase (`subject.erased`), as far as it is still here. To be called inside every
 * transaction that takes operations in or writes such an act, with the office as it is then: a copy that another desk brings
 * later goes at once. Headers and commitments stay, hence every chain still verifies and is relayed without the bodies
 * (design §1). Returns the subjects that lost something; `removeTraces` comes after the commit.
 */
export function applyErasures(db: WritableDb, names: Names, office: Office): readonly SubjectId[] {
  const erased: SubjectId[] = [];
  for (const [subject, erasure] of office.erasures) {
    keepNumbers(db, names, erasure);
    if (eraseRows(db, names, office, subject)) erased.push(subject);
  }
  if (erased.length > 0) writeFact(db, UNDER_WAY, [...new Set([...listUnfinishedErasures(db), ...erased])]);
  return erased;
}

/**
 * The biên lai that what is to be erased names here: they are torn out of their books for ever, and whoever erased may not have
 * known of them. To be asked before `applyErasures`. Read from the bodies, for the reception may be gone already.
 */
export function receiptsToErase(db: ReadableDb, names: Names, office: Office): readonly ReceiptNumber[] {
  const known = [...office.erasures.keys()].filter((subject) => leftOfErased(db, subject) === 'body');
  return known.flatMap((subject) => receiptsNamed(listSubjectOperations(db, names, subject))).filter((receipt) => office.receiptMarks.get(receiptKey(receipt))?.mark !== 'erased');
}

export function listUnfinishedErasures(db: ReadableDb): readonly SubjectId[] {
  return readFact<readonly SubjectId[]>(db, UNDER_WAY) ?? [];
}

/** What of an erased subject is still in the log, for `verify`; undefined when nothing is. */
export function leftOfErased(db: ReadableDb, subject: SubjectId): 'body' | 'key' | 'list' | undefined {
  const id = subjectToBytes(subject);
  if (db.value('SELECT 1 FROM operations WHERE subject = ? AND body IS NOT NULL LIMIT 1', id) === 1) return 'body';
  if (hasSubjectKey(db, subject)) return 'key';
  return db.value('SELECT 1 FROM dossiers WHERE id = ?', id) === 1 ? 'list' : undefined;
}

/**
 * Removes, step by step, what deleting rows leaves on the disk: answers kept for replays, words in the search index (it only
 * marks a row as deleted; merging all its segments into one leaves out the words of such rows), and the pages of the past in
 * the write-ahead log. The rows themselves are overwritten by `secure_delete`. What is cut off or refused here is done
 * again at the next checkpoint or start. storage.locked: somebody still reads from the old pages.
 */
export function* removeTraces(db: WritableDb): Generator<Result<undefined, StorageError>, void> {
  const subjects = listUnfinishedErasures(db);
  if (subjects.length === 0) return;
  for (const steps of [forgetAnswers(db, subjects), leaveOutDeletedWords(db)]) {
    for (const step of steps) {
      yield step;
      if (!step.ok) return;
    }
  }
  if (!emptyWriteAheadLog(db)) return void (yield err(storageError('storage.locked', 'write-ahead log in use')));
  yield transaction(db, () => {
    writeFact(db, UNDER_WAY, listUnfinishedErasures(db).filter((subject) => !subjects.includes(subject)));
    return ok(undefined);
  });
}

function keepNumbers(db: WritableDb, names: Names, { issued }: Erasure): void {
  for (const { operation, number } of issued) insertNumber(db, names, parseOperationId(operation), number);
}

function eraseRows(db: WritableDb, names: Names, office: Office, subject: SubjectId): boolean {
  if (leftOfErased(db, subject) === undefined) return false;
  const id = subjectToBytes(subject);
  const dossier = foldDossier(listSubjectOperations(db, names, subject), office);
  if (dossier) {
    for (const word of [dossier.id, ...dossier.codes.map(({ code }) => code)]) {
      // A mark stays, as of a dropped draft, so that a save still under way cannot bring it back.
      db.run("UPDATE drafts SET title = '', data = '{}', dropped_at = coalesce(dropped_at, saved_at) WHERE instr(data, ?) > 0 OR instr(title, ?) > 0", word, word);
    }
    removeDossier(db, names, dossier);
  }
  db.run('DELETE FROM print_jobs WHERE dossier = ?', id);
  // A paper of no dossier, the cash sheet, names several: with one of them it goes, and the sheet can be drawn anew.
  db.run("DELETE FROM print_jobs WHERE dossier IS NULL AND EXISTS (SELECT 1 FROM json_each(data, '$.rows') WHERE json_extract(value, '$.dossier') = ?)", subject);
  db.run('UPDATE operations SET body = NULL WHERE subject = ?', id);
  deleteSubjectKeys(db, subject);
  return true;
}

/** The key alone stays, with a digest that no request has: a replay is refused, and can do nothing a second time (rule 2). */
function* forgetAnswers(db: WritableDb, subjects: readonly SubjectId[]): Generator<Result<undefined, StorageError>, void> {
  for (let after = ''; ; ) {
    const keys = db.all<{ key: string }>('SELECT key FROM answers WHERE key > ? ORDER BY key LIMIT ?', after, ANSWERS_PER_STEP);
    const last = keys.at(-1)?.key;
    if (last === undefined) return;
    const from = after;
    yield transaction(db, () => {
      for (const subject of subjects) {
        db.run("UPDATE answers SET request = x'', answer = '{}' WHERE key > ? AND key <= ? AND instr(answer, ?) > 0", from, last, subject);
      }
      return ok(undefined);
    });
    after = last;
  }
}

function* leaveOutDeletedWords(db: WritableDb): Generator<Result<undefined, StorageError>, void> {
  // A negative count begins by taking all segments together; then on until a step finds nothing to do.
  // https://sqlite.org/fts5.html#the_merge_command
  for (let pages = -WORD_PAGES_PER_STEP; ; pages = WORD_PAGES_PER_STEP) {
    let changes = 0;
    yield transaction(db, () => {
      const before = totalChanges(db);
      db.run("INSERT INTO dossier_words (dossier_words, rank) VALUES ('merge', ?)", pages);
      changes = totalChanges(db) - before;
      return ok(undefined);
    });
    if (changes < 2) return;
  }
}

function totalChanges(db: ReadableDb): number {
  return db.value<number>('SELECT total_changes()') ?? 0;
}
