import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

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
 */
export async function hashCoreFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory()).map((entry) => path.join(entry.parentPath, entry.name));
  const hashes = new Map<string, string>();
  const waiting = files.values();
  const work = async () => {
    for (const file of waiting) {
      hashes.set(path.relative(folder, file).replaceAll('\\', '/'), (await hashOf(file)) ?? UNREADABLE);
    }
  };
  await Promise.all(Array.from({ length: FILES_AT_ONCE }, work));
  return hashes;
}

const FILES_AT_ONCE = 8;
/** No hash of anything, so it never equals a listed one. */
const UNREADABLE = 'unreadable';

async function hashOf(file: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file), hash);
  } catch {
    return undefined;
  }
  return hash.digest('hex');
}
