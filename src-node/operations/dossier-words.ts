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
    if (person.phone) addEndings(words, phoneDigits(compact(person.phone)), 4, 9);
  }
  // The child, the deceased, the spouse: names that the procedure's own questions asked for.
  for (const answer of Object.values(content.fields)) {
    if (!/\d/.test(answer) && answer.length <= 80) for (const word of foldedWords(answer)) words.add(word);
  }
  for (const { code } of dossier.codes) {
    words.add(codeWord(code));
    for (const part of foldedWords(code)) words.add(part);
  }
  return [...words].join(' ');
}

/**
 * A search as FTS5 reads it: every typed word begins a word of the dossier, in any order. Null when nothing searchable was
 * typed. Digits are tried as one number ("010 094 000 123") and as the parts of a code ("261120-2017"); a whole code is
 * looked for as one word, so that a phone that happens to end like its counter does not come along.
 */
export function wordsQuery(typed: string): string | null {
  const words = [...new Set(foldedWords(typed))].slice(0, WORDS_MAX);
  if (words.length === 0) return null;
  if (/^[\d\s.+()/-]+$/.test(typed)) return numberQuery(typed, words);
  return isWholeCode(typed) ? begins(compact(typed)) : words.map(begins).join(' AND ');
}

const WORDS_MAX = 8;
/** A day and a counter behind the agency: less is a fragment, whose parts may stand anywhere. */
const CODE_DIGITS_MIN = 9;

function numberQuery(typed: string, words: readonly string[]): string {
  const whole = phoneDigits(compact(typed));
  return words.length === 1 ? begins(whole) : `${begins(whole)} OR (${words.map(begins).join(' AND ')})`;
}

function begins(word: string): string {
  return `"${word}"*`;
}

/** A code or an ID number as the one word that it is found by. */
export function codeWord(code: string): string {
  return compact(code);
}

/** Letters and digits of a code, ID or phone, without what people put between. */
function compact(text: string): string {
  return foldedWords(text).join('');
}

function isWholeCode(typed: string): boolean {
  return /^[A-Za-z]{1,3}\d[\dA-Za-z.\-/\s]*$/.test(typed.trim()) && typed.replace(/\D/g, '').length >= CODE_DIGITS_MIN;
}

/** A phone as it is dialled at home: +84 912 … is 0912 …. */
function phoneDigits(digits: string): string {
  return /^84\d{9}$/.test(digits) ? `0${digits.slice(2)}` : digits;
}

/** The text itself and its endings between two lengths. */
function addEndings(words: Set<string>, text: string, shortest: number, longest: number): void {
  words.add(text);
  for (let length = Math.min(longest, text.length - 1); length >= shortest; length -= 1) words.add(text.slice(-length));
}
