import { assert } from '../../src-shared/lib/assert.ts';
import { err } from '../../src-shared/lib/result.ts';
import type { Result } from '../../src-shared/lib/result.ts';
import { connectionOf } from './sqlite.ts';
import type { ReadableDb, SqliteConnection, WritableDb } from './sqlite.ts';
import { storageErrorOf } from './storage-error.ts';
import type { StorageError } from './storage-error.ts';

/**
 * Runs `work` in one transaction and commits it durably when it answers `ok`; an `err` or a throw leaves nothing
 * behind. `work` is synchronous by type: a promise is no `Result`, and an await inside would let other writes in.
 * A failing medium is answered as its storage code; any other throw passes on. Transactions do not nest.
 */
export function transaction<T, E = never>(db: WritableDb, work: () => Result<T, E>): Result<T, E | StorageError> {
  const connection = connectionOf(db);
  assert(!connection.inTransaction, 'transactions do not nest');
  try {
    // IMMEDIATE takes the write lock first, so that no read inside can be overtaken before the first write.
    connection.exec('BEGIN IMMEDIATE');
    const result = work();
    assert('ok' in result, 'a transaction answers with a Result');
    if (result.ok) connection.exec('COMMIT');
    else connection.exec('ROLLBACK');
    return result;
  } catch (error) {
    rollBack(connection);
    const storage = storageErrorOf(error);
    if (storage === undefined) throw error;
    return err(storage);
  }
}

/** SQLite may have rolled back by itself (full disk, failing medium); only what is still open needs it. */
function rollBack(connection: SqliteConnection): void {
  if (connection.inTransaction) connection.exec('ROLLBACK');
}

/** From its next read on, and until it is closed, the connection sees the database as it is at that read. */
export function beginSnapshot(db: ReadableDb): void {
  connectionOf(db).exec('BEGIN');
}
