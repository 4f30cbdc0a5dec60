import type { ImportCounts, ImportPreview } from '../../../../src-shared/contract/imports.api.ts';
import type { RowReading } from '../../../../src-shared/domain/imports/import-row.ts';
import { fieldOrder } from '../../../../src-shared/domain/imports/import-row.ts';
import { foldedWord } from '../../../../src-shared/domain/imports/import-words.ts';
import { columnLetters } from '../../../../src-shared/domain/imports/sheet.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import type { ImportTable, ImportTask } from './import-worker.ts';
import { readImportFile, refusalOf, standingOf, type FileRefusal, type FileToRead } from './read-import.ts';

/** Rows whose codes are looked up in one turn of the main thread: some 5 ms (design §4). */
const ROWS_PER_PART = 60;
/** Of one answer; the next is asked for by the line of the last one. So what a screen holds is bounded, whatever the file has. */
const BAD_ROWS_PER_PAGE = 2_000;
const ROWS_SHOWN_MAX = 50;
const HERE_ROWS_MAX = 200;

export interface FileToPreview extends FileToRead {
  /** Bad rows are named from behind this line on. */
  readonly badRowsAfter?: number | undefined;
}

/** What a file would bring to this desk as it stands now, in slices between which the desk serves. Nothing is written. */
export async function previewImport(desk: OpenDesk, { badRowsAfter = 0, ...file }: FileToPreview, procedures: ImportTask['procedures']): Promise<Result<ImportPreview, FileRefusal>> {
  let table: ImportTable | undefined;
  const shown = createShown(badRowsAfter);
  let unknownStates: ImportPreview['unknownStates'] = [];
  for await (const part of readImportFile(desk, file, procedures, ROWS_PER_PART)) {
    if (part.kind === 'refused') return err(refusalOf(part));
    if (part.kind === 'table') table = part;
    if (part.kind === 'rows' && table) for (const reading of part.rows) shown.add(desk, reading, table);
    if (part.kind === 'unknownStates') unknownStates = part.states.map(([text, rows]) => ({ word: foldedWord(text).slice(0, 80), text: text.slice(0, 120), rows }));
  }
  const { headingLine, headings, fields, missing, samples } = table!;
  const columns = headings.map((heading, index) => ({ letters: columnLetters(index), heading: heading.slice(0, 120), field: fields[index] ?? null, samples: [...(samples[index] ?? [])] }));
  return ok({ headingLine, columns, missing: [...missing], unknownStates, ...shown.all });
}

type Shown = Pick<ImportPreview, 'badRows' | 'firstRows' | 'hereRows'> & { readonly counts: { -readonly [Name in keyof ImportCounts]: number } };

function createShown(badRowsAfter: number): { readonly all: Shown; add(desk: OpenDesk, reading: RowReading, table: ImportTable): void } {
  const all: Shown = { counts: noCounts(), badRows: [], firstRows: [], hereRows: [] };
  return {
    all,
    add: (desk, reading, table) => {
      if (reading.kind === 'good') addGood(all, desk, reading.row);
      else all.counts[reading.kind] += 1;
      if (reading.kind === 'bad' && reading.line > badRowsAfter && all.badRows.length < BAD_ROWS_PER_PAGE) all.badRows.push(badRow(reading, table));
    },
  };
}

function addGood({ counts, firstRows, hereRows }: Shown, desk: OpenDesk, row: Extract<RowReading, { kind: 'good' }>['row']): void {
  const { line, code, receivedAt, dueAt, status } = row;
  const ownerName = row.owner.name;
  const standing = standingOf(desk, row);
  if (standing.kind === 'new') {
    counts.good += 1;
    if (firstRows.length < ROWS_SHOWN_MAX) firstRows.push({ line, code, ownerName, procedureName: row.procedure.name, receivedAt, dueAt, status });
    return;
  }
  counts[standing.kind] += 1;
  if (standing.found && hereRows.length < HERE_ROWS_MAX) hereRows.push({ line, code, ownerName, dossier: standing.found.id, dossierCode: standing.found.code, isAlike: standing.kind === 'alike' });
}

function badRow({ line, code, ownerName, faults }: Extract<RowReading, { kind: 'bad' }>, { headings, fields }: ImportTable): ImportPreview['badRows'][number] {
  const sorted = [...faults].sort((one, other) => fieldOrder(one.field) - fieldOrder(other.field));
  return {
    line, code, ownerName,
    faults: sorted.map(({ field, reason }) => {
      const column = field === null ? -1 : fields.indexOf(field);
      return { column: column < 0 ? null : columnLetters(column), heading: column < 0 ? null : (headings[column] ?? '').slice(0, 120), reason };
    }),
  };
}

export function noCounts(): Shown['counts'] {
  return { good: 0, known: 0, alike: 0, closed: 0, bad: 0 };
}
