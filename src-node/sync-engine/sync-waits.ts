/** How long a desk waits, and for what. Milliseconds everywhere. */

/** What others wrote is asked for so often while nothing is written here. */
export const REST_MS = 120_000;
export const REFUSED_MS = 3_600_000;
const WAIT_MAX_MS = 300_000;
const WAIT_FIRST_MS = 2_000;

/** A link that was cut is often back in seconds, and asking a dead one costs nothing: quickly at first, then ever later. */
const QUICK_CODES: ReadonlySet<string> = new Set(['unreachable', 'timedOut']);
const QUICK_TRIES = 6;
const QUICK_FIRST_MS = 1_000;
const QUICK_MAX_MS = 4_000;

/** Before jitter. A server that says it is busy is not asked quickly. */
export function waitMs(code: string, failures: number): number {
  if (!QUICK_CODES.has(code)) return Math.min(WAIT_FIRST_MS * 2 ** Math.min(failures - 1, 20), WAIT_MAX_MS);
  if (failures <= QUICK_TRIES) return Math.min(QUICK_FIRST_MS * 2 ** (failures - 1), QUICK_MAX_MS);
  return Math.min(QUICK_MAX_MS * 2 ** Math.min(failures - QUICK_TRIES, 20), WAIT_MAX_MS);
}

const ASK_MIN_MS = 2_500;
const ASK_MAX_MS = 45_000;
/** Of a server that never answered yet: a hill link, three round trips of a handshake, and some that were lost. */
const ASK_UNKNOWN_MS = 20_000;

/** How long a small question may take on a link where the last one took `lastMs`; longer each time it did not do. */
export function askPatienceMs(lastMs: number | null, failures: number): number {
  const first = lastMs === null ? ASK_UNKNOWN_MS : Math.max(ASK_MIN_MS, lastMs * 4);
  return Math.min(first * 1.5 ** Math.min(failures, 10), ASK_MAX_MS);
}

const SILENCE_MIN_MS = 3_500;
const SILENCE_MAX_MS = 600_000;

/** Silent for longer than this where an answer was expected within `expected`, a connection is doubted. */
export function silenceAfterMs(expected: number): number {
  return Math.ceil(Math.min(Math.max(SILENCE_MIN_MS, expected * 2.5), SILENCE_MAX_MS));
}

export const PROBES_MAX = 8;
export const WAIT_AFTER_PROBE_MS = [100, 1_600] as const;

const AVOID_FIRST_MS = 120_000;
const AVOID_MAX_MS = 21_600_000;

/** For how long streams are not tried after so many in a row were held back on the way. */
export function avoidStreamsMs(heldBack: number): number {
  return heldBack === 0 ? 0 : Math.min(AVOID_FIRST_MS * 2 ** Math.min(heldBack - 1, 20), AVOID_MAX_MS);
}
