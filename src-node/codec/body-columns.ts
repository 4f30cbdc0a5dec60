import { CANONICAL_DEPTH_MAX, canonicalJson, type CanonicalValue } from '../../src-shared/lib/canonical-json.ts';
import { ID_PATTERN } from '../../src-shared/sync-protocol/frame.ts';
import { FRAME_VALUES_MAX } from '../../src-shared/sync-protocol/limits.ts';
import { bytesToSubject, subjectToBytes } from '../operations/operation-rows.ts';
import { ByteReader, ByteWriter, DamagedBytes } from './bytes.ts';

/**
 * Bodies side by side: whatever stands at one path of them (`content.owner.name`) goes into one column, so that like lies
 * beside like and a compressor finds it. No kind is known here: a body of tomorrow's program fits as well as one of today's.
 * Writer and reader walk alike and meet columns in the same order, so no column needs a name.
 */
const TAG = { null: 0, false: 1, true: 2, more: 3, less: 4, integer: 5, negative: 6, text: 7, again: 8, id: 9, hash: 10, list: 11, object: 12 } as const;

const HASH = /^[0-9a-f]{64}$/;
/** A text that comes again is named by its number in its column. */
const TEXTS_PER_COLUMN_MAX = 4_096;
/** A larger body is a whole pack, which is one text, and travels as it is. */
export const COLUMNS_LETTERS_MAX = 262_144;
/** A letter takes three bytes at most. */
const SHAPE_BYTES_MAX = COLUMNS_LETTERS_MAX * 3;

interface Column {
  readonly bytes: ByteWriter;
  readonly texts: string[];
  readonly numberByText: Map<string, number>;
  integer: number;
}

export class BodyWriter {
  readonly #columns = new Map<string, Column>();
  readonly #shapes = new Map<string, number>();

  /** Undefined: this text is not what canonical JSON would write, and must travel as it is. */
  static valueOf(text: string): CanonicalValue | undefined {
    try {
      const value = JSON.parse(text) as CanonicalValue;
      return canonicalJson(value) === text ? value : undefined;
    } catch {
      // Not JSON at all, or nothing that canonical JSON knows.
      return undefined;
    }
  }

  add(value: CanonicalValue): void {
    this.#write('', value);
  }

