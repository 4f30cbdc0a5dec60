import { daysBetween, officeDate } from '../../src-shared/lib/office-time.ts';
import { REFERENCES_MAX, type FrameContent, type FrameOperation } from '../../src-shared/sync-protocol/frame.ts';
import { FRAME_CONTENT_BYTES_MAX, FRAME_OPERATIONS_MAX, FRAME_REFERENCES_MAX } from '../../src-shared/sync-protocol/limits.ts';
import { bytesToSubject, subjectToBytes } from '../operations/operation-rows.ts';
import { COLUMNS_FORM, COLUMNS_LETTERS_MAX, dayAfter, type ColumnsForm } from './body-form.ts';
import { BodyReader } from './body-reader.ts';
import { BodyWriter } from './body-writer.ts';
import { ByteReader, ByteWriter, DamagedBytes } from './bytes.ts';

/**
 * The content of a frame with like beside like: one column for all kinds, one for all stamps, one for each path of the
 * bodies. References stay inside the frame and the operations before it that the receiver holds for certain, so frames may
 * overtake each other. Made to be compressed afterwards.
 */
const BODY = { erased: 0, columns: 1, text: 2 } as const;
/** What an operation follows: the one before of its subject in this frame, or `count` - 1 named ones. */
const AFTER_THE_ONE_BEFORE = 0;

/** Columns of the headers, in the order in which they lie in the bytes. */
const COLUMNS = ['subjects', 'newSubjects', 'kinds', 'versions', 'actors', 'stamps', 'counters', 'walls', 'dates', 'after', 'bodyForms', 'bodyTexts', 'commitments', 'names'] as const;
type ColumnName = (typeof COLUMNS)[number];

/** As whoever knows no other form reads it. */
export function writeColumns(content: FrameContent): Uint8Array {
  const writer = new ColumnsWriter(content.device, content.after, COLUMNS_FORM.plain);
  for (const operation of content.operations) writer.add(operation);
  return writer.written(content).columns;
}

/** Columns, and beside them what no compressor makes smaller: ids, keys, hashes. Between texts it would only spoil their statistics. */
export interface WrittenColumns {
  readonly columns: Uint8Array;
  /** Empty in the plain form, which has it in the columns. */
  readonly noise: Uint8Array;
}

/** `known`: a writer that was given what the receiver holds, and nothing of the frame. Throws `DamagedBytes`. */
export function readColumns({ columns: bytes, noise: beside }: WrittenColumns, known?: ColumnsWriter): unknown {
  const source = new ByteReader(bytes);
  const told = source.byte();
  const form = Object.values(COLUMNS_FORM).find((one) => one === told);
  if (form === undefined) throw new DamagedBytes('another form');
  const noise = new ByteReader(beside);
  const apart = form === COLUMNS_FORM.sharing ? noise : undefined;
  const office = bytesToSubject(source.bytes(16));
  const device = source.text();
  const after = source.varint();
  const hash = Buffer.from((apart ?? source).bytes(32)).toString('hex');
  const signature = Buffer.from((apart ?? source).bytes(64)).toString('base64url');
  const count = source.varint();
  if (count < 1 || count > FRAME_OPERATIONS_MAX) throw new DamagedBytes('operations', 'frame.tooLarge');
  const columns = Object.fromEntries(COLUMNS.map((name) => [name, source.part()])) as Record<ColumnName, ByteReader>;
  const bodies = new BodyReader(source, apart, FRAME_CONTENT_BYTES_MAX, known?.bodies.known());
  const reader = new OperationReader({ columns, bodies, noise: apart, device, after }, known);
  const operations: FrameOperation[] = [];
  for (let index = 0; index < count; index += 1) operations.push(reader.next());
  const keys = reader.readKeys(source, apart ?? source);
  if (!source.isAtEnd() || !noise.isAtEnd() || !reader.isAtEnd()) throw new DamagedBytes('more than was announced');
  return { office, device, after, head: { seq: after + count, hash, signature }, keys, operations };
}

/** What writer and reader both keep of the operation before, so that only the difference is written. */
interface Before {
  at: number;
  day: string;
}

const FIRST: Before = { at: 0, day: '1970-01-01' };

/** What is known behind some operations, and so need not be said again. */
interface KnownHeaders {
  readonly subjects: readonly string[];
  readonly names: readonly string[];
  readonly seqBySubject: ReadonlyMap<string, number>;
  readonly before: Before;
}

export class ColumnsWriter {
  readonly bodies: BodyWriter;
  readonly #form: ColumnsForm;
  readonly #noise: ByteWriter | undefined;
  readonly #columns = Object.fromEntries(COLUMNS.map((name) => [name, new ByteWriter()])) as Record<ColumnName, ByteWriter>;
  readonly #device: string;
  #seq: number;
  readonly #numberBySubject = new Map<string, number>();
  readonly #seqBySubject = new Map<string, number>();
  readonly #names = new Map<string, number>();
  readonly #touched = new Set<string>();
  #before = FIRST;

