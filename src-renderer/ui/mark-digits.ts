import type { TextPiece } from './fields/filter-options.ts';

/**
 * Marks typed digits in a code, an ID number or a phone, whatever stands between them: `2612` and `26 12` mark the same in
 * `26-12`. Only parts of at least three digits or letters count, so that a single digit does not colour a whole list.
 */
export function markDigits(text: string, query: string): readonly TextPiece[] {
  const wanted = compact(query);
  if (wanted.length < WANTED_MIN || !/\d/.test(wanted)) return [{ text, isMatch: false }];
  const places = [...text].flatMap((character, index) => (/[\p{L}\p{N}]/u.test(character) ? [index] : []));
  const at = compact(text).indexOf(wanted);
  const from = places[at];
  const to = places[at + wanted.length - 1];
  if (at < 0 || from === undefined || to === undefined) return [{ text, isMatch: false }];
  return [
    { text: text.slice(0, from), isMatch: false },
    { text: text.slice(from, to + 1), isMatch: true },
    { text: text.slice(to + 1), isMatch: false },
  ].filter((piece) => piece.text !== '');
}

const WANTED_MIN = 3;

function compact(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
