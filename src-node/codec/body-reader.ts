import { CANONICAL_DEPTH_MAX, canonicalJson, type CanonicalValue } from '../../src-shared/lib/canonical-json.ts';
import { FRAME_VALUES_MAX } from '../../src-shared/sync-protocol/limits.ts';
import { bytesToSubject } from '../operations/operation-rows.ts';
import { columnOf, COLUMNS_LETTERS_MAX, dayOf, remember, TAG, textAfter, VALUES_PER_TABLE_MAX, type Column } from './body-form.ts';
import type { KnownBodies } from './body-writer.ts';
import { ByteReader, DamagedBytes } from './bytes.ts';

/** A letter takes three bytes at most. */
const SHAPE_BYTES_MAX = COLUMNS_LETTERS_MAX * 3;

/** What a value counts where it is written out: by its number it costs three bytes here, and once more each time there. */
interface Size {
  readonly values: number;
  readonly letters: number;
}

export class BodyReader {
  readonly #noise: ByteReader | undefined;
  #root: Column<ByteReader> | undefined;
  /** Lengths of the columns that were not met yet, and their bytes one behind the other. */
  readonly #lengths: ByteReader;
  readonly #bytes: ByteReader;
  readonly #met: Column<ByteReader>[] = [];
  readonly #shapes: (readonly string[])[] = [];
  readonly #objects: CanonicalValue[][] = [];
  readonly #lists: CanonicalValue[] = [];
  readonly #sizes = new Map<CanonicalValue, Size>();
  #lettersLeft: number;
  #valuesLeft = FRAME_VALUES_MAX;

