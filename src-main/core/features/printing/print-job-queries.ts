import { randomUUIDv7 } from 'node:crypto';
import type { PrintJobView } from '../../../../src-shared/contract/dossier-views.ts';
import { cashSheetTitle } from '../../../../src-shared/forms/cash-sheet/cash-sheet.ts';
import type { CashSheetData } from '../../../../src-shared/forms/cash-sheet/cash-sheet-data.ts';
import type { ReceiptData } from '../../../../src-shared/forms/receipt/receipt-data.ts';
import type { OperationId } from '../../../../src-shared/domain/operations/operation.ts';
import type { SubjectId } from '../../../../src-shared/lib/ids.ts';
import type { ReadableDb, WritableDb } from '../../../../src-node/db/sqlite.ts';
import { bytesToSubject, subjectToBytes } from '../../../../src-node/operations/operation-rows.ts';

/** What stands on a paper, by its form. The cash sheet is the one that belongs to no dossier. */
export type PaperContent = { readonly form: 'receipt'; readonly data: ReceiptData } | { readonly form: 'cashSheet'; readonly data: CashSheetData };
export type PrintedForm = PaperContent['form'];

/** A form that a dossier's paper may have. */
export function isDossierForm(form: string): form is 'receipt' {
  return form === 'receipt';
}

export type JobCopy = PrintJobView['copies'][number];

/** A paper that is due, as kept: with the act it belongs to and everything that stands on it. */
export type PrintJob = Omit<PrintJobView, 'form'> & PaperContent & {
  /** Null of a paper that belongs to no dossier. */
  readonly act: OperationId | null;
  /** Somebody still waits for it: it is neither out nor replaced, and its dossier stands. */
  readonly isDue: boolean;
  /** Nothing of a voided dossier is put on paper any more. */
  readonly isVoided: boolean;
};

export type NewPrintJob = PaperContent & {
  /** Chosen beforehand when an operation names the job. */
  readonly id?: string;
  readonly dossier: SubjectId | null;
  /** The act whose paper it is; null where there is no dossier. */
  readonly act: OperationId | null;
  readonly formVersion: string;
  readonly size: PrintJobView['size'];
  readonly copies: readonly JobCopy['copy'][];
  readonly reprint: number;
  readonly amended: number;
  /** UTC milliseconds of the office's time. */
  readonly createdAt: number;
};

interface JobRow {
  readonly id: string;
  readonly dossier: Uint8Array | null;
  readonly act: string;
  readonly form: string;
  readonly form_version: string;
  readonly size: string;
  readonly reprint: number;
  readonly amended: number;
  readonly data: string;
  readonly copies: string;
  readonly waiting: number;
  readonly is_voided: number;
  readonly created_at: number;
}

/** Asked of the dossier and not kept with the job: it may also be voided, or stand again, by what arrives from another desk. */
const IS_VOIDED = "EXISTS (SELECT 1 FROM dossiers WHERE dossiers.id = print_jobs.dossier AND dossiers.status = 'voided')";
/** In `act` of a paper that belongs to no dossier. */
const NO_ACT = '';
const COLUMNS = `id, dossier, act, form, form_version, size, reprint, amended, data, copies, waiting, ${IS_VOIDED} AS is_voided, created_at`;
/** More papers than a desk leaves lying about; the newest are shown. */
const LISTED_MAX = 200;

/**
 * Puts a paper into the queue. To be called inside the transaction of the act whose paper it is: the job is there exactly
 * when the act is (rule 8), and nobody hears of it before both are durable.
 */
export function insertPrintJob(db: WritableDb, job: NewPrintJob): PrintJob {
  // By time, so that a new one lies beside the last in the index, however many there are.
  const id = job.id ?? randomUUIDv7();
  const copies: JobCopy[] = job.copies.map((copy) => ({ copy, outcome: 'waiting', reportedAt: null }));
  db.run(
    `INSERT INTO print_jobs (id, dossier, act, form, form_version, size, reprint, amended, data, copies, waiting, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)`,
    id,
    job.dossier === null ? null : subjectToBytes(job.dossier),
    job.act ?? NO_ACT,
    job.form,
    job.formVersion,
    job.size,
    job.reprint,
    job.amended,
    JSON.stringify(job.data),
    JSON.stringify(copies),
    job.createdAt,
  );
  return { ...job, ...titles(job), id, copies, isDue: true, isVoided: false };
}

