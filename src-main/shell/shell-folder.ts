import { createHash } from 'node:crypto';
import path from 'node:path';
import type { ShellCommandLine } from './command-line.ts';

export interface ShellFolderSources {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
}

/**
 * Where the window keeps what is its own: Chromium's profile, its place on the screen, the core's words. Beside the core's
 * state of this machine (`stateFolderOf`, which a test holds this to), so it travels with no backup; one folder per data
 * folder, so that a practice office and a real one share nothing and may be open at once.
 */
export function shellFolderOf(sources: ShellFolderSources, { demo, dataDir }: ShellCommandLine): string {
  const key = dataDir === undefined ? (demo ? 'demo' : 'data') : createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  return path.join(machineStateFolder(sources), 'window', key);
}

export function machineStateFolder({ platform, environment, homeFolder }: ShellFolderSources): string {
  const chosen = environment['MOTCUA_STATE_DIR'];
  if (chosen !== undefined && chosen !== '') return path.resolve(chosen);
  if (platform === 'win32') {
    const local = environment['LOCALAPPDATA'];
    return path.join(local !== undefined && local !== '' ? local : path.join(homeFolder, 'AppData', 'Local'), 'motcua', 'state');
  }
  const xdg = environment['XDG_STATE_HOME'];
  return path.join(xdg !== undefined && path.isAbsolute(xdg) ? xdg : path.join(homeFolder, '.local', 'state'), 'motcua');
}
