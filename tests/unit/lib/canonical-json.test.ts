import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, CANONICAL_DEPTH_MAX, isCanonicalValue } from '../../../src-shared/lib/canonical-json.ts';

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

describe('canonical JSON', () => {
  it('sorts keys by UTF-16 code unit at every level and leaves no white space', () => {
    expect(canonicalJson({ b: 1, a: { d: null, c: [true, false] }, B: '', é: 2, '10': 3, '9': 4 })).toBe(
      '{"10":3,"9":4,"B":"","a":{"c":[true,false],"d":null},"b":1,"é":2}',
    );
    expect(canonicalJson({ '\u{1F600}': 1, '\uFB01': 2 })).toBe('{"\u{1F600}":1,"\uFB01":2}');
  });

  it('writes strings and keys in NFC, and sorts keys as they are written', () => {
    const decomposed = { 'e\u0301': 'Nga\u0303', f: 1 };
    const composed = { f: 1, 'é': 'Ngã' };
    expect(canonicalJson(decomposed)).toBe(canonicalJson(composed));
    expect(canonicalJson(composed)).toBe('{"f":1,"é":"Ngã"}');
  });

  it('refuses two keys that are one key in NFC', () => {
    expect(() => canonicalJson({ 'e\u0301': 1, 'é': 2 })).toThrow(TypeError);
  });

  it('leaves undefined members out and refuses undefined and holes in lists', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
    expect(() => canonicalJson([undefined])).toThrow(TypeError);
    expect(() => canonicalJson([1, , 2])).toThrow(TypeError);
  });

  it('writes -0 as 0 and refuses floats, unsafe and non-finite numbers', () => {
    expect(canonicalJson([-0, 0, -1, Number.MAX_SAFE_INTEGER])).toBe('[0,0,-1,9007199254740991]');
    for (const bad of [0.5, 2 ** 53, -(2 ** 53), Number.NaN, Infinity, 1e300]) expect(() => canonicalJson({ a: bad })).toThrow(TypeError);
  });

  it('refuses lone surrogates in values and keys, and keeps pairs', () => {
    expect(() => canonicalJson('\ud800')).toThrow(TypeError);
    expect(() => canonicalJson({ '\udc00': 1 })).toThrow(TypeError);
    expect(canonicalJson('\u{1F600}')).toBe('"\u{1F600}"');
  });

  it('writes every letter, alone and beside any kind of other, as JSON writes it in NFC', () => {
    const others = ['', 'a', 'ă', '\u0301', '\u0323', '"', '\u2028', '\u{1F600}'];
    for (let unit = 0; unit < 0x10000; unit += 1) {
      if (unit >= 0xd800 && unit < 0xe000) continue;
      const letter = String.fromCharCode(unit);
      const differing = others.flatMap((other) => [letter + other, other + letter]).filter((text) => canonicalJson(text) !== JSON.stringify(text.normalize('NFC')));
      expect(differing, unit.toString(16)).toEqual([]);
    }
  });

  it('refuses what JSON does not know', () => {
    for (const bad of [1n, Symbol('x'), () => 1, new Date(0), new Map(), new Set([1]), new Uint8Array(2), /x/]) expect(() => canonicalJson({ a: bad })).toThrow(TypeError);
  });

  it('refuses nesting beyond its bound instead of exhausting the stack', () => {
    expect(canonicalJson(nested(CANONICAL_DEPTH_MAX))).toContain('1');
    expect(() => canonicalJson(nested(CANONICAL_DEPTH_MAX + 1))).toThrow(TypeError);
    expect(isCanonicalValue(JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)))).toBe(false);
  });

  it('knows in advance what it can write', () => {
    for (const good of [null, { a: [1, 'x', { b: true }] }]) expect(isCanonicalValue(good)).toBe(true);
    for (const bad of [0.5, '\ud800', { a: undefined, b: [0.1] }, new Date(0), [1, , 2], { 'e\u0301': 1, 'é': 2 }, { '\ud800': 1 }, 1n]) expect(isCanonicalValue(bad)).toBe(false);
  });

  it('gives equal bytes for equal values, whatever the order of keys, and reads back as the same value', () => {
    const values = fc.jsonValue({ maxDepth: 4 }).filter((value) => isCanonicalValue(value));
    const shuffled = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffled);
      if (value === null || typeof value !== 'object') return value;
      return Object.fromEntries(Object.entries(value).reverse().map(([key, member]) => [key, shuffled(member)]));
    };
    fc.assert(
      fc.property(values, (value) => {
        const bytes = canonicalJson(value);
        expect(canonicalJson(shuffled(value))).toBe(bytes);
        expect(canonicalJson(JSON.parse(bytes))).toBe(bytes);
      }),
      { seed: 20260701, numRuns: 500 },
    );
  });
});
