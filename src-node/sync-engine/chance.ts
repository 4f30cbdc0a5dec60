/** Between half of it and the whole. */
export function jittered(ms: number, value: number): number {
  return Math.ceil(ms / 2 + (ms / 2) * value);
}

/** Mulberry32: the next number in [0, 1) and the dice after it. */
export function throwDice(chance: number): { readonly value: number; readonly chance: number } {
  const next = (chance + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(next ^ (next >>> 15), next | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return { value: ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296, chance: next };
}
