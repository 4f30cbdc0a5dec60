/** Where a machine keeps what must not travel with the data folder or its backups; the core and its window follow the same rule. */
export interface StateFolderSources {
  /** `process.platform`. */
  readonly platform: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
}

/** The part of `node:path` that is needed here, where nothing of Node may be. */
export interface PathRules {
  readonly join: (...parts: string[]) => string;
  readonly resolve: (part: string) => string;
  readonly isAbsolute: (part: string) => boolean;
}

/**
 * MOTCUA_STATE_DIR, else the platform's place for state that stays on the machine. Installations that share one data folder
 * among several accounts of a PC set MOTCUA_STATE_DIR to one place for all of them.
 */
export function stateFolderOf({ platform, environment, homeFolder }: StateFolderSources, path: PathRules): string {
  const chosen = environment['MOTCUA_STATE_DIR'];
  if (chosen !== undefined && chosen !== '') return path.resolve(chosen);
  if (platform === 'win32') {
    const local = environment['LOCALAPPDATA'];
    return path.join(local !== undefined && local !== '' ? local : path.join(homeFolder, 'AppData', 'Local'), 'motcua', 'state');
  }
  // The XDG specification says that a relative path there is to be ignored.
  const xdg = environment['XDG_STATE_HOME'];
  const base = xdg !== undefined && path.isAbsolute(xdg) ? xdg : path.join(homeFolder, '.local', 'state');
  return path.join(base, 'motcua');
}