  /** `noise`: undefined in the plain form. `known`: of a writer that was given what is held here already. Nothing is made for a column before it is met. */
  constructor(source: ByteReader, noise: ByteReader | undefined, lettersMax: number, known?: KnownBodies) {
    this.#noise = noise;
    this.#lettersLeft = lettersMax;
    let bytes = 0;
    const count = source.varint();
    this.#lengths = source.passed(() => {
      for (let index = 0; index < count; index += 1) bytes += source.varint();
    });
    this.#bytes = new ByteReader(source.bytes(bytes));
    if (known?.root) this.#root = this.#take(known, known.root);
  }

  /** Columns that are known come first, in the order in which they were met. */
  #take({ columns, shapes, objects, lists }: KnownBodies, root: Column<unknown>): Column<ByteReader> {
    const readers = new Map<Column<unknown>, Column<ByteReader>>();
    for (const column of columns) {
      const own = this.#column();
      own.texts.push(...column.texts);
      own.integer = column.integer;
      own.text = column.text;
      readers.set(column, own);
    }
    for (const [column, own] of readers) {
      for (const [key, member] of column.members) own.members.set(key, readers.get(member)!);
      own.items = column.items && readers.get(column.items);
    }
    this.#shapes.push(...shapes.map(shapeOf));
    this.#objects.push(...objects.map((values) => [...values]));
    this.#lists.push(...lists);
    return readers.get(root)!;
  }

  /** The exact text of the next body; `atMs`: the stamp of its operation. */
  next(atMs: number): string {
    const value = this.#read((this.#root ??= this.#column()), atMs, 0);
    try {
      return canonicalJson(value);
    } catch {
      // Half a letter in a key, two spellings of one key, or nested too deep.
      throw new DamagedBytes('nothing that canonical JSON knows');
    }
  }

  /** Every column read to its end: whatever is over was never written by a program of ours. */
  isAtEnd(): boolean {
    return this.#lengths.isAtEnd() && this.#met.every(({ bytes }) => bytes.isAtEnd());
  }

  #column(): Column<ByteReader> {
    if (this.#lengths.isAtEnd()) throw new DamagedBytes('a column is missing');
    const column = columnOf(new ByteReader(this.#bytes.bytes(this.#lengths.varint())));
    this.#met.push(column);
    return column;
  }

  #read(column: Column<ByteReader>, atMs: number, depth: number): CanonicalValue {
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
      case TAG.list: return this.#readList(column, atMs, depth);
      case TAG.object: return this.#readObject(column, atMs, depth);
    }
    if (tag < TAG.sameList) return this.#counted(readText(column, tag, this.#noise));
    if (this.#noise === undefined) throw new DamagedBytes('an unknown tag');
    switch (tag) {
      case TAG.sameList: return this.#same(this.#lists, bytes);
      case TAG.sameObject: return this.#same(this.#objects[bytes.varint()], bytes);
      case TAG.later: return readInteger(column, atMs + bytes.varint());
      case TAG.earlier: return readInteger(column, atMs - bytes.varint());
      default: return this.#counted(readText(column, tag, this.#noise));
    }
  }

  #readList(column: Column<ByteReader>, atMs: number, depth: number): CanonicalValue {
    if (depth >= CANONICAL_DEPTH_MAX) throw new DamagedBytes('nested too deep');
    const members: CanonicalValue[] = [];
    const count = column.bytes.varint();
    for (let left = count; left > 0; left -= 1) members.push(this.#read((column.items ??= this.#column()), atMs, depth + 1));
    if (count > 0) this.#keep(this.#lists, members);
    return members;
  }

  #readObject(column: Column<ByteReader>, atMs: number, depth: number): CanonicalValue {
    if (depth >= CANONICAL_DEPTH_MAX) throw new DamagedBytes('nested too deep');
    const { bytes, members } = column;
    const shape = bytes.varint();
    if (shape === this.#shapes.length) this.#shapes.push(this.#newShape(bytes));
    const keys = this.#shapes[shape];
    if (keys === undefined) throw new DamagedBytes('an unknown shape');
    // One without a prototype would take four times as much room.
    const value: Record<string, CanonicalValue> = {};
    for (const key of keys) {
      this.#counted(key);
      const member = members.get(key) ?? this.#column();
      members.set(key, member);
      put(value, key, this.#read(member, atMs, depth + 1));
    }
    this.#keep((this.#objects[shape] ??= []), value);
    return value;
  }

  #keep(table: CanonicalValue[], value: CanonicalValue): void {
    if (this.#noise !== undefined && table.length < VALUES_PER_TABLE_MAX) table.push(value);
  }

  #same(table: readonly CanonicalValue[] | undefined, bytes: ByteReader): CanonicalValue {
    const value = table?.[table.length - 1 - bytes.varint()];
    if (value === undefined) throw new DamagedBytes('a value that was never there');
    const { values, letters } = this.#sizeOf(value);
    this.#countValues(values);
    this.#countLetters(letters);
    return value;
  }

  #sizeOf(value: CanonicalValue | undefined): Size {
    if (typeof value === 'string') return { values: 1, letters: value.length };
    if (typeof value !== 'object' || value === null) return { values: 1, letters: 0 };
    const known = this.#sizes.get(value);
    if (known) return known;
    let values = 1;
    let letters = Array.isArray(value) ? 0 : Object.keys(value).join('').length;
    for (const member of Object.values(value) as CanonicalValue[]) {
      const size = this.#sizeOf(member);
      values += size.values;
      letters += size.letters;
    }
    this.#sizes.set(value, { values, letters });
    return { values, letters };
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

  #countLetters(count: number): void {
    this.#lettersLeft -= count;
    if (this.#lettersLeft < 0) throw new DamagedBytes('unpacked', 'frame.tooLarge');
  }

  #counted(text: string): string {
    this.#countLetters(text.length);
    return text;
  }
}

/** Every name is an ordinary one, `__proto__` too. */
function put(object: Record<string, CanonicalValue>, key: string, value: CanonicalValue): void {
  if (key === '__proto__') Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
  else object[key] = value;
}

function readInteger(column: Column<ByteReader>, value: number): number {
  if (!Number.isSafeInteger(value)) throw new DamagedBytes('a number that is too large');
  column.integer = value;
  return value;
}

function readText(column: Column<ByteReader>, tag: number, noise: ByteReader | undefined): string {
  const { bytes, texts } = column;
  if (tag === TAG.again) {
    const text = texts[texts.length - 1 - bytes.varint()];
    if (text === undefined) throw new DamagedBytes('a text that was never there');
    column.text = text;
    return text;
  }
  const text = readNewText(column, tag, noise);
  column.text = text;
  remember(column, text);
  return text;
}

function readNewText({ bytes, text }: Column<ByteReader>, tag: number, noise: ByteReader | undefined): string {
  switch (tag) {
    case TAG.text: return bytes.text();
    case TAG.id: return bytesToSubject((noise ?? bytes).bytes(16));
    case TAG.hash: return Buffer.from((noise ?? bytes).bytes(32)).toString('hex');
    case TAG.next: return textAfter(text, bytes.varint());
    case TAG.day: return dayOf(bytes.signed());
    default: throw new DamagedBytes('an unknown tag');
  }
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
