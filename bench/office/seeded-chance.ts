/** A seeded source of chance: the same seed makes the same office and asks the same questions. */
export interface Chance {
  /** A whole number from 0 to below `end`. */
  below(end: number): number;
  pick<T>(choices: readonly T[]): T;
  isHit(probability: number): boolean;
  digits(count: number): string;
  /** A random UUID's form (version 4). */
  uuid(): string;
}

export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  // mulberry32: 32 bits of state, of even quality in all of them.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (end: number) => Math.floor((next() / 4_294_967_296) * end);
  const hex = () => next().toString(16).padStart(8, '0');
  return {
    below,
    pick: (choices) => choices[below(choices.length)]!,
    isHit: (probability) => next() < probability * 4_294_967_296,
    digits: (count) => Array.from({ length: count }, () => below(10)).join(''),
    uuid: () => {
      const text = hex() + hex() + hex() + hex();
      return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-a${text.slice(17, 20)}-${text.slice(20)}`;
    },
  };
}
