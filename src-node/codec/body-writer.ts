import { canonicalJson, type CanonicalValue } from '../../src-shared/lib/canonical-json.ts';
import { ID_PATTERN } from '../../src-shared/sync-protocol/frame.ts';
import { subjectToBytes } from '../operations/operation-rows.ts';
import { columnOf, dayNumber, remember, stepTo, TAG, VALUES_PER_TABLE_MAX, type Column } from './body-form.ts';
import { ByteWriter } from './bytes.ts';

const HASH = /^[0-9a-f]{64}$/;
/** What is further from the value before may be nearer to the stamp of its operation. */
const FAR = 2 ** 20;

type CanonicalObject = Readonly<Record<string, CanonicalValue>>;

interface Table {
  readonly numberByToken: Map<string, number>;
  readonly values: CanonicalValue[];
}

function tableOf(): Table {
  return { numberByToken: new Map(), values: [] };
}

function keep({ numberByToken, values }: Table, token: string, value: CanonicalValue): void {
  if (values.length >= VALUES_PER_TABLE_MAX) return;
  numberByToken.set(token, values.length);
  values.push(value);
}

/** What whoever reads on from here need not be told again. */
export interface KnownBodies {
  /** Undefined where there was no body yet. */
  readonly root: Column<unknown> | undefined;
  readonly columns: readonly Column<unknown>[];
  readonly shapes: readonly string[];
  readonly objects: readonly (readonly CanonicalValue[])[];
  readonly lists: readonly CanonicalValue[];
}

export class BodyWriter {
  readonly #noise: ByteWriter | undefined;
  readonly #root = columnOf(new ByteWriter());
  /** In the order in which they were met. */
  readonly #columns: Column<ByteWriter>[] = [];
  readonly #shapes = new Map<string, number>();
  /** What was written whole, by its shape. */
  readonly #objects: Table[] = [];
  readonly #lists = tableOf();
  readonly #tokens = new Map<string, number>();
  readonly #tokenOfValue = new Map<object, string>();

  /** `noise`: takes what no compressor makes smaller; without it columns are laid out in the plain form. */
  constructor(noise: ByteWriter | undefined) {
    this.#noise = noise;
  }

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

