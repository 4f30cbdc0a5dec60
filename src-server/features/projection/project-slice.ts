import { setImmediate as nextTurn } from 'node:timers/promises';
import { foldDossier } from '../../../src-shared/domain/dossiers/dossier-fold.ts';
import type { Dossier } from '../../../src-shared/domain/dossiers/dossier.ts';
import { changedRights } from '../../../src-shared/domain/office/acting-rights.ts';
import type { Office } from '../../../src-shared/domain/office/office.ts';
import type { OfficeId, SubjectId } from '../../../src-shared/lib/ids.ts';
import { toOperation, type StoredOperation } from '../../../src-node/operations/operation-rows.ts';
import type { ServerDb, ServerReads, ServerWrites } from '../../db/server-db.ts';
import { faultWords } from '../../log/fault-words.ts';
import { readOfficeAt } from '../../log/office-queries.ts';
import { listNextSubjects, listSubjectsReadings, SUBJECTS_PER_READ, type PlacedSubject } from '../../log/operation-queries.ts';
import {
  claimProjection, deleteDossier, deleteFault, deleteRefolds, deleteSweptDossiers, insertAllRefolds, insertFault, insertRefolds, listFaultySubjects, listRefolds, updateNames, updateProjection,
  writeDossiers, type ProjectionStand,
} from './projection-queries.ts';

/** Offices as they were folded last, since most slices find theirs unchanged. */
export class OfficeCache {
  readonly #offices = new Map<OfficeId, { readonly position: number; readonly office: Office | undefined }>();

  /** `position`: where the last operation about the office stands; 0 before there is one. */
  async read(db: ServerReads, id: OfficeId, position: number): Promise<Office | undefined> {
    if (position === 0) return undefined;
    const known = this.#offices.get(id);
    if (known?.position === position) return known.office;
    const office = await readOfficeAt(db, id, position);
    this.#offices.delete(id);
    this.#offices.set(id, { position, office });
    if (this.#offices.size > OFFICES_KEPT) this.#offices.delete(this.#offices.keys().next().value!);
    return office;
  }
}

const OFFICES_KEPT = 64;
/** What waits is folded in long slices, in which most dossiers are folded once; requests are answered between their parts. */
const OPERATIONS_PER_SLICE = 1_024;
/** A real dossier has some dozens. Ordering beyond this takes memory by the square. */
export const SUBJECT_OPERATIONS_MAX = 2_000;

export interface ProjectionDep {
  readonly db: ServerDb;
  readonly offices: OfficeCache;
  readonly nowMs: () => number;
}

/**
 * Folds the next part of an office's list and writes what the upper tier sees, in one transaction with how far that has come: cut
 * off anywhere it is done again, and by one process at a time. A row is the fold of the list up to the noted position, so it does
 * not matter who folded it when. False when nothing was left to do, or somebody else is at it.
 */
export function projectSlice(dep: ProjectionDep, id: OfficeId): Promise<boolean> {
  return dep.db.transaction(async (db) => {
    const stand = await claimProjection(db, id);
    if (!stand) return false;
    const waiting = await listRefolds(db, id, SUBJECTS_PER_READ);
    if (waiting.length > 0) {
      await foldSubjects(dep, db, { id, stand }, waiting);
      await deleteRefolds(db, id, waiting.at(-1)!);
      return true;
    }
    const next = await listNextSubjects(db, id, stand.position, OPERATIONS_PER_SLICE);
    if (next.length === 0) return endRebuild(db, id, stand);
    const reached = await readStretch(dep, db, { id, stand }, next);
    const subjects = [...new Set(next.map(({ subject }) => subject))].filter((subject) => subject !== (id as string));
    await foldSubjects(dep, db, { id, stand: reached }, subjects);
    await updateProjection(db, id, reached);
    return true;
  }, 'repeatable');
}

async function endRebuild(db: ServerWrites, id: OfficeId, stand: ProjectionStand): Promise<boolean> {
  if (stand.swept === stand.generation) return false;
  await deleteSweptDossiers(db, id, stand.generation);
  await updateProjection(db, id, { ...stand, swept: stand.generation });
  return true;
}

interface Place {
  readonly id: OfficeId;
  readonly stand: ProjectionStand;
}

/** Where the stretch leads. What it says of the office may change who was allowed to do what dossiers of long ago hold. */
async function readStretch({ offices }: ProjectionDep, db: ServerWrites, { id, stand }: Place, next: readonly PlacedSubject[]): Promise<ProjectionStand> {
  const { position } = next.at(-1)!;
  const officePosition = next.findLast(({ subject }) => subject === (id as string))?.position;
  if (officePosition === undefined) return { ...stand, position };
  const before = await offices.read(db, id, stand.office_position);
  const after = await offices.read(db, id, officePosition);
  if (after) {
    await updateNames(db, after);
    if (before) await insertRefolds(db, id, changedRights(before, after), position);
    else await insertAllRefolds(db, id, position);
    for (const erased of after.erasures.keys()) if (!before?.erasures.has(erased)) await deleteDossier(db, id, erased);
  }
  return { ...stand, position, office_position: officePosition };
}

async function foldSubjects(dep: ProjectionDep, db: ServerWrites, { id, stand }: Place, subjects: readonly SubjectId[]): Promise<void> {
  const office = await dep.offices.read(db, id, stand.office_position);
  const faulty = await listFaultySubjects(db, id);
  for (let at = 0; at < subjects.length; at += SUBJECTS_PER_READ) {
    if (at > 0) await nextTurn();
    const asked = subjects.slice(at, at + SUBJECTS_PER_READ);
    const operations = await listSubjectsReadings(db, id, asked, stand.position);
    const folded = asked.map((subject) => ({ subject, ...foldSubject(office, subject, operations.get(subject) ?? []) }));
    await writeDossiers(db, id, folded.flatMap(({ dossier }) => dossier ?? []), stand.generation);
    for (const { subject, dossier, fault } of folded) {
      // One that cannot be folded keeps the row that it had; its fault is shown.
      if (fault !== undefined) await insertFault(db, id, subject, fault, dep.nowMs());
      else if (!dossier) await deleteDossier(db, id, subject);
      if (fault === undefined && faulty.has(subject)) await deleteFault(db, id, subject);
    }
  }
  if (faulty.has(id)) await deleteFault(db, id, id);
}

/** Pure. No dossier and no fault: nothing was received yet, or it was erased. */
function foldSubject(office: Office | undefined, subject: SubjectId, operations: readonly Pick<StoredOperation, 'header' | 'body'>[]): { readonly dossier?: Dossier | undefined; readonly fault?: string } {
  if (!office || office.erasures.has(subject)) return {};
  if (operations.length > SUBJECT_OPERATIONS_MAX) return { fault: `more than ${SUBJECT_OPERATIONS_MAX} operations` };
  try {
    return { dossier: foldDossier(operations.map(toOperation), office) };
  } catch (error) {
    return { fault: faultWords(error) };
  }
}
