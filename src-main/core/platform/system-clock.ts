import type { Clock } from '../../../src-shared/lib/clock.ts';

/** The machine's clock: the only place where the core reads time. */
export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};