export function getPrintJob(db: ReadableDb, id: string): PrintJob | undefined {
  const row = db.get<JobRow>(`SELECT ${COLUMNS} FROM print_jobs WHERE id = ?`, id);
  return row && rowToJob(row);
}

/** This desk has made a paper of that dossier. */
export function hasPrintJob(db: ReadableDb, dossier: SubjectId): boolean {
  return db.value('SELECT 1 FROM print_jobs WHERE dossier = ? LIMIT 1', subjectToBytes(dossier)) === 1;
}

/** Papers that wait, failed, or whose fate nobody knows; the newest first. */
export function listOpenJobs(db: ReadableDb): PrintJob[] {
  return db.all<JobRow>(`SELECT ${COLUMNS} FROM print_jobs WHERE waiting = 1 AND NOT ${IS_VOIDED} ORDER BY no DESC LIMIT ${LISTED_MAX}`).map(rowToJob);
}

/** Every paper of a dossier that this desk ever made; the newest first. */
export function listDossierJobs(db: ReadableDb, dossier: SubjectId): PrintJob[] {
  return db.all<JobRow>(`SELECT ${COLUMNS} FROM print_jobs WHERE dossier = ? ORDER BY no DESC LIMIT ${LISTED_MAX}`, subjectToBytes(dossier)).map(rowToJob);
}

/** Every sheet that this desk still keeps, the newest first: a handful a day, and none of them belongs to a dossier. */
export function listSheetJobs(db: ReadableDb): (PrintJob & { readonly form: 'cashSheet' })[] {
  return db.all<JobRow>(`SELECT ${COLUMNS} FROM print_jobs WHERE dossier IS NULL AND form = 'cashSheet' ORDER BY no DESC`).map(rowToJob).filter((job) => job.form === 'cashSheet');
}

/** Takes a paper off the list whose words do not hold any more. */
export function closeJob(db: WritableDb, id: string): void {
  db.run('UPDATE print_jobs SET waiting = 0 WHERE id = ?', id);
}

/** Writes what became of the sheets. The job stays on the list until every copy is out. */
export function updateJobCopies(db: WritableDb, job: PrintJob, copies: readonly JobCopy[]): PrintJob {
  const waiting = copies.every(({ outcome }) => outcome === 'printed') ? 0 : 1;
  db.run('UPDATE print_jobs SET copies = ?, waiting = ? WHERE id = ?', JSON.stringify(copies), waiting, job.id);
  return { ...job, copies: [...copies], isDue: waiting === 1 && !job.isVoided };
}

/** Takes earlier papers of other words off the list: what was said before a correction must not come out after it. */
export function closeOutdatedJobs(db: WritableDb, newer: PrintJob): void {
  if (newer.dossier === null) return;
  db.run(
    'UPDATE print_jobs SET waiting = 0 WHERE dossier = ? AND form = ? AND act <> ? AND waiting = 1 AND no < (SELECT no FROM print_jobs WHERE id = ?)',
    subjectToBytes(newer.dossier),
    newer.form,
    newer.act ?? NO_ACT,
    newer.id,
  );
}

/** Takes papers off the list that do not say what the dossier says by now. */
export function closeJobsOfOtherWords(db: WritableDb, dossier: SubjectId, basis: { readonly act: OperationId; readonly amended: number }): void {
  db.run('UPDATE print_jobs SET waiting = 0 WHERE dossier = ? AND waiting = 1 AND (act <> ? OR amended <> ?)', subjectToBytes(dossier), basis.act, basis.amended);
}

