import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CommonError, WireError } from '../../../../src-shared/contract/errors.ts';
import { wireError } from '../../../../src-shared/contract/errors.ts';
import type { ImportCounts, ImportReport } from '../../../../src-shared/contract/imports.api.ts';
import type { DossierContent } from '../../../../src-shared/domain/dossiers/dossier-content.ts';
import { foldDossier } from '../../../../src-shared/domain/dossiers/dossier-fold.ts';
import { dossierKindVersions } from '../../../../src-shared/domain/dossiers/dossier-operations.ts';
import { importReadingSchema, rememberedReading } from '../../../../src-shared/domain/imports/import-columns.ts';
import type { ImportedRow, RowReading } from '../../../../src-shared/domain/imports/import-row.ts';
import type { Channel } from '../../../../src-shared/domain/procedures/term.ts';
import { readOfficeSettings } from '../../../../src-shared/domain/settings/office-settings.ts';
import { assert } from '../../../../src-shared/lib/assert.ts';
import { canonicalJson } from '../../../../src-shared/lib/canonical-json.ts';
import type { SubjectId } from '../../../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import { projectionOf, writeProjections, type DossierProjection } from '../../../../src-node/operations/dossier-projection.ts';
import type { Writing } from '../../../../src-node/operations/log.ts';
import { writeAndNote, writingFault } from '../../calls/answer-once.ts';
import type { OfficerContext } from '../../calls/handlers.ts';
import { writeOfficeAct } from '../../calls/office-acts.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import type { ImportTable, ImportTask } from './import-worker.ts';
import { importedBody } from './imported-dossier.ts';
import { noCounts } from './preview-import.ts';
import { readImportFile, refusalOf, standingOf, subjectOf, type FileRefusal, type FileToRead } from './read-import.ts';

/** Dossiers of one transaction, some 5 ms of the main thread with their commit (design §4); after each the desk serves. */
const ROWS_PER_SLICE = 8;

export interface ImportRequest extends FileToRead {
  readonly fileName: string;
  readonly fields: ImportTask['fields'] & object;
  readonly system: 'province' | 'ministry';
  readonly takesAlike: boolean;
}

export interface RunImportDep {
  readonly procedures: (desk: OpenDesk) => ImportTask['procedures'];
  /** The procedure's words as a dossier keeps them; undefined where the catalogue has no such code. */
  readonly snapshotOf: (desk: OpenDesk, code: string, channel: Channel) => DossierContent['procedure'] | undefined;
}

export interface ImportWatch {
  readonly isStopped: () => boolean;
  readonly onProgress: (done: number, rows: number) => void;
}

export type ImportError = CommonError | FileRefusal | WireError<'imports.columnsMissing'>;

/**
 * Takes in the good rows of a file, slice by slice. Each slice is a transaction and a legal state: cut off anywhere, what came
 * in stays, and the same file again passes over what is here (rules 1, 2). Rows are judged again as the desk stands then.
 */
export async function runImport(dep: RunImportDep, context: OfficerContext, request: ImportRequest, watch: ImportWatch): Promise<Result<ImportReport, ImportError>> {
  const { desk } = context;
  const counts = noCounts();
  let rows = 0;
  let done = 0;
  for await (const part of readImportFile(desk, request, dep.procedures(desk), ROWS_PER_SLICE)) {
    if (part.kind === 'refused') return err(refusalOf(part));
    if (part.kind === 'table' && part.missing.length > 0) return err(wireError('imports.columnsMissing', { missing: part.missing }));
    if (part.kind === 'table') {
      rows = part.rows;
      const remembered = rememberReading(context, part, request.states);
      if (!remembered.ok) return remembered;
    }
    if (part.kind !== 'rows') continue;
    if (watch.isStopped()) return ok({ counts, stopped: true });
    const written = takeRows(dep, context, request, part.rows);
    if (!written.ok) return written;
    addCounts(counts, written.value);
    done += part.rows.length;
    watch.onProgress(done, rows);
    // The worker may be ahead: without this a waiting part would be taken before anybody else had a turn.
    await nextTurn();
  }
  return ok({ counts, stopped: false });
}

/** What the officer said of this file's columns and words is the office's, for the next file. */
function rememberReading({ desk, officer }: OfficerContext, { headings, fields }: ImportTable, states: ImportRequest['states']): Result<undefined, CommonError> {
  const before = readOfficeSettings(desk.office().settings).importReading;
  const reading = rememberedReading(before, headings, fields, states);
  if (canonicalJson(reading) === canonicalJson(before) || !importReadingSchema.safeParse(reading).success) return ok(undefined);
  return writeOfficeAct(desk, { kind: 'setting.changed', actor: officer, body: { key: 'importReading', value: reading } });
}

function takeRows(dep: RunImportDep, context: OfficerContext, request: ImportRequest, readings: readonly RowReading[]): Result<ImportCounts, ImportError> {
  const { desk } = context;
  if (!desk.isOpen()) return err(wireError('storage.busy'));
  const fault = writingFault(desk);
  if (fault) return err(fault);
  const counts = noCounts();
  const fresh: { readonly row: ImportedRow; readonly subject: SubjectId }[] = [];
  for (const reading of readings) {
    if (reading.kind !== 'good') {
      counts[reading.kind] += 1;
      continue;
    }
    const standing = standingOf(desk, reading.row);
    if (standing.kind === 'known' || (standing.kind === 'alike' && !request.takesAlike)) counts[standing.kind] += 1;
    else fresh.push({ row: reading.row, subject: standing.kind === 'new' ? standing.subject : subjectOf(desk, reading.row) });
  }
  if (fresh.length === 0) return ok(counts);
  counts.good = fresh.length;
  return writeAndNote(desk, (writing) => {
    const projections: DossierProjection[] = [];
    for (const { row, subject } of fresh) {
      const projection = importRow(dep, context, request, writing, row, subject);
      if (!projection) return err(wireError('session.notPermitted'));
      projections.push(projection);
    }
    writeProjections(writing.db, writing.names, projections);
    return ok(counts);
  });
}

/** Undefined where the fold does not take it: the officer's role or this desk has gone since the import began. */
function importRow(dep: RunImportDep, { desk, officer }: OfficerContext, request: ImportRequest, writing: Writing, row: ImportedRow, subject: SubjectId): DossierProjection | undefined {
  const { code, name } = row.procedure;
  const procedure = dep.snapshotOf(desk, code, row.channel) ?? { code, name, pack: '', localVersion: 0, confirmed: false };
  const body = importedBody(row, subject, { procedure, system: request.system, fileName: request.fileName });
  const operation = writing.append({ kind: 'dossier.imported', version: dossierKindVersions['dossier.imported'], subject, actor: officer, after: [], body });
  const dossier = foldDossier([operation], desk.office());
  assert(!dossier?.conflicts.some(({ reason }) => reason === 'malformed'), 'a row that was read well makes a whole dossier');
  return dossier && dossier.conflicts.length === 0 ? projectionOf(dossier, [operation]) : undefined;
}

function addCounts(sum: ReturnType<typeof noCounts>, counts: ImportCounts): void {
  for (const name of Object.keys(sum) as (keyof ImportCounts)[]) sum[name] += counts[name];
}
