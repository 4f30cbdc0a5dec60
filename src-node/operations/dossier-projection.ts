import type { Dossier } from '../../src-shared/domain/dossiers/dossier.ts';
import { foldDossier } from '../../src-shared/domain/dossiers/dossier-fold.ts';
import { numbersOf, type NumberOfAct } from '../../src-shared/domain/dossiers/dossier-numbers.ts';
import type { DossierKind } from '../../src-shared/domain/dossiers/dossier-operations.ts';
import { isOpen, isPaused, type DossierStatus } from '../../src-shared/domain/dossiers/dossier-state.ts';
import { currentStep, runningStepDue, stepsOf } from '../../src-shared/domain/dossiers/dossier-steps.ts';
import { overdueReasons, type OverdueReason } from '../../src-shared/domain/dossiers/overdue-reason.ts';
import type { CashLine } from '../../src-shared/domain/fees/cash-sheet.ts';
import type { Office } from '../../src-shared/domain/office/office.ts';
import type { OfficerId, SubjectId } from '../../src-shared/lib/ids.ts';
import type { Operation } from '../../src-shared/domain/operations/operation.ts';
import { registerEntryOf } from '../../src-shared/domain/registers/register-entry.ts';
import { personKey } from '../../src-shared/domain/persons/person.ts';
import type { ReadableDb, WritableDb } from '../db/sqlite.ts';
import { changesOf, deleteChanges, writeChanges, type DossierChange } from './dossier-changes.ts';
import { dossierWords } from './dossier-words.ts';
import { deleteFeeRows, feeRowsOf, writeFeeRows } from './fee-rows.ts';
import { insertNumbers, receptionsOf, type Reception } from './issued-numbers.ts';
import type { Names } from './names.ts';
import { subjectToBytes } from './operation-rows.ts';

/** The tables that `rebuild` empties and folds again. */
export const PROJECTION_TABLES = ['dossiers', 'dossier_words', 'dossier_counts', 'issued_numbers', 'doubled_numbers', 'procedure_uses', 'register_entries', 'dossier_changes', 'fee_entries', 'doubled_receipts'] as const;

/** The condition of the index `dossiers_open`, word for word: SQLite uses a partial index only when it finds it in the query. */
export const IN_OPEN_INDEX = "status IN ('received', 'processing', 'waitingSupplement', 'waitingDuty', 'finished')";

/** A list row as stored; names of officers are looked up when read, because people are renamed. */
export interface StoredSummary {
  readonly id: string;
  readonly code: string;
  readonly codes: Dossier['codes'];
  readonly status: DossierStatus;
  readonly ownerName: string;
  readonly submitterName: string | null;
  readonly birthYear: number | null;
  readonly ownerIdNumber: string | null;
  readonly ownerPhone: string | null;
  readonly procedureCode: string;
  readonly procedureName: string;
  readonly request: string;
  readonly receivedAt: number;
  readonly dueAt: number | null;
  readonly pausedAt: number | null;
  readonly finishedAt: number | null;
  readonly returnedAt: number | null;
  readonly holder: string | null;
  readonly openConflicts: number;
  /** The step that goes on and, while its clock runs, when it is due; a due time to be looked at says so. */
  readonly step: { readonly name: string; readonly dueAt: number | null; readonly needsReview?: true } | null;
  readonly needsReview: boolean;
}

/** All that the lists, the search and the counters take from a dossier: plain data, computed by whoever folds it. */
export interface DossierProjection {
  readonly id: SubjectId;
  readonly receivedAt: number;
  readonly status: DossierStatus;
  /** UTC milliseconds while the clock runs. */
  readonly dueAt: number | null;
  /** The same of the step that goes on. */
  readonly stepDueAt: number | null;
  /** What the log says of why it might be late, as JSON; null once nobody works on it. */
  readonly reasons: string | null;
  readonly holder: OfficerId | null;
  readonly ownerKey: string | null;
  readonly procedureCode: string;
  readonly openConflicts: number;
  /** Received here and without a code of the province: some of these wait to be typed into its system. */
  readonly lacksProvinceCode: boolean;
  /** The list row as JSON. */
  readonly summary: string;
  readonly words: string;
  /** The line of the register as JSON. */
  readonly entry: string;
  /** Voids and corrections in effect; null when there never was one. */
  readonly changes: readonly DossierChange[] | null;
  /** Lines of the cash sheet; null when nobody wrote anything about money. */
  readonly feeRows: readonly CashLine[] | null;
  /** False when nothing was read that could change the words of a dossier that is listed already. */
  readonly mayChangeWords: boolean;
  /** Of these the one with the dossier's own time counts. */
  readonly receptions: readonly Reception[];
  /** Of all receptions and all forms, whichever of them count. */
  readonly numbers: readonly NumberOfAct[];
  /** How many operations were folded, to tell when there are more by now. */
  readonly operations: number;
}

