import { hash } from 'node:crypto';
import { constants, zstdCompress, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { DeviceId } from '../../src-shared/lib/ids.ts';
import type { FrameContent } from '../../src-shared/sync-protocol/frame.ts';
import { DICTIONARY_BYTES_MAX, DICTIONARY_OPERATIONS_MAX, FRAME_CONTENT_BYTES_MAX } from '../../src-shared/sync-protocol/limits.ts';
import type { StoredOperation } from '../operations/operation-rows.ts';
import { COLUMNS_FORM, type ColumnsForm } from './body-form.ts';
import { ByteReader, ByteWriter, DamagedBytes, OTHER_DICTIONARY } from './bytes.ts';
import { ColumnsWriter, type WrittenColumns } from './columnar-content.ts';
import { toFrameOperation } from './frame-operation.ts';

/**
 * Columns under zstd. What the receiver holds of the same device, somewhere before the frame, serves as the dictionary: nothing
 * to hand out or to version, and it speaks of the very procedures, officers and places that the frame speaks of. It is used
 * twice: what it has said (texts, names, shapes, the last stamp) goes by its number, and zstd finds in it what is merely alike.
 */
const FORM = { plain: 0, formerDictionary: 1, withDictionary: 2, apart: 3 } as const;
const FINGERPRINT_BYTES = 4;
/** `quick`: a tenth smaller than the default in a time that is nothing beside the link's. `small`: another twentieth in five times that, for links that are slower still. */
const ZSTD_LEVEL = { quick: 9, small: 19 } as const;
export type Effort = keyof typeof ZSTD_LEVEL;
const OPERATIONS_PER_SLICE = 24;

/** The operations that a frame's dictionary is made of: the receiver reads them before it can read the frame. */
export interface DictionaryName {
  readonly device: DeviceId;
  readonly firstSeq: number;
  readonly lastSeq: number;
}

/** A frame before it is compressed. */
export interface LaidOut extends WrittenColumns {
  readonly before: readonly StoredOperation[];
  /** What `before` is as columns; undefined without. */
  readonly dictionary: WrittenColumns | undefined;
}

/** Lays columns out, a slice after the other: whoever has others to serve lets them in between. */
export function* layOut(content: FrameContent, form: ColumnsForm, before: readonly StoredOperation[]): Generator<undefined, LaidOut> {
  const writer = new ColumnsWriter(content.device, (before[0]?.header.seq ?? content.after + 1) - 1, form);
  yield* slices(before, (operation) => writer.add(toFrameOperation(operation)));
  const dictionary = before.length === 0 ? undefined : dictionaryOf(writer, before);
  writer.takeAsKnown(content.after);
  yield* slices(content.operations, (operation) => writer.add(operation));
  return { ...writer.written(content), before, dictionary };
}

function* slices<T>(all: readonly T[], each: (one: T) => void): Generator<undefined, void> {
  for (const [index, one] of all.entries()) {
    if (index > 0 && index % OPERATIONS_PER_SLICE === 0) yield;
    each(one);
  }
}

export function compressNow(laidOut: LaidOut, effort: Effort): Uint8Array {
  return packed(laidOut, zstdCompressSync(laidOut.columns, optionsOf(laidOut, effort)));
}

/** The same beside the main thread. */
export async function compressBeside(laidOut: LaidOut, effort: Effort): Promise<Uint8Array> {
  const bytes = await new Promise<Uint8Array>((resolve, reject) => {
    zstdCompress(laidOut.columns, optionsOf(laidOut, effort), (error, result) => (error ? reject(error) : resolve(result)));
  });
  return packed(laidOut, bytes);
}

function optionsOf({ dictionary }: LaidOut, effort: Effort) {
  return { params: { [constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL[effort] }, ...(dictionary && { dictionary: dictionary.columns }) };
}

/** The bytes of a frame whose columns are compressed already. */
function packed({ before, dictionary, noise }: LaidOut, compressed: Uint8Array): Uint8Array {
  const out = new ByteWriter();
  const last = before.at(-1);
  if (dictionary === undefined || last === undefined) {
    out.byte(noise.byteLength === 0 ? FORM.plain : FORM.apart);
  } else {
    out.byte(FORM.withDictionary);
    out.text(last.header.device);
    out.varint(last.header.seq);
    out.varint(before.length);
    out.bytes(fingerprint(dictionary));
  }
  if (noise.byteLength > 0) {
    out.varint(noise.byteLength);
    out.bytes(noise);
  }
  out.bytes(compressed);
  return out.written();
}

export interface Unpacked extends WrittenColumns {
  /** What is said by the operations before, to go on from. */
  readonly known: ColumnsWriter | undefined;
}

/** What of a frame is read before its columns are. Throws `DamagedBytes`, and RangeError where it would unpack to too much. */
export function unpack(bytes: Uint8Array, before: readonly StoredOperation[]): Unpacked {
  const source = new ByteReader(bytes);
  const form = bytes[0];
  const name = readName(source);
  // As protocol 3 leant on it; its desk writes the frame again without.
  if (form === FORM.formerDictionary) throw new DamagedBytes(`${name?.device}:${name?.lastSeq}`, OTHER_DICTIONARY);
  const known = name && knownOf(name, source.bytes(FINGERPRINT_BYTES), before);
  const noise = form === FORM.plain ? new Uint8Array(0) : source.bytes(source.varint());
  const columns = zstdDecompressSync(source.rest(), { maxOutputLength: FRAME_CONTENT_BYTES_MAX, ...(known && { dictionary: known.dictionary.columns }) });
  return { columns, noise, known: known?.writer };
}

/** A body that was erased on one side only makes another dictionary; the sender writes the frame without one. */
function knownOf(name: DictionaryName, told: Uint8Array, before: readonly StoredOperation[]): { readonly writer: ColumnsWriter; readonly dictionary: WrittenColumns } {
  const other = () => new DamagedBytes(`${name.device}:${name.lastSeq}`, OTHER_DICTIONARY);
  if (!isAllOf(name, before)) throw other();
  const writer = new ColumnsWriter(name.device, name.firstSeq - 1, COLUMNS_FORM.sharing);
  for (const operation of before) writer.add(toFrameOperation(operation));
  const dictionary = dictionaryOf(writer, before);
  if (Buffer.compare(fingerprint(dictionary), told) !== 0) throw other();
  writer.takeAsKnown(name.lastSeq);
  return { writer, dictionary };
}

/** Nothing that was erased, and no more than is laid out in little time. */
function isAllOf({ device, firstSeq, lastSeq }: DictionaryName, before: readonly StoredOperation[]): boolean {
  const bytes = before.reduce((sum, { body }) => sum + (body?.byteLength ?? 0), 0);
  return before.length === lastSeq - firstSeq + 1 && bytes <= DICTIONARY_BYTES_MAX && before.every(({ header, body }, index) => body !== null && header.device === device && header.seq === firstSeq + index);
}

/** Which operations must be at hand to read this frame; undefined for none. Throws `DamagedBytes`. */
export function readName(source: ByteReader): DictionaryName | undefined {
  const form = source.byte();
  if (form === FORM.plain || form === FORM.apart) return undefined;
  if (form !== FORM.withDictionary && form !== FORM.formerDictionary) throw new DamagedBytes('another form');
  const device = source.text() as DeviceId;
  const lastSeq = source.varint();
  const count = source.varint();
  if (device.length > 40 || count < 1 || count > DICTIONARY_OPERATIONS_MAX || count > lastSeq) throw new DamagedBytes('a dictionary that cannot be');
  return { device, firstSeq: lastSeq - count + 1, lastSeq };
}

/** Without heads and keys, which need not be the same on both sides. Its own bytes: the writer goes on. */
function dictionaryOf(writer: ColumnsWriter, operations: readonly StoredOperation[]): WrittenColumns {
  const { office, device, seq } = operations[0]!.header;
  return writer.written({ office, device, after: seq - 1, head: { seq, hash: '', signature: '' }, keys: {}, operations: [] });
}

function fingerprint({ columns, noise }: WrittenColumns): Uint8Array {
  return hash('sha256', Buffer.concat([columns, noise]), 'buffer').subarray(0, FINGERPRINT_BYTES);
}
