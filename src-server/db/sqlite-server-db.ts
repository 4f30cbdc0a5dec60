import { readFileSync } from 'node:fs';
import path from 'node:path';
import { closeDatabase, DATABASE_KEY_BYTES, openDatabase } from '../../src-node/db/open-database.ts';
import { runMigrations } from '../../src-node/db/run-migrations.ts';
import type { ReadableDb, WritableDb } from '../../src-node/db/sqlite.ts';
import type { StorageError } from '../../src-node/db/storage-error.ts';
import { makeFolderDurably, replaceFileDurably } from '../../src-node/files/durable-file.ts';
import { randomKeyBytes } from '../../src-node/crypto/keys.ts';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import { MIGRATIONS_FOLDER } from './migrations-folder.ts';
import type { ColumnType, ServerDb, ServerReads, ServerValue, ServerWrites } from './server-db.ts';

/** The embedded database: nothing to install. Its key lies beside it, readable by this user alone. */
export function openSqliteServerDb(folder: string): Result<ServerDb, StorageError> {
  makeFolderDurably(folder);
  const file = path.join(folder, 'central.db');
  const key = keyOf(path.join(folder, 'central.key'));
  const writer = openDatabase({ file, key, mode: 'write', create: true });
  if (!writer.ok) return writer;
  const migrated = runMigrations(writer.value, MIGRATIONS_FOLDER, '.sqlite.sql');
  const reader = migrated.ok ? openDatabase({ file, key, mode: 'read' }) : migrated;
  if (!reader.ok) {
    closeDatabase(writer.value);
    return err(reader.error);
  }
  return ok(createDb(writer.value, reader.value));
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

function createDb(writer: WritableDb, reader: ReadableDb): ServerDb {
  /** Awaits inside a transaction let other requests run: each waits here until the one before has ended. */
  let last: Promise<unknown> = Promise.resolve();
  const writes = writesOf(writer);
  return {
    kind: 'sqlite',
    // A connection of its own sees only what is committed.
    ...readsOf(reader),
    transaction: (work) => {
      const turn = last.then(async () => {
        writer.exec('BEGIN IMMEDIATE');
        try {
          const value = await work(writes);
          writer.exec('COMMIT');
          return value;
        } catch (error) {
          writer.exec('ROLLBACK');
          throw error;
        }
      });
      last = turn.catch(() => undefined);
      return turn;
    },
    close: async () => {
      await last;
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
    insertMany: (table: string, columns: Readonly<Record<string, ColumnType>>, rows, onConflict) => {
      const names = Object.keys(columns);
      const sql = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})${onConflict === 'nothing' ? ' ON CONFLICT DO NOTHING' : ''}`;
      for (const row of rows) db.run(sql, ...row);
      return Promise.resolve();
    },
  };
}
