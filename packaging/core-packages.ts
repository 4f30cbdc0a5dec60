import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { isReached } from './core-parts.ts';

export interface CorePackage {
  readonly name: string;
  /** From the root, with forward slashes: `node_modules/fastify`, or deeper where two versions live side by side. */
  readonly folder: string;
}

interface PackageJson {
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Every package that the given sources import, with all that those need, as they are installed. Throws when one is not. */
export function findCorePackages(root: string, sources: readonly string[]): readonly CorePackage[] {
  const found = new Map<string, CorePackage>();
  const add = (name: string, from: string): void => {
    const folder = installedFolder(root, name, from);
    if (found.has(folder)) return;
    found.set(folder, { name, folder });
    const { dependencies = {} } = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8')) as PackageJson;
    for (const dependency of Object.keys(dependencies)) if (isReached(name, dependency)) add(dependency, folder);
  };
  for (const name of importedPackages(root, sources)) add(name, '');
  return [...found.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** By import, or by the path of a file in a package that is read (`require.resolve`). */
function importedPackages(root: string, sources: readonly string[]): ReadonlySet<string> {
  const names = sources.filter((file) => file.endsWith('.ts')).flatMap((file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    const imported = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
    const read = [...text.matchAll(/require\.resolve\(['"`]([^'"`$]+)/g)].map(([, specifier = '']) => specifier);
    return [...imported, ...read].flatMap((specifier) => /^(?!node:)(?:@[\w-]+\/)?[\w-][\w.-]*/.exec(specifier)?.[0] ?? []);
  });
  return new Set(names);
}

function installedFolder(root: string, name: string, from: string): string {
  for (let at = from; ; at = at.includes('/node_modules/') ? at.slice(0, at.lastIndexOf('/node_modules/')) : '') {
    const folder = path.posix.join(at, 'node_modules', name);
    if (existsSync(path.join(root, folder, 'package.json'))) return folder;
    if (at === '') throw new Error(`${name}, which the core needs, is not installed`);
  }
}
