import type { Dossier } from '../../../src-shared/domain/dossiers/dossier.ts';
import { isOpen, isPaused } from '../../../src-shared/domain/dossiers/dossier-state.ts';
import type { ChangedRights } from '../../../src-shared/domain/office/acting-rights.ts';
import type { Office } from '../../../src-shared/domain/office/office.ts';
import type { OfficeId, SubjectId } from '../../../src-shared/lib/ids.ts';
import type { ServerReads, ServerValue, ServerWrites } from '../../db/server-db.ts';

/** How far an office is folded. */
export interface ProjectionStand {
  readonly position: number;
  /** Where its last operation about itself stands up to there; 0: none yet. */
  readonly office_position: number;
  readonly generation: number;
  readonly swept: number;
}

/** Offices that were admitted since begin at nothing. */
export async function insertProjections(db: ServerWrites): Promise<void> {
  await db.run(
    `INSERT INTO projections (office, position, office_position, generation, swept, names)
     SELECT office, 0, 0, 1, 1, '[]' FROM offices o WHERE NOT EXISTS (SELECT 1 FROM projections p WHERE p.office = o.office) ON CONFLICT DO NOTHING`,
  );
}

/** Where something waits to be folded. */
export async function listUnfoldedOffices(db: ServerReads): Promise<readonly OfficeId[]> {
  const rows = await db.all<{ office: OfficeId }>(
    `SELECT o.office FROM offices o LEFT JOIN projections p ON p.office = o.office
     WHERE p.office IS NULL OR p.position < o.position OR p.swept < p.generation OR EXISTS (SELECT 1 FROM refolds r WHERE r.office = o.office) ORDER BY o.office`,
  );
  return rows.map(({ office }) => office);
}

/** Held by one process at a time; undefined while another one has it. */
export function claimProjection(db: ServerWrites, office: OfficeId): Promise<ProjectionStand | undefined> {
  return db.claim<ProjectionStand>('SELECT position, office_position, generation, swept FROM projections WHERE office = ?', office);
}

export async function updateProjection(db: ServerWrites, office: OfficeId, { position, office_position, swept }: ProjectionStand): Promise<void> {
  await db.run('UPDATE projections SET position = ?, office_position = ?, swept = ? WHERE office = ?', position, office_position, swept, office);
}

export async function updateNames(db: ServerWrites, { id, attributeVersions }: Office): Promise<void> {
  const names = attributeVersions.map(({ effectiveFrom, attributes }) => [effectiveFrom, attributes.communeName]);
  await db.run('UPDATE projections SET names = ? WHERE office = ?', JSON.stringify(names), id);
}

const DOSSIER_COLUMNS = {
  office: 'text', dossier: 'text', status: 'text', received_at: 'bigint', due_at: 'bigint', finished_at: 'bigint', procedure_code: 'text', codes: 'text',
  open_conflicts: 'bigint', needs_review: 'bigint', generation: 'bigint',
} as const;

/** What the upper tier sees of a dossier, in the order of the columns. Pure. */
function rowOf(office: OfficeId, dossier: Dossier, generation: number): readonly ServerValue[] {
  const { status, content, conflicts, result } = dossier;
  return [
    office, dossier.id, status, dossier.receivedAt, isOpen(status) && !isPaused(status) ? content.appointment.dueAt : null, result?.finishedAt ?? null, content.procedure.code,
    JSON.stringify(dossier.codes), conflicts.filter(({ settledBy }) => settledBy === null).length, dossier.appointmentNeedsReview || dossier.needsUpdate || dossier.missing.length > 0 ? 1 : 0, generation,
  ];
}

export async function writeDossiers(db: ServerWrites, office: OfficeId, dossiers: readonly Dossier[], generation: number): Promise<void> {
  if (dossiers.length === 0) return;
  await db.insertMany('dossiers', DOSSIER_COLUMNS, dossiers.map((dossier) => rowOf(office, dossier, generation)), { replaceBy: ['office', 'dossier'] });
}

export async function deleteDossier(db: ServerWrites, office: OfficeId, dossier: SubjectId): Promise<void> {
  await db.run('DELETE FROM dossiers WHERE office = ? AND dossier = ?', office, dossier);
}

/** Rows that a rebuild did not write again: nothing in the log makes them. */
export async function deleteSweptDossiers(db: ServerWrites, office: OfficeId, generation: number): Promise<void> {
  await db.run('DELETE FROM dossiers WHERE office = ? AND generation < ?', office, generation);
}

export async function listRefolds(db: ServerReads, office: OfficeId, limit: number): Promise<readonly SubjectId[]> {
  return (await db.all<{ dossier: SubjectId }>('SELECT dossier FROM refolds WHERE office = ? ORDER BY dossier LIMIT ?', office, limit)).map(({ dossier }) => dossier);
}

export async function deleteRefolds(db: ServerWrites, office: OfficeId, upTo: SubjectId): Promise<void> {
  await db.run('DELETE FROM refolds WHERE office = ? AND dossier <= ?', office, upTo);
}

const REFOLD = 'INSERT INTO refolds (office, dossier) SELECT DISTINCT office, subject FROM operations WHERE office = ? AND position <= ? AND subject <> ?';

/** Everything up to a position is folded anew. */
export async function insertAllRefolds(db: ServerWrites, office: OfficeId, position: number): Promise<void> {
  await db.run(`${REFOLD} ON CONFLICT DO NOTHING`, office, position, office);
}

/** What holds an act of theirs up to a position is folded anew. */
export async function insertRefolds(db: ServerWrites, office: OfficeId, { officers, devices }: ChangedRights, position: number): Promise<void> {
  for (const officer of officers) await db.run(`${REFOLD} AND actor = ? ON CONFLICT DO NOTHING`, office, position, office, officer);
  for (const device of devices) await db.run(`${REFOLD} AND device = ? ON CONFLICT DO NOTHING`, office, position, office, device);
}

export async function listFaultySubjects(db: ServerReads, office: OfficeId): Promise<ReadonlySet<string>> {
  return new Set((await db.all<{ subject: string }>('SELECT subject FROM projection_faults WHERE office = ?', office)).map(({ subject }) => subject));
}

export async function insertFault(db: ServerWrites, office: OfficeId, subject: string, why: string, nowMs: number): Promise<void> {
  await db.insertMany('projection_faults', { office: 'text', subject: 'text', why: 'text', at_ms: 'bigint' }, [[office, subject, why, nowMs]], { replaceBy: ['office', 'subject'] });
}

export async function deleteFault(db: ServerWrites, office: OfficeId, subject: string): Promise<void> {
  await db.run('DELETE FROM projection_faults WHERE office = ? AND subject = ?', office, subject);
}

/** The office's projection begins at nothing; its rows stay to be seen until each is written again. */
export async function restartProjection(db: ServerWrites, office: OfficeId): Promise<void> {
  await db.run('UPDATE projections SET position = 0, office_position = 0, generation = generation + 1 WHERE office = ?', office);
  await db.run('DELETE FROM refolds WHERE office = ?', office);
  await db.run('DELETE FROM projection_faults WHERE office = ?', office);
}
