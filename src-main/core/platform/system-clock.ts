import { uptime } from 'node:os';
import type { Clock } from '../../../src-shared/lib/clock.ts';

/**
 * The machine's clock: the only place where the core reads time. The monotonic one is the time since the machine started, which
 * goes on while it sleeps; `performance.now()` stands still then, and every second morning would look like a clock that jumped.
 */
export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => uptime() * 1_000,
};
