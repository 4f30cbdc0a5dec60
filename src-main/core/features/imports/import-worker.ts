import { findHeadings, isColumnNumbers, recogniseColumns, type ColumnFields, type ImportReading } from '../../../../src-shared/domain/imports/import-columns.ts';
import { createRowReader, type RowReaderDep, type RowReading } from '../../../../src-shared/domain/imports/import-row.ts';
import { REQUIRED_FIELDS, type ImportField } from '../../../../src-shared/domain/imports/import-words.ts';
import { cellText, type SheetRow } from '../../../../src-shared/domain/imports/sheet.ts';
import { readSheet, type SheetRefusal } from '../../../../src-node/sheets/read-sheet.ts';
import { serveParts } from '../../platform/worker-parts.ts';

/** Reading a file of 10,000 rows takes a second or two, so it is read by a process of its own (design §4) and comes back in parts. */
export interface ImportTask extends Omit<RowReaderDep, 'fields'> {
  /** Base64. */
  readonly content: string;
  /** Undefined: by the headings. */
  readonly fields: ColumnFields | undefined;
  readonly columns: ImportReading['columns'];
  readonly rowsPerPart: number;
}

export type ImportPart =
  | { readonly kind: 'refused'; readonly refusal: SheetRefusal | { readonly code: 'imports.noRows' } }
  | ImportTable
  | { readonly kind: 'rows'; readonly rows: readonly RowReading[] }
  /** Comes last. */
  | { readonly kind: 'unknownStates'; readonly states: readonly (readonly [text: string, rows: number])[] };

export interface ImportTable {
  readonly kind: 'table';
  readonly headingLine: number;
  readonly headings: readonly string[];
  readonly fields: ColumnFields;
  readonly missing: readonly ImportField[];
  /** The first values of each column. */
  readonly samples: readonly (readonly string[])[];
  readonly rows: number;
}

const SAMPLES = 3;

serveParts(readImport);

function* readImport(task: ImportTask): Generator<ImportPart, undefined> {
  const read = readSheet(Buffer.from(task.content, 'base64'));
  if (!read.ok) return void (yield { kind: 'refused', refusal: read.error });
  const sheet = read.value;
  const found = findHeadings(sheet.rows, task.columns);
  const below = found === undefined ? [] : sheet.rows.slice(found.index + 1);
  const rows = below[0] && isColumnNumbers(below[0]) ? below.slice(1) : below;
  if (!found || rows.length === 0) return void (yield { kind: 'refused', refusal: { code: 'imports.noRows' } });
  const fields = found.headings.map((_, index) => (task.fields ?? recogniseColumns(found.headings, task.columns))[index] ?? null);
  const missing = missingFields(fields);
  yield { kind: 'table', headingLine: sheet.rows[found.index]!.line, headings: found.headings, fields, missing, samples: found.headings.map((_, column) => samplesOf(rows, column)), rows: rows.length };
  if (missing.length > 0) return;
  const reader = createRowReader(sheet, rows, { ...task, fields });
  for (let from = 0; from < rows.length; from += task.rowsPerPart) yield { kind: 'rows', rows: rows.slice(from, from + task.rowsPerPart).map(reader.read) };
  yield { kind: 'unknownStates', states: [...reader.unknownStates] };
}

/** A dossier needs a code, an owner, a day of reception, and one of the two names of its procedure. */
function missingFields(fields: ColumnFields): readonly ImportField[] {
  const isThere = (field: ImportField) => fields.includes(field);
  return [...REQUIRED_FIELDS.filter((field) => !isThere(field)), ...(isThere('procedureCode') || isThere('procedureName') ? [] : (['procedureName'] as const))];
}

function samplesOf(rows: readonly SheetRow[], column: number): readonly string[] {
  const samples: string[] = [];
  for (const { cells } of rows) {
    const text = cellText(cells[column]);
    if (text !== '' && !samples.includes(text)) samples.push(text.slice(0, 60));
    if (samples.length === SAMPLES) break;
  }
  return samples;
}
