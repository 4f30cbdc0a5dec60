import { chmodSync, cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { hashCoreFiles } from '../src-main/shell/core/core-files.ts';
import { PACKAGED_CORE } from '../src-main/shell/core/core-program.ts';
import { findCorePackages } from './core-packages.ts';
import { isOwnFile, isPackagePart, NODE_BINARIES, OWN_FILES, type PackPlatform } from './core-parts.ts';

export interface StageRequest {
  /** The repository, installed and with its screens built. */
  readonly root: string;
  readonly platform: PackPlatform;
  /** Made anew: `core/` for the resources and the list of its files for the archive. */
  readonly stageDir: string;
}

/**
 * Lays out what `resources/core` will hold, and writes the list that vouches for it. Done before the archive is made, because
 * the list goes into the archive and the files stay outside.
 */
export async function stageCore({ root, platform, stageDir }: StageRequest): Promise<void> {
  const coreDir = path.join(stageDir, PACKAGED_CORE.folder);
  rmSync(stageDir, { recursive: true, force: true });
  for (const [from, to] of coreFiles(root, platform)) copy(path.join(root, from), path.join(coreDir, to));
  chmodSync(path.join(coreDir, NODE_BINARIES[platform].as), 0o755);
  writeFileSync(path.join(coreDir, 'package.json'), corePackageJson(root));
  writeFileSync(path.join(coreDir, 'LICENSE.node'), gunzipSync(readFileSync(path.join(root, NODE_LICENCE))));
  const hashes = [...(await hashCoreFiles(coreDir))].sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(path.join(stageDir, PACKAGED_CORE.manifest), `${JSON.stringify(Object.fromEntries(hashes), null, 1)}\n`);
}

/** Kept here because the package for Windows brings none; a test compares it with the one that does. */
const NODE_LICENCE = 'packaging/LICENSE.node.gz';

/** Where each file comes from and where it goes, both with forward slashes. */
function coreFiles(root: string, platform: PackPlatform): ReadonlyMap<string, string> {
  const own = filesOf(root, OWN_FILES).filter(isOwnFile);
  if (!own.includes('out/renderer/desk.html')) throw new Error('the screens are not built: npm run build');
  const node = NODE_BINARIES[platform];
  const nodeFolder = `node_modules/${node.package}`;
  if (!existsSync(path.join(root, nodeFolder, node.file))) throw new Error(`${node.package} is not installed: pack for ${platform} on a ${platform} machine, or install that package for another system`);
  const packages = findCorePackages(root, own).flatMap(({ name, folder }) =>
    filesOf(path.join(root, folder), ['**/*']).filter((file) => isPackagePart(name, file, platform)).map((file) => `${folder}/${file}`),
  );
  return new Map([...[...own, ...packages].map((file) => [file, file] as const), [`${nodeFolder}/${node.file}`, node.as]]);
}

// Names that begin with a dot (a build's stamp) are left out by the patterns.
function filesOf(folder: string, patterns: readonly string[]): readonly string[] {
  return globSync([...patterns], { cwd: folder }).filter((file) => statSync(path.join(folder, file)).isFile()).map((file) => file.replaceAll('\\', '/')).sort();
}

function copy(from: string, to: string): void {
  mkdirSync(path.dirname(to), { recursive: true });
  cpSync(from, to, { dereference: true });
}

/** What the core reads of it, and what makes its sources modules; nothing about developing. */
function corePackageJson(root: string): string {
  const { name, version, type } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  return `${JSON.stringify({ name, version, private: true, type }, null, 2)}\n`;
}
