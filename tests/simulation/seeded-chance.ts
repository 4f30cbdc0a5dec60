/** Chance that a seed repeats: what a run chose can be chosen again. What the machine does in between stays its own. */
export interface Chance {
  /** 0 ≤ x < 1. */
  next(): number;
  /** A whole number, both ends included. */
  between(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
  isHit(probability: number): boolean;
}

/** A 32-bit counter through a multiply-and-shift mixer; plenty for choosing moments. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296;
  };
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next, between,
    pick: (list) => list[between(0, list.length - 1)]!,
    isHit: (probability) => next() < probability,
  };
}
