/**
 * The only file that knows the SQLite library. A connection is handed out under two types: `ReadableDb` can only ask,
 * `WritableDb` can also change, so a function says in its signature what it may do and the compiler holds it to that.
 */
import { closeSync, existsSync, openSync } from 'node:fs';
import path from 'node:path';
import Driver from 'better-sqlite3-multiple-ciphers';
import { assert } from '../../src-shared/lib/assert.ts';
import { syncFolder } from '../files/durable-file.ts';
import { storageErrorOf, StorageFailure } from './storage-error.ts';

/** Values as the library binds and returns them; integers beyond 2^53 are never stored, so no bigint comes back. */
export type SqlValue = string | number | bigint | Uint8Array | null;
/** Either values for `?` in order, or one object for `$name`. */
export type SqlParameters = readonly SqlValue[] | readonly [Readonly<Record<string, SqlValue>>];

declare const readable: unique symbol;
declare const writable: unique symbol;

/**
 * A connection that may be asked. Statements are prepared once per SQL text, so the text must be a constant.
 * Every call throws `StorageFailure` when the medium fails; any other error is a fault of our own.
 */
export interface ReadableDb {
  readonly [readable]: true;
  /** The first row, or undefined. */
  get<Row>(sql: string, ...parameters: SqlParameters): Row | undefined;
  /** All rows. */
  all<Row>(sql: string, ...parameters: SqlParameters): readonly Row[];
  /** The first column of the first row, or undefined. */
  value<Value extends SqlValue>(sql: string, ...parameters: SqlParameters): Value | undefined;
  /** Rows one by one; until the loop ends the connection can answer other reads but accepts no write. */
  iterate<Row>(sql: string, ...parameters: SqlParameters): IterableIterator<Row>;
}

/** A connection that may also be changed; only one exists per database (design.md 4). */
export interface WritableDb extends ReadableDb {
  readonly [writable]: true;
  /** Runs one changing statement and tells how many rows it touched. */
  run(sql: string, ...parameters: SqlParameters): RunOutcome;
  /** Runs one changing statement with RETURNING and gives its rows. */
  returning<Row>(sql: string, ...parameters: SqlParameters): readonly Row[];
  /** Runs a script of several statements without parameters: migrations and rebuilds, never a request. */
  exec(script: string): void;
}

export interface RunOutcome {
  readonly changes: number;
  readonly lastInsertRowid: number;
}

/** The whole connection; stays inside db/. Everyone else receives one of the two views. */
export interface SqliteConnection extends WritableDb {
  readonly file: string;
  readonly inTransaction: boolean;
  /** Hands the key to the cipher as bytes that the caller can clear; a pragma's text stays in memory. */
  key(bytes: Buffer): void;
  /** Runs `PRAGMA source` and gives the first column of its first row. */
  pragma(source: string): unknown;
  close(): void;
}

export interface SqliteOptions {
  readonly readOnly: boolean;
  readonly create: boolean;
  readonly busyTimeoutMs: number;
}

/** SQL texts are constants; this bound only keeps a mistake (values pasted into SQL) from eating the memory. */
const CACHED_STATEMENTS_MAX = 400;

type Statement = Driver.Statement;
type Mode = 'rows' | 'value' | 'write';

/** Opens the file, still locked if it is encrypted. Throws `StorageFailure`. */
export function openSqlite(file: string, options: SqliteOptions): SqliteConnection {
  const driver = guarded(() => {
    if (options.create && !existsSync(file)) createPrivateFile(file);
    return new Driver(file, { readonly: options.readOnly, fileMustExist: true, timeout: options.busyTimeoutMs });
  });
  return connectionOver(driver, file);
}

/**
 * Made here and not by SQLite, so that nobody but this user can read it (the log files of SQLite inherit its rights)
 * and so that a folder that is missing or may not be written answers with its own code.
 */
function createPrivateFile(file: string): void {
  closeSync(openSync(file, 'wx', 0o600));
  syncFolder(path.dirname(file));
}

/** The connection behind a view. Only db/ may look behind it. */
export function connectionOf(db: ReadableDb): SqliteConnection {
  assert(connections.has(db), 'a database handle that openSqlite did not make');
  return db as SqliteConnection;
}

const connections = new WeakSet<object>();

function connectionOver(driver: Driver, file: string): SqliteConnection {
  const statements = statementCache(driver);
  const connection: Omit<SqliteConnection, typeof readable | typeof writable> = {
    file,
    get inTransaction() {
      return driver.inTransaction;
    },
    get: <Row>(sql: string, ...parameters: SqlParameters) =>
      guarded(() => statements(sql, 'rows').get(...parameters) as Row | undefined),
    all: <Row>(sql: string, ...parameters: SqlParameters) =>
      guarded(() => statements(sql, 'rows').all(...parameters) as readonly Row[]),
    value: <Value extends SqlValue>(sql: string, ...parameters: SqlParameters) =>
      guarded(() => statements(sql, 'value').get(...parameters) as Value | undefined),
    iterate: <Row>(sql: string, ...parameters: SqlParameters) => iterateRows<Row>(driver, sql, parameters),
    run: (sql, ...parameters) =>
      guarded(() => {
        const outcome = statements(sql, 'write').run(...parameters);
        return { changes: outcome.changes, lastInsertRowid: Number(outcome.lastInsertRowid) };
      }),
    returning: <Row>(sql: string, ...parameters: SqlParameters) =>
      guarded(() => statements(sql, 'write').all(...parameters) as readonly Row[]),
    exec: (script) => guarded(() => void driver.exec(script)),
    key: (bytes) => guarded(() => void driver.key(bytes)),
    pragma: (source) => guarded(() => driver.pragma(source, { simple: true })),
    close: () => guarded(() => void driver.close()),
  };
  connections.add(connection);
  return connection as SqliteConnection;
}

/** Prepared statements by SQL text. A read that would write is refused here, whatever the type of its handle. */
function statementCache(driver: Driver): (sql: string, mode: Mode) => Statement {
  const byMode: Readonly<Record<Mode, Map<string, Statement>>> = { rows: new Map(), value: new Map(), write: new Map() };
  return (sql, mode) => {
    const cached = byMode[mode].get(sql);
    if (cached !== undefined) return cached;
    const statement = driver.prepare(sql);
    if (mode !== 'write') assert(statement.readonly, `a read changes the database: ${sql}`);
    if (mode === 'value') statement.pluck(true);
    const statements = byMode[mode];
    const oldest = statements.size >= CACHED_STATEMENTS_MAX ? statements.keys().next().value : undefined;
    if (oldest !== undefined) statements.delete(oldest);
    statements.set(sql, statement);
    return statement;
  };
}

/** A statement of its own per loop: a cached one would be busy when the loop's body asks the same question. */
function* iterateRows<Row>(driver: Driver, sql: string, parameters: SqlParameters): IterableIterator<Row> {
  const rows = guarded(() => {
    const statement = driver.prepare(sql);
    assert(statement.readonly, `a read changes the database: ${sql}`);
    return statement.iterate(...parameters) as IterableIterator<Row>;
  });
  try {
    for (;;) {
      const next = guarded(() => rows.next());
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    rows.return?.();
  }
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const storage = storageErrorOf(error);
    throw storage === undefined || error instanceof StorageFailure ? error : new StorageFailure(storage, error);
  }
}
