import type { PrintOutcome, ShellApi, ShellOutput } from '../../src-shared/contract/shell.api.ts';
import { callCore } from './core-client.ts';
import { noteSent } from './sent-papers.ts';

/** What the window offers beyond a browser; undefined where the page is open in a browser. */
export const shell: ShellApi | undefined = (window as { readonly motcua?: ShellApi }).motcua;

export interface PaperToPrint {
  readonly id: string;
  readonly size: 'A4' | 'A5';
}

/** Puts the liên of a paper that are not out yet on the chosen printer, without a question. Only where there is a window. */
export async function printSilently(within: ShellApi, { id, size }: PaperToPrint): Promise<PrintOutcome> {
  noteSent(id);
  // Asked each time: the printer belongs to the desk, whoever sits at it and in whatever account of the machine.
  const chosen = await callCore('printing.getPrinter', {});
  if (!chosen.ok) return { outcome: 'failed', reason: chosen.error.code.startsWith('session.') ? 'signedOut' : 'coreAway' };
  const answer = await within.printPaper({ job: id, size, copies: 'open', printer: chosen.value.printer });
  // The shell's own fault: nobody knows what the printer did, so somebody looks.
  return answer.ok ? answer.value : { outcome: 'unknown' };
}

export async function printTestPage(within: ShellApi, printer: string | null, size: 'A4' | 'A5'): Promise<PrintOutcome> {
  const answer = await within.printTestPage({ printer, size });
  return answer.ok ? answer.value : { outcome: 'unknown' };
}

/** Every liên of a paper into a file that the officer names. */
export async function savePaperAsPdf(within: ShellApi, { id, size }: PaperToPrint, name: string): Promise<ShellOutput<'savePaperAsPdf'>> {
  const answer = await within.savePaperAsPdf({ job: id, size, copies: 'all', name });
  return answer.ok ? answer.value : { outcome: 'failed', reason: 'coreAway' };
}
