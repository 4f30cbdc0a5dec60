import type { Clock } from './clock.ts';
import { assert } from './assert.ts';

/**
 * A hybrid logical clock (Kulkarni et al. 2014) with an emission clamp (design §2): physical milliseconds and a counter.
 * It gives concurrent operations one order everywhere; causal order itself rests on an operation's `after`.
 */
export interface Hlc {
  readonly ms: number;
  readonly counter: number;
}

/** How far ahead of the trusted estimate a desk may stamp what it emits, and adopt what it receives. */
export const CLAMP_AHEAD_MS = 24 * 3_600_000;

/** After every stamp there can be: whoever asks what holds now asks with this. */
export const HLC_END: Hlc = { ms: Number.MAX_SAFE_INTEGER, counter: 0 };

export function compareHlc(a: Hlc, b: Hlc): number {
  return a.ms - b.ms || a.counter - b.counter;
}

/**
 * The stamp of the next operation: after `last`, never past `trustedMs` + 24 h. Beyond the clamp only the counter grows.
 * `wallMs` is the machine's clock and may be years wrong.
 */
export function nextHlc(last: Hlc, wallMs: number, trustedMs: number): Hlc {
  const ceiling = trustedMs + CLAMP_AHEAD_MS;
  // A monotonic clock counts fractions of a millisecond; a stamp is hashed, and so whole.
  const physical = Math.floor(Math.min(wallMs, ceiling));
  if (physical > last.ms) return { ms: physical, counter: 0 };
  // The stamp last emitted or adopted may itself lie above a ceiling that was corrected downwards since.
  return { ms: last.ms, counter: last.counter + 1 };
}

/** The clock after seeing a received stamp: adopted up to the own clamp, so that one desk at 2036 drags nobody along. */
export function adoptHlc(last: Hlc, received: Hlc, trustedMs: number): Hlc {
  if (received.ms > trustedMs + CLAMP_AHEAD_MS) return last;
  return compareHlc(received, last) > 0 ? received : last;
}

/** What a desk knows of the true time: the last verified or officer-confirmed instant and the clock readings beside it. */
export interface TrustedTime {
  readonly trustedMs: number;
  readonly wallMs: number;
}

/** The clock's own difference while the program was off counts only within this bound (design §2, a setting). */
const OFF_DAYS_MAX_DEFAULT = 14;

/** The trusted estimate while running: the anchor plus what the monotonic clock has counted. */
export function createTrustedClock(clock: Clock, anchor: TrustedTime, offDaysMax = OFF_DAYS_MAX_DEFAULT): TrustedClock {
  assert(offDaysMax >= 0, 'the bound on days off is not negative');
  let startMonotonicMs = clock.monotonicMs();
  const offMs = clock.wallMs() - anchor.wallMs;
  const withinBounds = offMs >= 0 && offMs <= offDaysMax * 86_400_000;
  let baseMs = anchor.trustedMs + (withinBounds ? offMs : 0);
  return {
    startedWithinBounds: withinBounds,
    nowMs: () => baseMs + (clock.monotonicMs() - startMonotonicMs),
    confirm: (trueMs) => {
      baseMs = trueMs;
      startMonotonicMs = clock.monotonicMs();
    },
  };
}

export interface TrustedClock {
  /** False when the machine's clock moved backwards, or by more than the bound, while the program was off. */
  readonly startedWithinBounds: boolean;
  nowMs(): number;
  /** An officer, a neighbour or the server has told the true time. */
  confirm(trueMs: number): void;
}
