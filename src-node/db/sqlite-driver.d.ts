/**
 * The part of the SQLite library that we use. The package ships typings that its own `exports` hide from
 * `moduleResolution: nodenext`; this subset also shows what a replacement would have to offer.
 */
declare module 'better-sqlite3-multiple-ciphers' {
  namespace Database {
    interface RunResult {
      readonly changes: number;
      readonly lastInsertRowid: number | bigint;
    }

    interface Statement {
      /** Whether the statement leaves the database as it is. */
      readonly readonly: boolean;
      run(...parameters: readonly unknown[]): RunResult;
      get(...parameters: readonly unknown[]): unknown;
      all(...parameters: readonly unknown[]): unknown[];
      iterate(...parameters: readonly unknown[]): IterableIterator<unknown>;
      /** Gives only the first column of each row. */
      pluck(toggle: boolean): this;
    }

    interface Options {
      readonly readonly?: boolean;
      readonly fileMustExist?: boolean;
      readonly timeout?: number;
    }
  }

  /** Errors carry SQLite's extended result code by name in `code`, such as SQLITE_BUSY. */
  class Database {
    constructor(file: string, options?: Database.Options);
    readonly inTransaction: boolean;
    prepare(sql: string): Database.Statement;
    exec(script: string): this;
    key(bytes: Buffer): number;
    pragma(source: string, options: { readonly simple: boolean }): unknown;
    close(): this;
  }

  export = Database;
}
