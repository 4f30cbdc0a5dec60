import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import { SCHEMA_VERSION } from '../db/migrations-folder.ts';
import type { ColumnType, ServerDb, ServerTable, ServerValue } from '../db/server-db.ts';
import { beginEpoch } from '../features/identity/server-identity.ts';
import { BACKUP_FORMAT, fromLine, isKept, type BackupLine } from './backup-file.ts';

export type RestoreFault = 'notEmpty' | 'notABackup' | 'otherSchema' | 'damaged';

const ROWS_PER_WRITE = 200;

/**
 * Puts a backup into an empty database, in one transaction, and begins another life of the server: desks then ask what is held and
 * send again what came after the backup. What is folded is folded again by whatever server starts on it. Returns the rows.
 */
export async function readBackup(db: ServerDb, file: string): Promise<Result<number, RestoreFault>> {
  const tables = new Map((await db.tables()).map((table) => [table.name, table]));
  try {
    // Read to its end before anything of it is used: only there does a file say that it is whole.
    await readRows(file, tables, () => Promise.resolve());
    return ok(await db.transaction(async (writes) => {
      for (const { name } of [...tables.values()].filter(isKept)) if (await writes.get(`SELECT 1 AS one FROM ${name} LIMIT 1`)) throw new Unfit('notEmpty');
      const rows = await readRows(file, tables, (table) => writes.insertMany(table.name, table.columns, table.rows));
      await beginEpoch(writes);
      return rows;
    }));
  } catch (error) {
    if (error instanceof Unfit) return err(error.fault);
    // What gzip and JSON say of a file that is cut or changed.
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

/** Reads a file to its end and hands its rows over, as many at a time as one statement takes. Returns how many there were. */
async function readRows(file: string, tables: ReadonlyMap<string, ServerTable>, write: (table: OpenTable) => Promise<void>): Promise<number> {
  let rows = 0;
  await pipeline(createReadStream(file), createGunzip(), async (chunks: AsyncIterable<Uint8Array>) => {
    rows = await readLines(linesIn(chunks), tables, write);
  });
  return rows;
}

async function readLines(lines: AsyncIterable<BackupLine>, tables: ReadonlyMap<string, ServerTable>, write: (table: OpenTable) => Promise<void>): Promise<number> {
  let [table, count, isHeaded, end]: [OpenTable | undefined, number, boolean, number | undefined] = [undefined, 0, false, undefined];
  const flush = async () => {
    if (table && table.rows.length > 0) await write(table);
    if (table) table.rows.length = 0;
  };
  for await (const line of lines) {
    if (!isHeaded) {
      checkHead(line);
      isHeaded = true;
    } else if ('table' in line) {
      await flush();
      table = openTable(line, tables);
    } else if ('row' in line) {
      if (!table) throw new Unfit('damaged');
      table.rows.push(fromLine(line.row, table.columns));
      count += 1;
      if (table.rows.length === ROWS_PER_WRITE) await flush();
    } else if ('end' in line) end = line.end.rows;
  }
  await flush();
  if (!isHeaded) throw new Unfit('notABackup');
  if (end !== count) throw new Unfit('damaged');
  return count;
}

/** Names out of a file go into SQL, so they are those of the database, whose schema the file is of, or nothing. */
function openTable({ table, columns }: Extract<BackupLine, { table: string }>, tables: ReadonlyMap<string, ServerTable>): OpenTable {
  const known = tables.get(table)?.columns;
  const named = Object.entries(columns);
  if (!known || named.length !== Object.keys(known).length || named.some(([name, type]) => known[name] !== type)) throw new Unfit('damaged');
  return { name: table, columns, rows: [] };
}

function checkHead(line: BackupLine): void {
  if (typeof line !== 'object' || !('head' in line) || (line.head.format as string) !== BACKUP_FORMAT) throw new Unfit('notABackup');
  if (line.head.schema !== SCHEMA_VERSION) throw new Unfit('otherSchema');
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
