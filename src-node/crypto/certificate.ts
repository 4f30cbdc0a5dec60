/**
 * A certificate of an Ed25519 key, signed by that very key: all that TLS needs where both ends know each other's key. It says nothing
 * else, so it is written out here instead of by a library, and nobody may believe a word of it but the key (docs/decisions/0027).
 */
import type { TLSSocket } from 'node:tls';
import { bytesOfKey, keyOfBytes, type SigningPrivateKey, type SigningPublicKey } from './key-text.ts';
import { privateKeyObject, publicKeyObject, publicKeyOf, signBytes } from './keys.ts';

/** What `tls` takes as `key` and `cert`. */
export interface KeyCertificate {
  readonly key: string;
  readonly cert: string;
}

/** The same key gives the same certificate in every process, so none is kept. */
export function certificateOf(privateKey: SigningPrivateKey): KeyCertificate {
  const publicKey = publicKeyOf(privateKey);
  const spki = publicKeyObject('ed25519', publicKey).export({ format: 'der', type: 'spki' });
  const body = der(SEQUENCE, VERSION_3, der(INTEGER, serialOf(publicKey)), ED25519, NAME, VALIDITY, NAME, spki);
  const signature = der(BIT_STRING, Buffer.of(0), signBytes(privateKey, body));
  const lines = der(SEQUENCE, body, ED25519, signature).toString('base64').replace(/(.{64})(?=.)/g, '$1\n');
  return { key: String(privateKeyObject('ed25519', privateKey).export({ format: 'pem', type: 'pkcs8' })), cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n` };
}

/**
 * The Ed25519 key whose holder stands at the other end of a TLS connection, also of a resumed one; null where no certificate was
 * shown or it is of another kind of key.
 */
export function peerKeyOf(socket: TLSSocket): SigningPublicKey | null {
  const key = socket.getPeerX509Certificate()?.publicKey;
  return key?.asymmetricKeyType === 'ed25519' ? keyOfBytes(key.export({ format: 'der', type: 'spki' }).subarray(-32)) : null;
}

const [SEQUENCE, SET, INTEGER, BIT_STRING, OBJECT_ID, UTF8_STRING, UTC_TIME, GENERALIZED_TIME, EXPLICIT_0] = [0x30, 0x31, 0x02, 0x03, 0x06, 0x0c, 0x17, 0x18, 0xa0];

/** Of less than 65,536 bytes. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...head), content]);
}

const VERSION_3 = der(EXPLICIT_0, der(INTEGER, Buffer.of(2)));
/** 1.3.101.112 (RFC 8410). */
const ED25519 = der(SEQUENCE, der(OBJECT_ID, Buffer.of(0x2b, 0x65, 0x70)));
const NAME = der(SEQUENCE, der(SET, der(SEQUENCE, der(OBJECT_ID, Buffer.of(0x55, 0x04, 0x03)), der(UTF8_STRING, Buffer.from('motcua')))));
/** A desk with a wrong clock still connects (rule 6): it has no end that anybody meant (RFC 5280, 4.1.2.5). */
const VALIDITY = der(SEQUENCE, der(UTC_TIME, Buffer.from('700101000000Z')), der(GENERALIZED_TIME, Buffer.from('99991231235959Z')));

/** Positive, and another one for another key. */
function serialOf(publicKey: SigningPublicKey): Buffer {
  return Buffer.concat([Buffer.of(1), bytesOfKey(publicKey).subarray(0, 15)]);
}
