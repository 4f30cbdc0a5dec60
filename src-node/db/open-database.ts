import { accessSync, constants, existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { assert } from '../../src-shared/lib/assert.ts';
import { err, ok } from '../../src-shared/lib/result.ts';
import type { Result } from '../../src-shared/lib/result.ts';
import { isAnyPageAuthentic } from './page-authenticity.ts';
import { connectionOf, openSqlite } from './sqlite.ts';
import type { ReadableDb, SqliteConnection, WritableDb } from './sqlite.ts';
import { storageError, storageErrorOf } from './storage-error.ts';
import type { StorageError } from './storage-error.ts';

export const DATABASE_KEY_BYTES = 32;

/** 3.51.3 repairs the WAL-reset fault that could corrupt a database with two connections (anchors.md 6). */
const SQLITE_VERSION_MIN = [3, 51, 3] as const;
/** Readers never wait in WAL mode; a writer waits only for the end of another process's checkpoint. */
const BUSY_TIMEOUT_MS = 2_000;
const WRITER_CACHE_KIB = 16_000;
const READER_CACHE_KIB = 4_000;
/** A checkpoint each 1000 pages (4 MB) keeps the log short, so that opening after a crash stays fast. */
const WAL_PAGES_BEFORE_CHECKPOINT = 1_000;
/** A log swollen by one large transaction gives its disk space back at the next checkpoint. */
const WAL_BYTES_KEPT_MAX = 32 * 1024 * 1024;

export interface OpenDatabaseOptions {
  /** Absolute path of the database file; its folder must exist. */
  readonly file: string;
  /** 32 raw bytes; the caller keeps them and may clear them once the call returned. */
  readonly key: Uint8Array;
  /** Makes the file when it is not there. Only for `write`. */
  readonly create?: boolean;
}

/**
 * The encrypted database (SQLCipher 4), with every setting that our promises rest on set and read back: a reopened WAL
 * database silently runs with synchronous=NORMAL in this build (proofs.md 3c), which would lose acknowledged work.
 * Errors: storage.missing, wrongKey, damaged, readOnly, full, locked, ioFailed.
 */
export function openDatabase(options: OpenDatabaseOptions & { readonly mode: 'write' }): Result<WritableDb, StorageError>;
export function openDatabase(options: OpenDatabaseOptions & { readonly mode: 'read' }): Result<ReadableDb, StorageError>;
export function openDatabase(
  options: OpenDatabaseOptions & { readonly mode: 'read' | 'write' },
): Result<WritableDb, StorageError> {
  assert(options.key.length === DATABASE_KEY_BYTES, 'a database key has 32 bytes');
  assert(options.mode === 'write' || options.create !== true, 'only a writer makes the file');
  let connection: SqliteConnection | undefined;
  try {
    const refusal = refusalOf(options);
    if (refusal !== undefined) return err(refusal);
    const readOnly = options.mode === 'read';
    connection = openSqlite(options.file, { readOnly, create: options.create === true, busyTimeoutMs: BUSY_TIMEOUT_MS });
    unlock(connection, options.key);
    applySettings(connection, readOnly);
    return ok(connection);
  } catch (error) {
    connection?.close();
    const storage = storageErrorOf(error);
    if (storage === undefined) throw error;
    return err(explained(storage, options));
  }
}

/** Closes the handle; the last one to close a database also folds its write-ahead log into it. */
export function closeDatabase(db: ReadableDb): void {
  connectionOf(db).close();
}

function refusalOf(options: OpenDatabaseOptions): StorageError | undefined {
  if (existsSync(options.file)) {
    // SQLite takes an empty file for a new database and would show an office with nothing in it.
    const isEmpty = statSync(options.file).size === 0;
    return isEmpty && options.create !== true ? storageError('storage.damaged', 'empty file') : undefined;
  }
  return options.create === true ? undefined : storageError('storage.missing', 'no such file');
}

function unlock(connection: SqliteConnection, key: Uint8Array): void {
  connection.pragma("cipher='sqlcipher'");
  connection.pragma('legacy=4');
  const rawKey = rawKeyLiteral(key);
  connection.key(rawKey);
  rawKey.fill(0);
  // Any cipher accepts any key; only reading the first page tells whether it fits.
  connection.value('SELECT count(*) FROM sqlite_schema');
}

/** `x'<64 hex digits>'`, by which SQLCipher knows a raw key; built without a string, which could not be cleared. */
function rawKeyLiteral(key: Uint8Array): Buffer {
  const digits = Buffer.from('0123456789abcdef', 'latin1');
  const literal = Buffer.alloc(2 * key.length + 3);
  literal.write("x'", 0, 'latin1');
  for (const [index, byte] of key.entries()) {
    digits.copy(literal, 2 + 2 * index, byte >> 4, (byte >> 4) + 1);
    digits.copy(literal, 3 + 2 * index, byte & 15, (byte & 15) + 1);
  }
  literal.write("'", literal.length - 1, 'latin1');
  return literal;
}

interface Setting {
  readonly name: string;
  readonly set: string;
  readonly expected: string | number;
}

function applySettings(connection: SqliteConnection, readOnly: boolean): void {
  const version = connection.value<string>('SELECT sqlite_version()') ?? '';
  assert(isVersionAtLeast(version, SQLITE_VERSION_MIN), `SQLite ${version} can corrupt a database with two connections`);
  for (const setting of settings(readOnly)) {
    connection.pragma(`${setting.name}=${setting.set}`);
    const actual = connection.pragma(setting.name);
    assert(actual === setting.expected, `PRAGMA ${setting.name} is ${String(actual)}, not ${setting.expected}`);
  }
}

function settings(readOnly: boolean): readonly Setting[] {
  const cacheKib = readOnly ? READER_CACHE_KIB : WRITER_CACHE_KIB;
  return [
    numeric('page_size', 4096),
    { name: 'journal_mode', set: 'WAL', expected: 'wal' },
    { name: 'synchronous', set: 'FULL', expected: 2 },
    { name: 'temp_store', set: 'MEMORY', expected: 2 },
    { name: 'foreign_keys', set: 'ON', expected: 1 },
    { name: 'trusted_schema', set: 'OFF', expected: 0 },
    // Erased bodies leave no bytes in free space (design.md 1, erasure).
    { name: 'secure_delete', set: 'ON', expected: 1 },
    { name: 'cell_size_check', set: 'ON', expected: 1 },
    numeric('busy_timeout', BUSY_TIMEOUT_MS),
    numeric('cache_size', -cacheKib),
    numeric('journal_size_limit', WAL_BYTES_KEPT_MAX),
    numeric('wal_autocheckpoint', WAL_PAGES_BEFORE_CHECKPOINT),
    { name: 'query_only', set: readOnly ? 'ON' : 'OFF', expected: readOnly ? 1 : 0 },
  ];
}

function numeric(name: string, value: number): Setting {
  return { name, set: String(value), expected: value };
}

function isVersionAtLeast(version: string, minimum: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  for (const [index, required] of minimum.entries()) {
    const part = parts[index] ?? 0;
    if (part !== required) return part > required;
  }
  return true;
}

/** SQLite's code says what it could not do; the file says why. */
function explained(storage: StorageError, options: OpenDatabaseOptions): StorageError {
  try {
    if (storage.detail === 'SQLITE_NOTADB') {
      const isKeyRight = isAnyPageAuthentic(options.file, options.key);
      return storageError(isKeyRight ? 'storage.damaged' : 'storage.wrongKey', storage.detail);
    }
    if (storage.detail.startsWith('SQLITE_CANTOPEN')) {
      accessSync(options.file, constants.R_OK | constants.W_OK);
      accessSync(path.dirname(options.file), constants.R_OK | constants.W_OK);
    }
    return storage;
  } catch (error) {
    return storageErrorOf(error) ?? storage;
  }
}
