import { createHash } from 'node:crypto';
import path from 'node:path';
import { stateFolderOf, type StateFolderSources } from '../../src-shared/lib/state-folder.ts';
import type { ShellCommandLine } from './command-line.ts';

/**
 * Where the window keeps what is its own: Chromium's profile, its place on the screen, the core's words. Beside the core's
 * state of this machine (`stateFolderOf`), so it travels with no backup; one folder per data
 * folder, so that a practice office and a real one share nothing and may be open at once.
 */
export function shellFolderOf(sources: StateFolderSources, { demo, dataDir }: ShellCommandLine): string {
  const key = dataDir === undefined ? (demo ? 'demo' : 'data') : createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  return path.join(stateFolderOf(sources, path), 'window', key);
}
