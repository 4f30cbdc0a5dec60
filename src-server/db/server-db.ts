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
  /** Many rows at once, in the order of the columns. */
  insertMany(table: string, columns: Readonly<Record<string, ColumnType>>, rows: readonly (readonly ServerValue[])[], onConflict?: 'nothing'): Promise<void>;
}

export type ColumnType = 'text' | 'bigint' | 'bytea';

export interface ServerDb extends ServerReads {
  readonly kind: 'sqlite' | 'postgres';
  /** Commits durably when `work` ends; a throw leaves nothing behind and passes on. */
  transaction<T>(work: (writes: ServerWrites) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
