import { once } from 'node:events';
import { closeSync, createWriteStream, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { syncFolder } from '../../src-node/files/durable-file.ts';
import { SCHEMA_VERSION } from '../db/migrations-folder.ts';
import type { ServerDb, ServerReads, ServerTable, ServerValue } from '../db/server-db.ts';
import { BACKUP_FORMAT, isKept, toLine, type BackupLine } from './backup-file.ts';

const ROWS_PER_READ = 200;

/**
 * Writes all that the server cannot make again into one file, as it was at one moment, while servers go on. The file takes its name
 * once it is whole and durable; it holds people's data and the server's key, and is readable by this user alone. Returns its rows.
 */
export async function writeBackup(db: ServerDb, file: string, nowMs: number): Promise<number> {
  const unfinished = `${file}.new`;
  const gzip = createGzip();
  const output = createWriteStream(unfinished, { mode: 0o600 });
  const written = finished(gzip.pipe(output));
  // Told of below, where it is awaited.
  written.catch(() => undefined);
  try {
    const rows = await db.snapshot(async (reads) => {
      let count = 0;
      for await (const line of linesOf(reads, (await db.tables()).filter(isKept), nowMs)) {
        if ('row' in line) count += 1;
        if (!gzip.write(`${JSON.stringify(line)}\n`)) await Promise.race([once(gzip, 'drain'), written]);
      }
      return count;
    });
    gzip.end(`${JSON.stringify({ end: { rows } } satisfies BackupLine)}\n`);
    await written;
    syncFile(unfinished);
    renameSync(unfinished, file);
    syncFolder(path.dirname(path.resolve(file)));
    return rows;
  } catch (error) {
    output.destroy();
    rmSync(unfinished, { force: true });
    throw error;
  }
}

async function* linesOf(db: ServerReads, tables: readonly ServerTable[], nowMs: number): AsyncGenerator<BackupLine> {
  yield { head: { format: BACKUP_FORMAT, schema: SCHEMA_VERSION, madeAt: nowMs } };
  for (const table of tables) {
    yield { table: table.name, columns: table.columns };
    for await (const row of rowsOf(db, table)) yield toLine(row);
  }
}

/** Page by page behind the key of the last row. */
async function* rowsOf(db: ServerReads, { name, columns, key }: ServerTable): AsyncGenerator<readonly ServerValue[]> {
  const names = Object.keys(columns);
  const [list, keys] = [names.join(', '), key.join(', ')];
  let last: readonly ServerValue[] | undefined;
  for (;;) {
    const behind = last && ` WHERE (${keys}) > (${key.map(() => '?').join(', ')})`;
    const rows: readonly Readonly<Record<string, ServerValue>>[] = await db.all(`SELECT ${list} FROM ${name}${behind ?? ''} ORDER BY ${keys} LIMIT ${ROWS_PER_READ}`, ...(last ?? []));
    for (const row of rows) yield names.map((column) => row[column]!);
    const end = rows.at(-1);
    if (!end || rows.length < ROWS_PER_READ) return;
    last = key.map((column) => end[column]!);
  }
}

function syncFile(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
