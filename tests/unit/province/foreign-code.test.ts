import { describe, expect, test } from 'vitest';
import { codeShapeSchema, exampleOfShape, fitsAnyShape, foreignCodeKey, isCodeText } from '../../../src-shared/domain/province/foreign-code.ts';
import { isEnteredThere, withEntry } from '../../../src-shared/domain/province/province-entry.ts';

const SHAPE = '{agency}-{yyMMdd}-{digits:4}';

describe('codes of the province', () => {
  test.each([
    ['H99.27-261123-0007', true], ['h99.27 - 261123 - 0007', true], ['000.00.00.H38-261123-12345', true],
    ['H99.27-261123-007', false], ['H99.27-261341-0007', false], ['H99.27-261123-0007x', false], ['261123-0007', false],
  ])('%s', (code, fits) => expect(fitsAnyShape([SHAPE], code)).toBe(fits));

  test('one of several shapes is enough, no shape asks nothing, literal signs mean themselves', () => {
    expect([fitsAnyShape(['MC.{digits}', SHAPE], 'mc.17'), fitsAnyShape(['MC.{digits}'], 'MCx17'), fitsAnyShape([], 'gì cũng được')]).toEqual([true, false, true]);
  });

  test('a shape that cannot be is refused where it is set; a part stands once', () => {
    expect(['{agency}-{yyMMdd}-{digits:4}', '{other}', '{agency', '{digits}-{digits}', ''].map((shape) => codeShapeSchema.safeParse(shape).success)).toEqual([true, false, false, false, false]);
  });

  test('an example fits its shape', () => {
    expect(exampleOfShape(SHAPE, 'H99.27', '2026-11-23')).toBe('H99.27-261123-0001');
    expect(fitsAnyShape([SHAPE], exampleOfShape(SHAPE, 'H99.27', '2026-11-23'))).toBe(true);
  });

  test('spelling does not tell codes apart; signs that hide do not belong in one', () => {
    expect(foreignCodeKey(' h99.27-261123 - 0007')).toBe(foreignCodeKey('H99.27-261123-0007'));
    expect(['H99-1', '17', 'abc', '<1>', 'H\u200b1', '-1'].map(isCodeText)).toEqual([true, true, false, false, false, false]);
  });
});

test('procedures that are entered there: all but a few, or a few alone', () => {
  const all = withEntry({ byDefault: true, exceptions: [] }, 'a', false);
  expect([isEnteredThere(all, 'a'), isEnteredThere(all, 'b'), withEntry(all, 'a', true)]).toEqual([false, true, { byDefault: true, exceptions: [] }]);
  const few = withEntry({ byDefault: false, exceptions: [] }, 'a', true);
  expect([isEnteredThere(few, 'a'), isEnteredThere(few, 'b')]).toEqual([true, false]);
});
