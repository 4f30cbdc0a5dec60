import { foldedWords, foldVietnamese } from '../../../src-shared/lib/vietnamese-text.ts';

export interface ListOption {
  readonly id: string;
  readonly label: string;
  /** A second line. */
  readonly note?: string | undefined;
  /** Short words at the right end: a code, a number of copies. */
  readonly end?: string | undefined;
  /** More words that find it: a code, another name. */
  readonly keywords?: string | undefined;
}

const ROWS_MAX = 50;

export interface FilteredOptions<Option extends ListOption> {
  readonly rows: readonly Option[];
  readonly leftOut: number;
}

/**
 * The options in which every typed word begins some word, with or without diacritics and in any order; those whose label
 * begins with what was typed come first, the rest keep their order. At most `rowsMax`.
 */
export function filterOptions<Option extends ListOption>(
  options: readonly Option[],
  query: string,
  rowsMax: number = ROWS_MAX,
): FilteredOptions<Option> {
  const typed = foldedWords(query);
  if (typed.length === 0) return cut(options, rowsMax);
  const start = foldVietnamese(query.trim());
  const first: Option[] = [];
  const others: Option[] = [];
  for (const option of options) {
    const words = foldedWords(`${option.label} ${option.keywords ?? ''} ${option.end ?? ''}`);
    if (!typed.every((part) => words.some((word) => word.startsWith(part)))) continue;
    (foldVietnamese(option.label).startsWith(start) ? first : others).push(option);
  }
  return cut([...first, ...others], rowsMax);
}

function cut<Option extends ListOption>(options: readonly Option[], rowsMax: number): FilteredOptions<Option> {
  return { rows: options.slice(0, rowsMax), leftOut: Math.max(0, options.length - rowsMax) };
}

export interface TextPiece {
  readonly text: string;
  readonly isMatch: boolean;
}

/** Cuts a text into pieces so that the beginnings of words that were typed can be marked. */
export function markMatches(text: string, query: string): readonly TextPiece[] {
  const shown = text.normalize('NFC');
  const typed = foldedWords(query).sort((one, other) => other.length - one.length);
  if (typed.length === 0) return [{ text: shown, isMatch: false }];
  const pieces: TextPiece[] = [];
  let at = 0;
  for (const word of shown.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    const folded = foldVietnamese(word[0]);
    const match = typed.find((part) => folded.startsWith(part));
    if (match === undefined) continue;
    if (word.index > at) pieces.push({ text: shown.slice(at, word.index), isMatch: false });
    pieces.push({ text: shown.slice(word.index, word.index + match.length), isMatch: true });
    at = word.index + match.length;
  }
  if (at < shown.length) pieces.push({ text: shown.slice(at), isMatch: false });
  return pieces;
}
