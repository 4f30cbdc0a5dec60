/**
 * The exact bytes of a device's chain (design.md 1):
 *   commit = HMAC-SHA-256(subjectKey, body)
 *   hash   = SHA-256(prev ‖ header ‖ commit)      prev of the first operation: 32 zero bytes
 * prev and commit have fixed lengths, so no other split of the same bytes exists. Only heads are signed.
 */
import { hash } from 'node:crypto';
import { assert } from '../../src-shared/lib/assert.ts';
import { canonicalJson } from '../../src-shared/lib/canonical-json.ts';
import type { DeviceId, OfficeId } from '../../src-shared/lib/ids.ts';
import type { SigningPrivateKey, SigningPublicKey } from './key-text.ts';
import { isSignatureValid, signBytes } from './keys.ts';

export const SUBJECT_KEY_BYTES = 16;
const HASH_BYTES = 32;

/** What precedes the first operation of a device. */
export const CHAIN_START: Readonly<Uint8Array> = new Uint8Array(HASH_BYTES);

/** The last operation of a device that its signature vouches for, and with it all before. */
export interface ChainHead {
  readonly office: OfficeId;
  readonly device: DeviceId;
  readonly seq: number;
  /** 32 bytes. */
  readonly hash: Uint8Array;
}

/** Keeps a head's signature from being taken for one of anything else that the key signs. */
const HEAD_PURPOSE = 'motcua-head-v1\n';

/** HMAC pads a key to the block of its hash and mixes it with these (RFC 2104). */
const HMAC_BLOCK_BYTES = 64;
const INNER_PAD = Buffer.alloc(HMAC_BLOCK_BYTES, 0x36);
const OUTER_PAD = Buffer.alloc(HMAC_BLOCK_BYTES, 0x5c);

/**
 * Binds a body without showing it: with the subject's key gone, the 32 bytes tell nothing about the body. HMAC as two hashes: Node's own makes an object
 * for each key, which takes several times as long as hashing a body, and each subject has its own key.
 */
export function commitOf(subjectKey: Uint8Array, body: Uint8Array): Buffer {
  assert(subjectKey.length === SUBJECT_KEY_BYTES, 'a subject key has 16 bytes');
  return hashPadded(subjectKey, OUTER_PAD, hashPadded(subjectKey, INNER_PAD, body));
}

function hashPadded(key: Uint8Array, pad: Uint8Array, message: Uint8Array): Buffer {
  const block = Buffer.allocUnsafe(HMAC_BLOCK_BYTES + message.length);
  block.set(pad);
  for (let index = 0; index < key.length; index += 1) block[index]! ^= key[index]!;
  block.set(message, HMAC_BLOCK_BYTES);
  return hash('sha256', block, 'buffer');
}

/** The link: this operation and, through `prev`, everything that the device wrote before it. */
export function hashOf(prev: Uint8Array, header: Uint8Array, commit: Uint8Array): Buffer {
  assert(prev.length === HASH_BYTES && commit.length === HASH_BYTES, 'prev and commit have 32 bytes');
  return hash('sha256', Buffer.concat([prev, header, commit]), 'buffer');
}

/** The bytes that a head's signature covers: purpose, then canonical JSON with the hash in lower-case hex. */
export function headBytes(head: ChainHead): Buffer {
  assert(Number.isSafeInteger(head.seq) && head.seq >= 1, 'a head has a sequence number from 1');
  assert(head.hash.length === HASH_BYTES, 'a head has a hash of 32 bytes');
  const { office, device, seq } = head;
  return Buffer.from(HEAD_PURPOSE + canonicalJson({ office, device, seq, hash: Buffer.from(head.hash).toString('hex') }), 'utf8');
}

/** Ed25519, as base64url text of 64 bytes. */
export function signHead(privateKey: SigningPrivateKey, head: ChainHead): string {
  return signBytes(privateKey, headBytes(head)).toString('base64url');
}

export function isHeadSignatureValid(publicKey: SigningPublicKey, head: ChainHead, signature: string): boolean {
  return isSignatureValid(publicKey, headBytes(head), Buffer.from(signature, 'base64url'));
}
