// A guard that sees nothing reports nothing, and silence looks like success. Each file in bad-imports/faulty names in its first
// line the rules that must notice it; bad-imports/clean does the same things in the allowed way.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { isPassed, runGuards, runImports, type GuardResult } from '../../../.ci/guards.ts';

const repositoryRoot = join(import.meta.dirname, '../../..');
const fixtures = join(repositoryRoot, 'tests/fixtures/bad-imports');
const faulty = join(fixtures, 'faulty');

const expectedByFile = new Map(
  globSync('**/*.{ts,tsx,css}', { cwd: faulty })
    .sort()
    .map((file) => [file.replaceAll('\\', '/'), rulesNamedIn(join(faulty, file))] as const),
);
const seededFiles = [...expectedByFile].filter(([, rules]) => rules.length > 0);
const innocentFiles = [...expectedByFile].filter(([, rules]) => rules.length === 0).map(([file]) => file);

describe('the guards on the seeded faults', () => {
  let results: readonly GuardResult[] = [];
  let noticed = new Map<string, readonly string[]>();

  beforeAll(async () => {
    results = await runGuards(faulty);
    noticed = rulesByFile(results);
  });

  it('let no guard pass', () => {
    expect(results.map((result) => [result.guard, isPassed(result)])).toEqual([
      ['types', false],
      ['imports', false],
      ['lint', false],
      ['unused', false],
    ]);
  });

  it.each(seededFiles)('notice %s by exactly the rules it names', (file, rules) => {
    expect(noticed.get(file) ?? []).toEqual(rules);
  });

  it('blame no file without a fault', () => {
    expect(innocentFiles.filter((file) => noticed.has(file))).toEqual([]);
  });

  it('notice a dependency that nothing imports', () => {
    expect(noticed.get('package.json')).toEqual(['unused/dependencies']);
  });
});

describe('the guards on the clean counterpart', () => {
  it('all pass, having looked at every file', async () => {
    const files = globSync('{src-*,tests}/**/*.{ts,tsx}', { cwd: join(fixtures, 'clean') }).length;
    const results = await runGuards(join(fixtures, 'clean'));

    expect(results.flatMap((result) => result.findings)).toEqual([]);
    expect(results.every(isPassed)).toBe(true);
    expect(files).toBeGreaterThan(15);
    // knip does not count a .d.ts that only declares modules; the two such files are the electron and the database stand-ins.
    for (const result of results) expect([result.guard, result.examined >= files - 2]).toEqual([result.guard, true]);
  });
});

describe('the rules', () => {
  it('of the import guard each have a seeded fault', async () => {
    const { default: config } = (await import(join(repositoryRoot, '.dependency-cruiser.mjs'))) as {
      readonly default: { readonly forbidden: readonly { readonly name: string; readonly severity: string }[] };
    };
    const names = config.forbidden.map((rule) => `imports/${rule.name}`);

    expect(names.filter((name) => !isSeeded(name))).toEqual([]);
    expect(config.forbidden.filter((rule) => rule.severity !== 'error')).toEqual([]);
  });

  it('of the linter each have a seeded fault', async () => {
    const { default: config } = (await import(join(repositoryRoot, 'eslint.config.js'))) as {
      readonly default: readonly { readonly rules?: Readonly<Record<string, unknown>> }[];
    };
    const names = new Set(config.flatMap((part) => Object.keys(part.rules ?? {})).map((name) => `lint/${name}`));

    expect(names.size).toBeGreaterThan(8);
    expect([...names].filter((name) => !isSeeded(name))).toEqual([]);
  });
});

describe('the import guard on the real tree', () => {
  it('cruises the modules that are there', async () => {
    const sources = globSync('src-*/**/*.{ts,tsx}', { cwd: repositoryRoot }).length;
    const result = await runImports(repositoryRoot);

    expect(sources).toBeGreaterThan(20);
    expect(result.examined).toBeGreaterThanOrEqual(sources);
    expect(result.failure).toBeUndefined();
  });
});

function rulesNamedIn(path: string): readonly string[] {
  const [firstLine = ''] = readFileSync(path, 'utf8').split('\n', 1);
  const rules = /noticed by: (?<rules>[^*]+)/.exec(firstLine)?.groups?.['rules'] ?? '';
  return rules === '' ? [] : rules.trim().split(', ').sort();
}

function rulesByFile(results: readonly GuardResult[]): Map<string, readonly string[]> {
  const rules = new Map<string, readonly string[]>();
  for (const { guard, findings } of results) {
    for (const { file, rule } of findings) rules.set(file, [...(rules.get(file) ?? []), `${guard}/${rule}`].sort());
  }
  return rules;
}

function isSeeded(rule: string): boolean {
  return seededFiles.some(([, rules]) => rules.includes(rule));
}
