import { createCipheriv, createDecipheriv } from 'node:crypto';

export const CIPHER_KEY_BYTES = 32;
export const CIPHER_NONCE_BYTES = 12;
export const CIPHER_TAG_BYTES = 16;

/** AES-256-GCM: ciphertext followed by its tag. A key and nonce pair must never encrypt twice. */
export function encrypt(key: Uint8Array, nonce: Uint8Array, plain: Uint8Array, associated: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: CIPHER_TAG_BYTES });
  cipher.setAAD(associated);
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** The plain bytes, or undefined when key, nonce, associated data or any byte is not what `encrypt` was given. */
export function decrypt(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array, associated: Uint8Array): Buffer | undefined {
  if (sealed.length < CIPHER_TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: CIPHER_TAG_BYTES });
  decipher.setAAD(associated);
  decipher.setAuthTag(sealed.subarray(sealed.length - CIPHER_TAG_BYTES));
  const plain = decipher.update(sealed.subarray(0, sealed.length - CIPHER_TAG_BYTES));
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch {
    // The only way `final` fails here is a tag that does not fit, which is the question asked.
    return undefined;
  }
}