interface ProjectedRow {
  readonly no: number;
  readonly status: DossierStatus;
}

/** What dossiers change together, or what is dear to write one at a time: written once at the end. */
interface Gathered {
  readonly statusChanges: Map<DossierStatus, number>;
  readonly useChanges: Map<string, { readonly officer: OfficerId; readonly procedureCode: string; readonly change: number }>;
  readonly words: { readonly no: number; readonly words: string; readonly isKnown: boolean }[];
}

/**
 * Folds a dossier from all its operations and writes its rows. The same function serves one new act, an imported branch
 * and a rebuild, so they cannot differ. Returns undefined while the reception has not arrived.
 */
export function projectDossier(db: WritableDb, names: Names, office: Office, operations: readonly Operation[]): Dossier | undefined {
  const dossier = foldDossier(operations, office);
  if (dossier) writeProjections(db, names, [projectionOf(dossier, operations)]);
  return dossier;
}

/** The same for many dossiers, each subject once, in a fraction of the time. Returns how many there are. */
export function projectDossiers(db: WritableDb, names: Names, office: Office, subjects: Iterable<readonly Operation[]>): number {
  const projections: DossierProjection[] = [];
  for (const operations of subjects) {
    const dossier = foldDossier(operations, office);
    if (dossier) projections.push(projectionOf(dossier, operations));
  }
  writeProjections(db, names, projections);
  return projections.length;
}

/** Pure; may be asked on any thread. */
export function projectionOf(dossier: Dossier, operations: readonly Operation[]): DossierProjection {
  const summary = toSummary(dossier);
  return {
    id: dossier.id,
    receivedAt: dossier.receivedAt,
    status: dossier.status,
    dueAt: isPaused(dossier.status) ? null : summary.dueAt,
    stepDueAt: runningStepDue(dossier),
    reasons: reasonsOf(dossier),
    holder: dossier.holder,
    ownerKey: personKey(dossier.content.owner),
    procedureCode: dossier.content.procedure.code,
    openConflicts: summary.openConflicts,
    lacksProvinceCode: dossier.number !== null && dossier.status !== 'voided' && !dossier.codes.some(({ system }) => system === 'province'),
    summary: JSON.stringify(summary),
    words: dossierWords(dossier),
    entry: JSON.stringify(registerEntryOf(dossier)),
    changes: changesOf(dossier),
    feeRows: feeRowsOf(dossier),
    mayChangeWords: operations.some(({ header }) => CHANGES_WORDS.has(header.kind)),
    receptions: receptionsOf(dossier),
    numbers: numbersOf(dossier),
    operations: operations.length,
  };
}

/** Inside a transaction. */
export function writeProjections(db: WritableDb, names: Names, projections: readonly DossierProjection[]): void {
  const gathered = gatherNothing();
  for (const projection of projections) writeProjection(gathered, db, names, projection);
  writeGathered(gathered, db, names);
}

/** Takes a dossier out of lists, counters and search, because its subject was erased; its numbers stay issued. */
export function removeDossier(db: WritableDb, names: Names, dossier: Dossier): void {
  const row = getRow(db, dossier.id);
  if (!row) return;
  const gathered = gatherNothing();
  removeRow(gathered, db, receptionsOf(dossier), row);
  deleteChanges(db, dossier.id);
  deleteFeeRows(db, dossier.id);
  writeGathered(gathered, db, names);
}

