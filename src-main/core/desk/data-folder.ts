import { accessSync, constants, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { storageError, storageErrorOf, type StorageError } from '../../../src-node/db/storage-error.ts';
import { makeFolderDurably, syncFolder } from '../../../src-node/files/durable-file.ts';
import { err, ok, type Result } from '../../../src-shared/lib/result.ts';

/** The files of a data folder. Beside them only SQLite's own -wal and -shm and the lock file may lie there. */
export interface DataFolder {
  readonly dir: string;
  readonly databaseFile: string;
  /** The database while the first set-up is being written; it gets its name when everything is in it. */
  readonly unfinishedFile: string;
}

export function dataFolder(dir: string): DataFolder {
  return { dir, databaseFile: path.join(dir, 'desk.db'), unfinishedFile: path.join(dir, 'set-up.db') };
}

/** False before the first set-up. */
export function isSetUp(folder: DataFolder): boolean {
  return existsSync(folder.databaseFile);
}

/**
 * Makes the folder where it is missing and looks whether a desk can live in it. storage.readOnly when it may not be written,
 * because SQLite would open even its lock there and leave the refusal to the first sign-in; storage.missing when only the
 * database is gone: setting up anew beside its log would spoil what can still be brought back.
 */
export function prepareFolder(folder: DataFolder): Result<undefined, StorageError> {
  try {
    makeFolder(folder.dir);
    accessSync(folder.dir, constants.R_OK | constants.W_OK);
  } catch (error) {
    const storage = storageErrorOf(error);
    if (storage === undefined) throw error;
    return err(storage);
  }
  const isDatabaseGone = !isSetUp(folder) && existsSync(`${folder.databaseFile}-wal`);
  return isDatabaseGone ? err(storageError('storage.missing', 'log without database')) : ok(undefined);
}

function makeFolder(dir: string): void {
  if (existsSync(dir)) return;
  try {
    makeFolderDurably(dir);
  } catch (error) {
    // Making parents along the way, Node answers ENOENT for a medium that is read-only; a single step names the cause.
    if (storageErrorOf(error)?.code === 'storage.missing' && existsSync(path.dirname(dir))) mkdirSync(dir);
    throw error;
  }
}

/** A branch that is taken over is copied into a folder of this name and six characters. */
export const BRANCH_COPY_PREFIX = 'branch-';
/** Copies of branches, and what a replaced file is written to before it takes the name. */
const LEFTOVER = new RegExp(`^(${BRANCH_COPY_PREFIX}[A-Za-z0-9]{6}|keys(\\.backup)?\\.json\\.new)$`);

/**
 * Removes what work that was cut off left in the folder; a copy of a branch holds a whole office's data and its keys. The
 * caller holds the lock. What cannot be removed stays for the next start: it takes room and nothing else.
 */
export function removeLeftovers(dir: string): void {
  for (const name of readdirSync(dir)) {
    if (!LEFTOVER.test(name)) continue;
    try {
      rmSync(path.join(dir, name), { recursive: true, force: true });
    } catch (error) {
      const storage = storageErrorOf(error);
      if (storage === undefined) throw error;
      process.emitWarning(`a leftover stays: ${storage.code}`);
    }
  }
}

/** The numbered scripts of the desk's database. */
export function migrationsFolder(): string {
  return path.join(import.meta.dirname, '../../../migrations/desk');
}

/**
 * Clears what a set-up that was cut off left behind. Touches nothing once a database is there. Keys that no unfinished
 * database explains may belong to one that somebody moved away: they are put aside, because nothing else would open it.
 */
export function removeUnfinished(folder: DataFolder): void {
  if (isSetUp(folder)) return;
  if (!existsSync(folder.unfinishedFile)) putKeysAside(folder.dir);
  for (const name of ['keys.json', 'keys.backup.json', 'set-up.db-wal', 'set-up.db-shm', 'set-up.db']) rmSync(path.join(folder.dir, name), { force: true });
}

function putKeysAside(dir: string): void {
  const found = ['keys.json', 'keys.backup.json'].map((name) => path.join(dir, name)).find((file) => existsSync(file));
  if (found === undefined) return;
  let number = 1;
  while (existsSync(asideFile(dir, number))) number += 1;
  renameSync(found, asideFile(dir, number));
  syncFolder(dir);
}

function asideFile(dir: string, number: number): string {
  return path.join(dir, `keys.kept-${number}.json`);
}

/** From here on the folder is a desk. The database must be closed. */
export function finishSetUp(folder: DataFolder): void {
  renameSync(folder.unfinishedFile, folder.databaseFile);
  syncFolder(folder.dir);
}