/** An act that was taken back owes nobody a paper. */
export function closeJobsOfUndoneAct(db: WritableDb, dossier: SubjectId, act: OperationId): void {
  db.run('UPDATE print_jobs SET waiting = 0 WHERE dossier = ? AND act = ? AND waiting = 1', subjectToBytes(dossier), act);
}

/** Papers of an act whose words hold again are waited for again, as far as their sheets never came out. */
export function reopenJobsOfAct(db: WritableDb, dossier: SubjectId, act: OperationId, isOut: (form: PrintedForm, copy: JobCopy['copy']) => boolean): void {
  const closed = db.all<JobRow>(`SELECT ${COLUMNS} FROM print_jobs WHERE dossier = ? AND act = ? AND waiting = 0`, subjectToBytes(dossier), act);
  for (const { id, form, copies } of closed.map(rowToJob)) {
    if (copies.some(({ copy, outcome }) => outcome !== 'printed' && !isOut(form, copy))) db.run('UPDATE print_jobs SET waiting = 1 WHERE id = ?', id);
  }
}

/** Takes earlier papers off the list whose missing copies have come out by a later job: nobody waits for them any more. */
export function closeReplacedJobs(db: WritableDb, printed: PrintJob): void {
  if (printed.dossier === null) return;
  const out = new Set(printed.copies.filter(({ outcome }) => outcome === 'printed').map(({ copy }) => copy));
  const earlier = db.all<JobRow>(
    `SELECT ${COLUMNS} FROM print_jobs WHERE dossier = ? AND form = ? AND waiting = 1 AND no < (SELECT no FROM print_jobs WHERE id = ?)`,
    subjectToBytes(printed.dossier),
    printed.form,
    printed.id,
  );
  closeWhatIsOut(db, earlier, out);
}

/** The same for papers of one act that came out by a job which only another branch of this folder has. */
export function closeJobsOfAct(db: WritableDb, paper: { readonly act: OperationId; readonly dossier: SubjectId; readonly form: string }, out: ReadonlySet<JobCopy['copy']>): void {
  const waiting = db.all<JobRow>(
    `SELECT ${COLUMNS} FROM print_jobs WHERE dossier = ? AND form = ? AND act = ? AND waiting = 1`,
    subjectToBytes(paper.dossier),
    paper.form,
    paper.act,
  );
  closeWhatIsOut(db, waiting, out);
}

function closeWhatIsOut(db: WritableDb, rows: readonly JobRow[], out: ReadonlySet<JobCopy['copy']>): void {
  for (const job of rows.map(rowToJob)) {
    const isReplaced = job.copies.every(({ copy, outcome }) => outcome === 'printed' || out.has(copy));
    if (isReplaced) closeJob(db, job.id);
  }
}

/** What goes over the wire: the data on the paper stays here. */
export function toJobView({ act: _act, data: _data, isDue: _isDue, isVoided: _isVoided, ...view }: PrintJob): PrintJobView {
  return view;
}

function rowToJob(row: JobRow): PrintJob {
  const content = { form: row.form, data: JSON.parse(row.data) as unknown } as PaperContent;
  return {
    ...content,
    id: row.id,
    dossier: row.dossier === null ? null : bytesToSubject(row.dossier),
    act: row.act === NO_ACT ? null : row.act,
    formVersion: row.form_version,
    ...titles(content),
    reprint: row.reprint,
    amended: row.amended,
    size: row.size as PrintJobView['size'],
    createdAt: row.created_at,
    copies: JSON.parse(row.copies) as JobCopy[],
    isDue: row.waiting === 1 && row.is_voided === 0,
    isVoided: row.is_voided === 1,
  };
}

/** As they stand on the paper. */
function titles(content: PaperContent): Pick<PrintJobView, 'formTitle' | 'code' | 'ownerName'> {
  if (content.form === 'cashSheet') return { formTitle: cashSheetTitle(content.data), code: null, ownerName: null };
  const { codes, owner, submitter } = content.data;
  const own = codes.find(({ system }) => system === 'own') ?? codes[0];
  return { formTitle: 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả', code: own?.code ?? null, ownerName: (owner ?? submitter).name };
}
