import { createDecipheriv, createHmac, pbkdf2Sync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

/**
 * Every page of an encrypted database as it lies on the disk, decrypted without SQLite: pages in use, free pages, the dead
 * space inside pages and whatever still stands in the write-ahead log, which SQLite itself would never show.
 * Layout: https://www.zetetic.net/sqlcipher/design/ (page 4096 = content, 16 bytes of IV, 64 of HMAC-SHA-512; the salt in
 * the first 16 bytes of page 1) and https://www.sqlite.org/walformat.html (32 bytes, then frames of 24 + page).
 */
export interface DecryptedPage {
  /** `desk.db` or `desk.db-wal`. */
  readonly source: 'database' | 'wal';
  readonly number: number;
  readonly content: Buffer;
}

const PAGE_BYTES = 4096;
const SALT_BYTES = 16;
const IV_BYTES = 16;
const HMAC_BYTES = 64;
const CONTENT_BYTES = PAGE_BYTES - IV_BYTES - HMAC_BYTES;
const WAL_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;

/** Throws when a page's HMAC does not fit the key, so that a search in rubbish can never pass for "nothing found". */
export function decryptPages(databaseFile: string, key: Uint8Array): DecryptedPage[] {
  const database = readFileSync(databaseFile);
  const salt = database.subarray(0, SALT_BYTES);
  const hmacKey = pbkdf2Sync(key, salt.map((byte) => byte ^ 0x3a), 2, 32, 'sha512');
  const open = (page: Buffer, number: number) => openPage(page, number, { key, hmacKey });
  const pages: DecryptedPage[] = [];
  for (let number = 1; number * PAGE_BYTES <= database.length; number += 1) {
    pages.push({ source: 'database', number, content: open(database.subarray((number - 1) * PAGE_BYTES, number * PAGE_BYTES), number) });
  }
  const walFile = `${databaseFile}-wal`;
  const wal = existsSync(walFile) ? readFileSync(walFile) : Buffer.alloc(0);
  for (let at = WAL_HEADER_BYTES; at + FRAME_HEADER_BYTES + PAGE_BYTES <= wal.length; at += FRAME_HEADER_BYTES + PAGE_BYTES) {
    const number = wal.readUInt32BE(at);
    pages.push({ source: 'wal', number, content: open(wal.subarray(at + FRAME_HEADER_BYTES, at + FRAME_HEADER_BYTES + PAGE_BYTES), number) });
  }
  return pages;
}

function openPage(page: Buffer, number: number, keys: { readonly key: Uint8Array; readonly hmacKey: Buffer }): Buffer {
  // A file that grew at a checkpoint may have holes: pages that stand in the log alone.
  if (page.every((byte) => byte === 0)) return Buffer.alloc(CONTENT_BYTES);
  const start = number === 1 ? SALT_BYTES : 0;
  const numberBytes = Buffer.alloc(4);
  numberBytes.writeUInt32LE(number);
  const hmac = createHmac('sha512', keys.hmacKey).update(page.subarray(start, PAGE_BYTES - HMAC_BYTES)).update(numberBytes).digest();
  if (!hmac.equals(page.subarray(PAGE_BYTES - HMAC_BYTES))) throw new Error(`page ${number} does not fit the key`);
  const decipher = createDecipheriv('aes-256-cbc', keys.key, page.subarray(CONTENT_BYTES, CONTENT_BYTES + IV_BYTES)).setAutoPadding(false);
  return Buffer.concat([decipher.update(page.subarray(start, CONTENT_BYTES)), decipher.final()]);
}

/** The texts that stand somewhere in these bytes, in UTF-8 or UTF-16. A text may be cut by a page's end: search its parts too. */
export function textsFoundIn(bytes: readonly Buffer[], texts: readonly string[]): string[] {
  return texts.filter((text) => {
    const forms = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()];
    return bytes.some((one) => forms.some((form) => one.includes(form)));
  });
}
