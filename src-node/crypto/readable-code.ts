import { randomInt } from 'node:crypto';

/** No 0 O 1 I L: it is read aloud over the telephone. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** Three groups of four letters and digits: 59 bits that nobody guesses within the days of a code. */
export function makeReadableCode(): string {
  return [0, 1, 2].map(() => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]!).join('')).join('-');
}
