import { connectionOf, type WritableDb } from '../../src-node/db/sqlite.ts';
import type { Keeping, ServerWrites } from './server-db.ts';

interface Turn {
  readonly keeping: Keeping;
  /** Does the work, and keeps how it ended until that is durable. Throws where the work threw. */
  readonly run: (writes: ServerWrites) => Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** One commit's worth; more would make the first of them wait for the last. */
const TURNS_PER_COMMIT = 16;

/**
 * The one writer, whom each waits for in turn: awaits inside a transaction let other requests run. Those that came to wait meanwhile share one
 * commit, and each hears of its end only then; one that throws is taken back alone.
 */
export class SqliteTurns {
  readonly #writer: WritableDb;
  readonly #writes: ServerWrites;
  readonly #waiting: Turn[] = [];
  #running: Promise<void> | undefined;
  #keeping: Keeping = 'durable';

  constructor(writer: WritableDb, writes: ServerWrites) {
    this.#writer = writer;
    this.#writes = writes;
  }

  take<T>(work: (writes: ServerWrites) => Promise<T>, keeping: Keeping = 'durable'): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let value: T;
      const run = async (writes: ServerWrites) => void (value = await work(writes));
      this.#waiting.push({ keeping, run, resolve: () => resolve(value), reject });
      this.#running ??= this.#runAll();
    });
  }

  /** Nobody waits any more. */
  async ended(): Promise<void> {
    await this.#running;
  }

  async #runAll(): Promise<void> {
    // Whoever comes in this very moment shares the first commit too.
    await Promise.resolve();
    while (this.#waiting.length > 0) await this.#commit(this.#waiting.splice(0, TURNS_PER_COMMIT));
    this.#running = undefined;
  }

  async #commit(turns: readonly Turn[]): Promise<void> {
    const ends: (() => void)[] = [];
    try {
      this.#keep(turns.every(({ keeping }) => keeping === 'repeatable') ? 'repeatable' : 'durable');
      this.#writer.exec('BEGIN IMMEDIATE');
      for (const turn of turns) ends.push(await this.#runOne(turn));
      this.#writer.exec('COMMIT');
    } catch (error) {
      // A failing medium ends the transaction by itself, and nobody's work is kept.
      if (connectionOf(this.#writer).inTransaction) this.#writer.exec('ROLLBACK');
      for (const { reject } of turns) reject(error);
      return;
    }
    for (const end of ends) end();
  }

  async #runOne({ run, resolve, reject }: Turn): Promise<() => void> {
    this.#writer.exec('SAVEPOINT turn');
    try {
      await run(this.#writes);
    } catch (error) {
      this.#writer.exec('ROLLBACK TO turn; RELEASE turn');
      return () => reject(error);
    }
    this.#writer.exec('RELEASE turn');
    return resolve;
  }

  /** In WAL mode NORMAL leaves out the wait for the disk at the commit; the next durable one waits for all before it. */
  #keep(keeping: Keeping): void {
    if (this.#keeping === keeping) return;
    this.#writer.exec(`PRAGMA synchronous=${keeping === 'durable' ? 'FULL' : 'NORMAL'}`);
    this.#keeping = keeping;
  }
}
