/**
 * Wrong passwords per officer: each fifth in a row locks sign-in, for 5 minutes, then 10, 20, 40 and at most 60. Pure;
 * the caller measures a running lock on the monotonic clock, so that a changed clock neither opens nor prolongs it.
 */
const MINUTE_MS = 60_000;
const TRIES_PER_LOCK = 5;
const FIRST_LOCK_MS = 5 * MINUTE_MS;
const LOCK_MS_MAX = 60 * MINUTE_MS;

/** As stored between starts. */
export interface WrongTries {
  /** Wrong passwords since the last right one. */
  readonly count: number;
  /** Length of the lock that the last try began; 0 when it began none. */
  readonly lockedForMs: number;
  /** What the clock said when that lock began. */
  readonly lockedSinceMs: number;
}

export const NO_WRONG_TRIES: WrongTries = { count: 0, lockedForMs: 0, lockedSinceMs: 0 };

export function afterWrongTry(before: WrongTries, wallMs: number): WrongTries {
  const count = before.count + 1;
  const begins = count % TRIES_PER_LOCK === 0;
  return { count, lockedForMs: begins ? lockMsOf(count / TRIES_PER_LOCK) : 0, lockedSinceMs: begins ? wallMs : 0 };
}

/** Tries that remain before the next lock, 1 … 5. */
export function triesLeft(tries: WrongTries): number {
  return TRIES_PER_LOCK - (tries.count % TRIES_PER_LOCK);
}

/** Length of the lock that follows when the remaining tries are used up. */
export function nextLockMs(tries: WrongTries): number {
  return lockMsOf(Math.floor(tries.count / TRIES_PER_LOCK) + 1);
}

/**
 * The stored tries as a start must take them. A clock that is now earlier than the lock's beginning says nothing about
 * the time that passed: the lock then runs once more in full from now, so that it ends whatever the clock does.
 */
export function heldAgainstClock(tries: WrongTries, wallMs: number): WrongTries {
  return tries.lockedForMs > 0 && wallMs < tries.lockedSinceMs ? { ...tries, lockedSinceMs: wallMs } : tries;
}

/** What is left of a stored lock at a start. */
export function lockMsLeft(tries: WrongTries, wallMs: number): number {
  return Math.max(0, tries.lockedForMs - (wallMs - tries.lockedSinceMs));
}

function lockMsOf(ordinal: number): number {
  return Math.min(FIRST_LOCK_MS * 2 ** (ordinal - 1), LOCK_MS_MAX);
}