  writeTo(out: ByteWriter): void {
    out.varint(this.#columns.size);
    for (const { bytes } of this.#columns.values()) out.varint(bytes.written().byteLength);
    for (const { bytes } of this.#columns.values()) out.bytes(bytes.written());
  }

  #column(path: string): Column {
    const known = this.#columns.get(path);
    if (known) return known;
    const column: Column = { bytes: new ByteWriter(), texts: [], numberByText: new Map(), integer: 0 };
    this.#columns.set(path, column);
    return column;
  }

  #write(path: string, value: CanonicalValue): void {
    const column = this.#column(path);
    if (value === null) column.bytes.byte(TAG.null);
    else if (typeof value === 'boolean') column.bytes.byte(value ? TAG.true : TAG.false);
    else if (typeof value === 'number') writeInteger(column, value);
    else if (typeof value === 'string') writeText(column, value);
    else if (Array.isArray(value)) {
      column.bytes.byte(TAG.list);
      column.bytes.varint(value.length);
      for (const member of value as readonly CanonicalValue[]) this.#write(`${path}[`, member);
    } else this.#writeObject(path, column, value as Readonly<Record<string, CanonicalValue>>);
  }

  #writeObject(path: string, { bytes }: Column, value: Readonly<Record<string, CanonicalValue>>): void {
    const keys = Object.keys(value).sort();
    const shape = JSON.stringify(keys);
    const known = this.#shapes.get(shape);
    bytes.byte(TAG.object);
    bytes.varint(known ?? this.#shapes.size);
    if (known === undefined) {
      this.#shapes.set(shape, this.#shapes.size);
      bytes.text(shape);
    }
    for (const key of keys) this.#write(`${path}${JSON.stringify(key)}`, value[key]!);
  }
}

function writeInteger(column: Column, value: number): void {
  const step = value - column.integer;
  if (Number.isSafeInteger(step)) {
    column.bytes.byte(step < 0 ? TAG.less : TAG.more);
    column.bytes.varint(Math.abs(step));
  } else {
    column.bytes.byte(value < 0 ? TAG.negative : TAG.integer);
    column.bytes.varint(Math.abs(value));
  }
  column.integer = value;
}

function writeText({ bytes, texts, numberByText }: Column, value: string): void {
  const known = numberByText.get(value);
  if (known !== undefined) {
    bytes.byte(TAG.again);
    // The latest is the likeliest.
    bytes.varint(texts.length - 1 - known);
    return;
  }
  if (ID_PATTERN.test(value)) {
    bytes.byte(TAG.id);
    bytes.bytes(subjectToBytes(value));
  } else if (HASH.test(value)) {
    bytes.byte(TAG.hash);
    bytes.bytes(Buffer.from(value, 'hex'));
  } else {
    bytes.byte(TAG.text);
    bytes.text(value);
  }
  if (texts.length >= TEXTS_PER_COLUMN_MAX) return;
  numberByText.set(value, texts.length);
  texts.push(value);
}

/** A text as canonical JSON writes it. `letters`: how many it has by itself. */
interface Quoted {
  readonly json: string;
  readonly letters: number;
}

interface ReadColumn {
  readonly bytes: ByteReader;
  readonly texts: Quoted[];
  integer: number;
  /** What stands inside: by the name of a member, and the members of lists. */
  readonly byName: Map<string, ReadColumn>;
  members: ReadColumn | undefined;
}

interface Shape {
  readonly names: readonly (Quoted & { readonly name: string })[];
  /** Where each name's member stands among those that were read, in canonical order; undefined: they are in it. */
  readonly order: readonly number[] | undefined;
}

/** Gives bodies back as the text that canonical JSON writes, without making a value of them first. */
export class BodyReader {
  readonly #columns: ReadColumn[] = [];
  readonly #waiting: ByteReader[];
  readonly #shapes: Shape[] = [];
  #bodies: ReadColumn | undefined;
  /** Texts that come again cost two bytes here and their whole length where they are written out. */
  #lettersLeft: number;
  #valuesLeft = FRAME_VALUES_MAX;

  constructor(source: ByteReader, lettersMax: number) {
    this.#lettersLeft = lettersMax;
    const lengths: number[] = [];
    for (let count = source.varint(); count > 0; count -= 1) lengths.push(source.varint());
    this.#waiting = lengths.map((length) => new ByteReader(source.bytes(length))).reverse();
  }

  /** The exact text of the next body. */
  next(): string {
    this.#bodies ??= this.#nextColumn();
    return this.#read(this.#bodies, 0);
  }

  /** Every column read to its end: whatever is over was never written by a program of ours. */
  isAtEnd(): boolean {
    return this.#waiting.length === 0 && this.#columns.every(({ bytes }) => bytes.isAtEnd());
  }

  /** They lie in the order in which they are first met. */
  #nextColumn(): ReadColumn {
    const bytes = this.#waiting.pop();
    if (bytes === undefined) throw new DamagedBytes('a column is missing');
    const column: ReadColumn = { bytes, texts: [], integer: 0, byName: new Map(), members: undefined };
    this.#columns.push(column);
    return column;
  }

