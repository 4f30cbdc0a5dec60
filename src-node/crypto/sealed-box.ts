/**
 * Seals a few bytes so that only the holder of one X25519 private key opens them. Layout, as base64url text:
 * version 1 (1 byte) ‖ ephemeral public key (32) ‖ AES-256-GCM ciphertext ‖ tag (16).
 * Key and nonce = HKDF-SHA-256(X25519 secret, salt = ephemeral ‖ recipient, info = purpose); an ephemeral key is used
 * once, so its nonce never repeats.
 */
import { diffieHellman, hkdfSync } from 'node:crypto';
import { err, ok } from '../../src-shared/lib/result.ts';
import type { Result } from '../../src-shared/lib/result.ts';
import { CIPHER_KEY_BYTES, CIPHER_NONCE_BYTES, CIPHER_TAG_BYTES, decrypt, encrypt } from './authenticated-cipher.ts';
import { bytesOfKey, KEY_BYTES, keyOfBytes } from './key-text.ts';
import type { SealingPrivateKey, SealingPublicKey } from './key-text.ts';
import { generateSealingKeyPair, privateKeyObject, publicKeyObject, sealingKeyPairFrom } from './keys.ts';

/** Another private key, other associated data, or changed bytes; which of them cannot be told. */
export interface NotOpenedError {
  readonly code: 'seal.notOpened';
}

const VERSION = 1;
const PURPOSE = 'motcua-seal-v1';

/** `associated` says what the bytes are and for whom; opening needs the same text. Throws on a key of low order. */
export function sealToPublicKey(recipient: SealingPublicKey, plain: Uint8Array, associated: string): string {
  const ephemeral = generateSealingKeyPair();
  const secret = sharedSecret(ephemeral.privateKey, recipient);
  const { key, nonce } = keyAndNonce(secret, ephemeral.publicKey, recipient);
  const sealed = encrypt(key, nonce, plain, Buffer.from(associated, 'utf8'));
  return Buffer.concat([Buffer.of(VERSION), bytesOfKey(ephemeral.publicKey), sealed]).toString('base64url');
}

export function openSealed(privateKey: SealingPrivateKey, sealedText: string, associated: string): Result<Buffer, NotOpenedError> {
  const notOpened = err<NotOpenedError>({ code: 'seal.notOpened' });
  const bytes = Buffer.from(sealedText, 'base64url');
  if (bytes.toString('base64url') !== sealedText) return notOpened;
  if (bytes.length < 1 + KEY_BYTES + CIPHER_TAG_BYTES || bytes[0] !== VERSION) return notOpened;
  const ephemeral = keyOfBytes<SealingPublicKey>(bytes.subarray(1, 1 + KEY_BYTES));
  const recipient = sealingKeyPairFrom(bytesOfKey(privateKey)).publicKey;
  let secret: Buffer;
  try {
    secret = sharedSecret(privateKey, ephemeral);
  } catch {
    // OpenSSL refuses an ephemeral key of low order: such bytes were never made by `sealToPublicKey`.
    return notOpened;
  }
  const { key, nonce } = keyAndNonce(secret, ephemeral, recipient);
  const plain = decrypt(key, nonce, bytes.subarray(1 + KEY_BYTES), Buffer.from(associated, 'utf8'));
  return plain === undefined ? notOpened : ok(plain);
}

function sharedSecret(privateKey: SealingPrivateKey, publicKey: SealingPublicKey): Buffer {
  return diffieHellman({
    privateKey: privateKeyObject('x25519', privateKey),
    publicKey: publicKeyObject('x25519', publicKey),
  });
}

function keyAndNonce(secret: Buffer, ephemeral: SealingPublicKey, recipient: SealingPublicKey): { key: Buffer; nonce: Buffer } {
  const salt = Buffer.concat([bytesOfKey(ephemeral), bytesOfKey(recipient)]);
  const bytes = Buffer.from(hkdfSync('sha256', secret, salt, PURPOSE, CIPHER_KEY_BYTES + CIPHER_NONCE_BYTES));
  return { key: bytes.subarray(0, CIPHER_KEY_BYTES), nonce: bytes.subarray(CIPHER_KEY_BYTES) };
}
