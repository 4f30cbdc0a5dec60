import { toString as drawCode } from 'qrcode';
import { writeAdmissionWords, type AdmissionWords } from '../../../src-shared/sync-protocol/admission-words.ts';

/** What goes to an office on paper or in a message: the text, and the same as a QR in the letters of a terminal. */
export async function printAdmission(words: AdmissionWords): Promise<string> {
  const text = writeAdmissionWords(words);
  const qr = await drawCode(text, { type: 'utf8', errorCorrectionLevel: 'M' });
  return `${qr}\n${text}\n`;
}