  #columnOf({ byName }: ReadColumn, name: string): ReadColumn {
    const known = byName.get(name);
    if (known) return known;
    const column = this.#nextColumn();
    byName.set(name, column);
    return column;
  }

  #read(column: ReadColumn, depth: number): string {
    const { bytes } = column;
    this.#countValues(1);
    const tag = bytes.byte();
    switch (tag) {
      case TAG.null: return 'null';
      case TAG.false: return 'false';
      case TAG.true: return 'true';
      case TAG.more: return readInteger(column, column.integer + bytes.varint());
      case TAG.less: return readInteger(column, column.integer - bytes.varint());
      case TAG.integer: return readInteger(column, bytes.varint());
      case TAG.negative: return readInteger(column, -bytes.varint());
      case TAG.list: return this.#readList(column, depth);
      case TAG.object: return this.#readObject(column, depth);
      default: return this.#counted(readText(column, tag));
    }
  }

  #readList(column: ReadColumn, depth: number): string {
    if (depth >= CANONICAL_DEPTH_MAX) throw new DamagedBytes('nested too deep');
    const length = column.bytes.varint();
    let text = '';
    for (let index = 0; index < length; index += 1) {
      column.members ??= this.#nextColumn();
      text += `${index === 0 ? '' : ','}${this.#read(column.members, depth + 1)}`;
    }
    return `[${text}]`;
  }

  #readObject(column: ReadColumn, depth: number): string {
    if (depth >= CANONICAL_DEPTH_MAX) throw new DamagedBytes('nested too deep');
    const number = column.bytes.varint();
    if (number === this.#shapes.length) this.#shapes.push(this.#newShape(column.bytes));
    const shape = this.#shapes[number];
    if (shape === undefined) throw new DamagedBytes('an unknown shape');
    const { names, order } = shape;
    const members: string[] = [];
    for (const quoted of names) members.push(`${this.#counted(quoted)}:${this.#read(this.#columnOf(column, quoted.name), depth + 1)}`);
    return `{${(order ? order.map((place) => members[place]!) : members).join(',')}}`;
  }

  #newShape(bytes: ByteReader): Shape {
    const shape = shapeOf(bytes.text(SHAPE_BYTES_MAX));
    this.#countValues(shape.names.length);
    return shape;
  }

  #countValues(count: number): void {
    this.#valuesLeft -= count;
    if (this.#valuesLeft < 0) throw new DamagedBytes('values', 'frame.tooLarge');
  }

  #counted({ json, letters }: Quoted): string {
    this.#lettersLeft -= letters;
    if (this.#lettersLeft < 0) throw new DamagedBytes('unpacked', 'frame.tooLarge');
    return json;
  }
}

function readInteger(column: ReadColumn, value: number): string {
  if (!Number.isSafeInteger(value)) throw new DamagedBytes('a number that is too large');
  column.integer = value;
  return String(value);
}

function readText({ bytes, texts }: ReadColumn, tag: number): Quoted {
  if (tag === TAG.again) {
    const again = texts[texts.length - 1 - bytes.varint()];
    if (again === undefined) throw new DamagedBytes('a text that was never there');
    return again;
  }
  const text = tag === TAG.id ? bytesToSubject(bytes.bytes(16)) : tag === TAG.hash ? Buffer.from(bytes.bytes(32)).toString('hex') : tag === TAG.text ? bytes.text() : undefined;
  if (text === undefined) throw new DamagedBytes('an unknown tag');
  const quoted = { json: canonicalJson(text), letters: text.length };
  if (texts.length < TEXTS_PER_COLUMN_MAX) texts.push(quoted);
  return quoted;
}

function shapeOf(text: string): Shape {
  let keys: unknown;
  try {
    keys = JSON.parse(text);
  } catch {
    throw new DamagedBytes('a shape that is no list');
  }
  const isShape = Array.isArray(keys) && keys.every((key) => typeof key === 'string' && key.isWellFormed());
  if (!isShape) throw new DamagedBytes('a shape that is no list of names');
  const names = keys as readonly string[];
  const written = names.map((name) => name.normalize('NFC'));
  // Two spellings of one name are one name.
  if (new Set(written).size !== names.length) throw new DamagedBytes('a shape that names something twice');
  const order = [...names.keys()].sort((one, other) => (written[one]! < written[other]! ? -1 : 1));
  return {
    names: names.map((name) => ({ name, json: canonicalJson(name), letters: name.length })),
    order: order.every((place, index) => place === index) ? undefined : order,
  };
}
