import { readFileSync } from 'node:fs';
import path from 'node:path';
import { emptyWriteAheadLog } from '../../src-node/db/checkpoint.ts';
import { closeDatabase, DATABASE_KEY_BYTES, openDatabase } from '../../src-node/db/open-database.ts';
import { runMigrations, schemaVersion } from '../../src-node/db/run-migrations.ts';
import type { ReadableDb, WritableDb } from '../../src-node/db/sqlite.ts';
import { makeFolderDurably, replaceFileDurably } from '../../src-node/files/durable-file.ts';
import { randomKeyBytes } from '../../src-node/crypto/keys.ts';
import { StorageFailure, type StorageError } from '../../src-node/db/storage-error.ts';
import { beginSnapshot } from '../../src-node/db/transaction.ts';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import { MIGRATIONS_FOLDER } from './migrations-folder.ts';
import { SqliteTurns } from './sqlite-turns.ts';
import { conflictClause, type ColumnType, type ServerDb, type ServerReads, type ServerTable, type ServerValue, type ServerWrites } from './server-db.ts';

/** The embedded database: nothing to install. Its key lies beside it, readable by this user alone. */
export function openSqliteServerDb(folder: string): Result<ServerDb, StorageError> {
  makeFolderDurably(folder);
  const file = path.join(folder, 'central.db');
  const key = keyOf(path.join(folder, 'central.key'));
  const writer = openDatabase({ file, key, mode: 'write', create: true });
  if (!writer.ok) return writer;
  const migrated = runMigrations(writer.value, MIGRATIONS_FOLDER, '.sqlite.sql');
  const openReader = () => openDatabase({ file, key, mode: 'read' });
  const reader = migrated.ok ? openReader() : migrated;
  if (!reader.ok) {
    closeDatabase(writer.value);
    return err(reader.error);
  }
  return ok(createDb(writer.value, reader.value, openReader));
}

function keyOf(file: string): Uint8Array {
  try {
    return Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const key = randomKeyBytes(DATABASE_KEY_BYTES);
    replaceFileDurably(file, key.toString('base64url'));
    return key;
  }
}

function createDb(writer: WritableDb, reader: ReadableDb, openReader: () => Result<ReadableDb, StorageError>): ServerDb {
  const turns = new SqliteTurns(writer, writesOf(writer));
  return {
    kind: 'sqlite',
    // A connection of its own sees only what is committed.
    ...readsOf(reader),
    transaction: (work, keeping) => turns.take(work, keeping),
    // A connection of its own, so that requests meanwhile go on seeing what is committed.
    snapshot: async (work) => {
      const own = openReader();
      if (!own.ok) throw new StorageFailure(own.error, undefined);
      try {
        beginSnapshot(own.value);
        return await work(readsOf(own.value));
      } finally {
        closeDatabase(own.value);
      }
    },
    schemaVersion: () => Promise.resolve(schemaVersion(reader)),
    tables: () => Promise.resolve(tablesOf(reader)),
    // Freed pages are overwritten with zeros at once (secure_delete); the log beside the file may hold them as they were.
    reclaim: async () => {
      await turns.ended();
      return emptyWriteAheadLog(writer);
    },
    close: async () => {
      await turns.ended();
      closeDatabase(reader);
      closeDatabase(writer);
    },
  };
}

function readsOf(db: ReadableDb): ServerReads {
  return {
    all: <Row>(sql: string, ...values: readonly ServerValue[]) => Promise.resolve(db.all<Row>(sql, ...values)),
    get: <Row>(sql: string, ...values: readonly ServerValue[]) => Promise.resolve(db.get<Row>(sql, ...values)),
  };
}

function writesOf(db: WritableDb): ServerWrites {
  return {
    ...readsOf(db),
    returning: <Row>(sql: string, ...values: readonly ServerValue[]) => Promise.resolve(db.returning<Row>(sql, ...values)[0]),
    run: (sql, ...values) => {
      db.run(sql, ...values);
      return Promise.resolve();
    },
    // The transaction has the whole database already.
    claim: <Row>(sql: string, ...values: readonly ServerValue[]) => Promise.resolve(db.get<Row>(sql, ...values)),
    insertMany: (table: string, columns: Readonly<Record<string, ColumnType>>, rows, onConflict) => {
      const names = Object.keys(columns);
      const sql = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})${conflictClause(names, onConflict)}`;
      for (const row of rows) db.run(sql, ...row);
      return Promise.resolve();
    },
  };
}

const TYPES: Readonly<Record<string, ColumnType>> = { TEXT: 'text', INTEGER: 'bigint', BLOB: 'bytea' };

function tablesOf(db: ReadableDb): readonly ServerTable[] {
  const rows = db.all<{ table_name: string; name: string; type: string; pk: number }>(
    "SELECT s.name AS table_name, c.name, c.type, c.pk FROM sqlite_schema s JOIN pragma_table_info(s.name) c WHERE s.type = 'table' ORDER BY s.name, c.cid",
  );
  return [...Map.groupBy(rows, (row) => row.table_name)].map(([name, columns]) => ({
    name,
    columns: Object.fromEntries(columns.map((column) => [column.name, TYPES[column.type]!])),
    key: columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk).map((column) => column.name),
  }));
}
