import { randomUUIDv7 } from 'node:crypto';
import type { ReadableDb } from '../../../../src-node/db/sqlite.ts';
import { projectDossier } from '../../../../src-node/operations/dossier-projection.ts';
import type { Writing } from '../../../../src-node/operations/log.ts';
import type { Names } from '../../../../src-node/operations/names.ts';
import type { PrintJobView } from '../../../../src-shared/contract/dossier-views.ts';
import { wireError, type WireError } from '../../../../src-shared/contract/errors.ts';
import { foldDossier } from '../../../../src-shared/domain/dossiers/dossier-fold.ts';
import { dossierKindVersions, type DossierBody, type DossierKind } from '../../../../src-shared/domain/dossiers/dossier-operations.ts';
import type { Dossier } from '../../../../src-shared/domain/dossiers/dossier.ts';
import { isOpen } from '../../../../src-shared/domain/dossiers/dossier-state.ts';
import type { Office } from '../../../../src-shared/domain/office/office.ts';
import { orderCausally } from '../../../../src-shared/domain/operations/causal-order.ts';
import { operationId, parseOperationId, type Operation, type OperationId } from '../../../../src-shared/domain/operations/operation.ts';
import { readOfficeSettings } from '../../../../src-shared/domain/settings/office-settings.ts';
import type { CashSheetData } from '../../../../src-shared/forms/cash-sheet/cash-sheet-data.ts';
import type { ReceiptData } from '../../../../src-shared/forms/receipt/receipt-data.ts';
import type { OfficerId, SubjectId } from '../../../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import { answerOnce } from '../../calls/answer-once.ts';
import type { Announce, Handlers, ParsedInput } from '../../calls/handlers.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import {
  closeJobsOfUndoneAct, closeOutdatedJobs, closeReplacedJobs, getPrintJob, insertPrintJob, isDossierForm, listDossierJobs, listOpenJobs, reopenJobsOfAct,
  toJobView, updateJobCopies,
  type JobCopy, type PrintJob,
} from './print-job-queries.ts';
import { createPrinterHandlers } from './desk-printer.ts';
import { dueSheetJob, reprintSheet } from './sheet-jobs.ts';
import { changedOutcomes, hasNoPaperYet, isOnPaper, isShown, namesOwnCopies, paperBasis } from './printing-rules.ts';

/** Builds the receipt of a dossier as it stands: its form version by the business date, and its data. */
export interface MakeReceipt {
  (request: {
    readonly db: ReadableDb;
    readonly names: Names;
    readonly office: Office;
    readonly dossier: Dossier;
    readonly marks: { readonly reprint: number; readonly amended: number };
    readonly printedAt: number;
  }): { readonly formVersion: string; readonly data: ReceiptData };
}

export interface PrintingDep {
  readonly makeReceipt: MakeReceipt;
  readonly announce: Announce;
}

export interface Printing {
  readonly handlers: Handlers<'printing.jobs' | 'printing.report' | 'printing.reprint' | 'printing.getPrinter' | 'printing.choosePrinter'>;
  /**
   * Makes the receipt that a reception owes and puts it into the queue; gives the job. To be called INSIDE the
   * transaction, once the operation is appended and folded; announce `printing` when the transaction has returned ok (rule 8).
   */
  readonly insertReceiptJob: (writing: Writing, desk: OpenDesk, dossier: Dossier, act: Operation, size: PaperSize) => PrintJobView;
  /**
   * The same after a correction: a receipt that says SỬA ĐỔI, as large as the last one. Null when none is due, because the
   * citizen never had a receipt or the dossier is closed.
   */
  readonly insertAmendedReceiptJob: (writing: Writing, desk: OpenDesk, dossier: Dossier, act: Operation) => string | null;
  /**
   * After an undo: papers of the act that it takes back are waited for no more, those of the act whose words hold again are.
   * To be called inside the transaction of the undo, with the dossier folded after it.
   */
  readonly settleJobsAfterUndo: (writing: Writing, dossier: Dossier, undone: OperationId) => void;
  /** Puts a cash sheet into the queue, or finds it there. To be called inside the transaction; announce `printing` once it has returned ok. */
  readonly sheetJob: (writing: Writing, data: CashSheetData) => PrintJobView;
  readonly jobView: (desk: OpenDesk, id: string) => PrintJobView | undefined;
  /** The newest first; without papers that were given up before any sheet of them came out. */
  readonly dossierJobs: (desk: OpenDesk, dossier: SubjectId) => readonly PrintJobView[];
}

