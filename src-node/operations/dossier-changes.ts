import type { Dossier } from '../../src-shared/domain/dossiers/dossier.ts';
import type { DossierKind } from '../../src-shared/domain/dossiers/dossier-operations.ts';
import type { SubjectId } from '../../src-shared/lib/ids.ts';
import { writtenAt, type OperationRef } from '../../src-shared/domain/operations/operation.ts';
import type { ReadableDb, WritableDb } from '../db/sqlite.ts';
import type { Names } from './names.ts';
import { subjectToBytes } from './operation-rows.ts';

/** A void, a correction, or money taken back, in effect: the leader looks at these. */
export interface DossierChange extends OperationRef {
  readonly at: number;
}

const LOOKED_AT: ReadonlySet<string> = new Set<DossierKind>(['dossier.voided', 'dossier.corrected', 'dossier.feeVoided', 'dossier.feeRefunded']);

/** Null when there never was one, so that nothing has to be looked up; empty when none is in effect any more. */
export function changesOf(dossier: Dossier): readonly DossierChange[] | null {
  const entries = dossier.history.filter(({ header }) => LOOKED_AT.has(header.kind));
  if (entries.length === 0) return null;
  return entries.filter(({ effect }) => effect === 'applied').map(({ header }) => ({ at: writtenAt(header), device: header.device, seq: header.seq }));
}

export function writeChanges(db: WritableDb, names: Names, dossier: SubjectId, changes: readonly DossierChange[]): void {
  deleteChanges(db, dossier);
  for (const { at, device, seq } of changes) {
    db.run('INSERT INTO dossier_changes (at, device, seq, dossier) VALUES (?, ?, ?, ?)', at, names.enter(db, device), seq, subjectToBytes(dossier));
  }
}

export function deleteChanges(db: WritableDb, dossier: SubjectId): void {
  db.run('DELETE FROM dossier_changes WHERE dossier = ?', subjectToBytes(dossier));
}

/** How many are noted of a dossier, for `verify`. */
export function areChangesNoted(db: ReadableDb, names: Names, dossier: SubjectId, changes: readonly DossierChange[]): boolean {
  const rows = db.all<{ at: number; device: number; seq: number }>('SELECT at, device, seq FROM dossier_changes WHERE dossier = ?', subjectToBytes(dossier));
  const noted = new Set(rows.map(({ at, device, seq }) => `${at} ${names.textOf(device)} ${seq}`));
  return rows.length === changes.length && changes.every(({ at, device, seq }) => noted.has(`${at} ${device} ${seq}`));
}
