import { z } from 'zod';
import { cellText, type SheetRow } from './sheet.ts';
import { foldedWord, HEADINGS, IMPORT_FIELDS, IMPORT_STATES, type ImportField } from './import-words.ts';

/** What the office has said of exports it imports: folded headings and words of states. `none`: a column that is left out. */
export const importReadingSchema = z.strictObject({
  columns: z.record(z.string().max(80), z.enum([...IMPORT_FIELDS, 'none'])).refine((columns) => Object.keys(columns).length <= 400, { error: 'có nhiều tiêu đề quá' }),
  states: z.record(z.string().max(80), z.enum(IMPORT_STATES)).refine((states) => Object.keys(states).length <= 200, { error: 'có nhiều trạng thái quá' }),
});
export type ImportReading = z.infer<typeof importReadingSchema>;

export const DEFAULT_IMPORT_READING: ImportReading = { columns: {}, states: {} };

/** Which field each column is; null for one that is left out. A field has one column at most. */
export type ColumnFields = readonly (ImportField | null)[];

const FIELD_BY_HEADING: ReadonlyMap<string, ImportField> = new Map(IMPORT_FIELDS.flatMap((field) => HEADINGS[field].map((heading) => [heading, field] as const)));

/** What each heading means: as the office has said, else as exports are known to say it. */
export function recogniseColumns(headings: readonly string[], remembered: ImportReading['columns']): ColumnFields {
  const taken = new Set<ImportField>();
  return headings.map((heading) => {
    const word = foldedWord(heading);
    const said = Object.hasOwn(remembered, word) ? remembered[word] : undefined;
    const field = said ?? FIELD_BY_HEADING.get(word);
    if (field === undefined || field === 'none' || taken.has(field)) return null;
    taken.add(field);
    return field;
  });
}

/** A title or two may stand above the headings, and what stands in the first rows may be wide. */
const ROWS_ABOVE_MAX = 30;
const CELLS_OF_HEADINGS_MIN = 2;

export interface FoundHeadings {
  /** Its place among the rows, not its line. */
  readonly index: number;
  readonly headings: readonly string[];
}

/** The row in which most columns are recognised; where none is, the first that has several cells. */
export function findHeadings(rows: readonly SheetRow[], remembered: ImportReading['columns']): FoundHeadings | undefined {
  const candidates = rows.slice(0, ROWS_ABOVE_MAX).map((row, index) => {
    const headings = row.cells.map(cellText);
    return { index, headings, known: recogniseColumns(headings, remembered).filter((field) => field !== null).length };
  });
  const best = candidates.reduce<(typeof candidates)[number] | undefined>((found, one) => (one.known > (found?.known ?? 1) ? one : found), undefined);
  return best ?? candidates.find(({ headings }) => headings.filter((heading) => heading !== '').length >= CELLS_OF_HEADINGS_MIN);
}

/** Some exports number their columns below the headings: (1), (2), (3). */
export function isColumnNumbers({ cells }: SheetRow): boolean {
  const texts = cells.map(cellText).filter((text) => text !== '');
  return texts.length > 1 && texts.every((text, index) => new RegExp(`^\\(?${index + 1}\\)?$`).test(text));
}

/** The office's reading with what an officer has corrected in it. */
export function rememberedReading(before: ImportReading, headings: readonly string[], fields: ColumnFields, states: ImportReading['states']): ImportReading {
  const columns = Object.fromEntries(headings.flatMap((heading, index) => {
    const word = foldedWord(heading);
    return word === '' || word.length > 80 ? [] : [[word, fields[index] ?? ('none' as const)] as const];
  }));
  return { columns: { ...before.columns, ...columns }, states: { ...before.states, ...states } };
}
