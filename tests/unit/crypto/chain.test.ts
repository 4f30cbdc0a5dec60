import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { CHAIN_START, commitOf, hashOf, headBytes, isHeadSignatureValid, signHead } from '../../../src-node/crypto/chain.ts';
import type { ChainHead } from '../../../src-node/crypto/chain.ts';
import { generateSigningKeyPair, isSignatureValid, signBytes } from '../../../src-node/crypto/keys.ts';
import type { SigningPrivateKey, SigningPublicKey } from '../../../src-node/crypto/key-text.ts';
import type { DeviceId, OfficeId } from '../../../src-shared/lib/ids.ts';

const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Written down from other programs (Python's hmac and hashlib, OpenSSL's Ed25519), so that no desk ever computes otherwise. */
const VECTOR = {
  subjectKey: Uint8Array.from({ length: 16 }, (_, index) => index),
  body: utf8('{"owner":"Đặng Thị Hương","papers":2}'),
  commit: '840ad9b0f0a12749ad06fb3fa047a39b37c73ddcca2063d505aac689eb5977d4',
  header1: utf8('{"device":"d1","seq":1}'),
  hash1: '88c8dd06594d4a3730526726b7fbba286128b2ffc4e1b34efc2ea821e985ec57',
  header2: utf8('{"device":"d1","seq":2}'),
  hash2: '2bed224379938c71489260512dc4127acf439181e7db9bf93354e25fc49d9aee',
  privateKey: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8' as SigningPrivateKey,
  publicKey: 'A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg' as SigningPublicKey,
  signature: 'd2lSqmmpc_lzwoWyNJBiNwcvPABiJCd6NFU2ApuqNarYugOausF9ZlbSfbqaaEtqrUeNXw-1Jb9XoVjue8EFBA',
};

const head: ChainHead = { office: 'o1' as OfficeId, device: 'd1' as DeviceId, seq: 1, hash: Buffer.from(VECTOR.hash1, 'hex') };

describe('the chain', () => {
  test('commits to a body with the bytes of the test vector', () => {
    expect(hex(commitOf(VECTOR.subjectKey, VECTOR.body))).toBe(VECTOR.commit);
  });

  test('commits as Node\'s own HMAC does, whatever the length of the body', () => {
    for (const length of [0, 1, 63, 64, 65, 500, 100_000]) {
      const [key, body] = [randomBytes(16), randomBytes(length)];
      expect(hex(commitOf(key, body)), String(length)).toBe(createHmac('sha256', key).update(body).digest('hex'));
    }
  });

  test('links an operation to the one before it with the bytes of the test vector', () => {
    const commit = Buffer.from(VECTOR.commit, 'hex');
    const first = hashOf(CHAIN_START, VECTOR.header1, commit);
    expect(hex(first)).toBe(VECTOR.hash1);
    expect(hex(hashOf(first, VECTOR.header2, commit))).toBe(VECTOR.hash2);
  });

  test('refuses keys and hashes of another length', () => {
    expect(() => commitOf(new Uint8Array(15), VECTOR.body)).toThrow('16 bytes');
    expect(() => hashOf(new Uint8Array(31), VECTOR.header1, new Uint8Array(32))).toThrow('32 bytes');
  });
});

describe('a signed head', () => {
  test('has the bytes and the signature of the test vector', () => {
    expect(headBytes(head).toString('utf8')).toBe(`motcua-head-v1\n{"device":"d1","hash":"${VECTOR.hash1}","office":"o1","seq":1}`);
    expect(signHead(VECTOR.privateKey, head)).toBe(VECTOR.signature);
    expect(isHeadSignatureValid(VECTOR.publicKey, head, VECTOR.signature)).toBe(true);
  });

  test.each<[string, Partial<ChainHead>]>([
    ['office', { office: 'o2' as OfficeId }],
    ['device', { device: 'd2' as DeviceId }],
    ['sequence number', { seq: 2 }],
    ['hash', { hash: new Uint8Array(32) }],
  ])('does not vouch for another %s', (_, change) => {
    expect(isHeadSignatureValid(VECTOR.publicKey, { ...head, ...change }, VECTOR.signature)).toBe(false);
  });

  test('of another device or of no length is not valid', () => {
    expect(isHeadSignatureValid(VECTOR.publicKey, head, signHead(generateSigningKeyPair().privateKey, head))).toBe(false);
    expect(isHeadSignatureValid(VECTOR.publicKey, head, '')).toBe(false);
    expect(isHeadSignatureValid(VECTOR.publicKey, head, VECTOR.signature.slice(0, 40))).toBe(false);
  });

  test('cannot be made from a signature of the same content for another purpose', () => {
    const withoutPurpose = headBytes(head).subarray('motcua-head-v1\n'.length);
    const signature = signBytes(VECTOR.privateKey, withoutPurpose);
    expect(isSignatureValid(VECTOR.publicKey, withoutPurpose, signature)).toBe(true);
    expect(isHeadSignatureValid(VECTOR.publicKey, head, signature.toString('base64url'))).toBe(false);
  });
});
