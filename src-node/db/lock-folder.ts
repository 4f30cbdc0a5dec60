import path from 'node:path';
import { err, ok } from '../../src-shared/lib/result.ts';
import type { Result } from '../../src-shared/lib/result.ts';
import { openSqlite } from './sqlite.ts';
import type { SqliteConnection } from './sqlite.ts';
import { storageErrorOf } from './storage-error.ts';
import type { StorageError } from './storage-error.ts';

export interface FolderLock {
  /** Lets another start have the folder. The end of the process does the same, however it ends. */
  release(): void;
}

export interface AlreadyOpenError {
  readonly code: 'desk.alreadyOpen';
}

const LOCK_FILE = 'desk.lock';

/**
 * Makes this process the only one that works on the data folder, or answers desk.alreadyOpen at once. The lock is the
 * operating system's own lock on an empty file, taken through SQLite because Node has no call for it; the system frees
 * it when the process dies, so no stale lock can keep a desk from opening after a power cut (Linux and Windows). On
 * Linux a process loses the lock when it opens and closes that file elsewhere: nothing else may touch it.
 */
export function lockFolder(folder: string): Result<FolderLock, AlreadyOpenError | StorageError> {
  const file = path.join(folder, LOCK_FILE);
  let connection: SqliteConnection | undefined;
  try {
    connection = openSqlite(file, { readOnly: false, create: true, busyTimeoutMs: 0 });
    // Nothing is ever written, so a journal file would only be left lying about.
    connection.pragma('journal_mode=MEMORY');
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection?.close();
    const storage = storageErrorOf(error);
    if (storage === undefined) throw error;
    return err(storage.code === 'storage.locked' ? { code: 'desk.alreadyOpen' } : storage);
  }
  const held = connection;
  return ok({ release: () => held.close() });
}
