import type { Timer } from '../../src-main/core/platform/system-timer.ts';

/** Timers that wait for the test. */
export class HandTimer {
  readonly waiting = new Map<() => void, number>();
  readonly timer: Timer = (ms, run) => {
    this.waiting.set(run, ms);
    return () => void this.waiting.delete(run);
  };

  fire(): void {
    const due = [...this.waiting.keys()];
    this.waiting.clear();
    for (const run of due) run();
  }
}
