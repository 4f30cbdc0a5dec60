import type { PrintJobView } from '../../../src-shared/contract/dossier-views.ts';
import type { ScreenError } from '../../client/core-client.ts';
import { forgetSent } from '../../client/sent-papers.ts';
import { callCoreWaiting } from '../../client/waiting-call.ts';

export type PaperCopy = PrintJobView['copies'][number]['copy'];
export type PaperOutcome = 'printed' | 'failed' | 'unknown';

/** What is still to come out of the printer, as far as anybody knows. */
export function openCopies(job: PrintJobView): readonly PaperCopy[] {
  return job.copies.filter(({ outcome }) => outcome !== 'printed').map(({ copy }) => copy);
}

/** Tells the core what became of the liên that were not out yet; waits while it restarts. Gives its refusal, if any. */
export async function reportPaper(job: PrintJobView, outcomeOf: (copy: PaperCopy) => PaperOutcome): Promise<ScreenError | undefined> {
  const outcomes = openCopies(job).map((copy) => ({ copy, outcome: outcomeOf(copy) }));
  if (outcomes.length === 0) return undefined;
  const answer = await callCoreWaiting('printing.report', { job: job.id, idempotencyKey: crypto.randomUUID(), outcomes });
  if (!answer.ok) return answer.error;
  forgetSent(job.id);
  return undefined;
}
