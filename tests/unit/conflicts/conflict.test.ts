import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conflictId, conflictOptions, groupClashes, isWayOut } from '../../../src-shared/domain/conflicts/conflict.ts';

describe('a conflict', () => {
  it('has an id of its operations alone, whatever their order; a third makes another', () => {
    expect(conflictId(['b:1', 'a:2'])).toBe(conflictId(['a:2', 'b:1']));
    expect(conflictId(['a:2', 'b:1'])).toMatch(/^[0-9a-f]{64}$/);
    expect(conflictId(['a:2', 'b:1', 'c:1'])).not.toBe(conflictId(['a:2', 'b:1']));
  });

  it('holds all that clash through each other, and nothing else', () => {
    expect(groupClashes([['a', 'b'], ['c', 'd'], ['e', 'f'], ['b', 'c']])).toEqual([['a', 'b', 'c', 'd'], ['e', 'f']]);
    expect(groupClashes([])).toEqual([]);
  });

  it('offers ways out in which nothing clashes, nothing more fits, and everything appears', () => {
    const pairs = fc.array(fc.tuple(fc.constantFrom(...'abcdefg'), fc.constantFrom(...'abcdefg')).filter(([a, b]) => a !== b), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(pairs, (list) => {
        const clash = (a: string, b: string) => list.some(([x, y]) => (x === a && y === b) || (x === b && y === a));
        for (const group of groupClashes(list)) {
          const options = conflictOptions(group, clash);
          expect(new Set(options.flat())).toEqual(new Set(group));
          for (const option of options) {
            for (const id of option) expect(option.some((other) => clash(id, other))).toBe(false);
            for (const id of group) if (!option.includes(id)) expect(option.some((other) => clash(id, other))).toBe(true);
          }
        }
      }),
      { seed: 20260705, numRuns: 300 },
    );
  });

  it('is settled by a part of a way out or by keeping nothing, not by a mixture', () => {
    const options = [['a', 'b'], ['c']];
    for (const keep of [['a', 'b'], ['b'], ['c'], []]) expect(isWayOut(keep, options)).toBe(true);
    for (const keep of [['a', 'c'], ['x'], ['c', 'x']]) expect(isWayOut(keep, options)).toBe(false);
  });
});
