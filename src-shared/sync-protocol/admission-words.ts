import { ADMISSION_CODE_PATTERN } from './admission.ts';

/** What the upper tier hands to an office, on paper or in a message: where the server is, by which key it is known, and a code of one use. */
export interface AdmissionWords {
  readonly address: string;
  readonly code: string;
  /** Of the server's key, in groups of four. */
  readonly fingerprint: string;
}

/** The first word; its figure grows with the way the rest is written. */
const FIRST_WORD = 'MOTCUA2';

/** One text for typing, pasting and the QR. */
export function writeAdmissionWords({ address, code, fingerprint }: AdmissionWords): string {
  return [FIRST_WORD, address, code, fingerprint].join(' ');
}

/** However it was broken into lines and in whatever case it was typed; null for any other text. */
export function readAdmissionWords(text: string): AdmissionWords | null {
  const [first, address, code, ...groups] = text.trim().split(/\s+/);
  const figures = groups.join('').toUpperCase();
  if (first?.toUpperCase() !== FIRST_WORD || address === undefined || code === undefined) return null;
  if (!/^https?:\/\/[^/]/i.test(address) || !ADMISSION_CODE_PATTERN.test(code.toUpperCase()) || !/^[0-9A-F]{32}$/.test(figures)) return null;
  return { address, code: code.toUpperCase(), fingerprint: figures.replace(/(.{4})(?=.)/g, '$1 ') };
}
