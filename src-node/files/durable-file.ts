import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';

/**
 * Replaces a file so that a crash at any moment leaves the old content or the new, never a part: a neighbour file is
 * written and synced, takes the name, and the folder is synced. Throws the operating system's error.
 */
export function replaceFileDurably(file: string, content: string | Uint8Array): void {
  const neighbour = `${file}.new`;
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const descriptor = openSync(neighbour, 'w', 0o600);
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(neighbour, file);
  syncFolder(path.dirname(file));
}

/** Makes the folder and its parents where they are missing, for this user alone. Throws the operating system's error. */
export function makeFolderDurably(folder: string): void {
  const firstMade = mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (firstMade === undefined) return;
  const topmost = path.dirname(firstMade);
  for (let parent = path.dirname(folder); parent.length >= topmost.length; parent = path.dirname(parent)) {
    syncFolder(parent);
    if (parent === path.dirname(parent)) return;
  }
}

/** Makes new, renamed and removed names of a folder durable. */
export function syncFolder(folder: string): void {
  // Windows cannot open a folder for syncing; NTFS journals the names by itself.
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
