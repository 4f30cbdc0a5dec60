import path from 'node:path';

/** What is run as the core, and how its files are checked before. */
export interface CoreProgram {
  readonly node: string;
  readonly entry: string;
  /** The built screens, among the files that are checked. */
  readonly screens: string;
  /** Null where nothing is checked: the sources on a developer's machine. */
  readonly check: CoreCheck | null;
}

export interface CoreCheck {
  readonly folder: string;
  readonly manifest: string;
  /** The program of the thread that hashes the files. */
  readonly hasher: string;
}

export interface CoreProgramSources {
  readonly isPackaged: boolean;
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where a packaged application keeps its resources. */
  readonly resourcesFolder: string;
  /** The application's own files: `app.asar`, or the repository. */
  readonly applicationFolder: string;
}

/** The folder of the core among the resources, and the list of its files inside the archive that Electron itself checks. */
export const PACKAGED_CORE = { folder: 'core', manifest: 'core-manifest.json' } as const;

const SCREENS = ['out', 'renderer'] as const;

/** A packaged application runs the Node that ships with it and no other, whatever the environment says. */
export function coreProgram({ isPackaged, platform, environment, resourcesFolder, applicationFolder }: CoreProgramSources): CoreProgram {
  const executable = platform === 'win32' ? 'node.exe' : 'node';
  if (isPackaged) {
    const folder = path.join(resourcesFolder, PACKAGED_CORE.folder);
    const check = { folder, manifest: path.join(applicationFolder, PACKAGED_CORE.manifest), hasher: path.join(applicationFolder, 'out', 'shell', 'core-files-worker.cjs') };
    return { node: path.join(folder, executable), entry: path.join(folder, 'src-main', 'core.ts'), screens: path.join(folder, ...SCREENS), check };
  }
  const chosen = environment['MOTCUA_CORE_NODE'];
  return {
    node: chosen !== undefined && chosen !== '' ? chosen : path.join(applicationFolder, 'node_modules', '.bin', executable),
    entry: path.join(applicationFolder, 'src-main', 'core.ts'),
    screens: path.join(applicationFolder, ...SCREENS),
    check: null,
  };
}

/** Without what would make Node load or show more than it should: its own options, and those of Electron's Node. */
export function coreEnvironment(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept = Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined && !/^(NODE_|ELECTRON_)/i.test(entry[0]));
  return Object.fromEntries(kept);
}