  /** `atMs`: the stamp of its operation. */
  add(value: CanonicalValue, atMs: number): void {
    if (this.#columns.length === 0) this.#columns.push(this.#root);
    this.#write(this.#root, value, atMs);
    this.#tokenOfValue.clear();
  }

  /** What was added until now is held by whoever reads. */
  forget(): void {
    for (const { bytes } of this.#columns) bytes.forget();
  }

  known(): KnownBodies {
    const [root] = this.#columns;
    return { root, columns: this.#columns, shapes: [...this.#shapes.keys()], objects: this.#objects.map(({ values }) => values), lists: this.#lists.values };
  }

  writeTo(out: ByteWriter): void {
    out.varint(this.#columns.length);
    for (const { bytes } of this.#columns) out.varint(bytes.written().byteLength);
    for (const { bytes } of this.#columns) out.bytes(bytes.written());
  }

  #column(): Column<ByteWriter> {
    const column = columnOf(new ByteWriter());
    this.#columns.push(column);
    return column;
  }

  #member({ members }: Column<ByteWriter>, key: string): Column<ByteWriter> {
    const known = members.get(key) ?? this.#column();
    members.set(key, known);
    return known;
  }

  #write(column: Column<ByteWriter>, value: CanonicalValue, atMs: number): void {
    if (value === null) column.bytes.byte(TAG.null);
    else if (typeof value === 'boolean') column.bytes.byte(value ? TAG.true : TAG.false);
    else if (typeof value === 'number') this.#writeInteger(column, value, atMs);
    else if (typeof value === 'string') this.#writeText(column, value);
    else if (Array.isArray(value)) this.#writeList(column, value as readonly CanonicalValue[], atMs);
    else this.#writeObject(column, value as CanonicalObject, atMs);
  }

  #writeList(column: Column<ByteWriter>, value: readonly CanonicalValue[], atMs: number): void {
    const token = this.#isSharing() && value.length > 0 ? this.#tokenOf(value) : '';
    const known = this.#lists.numberByToken.get(token);
    if (known !== undefined) {
      column.bytes.byte(TAG.sameList);
      return column.bytes.varint(this.#lists.values.length - 1 - known);
    }
    column.bytes.byte(TAG.list);
    column.bytes.varint(value.length);
    for (const member of value) this.#write((column.items ??= this.#column()), member, atMs);
    if (token !== '') keep(this.#lists, token, value);
  }

  #writeObject(column: Column<ByteWriter>, value: CanonicalObject, atMs: number): void {
    const { bytes } = column;
    const keys = Object.keys(value).sort();
    const shape = JSON.stringify(keys);
    const number = this.#shapes.get(shape) ?? this.#shapes.size;
    const table = (this.#objects[number] ??= tableOf());
    const token = this.#isSharing() ? this.#tokenOf(value) : '';
    const known = table.numberByToken.get(token);
    if (known !== undefined) {
      bytes.byte(TAG.sameObject);
      bytes.varint(number);
      return bytes.varint(table.values.length - 1 - known);
    }
    bytes.byte(TAG.object);
    bytes.varint(number);
    if (number === this.#shapes.size) {
      this.#shapes.set(shape, number);
      bytes.text(shape);
    }
    for (const key of keys) this.#write(this.#member(column, key), value[key]!, atMs);
    if (token !== '') keep(table, token, value);
  }

  #isSharing(): boolean {
    return this.#noise !== undefined;
  }

  /** Equal values have equal tokens, which are short however large the values are. */
  #tokenOf(value: CanonicalValue | undefined): string {
    if (typeof value === 'string') return `"${this.#tokenNumber(`"${value}`)}`;
    if (typeof value !== 'object' || value === null) return String(value);
    const known = this.#tokenOfValue.get(value);
    if (known !== undefined) return known;
    const content = Array.isArray(value)
      ? `[${(value as readonly CanonicalValue[]).map((member) => this.#tokenOf(member)).join(',')}`
      : `{${Object.keys(value).sort().map((key) => `${this.#tokenOf(key)}:${this.#tokenOf((value as CanonicalObject)[key])}`).join(',')}`;
    const token = `${content[0]}${this.#tokenNumber(content)}`;
    this.#tokenOfValue.set(value, token);
    return token;
  }

  #tokenNumber(content: string): number {
    const known = this.#tokens.get(content) ?? this.#tokens.size;
    this.#tokens.set(content, known);
    return known;
  }

  #writeInteger(column: Column<ByteWriter>, value: number, atMs: number): void {
    const { bytes } = column;
    const step = value - column.integer;
    const fromStamp = value - atMs;
    if (this.#isSharing() && Math.abs(step) >= FAR && Number.isSafeInteger(fromStamp) && Math.abs(fromStamp) < Math.abs(step)) {
      bytes.byte(fromStamp < 0 ? TAG.earlier : TAG.later);
      bytes.varint(Math.abs(fromStamp));
    } else if (Number.isSafeInteger(step)) {
      bytes.byte(step < 0 ? TAG.less : TAG.more);
      bytes.varint(Math.abs(step));
    } else {
      bytes.byte(value < 0 ? TAG.negative : TAG.integer);
      bytes.varint(Math.abs(value));
    }
    column.integer = value;
  }

  #writeText(column: Column<ByteWriter>, value: string): void {
    const { bytes, texts, numberByText, text: before } = column;
    const known = numberByText.get(value);
    column.text = value;
    if (known !== undefined) {
      bytes.byte(TAG.again);
      // The latest is the likeliest.
      return bytes.varint(texts.length - 1 - known);
    }
    remember(column, value);
    const step = this.#isSharing() ? stepTo(before, value) : undefined;
    const day = this.#isSharing() ? dayNumber(value) : undefined;
    if (step !== undefined) {
      bytes.byte(TAG.next);
      bytes.varint(step);
    } else if (day !== undefined) {
      bytes.byte(TAG.day);
      bytes.signed(day);
    } else if (ID_PATTERN.test(value)) {
      bytes.byte(TAG.id);
      (this.#noise ?? bytes).bytes(subjectToBytes(value));
    } else if (HASH.test(value)) {
      bytes.byte(TAG.hash);
      (this.#noise ?? bytes).bytes(Buffer.from(value, 'hex'));
    } else {
      bytes.byte(TAG.text);
      bytes.text(value);
    }
  }
}
