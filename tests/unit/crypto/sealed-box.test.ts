import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyOfBytes, isKeyText } from '../../../src-node/crypto/key-text.ts';
import type { SealingPublicKey } from '../../../src-node/crypto/key-text.ts';
import { generateSealingKeyPair, sealingKeyPairFrom } from '../../../src-node/crypto/keys.ts';
import { openSealed, sealToPublicKey } from '../../../src-node/crypto/sealed-box.ts';
import { ok } from '../../../src-shared/lib/result.ts';

const NOT_OPENED = { ok: false, error: { code: 'seal.notOpened' } };
const pair = generateSealingKeyPair();
const secrets = fc.uint8Array({ maxLength: 80 });

describe('sealed bytes', () => {
  test('open with the private key and the same associated data', () => {
    fc.assert(
      fc.property(secrets, fc.string({ unit: 'binary' }), (plain, associated) => {
        const text = associated.toWellFormed();
        expect(openSealed(pair.privateKey, sealToPublicKey(pair.publicKey, plain, text), text)).toEqual(ok(Buffer.from(plain)));
      }),
    );
  });

  test('open with no other key and for no other purpose', () => {
    fc.assert(
      fc.property(secrets, (plain) => {
        const sealed = sealToPublicKey(pair.publicKey, plain, 'recovery');
        expect(openSealed(generateSealingKeyPair().privateKey, sealed, 'recovery')).toEqual(NOT_OPENED);
        expect(openSealed(pair.privateKey, sealed, 'officer')).toEqual(NOT_OPENED);
      }),
      { numRuns: 30 },
    );
  });

  test('do not open when any bit is changed, cut or added', () => {
    const sealed = Buffer.from(sealToPublicKey(pair.publicKey, Buffer.alloc(32, 7), 'x'), 'base64url');
    fc.assert(
      fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
        const changed = Buffer.from(sealed);
        changed[bit >> 3]! ^= 1 << (bit & 7);
        expect(openSealed(pair.privateKey, changed.toString('base64url'), 'x')).toEqual(NOT_OPENED);
      }),
      { numRuns: 400 },
    );
    for (const length of [0, 1, 33, 48, sealed.length - 1]) {
      expect(openSealed(pair.privateKey, sealed.subarray(0, length).toString('base64url'), 'x')).toEqual(NOT_OPENED);
    }
    expect(openSealed(pair.privateKey, `${sealed.toString('base64url')}A`, 'x')).toEqual(NOT_OPENED);
    expect(openSealed(pair.privateKey, 'không phải base64', 'x')).toEqual(NOT_OPENED);
  });

  test('with a hostile ephemeral key of low order are refused, not computed with', () => {
    const hostile = Buffer.concat([Buffer.of(1), Buffer.alloc(32), Buffer.alloc(32)]).toString('base64url');
    expect(openSealed(pair.privateKey, hostile, 'x')).toEqual(NOT_OPENED);
    expect(() => sealToPublicKey(keyOfBytes<SealingPublicKey>(Buffer.alloc(32)), Buffer.of(1), 'x')).toThrow();
  });

  test('look different every time', () => {
    const texts = Array.from({ length: 50 }, () => sealToPublicKey(pair.publicKey, Buffer.alloc(32), 'x'));
    expect(new Set(texts).size).toBe(50);
  });
});

describe('key text', () => {
  test('is 43 characters of one spelling', () => {
    expect(isKeyText(pair.publicKey)).toBe(true);
    expect(isKeyText(`${pair.publicKey}A`)).toBe(false);
    expect(isKeyText(pair.publicKey.slice(1))).toBe(false);
    expect(isKeyText(`${'A'.repeat(42)}B`)).toBe(false);
    expect(isKeyText('A'.repeat(43))).toBe(true);
  });

  test('of a private X25519 key gives the public key that OpenSSL computes', () => {
    const publicKey = sealingKeyPairFrom(Uint8Array.from({ length: 32 }, (_, index) => index)).publicKey;
    expect(Buffer.from(publicKey, 'base64url').toString('hex')).toBe('8f40c5adb68f25624ae5b214ea767a6ec94d829d3d7b5e1ad1ba6f3e2138285f');
  });
});
