import { useCallback, useEffect, useRef, useState } from 'react';
import type { PrintJobView } from '../../../src-shared/contract/dossier-views.ts';
import type { ScreenError } from '../../client/core-client.ts';
import { callCoreWaiting } from '../../client/waiting-call.ts';
import { vi } from '../../text/vi.ts';
import type { PaperFrameHandle } from './paper-frame.tsx';
import type { PaperCopy, PrintAnswer } from './print-question.tsx';
import { forgetSentPaper, isSentPaper, markSentPaper } from './sent-papers.ts';

/** What is still to come out of the printer, as far as anybody knows. */
export function openCopies(job: PrintJobView): readonly PaperCopy[] {
  return job.copies.filter(({ outcome }) => outcome !== 'printed').map(({ copy }) => copy);
}

export interface Printing {
  readonly job: PrintJobView | undefined;
  readonly isAsking: boolean;
  readonly error: ScreenError | undefined;
  readonly frame: { current: PaperFrameHandle | null };
  readonly onLoad: () => void;
  readonly answer: (answer: PrintAnswer) => void;
  /** The original has not been put before the printer, or is known not to have come out of it. */
  readonly isOriginalDue: boolean;
  /** F9: the original while it is due, else a copy that says BẢN IN LẠI. */
  readonly printAgain: () => void;
}

interface PrintJobOptions {
  readonly job: PrintJobView | undefined;
  /** Right after saving it goes to the printer by itself; elsewhere the officer says when. */
  readonly printsByItself: boolean;
  /** Something was reported or a copy was made; with the new job when it takes the place of this one. */
  readonly onChanged: (replacement?: PrintJobView) => void;
  /** Every copy is out. */
  readonly onAllOut?: () => void;
}

/**
 * One paper on its way: shown, put before the printer once, then asked about copy by copy, because a browser never tells
 * what came out. What did not come out is the same job again; a copy of what did is a job of its own (rule 8).
 */
export function usePrintJob({ job, printsByItself, onChanged, onAllOut }: PrintJobOptions): Printing {
  const frame = useRef<PaperFrameHandle | null>(null);
  /** A sheet with other copies on it is being loaded and goes to the printer as soon as it is there. */
  const isPrintPending = useRef(false);
  const [isAsking, setIsAsking] = useState(false);
  const [error, setError] = useState<ScreenError>();
  const isNew = job?.copies.every(({ outcome }) => outcome === 'waiting') ?? false;

  useEffect(() => {
    if (job === undefined) return;
    const isUnknown = job.copies.some(({ outcome }) => outcome === 'unknown');
    setIsAsking(openCopies(job).length > 0 && (isUnknown || isSentPaper(job.id)));
  }, [job]);

  const print = useCallback((id: string) => {
    if (frame.current?.print() !== true) return;
    markSentPaper(id);
    setIsAsking(true);
  }, []);

  /** The rest of the open copies is out. */
  async function report(failed: readonly PaperCopy[], of: PrintJobView): Promise<PrintJobView | undefined> {
    const outcomes = openCopies(of).map((copy) => ({ copy, outcome: failed.includes(copy) ? 'failed' as const : 'printed' as const }));
    const answer = await callCoreWaiting('printing.report', { job: of.id, idempotencyKey: crypto.randomUUID(), outcomes });
    setError(answer.ok ? undefined : answer.error);
    if (!answer.ok) return undefined;
    forgetSentPaper(of.id);
    return answer.value.job;
  }
  async function makeReprint(of: PrintJobView, copies: readonly PaperCopy[], reason?: string): Promise<void> {
    if (of.dossier === null) return;
    const answer = await callCoreWaiting('printing.reprint', {
      dossier: of.dossier, idempotencyKey: crypto.randomUUID(), form: of.form, size: of.size, copies: [...copies], ...(reason !== undefined && { reason }),
    });
    setError(answer.ok ? undefined : answer.error);
    setIsAsking(false);
    onChanged(answer.ok ? answer.value.job : undefined);
  }
  async function handle(answer: PrintAnswer, of: PrintJobView): Promise<void> {
    setIsAsking(false);
    const reported = await report(answer.kind === 'printed' ? [] : answer.copies, of);
    if (reported === undefined) {
      setIsAsking(true);
      return;
    }
    // The spoiled sheet did come out once, so what follows is a copy and says so.
    if (answer.kind === 'spoiled') return makeReprint(of, answer.copies, vi.printing.question.spoiled);
    if (answer.kind === 'notOut' && answer.copies.length === openCopies(of).length) print(of.id);
    else isPrintPending.current = answer.kind === 'notOut';
    onChanged();
    if (answer.kind === 'printed') onAllOut?.();
  }
  const isOriginalDue = job !== undefined && openCopies(job).length > 0 && !isAsking && !isSentPaper(job.id);
  return {
    job, isAsking, error, frame, isOriginalDue,
    onLoad: () => {
      if (job === undefined) return;
      const isDueNow = isPrintPending.current || (printsByItself && isNew && !isSentPaper(job.id));
      isPrintPending.current = false;
      if (isDueNow) print(job.id);
    },
    answer: (answer) => { if (job !== undefined) void handle(answer, job); },
    printAgain: () => {
      if (job === undefined) return;
      if (isOriginalDue) print(job.id);
      else void makeReprint(job, job.copies.map(({ copy }) => copy));
    },
  };
}
