import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const repositoryRoot = join(import.meta.dirname, '../../..');
const documents = globSync('{README.md,docs/**/*.md}', { cwd: repositoryRoot }).map((path) => path.replaceAll('\\', '/')).sort();
const sourceNames = new Set(globSync('{*,{src-*,tests,bench,packaging,migrations,docs,.ci}/**/*}', { cwd: repositoryRoot }).map((path) => basename(path)));

describe('the documents', () => {
  it.each(documents)('of the project name only paths that exist: %s', (document) => {
    expect(missingPaths(document, readFileSync(join(repositoryRoot, document), 'utf8'))).toEqual([]);
  });

  it('are noticed when a path, a link, a pattern or a file name leads nowhere', () => {
    const text = [
      'See `src-shared/lib/gone.ts`, [a link](decisions/9999-gone.md), `src-*/lib/gone-*.ts` and `gone-file.ts`.',
      'See `src-shared/lib/result.ts`, [here](../package.json#scripts), `src-<part>/lib/*.ts`, `result.ts`, https://example.org/docs/gone.md.',
      '```',
      'src-shared/gone/    a folder of a tree',
      '```',
    ].join('\n');

    expect(missingPaths('docs/example.md', text)).toEqual([
      'src-shared/lib/gone.ts',
      'src-*/lib/gone-*.ts',
      'src-shared/gone/',
      'decisions/9999-gone.md',
      'gone-file.ts',
    ]);
  });
});

describe('the decisions', () => {
  const decisions = globSync('docs/decisions/*.md', { cwd: repositoryRoot }).map((path) => basename(path));

  it('are named by four digits and a title', () => {
    expect(decisions.filter((name) => !/^\d{4}-[a-z0-9-]+\.md$/.test(name))).toEqual([]);
  });

  it('use no number twice', () => {
    expect(repeatedNumbers(decisions)).toEqual([]);
    expect(repeatedNumbers(['0001-a.md', '0002-b.md', '0001-c.md'])).toEqual(['0001']);
  });
});

function missingPaths(document: string, text: string): readonly string[] {
  const prose = text.replaceAll(/https?:\/\/[^\s)>]+/g, '');
  const paths = [...prose.matchAll(/(?<![\w./@-])(?:src-[a-z*<>{},]+|tests|bench|packaging|docs|migrations|\.ci)\/[\w./*<>{},@-]*/g)].map(([path]) => path.replace(/[.,]+$/, ''));
  const links = [...prose.matchAll(/\]\((?![a-z]+:|#)([^)#\s]+)/g)].map(([, link = '']) => link);
  const names = [...prose.matchAll(/`([\w.-]+\.(?:ts|tsx|sql|md))`/g)].map(([, name = '']) => name);
  return [
    ...paths.filter((path) => !isPresent(path)),
    ...links.filter((link) => !existsSync(join(repositoryRoot, dirname(document), link))),
    ...names.filter((name) => !sourceNames.has(name)),
  ];
}

// `<noun>` stands for any name, as in `src-shared/domain/<noun>/`.
function isPresent(path: string): boolean {
  const pattern = path.replaceAll(/<[^>]*>/g, '*').replace(/\/$/, '');
  return globSync(pattern, { cwd: repositoryRoot }).length > 0;
}

function repeatedNumbers(names: readonly string[]): readonly string[] {
  const numbers = names.map((name) => name.slice(0, 4));
  return numbers.filter((number, index) => numbers.indexOf(number) !== index);
}
