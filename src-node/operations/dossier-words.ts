import type { Dossier } from '../../src-shared/domain/dossiers/dossier.ts';
import { foldedWords } from '../../src-shared/lib/vietnamese-text.ts';

/**
 * The words by which a dossier is found: every name on it, all codes, ID numbers and phones, folded. Phones and codes are
 * entered with their endings too, because people remember and read out the last digits.
 */
export function dossierWords(dossier: Dossier): string {
  const { content } = dossier;
  const words = new Set<string>();
  for (const person of [content.owner, content.submitter, content.authorised]) {
    if (!person) continue;
    for (const word of foldedWords(person.name)) words.add(word);
    if (person.idNumber) addEndings(words, compact(person.idNumber), 6, 6);
    if (person.phone) addEndings(words, compact(person.phone), 4, 9);
  }
  // The child, the deceased, the spouse: names that the procedure's own questions asked for.
  for (const answer of Object.values(content.fields)) {
    if (!/\d/.test(answer) && answer.length <= 80) for (const word of foldedWords(answer)) words.add(word);
  }
  for (const { code } of dossier.codes) {
    words.add(compact(code));
    for (const part of foldedWords(code)) words.add(part);
  }
  return [...words].join(' ');
}

/** A search as FTS5 reads it: every typed word begins a word of the dossier. Null when nothing searchable was typed. */
export function wordsQuery(typed: string): string | null {
  const digitsOnly = /^[\d\s.+-]+$/.test(typed);
  const parts = digitsOnly ? [compact(typed)] : looksLikeCode(typed) ? [compact(typed)] : foldedWords(typed);
  const words = [...new Set(parts.filter((part) => part !== ''))].slice(0, 8);
  return words.length === 0 ? null : words.map((word) => `"${word}"*`).join(' AND ');
}

/** Letters and digits of a code, ID or phone, without what people put between. */
function compact(text: string): string {
  return foldedWords(text).join('');
}

function looksLikeCode(typed: string): boolean {
  return /^[A-Za-z]{1,3}\d{1,3}[.\-\s]/.test(typed.trim()) && /\d{3,}/.test(typed);
}

/** The text itself and its endings between two lengths. */
function addEndings(words: Set<string>, text: string, shortest: number, longest: number): void {
  words.add(text);
  for (let length = Math.min(longest, text.length - 1); length >= shortest; length -= 1) words.add(text.slice(-length));
}
