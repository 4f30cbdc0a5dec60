/** A table as it was read from a file, before anybody knows what its columns mean. */

/** Text without spaces around it, a number where the file says that it is one, null where nothing stands. */
export type SheetCell = string | number | null;

export interface SheetRow {
  /** As the officer's own program counts it: the row of the sheet, the line of the text. */
  readonly line: number;
  readonly cells: readonly SheetCell[];
}

export interface Sheet {
  readonly rows: readonly SheetRow[];
  /** Day 0 of the numbers that stand for dates: 1904 in files of old Macintosh programs. */
  readonly daysFrom: 1900 | 1904;
}

/** `A`, `B` … `AA`: how the officer's own program names a column. */
export function columnLetters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnLetters(Math.floor(index / 26) - 1) + letter;
}

export function cellText(cell: SheetCell | undefined): string {
  return cell === null || cell === undefined ? '' : String(cell);
}
