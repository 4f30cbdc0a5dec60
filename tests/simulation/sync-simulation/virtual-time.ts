import type { Timer } from '../../../src-main/core/platform/system-timer.ts';
import { drainPromises } from './seeded-process.ts';

interface Due {
  readonly atMs: number;
  readonly no: number;
  readonly run: () => void;
}

/** The one clock of a simulated world. Nothing happens but what is due; of what is due at one moment, what was asked first. */
export class VirtualTime {
  nowMs = 0;
  #no = 0;
  readonly #due: Due[] = [];
  readonly #off = new Set<number>();

  /** Runs something later; answers the way to call it off. */
  after(ms: number, run: () => void): () => void {
    this.#no += 1;
    const no = this.#no;
    this.#insert({ atMs: this.nowMs + Math.max(0, ms), no, run });
    return () => void this.#off.add(no);
  }

  readonly timer: Timer = (ms, run) => this.after(ms, run);

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, resolve));
  }

  /** Lets the world go on until a moment; earlier when `isOver` says so. Whatever is due is done to its end before time moves. */
  async runUntil(endMs: number, isOver: () => boolean = () => false): Promise<void> {
    await drainPromises();
    while (!isOver()) {
      const next = this.#due[0];
      if (!next || next.atMs > endMs) break;
      this.#removeFirst();
      if (this.#off.delete(next.no)) continue;
      this.nowMs = next.atMs;
      next.run();
      await drainPromises();
    }
    if (!isOver()) this.nowMs = Math.max(this.nowMs, endMs);
  }

  #insert(due: Due): void {
    let at = this.#due.push(due) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (isEarlier(this.#due[parent]!, due)) break;
      this.#due[at] = this.#due[parent]!;
      at = parent;
    }
    this.#due[at] = due;
  }

  #removeFirst(): void {
    const last = this.#due.pop()!;
    if (this.#due.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child + 1 < this.#due.length && isEarlier(this.#due[child + 1]!, this.#due[child]!)) child += 1;
      if (child >= this.#due.length || !isEarlier(this.#due[child]!, last)) break;
      this.#due[at] = this.#due[child]!;
      at = child;
    }
    this.#due[at] = last;
  }
}

function isEarlier(a: Due, b: Due): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.no < b.no);
}
