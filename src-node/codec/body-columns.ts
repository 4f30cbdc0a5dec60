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

interface Column<Bytes> {
  readonly bytes: Bytes;
  readonly texts: string[];
  readonly numberByText: Map<string, number>;
  integer: number;
}

function columnOf<Bytes>(bytes: Bytes): Column<Bytes> {
  return { bytes, texts: [], numberByText: new Map(), integer: 0 };
}

export class BodyWriter {
  readonly #columns = new Map<string, Column<ByteWriter>>();
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

  /** What was added until now is held by whoever reads. */
  forget(): void {
    for (const { bytes } of this.#columns.values()) bytes.forget();
  }

  known(): { readonly columns: Iterable<readonly [path: string, Pick<Column<unknown>, 'texts' | 'integer'>]>; readonly shapes: readonly string[] } {
    return { columns: this.#columns, shapes: [...this.#shapes.keys()] };
  }

  writeTo(out: ByteWriter): void {
    out.varint(this.#columns.size);
    for (const { bytes } of this.#columns.values()) out.varint(bytes.written().byteLength);
    for (const { bytes } of this.#columns.values()) out.bytes(bytes.written());
  }

  #column(path: string): Column<ByteWriter> {
    const known = this.#columns.get(path);
    if (known) return known;
    const column = columnOf(new ByteWriter());
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

  #writeObject(path: string, { bytes }: Column<ByteWriter>, value: Readonly<Record<string, CanonicalValue>>): void {
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

function writeInteger(column: Column<ByteWriter>, value: number): void {
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

function writeText({ bytes, texts, numberByText }: Column<ByteWriter>, value: string): void {
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
  remember({ texts, numberByText }, value);
}

function remember({ texts, numberByText }: Pick<Column<unknown>, 'texts' | 'numberByText'>, value: string): void {
  if (texts.length >= TEXTS_PER_COLUMN_MAX) return;
  numberByText.set(value, texts.length);
  texts.push(value);
}

export class BodyReader {
  readonly #columns = new Map<string, Column<ByteReader>>();
  readonly #waiting: ByteReader[];
  readonly #shapes: (readonly string[])[] = [];
  /** Texts that come again cost two bytes here and their whole length where they are written out. */
  #lettersLeft: number;
  #valuesLeft = FRAME_VALUES_MAX;

  /** `known`: a writer that was given what is held here already. */
  constructor(source: ByteReader, lettersMax: number, known?: BodyWriter) {
    this.#lettersLeft = lettersMax;
    const lengths: number[] = [];
    for (let count = source.varint(); count > 0; count -= 1) lengths.push(source.varint());
    this.#waiting = lengths.map((length) => new ByteReader(source.bytes(length))).reverse();
    if (known) this.#take(known);
  }

  #take(known: BodyWriter): void {
    const { columns, shapes } = known.known();
    for (const [path, { texts, integer }] of columns) {
      const column = this.#column(path);
      column.texts.push(...texts);
      column.integer = integer;
    }
    this.#shapes.push(...shapes.map(shapeOf));
  }

  /** The exact text of the next body. */
  next(): string {
    const value = this.#read('', 0);
    try {
      return canonicalJson(value);
    } catch {
      // Half a letter in a key, or two spellings of one key.
      throw new DamagedBytes('nothing that canonical JSON knows');
    }
  }

  /** Every column read to its end: whatever is over was never written by a program of ours. */
  isAtEnd(): boolean {
    return this.#waiting.length === 0 && [...this.#columns.values()].every(({ bytes }) => bytes.isAtEnd());
  }

  #column(path: string): Column<ByteReader> {
    const known = this.#columns.get(path);
    if (known) return known;
    const bytes = this.#waiting.pop();
    if (bytes === undefined) throw new DamagedBytes('a column is missing');
    const column = columnOf(bytes);
    this.#columns.set(path, column);
    return column;
  }

  #read(path: string, depth: number): CanonicalValue {
    const column = this.#column(path);
    const { bytes } = column;
    this.#countValues(1);
    const tag = bytes.byte();
    switch (tag) {
      case TAG.null: return null;
      case TAG.false: return false;
      case TAG.true: return true;
      case TAG.more: return readInteger(column, column.integer + bytes.varint());
      case TAG.less: return readInteger(column, column.integer - bytes.varint());
      case TAG.integer: return readInteger(column, bytes.varint());
      case TAG.negative: return readInteger(column, -bytes.varint());
      case TAG.list: return this.#readList(path, bytes, depth);
      case TAG.object: return this.#readObject(path, bytes, depth);
      default: return this.#counted(readText(column, tag));
    }
  }

  #readList(path: string, bytes: ByteReader, depth: number): CanonicalValue {
    if (depth >= CANONICAL_DEPTH_MAX) throw new DamagedBytes('nested too deep');
    const members: CanonicalValue[] = [];
    for (let count = bytes.varint(); count > 0; count -= 1) members.push(this.#read(`${path}[`, depth + 1));
    return members;
  }

  #readObject(path: string, bytes: ByteReader, depth: number): CanonicalValue {
    if (depth >= CANONICAL_DEPTH_MAX) throw new DamagedBytes('nested too deep');
    const shape = bytes.varint();
    if (shape === this.#shapes.length) this.#shapes.push(this.#newShape(bytes));
    const keys = this.#shapes[shape];
    if (keys === undefined) throw new DamagedBytes('an unknown shape');
    // Without a prototype every name is an ordinary one, `__proto__` too.
    const value = Object.create(null) as Record<string, CanonicalValue>;
    for (const key of keys) {
      this.#counted(key);
      value[key] = this.#read(`${path}${JSON.stringify(key)}`, depth + 1);
    }
    return value;
  }

  #newShape(bytes: ByteReader): readonly string[] {
    const names = shapeOf(bytes.text(SHAPE_BYTES_MAX));
    this.#countValues(names.length);
    return names;
  }

  #countValues(count: number): void {
    this.#valuesLeft -= count;
    if (this.#valuesLeft < 0) throw new DamagedBytes('values', 'frame.tooLarge');
  }

  #counted(text: string): string {
    this.#lettersLeft -= text.length;
    if (this.#lettersLeft < 0) throw new DamagedBytes('unpacked', 'frame.tooLarge');
    return text;
  }
}

function readInteger(column: Column<ByteReader>, value: number): number {
  if (!Number.isSafeInteger(value)) throw new DamagedBytes('a number that is too large');
  column.integer = value;
  return value;
}

function readText(column: Column<ByteReader>, tag: number): string {
  const { bytes, texts } = column;
  if (tag === TAG.again) {
    const text = texts[texts.length - 1 - bytes.varint()];
    if (text === undefined) throw new DamagedBytes('a text that was never there');
    return text;
  }
  const text = tag === TAG.id ? bytesToSubject(bytes.bytes(16)) : tag === TAG.hash ? Buffer.from(bytes.bytes(32)).toString('hex') : tag === TAG.text ? bytes.text() : undefined;
  if (text === undefined) throw new DamagedBytes('an unknown tag');
  remember(column, text);
  return text;
}

function shapeOf(text: string): readonly string[] {
  let keys: unknown;
  try {
    keys = JSON.parse(text);
  } catch {
    throw new DamagedBytes('a shape that is no list');
  }
  const isShape = Array.isArray(keys) && keys.every((key) => typeof key === 'string') && new Set(keys).size === keys.length;
  if (!isShape) throw new DamagedBytes('a shape that is no list of names');
  return keys as readonly string[];
}