function writeProjection(gathered: Gathered, db: WritableDb, names: Names, projection: DossierProjection): void {
  const { receivedAt, receptions, numbers, status, words } = projection;
  const before = standingRow(gathered, db, projection);
  const no = before?.no ?? freeNo(db, projection);
  writeRow(db, names, projection, no);
  if (projection.changes) writeChanges(db, names, projection.id, projection.changes);
  if (projection.feeRows) writeFeeRows(db, names, projection.id, projection.feeRows);
  if (!before || projection.mayChangeWords) gathered.words.push({ no, words, isKnown: before !== undefined });
  if (before?.status !== status) {
    if (before) count(gathered, before.status, -1);
    count(gathered, status, 1);
  }
  if (!before) countUse(gathered, receptions, receivedAt, 1);
  // A dossier that is listed has the two of its reception noted already; an imported one has none of its own.
  if (!before || numbers.length > (receptions.length === 0 ? 0 : 2)) insertNumbers(db, names, numbers);
}

function gatherNothing(): Gathered {
  return { statusChanges: new Map(), useChanges: new Map(), words: [] };
}

/**
 * Words come last: before any other statement that may have to be taken back, SQLite lets the search index write what it
 * has gathered, and that would be a segment of the index for each dossier.
 */
function writeGathered({ statusChanges, useChanges, words }: Gathered, db: WritableDb, names: Names): void {
  for (const [status, change] of statusChanges) {
    if (change !== 0) db.run('INSERT INTO dossier_counts (status, count) VALUES (?, ?) ON CONFLICT (status) DO UPDATE SET count = count + excluded.count', status, change);
  }
  for (const { officer, procedureCode, change } of useChanges.values()) {
    db.run(
      'INSERT INTO procedure_uses (officer, procedure_code, uses) VALUES (?, ?, ?) ON CONFLICT (officer, procedure_code) DO UPDATE SET uses = uses + excluded.uses',
      names.enter(db, officer),
      procedureCode,
      change,
    );
  }
  for (const { no, isKnown } of words) if (isKnown) db.run('DELETE FROM dossier_words WHERE rowid = ?', no);
  for (const { no, words: text } of words) db.run('INSERT INTO dossier_words (rowid, words) VALUES (?, ?)', no, text);
}

/** A dossier's words change only with these, or when one of them arrives late. */
const CHANGES_WORDS: ReadonlySet<string> = new Set<DossierKind>(['dossier.corrected', 'dossier.codeLinked', 'dossier.undone', 'dossier.conflictSettled']);

/**
 * The row of a dossier that is known already. When an earlier reception of the same dossier arrives late, its day and its
 * place in the lists are others: then it is taken out and entered anew.
 */
function standingRow(gathered: Gathered, db: WritableDb, { id, receivedAt, receptions }: DossierProjection): ProjectedRow | undefined {
  const row = getRow(db, id);
  if (!row || receivedAtOf(row) === receivedAt) return row;
  removeRow(gathered, db, receptions, row);
  return undefined;
}

function getRow(db: ReadableDb, id: SubjectId): ProjectedRow | undefined {
  return db.get<ProjectedRow>('SELECT no, status FROM dossiers WHERE id = ?', subjectToBytes(id));
}

function removeRow(gathered: Gathered, db: WritableDb, receptions: readonly Reception[], row: ProjectedRow): void {
  db.run('DELETE FROM dossier_words WHERE rowid = ?', row.no);
  db.run('DELETE FROM dossiers WHERE no = ?', row.no);
  db.run('DELETE FROM register_entries WHERE no = ?', row.no);
  count(gathered, row.status, -1);
  countUse(gathered, receptions, receivedAtOf(row), -1);
}

