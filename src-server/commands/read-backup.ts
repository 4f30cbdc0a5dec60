import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import { SCHEMA_VERSION } from '../db/migrations-folder.ts';
import type { ColumnType, ServerDb, ServerValue, ServerWrites } from '../db/server-db.ts';
import { beginEpoch } from '../features/identity/server-identity.ts';
import { BACKUP_FORMAT, fromLine, isKept, type BackupLine } from './backup-file.ts';

export type RestoreFault = 'notEmpty' | 'notABackup' | 'otherSchema' | 'damaged';

const ROWS_PER_WRITE = 200;

/**
 * Puts a backup into an empty database, in one transaction, and begins another life of the server: desks then ask what is held and
 * send again what came after the backup. What is folded is folded again by whatever server starts on it. Returns the rows.
 */
export async function readBackup(db: ServerDb, file: string): Promise<Result<number, RestoreFault>> {
  try {
    return ok(await db.transaction(async (writes) => {
      for (const { name } of (await db.tables()).filter(isKept)) if (await writes.get(`SELECT 1 AS one FROM ${name} LIMIT 1`)) throw new Unfit('notEmpty');
      const rows = await restoreRows(writes, file, new Set((await db.tables()).map(({ name }) => name)));
      await beginEpoch(writes);
      return rows;
    }));
  } catch (error) {
    if (error instanceof Unfit) return err(error.fault);
    // What gzip, JSON and the file itself say of a file that is cut or changed.
    if (error instanceof SyntaxError || isGzipError(error)) return err('damaged');
    throw error;
  }
}

/** Leaves the transaction without a trace. */
class Unfit extends Error {
  readonly fault: RestoreFault;
  constructor(fault: RestoreFault) {
    super(fault);
    this.fault = fault;
  }
}

function isGzipError(error: unknown): boolean {
  return /^(Z_|ERR_STREAM_PREMATURE_CLOSE)/.test((error as NodeJS.ErrnoException | null)?.code ?? '');
}

interface OpenTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly rows: (readonly ServerValue[])[];
}

async function restoreRows(db: ServerWrites, file: string, known: ReadonlySet<string>): Promise<number> {
  let rows = 0;
  await pipeline(createReadStream(file), createGunzip(), async (chunks: AsyncIterable<Uint8Array>) => {
    rows = await restoreLines(db, linesIn(chunks), known);
  });
  return rows;
}

async function restoreLines(db: ServerWrites, lines: AsyncIterable<BackupLine>, known: ReadonlySet<string>): Promise<number> {
  let [table, count, isHeaded, end]: [OpenTable | undefined, number, boolean, number | undefined] = [undefined, 0, false, undefined];
  for await (const line of lines) {
    if (!isHeaded) {
      checkHead(line);
      isHeaded = true;
    } else if ('table' in line) {
      await flush(db, table);
      if (!known.has(line.table)) throw new Unfit('otherSchema');
      table = { name: line.table, columns: line.columns, rows: [] };
    } else if ('row' in line) {
      if (!table) throw new Unfit('damaged');
      table.rows.push(fromLine(line.row, table.columns));
      count += 1;
      if (table.rows.length === ROWS_PER_WRITE) await flush(db, table);
    } else if ('end' in line) end = line.end.rows;
  }
  await flush(db, table);
  if (!isHeaded) throw new Unfit('notABackup');
  if (end !== count) throw new Unfit('damaged');
  return count;
}

function checkHead(line: BackupLine): void {
  if (!('head' in line) || (line.head.format as string) !== BACKUP_FORMAT) throw new Unfit('notABackup');
  if (line.head.schema !== SCHEMA_VERSION) throw new Unfit('otherSchema');
}

async function flush(db: ServerWrites, table: OpenTable | undefined): Promise<void> {
  if (!table || table.rows.length === 0) return;
  await db.insertMany(table.name, table.columns, table.rows);
  table.rows.length = 0;
}

async function* linesIn(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<BackupLine> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop()!;
    for (const line of lines) yield JSON.parse(line) as BackupLine;
  }
  if (rest !== '') throw new Unfit('damaged');
}