type PaperSize = PrintJobView['size'];
const BOTH_COPIES: readonly JobCopy['copy'][] = ['keep', 'citizen'];

export function createPrinting({ makeReceipt, announce }: PrintingDep): Printing {
  const tell = (answer: Result<{ readonly job: PrintJobView }, unknown>) => {
    if (!answer.ok) return;
    announce({ type: 'printing', job: answer.value.job.id });
    if (answer.value.job.dossier !== null) announce({ type: 'dossier', id: answer.value.job.dossier });
  };
  const insertReceipt = (writing: Writing, desk: OpenDesk, dossier: Dossier, act: Operation, size: PaperSize): PrintJob => {
    const printedAt = desk.clock.nowMs();
    const marks = { reprint: 0, amended: dossier.amendments };
    const paper = makeReceipt({ db: writing.db, names: writing.names, office: desk.office(), dossier, marks, printedAt });
    return insertPrintJob(writing.db, {
      dossier: dossier.id, act: operationId(act.header), form: 'receipt', size, copies: BOTH_COPIES, ...marks, ...paper, createdAt: printedAt,
    });
  };
  return {
    insertReceiptJob: (writing, desk, dossier, act, size) => toJobView(insertReceipt(writing, desk, dossier, act, size)),
    insertAmendedReceiptJob: (writing, desk, dossier, act) => {
      const isClosed = !isOpen(dossier.status) && dossier.status !== 'finished';
      const last = listDossierJobs(writing.db, dossier.id).find(({ form }) => form === 'receipt');
      if (isClosed || (!last && hasNoPaperYet(dossier))) return null;
      const job = insertReceipt(writing, desk, dossier, act, last?.size ?? readOfficeSettings(desk.office().settings).paperSize);
      closeOutdatedJobs(writing.db, job);
      return job.id;
    },
    settleJobsAfterUndo: (writing, dossier, undone) => {
      closeJobsOfUndoneAct(writing.db, dossier.id, undone);
      const { act } = paperBasis(dossier);
      reopenJobsOfAct(writing.db, dossier.id, act, (form, copy) => isOnPaper(dossier, { act, form, copy }));
    },
    sheetJob: ({ db }, data) => toJobView(dueSheetJob(db, data)),
    jobView: (desk, id) => {
      const job = getPrintJob(desk.db, id);
      return job && toJobView(job);
    },
    dossierJobs: (desk, dossier) => listDossierJobs(desk.db, dossier).filter(isShown).map(toJobView),
    handlers: {
      ...createPrinterHandlers(),
      'printing.jobs': ({ dossier }, { desk }) => {
        const jobs = dossier === undefined ? listOpenJobs(desk.db) : listDossierJobs(desk.db, dossier as SubjectId).filter(isShown);
        return ok({ jobs: jobs.map(toJobView) });
      },
      'printing.report': (input, { desk, officer }) => {
        const done = answerOnce(desk, { key: input.idempotencyKey, call: 'printing.report', input }, (writing) => report(desk, writing, officer, input));
        tell(done);
        return done;
      },
      'printing.reprint': (input, { desk, officer }) => {
        const done = answerOnce(desk, { key: input.idempotencyKey, call: 'printing.reprint', input }, (writing) => reprint(makeReceipt, { desk, writing, officer }, input));
        tell(done);
        return done;
      },
    },
  };
}

