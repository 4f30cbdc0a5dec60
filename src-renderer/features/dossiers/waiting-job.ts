import type { PrintJobView } from '../../../src-shared/contract/dossier-views.ts';

/**
 * The paper that is still to come out, of all papers of a dossier with the newest first: one with a copy that neither came
 * out nor was printed by a newer job of the same words.
 */
export function waitingJob(jobs: readonly PrintJobView[]): PrintJobView | undefined {
  const newest = jobs[0];
  const isOut = new Set<string>();
  for (const job of jobs) {
    if (job.amended !== newest?.amended) continue;
    if (job.copies.some(({ copy, outcome }) => outcome !== 'printed' && !isOut.has(`${job.form} ${copy}`))) return job;
    for (const { copy, outcome } of job.copies) if (outcome === 'printed') isOut.add(`${job.form} ${copy}`);
  }
  return undefined;
}
