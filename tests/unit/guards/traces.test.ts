// What one machine or one network knows must not be in the repository: it works nowhere else.
import { globSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const repositoryRoot = join(import.meta.dirname, '../../..');
const ignored = ['node_modules', 'out', '.git'];
const files = globSync('**/*', { cwd: repositoryRoot, exclude: (path) => ignored.includes(basename(path)) })
  .filter((path) => statSync(join(repositoryRoot, path)).isFile())
  .map((path) => path.replaceAll('\\', '/'));

const traces = [
  ['a folder of one machine', /(?<![\w.~:/-])\/(?:home|root|Users|work|workspace)\/[\w.-]+/],
  ['a folder of one Windows machine', /\b[A-Z]:\\(?:Users|Work)\\/],
  ['a package registry', /\b(?:https?:\/\/|\/\/)[^\s"'/]*(?:registry|npm|verdaccio|artifactory|nexus)[^\s"']*/i],
] as const;

describe('the repository', () => {
  it('holds no trace of one machine or one package registry', () => {
    const found = files.flatMap((file) => tracesIn(readFileSync(join(repositoryRoot, file), 'utf8')).map((trace) => `${file}: ${trace}`));

    expect(files.length).toBeGreaterThan(50);
    expect(found).toEqual([]);
  });

  it('would notice such a trace', () => {
    expect(tracesIn(`cd ${['', 'home', 'lan', 'desk'].join('/')}`)).toEqual(['a folder of one machine']);
    expect(tracesIn(['C:', 'Users', 'lan'].join('\\'))).toEqual(['a folder of one Windows machine']);
    expect(tracesIn(`https:${'//'}registry.example.org/zod`)).toEqual(['a package registry']);
    expect(tracesIn('src-shared/work/list.ts and /api/work/1')).toEqual([]);
  });

  it('locks every package by its hash and none by an address', () => {
    const lock = JSON.parse(readFileSync(join(repositoryRoot, 'package-lock.json'), 'utf8')) as {
      readonly packages: Readonly<Record<string, { readonly resolved?: string; readonly integrity?: string; readonly inBundle?: boolean }>>;
    };
    const packages = Object.entries(lock.packages).filter(([path]) => path !== '');

    expect(packages.length).toBeGreaterThan(100);
    expect(packages.filter(([, entry]) => entry.resolved !== undefined).map(([path]) => path)).toEqual([]);
    expect(packages.filter(([, entry]) => entry.integrity === undefined && entry.inBundle !== true).map(([path]) => path)).toEqual([]);
  });
});

describe('the names of source files', () => {
  const sources = globSync('src-*/**/*.{ts,tsx,css}', { cwd: repositoryRoot }).map((path) => path.replaceAll('\\', '/'));

  it('are kebab-case and say what the file holds', () => {
    expect(sources.length).toBeGreaterThan(20);
    expect(sources.filter((path) => !isGoodName(path))).toEqual([]);
  });

  it('would be noticed otherwise', () => {
    const names = ['src-main/core/dossierList.ts', 'src-node/db/db-utils.ts', 'src-renderer/common/list.tsx', 'src-shared/contract/dossiers.api.ts'];
    expect(names.filter(isGoodName)).toEqual(['src-shared/contract/dossiers.api.ts']);
  });
});

function tracesIn(text: string): readonly string[] {
  return traces.filter(([, pattern]) => pattern.test(text)).map(([name]) => name);
}

function isGoodName(path: string): boolean {
  const parts = path.split('/');
  const emptyWords = /(^|[-.])(utils?|helpers?|common|managers?|misc|index)($|[-.])/;
  return parts.every((part) => /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/.test(part) && !emptyWords.test(part));
}
