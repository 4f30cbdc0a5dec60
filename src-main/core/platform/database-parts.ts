import { closeDatabase } from '../../../src-node/db/open-database.ts';
import type { ReadableDb } from '../../../src-node/db/sqlite.ts';
import { storageErrorOf, type StorageError } from '../../../src-node/db/storage-error.ts';
import type { Result } from '../../../src-shared/lib/result.ts';

/**
 * The parts that are read out of a database (`serveParts`), which is closed whatever comes. A medium that fails is the last
 * part: an error that is thrown would arrive in the other process without its class, as a fault of our own.
 */
export function* databaseParts<Db extends ReadableDb, Part>(opened: Result<Db, StorageError>, read: (db: Db) => Iterable<Part>, failed: (error: StorageError) => Part): Generator<Part, undefined> {
  if (!opened.ok) return void (yield failed(opened.error));
  try {
    yield* read(opened.value);
  } catch (error) {
    const storage = storageErrorOf(error);
    if (storage === undefined) throw error;
    yield failed(storage);
  } finally {
    closeDatabase(opened.value);
  }
}
