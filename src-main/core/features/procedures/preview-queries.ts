import { IN_OPEN_INDEX, type StoredSummary } from '../../../../src-node/operations/dossier-projection.ts';
import { wordsQuery } from '../../../../src-node/operations/dossier-words.ts';
import type { ReadableDb } from '../../../../src-node/db/sqlite.ts';

/** What the preview asks of the dossiers already here. */

/** Open dossiers of one owner by one procedure, newest first: looked for in the index of open work, which is small. */
export function listOpenOfOwner(db: ReadableDb, ownerKey: string, procedureCode: string): readonly StoredSummary[] {
  const rows = db.all<{ summary: string }>(
    `SELECT summary FROM dossiers INDEXED BY dossiers_open
     WHERE owner_key = ? AND procedure_code = ? AND ${IN_OPEN_INDEX} AND status <> 'finished'
     ORDER BY no DESC LIMIT 20`,
    ownerKey,
    procedureCode,
  );
  return rows.map((row) => JSON.parse(row.summary) as StoredSummary);
}

/** The name on the newest dossier of the owner with this ID number, open or closed; undefined when there is none. */
export function getOwnerNameById(db: ReadableDb, idNumber: string): string | undefined {
  const words = wordsQuery(idNumber);
  if (words === null) return undefined;
  // The index finds the number on whoever bears it; only owners are told apart by their key.
  const rows = db.all<{ summary: string; ownerKey: string | null }>(
    `SELECT d.summary, d.owner_key AS ownerKey FROM dossier_words w JOIN dossiers d ON d.no = w.rowid
     WHERE dossier_words MATCH ? ORDER BY w.rowid DESC LIMIT 20`,
    words,
  );
  const newest = rows.find((row) => row.ownerKey === `id:${idNumber.toUpperCase()}`);
  return newest && (JSON.parse(newest.summary) as StoredSummary).ownerName;
}
