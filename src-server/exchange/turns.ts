import { err, ok, type Result } from '../../src-shared/lib/result.ts';

/** Fewer than the database has connections: folding and questions without frames find one. */
const UNDER_WAY_MAX = 6;
/** A desk gives a silent connection up after 45 s, and would then have its work done twice. */
const WAIT_MAX_MS = 10_000;

interface Waiting {
  readonly sinceMs: number;
  readonly go: () => void;
}

/**
 * Messages with frames are taken in some at a time, first come first served: every desk of a storm gets its turn, and what is unpacked stays
 * bounded. Once the first of the queue has waited long, whoever comes is told to come again, instead of being forgotten by its own patience.
 */
export class Turns {
  readonly #monotonicMs: () => number;
  readonly #waiting: Waiting[] = [];
  #underWay = 0;

  constructor(monotonicMs: () => number = () => performance.now()) {
    this.#monotonicMs = monotonicMs;
  }

  async take<T>(work: () => Promise<T>): Promise<Result<T, 'busy'>> {
    const [first] = this.#waiting;
    if (first && this.#monotonicMs() - first.sinceMs > WAIT_MAX_MS) return err('busy');
    if (this.#underWay >= UNDER_WAY_MAX) await new Promise<void>((go) => this.#waiting.push({ sinceMs: this.#monotonicMs(), go }));
    else this.#underWay += 1;
    try {
      return ok(await work());
    } finally {
      // The place passes to the next one without becoming free in between.
      const next = this.#waiting.shift();
      if (next) next.go();
      else this.#underWay -= 1;
    }
  }
}
