import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { bytesOfKey, isKeyText, keyOfBytes } from './key-text.ts';
import type { SealingPrivateKey, SealingPublicKey, SigningPrivateKey, SigningPublicKey } from './key-text.ts';

export interface SigningKeyPair {
  readonly publicKey: SigningPublicKey;
  readonly privateKey: SigningPrivateKey;
}

export interface SealingKeyPair {
  readonly publicKey: SealingPublicKey;
  readonly privateKey: SealingPrivateKey;
}

type Curve = 'ed25519' | 'x25519';

/** RFC 8410: the fixed bytes before the 32 of the key, `spki` for public and `pkcs8` for private keys. */
const DER_PREFIX: Readonly<Record<Curve, { readonly spki: Buffer; readonly pkcs8: Buffer }>> = {
  ed25519: {
    spki: Buffer.from('302a300506032b6570032100', 'hex'),
    pkcs8: Buffer.from('302e020100300506032b657004220420', 'hex'),
  },
  x25519: {
    spki: Buffer.from('302a300506032b656e032100', 'hex'),
    pkcs8: Buffer.from('302e020100300506032b656e04220420', 'hex'),
  },
};

/** The only source of randomness for keys, nonces and ids of this program. */
export function randomKeyBytes(length: number): Buffer {
  return randomBytes(length);
}

/** A new Ed25519 pair, for a device or an office. */
export function generateSigningKeyPair(): SigningKeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { publicKey: keyOfBytes(rawPublic(publicKey)), privateKey: keyOfBytes(rawPrivate(privateKey)) };
}

/** A new X25519 pair, for an officer. */
export function generateSealingKeyPair(): SealingKeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  return { publicKey: keyOfBytes(rawPublic(publicKey)), privateKey: keyOfBytes(rawPrivate(privateKey)) };
}

/** The X25519 pair that these 32 bytes stand for; the same bytes give the same pair on every machine. */
export function sealingKeyPairFrom(privateBytes: Uint8Array): SealingKeyPair {
  const privateKey = keyOfBytes<SealingPrivateKey>(privateBytes);
  return { privateKey, publicKey: keyOfBytes(rawPublic(createPublicKey(privateKeyObject('x25519', privateKey)))) };
}

/** The public half of an Ed25519 pair. */
export function publicKeyOf(privateKey: SigningPrivateKey): SigningPublicKey {
  return keyOfBytes(rawPublic(createPublicKey(privateKeyObject('ed25519', privateKey))));
}

/** The 64 bytes of an Ed25519 signature. What is signed must begin with its purpose (see chain.ts). */
export function signBytes(privateKey: SigningPrivateKey, bytes: Uint8Array): Buffer {
  return sign(null, bytes, privateKeyObject('ed25519', privateKey));
}

/** The same for a text, as base64url. */
export function signText(privateKey: SigningPrivateKey, text: string): string {
  return signBytes(privateKey, Buffer.from(text, 'utf8')).toString('base64url');
}

/** Whether the key's holder signed the text. False too for what is no key or no signature: both come from outside. */
export function isTextSigned(publicKey: string, text: string, signature: string): boolean {
  return isKeyText<SigningPublicKey>(publicKey) && isSignatureValid(publicKey, Buffer.from(text, 'utf8'), Buffer.from(signature, 'base64url'));
}

export function isSignatureValid(publicKey: SigningPublicKey, bytes: Uint8Array, signature: Uint8Array): boolean {
  return verify(null, bytes, publicKeyObject('ed25519', publicKey), signature);
}

export function publicKeyObject(curve: Curve, key: SigningPublicKey | SealingPublicKey): KeyObject {
  return createPublicKey({ key: Buffer.concat([DER_PREFIX[curve].spki, bytesOfKey(key)]), format: 'der', type: 'spki' });
}

export function privateKeyObject(curve: Curve, key: SigningPrivateKey | SealingPrivateKey): KeyObject {
  const der = Buffer.concat([DER_PREFIX[curve].pkcs8, bytesOfKey(key)]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

function rawPublic(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' }).subarray(-32);
}

function rawPrivate(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'pkcs8' }).subarray(-32);
}
