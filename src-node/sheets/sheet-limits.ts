import type { SheetCell } from '../../src-shared/domain/imports/sheet.ts';

/** More than an office has running, and what is still handled in a few hundred megabytes. */
export const ROWS_MAX = 20_050;
export const COLUMNS_MAX = 100;
/** Longer than any field of a dossier: what is over would only be refused later. */
const CELL_LENGTH_MAX = 4_000;

/** Text of a cell on one line, without spaces around it; null when nothing is left. */
export function tidyCell(text: string): SheetCell {
  const tidy = text.slice(0, CELL_LENGTH_MAX).normalize('NFC').replace(/[\s\u00a0\ufeff]+/g, ' ').trim();
  return tidy === '' ? null : tidy;
}
