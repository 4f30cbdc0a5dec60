import type { DossierBody } from '../../../../src-shared/domain/dossiers/dossier-operations.ts';
import { dossierBodySchemas } from '../../../../src-shared/domain/dossiers/dossier-operations.ts';
import type { Operation } from '../../../../src-shared/domain/operations/operation.ts';
import type { SubjectId } from '../../../../src-shared/lib/ids.ts';
import type { WritableDb } from '../../../../src-node/db/sqlite.ts';
import { closeJobsOfAct, closeReplacedJobs, getPrintJob, updateJobCopies, type JobCopy } from './print-job-queries.ts';

type PaperReport = DossierBody<'dossier.paperReported'>;

interface ArrivedReport extends PaperReport {
  readonly dossier: SubjectId;
  readonly reportedAt: number;
}

/**
 * Brings the papers of this desk in step with reports that were written elsewhere, on another branch of its folder: a
 * sheet that came out there is not waited for here (rule 8). To be called in the transaction that takes the acts in.
 */
export function adoptPaperReports(db: WritableDb, operations: readonly Operation[]): void {
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
