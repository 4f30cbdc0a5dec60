import type { PrintJobView } from '../../../src-shared/contract/dossier-views.ts';
import type { ScreenError } from '../../client/core-client.ts';
import { callCoreWaiting } from '../../client/waiting-call.ts';

/** Tells the core what became of the liên that were not out yet; waits while it restarts. Gives its refusal, if any. */
export async function reportPaper(job: PrintJobView, outcome: 'printed' | 'failed' | 'unknown'): Promise<ScreenError | undefined> {
  const outcomes = job.copies.filter((copy) => copy.outcome !== 'printed').map(({ copy }) => ({ copy, outcome }));
  if (outcomes.length === 0) return undefined;
  const answer = await callCoreWaiting('printing.report', { job: job.id, idempotencyKey: crypto.randomUUID(), outcomes });
  return answer.ok ? undefined : answer.error;
}
