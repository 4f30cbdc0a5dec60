import type { Dossier, HistoryEntry } from '../../src-shared/domain/dossiers/dossier.ts';
import { foldDossier } from '../../src-shared/domain/dossiers/dossier-fold.ts';
import type { DossierReceived } from '../../src-shared/domain/dossiers/dossier-content.ts';
import { isPaused, type DossierStatus } from '../../src-shared/domain/dossiers/dossier-state.ts';
import type { IssuedNumber, NumberSeries } from '../../src-shared/domain/numbers/number-series.ts';
import type { Office } from '../../src-shared/domain/office/office.ts';
import type { Operation, OperationHeader } from '../../src-shared/domain/operations/operation.ts';
import { personKey } from '../../src-shared/domain/persons/person.ts';
import { officeDate } from '../../src-shared/lib/office-time.ts';
import type { ReadableDb, WritableDb } from '../db/sqlite.ts';
import { dossierWords } from './dossier-words.ts';
import type { Names } from './names.ts';
import { subjectToBytes } from './operation-rows.ts';

/** The tables that `rebuild` empties and folds again. */
export const PROJECTION_TABLES = ['dossiers', 'dossier_words', 'dossier_counts', 'received_per_day', 'issued_numbers', 'doubled_numbers', 'procedure_uses'] as const;

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
  readonly needsReview: boolean;
}

interface ProjectedRow {
  readonly no: number;
  readonly status: DossierStatus;
  readonly received_date: string;
}

/**
 * Folds a dossier from all its operations and writes its rows. The same function serves one new act, an imported branch
 * and a rebuild, so they cannot differ. Returns undefined while the reception has not arrived.
 */
export function projectDossier(db: WritableDb, names: Names, office: Office, operations: readonly Operation[]): Dossier | undefined {
  const dossier = foldDossier(operations, office);
  if (!dossier) return undefined;
  const id = subjectToBytes(dossier.id);
  const receivedDate = officeDate(dossier.receivedAt);
  const before = standingRow(db, names, dossier);
  const no = before?.no ?? freeNo(db, dossier);
  writeRow(db, names, dossier, { no, id, receivedDate });
  writeWords(db, no, dossier, before !== undefined, operations);
  if (before?.status !== dossier.status) {
    if (before) count(db, before.status, -1);
    count(db, dossier.status, 1);
  }
  if (!before) {
    countReceived(db, receivedDate, 1);
    countUse(db, names, receptionAt(dossier, dossier.receivedAt), 1);
  }
  projectNumbers(db, names, dossier, before !== undefined);
  return dossier;
}

/** Takes a dossier out of lists, counters and search, because its subject was erased; its numbers stay issued. */
export function removeDossier(db: WritableDb, names: Names, dossier: Dossier): void {
  const id = subjectToBytes(dossier.id);
  const row = db.get<ProjectedRow>('SELECT no, status, received_date FROM dossiers WHERE id = ?', id);
  if (!row) return;
  db.run('DELETE FROM dossier_words WHERE rowid = ?', row.no);
  db.run('DELETE FROM dossiers WHERE no = ?', row.no);
  count(db, row.status, -1);
  countReceived(db, row.received_date, -1);
  countUse(db, names, receptionAt(dossier, receivedAtOf(row)), -1);
}

/**
 * The row of a dossier that is known already. When an earlier reception of the same dossier arrives late, its day and its
 * place in the lists are others: then it is taken out and entered anew.
 */
function standingRow(db: WritableDb, names: Names, dossier: Dossier): ProjectedRow | undefined {
  const row = db.get<ProjectedRow>('SELECT no, status, received_date FROM dossiers WHERE id = ?', subjectToBytes(dossier.id));
  if (!row || receivedAtOf(row) === dossier.receivedAt) return row;
  removeDossier(db, names, dossier);
  return undefined;
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
    needsReview: dossier.appointmentNeedsReview || dossier.needsUpdate || dossier.missing.length > 0,
  };
}

function writeRow(db: WritableDb, names: Names, dossier: Dossier, at: { no: number; id: Uint8Array; receivedDate: string }): void {
  const summary = toSummary(dossier);
  db.run(
    `INSERT INTO dossiers (no, id, status, received_date, due_at, holder, owner_key, procedure_code, open_conflicts, summary)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (no) DO UPDATE SET status = excluded.status, due_at = excluded.due_at, holder = excluded.holder, owner_key = excluded.owner_key,
       procedure_code = excluded.procedure_code, open_conflicts = excluded.open_conflicts, summary = excluded.summary`,
    at.no,
    at.id,
    dossier.status,
    at.receivedDate,
    isPaused(dossier.status) ? null : summary.dueAt,
    dossier.holder === null ? null : names.enter(db, dossier.holder),
    personKey(dossier.content.owner),
    dossier.content.procedure.code,
    summary.openConflicts,
    JSON.stringify(summary),
  );
}

