import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

export interface FolderSize {
  /** From the package's root, with forward slashes; a folder ends with one. */
  readonly name: string;
  readonly files: number;
  readonly bytes: number;
}

/** The size of everything in the package, folder by folder: those that are large or that people ask about one level deeper. */
export function packageSizes(folder: string): readonly FolderSize[] {
  return childrenOf(folder, '').flatMap((top) => (top === 'resources/' ? childrenOf(folder, top).flatMap((name) => (name === 'resources/core/' ? childrenOf(folder, name) : [name])) : [top])).map((name) => sizeOf(folder, name));
}

export function sizeLines(sizes: readonly FolderSize[]): readonly string[] {
  const total = sizes.reduce((sum, { files, bytes }) => ({ name: 'total', files: sum.files + files, bytes: sum.bytes + bytes }), { name: 'total', files: 0, bytes: 0 });
  return [...sizes].sort((a, b) => b.bytes - a.bytes).concat(total).map(({ name, files, bytes }) => `${(bytes / 1_000_000).toFixed(2).padStart(9)} MB  ${String(files).padStart(5)} files  ${name}`);
}

function childrenOf(folder: string, under: string): readonly string[] {
  return readdirSync(path.join(folder, under), { withFileTypes: true }).map((entry) => `${under}${entry.name}${entry.isDirectory() ? '/' : ''}`);
}

function sizeOf(folder: string, name: string): FolderSize {
  const files = name.endsWith('/') ? readdirSync(path.join(folder, name), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name)) : [path.join(folder, name)];
  return { name, files: files.length, bytes: files.reduce((sum, file) => sum + statSync(file).size, 0) };
}
