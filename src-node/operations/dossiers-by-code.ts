import type { DossierStatus } from '../../src-shared/domain/dossiers/dossier-state.ts';
import { foreignCodeKey } from '../../src-shared/domain/province/foreign-code.ts';
import type { SubjectId } from '../../src-shared/lib/ids.ts';
import type { ReadableDb } from '../db/sqlite.ts';
import type { StoredSummary } from './dossier-projection.ts';
import { codeWord } from './dossier-words.ts';

export interface FoundDossier {
  readonly id: SubjectId;
  readonly code: string;
  readonly ownerName: string;
  readonly status: DossierStatus;
}

/** Dossiers that have this code, whichever system gave it: its word leads to them, its exact spelling decides. */
export function listByCode(db: ReadableDb, code: string): readonly FoundDossier[] {
  const key = foreignCodeKey(code);
  return findWord(db, codeWord(code), '').filter(({ codes }) => codes.some((one) => foreignCodeKey(one.code) === key)).map(toFound);
}

/** A dossier of this person and procedure that was received here and waits for the province's code: the same one, most likely. */
export function findAlike(db: ReadableDb, idNumber: string, procedureCode: string): FoundDossier | undefined {
  return findWord(db, codeWord(idNumber), ' AND d.lacks_province_code = 1 AND d.procedure_code = ?', procedureCode).filter(({ ownerIdNumber }) => ownerIdNumber === idNumber).map(toFound)[0];
}

function findWord(db: ReadableDb, word: string, where: '' | ' AND d.lacks_province_code = 1 AND d.procedure_code = ?', ...values: string[]): readonly StoredSummary[] {
  if (word === '') return [];
  // CROSS JOIN keeps the word outside: it leads to a few rows.
  const sql = `SELECT d.summary FROM dossier_words w CROSS JOIN dossiers d ON d.no = w.rowid WHERE w.dossier_words MATCH ?${where}`;
  return db.all<{ summary: string }>(sql, `"${word}"`, ...values).map(({ summary }) => JSON.parse(summary) as StoredSummary);
}

function toFound({ id, code, ownerName, status }: StoredSummary): FoundDossier {
  return { id: id as SubjectId, code, ownerName, status };
}
