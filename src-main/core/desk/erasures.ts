import type { OfficerId, SubjectId } from '../../../src-shared/lib/ids.ts';
import type { Office } from '../../../src-shared/domain/office/office.ts';
import { officeKindVersions } from '../../../src-shared/domain/office/office-operations.ts';
import type { OperationHeader } from '../../../src-shared/domain/operations/operation.ts';
import { ok, type Result } from '../../../src-shared/lib/result.ts';
import type { StorageError } from '../../../src-node/db/storage-error.ts';
import type { WritableDb } from '../../../src-node/db/sqlite.ts';
import { transaction } from '../../../src-node/db/transaction.ts';
import { applyErasures, issuedTo, leftOfErased, removeTraces } from '../../../src-node/operations/erase-subject.ts';
import type { Writing } from '../../../src-node/operations/log.ts';
import type { Names } from '../../../src-node/operations/names.ts';
import { readOffice } from '../../../src-node/operations/office-projection.ts';

/** What erasing needs of an open desk. */
export interface ErasingDesk {
  readonly db: WritableDb;
  readonly officeSubject: SubjectId;
  office(): Office;
  officeHeads(): OperationHeader['after'];
}

/**
 * The office's act by which everything personal about a subject goes from this desk at once, and from every other desk when
 * the act reaches it. Inside one write; the office is to be reloaded and the traces removed after the commit.
 */
export function writeErasure(desk: ErasingDesk, writing: Writing, erasure: { readonly subject: SubjectId; readonly actor: OfficerId; readonly reason: string }): void {
  const { subject, actor, reason } = erasure;
  writing.append({
    kind: 'subject.erased',
    version: officeKindVersions['subject.erased'],
    subject: desk.officeSubject,
    actor,
    after: desk.officeHeads(),
    body: { subject, issued: issuedTo(writing.db, writing.names, subject), reason },
  });
  applyErasures(writing.db, writing.names, readOffice(writing.db, writing.names, desk.office().id));
}

/** Takes the traces away while the desk goes on serving: `pause` lets others have their turn between two steps. */
export async function removeTracesGently(desk: ErasingDesk, pause: () => Promise<void>): Promise<Result<undefined, StorageError>> {
  for (const step of removeTraces(desk.db)) {
    if (!step.ok) return step;
    await pause();
  }
  return ok(undefined);
}

/**
 * Carries out what the office erased and this desk has not erased to the end: a power cut came between, another program
 * version did not know the act, or somebody was reading. Costs a few lookups when nothing is left. To be called at every open.
 */
export function finishErasures(db: WritableDb, names: Names, office: Office): Result<undefined, StorageError> {
  const applied = applyOpenErasures(db, names, office);
  if (!applied.ok) return applied;
  for (const step of removeTraces(db)) if (!step.ok) return step;
  return ok(undefined);
}

/** The same while the desk goes on serving. */
export async function finishErasuresGently(desk: ErasingDesk & { readonly log: { readonly names: Names } }, pause: () => Promise<void>): Promise<Result<undefined, StorageError>> {
  const applied = applyOpenErasures(desk.db, desk.log.names, desk.office());
  return applied.ok ? removeTracesGently(desk, pause) : applied;
}

function applyOpenErasures(db: WritableDb, names: Names, office: Office): Result<undefined, StorageError> {
  if (![...office.erasures.keys()].some((subject) => leftOfErased(db, subject) !== undefined)) return ok(undefined);
  return transaction<undefined>(db, () => {
    applyErasures(db, names, office);
    return ok(undefined);
  });
}
