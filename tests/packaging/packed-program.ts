/** The packed program that `package-run.ts` made, as its tests see it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { PackedProgram } from '../../packaging/pack-folder.ts';

export function packedProgram(): PackedProgram {
  const told = process.env['MOTCUA_TEST_PACKAGE'];
  if (told === undefined) throw new Error('run these tests by `npm run test:package`, which packs the program');
  return JSON.parse(told) as PackedProgram;
}

interface ArchiveEntry {
  readonly files?: Readonly<Record<string, ArchiveEntry>>;
  readonly offset?: string;
  readonly size?: number;
}

/** Every file of an asar archive with its text. Its head: three lengths, then the tree as JSON; the files follow one another. */
export function readArchive(file: string): ReadonlyMap<string, string> {
  const bytes = readFileSync(file);
  const tree = JSON.parse(bytes.subarray(16, 16 + bytes.readUInt32LE(12)).toString('utf8')) as ArchiveEntry;
  const begin = 8 + bytes.readUInt32LE(4);
  const found = new Map<string, string>();
  const walk = (entry: ArchiveEntry, name: string): void => {
    for (const [child, below] of Object.entries(entry.files ?? {})) walk(below, path.posix.join(name, child));
    if (entry.files === undefined) found.set(name, bytes.subarray(begin + Number(entry.offset), begin + Number(entry.offset) + Number(entry.size)).toString('utf8'));
  };
  walk(tree, '');
  return found;
}