interface Reporting {
  readonly desk: OpenDesk;
  readonly writing: Writing;
  readonly officer: OfficerId;
}

type ReportError = WireError<'printing.unknownJob' | 'printing.alreadyReported' | 'dossiers.wrongState' | 'request.malformed' | 'session.notPermitted'>;

function report(desk: OpenDesk, writing: Writing, officer: OfficerId, input: ParsedInput<'printing.report'>): Result<{ job: PrintJobView }, ReportError> {
  const job = getPrintJob(writing.db, input.job);
  if (!job) return err(wireError('printing.unknownJob'));
  if (!namesOwnCopies(job.copies, input.outcomes)) return err(malformed('outcomes', 'not the copies of this job'));
  const changes = changedOutcomes(job.copies, input.outcomes);
  if (changes === null) return err(wireError('printing.alreadyReported'));
  if (changes.length === 0) return ok({ job: toJobView(job) });
  if (job.isVoided && changes.some(({ outcome }) => outcome === 'printed')) return err(wireError('dossiers.wrongState', undefined, 'Hồ sơ này đã bỏ nên không in giấy nữa.'));
  const { act } = job;
  if (job.dossier !== null && act !== null) {
    const acts = changes.map(({ copy, outcome }) => ({
      kind: 'dossier.paperReported' as const,
      body: { job: job.id, form: job.form, copy, outcome, act } satisfies DossierBody<'dossier.paperReported'>,
    }));
    const written = appendToDossier({ desk, writing, officer }, job.dossier as SubjectId, desk.log.listSubject(job.dossier as SubjectId), acts);
    if (!written.ok) return written;
  }
  const reportedAt = desk.clock.nowMs();
  const outcomeOf = new Map(changes.map(({ copy, outcome }) => [copy, outcome]));
  const copies = job.copies.map((known): JobCopy => {
    const outcome = outcomeOf.get(known.copy);
    return outcome === undefined ? known : { copy: known.copy, outcome, reportedAt };
  });
  const updated = updateJobCopies(writing.db, job, copies);
  closeReplacedJobs(writing.db, updated);
  return ok({ job: toJobView(updated) });
}

type ReprintError = WireError<'printing.unknownJob' | 'dossiers.unknown' | 'dossiers.needsUpdate' | 'dossiers.wrongState' | 'request.malformed' | 'session.notPermitted'>;

function reprint(makeReceipt: MakeReceipt, reporting: Reporting, input: ParsedInput<'printing.reprint'>): Result<{ job: PrintJobView }, ReprintError> {
  const { job, dossier, form, ...paper } = input;
  if (job === undefined) {
    if (dossier === undefined || form === undefined) return err(malformed('dossier', 'a dossier and a form, or the job of a paper that belongs to none'));
    return reprintOfDossier(makeReceipt, reporting, { ...paper, dossier, form });
  }
  if (dossier !== undefined || form !== undefined) return err(malformed('job', 'the paper of a dossier is named by dossier and form'));
  const sheet = getPrintJob(reporting.writing.db, job);
  if (!sheet) return err(wireError('printing.unknownJob'));
  if (sheet.form !== 'cashSheet') return err(malformed('job', 'this paper belongs to a dossier'));
  return ok({ job: toJobView(reprintSheet(reporting.writing.db, sheet, reporting.desk.clock.nowMs())) });
}

interface ReprintOfDossier extends Omit<ParsedInput<'printing.reprint'>, 'job' | 'dossier' | 'form'> {
  readonly dossier: string;
  readonly form: string;
}

