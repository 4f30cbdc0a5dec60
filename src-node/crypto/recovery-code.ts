/**
 * The code printed at set-up for the office's safe. Seven groups of five characters, each four random ones and one
 * that checks them, e.g. `7K3PN-…`: 28 × 5 = 140 random bits. The alphabet is Crockford's base 32 (no I, L, O, U), so
 * that what a person reads off paper is forgiven: case, spaces, O for 0, I or L for 1.
 */
import { createHash, hkdfSync } from 'node:crypto';
import { err, ok } from '../../src-shared/lib/result.ts';
import type { Result } from '../../src-shared/lib/result.ts';
import { assert } from '../../src-shared/lib/assert.ts';
import { KEY_BYTES } from './key-text.ts';
import { randomKeyBytes, sealingKeyPairFrom } from './keys.ts';
import type { SealingKeyPair } from './keys.ts';

declare const brand: unique symbol;
/** A checked code in its printed form. */
export type RecoveryCode = string & { readonly [brand]: 'RecoveryCode' };

export type RecoveryCodeError =
  /** Groups (1 … 7) that hold a wrong character; the others are right. */
  | { readonly code: 'recoveryCode.mistyped'; readonly groups: readonly number[] }
  /** Too few or too many characters; `groups` names those that lack or exceed five, when the typing shows groups. */
  | { readonly code: 'recoveryCode.wrongLength'; readonly found: number; readonly expected: number; readonly groups: readonly number[] };

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUPS = 7;
const DATA_PER_GROUP = 4;
const GROUP_LENGTH = DATA_PER_GROUP + 1;
const CODE_LENGTH = GROUPS * GROUP_LENGTH;
const PURPOSE = 'motcua-recovery-x25519-v1';
const SHEET_PURPOSE = 'motcua-recovery-sheet-v1';
const SHEET_NUMBER_LENGTH = 4;

export function generateRecoveryCode(): RecoveryCode {
  // 256 is a multiple of 32, so the low five bits of a random byte are uniform.
  const symbols = [...randomKeyBytes(GROUPS * DATA_PER_GROUP)].map((byte) => byte & 31);
  return printed(symbols);
}

/** Reads what a person typed from the paper and says which groups to look at again. */
export function parseRecoveryCode(typed: string): Result<RecoveryCode, RecoveryCodeError> {
  const pieces = typed.normalize('NFKC').toUpperCase().split(/[\s\p{Pd}.,_:;/|]+/u).filter((piece) => piece !== '');
  const characters = [...pieces.join('')].map(forgiven);
  if (characters.length !== CODE_LENGTH) {
    const odd = pieces.map((piece, index) => (piece.length === GROUP_LENGTH ? 0 : index + 1)).filter((group) => group > 0);
    const groups = pieces.length === GROUPS ? odd : [];
    return err({ code: 'recoveryCode.wrongLength', found: characters.length, expected: CODE_LENGTH, groups });
  }
  const wrongGroups: number[] = [];
  const data: number[] = [];
  for (let group = 0; group < GROUPS; group++) {
    const symbols = characters.slice(group * GROUP_LENGTH, (group + 1) * GROUP_LENGTH).map((one) => ALPHABET.indexOf(one));
    const groupData = symbols.slice(0, DATA_PER_GROUP);
    const isRight = !symbols.includes(-1) && symbols[DATA_PER_GROUP] === checkSymbol(groupData, group);
    if (isRight) data.push(...groupData);
    else wrongGroups.push(group + 1);
  }
  return wrongGroups.length > 0 ? err({ code: 'recoveryCode.mistyped', groups: wrongGroups }) : ok(printed(data));
}

/** The pair whose public half every desk seals its database key to. The same code gives the same pair everywhere. */
export function recoveryKeyPair(code: RecoveryCode): SealingKeyPair {
  // 140 random bits need no slow derivation. Check characters follow from the rest and add nothing.
  const derived = hkdfSync('sha256', Buffer.from(code, 'ascii'), Buffer.alloc(0), PURPOSE, KEY_BYTES);
  return sealingKeyPairFrom(new Uint8Array(derived));
}

/**
 * Four characters that tell one printed sheet from another. Made from the public key, which `keys.json` shows anyway, so
 * they give nothing of the code away.
 */
export function recoverySheetNumber(publicKey: string): string {
  const digest = createHash('sha256').update(`${SHEET_PURPOSE}|${publicKey}`).digest();
  return [...digest.subarray(0, SHEET_NUMBER_LENGTH)].map((byte) => ALPHABET.charAt(byte & 31)).join('');
}

function forgiven(character: string): string {
  if (character === 'O') return '0';
  return character === 'I' || character === 'L' ? '1' : character;
}

function printed(data: readonly number[]): RecoveryCode {
  assert(data.length === GROUPS * DATA_PER_GROUP, 'a recovery code has 28 data characters');
  const groups: string[] = [];
  for (let group = 0; group < GROUPS; group++) {
    const symbols = data.slice(group * DATA_PER_GROUP, (group + 1) * DATA_PER_GROUP);
    groups.push([...symbols, checkSymbol(symbols, group)].map((symbol) => ALPHABET.charAt(symbol)).join(''));
  }
  return groups.join('-') as RecoveryCode;
}

/**
 * A weighted sum over the field of 32 elements. Distinct weights that are not zero find every single wrong character
 * and every swap of two in a group; starting from the group's number finds swapped groups.
 */
function checkSymbol(data: readonly number[], group: number): number {
  return data.reduce((sum, symbol, index) => sum ^ multiply(symbol, index + 2), group + 1);
}

/** Product in GF(2^5) modulo x^5 + x^2 + 1. */
function multiply(left: number, right: number): number {
  let product = 0;
  for (let bit = 0; bit < 5; bit++) {
    if ((right >> bit) & 1) product ^= left << bit;
  }
  for (let bit = 8; bit >= 5; bit--) {
    if ((product >> bit) & 1) product ^= 0b100101 << (bit - 5);
  }
  return product;
}
