import { existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { syncFolder } from '../../../src-node/files/durable-file.ts';

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

/** The numbered scripts of the desk's database. */
export function migrationsFolder(): string {
  return path.join(import.meta.dirname, '../../../migrations/desk');
}

/** Clears what a set-up that was cut off left behind. Touches nothing once a database is there. */
export function removeUnfinished(folder: DataFolder): void {
  if (isSetUp(folder)) return;
  for (const name of ['set-up.db', 'set-up.db-wal', 'set-up.db-shm', 'keys.json', 'keys.backup.json']) rmSync(path.join(folder.dir, name), { force: true });
}

/** From here on the folder is a desk. The database must be closed. */
export function finishSetUp(folder: DataFolder): void {
  renameSync(folder.unfinishedFile, folder.databaseFile);
  syncFolder(folder.dir);
}
