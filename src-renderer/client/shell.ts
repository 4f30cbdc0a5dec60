import type { PrintOutcome, ShellApi, ShellInput, ShellOutput } from '../../src-shared/contract/shell.api.ts';
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
  const answer = await within.printPaper({ job: id, size, copies: 'open', printer: keptPrinter() });
  // The shell's own fault: nobody knows what the printer did, so somebody looks.
  return answer.ok ? answer.value : { outcome: 'unknown' };
}

/** The cash sheet on the chosen printer, without a question. Only where there is a window. */
export async function printCashSheet(within: ShellApi, question: Omit<ShellInput<'printCashSheet'>, 'printer'>): Promise<PrintOutcome> {
  const answer = await within.printCashSheet({ ...question, printer: keptPrinter() });
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

const KEPT_PRINTER = 'motcua.printer';

/** The printer of this machine; null: the one that the system uses when nobody chose. */
export function keptPrinter(): string | null {
  return localStorage.getItem(KEPT_PRINTER);
}

export function keepPrinter(name: string | null): void {
  if (name === null) localStorage.removeItem(KEPT_PRINTER);
  else localStorage.setItem(KEPT_PRINTER, name);
}
