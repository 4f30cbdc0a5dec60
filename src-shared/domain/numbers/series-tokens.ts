import { RESERVES_PER_DESK } from './number-series.ts';

/**
 * Dividing the tokens (settled.md 10). Working tokens are digits first, reserves are letters; where the province's own
 * system issues digits for the same agency everything is letters. Above 6 desks tokens are two characters long.
 */
export type TokenAlphabet = 'digitsAndLetters' | 'lettersOnly';
/** Without I and O, which a clerk reads as 1 and 0. */
const LETTERS = [...'ABCDEFGHJKLMNPQRSTUVWXYZ'];
const DIGITS = [...'1234567890'];

export interface TokenGrant {
  readonly token: string;
  readonly reserves: readonly string[];
}

/** All tokens of one length, in the order in which they are given out. */
export function tokensInOrder(length: 1 | 2, alphabet: TokenAlphabet): { working: string[]; reserve: string[] } {
  const working = alphabet === 'lettersOnly' ? LETTERS.slice(0, 6) : DIGITS;
  const reserve = alphabet === 'lettersOnly' ? LETTERS.slice(6) : LETTERS;
  if (length === 1) return { working, reserve };
  const second = [...DIGITS, ...LETTERS];
  const pairs = (firsts: readonly string[]) => firsts.flatMap((first) => second.map((next) => first + next));
  return { working: pairs(working), reserve: pairs(reserve) };
}

/** The next desk's token and reserves out of what nobody holds; undefined when the pool cannot serve a desk any more. */
export function grantTokens(
  held: ReadonlySet<string>,
  length: 1 | 2,
  alphabet: TokenAlphabet,
  reserveCount = RESERVES_PER_DESK,
): TokenGrant | undefined {
  const { working, reserve } = tokensInOrder(length, alphabet);
  const free = (token: string) => !held.has(token);
  const token = working.find(free) ?? reserve.find(free);
  if (token === undefined) return undefined;
  const reserves = [...reserve, ...working].filter((other) => other !== token && free(other)).slice(0, reserveCount);
  return reserves.length === reserveCount ? { token, reserves } : undefined;
}
