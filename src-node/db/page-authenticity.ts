/**
 * SQLite answers both a wrong key and a destroyed first page with "not a database". A person must be told which: one
 * needs the recovery code, the other a backup. Every page of a SQLCipher 4 file carries its own HMAC
 * (https://www.zetetic.net/sqlcipher/design/), so a page that fits the key proves that the key is right.
 */
import { createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const PAGE_BYTES = 4096;
const SALT_BYTES = 16;
const HMAC_BYTES = 64;
/** SQLCipher derives the HMAC key from the raw key with this mask over the salt and two rounds. */
const HMAC_SALT_MASK = 0x3a;
const HMAC_ROUNDS = 2;
/** Enough to pass a stretch of destroyed pages; reading stays below a millisecond or two. */
const PAGES_EXAMINED_MAX = 64;

/**
 * Whether any page of the file was written with this raw key. Throws the operating system's error. Only for a file
 * that could not be opened: closing it here drops the locks that a connection of this process may hold on it (POSIX).
 */
export function isAnyPageAuthentic(file: string, key: Uint8Array): boolean {
  const descriptor = openSync(file, 'r');
  try {
    const pages = Math.floor(fstatSync(descriptor).size / PAGE_BYTES);
    const salt = readAt(descriptor, 0, SALT_BYTES);
    if (salt.length < SALT_BYTES) return false;
    const hmacKey = pbkdf2Sync(key, salt.map((byte) => byte ^ HMAC_SALT_MASK), HMAC_ROUNDS, 32, 'sha512');
    const stride = Math.max(1, Math.floor(pages / PAGES_EXAMINED_MAX));
    for (let number = 1; number <= pages; number += stride) {
      if (isPageAuthentic(readAt(descriptor, (number - 1) * PAGE_BYTES, PAGE_BYTES), number, hmacKey)) return true;
    }
    return false;
  } finally {
    closeSync(descriptor);
  }
}

function isPageAuthentic(page: Buffer, number: number, hmacKey: Buffer): boolean {
  if (page.length < PAGE_BYTES) return false;
  const numberBytes = Buffer.alloc(4);
  numberBytes.writeUInt32LE(number);
  const written = page.subarray(PAGE_BYTES - HMAC_BYTES);
  const covered = page.subarray(number === 1 ? SALT_BYTES : 0, PAGE_BYTES - HMAC_BYTES);
  return timingSafeEqual(written, createHmac('sha512', hmacKey).update(covered).update(numberBytes).digest());
}

function readAt(descriptor: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(descriptor, bytes, 0, length, position));
}