function reprintOfDossier(makeReceipt: MakeReceipt, reporting: Reporting, input: ReprintOfDossier): Result<{ job: PrintJobView }, ReprintError> {
  const { desk, writing } = reporting;
  const { form } = input;
  if (!isDossierForm(form)) return err(malformed('form', 'no such form'));
  if (new Set(input.copies).size !== input.copies.length) return err(malformed('copies', 'a copy is named twice'));
  const operations = desk.log.listSubject(input.dossier as SubjectId);
  const before = foldDossier(operations, desk.office());
  if (!before) return err(wireError('dossiers.unknown'));
  if (before.needsUpdate) return err(wireError('dossiers.needsUpdate'));
  if (before.status === 'voided') return err(wireError('dossiers.wrongState', undefined, 'Hồ sơ này đã bỏ nên không in lại giấy.'));

  const earlier = listDossierJobs(writing.db, before.id).filter((job) => job.form === 'receipt');
  const isOriginal = earlier.length === 0 && hasNoPaperYet(before);
  const ordinal = isOriginal ? 0 : (before.reprints[form] ?? 0) + 1;
  const id = randomUUIDv7();
  if (!isOriginal) {
    const body: DossierBody<'dossier.paperReprinted'> = { job: id, form, ordinal, ...(input.reason ? { reason: input.reason } : {}) };
    const written = appendToDossier(reporting, before.id, operations, [{ kind: 'dossier.paperReprinted', body }]);
    if (!written.ok) return written;
  }
  const printedAt = desk.clock.nowMs();
  const basis = paperBasis(before);
  const paper = sameWords(earlier, basis, { reprint: ordinal, printedAt })
    ?? makeReceipt({ db: writing.db, names: writing.names, office: desk.office(), dossier: before, marks: { reprint: ordinal, amended: basis.amended }, printedAt });
  const job = insertPrintJob(writing.db, {
    id, dossier: before.id, act: basis.act, form, size: input.size, copies: input.copies, reprint: ordinal, amended: basis.amended, ...paper, createdAt: printedAt,
  });
  closeOutdatedJobs(writing.db, job);
  return ok({ job: toJobView(job) });
}

/** Form version and data of an earlier paper with the same basis: a reprint repeats it word for word, but for its mark and its time. */
function sameWords(earlier: readonly (PrintJob & { readonly form: 'receipt' })[], basis: { readonly act: OperationId; readonly amended: number }, printing: { readonly reprint: number; readonly printedAt: number }) {
  const first = earlier.findLast((job) => job.act === basis.act && job.amended === basis.amended);
  if (!first) return undefined;
  const { formVersion, data } = first;
  return { formVersion, data: { ...data, printedAt: printing.printedAt, marks: { ...data.marks, reprint: printing.reprint } } };
}

interface PaperAct {
  readonly kind: Extract<DossierKind, 'dossier.paperReported' | 'dossier.paperReprinted'>;
  readonly body: unknown;
}

/** Appends acts one after the other and projects. What the fold does not let take effect is refused, and nothing is kept. */
function appendToDossier(reporting: Reporting, subject: SubjectId, operations: readonly Operation[], acts: readonly PaperAct[]): Result<Dossier, WireError<'session.notPermitted'>> {
  const { desk, writing, officer } = reporting;
  let after = orderCausally(operations).heads.map(parseOperationId);
  const written: Operation[] = [];
  for (const { kind, body } of acts) {
    const operation = writing.append({ kind, version: dossierKindVersions[kind], subject, actor: officer, after, body });
    after = [{ device: operation.header.device, seq: operation.header.seq }];
    written.push(operation);
  }
  const dossier = projectDossier(writing.db, writing.names, desk.office(), [...operations, ...written]);
  const ids = new Set(written.map(({ header }) => operationId(header)));
  const applied = dossier?.history.filter(({ id, effect }) => ids.has(id) && effect === 'applied') ?? [];
  return dossier && applied.length === ids.size ? ok(dossier) : err(wireError('session.notPermitted'));
}

function malformed(path: string, message: string): WireError<'request.malformed'> {
  return wireError('request.malformed', { issues: [{ path, message }] });
}
