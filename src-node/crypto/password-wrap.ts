/** A secret wrapped by a password: Argon2id makes the key, AES-256-GCM wraps. The parameters travel with the result. */
import { argon2 } from 'node:crypto';
import { err, ok } from '../../src-shared/lib/result.ts';
import type { Result } from '../../src-shared/lib/result.ts';
import { assert } from '../../src-shared/lib/assert.ts';
import { CIPHER_KEY_BYTES, CIPHER_NONCE_BYTES, decrypt, encrypt } from './authenticated-cipher.ts';
import { randomKeyBytes } from './keys.ts';

export interface PasswordParameters {
  readonly memoryKib: number;
  readonly passes: number;
  readonly lanes: number;
}

/** Safe to store and to send: without the password it opens only by guessing. All bytes are base64url text. */
export interface WrappedSecret extends PasswordParameters {
  readonly algorithm: 'argon2id-aes256gcm';
  readonly salt: string;
  readonly nonce: string;
  readonly sealed: string;
}

export type UnwrapError =
  /** Wrong password or other associated data; GCM cannot tell them apart. */
  | { readonly code: 'wrap.notOpened' }
  /** Parameters outside what this program is willing to compute: damaged or hostile input. */
  | { readonly code: 'wrap.unreasonable' };

/** 64 MiB and 3 passes took 0.26 s on the measured machine (proofs.md 3b). */
export const DEFAULT_PASSWORD_PARAMETERS: PasswordParameters = { memoryKib: 64 * 1024, passes: 3, lanes: 1 };

const SALT_BYTES = 16;
/** Bounds for parameters that come from a file or another desk: more would stall or exhaust an office PC. */
const PARAMETERS_MAX: PasswordParameters = { memoryKib: 512 * 1024, passes: 20, lanes: 16 };
const MEMORY_KIB_PER_LANE_MIN = 8;

/** `associated` says what the secret is and whose; unwrapping needs the same text. */
export async function wrapByPassword(
  secret: Uint8Array,
  password: string,
  associated: string,
  parameters: PasswordParameters = DEFAULT_PASSWORD_PARAMETERS,
): Promise<WrappedSecret> {
  assert(areReasonable(parameters), 'Argon2id parameters outside the bounds of this program');
  const salt = randomKeyBytes(SALT_BYTES);
  const nonce = randomKeyBytes(CIPHER_NONCE_BYTES);
  const key = await deriveKey(password, salt, parameters);
  const sealed = encrypt(key, nonce, secret, Buffer.from(associated, 'utf8'));
  key.fill(0);
  return {
    algorithm: 'argon2id-aes256gcm',
    memoryKib: parameters.memoryKib,
    passes: parameters.passes,
    lanes: parameters.lanes,
    salt: salt.toString('base64url'),
    nonce: nonce.toString('base64url'),
    sealed: sealed.toString('base64url'),
  };
}

export async function unwrapByPassword(wrapped: WrappedSecret, password: string, associated: string): Promise<Result<Buffer, UnwrapError>> {
  const salt = Buffer.from(wrapped.salt, 'base64url');
  const nonce = Buffer.from(wrapped.nonce, 'base64url');
  if (!areReasonable(wrapped) || salt.length !== SALT_BYTES || nonce.length !== CIPHER_NONCE_BYTES) {
    return err({ code: 'wrap.unreasonable' });
  }
  const key = await deriveKey(password, salt, wrapped);
  const secret = decrypt(key, nonce, Buffer.from(wrapped.sealed, 'base64url'), Buffer.from(associated, 'utf8'));
  key.fill(0);
  return secret === undefined ? err({ code: 'wrap.notOpened' }) : ok(secret);
}

function areReasonable(parameters: PasswordParameters): boolean {
  const { memoryKib, passes, lanes } = parameters;
  if (![memoryKib, passes, lanes].every((value) => Number.isInteger(value) && value >= 1)) return false;
  if (memoryKib < MEMORY_KIB_PER_LANE_MIN * lanes) return false;
  return memoryKib <= PARAMETERS_MAX.memoryKib && passes <= PARAMETERS_MAX.passes && lanes <= PARAMETERS_MAX.lanes;
}

/** The derivation under way; the next waits for it, since each holds its whole memory (4 at once: 256 MiB). */
let lastDerivation: Promise<unknown> = Promise.resolve();

function deriveKey(password: string, salt: Buffer, parameters: PasswordParameters): Promise<Buffer> {
  const derivation = lastDerivation.then(() => argon2id(password, salt, parameters));
  lastDerivation = derivation.catch(() => undefined);
  return derivation;
}

function argon2id(password: string, salt: Buffer, parameters: PasswordParameters): Promise<Buffer> {
  // Vietnamese keyboards differ in whether they send composed letters; the same password must open on all of them.
  const message = Buffer.from(password.normalize('NFC'), 'utf8');
  const options = {
    message,
    nonce: salt,
    memory: parameters.memoryKib,
    passes: parameters.passes,
    parallelism: parameters.lanes,
    tagLength: CIPHER_KEY_BYTES,
  };
  return new Promise((resolve, reject) => {
    argon2('argon2id', options, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}
