import { useCallback, useEffect, useRef, useState } from 'react';
import type { DossierView, PrintJobView } from '../../../src-shared/contract/dossier-views.ts';
import type { ScreenError } from '../../client/core-client.ts';
import { callCoreWaiting } from '../../client/waiting-call.ts';
import type { PaperFrameHandle } from './paper-frame.tsx';
import type { PrintAnswer } from './print-question.tsx';

/** Jobs that this window has sent to the printer: coming back to the screen must not print a second time (rule 2). */
const sentJobs = new Set<string>();

/** What is still to come out of the printer, as far as anybody knows. */
function isOpen(job: PrintJobView): boolean {
  return job.copies.some(({ outcome }) => outcome !== 'printed');
}

export interface Printing {
  readonly job: PrintJobView | undefined;
  readonly isAsking: boolean;
  readonly error: ScreenError | undefined;
  readonly frame: { current: PaperFrameHandle | null };
  readonly onLoad: () => void;
  readonly answer: (answer: PrintAnswer) => void;
  /** F9: the original while it has never been sent to the printer, else a copy. */
  readonly isOriginalDue: boolean;
  readonly printAgain: () => void;
}

/**
 * One paper on its way: printed once by itself when the dossier was just saved, then asked about. A reprint is a job of
 * its own that says BẢN IN LẠI; printing an original again that never came out is the same job.
 */
export function usePrintJob(dossier: DossierView | undefined, reload: () => void): Printing {
  const frame = useRef<PaperFrameHandle | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const [error, setError] = useState<ScreenError>();
  const job = dossier?.jobs[0];
  const jobId = job?.id;
  const isWaiting = job?.copies.every(({ outcome }) => outcome === 'waiting') ?? false;

  useEffect(() => {
    // Already sent to the printer, here or before a reload of the page, and nobody has said what became of it.
    if (job !== undefined && isOpen(job) && (sentJobs.has(job.id) || !isWaiting)) setIsAsking(true);
    if (job !== undefined && !isOpen(job)) setIsAsking(false);
  }, [job, isWaiting]);

  const print = useCallback((id: string) => {
    if (frame.current?.print() !== true) return;
    sentJobs.add(id);
    setIsAsking(true);
  }, []);

  async function report(outcome: 'printed' | 'failed', of: PrintJobView): Promise<boolean> {
    const outcomes = of.copies.filter((copy) => copy.outcome !== 'printed').map(({ copy }) => ({ copy, outcome }));
    const answer = await callCoreWaiting('printing.report', { job: of.id, idempotencyKey: crypto.randomUUID(), outcomes });
    setError(answer.ok ? undefined : answer.error);
    return answer.ok;
  }
  async function makeReprint(reason?: string): Promise<void> {
    if (dossier === undefined || job === undefined) return;
    const answer = await callCoreWaiting('printing.reprint', { dossier: dossier.id, idempotencyKey: crypto.randomUUID(), form: job.form, size: job.size, ...(reason !== undefined && { reason }) });
    setError(answer.ok ? undefined : answer.error);
    setIsAsking(false);
    reload();
  }
  async function handle(answer: PrintAnswer): Promise<void> {
    if (job === undefined) return;
    setIsAsking(false);
    switch (answer) {
      case 'printed':
        await report('printed', job);
        break;
      case 'notOut':
        if (await report('failed', job)) print(job.id);
        break;
      case 'spoiled':
        // The spoiled sheet did come out once, so what follows is a copy and says so.
        if (await report('failed', job)) await makeReprint(answer);
        break;
    }
    reload();
  }
  const isOriginalDue = job !== undefined && isWaiting && !sentJobs.has(job.id);
  return {
    job, isAsking, error, frame,
    onLoad: () => { if (jobId !== undefined && isWaiting && !sentJobs.has(jobId)) print(jobId); },
    answer: (answer) => void handle(answer),
    isOriginalDue,
    printAgain: () => {
      if (job !== undefined && isOriginalDue) print(job.id);
      else void makeReprint();
    },
  };
}
