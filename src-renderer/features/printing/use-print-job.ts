import { useCallback, useEffect, useRef, useState } from 'react';
import type { DossierView, PrintJobView } from '../../../src-shared/contract/dossier-views.ts';
import type { PrintFailure } from '../../../src-shared/contract/shell.api.ts';
import type { ScreenError } from '../../client/core-client.ts';
import { noteSent, wasSent } from '../../client/sent-papers.ts';
import { printSilently, shell } from '../../client/shell.ts';
import { callCoreWaiting } from '../../client/waiting-call.ts';
import type { PaperFrameHandle } from './paper-frame.tsx';
import type { PrintAnswer } from './print-question.tsx';
import { reportPaper } from './report-paper.ts';

/** Jobs whose outcome this window is about to report by itself. */
const onTheWay = new Set<string>();

/** What is still to come out of the printer, as far as anybody knows. */
function isOpen(job: PrintJobView): boolean {
  return job.copies.some(({ outcome }) => outcome !== 'printed');
}

/**
 * In a browser every paper that was sent is asked about. The window knows, except where the printer never answered or the
 * machine went off before it did.
 */
function needsAnswer(job: PrintJobView): boolean {
  if (!isOpen(job) || onTheWay.has(job.id)) return false;
  const isUnheardOf = wasSent(job.id) && isUntouched(job);
  if (shell !== undefined) return isUnheardOf || job.copies.some(({ outcome }) => outcome === 'unknown');
  return isUnheardOf || !isUntouched(job);
}

function isUntouched(job: PrintJobView): boolean {
  return job.copies.every(({ outcome }) => outcome === 'waiting');
}

export interface Printing {
  readonly job: PrintJobView | undefined;
  readonly isAsking: boolean;
  readonly error: ScreenError | undefined;
  /** The window is sending the paper to the printer. */
  readonly isPrinting: boolean;
  /** Why the window's printer gave no paper. */
  readonly failure: PrintFailure | undefined;
  readonly frame: { current: PaperFrameHandle | null };
  readonly onLoad: () => void;
  readonly answer: (answer: PrintAnswer) => void;
  /** F9: the original while it has never come out, as far as this window knows, else a copy. */
  readonly isOriginalDue: boolean;
  readonly printAgain: () => void;
}

/**
 * One paper on its way: printed once by itself when the dossier was just saved. In the window it goes to the chosen printer
 * and the outcome is reported by itself; in a browser the officer is asked. A reprint is a job of its own that says BẢN IN
 * LẠI; printing an original again that never came out is the same job.
 */
export function usePrintJob(dossier: DossierView | undefined, reload: () => void): Printing {
  const frame = useRef<PaperFrameHandle | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const [error, setError] = useState<ScreenError>();
  const job = dossier?.jobs[0];
  const silent = useSilentPrint(setError, reload);

  useEffect(() => {
    if (job === undefined) return;
    if (needsAnswer(job)) setIsAsking(true);
    if (!isOpen(job)) setIsAsking(false);
  }, [job]);

  const print = useCallback((of: PrintJobView) => {
    if (silent.print !== undefined) {
      setIsAsking(false);
      void silent.print(of);
      return;
    }
    if (frame.current?.print() !== true) return;
    noteSent(of.id);
    setIsAsking(true);
  }, [silent.print]);

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
    const refusal = await reportPaper(job, answer === 'printed' ? 'printed' : 'failed');
    setError(refusal);
    if (refusal === undefined && answer === 'notOut') print(job);
    // The spoiled sheet did come out once, so what follows is a copy and says so.
    if (refusal === undefined && answer === 'spoiled') await makeReprint(answer);
    reload();
  }
  const isOriginalDue = job !== undefined && (shell === undefined ? isUntouched(job) && !wasSent(job.id) : isOpen(job) && !silent.isPrinting);
  return {
    job, isAsking, error, frame, isOriginalDue,
    isPrinting: silent.isPrinting,
    failure: silent.failure,
    onLoad: () => { if (job !== undefined && isUntouched(job) && !wasSent(job.id)) print(job); },
    answer: (answer) => void handle(answer),
    printAgain: () => {
      if (silent.isPrinting) return;
      if (job !== undefined && isOriginalDue) print(job);
      else void makeReprint();
    },
  };
}

interface SilentPrint {
  /** Undefined in a browser. */
  readonly print: ((job: PrintJobView) => Promise<void>) | undefined;
  readonly isPrinting: boolean;
  readonly failure: PrintFailure | undefined;
}

function useSilentPrint(onRefusal: (error: ScreenError | undefined) => void, reload: () => void): SilentPrint {
  const [state, setState] = useState<{ readonly isPrinting: boolean; readonly failure?: PrintFailure }>({ isPrinting: false });
  const latest = useRef({ onRefusal, reload });
  latest.current = { onRefusal, reload };
  const printInWindow = useCallback(async (job: PrintJobView) => {
    if (shell === undefined) return;
    onTheWay.add(job.id);
    setState({ isPrinting: true });
    const printed = await printSilently(shell, job);
    const refusal = await reportPaper(job, printed.outcome);
    onTheWay.delete(job.id);
    setState({ isPrinting: false, ...(printed.outcome === 'failed' && { failure: printed.reason }) });
    latest.current.onRefusal(refusal);
    latest.current.reload();
  }, []);
  return { print: shell === undefined ? undefined : printInWindow, isPrinting: state.isPrinting, failure: state.failure };
}
