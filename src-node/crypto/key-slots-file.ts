/**
 * `keys.json` beside the database and its second copy `keys.backup.json`. In clear text they show officers' ids and
 * display names, the lock-out counters, and public keys; every secret in them is wrapped or sealed.
 */
import { hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { err, ok } from '../../src-shared/lib/result.ts';
import type { Result } from '../../src-shared/lib/result.ts';
import { canonicalJson } from '../../src-shared/lib/canonical-json.ts';
import type { OfficerId } from '../../src-shared/lib/ids.ts';
import { storageError, storageErrorOf } from '../db/storage-error.ts';
import type { StorageError } from '../db/storage-error.ts';
import { replaceFileDurably } from '../files/durable-file.ts';
import { isKeyText } from './key-text.ts';
import type { SealingPublicKey } from './key-text.ts';
import type { WrappedSecret } from './password-wrap.ts';
import type { WrongTries } from './sign-in-lockout.ts';

export interface OfficerSlot {
  readonly id: OfficerId;
  readonly displayName: string;
  readonly publicKey: SealingPublicKey;
  readonly wrappedPrivateKey: WrappedSecret;
  readonly sealedDatabaseKey: string;
  readonly wrongTries: WrongTries;
}

export interface RecoverySlot {
  readonly publicKey: SealingPublicKey;
  readonly sealedDatabaseKey: string;
}

export interface KeySlotsContent {
  readonly officers: readonly OfficerSlot[];
  readonly recovery: RecoverySlot;
}

/** What was found at reading. An error here was survived; it is for the log and the administrator's screen. */
export interface KeySlotsHealth {
  readonly readFrom: 'keys.json' | 'keys.backup.json';
  /** Why `keys.json` could not be used. */
  readonly mainError?: StorageError;
  /** Why the second copy could not have been used. */
  readonly backupError?: StorageError;
  /** Why the bad one of the two could not be made anew from the good one. */
  readonly repairError?: StorageError;
}

/** Format 1: first one. */
const FORMAT = 1;
const MAIN = 'keys.json';
const BACKUP = 'keys.backup.json';
const FILE_BYTES_MAX = 4 * 1024 * 1024;

const count = z.number().int().min(0);
const publicKey = z.string().refine(isKeyText<SealingPublicKey>);
const schema = z.strictObject({
  officers: z.array(
    z.strictObject({
      id: z.string().min(1).transform((id) => id as OfficerId),
      displayName: z.string(),
      publicKey,
      wrappedPrivateKey: z.strictObject({
        algorithm: z.literal('argon2id-aes256gcm'),
        memoryKib: count,
        passes: count,
        lanes: count,
        salt: z.string(),
        nonce: z.string(),
        sealed: z.string(),
      }),
      sealedDatabaseKey: z.string(),
      wrongTries: z.strictObject({ count, lockedForMs: count, lockedSinceMs: z.number().int() }),
    }),
  ),
  recovery: z.strictObject({ publicKey, sealedDatabaseKey: z.string() }),
});
const envelope = z.looseObject({ format: z.number().int(), checksum: z.string(), content: z.unknown() });

export function keySlotsExist(folder: string): boolean {
  return existsSync(path.join(folder, MAIN)) || existsSync(path.join(folder, BACKUP));
}

/** Writes the main file, then the second copy; at every moment at least one of them is whole. */
export function writeKeySlots(folder: string, content: KeySlotsContent): Result<undefined, StorageError> {
  const text = `${canonicalJson({ format: FORMAT, checksum: checksumOf(content), content })}\n`;
  try {
    replaceFileDurably(path.join(folder, MAIN), text);
    replaceFileDurably(path.join(folder, BACKUP), text);
    return ok(undefined);
  } catch (error) {
    const storage = storageErrorOf(error);
    if (storage === undefined) throw error;
    return err(storage);
  }
}

/** Reads the main file, or the second copy when that is damaged or missing, and makes the bad one anew. */
export function readKeySlots(folder: string): Result<{ content: KeySlotsContent; health: KeySlotsHealth }, StorageError> {
  const main = readOne(path.join(folder, MAIN));
  if (!main.ok && main.error.code === 'storage.newer') return main;
  const backup = readOne(path.join(folder, BACKUP));
  if (main.ok && backup.ok) {
    // A crash between the two writes leaves an older second copy, which is no fault; it is only brought up to date.
    const repairError = canonicalJson(main.value) === canonicalJson(backup.value) ? {} : repair(folder, main.value);
    return ok({ content: main.value, health: { readFrom: MAIN, ...repairError } });
  }
  if (main.ok && !backup.ok) {
    return ok({ content: main.value, health: { readFrom: MAIN, backupError: backup.error, ...repair(folder, main.value) } });
  }
  if (!main.ok && backup.ok) {
    return ok({ content: backup.value, health: { readFrom: BACKUP, mainError: main.error, ...repair(folder, backup.value) } });
  }
  const isOnlyMissing = !main.ok && main.error.code === 'storage.missing';
  return isOnlyMissing && !backup.ok ? backup : (main as Result<never, StorageError>);
}

function repair(folder: string, content: KeySlotsContent): { readonly repairError?: StorageError } {
  const written = writeKeySlots(folder, content);
  return written.ok ? {} : { repairError: written.error };
}

function readOne(file: string): Result<KeySlotsContent, StorageError> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file).subarray(0, FILE_BYTES_MAX));
  } catch (error) {
    const storage = storageErrorOf(error);
    return err(storage ?? storageError('storage.damaged', 'not UTF-8'));
  }
  const outer = envelope.safeParse(jsonOf(text));
  if (!outer.success) return err(storageError('storage.damaged', 'not a key-slot file'));
  if (outer.data.format > FORMAT) return err(storageError('storage.newer', `key slots of format ${outer.data.format}`));
  const inner = schema.safeParse(outer.data.content);
  if (!inner.success) return err(storageError('storage.damaged', 'key slots of another shape'));
  const isWhole = checksumOf(inner.data) === outer.data.checksum;
  return isWhole ? ok(inner.data) : err(storageError('storage.damaged', 'checksum'));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is one of the ways to be damaged; the caller's shape check answers for all of them.
    return undefined;
  }
}

function checksumOf(content: KeySlotsContent): string {
  return hash('sha256', canonicalJson(content), 'hex');
}
