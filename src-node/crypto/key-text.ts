/** Keys travel as base64url text of exactly 32 raw bytes; a key of one kind cannot be passed where another is meant. */
import { assert } from '../../src-shared/lib/assert.ts';

declare const brand: unique symbol;
type KeyText<Kind extends string> = string & { readonly [brand]: Kind };

/** Ed25519, of a device or an office. */
export type SigningPublicKey = KeyText<'SigningPublicKey'>;
export type SigningPrivateKey = KeyText<'SigningPrivateKey'>;
/** X25519, of an officer or of the recovery code. */
export type SealingPublicKey = KeyText<'SealingPublicKey'>;
export type SealingPrivateKey = KeyText<'SealingPrivateKey'>;

export const KEY_BYTES = 32;

const KEY_PATTERN = /^[A-Za-z0-9_-]{43}$/;

/** Whether text from outside can be a key: right alphabet, right length, one spelling only. */
export function isKeyText<Key extends KeyText<string>>(text: string): text is Key {
  return KEY_PATTERN.test(text) && Buffer.from(text, 'base64url').toString('base64url') === text;
}

export function bytesOfKey(text: string): Buffer {
  assert(isKeyText(text), 'a key is base64url text of 32 bytes');
  return Buffer.from(text, 'base64url');
}

export function keyOfBytes<Key extends KeyText<string>>(bytes: Uint8Array): Key {
  assert(bytes.length === KEY_BYTES, 'a key has 32 bytes');
  return Buffer.from(bytes).toString('base64url') as Key;
}
