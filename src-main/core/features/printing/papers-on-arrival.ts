import type { Dossier } from '../../../../src-shared/domain/dossiers/dossier.ts';
import type { DossierBody, DossierKind } from '../../../../src-shared/domain/dossiers/dossier-operations.ts';
import { dossierBodySchemas } from '../../../../src-shared/domain/dossiers/dossier-operations.ts';
import type { Operation } from '../../../../src-shared/domain/operations/operation.ts';
import type { SubjectId } from '../../../../src-shared/lib/ids.ts';
import type { WritableDb } from '../../../../src-node/db/sqlite.ts';
import { closeJobsOfAct, closeJobsOfOtherWords, closeReplacedJobs, getPrintJob, hasPrintJob, reopenJobsOfAct, updateJobCopies, type JobCopy } from './print-job-queries.ts';
import { isOnPaper, paperBasis } from './printing-rules.ts';

type PaperReport = DossierBody<'dossier.paperReported'>;

interface ArrivedReport extends PaperReport {
  readonly dossier: SubjectId;
  readonly reportedAt: number;
}

/** Acts by which words hold again that had been replaced. */
const TAKES_BACK: ReadonlySet<string> = new Set<DossierKind>(['dossier.undone', 'dossier.conflictSettled']);

/**
 * Brings the papers of this desk in step with acts that were written elsewhere, as if they had been written here: what
 * another desk corrected does not come out here with the old words, and a sheet that came out there is not waited for
 * (rule 8). To be called in the transaction that folds the dossier anew.
 */
export function settlePapersOnArrival(db: WritableDb, dossier: Dossier, arrived: readonly Operation[]): void {
  if (!hasPrintJob(db, dossier.id)) return;
  const basis = paperBasis(dossier);
  if (arrived.some(({ header }) => TAKES_BACK.has(header.kind))) {
    reopenJobsOfAct(db, dossier.id, basis.act, (form, copy) => isOnPaper(dossier, { act: basis.act, form, copy }));
  }
  adoptPaperReports(db, arrived);
  closeJobsOfOtherWords(db, dossier.id, basis);
}

/** A sheet that came out on another branch of this desk's folder is not waited for here. */
function adoptPaperReports(db: WritableDb, operations: readonly Operation[]): void {
  const byJob = Map.groupBy(operations.flatMap(arrivedReport), ({ job }) => job);
  for (const [id, reports] of byJob) {
    const job = getPrintJob(db, id);
    if (job) closeReplacedJobs(db, updateJobCopies(db, job, reports.filter(({ dossier }) => dossier === job.dossier).reduce(withReport, job.copies)));
    else closePapersOfOtherBranch(db, reports);
  }
}

function arrivedReport({ header, body }: Operation): ArrivedReport[] {
  if (header.kind !== 'dossier.paperReported') return [];
  // Another desk's act may be of a newer program; the fold shows it, and here it says nothing.
  const report = dossierBodySchemas['dossier.paperReported'].safeParse(body);
  return report.success ? [{ ...report.data, dossier: header.subject, reportedAt: header.at.ms }] : [];
}

/** What is out stays out, whatever else was said about it. */
function withReport(copies: readonly JobCopy[], { copy, outcome, reportedAt }: ArrivedReport): readonly JobCopy[] {
  return copies.map((known) => (known.copy === copy && known.outcome !== 'printed' ? { copy, outcome, reportedAt } : known));
}

/** A paper that was printed again from the other branch replaces what still waits here with the same words. */
function closePapersOfOtherBranch(db: WritableDb, reports: readonly ArrivedReport[]): void {
  const out = new Set(reports.filter(({ outcome }) => outcome === 'printed').map(({ copy }) => copy));
  for (const paper of reports) closeJobsOfAct(db, paper, out);
}
