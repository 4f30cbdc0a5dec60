import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJsonLines } from '../../../src-shared/lib/json-lines.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('readJsonLines', () => {
  const text = '{\n  "name": "x",\n  "list": [\n    1,\n    { "deep":\n      true }\n  ]\n}\n';

  it.each([
    [[], 1],
    [['name'], 2],
    [['list'], 3],
    [['list', 0], 4],
    [['list', 1], 5],
    [['list', 1, 'deep'], 5],
    [['list', 1, 'missing'], 5],
    [['missing', 'too'], 1],
  ])('tells the line of %j', (path, line) => {
    const lines = readJsonLines(text);
    expect('lineAt' in lines && lines.lineAt(path)).toBe(line);
  });

  it.each([
    ['', { kind: 'end', line: 1, found: '' }],
    ['{\n"a": 1', { kind: 'end', line: 2, found: '' }],
    ['{\n"a": 1,\n}', { kind: 'character', line: 3, found: '}' }],
    ['{\n"a": tru\n}', { kind: 'character', line: 2, found: 't' }],
    ['[1,\n2\n3]', { kind: 'character', line: 3, found: '3' }],
    ['[1]\n\nx', { kind: 'character', line: 3, found: 'x' }],
    ['{"a": 1,\n "a": 2}', { kind: 'key', line: 2, found: 'a' }],
    ['{"a": 1,\n "\\u0061": 2}', { kind: 'key', line: 2, found: 'a' }],
    ['[01]', { kind: 'character', line: 1, found: '1' }],
    ['["a",\n"cut he', { kind: 'end', line: 2, found: '' }],
    ['["\t"]', { kind: 'character', line: 1, found: '"' }],
  ])('finds the fault of %j', (broken, fault) => {
    expect(readJsonLines(broken)).toEqual(fault);
  });

  it('refuses brackets nested beyond reason instead of running out of stack', () => {
    expect(readJsonLines('['.repeat(100_000))).toMatchObject({ kind: 'deep' });
  });

  it('reads a text that is one long string', () => {
    const long = JSON.stringify('x'.repeat(3_900_000));
    expect('lineAt' in readJsonLines(long)).toBe(true);
    expect(readJsonLines(long.slice(0, -1))).toMatchObject({ kind: 'end' });
  });

  it('reads every value JSON can hold, in any lay-out', () => {
    fc.assert(fc.property(fc.json(), fc.integer({ min: 0, max: 3 }), (json, indent) => 'lineAt' in readJsonLines(JSON.stringify(JSON.parse(json), null, indent))));
  });

  it('agrees with JSON.parse on damaged texts, except that it refuses a key given twice', () => {
    const damaged = fc.tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', ']', '"', ':', '0', '-', '.', 'e', '\\', ' ', '\n', 'null', '\u0001'), fc.nat(2));
    fc.assert(
      fc.property(damaged, ([json, at, insert, cut]) => {
        const place = at % (json.length + 1);
        const broken = json.slice(0, place) + insert + json.slice(place + cut);
        const read = readJsonLines(broken);
        if ('kind' in read && read.kind === 'key') return true;
        return 'lineAt' in read === isJson(broken);
      }),
      { numRuns: 2_000 },
    );
  });
});