/** Words change only with a correction, a linked code or a newly arrived operation of that sort. */
function writeWords(db: WritableDb, no: number, dossier: Dossier, known: boolean, operations: readonly Operation[]): void {
  if (known && !operations.some(({ header }) => header.kind === 'dossier.corrected' || header.kind === 'dossier.codeLinked' || header.kind === 'dossier.undone' || header.kind === 'dossier.conflictSettled')) return;
  if (known) db.run('DELETE FROM dossier_words WHERE rowid = ?', no);
  db.run('INSERT INTO dossier_words (rowid, words) VALUES (?, ?)', no, dossierWords(dossier));
}

/** Reception time first, so that the newest has the highest number; two in one millisecond differ by their id. */
function freeNo(db: ReadableDb, dossier: Dossier): number {
  const tieBreak = Number.parseInt(dossier.id.slice(-3), 16) % 1_000;
  const millisecond = dossier.receivedAt * 1_000;
  for (let step = 0; step < 1_000; step += 1) {
    const no = millisecond + ((tieBreak + step) % 1_000);
    if (db.value('SELECT 1 FROM dossiers WHERE no = ?', no) === undefined) return no;
  }
  return freeNo(db, { ...dossier, receivedAt: dossier.receivedAt + 1 });
}

function count(db: WritableDb, status: DossierStatus, change: number): void {
  db.run('INSERT INTO dossier_counts (status, count) VALUES (?, ?) ON CONFLICT (status) DO UPDATE SET count = count + excluded.count', status, change);
}

function countReceived(db: WritableDb, date: string, change: number): void {
  db.run('INSERT INTO received_per_day (date, count) VALUES (?, ?) ON CONFLICT (date) DO UPDATE SET count = count + excluded.count', date, change);
}

function receivedAtOf(row: ProjectedRow): number {
  return Math.floor(row.no / 1_000);
}

/** The reception that was, or is, the one that counts; imported dossiers have none. */
function receptionAt(dossier: Dossier, receivedAt: number): HistoryEntry | undefined {
  return dossier.history.find(({ header, body }) => header.kind === 'dossier.received' && (body as DossierReceived | undefined)?.receivedAt === receivedAt);
}

function countUse(db: WritableDb, names: Names, reception: HistoryEntry | undefined, change: number): void {
  if (!reception || reception.header.actor === null) return;
  db.run(
    'INSERT INTO procedure_uses (officer, procedure_code, uses) VALUES (?, ?, ?) ON CONFLICT (officer, procedure_code) DO UPDATE SET uses = uses + excluded.uses',
    names.enter(db, reception.header.actor),
    (reception.body as DossierReceived).content.procedure.code,
    change,
  );
}

/** Two receptions of one dossier are rare, and both of their numbers are issued, whichever of them counts. */
function projectNumbers(db: WritableDb, names: Names, dossier: Dossier, known: boolean): void {
  const receptions = dossier.history.filter(({ header, body }) => header.kind === 'dossier.received' && body !== undefined);
  if (known && receptions.length < 2) return;
  for (const { header, body } of receptions) {
    const { number, register } = body as DossierReceived;
    insertNumber(db, names, header, number);
    insertNumber(db, names, header, register);
  }
}

/** Notes a number as issued by that operation, and whether another operation has the same one. */
export function insertNumber(db: WritableDb, names: Names, header: Pick<OperationHeader, 'device' | 'seq'>, number: IssuedNumber): void {
  db.run(
    'INSERT INTO issued_numbers (kind, token, period, counter, device, seq) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    number.kind,
    number.token,
    number.period,
    number.counter,
    names.enter(db, header.device),
    header.seq,
  );
  noteDoubled(db, number);
}

/** Asked of the one number only, so that listing doubles never looks through all numbers ever issued. */
function noteDoubled(db: WritableDb, { kind, token, period, counter }: IssuedNumber): void {
  const times = db.value<number>('SELECT COUNT(*) FROM issued_numbers WHERE kind = ? AND token = ? AND period = ? AND counter = ?', kind, token, period, counter) ?? 0;
  if (times > 1) db.run('INSERT INTO doubled_numbers (kind, token, period, counter) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING', kind, token, period, counter);
}

/** The next number of a series: one past the highest ever issued in it, by whichever device, and none that the office skipped. */
export function nextCounter(db: ReadableDb, series: NumberSeries, skipped: readonly IssuedNumber[] = []): number {
  const last = db.value<number>('SELECT counter FROM issued_numbers WHERE kind = ? AND token = ? AND period = ? ORDER BY counter DESC LIMIT 1', series.kind, series.token, series.period);
  let next = (last ?? 0) + 1;
  const isSkipped = (one: IssuedNumber) => one.counter === next && one.kind === series.kind && one.token === series.token && one.period === series.period;
  while (skipped.some(isSkipped)) next += 1;
  return next;
}
