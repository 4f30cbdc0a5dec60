import { existsSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { err, ok, type Result } from '../../../src-shared/lib/result.ts';
import { lockFolder } from '../../../src-node/db/lock-folder.ts';
import { storageErrorOf, type StorageError } from '../../../src-node/db/storage-error.ts';
import { replaceFileDurably, syncFolder } from '../../../src-node/files/durable-file.ts';
import { dataFolder, isSetUp } from '../desk/data-folder.ts';

/** Stands in a folder that holds a practice office, readable before anybody signs in: the database is not. */
const MARKER = 'practice-office';
/** What may lie in a folder where no office was set up yet: a start that went no further, and the system's own files. */
const HARMLESS = new Set(['desk.lock', `${MARKER}.new`, '.DS_Store', 'desktop.ini', 'Thumbs.db']);

type PracticeFault = StorageError | { readonly code: 'desk.alreadyOpen' } | { readonly code: 'demo.realFolder' };

/**
 * Makes a practice office in the folder unless one is there. It grows in a folder beside and moves in when it is whole, so
 * a start that is cut off leaves nothing but that folder, which the next one makes anew. A folder that holds anything else
 * is refused: an office's own work never lies under sample accounts.
 */
export async function preparePracticeFolder<Fault>(dir: string, make: (dir: string) => Promise<Result<undefined, Fault>>): Promise<Result<undefined, Fault | PracticeFault>> {
  if (isSetUp(dataFolder(dir))) return existsSync(path.join(dir, MARKER)) ? ok(undefined) : err({ code: 'demo.realFolder' });
  if (!isEmpty(dir)) return err({ code: 'demo.realFolder' });
  const making = `${dir}.making`;
  const cleared = answering(() => clear(making));
  if (!cleared.ok) return cleared;
  const made = await make(making);
  return made.ok ? answering(() => moveIn(making, dir)) : made;
}

/** Only what an earlier start was making: that folder's marker says so from its first moment. */
function clear(making: string): Result<undefined, PracticeFault> {
  if (existsSync(making)) {
    if (!isEmpty(making) && !existsSync(path.join(making, MARKER))) return err({ code: 'demo.realFolder' });
    const lock = lockFolder(making);
    if (!lock.ok) return lock;
    lock.value.release();
    rmSync(making, { recursive: true });
  }
  return ok(undefined);
}

/** Called by the maker once it holds the folder, before anything of an office is in it. */
export function markPracticeFolder(dir: string): void {
  replaceFileDurably(path.join(dir, MARKER), 'Cơ quan tập huấn do --demo tạo, không phải cơ quan thật.\n');
}

function moveIn(making: string, dir: string): Result<undefined, PracticeFault> {
  if (existsSync(dir)) {
    const lock = lockFolder(dir);
    if (!lock.ok) return lock;
    lock.value.release();
    for (const name of readdirSync(dir)) if (HARMLESS.has(name)) rmSync(path.join(dir, name));
    rmdirSync(dir);
  }
  renameSync(making, dir);
  syncFolder(path.dirname(dir));
  return ok(undefined);
}

function isEmpty(dir: string): boolean {
  return !existsSync(dir) || readdirSync(dir).every((name) => HARMLESS.has(name));
}

function answering(work: () => Result<undefined, PracticeFault>): Result<undefined, PracticeFault> {
  try {
    return work();
  } catch (error) {
    const storage = storageErrorOf(error);
    if (storage === undefined) throw error;
    return err(storage);
  }
}
