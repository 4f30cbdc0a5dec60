import type { LinkTime } from '../../bench/links/link-time.ts';

/** Time that passes only when it is told to. */
export class HandLinkTime implements LinkTime {
  #nowMs = 0;
  readonly #waiting = new Set<{ readonly ms: number; readonly run: () => void }>();

  nowMs(): number {
    return this.#nowMs;
  }

  at(ms: number, run: () => void): () => void {
    const one = { ms: Math.max(ms, this.#nowMs), run };
    this.#waiting.add(one);
    return () => void this.#waiting.delete(one);
  }

  /** Runs all that was waiting for an instant up to there, in order. */
  moveTo(ms: number): void {
    for (let next = this.#next(ms); next; next = this.#next(ms)) {
      this.#waiting.delete(next);
      this.#nowMs = next.ms;
      next.run();
    }
    this.#nowMs = ms;
  }

  #next(untilMs: number) {
    return [...this.#waiting].filter(({ ms }) => ms <= untilMs).sort((one, other) => one.ms - other.ms)[0];
  }
}