export function toSummary(dossier: Dossier): StoredSummary {
  const { content } = dossier;
  const birthYear = content.owner.birthDate ? Number(content.owner.birthDate.slice(0, 4)) : null;
  return {
    id: dossier.id,
    code: dossier.codes[0]?.code ?? '',
    codes: dossier.codes,
    status: dossier.status,
    ownerName: content.owner.name,
    submitterName: content.submitter?.name ?? null,
    birthYear,
    ownerIdNumber: content.owner.idNumber ?? null,
    ownerPhone: content.owner.phone ?? null,
    procedureCode: content.procedure.code,
    procedureName: content.procedure.name,
    request: content.request,
    receivedAt: dossier.receivedAt,
    dueAt: content.appointment.dueAt,
    pausedAt: dossier.pausedAt,
    finishedAt: dossier.result?.finishedAt ?? null,
    returnedAt: dossier.handOver?.at ?? null,
    holder: dossier.holder,
    openConflicts: dossier.conflicts.filter((conflict) => conflict.settledBy === null).length,
    step: stepSummary(dossier),
    needsReview: dossier.appointmentNeedsReview || dossier.needsUpdate || dossier.missing.length > 0,
  };
}

function stepSummary(dossier: Dossier): StoredSummary['step'] {
  const step = currentStep(dossier);
  if (step === undefined) return null;
  const dueAt = runningStepDue(dossier);
  return { name: stepsOf(dossier)[step.index]!.name, dueAt, ...(step.dueNeedsReview && dueAt !== null && { needsReview: true }) };
}

/** Kept with the row, so that the leader's page folds nothing. */
export function reasonsOf(dossier: Dossier): string | null {
  if (!isOpen(dossier.status)) return null;
  const reasons: readonly OverdueReason[] = overdueReasons(dossier);
  return reasons.length === 0 ? null : JSON.stringify(reasons);
}

function writeRow(db: WritableDb, names: Names, projection: DossierProjection, no: number): void {
  db.run(
    `INSERT INTO dossiers (no, id, status, due_at, step_due_at, reasons, holder, owner_key, procedure_code, open_conflicts, lacks_province_code, summary)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (no) DO UPDATE SET status = excluded.status, due_at = excluded.due_at, step_due_at = excluded.step_due_at, reasons = excluded.reasons, holder = excluded.holder, owner_key = excluded.owner_key,
       procedure_code = excluded.procedure_code, open_conflicts = excluded.open_conflicts,
       lacks_province_code = excluded.lacks_province_code, summary = excluded.summary`,
    no,
    subjectToBytes(projection.id),
    projection.status,
    projection.dueAt,
    projection.stepDueAt,
    projection.reasons,
    projection.holder === null ? null : names.enter(db, projection.holder),
    projection.ownerKey,
    projection.procedureCode,
    projection.openConflicts,
    projection.lacksProvinceCode ? 1 : 0,
    projection.summary,
  );
  db.run('INSERT INTO register_entries (no, entry) VALUES (?, ?) ON CONFLICT (no) DO UPDATE SET entry = excluded.entry', no, projection.entry);
}

/** Row numbers of dossiers in one millisecond of reception: the number is that time first, so the newest has the highest. */
export const NO_PER_MS = 1_000;

/** Two of one millisecond differ by their id. */
function freeNo(db: ReadableDb, { id, receivedAt }: Pick<DossierProjection, 'id' | 'receivedAt'>): number {
  const tieBreak = Number.parseInt(id.slice(-3), 16) % NO_PER_MS;
  for (let step = 0; step < NO_PER_MS; step += 1) {
    const no = receivedAt * NO_PER_MS + ((tieBreak + step) % NO_PER_MS);
    if (db.value('SELECT 1 FROM dossiers WHERE no = ?', no) === undefined) return no;
  }
  return freeNo(db, { id, receivedAt: receivedAt + 1 });
}

function count({ statusChanges }: Gathered, status: DossierStatus, change: number): void {
  statusChanges.set(status, (statusChanges.get(status) ?? 0) + change);
}

function receivedAtOf(row: ProjectedRow): number {
  return Math.floor(row.no / NO_PER_MS);
}

/** The reception that was, or is, the one that counts; imported dossiers have none. */
function countUse({ useChanges }: Gathered, receptions: readonly Reception[], receivedAt: number, change: number): void {
  const reception = receptions.find((one) => one.receivedAt === receivedAt);
  if (!reception || reception.officer === null) return;
  const { officer, procedureCode } = reception;
  const key = `${officer} ${procedureCode}`;
  useChanges.set(key, { officer, procedureCode, change: (useChanges.get(key)?.change ?? 0) + change });
}
