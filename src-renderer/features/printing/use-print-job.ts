import { useCallback, useEffect, useRef, useState } from 'react';
import type { PrintJobView } from '../../../src-shared/contract/dossier-views.ts';
import type { PrintFailure } from '../../../src-shared/contract/shell.api.ts';
import type { ScreenError } from '../../client/core-client.ts';
import { noteSent, wasSent } from '../../client/sent-papers.ts';
import { printSilently, shell } from '../../client/shell.ts';
import { callCoreWaiting } from '../../client/waiting-call.ts';
import { vi } from '../../text/vi.ts';
import type { PaperFrameHandle } from './paper-frame.tsx';
import { focusQuestion, type PrintAnswer } from './print-question.tsx';
import { openCopies, reportPaper, type PaperCopy } from './report-paper.ts';

/** Jobs whose outcome this window is about to report by itself. */
const onTheWay = new Set<string>();

/**
 * In a browser every paper that was sent is asked about. The window knows by itself, except where the printer never answered
 * or the machine went off before it did.
 */
function needsAnswer(job: PrintJobView): boolean {
  if (openCopies(job).length === 0 || onTheWay.has(job.id)) return false;
  return wasSent(job.id) || job.copies.some(({ outcome }) => outcome === 'unknown');
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
  /** The original has not been put before the printer, or is known not to have come out of it. */
  readonly isOriginalDue: boolean;
  /** F9: goes to the question while one is open; else the original while it is due, else a copy that says BẢN IN LẠI. */
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
 * One paper on its way: shown and put before the printer once. The window prints on the chosen printer and reports what came
 * of it; a browser never tells, so there it is asked about copy by copy. What did not come out is the same job again; a copy
 * of what did is a job of its own (rule 8).
 */
export function usePrintJob({ job, printsByItself, onChanged, onAllOut }: PrintJobOptions): Printing {
  const frame = useRef<PaperFrameHandle | null>(null);
  /** A sheet with other copies on it is being loaded and goes to the printer as soon as it is there. */
  const isPrintPending = useRef(false);
  const [isAsking, setIsAsking] = useState(false);
  const [error, setError] = useState<ScreenError>();
  const silent = useSilentPrint({ onRefusal: setError, onChanged, onAllOut });
  const isNew = job?.copies.every(({ outcome }) => outcome === 'waiting') ?? false;

  useEffect(() => {
    if (job !== undefined) setIsAsking(needsAnswer(job));
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

  async function makeReprint(of: PrintJobView, copies: readonly PaperCopy[], reason?: string): Promise<void> {
    const answer = await callCoreWaiting('printing.reprint', {
      ...(of.dossier === null ? { job: of.id } : { dossier: of.dossier, form: of.form }), idempotencyKey: crypto.randomUUID(), size: of.size, copies: [...copies], ...(reason !== undefined && { reason }),
    });
    setError(answer.ok ? undefined : answer.error);
    setIsAsking(false);
    onChanged(answer.ok ? answer.value.job : undefined);
  }
  async function handle(answer: PrintAnswer, of: PrintJobView): Promise<void> {
    setIsAsking(false);
    const failed = answer.kind === 'printed' ? [] : answer.copies;
    const refusal = await reportPaper(of, (copy) => (failed.includes(copy) ? 'failed' : 'printed'));
    setError(refusal);
    if (refusal !== undefined) {
      setIsAsking(true);
      return;
    }
    // The spoiled sheet did come out once, so what follows is a copy and says so.
    if (answer.kind === 'spoiled') return makeReprint(of, answer.copies, vi.printing.question.spoiled);
    // The window itself prints the open copies; a frame has to load a sheet without the others first.
    if (answer.kind === 'notOut' && (silent.print !== undefined || answer.copies.length === openCopies(of).length)) print(of);
    else isPrintPending.current = answer.kind === 'notOut';
    onChanged();
    if (answer.kind === 'printed') onAllOut?.();
  }
  const isOriginalDue = job !== undefined && openCopies(job).length > 0 && !isAsking && !silent.isPrinting && !wasSent(job.id);
  return {
    job, isAsking, error, frame, isOriginalDue,
    isPrinting: silent.isPrinting,
    failure: silent.failure,
    onLoad: () => {
      if (job === undefined) return;
      const isDueNow = isPrintPending.current || (printsByItself && isNew && !wasSent(job.id));
      isPrintPending.current = false;
      if (isDueNow) print(job);
    },
    answer: (answer) => { if (job !== undefined) void handle(answer, job); },
    printAgain: () => {
      if (job === undefined || silent.isPrinting) return;
      // What became of the sheet comes first: a copy of one that never came out would be no copy (rule 8).
      if (isAsking) return focusQuestion();
      if (isOriginalDue) print(job);
      else void makeReprint(job, job.copies.map(({ copy }) => copy));
    },
  };
}

interface SilentPrint {
  /** Undefined in a browser. */
  readonly print: ((job: PrintJobView) => Promise<void>) | undefined;
  readonly isPrinting: boolean;
  readonly failure: PrintFailure | undefined;
}

interface SilentPrintOptions extends Pick<PrintJobOptions, 'onChanged'> {
  readonly onAllOut: (() => void) | undefined;
  readonly onRefusal: (error: ScreenError | undefined) => void;
}

function useSilentPrint(options: SilentPrintOptions): SilentPrint {
  const [state, setState] = useState<{ readonly isPrinting: boolean; readonly failure?: PrintFailure }>({ isPrinting: false });
  const latest = useRef(options);
  latest.current = options;
  const printInWindow = useCallback(async (job: PrintJobView) => {
    if (shell === undefined) return;
    onTheWay.add(job.id);
    setState({ isPrinting: true });
    const printed = await printSilently(shell, job);
    const refusal = await reportPaper(job, () => printed.outcome);
    onTheWay.delete(job.id);
    setState({ isPrinting: false, ...(printed.outcome === 'failed' && { failure: printed.reason }) });
    latest.current.onRefusal(refusal);
    latest.current.onChanged();
    if (printed.outcome === 'printed' && refusal === undefined) latest.current.onAllOut?.();
  }, []);
  return { print: shell === undefined ? undefined : printInWindow, isPrinting: state.isPrinting, failure: state.failure };
}
