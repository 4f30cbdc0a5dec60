import { MINUTE_MS } from '../../../src-shared/lib/office-time.ts';

/** How many wrong codes may come before none is looked at for a while: few from one address, more from all together. */
const WRONG_MAX = { one: 10, all: 300 } as const;
const WINDOW_MS = 15 * MINUTE_MS;
/** Addresses that are remembered; the oldest goes first. */
const ADDRESSES_MAX = 10_000;

export interface GuessLimit {
  mayTry(from: string, nowMs: number): boolean;
  noteWrong(from: string, nowMs: number): void;
}

interface Count {
  readonly sinceMs: number;
  readonly wrong: number;
}

/** Of this process: three of them allow three times as much, which 59 bits of a code bear easily. */
export function createGuessLimit(): GuessLimit {
  let all: Count = { sinceMs: 0, wrong: 0 };
  const byAddress = new Map<string, Count>();
  const wrongOf = (count: Count | undefined, nowMs: number) => (count && nowMs - count.sinceMs < WINDOW_MS ? count.wrong : 0);
  const next = (count: Count | undefined, nowMs: number): Count => (wrongOf(count, nowMs) === 0 ? { sinceMs: nowMs, wrong: 1 } : { ...count!, wrong: count!.wrong + 1 });
  return {
    mayTry: (from, nowMs) => wrongOf(byAddress.get(from), nowMs) < WRONG_MAX.one && wrongOf(all, nowMs) < WRONG_MAX.all,
    noteWrong: (from, nowMs) => {
      all = next(all, nowMs);
      const count = next(byAddress.get(from), nowMs);
      byAddress.delete(from);
      byAddress.set(from, count);
      const [oldest] = byAddress.keys();
      if (byAddress.size > ADDRESSES_MAX && oldest !== undefined) byAddress.delete(oldest);
    },
  };
}
