import type { ServerDb } from '../db/server-db.ts';

/** What a command works on, and where it says what came of it. */
export interface CommandDep {
  readonly db: ServerDb;
  readonly nowMs: () => number;
  readonly say: (line: string) => void;
}
