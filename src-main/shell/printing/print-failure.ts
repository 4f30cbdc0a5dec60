import type { PrintFailure } from '../../../src-shared/contract/shell.api.ts';

/** Why Electron says that nothing was printed, in our words. Its reasons are sentences for developers and no promise. */
export function printFailureOf(reason: string): PrintFailure {
  if (/no valid printers|no printers? available/i.test(reason)) return 'noPrinter';
  if (/invalid (deviceName|printer)|printer settings/i.test(reason)) return 'printerGone';
  if (/cancel/i.test(reason)) return 'canceled';
  return 'refusedByPrinter';
}

/** Why the core gave no paper, by the status of its answer; undefined when it gave one. */
export function paperFailureOf(status: number): 'signedOut' | 'paperRefused' | undefined {
  if (status === 200) return undefined;
  return status === 401 || status === 423 ? 'signedOut' : 'paperRefused';
}

/** A name for the file of a paper that every file system takes. */
export function pdfFileName(name: string): string {
  const safe = [...name.normalize('NFC')].map((letter) => (/[\p{L}\p{N}. _-]/u.test(letter) ? letter : '-')).join('').replace(/^[. ]+|[. ]+$/g, '');
  return `${safe === '' ? 'giay' : safe}.pdf`;
}
