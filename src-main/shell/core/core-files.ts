import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * The files of the core as they were packed: path with forward slashes -> SHA-256 in hex. It lies inside the application's
 * archive, whose integrity Electron checks; so it vouches for the files outside.
 */
export type CoreManifest = Readonly<Record<string, string>>;

export interface CoreFileFault {
  readonly file: string;
  readonly fault: 'missing' | 'changed' | 'added';
}

/** Undefined for anything but a list of files with their hashes; an empty list vouches for nothing. */
export function parseCoreManifest(text: string): CoreManifest | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // A torn list is no list.
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  const entries = Object.entries(parsed);
  const isGood = entries.length > 0 && entries.every(([file, hash]) => isInside(file) && typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash));
  return isGood ? (parsed as CoreManifest) : undefined;
}

function isInside(file: string): boolean {
  return file !== '' && !file.startsWith('/') && !file.includes('\\') && !file.split('/').includes('..');
}

/** What differs from the list. A file that was added counts too: Node might load it before the right one. */
export function compareWithManifest(manifest: CoreManifest, found: ReadonlyMap<string, string>): readonly CoreFileFault[] {
  const listed = Object.entries(manifest).flatMap(([file, hash]): CoreFileFault[] => {
    const actual = found.get(file);
    if (actual === hash) return [];
    return [{ file, fault: actual === undefined ? 'missing' : 'changed' }];
  });
  const added = [...found.keys()].filter((file) => !Object.hasOwn(manifest, file)).map((file): CoreFileFault => ({ file, fault: 'added' }));
  return [...listed, ...added];
}

/**
 * The hash of everything below the folder that is no folder itself. A link is hashed as the file it leads to; what cannot be
 * read as a file, such as a link to a folder in which Node would look for packages, is there all the same, as unreadable.
 *
 * An officer waits for it at every start: 1,500 small files and Node itself. One after the other into one piece of memory takes a
 * sixth of what streams take; it holds its thread, so the window gives it one of its own (`core-files-worker.ts`).
 */
export function hashCoreFiles(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory()).map((entry) => path.join(entry.parentPath, entry.name));
  const memory = Buffer.allocUnsafe(PART_BYTES);
  return new Map(files.map((file) => [path.relative(folder, file).replaceAll('\\', '/'), hashOf(file, memory) ?? UNREADABLE]));
}

const PART_BYTES = 1 << 20;
/** No hash of anything, so it never equals a listed one. */
const UNREADABLE = 'unreadable';

/** Undefined where it cannot be read. What is no file, such as a pipe, could keep a reader waiting for ever, and is not opened. */
function hashOf(file: string, memory: Buffer): string | undefined {
  let opened: number | undefined;
  try {
    if (!statSync(file).isFile()) return undefined;
    opened = openSync(file, 'r');
    const hash = createHash('sha256');
    for (let bytes = readSync(opened, memory); bytes > 0; bytes = readSync(opened, memory)) hash.update(memory.subarray(0, bytes));
    return hash.digest('hex');
  } catch {
    return undefined;
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}
