import { describe, expect, it } from 'vitest';
import { BodyReader } from '../../../src-node/codec/body-reader.ts';
import { ByteReader, ByteWriter, DamagedBytes } from '../../../src-node/codec/bytes.ts';

const OBJECT = 12;
const MORE = 3;
const TEXT = 7;

/** A body of one object, as a program would write it that orders and spells names as it likes. */
function objectOf(shape: string, members: readonly (number | string)[]): BodyReader {
  const body = new ByteWriter();
  body.byte(OBJECT);
  body.varint(0);
  body.text(shape);
  const columns = [body, ...members.map((member) => {
    const column = new ByteWriter();
    column.byte(typeof member === 'number' ? MORE : TEXT);
    if (typeof member === 'number') column.varint(member);
    else column.text(member);
    return column;
  })];
  const source = new ByteWriter();
  source.varint(columns.length);
  for (const column of columns) source.varint(column.written().byteLength);
  for (const column of columns) source.bytes(column.written());
  return new BodyReader(new ByteReader(source.written()), undefined, 1_000);
}

describe('bodies out of columns', () => {
  it('are canonical, in whatever order and spelling their names and texts came', () => {
    expect(objectOf('["b","a","A"]', [1, 'x', 2]).next(0)).toBe('{"A":2,"a":"x","b":1}');
    expect(objectOf('["f","e\u0301"]', [1, 'Nga\u0303 "\n"']).next(0)).toBe('{"f":1,"é":"Ngã \\"\\n\\""}');
    expect(objectOf('["__proto__","10","9"]', [1, 2, 3]).next(0)).toBe('{"10":2,"9":3,"__proto__":1}');
    expect(objectOf('[]', []).next(0)).toBe('{}');
  });

  it.each([['a name twice', '["a","a"]'], ['two spellings of one name', '["é","e\u0301"]'], ['half a letter', '["\\ud800"]'], ['no list', '{"a":1}'], ['no name', '[1]'], ['no JSON', '[']])('are damaged that have %s', (_what, shape) => {
    expect(() => objectOf(shape, [1, 2]).next(0)).toThrow(DamagedBytes);
  });

  it('are damaged where a column is missing, and not read to their end where one is over', () => {
    expect(() => objectOf('["a","b"]', [1]).next(0)).toThrow(DamagedBytes);
    const reader = objectOf('["a"]', [1, 2]);
    reader.next(0);
    expect(reader.isAtEnd()).toBe(false);
  });
});
