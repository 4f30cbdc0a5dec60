import { z } from 'zod';
import type { Clock } from '../../src-shared/lib/clock.ts';
import { createDemoClock } from '../../src-main/core/demo/make-demo.ts';

/** What a test sends over the core's channel to let time pass, and the core's answer once it has. */
const clockOrderSchema = z.strictObject({ clockMs: z.int() });
export type ClockOrder = z.infer<typeof clockOrderSchema>;

/** A clock that only the starter of this process moves, over the channel; never backwards. */
export function toldClock(startMs: number): Clock {
  const clock = createDemoClock(startMs);
  process.on('message', (message) => {
    const order = clockOrderSchema.safeParse(message);
    if (!order.success) return;
    clock.moveTo(order.data.clockMs);
    process.send?.(order.data);
  });
  return clock;
}
