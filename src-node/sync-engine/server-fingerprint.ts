import { createHash } from 'node:crypto';
import { bytesOfKey, isKeyText } from '../crypto/key-text.ts';

/** What two people compare aloud: the first 16 bytes of the key's SHA-256, in groups of four. Null for what is no key. */
export function serverFingerprint(publicKey: string): string | null {
  if (!isKeyText(publicKey)) return null;
  return createHash('sha256').update(bytesOfKey(publicKey)).digest('hex').slice(0, 32).toUpperCase().replace(/(.{4})(?=.)/g, '$1 ');
}
