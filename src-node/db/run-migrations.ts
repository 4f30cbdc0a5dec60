import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { assert } from '../../src-shared/lib/assert.ts';
import { err, ok } from '../../src-shared/lib/result.ts';
import type { Result } from '../../src-shared/lib/result.ts';
import { connectionOf } from './sqlite.ts';
import type { ReadableDb, WritableDb } from './sqlite.ts';
import { storageError } from './storage-error.ts';
import type { StorageError } from './storage-error.ts';
import { transaction } from './transaction.ts';

export interface Migration {
  readonly version: number;
  readonly file: string;
}

export interface MigrationOutcome {
  /** Schema version found; 0 is a new database. */
  readonly from: number;
  readonly to: number;
}

/** The version of the schema that the database has; 0 is a new one. */
export function schemaVersion(db: ReadableDb): number {
  return Number(connectionOf(db).pragma('user_version'));
}

/**
 * Brings the database to the newest of the numbered scripts (`0001-operations.sql` …) in `folder`, each in one
 * transaction together with its number, so that a crash leaves a whole version. A database of a newer program is
 * refused as storage.newer and stays untouched. A script that fails is a fault of our own and throws.
 */
export function runMigrations(db: WritableDb, folder: string, suffix = '.sql'): Result<MigrationOutcome, StorageError> {
  const migrations = listMigrations(folder, suffix);
  const from = schemaVersion(db);
  const to = migrations.length;
  if (from > to) return err(storageError('storage.newer', `schema ${from}, this program knows ${to}`));
  for (const migration of migrations.slice(from)) {
    const applied = applyMigration(db, migration);
    if (!applied.ok) return applied;
  }
  return ok({ from, to });
}

function applyMigration(db: WritableDb, migration: Migration): Result<undefined, StorageError> {
  const script = readFileSync(migration.file, 'utf8');
  return transaction<undefined, StorageError>(db, () => {
    db.exec(script);
    assert(connectionOf(db).inTransaction, `${path.basename(migration.file)} ends the transaction it runs in`);
    connectionOf(db).pragma(`user_version=${migration.version}`);
    return ok(undefined);
  });
}

/** The scripts of a folder whose names end with this, in their order: `.sqlite.sql` where another database has its own. */
export function listMigrations(folder: string, suffix: string): readonly Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(suffix)).sort();
  return names.map((name, index) => {
    const version = Number(/^(\d{4})-[a-z0-9-]+$/.exec(name.slice(0, -suffix.length))?.[1]);
    assert(version === index + 1, `migrations are numbered 0001, 0002 … without a gap; found ${name}`);
    return { version, file: path.join(folder, name) };
  });
}
