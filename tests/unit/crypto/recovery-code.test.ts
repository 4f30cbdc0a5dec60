import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generateRecoveryCode, parseRecoveryCode, recoveryKeyPair } from '../../../src-node/crypto/recovery-code.ts';
import type { RecoveryCode } from '../../../src-node/crypto/recovery-code.ts';
import { ok } from '../../../src-shared/lib/result.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Pinned: a code printed years ago must still open. */
const PINNED = { code: 'NPGMN-HAYSY-3AM14-EDZWZ-FWE12-NVG21-TSGAN' as RecoveryCode, publicKey: 'X7bdaWFKLLTHmKlQ95FEm6yfcUgtkhsQ9TwN7qSBqjA' };

const codes = fc.constant(undefined).map(generateRecoveryCode);

/** Position of a character in a code, without the dashes: group 0 … 6, place 0 … 4. */
const places = fc.record({ group: fc.nat(6), place: fc.nat(4) });

function replaceAt(code: string, group: number, place: number, character: string): string {
  const position = group * 6 + place;
  return code.slice(0, position) + character + code.slice(position + 1);
}

describe('a recovery code', () => {
  test('has seven groups of five characters that cannot be mistaken for one another', () => {
    fc.assert(fc.property(codes, (code) => /^([0-9A-HJKMNP-TV-Z]{5}-){6}[0-9A-HJKMNP-TV-Z]{5}$/.test(code)));
  });

  test('gives the pinned key pair, on every machine and in every later version', () => {
    expect(parseRecoveryCode(PINNED.code)).toEqual(ok(PINNED.code));
    expect(recoveryKeyPair(PINNED.code).publicKey).toBe(PINNED.publicKey);
  });

  test('never comes twice and every one has its own key', () => {
    const keys = Array.from({ length: 200 }, () => recoveryKeyPair(generateRecoveryCode()).publicKey);
    expect(new Set(keys).size).toBe(200);
  });
});

describe('reading a typed code', () => {
  test('forgives case, spaces, missing or other dashes, O for 0 and I or L for 1', () => {
    const spellings: readonly ((code: string) => string)[] = [
      (code) => code.toLowerCase(),
      (code) => ` ${code.replaceAll('-', '  ')}\n`,
      (code) => code.replaceAll('-', ''),
      (code) => code.replaceAll('-', ' – '),
      (code) => code.replaceAll('0', 'O').replaceAll('1', 'I'),
      (code) => code.replaceAll('0', 'o').replaceAll('1', 'l'),
      (code) => code.split('').join(' '),
    ];
    fc.assert(
      fc.property(codes, fc.constantFrom(...spellings), (code, spelling) => {
        expect(parseRecoveryCode(spelling(code))).toEqual(ok(code));
      }),
    );
  });

  test('finds every single wrong character and names its group', () => {
    fc.assert(
      fc.property(codes, places, fc.constantFrom(...ALPHABET, 'U', 'Đ', '?'), (code, { group, place }, character) => {
        fc.pre(code[group * 6 + place] !== character);
        expect(parseRecoveryCode(replaceAt(code, group, place, character))).toEqual({
          ok: false,
          error: { code: 'recoveryCode.mistyped', groups: [group + 1] },
        });
      }),
      { numRuns: 2_000 },
    );
  });

  test('finds every swap of two characters in a group', () => {
    fc.assert(
      fc.property(codes, fc.nat(6), fc.nat(4), fc.nat(4), (code, group, left, right) => {
        const leftCharacter = code.charAt(group * 6 + left);
        const rightCharacter = code.charAt(group * 6 + right);
        fc.pre(leftCharacter !== rightCharacter);
        const swapped = replaceAt(replaceAt(code, group, left, rightCharacter), group, right, leftCharacter);
        expect(parseRecoveryCode(swapped)).toEqual({ ok: false, error: { code: 'recoveryCode.mistyped', groups: [group + 1] } });
      }),
      { numRuns: 1_000 },
    );
  });

  test('finds two groups typed in each other’s place', () => {
    fc.assert(
      fc.property(codes, fc.nat(6), fc.nat(6), (code, left, right) => {
        const groups = code.split('-');
        fc.pre(left !== right && groups[left] !== groups[right]);
        [groups[left], groups[right]] = [groups[right]!, groups[left]!];
        const answer = parseRecoveryCode(groups.join('-'));
        expect(answer.ok ? [] : answer.error.groups).toEqual([left + 1, right + 1].sort());
      }),
    );
  });

  test('says which group lacks a character', () => {
    const groups = generateRecoveryCode().split('-');
    groups[2] = groups[2]!.slice(1);
    expect(parseRecoveryCode(groups.join('-'))).toEqual({
      ok: false,
      error: { code: 'recoveryCode.wrongLength', found: 34, expected: 35, groups: [3] },
    });
    expect(parseRecoveryCode('')).toMatchObject({ ok: false, error: { code: 'recoveryCode.wrongLength', found: 0 } });
  });
});
