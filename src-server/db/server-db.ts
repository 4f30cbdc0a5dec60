import { StorageFailure } from '../../src-node/db/storage-error.ts';

/**
 * What the server asks of its database, the same for SQLite and PostgreSQL. SQL is common to both; `?` stands for a value. Numbers
 * come back as numbers, bytes as Uint8Array. A failing medium or a lost connection throws; whoever serves a request answers
 * `sync.busy`, and the desk asks again.
 */
export type ServerValue = string | number | Uint8Array | null;

export interface ServerReads {
  all<Row>(sql: string, ...values: readonly ServerValue[]): Promise<readonly Row[]>;
  get<Row>(sql: string, ...values: readonly ServerValue[]): Promise<Row | undefined>;
}

/** Inside one transaction, which has the database to itself (SQLite) or the rows that it locked (PostgreSQL). */
export interface ServerWrites extends ServerReads {
  run(sql: string, ...values: readonly ServerValue[]): Promise<void>;
  /** Runs one changing statement with RETURNING and gives its first row. */
  returning<Row>(sql: string, ...values: readonly ServerValue[]): Promise<Row | undefined>;
  /** The row that a SELECT of one table names, held until the transaction ends; undefined also while another one holds it. */
  claim<Row>(sql: string, ...values: readonly ServerValue[]): Promise<Row | undefined>;
  /** Many rows at once, in the order of the columns. */
  insertMany(table: string, columns: Readonly<Record<string, ColumnType>>, rows: readonly (readonly ServerValue[])[], onConflict?: OnConflict): Promise<void>;
}

export type ColumnType = 'text' | 'bigint' | 'bytea';
/** What becomes of a row whose key is there: it stays, or the new one takes its place. */
export type OnConflict = 'nothing' | { readonly replaceBy: readonly string[] };

/** A table of ours as the database describes it. */
export interface ServerTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly key: readonly string[];
}

/**
 * `durable` unless said otherwise. `repeatable`: a power cut may take the last ones back, whole and in their order, because whoever wrote
 * them would do it again; nobody then waits for the disk.
 */
export type Keeping = 'durable' | 'repeatable';

export interface ServerDb extends ServerReads {
  readonly kind: 'sqlite' | 'postgres';
  /** Commits when `work` ends; a throw leaves nothing behind and passes on. */
  transaction<T>(work: (writes: ServerWrites) => Promise<T>, keeping?: Keeping): Promise<T>;
  /** Every read of `work` sees the database as it was at one moment; nobody waits for it. */
  snapshot<T>(work: (reads: ServerReads) => Promise<T>): Promise<T>;
  /** What the schema is now, also when another program has changed it since this one opened it. */
  schemaVersion(): Promise<number>;
  /** Tables by name, without the one that holds the schema's version. */
  tables(): Promise<readonly ServerTable[]>;
  /** Takes what was deleted or overwritten out of the files, as far as the database can do that; false: not now. */
  reclaim(): Promise<boolean>;
  close(): Promise<void>;
}

/** The database is away, full or busy; what was asked of it may succeed later. */
export class DatabaseFailure extends Error {
  override readonly name = 'DatabaseFailure';
  /** What the system or the database calls it (`ECONNREFUSED`, `57P01`). */
  readonly code: string | undefined;

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.code = (cause as NodeJS.ErrnoException | undefined)?.code;
  }
}

/** False for a fault of our own, which will be the same the next time. */
export function isDatabaseFailure(error: unknown): boolean {
  return error instanceof DatabaseFailure || error instanceof StorageFailure;
}

/** ` ON CONFLICT …` of an insert. */
export function conflictClause(columns: readonly string[], onConflict: OnConflict | undefined): string {
  if (onConflict === undefined) return '';
  if (onConflict === 'nothing') return ' ON CONFLICT DO NOTHING';
  const others = columns.filter((column) => !onConflict.replaceBy.includes(column));
  return ` ON CONFLICT (${onConflict.replaceBy.join(', ')}) DO UPDATE SET ${others.map((column) => `${column} = excluded.${column}`).join(', ')}`;
}