  constructor(device: string, after: number, form: ColumnsForm) {
    this.#device = device;
    this.#seq = after;
    this.#form = form;
    this.#noise = form === COLUMNS_FORM.sharing ? new ByteWriter() : undefined;
    this.bodies = new BodyWriter(this.#noise);
  }

  /** What was added is held by whoever reads: only what comes from behind `after` is written. */
  takeAsKnown(after: number): void {
    this.#seq = after;
    this.#touched.clear();
    for (const name of COLUMNS) this.#columns[name].forget();
    this.#noise?.forget();
    this.bodies.forget();
  }

  known(): KnownHeaders {
    return { subjects: [...this.#numberBySubject.keys()], names: [...this.#names.keys()], seqBySubject: this.#seqBySubject, before: this.#before };
  }

  written({ office, device, after, head, operations, keys }: FrameContent): WrittenColumns {
    const out = new ByteWriter();
    out.byte(this.#form);
    out.bytes(subjectToBytes(office));
    out.text(device);
    out.varint(after);
    // Its own, because the writer may go on behind what it wrote until now.
    const noise = new ByteWriter();
    const apart = this.#noise ? noise : out;
    apart.bytes(Buffer.from(head.hash, 'hex'));
    apart.bytes(Buffer.from(head.signature, 'base64url'));
    if (this.#noise) noise.bytes(this.#noise.written());
    out.varint(operations.length);
    for (const name of COLUMNS) out.part(this.#columns[name]);
    this.bodies.writeTo(out);
    this.#writeKeys(out, apart, keys);
    return { columns: out.written(), noise: noise.written() };
  }

  add(operation: FrameOperation): void {
    const { subject, kind, version, actor, at, wall, businessDate, after } = operation;
    const columns = this.#columns;
    this.#seq += 1;
    this.#touched.add(subject);
    this.#writeSubject(subject, at[0]);
    columns.kinds.varint(this.#name(kind));
    columns.versions.varint(version);
    columns.actors.varint(actor === null ? 0 : this.#name(actor) + 1);
    columns.stamps.signed(at[0] - this.#before.at);
    columns.counters.varint(at[1]);
    columns.walls.signed(wall - at[0]);
    columns.dates.signed(daysBetween(this.#before.day, businessDate));
    this.#writeAfter(after, this.#seqBySubject.get(subject));
    this.#writeBody(operation);
    this.#before = { at: at[0], day: businessDate };
    this.#seqBySubject.set(subject, this.#seq);
  }

  /** Beside each subject of the frame, in its order: whether its key is there, and the key. */
  #writeKeys(out: ByteWriter, apart: ByteWriter, keys: FrameContent['keys']): void {
    for (const subject of this.#touched) {
      const key = keys[subject];
      out.byte(key === undefined ? 0 : 1);
      if (key !== undefined) apart.bytes(Buffer.from(key, 'base64url'));
    }
  }

  #writeSubject(subject: string, atMs: number): void {
    // Counted back from the latest: most acts are about a dossier that was met not long ago.
    const known = this.#numberBySubject.get(subject);
    this.#columns.subjects.varint(known === undefined ? 0 : this.#numberBySubject.size - known);
    if (known !== undefined) return;
    this.#numberBySubject.set(subject, this.#numberBySubject.size);
    const bytes = subjectToBytes(subject);
    // Six bytes of a time-ordered id say when the form was opened: shortly before the stamp.
    this.#columns.newSubjects.signed(atMs - bytes.readUIntBE(0, 6));
    (this.#noise ?? this.#columns.newSubjects).bytes(bytes.subarray(6));
  }

  #writeAfter(after: FrameOperation['after'], before: number | undefined): void {
    const column = this.#columns.after;
    const [only] = after;
    if (after.length === 1 && only![0] === this.#device && only![1] === before) return column.varint(AFTER_THE_ONE_BEFORE);
    column.varint(after.length + 1);
    for (const [device, seq] of after) {
      column.varint(this.#name(device));
      column.signed(this.#seq - seq);
    }
  }

  #writeBody({ body, commitment, at }: FrameOperation): void {
    const columns = this.#columns;
    if (body === null) {
      columns.bodyForms.byte(BODY.erased);
      (this.#noise ?? columns.commitments).bytes(Buffer.from(commitment ?? '', 'base64url'));
      return;
    }
    const value = body.length > COLUMNS_LETTERS_MAX ? undefined : BodyWriter.valueOf(body);
    columns.bodyForms.byte(value === undefined ? BODY.text : BODY.columns);
    if (value === undefined) columns.bodyTexts.text(body);
    else this.bodies.add(value, at[0]);
  }

  #name(text: string): number {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    this.#names.set(text, this.#names.size);
    this.#columns.names.text(text);
    return this.#names.size - 1;
  }
}

interface OperationsSource {
  readonly columns: Record<ColumnName, ByteReader>;
  readonly bodies: BodyReader;
  /** Where ids and commitments lie, if not in their columns. */
  readonly noise: ByteReader | undefined;
  readonly device: string;
  readonly after: number;
}

class OperationReader {
  readonly #columns: Record<ColumnName, ByteReader>;
  readonly #bodies: BodyReader;
  readonly #noise: ByteReader | undefined;
  readonly #device: string;
  #seq: number;
  readonly #subjects: string[];
  readonly #seqBySubject: Map<string, number>;
  readonly #names: string[];
  readonly #touched = new Set<string>();
  #before: Before;
  #referencesLeft = FRAME_REFERENCES_MAX;

  constructor({ columns, bodies, noise, device, after }: OperationsSource, writer?: ColumnsWriter) {
    const known = writer?.known();
    this.#subjects = [...(known?.subjects ?? [])];
    this.#names = [...(known?.names ?? [])];
    this.#seqBySubject = new Map(known?.seqBySubject);
    this.#before = known?.before ?? FIRST;
    this.#columns = columns;
    this.#bodies = bodies;
    this.#noise = noise;
    this.#device = device;
    this.#seq = after;
  }

  next(): FrameOperation {
    const columns = this.#columns;
    this.#seq += 1;
    const ago = columns.subjects.varint();
    const newId = ago === 0 ? { before: columns.newSubjects.signed(), rest: (this.#noise ?? columns.newSubjects).bytes(10) } : undefined;
    const kind = this.#name(columns.kinds.varint());
    const version = columns.versions.varint();
    const actorNumber = columns.actors.varint();
    const actor = actorNumber === 0 ? null : this.#name(actorNumber - 1);
    const atMs = this.#before.at + columns.stamps.signed();
    const counter = columns.counters.varint();
    const wall = atMs + columns.walls.signed();
    const businessDate = dayAfter(this.#before.day, columns.dates.signed());
    const subject = newId === undefined ? this.#subjects[this.#subjects.length - ago] : this.#newSubject(atMs - newId.before, newId.rest);
    if (subject === undefined) throw new DamagedBytes('a subject that was never there');
    const after = this.#readAfter(this.#seqBySubject.get(subject));
    this.#before = { at: atMs, day: businessDate };
    this.#touched.add(subject);
    this.#seqBySubject.set(subject, this.#seq);
    return { subject, kind, version, actor, at: [atMs, counter], wall, businessDate, after, ...this.#readBody(atMs) };
  }

  readKeys(source: ByteReader, apart: ByteReader): Record<string, string> {
    const keys: Record<string, string> = {};
    for (const subject of this.#touched) if (source.byte() === 1) keys[subject] = Buffer.from(apart.bytes(16)).toString('base64url');
    return keys;
  }

  isAtEnd(): boolean {
    // Names lie in their column until one is asked for.
    return this.#bodies.isAtEnd() && COLUMNS.every((name) => this.#columns[name].isAtEnd());
  }

  #newSubject(timeMs: number, rest: Uint8Array): string {
    if (timeMs < 0 || timeMs >= 2 ** 48) throw new DamagedBytes('an id of no time');
    const bytes = Buffer.alloc(16);
    bytes.writeUIntBE(timeMs, 0, 6);
    bytes.set(rest, 6);
    const subject = bytesToSubject(bytes);
    this.#subjects.push(subject);
    return subject;
  }

  #readAfter(before: number | undefined): FrameOperation['after'] {
    const column = this.#columns.after;
    const count = column.varint();
    if (count === AFTER_THE_ONE_BEFORE) {
      if (before === undefined) throw new DamagedBytes('follows nothing');
      return [[this.#device, before]];
    }
    this.#referencesLeft -= count - 1;
    if (count - 1 > REFERENCES_MAX || this.#referencesLeft < 0) throw new DamagedBytes('references', 'frame.tooLarge');
    const after: FrameOperation['after'] = [];
    for (let index = 1; index < count; index += 1) {
      const device = this.#name(column.varint());
      after.push([device, this.#seq - column.signed()]);
    }
    return after;
  }

  #readBody(atMs: number): Pick<FrameOperation, 'body' | 'commitment'> {
    const columns = this.#columns;
    const form = columns.bodyForms.byte();
    if (form === BODY.erased) return { body: null, commitment: Buffer.from((this.#noise ?? columns.commitments).bytes(32)).toString('base64url') };
    if (form === BODY.columns) return { body: this.#bodies.next(atMs) };
    if (form === BODY.text) return { body: columns.bodyTexts.text() };
    throw new DamagedBytes('an unknown form of body');
  }

  #name(number: number): string {
    if (number === this.#names.length) this.#names.push(this.#columns.names.text());
    const name = this.#names[number];
    if (name === undefined) throw new DamagedBytes('an unknown name');
    return name;
  }
}
