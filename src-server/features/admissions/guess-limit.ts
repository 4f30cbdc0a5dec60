import { MINUTE_MS } from '../../../src-shared/lib/office-time.ts';
import type { ServerWrites } from '../../db/server-db.ts';

/**
 * How many wrong codes may come before none is looked at for a while, counted in the database over all processes (decisions/0033). Behind a
 * balancer, and behind what mobile networks put between, many honest desks have one address: so few that a clerk could use them up would
 * shut out a province.
 */
export const WRONG_CODES_MAX = { one: 100, all: 300 } as const;
const WINDOW_MS = 15 * MINUTE_MS;
const ALL = '';

/**
 * Asks whether a code may be looked at, and holds the counts until the transaction ends: codes are looked at one after the other in all
 * processes, so no guess slips in between the question and the count. `source`: where it comes from, in any spelling that is always the same.
 */
export async function mayGuess(db: ServerWrites, source: string, nowMs: number): Promise<boolean> {
  const [all, one] = [await lockCount(db, ALL, nowMs), await lockCount(db, source, nowMs)];
  return all < WRONG_CODES_MAX.all && one < WRONG_CODES_MAX.one;
}

export async function noteWrongCode(db: ServerWrites, source: string): Promise<void> {
  await db.run('UPDATE wrong_codes SET wrong = wrong + 1 WHERE source = ? OR source = ?', ALL, source);
}

/** Wrong codes from there within the window, which begins anew once it is over. */
async function lockCount(db: ServerWrites, source: string, nowMs: number): Promise<number> {
  const row = await db.returning<{ wrong: number }>(
    `INSERT INTO wrong_codes (source, since_ms, wrong) VALUES (?, ?, 0) ON CONFLICT (source) DO UPDATE SET
       wrong = CASE WHEN wrong_codes.since_ms <= ? THEN 0 ELSE wrong_codes.wrong END, since_ms = CASE WHEN wrong_codes.since_ms <= ? OR wrong_codes.wrong = 0 THEN excluded.since_ms ELSE wrong_codes.since_ms END
     RETURNING wrong`, source, nowMs, nowMs - WINDOW_MS, nowMs - WINDOW_MS,
  );
  // Addresses of long ago are not kept; the row of all is locked, so one process at a time gets here.
  if (source === ALL) await db.run("DELETE FROM wrong_codes WHERE source <> '' AND since_ms <= ?", nowMs - WINDOW_MS);
  return row!.wrong;
}
