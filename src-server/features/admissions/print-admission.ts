import { toString as drawCode } from 'qrcode';
import { writeAdmissionWords, type AdmissionWords } from '../../../src-shared/sync-protocol/admission-words.ts';

/** What goes to an office on paper or in a message: the text, and the same as a QR; in a terminal with colours, which may be dark. */
export async function printAdmission(words: AdmissionWords, isTerminal: boolean): Promise<string> {
  const text = writeAdmissionWords(words);
  const qr = await drawCode(text, isTerminal ? { type: 'terminal', small: true } : { type: 'utf8' });
  return `${qr}\n${text}\n`;
}
