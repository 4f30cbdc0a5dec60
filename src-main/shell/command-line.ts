import path from 'node:path';

/** The words of `npm start --` that concern the window; everything else among the arguments is Chromium's. */
export interface ShellCommandLine {
  readonly demo: boolean;
  /** Undefined: where the core keeps an office by itself. */
  readonly dataDir: string | undefined;
}

export function parseShellCommandLine(args: readonly string[], cwd: string): ShellCommandLine {
  const named = args.find((arg) => arg.startsWith('--data='))?.slice('--data='.length);
  const following = args.includes('--data') ? args[args.indexOf('--data') + 1] : undefined;
  const dataDir = named ?? following;
  return { demo: args.includes('--demo'), dataDir: dataDir === undefined || dataDir === '' ? undefined : path.resolve(cwd, dataDir) };
}

/** As the core is told. */
export function coreArguments({ demo, dataDir }: ShellCommandLine): readonly string[] {
  return ['--socket', ...(demo ? ['--demo'] : []), ...(dataDir === undefined ? [] : ['--data', dataDir])];
}
