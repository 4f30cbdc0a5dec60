import { writeFile } from 'node:fs/promises';
import { BrowserWindow, dialog, type WebContents } from 'electron';
import type { PrintOutcome, ShellOutput, ShellParsed } from '../../../src-shared/contract/shell.api.ts';
import { LOCKED_PREFERENCES } from '../page/locked-preferences.ts';
import { paperFailureOf, pdfFileName, printFailureOf } from './print-failure.ts';

/** A printer that has not answered after this long needs somebody to look at it. */
const ANSWER_WITHIN_MS = 60_000;

export interface Papers {
  print(request: ShellParsed<'printPaper'>): Promise<PrintOutcome>;
  printTestPage(request: ShellParsed<'printTestPage'>): Promise<PrintOutcome>;
  saveAsPdf(request: ShellParsed<'savePaperAsPdf'>): Promise<ShellOutput<'savePaperAsPdf'>>;
  listPrinters(): Promise<ShellOutput<'listPrinters'>>;
}

/** Puts papers of the core on a printer or into a file, one after the other so that they come out in the order they were asked for. */
export function createPapers(window: () => BrowserWindow | undefined): Papers {
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  }
  const printPage = (address: string, size: 'A4' | 'A5', printer: string | null) => inTurn(async (): Promise<PrintOutcome> => {
    const printed = await withPage(address, (contents) => printSilently(contents, size, printer));
    return typeof printed === 'string' ? { outcome: 'failed', reason: printed } : printed;
  });
  return {
    print: ({ job, size, copies, printer }) => printPage(paperAddress(job, copies), size, printer),
    printTestPage: ({ printer, size }) => printPage(`app://shell/test-page?size=${size}`, size, printer),
    saveAsPdf: async ({ job, size, copies, name }) => {
      const chosen = await askForFile(window(), pdfFileName(name));
      if (chosen === undefined) return { outcome: 'canceled' };
      const pdf = await inTurn(() => withPage(paperAddress(job, copies), (contents) => contents.printToPDF({ pageSize: size, preferCSSPageSize: true, printBackground: true, margins: { top: 0, bottom: 0, left: 0, right: 0 } })));
      if (typeof pdf === 'string') return { outcome: 'failed', reason: pdf };
      try {
        await writeFile(chosen, pdf);
      } catch {
        // The disk is full, the stick was pulled out, the file is open in another program: the officer picks another place.
        return { outcome: 'failed', reason: 'notWritten' };
      }
      return { outcome: 'saved', file: chosen };
    },
    listPrinters: async () => {
      const printers = (await window()?.webContents.getPrintersAsync()) ?? [];
      return { printers: printers.map(({ name, displayName }) => ({ name, label: displayName === '' ? name : displayName })) };
    },
  };
}

function paperAddress(job: string, copies: 'all' | 'open'): string {
  return `app://motcua/api/papers/${job}?copies=${copies}`;
}

/** Opens the page where nobody sees it and works on it. A word instead of the work's answer: why there is no page. */
async function withPage<Value>(address: string, work: (contents: WebContents) => Promise<Value>): Promise<Value | 'signedOut' | 'paperRefused' | 'coreAway'> {
  const hidden = new BrowserWindow({
    show: false, width: 900, height: 1_200,
    webPreferences: { ...LOCKED_PREFERENCES, javascript: false, devTools: false },
  });
  try {
    let status = 0;
    hidden.webContents.on('did-navigate', (_event, _url, code) => {
      status = code;
    });
    try {
      await hidden.loadURL(address);
    } catch {
      // Nobody answered; Electron's error says no more than that.
      return 'coreAway';
    }
    return paperFailureOf(status) ?? (await work(hidden.webContents));
  } finally {
    hidden.destroy();
  }
}

async function printSilently(contents: WebContents, size: 'A4' | 'A5', printer: string | null): Promise<PrintOutcome> {
  const outcome = await sendToPrinter(contents, size, printer);
  if (outcome.outcome !== 'failed' || outcome.reason === 'canceled') return outcome;
  // Electron has no one word for a machine without printers.
  return (await contents.getPrintersAsync()).length === 0 ? { outcome: 'failed', reason: 'noPrinter' } : outcome;
}

function sendToPrinter(contents: WebContents, size: 'A4' | 'A5', printer: string | null): Promise<PrintOutcome> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ outcome: 'unknown' }), ANSWER_WITHIN_MS);
    contents.print({ silent: true, printBackground: true, pageSize: size, margins: { marginType: 'none' }, ...(printer !== null && { deviceName: printer }) }, (isPrinted, reason) => {
      clearTimeout(timer);
      resolve(isPrinted ? { outcome: 'printed' } : { outcome: 'failed', reason: printFailureOf(reason) });
    });
  });
}

async function askForFile(window: BrowserWindow | undefined, defaultPath: string): Promise<string | undefined> {
  const options = { title: 'In ra tệp', defaultPath, filters: [{ name: 'PDF', extensions: ['pdf'] }] };
  const { canceled, filePath } = window === undefined ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options);
  return canceled || filePath === '' ? undefined : filePath;
}
