import { hash } from 'node:crypto';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { DeviceId } from '../../src-shared/lib/ids.ts';
import { FRAME_CONTENT_BYTES_MAX } from '../../src-shared/sync-protocol/limits.ts';
import type { StoredOperation } from '../operations/operation-rows.ts';
import { ByteReader, ByteWriter, DamagedBytes, OTHER_DICTIONARY } from './bytes.ts';
import { writeColumns } from './columnar-content.ts';
import { toFrameOperation } from './frame-operation.ts';

/**
 * Columns under zstd. What the receiver holds of the same device, just before the frame, serves as the dictionary: nothing
 * to hand out or to version, and it speaks of the very procedures, officers and places that the frame speaks of.
 */
const FORM = { plain: 0, withDictionary: 1 } as const;
/** More of them make no frame noticeably smaller (measured in `bench -- codec`). */
export const DICTIONARY_OPERATIONS_MAX = 60;
const FINGERPRINT_BYTES = 4;
/** A tenth smaller than the default in a time that is nothing beside the link's; the levels above take ten times as long. */
const LEVEL = 9;

/** The operations that a frame's dictionary is made of: the receiver reads them before it can read the frame. */
export interface DictionaryName {
  readonly device: DeviceId;
  readonly firstSeq: number;
  readonly lastSeq: number;
}

export function packColumns(columns: Uint8Array, before: readonly StoredOperation[]): Uint8Array {
  const used = before.slice(-DICTIONARY_OPERATIONS_MAX);
  const out = new ByteWriter();
  const params = { [constants.ZSTD_c_compressionLevel]: LEVEL };
  const last = used.at(-1);
  if (last === undefined) {
    out.byte(FORM.plain);
    out.bytes(zstdCompressSync(columns, { params }));
    return out.written();
  }
  const dictionary = dictionaryBytes(used);
  out.byte(FORM.withDictionary);
  out.text(last.header.device);
  out.varint(last.header.seq);
  out.varint(used.length);
  out.bytes(fingerprint(dictionary));
  out.bytes(zstdCompressSync(columns, { params, dictionary }));
  return out.written();
}

/** Throws `DamagedBytes`, and RangeError where it would unpack to too much. */
export function unpackColumns(bytes: Uint8Array, before: readonly StoredOperation[]): Uint8Array {
  const source = new ByteReader(bytes);
  const name = readName(source);
  const options = { maxOutputLength: FRAME_CONTENT_BYTES_MAX };
  if (name === undefined) return zstdDecompressSync(source.rest(), options);
  const told = source.bytes(FINGERPRINT_BYTES);
  const isHeld = before.length === name.lastSeq - name.firstSeq + 1 && before.every(({ header }, index) => header.device === name.device && header.seq === name.firstSeq + index);
  const dictionary = isHeld ? dictionaryBytes(before) : undefined;
  // A body that was erased on one side only makes another dictionary; the sender writes the frame without one.
  if (dictionary === undefined || Buffer.compare(fingerprint(dictionary), told) !== 0) throw new DamagedBytes(`${name.device}:${name.lastSeq}`, OTHER_DICTIONARY);
  return zstdDecompressSync(source.rest(), { ...options, dictionary });
}

/** Which operations must be at hand to read this frame; undefined for none. Throws `DamagedBytes`. */
export function readName(source: ByteReader): DictionaryName | undefined {
  const form = source.byte();
  if (form === FORM.plain) return undefined;
  if (form !== FORM.withDictionary) throw new DamagedBytes('another form');
  const device = source.text() as DeviceId;
  const lastSeq = source.varint();
  const count = source.varint();
  if (device.length > 40 || count < 1 || count > DICTIONARY_OPERATIONS_MAX || count > lastSeq) throw new DamagedBytes('a dictionary that cannot be');
  return { device, firstSeq: lastSeq - count + 1, lastSeq };
}

/** Head and keys are noise; left out, they need not be the same on both sides. */
function dictionaryBytes(operations: readonly StoredOperation[]): Uint8Array {
  const { office, device, seq } = operations[0]!.header;
  return writeColumns({ office, device, after: seq - 1, head: { seq, hash: '', signature: '' }, keys: {}, operations: operations.map(toFrameOperation) });
}

function fingerprint(dictionary: Uint8Array): Uint8Array {
  return hash('sha256', dictionary, 'buffer').subarray(0, FINGERPRINT_BYTES);
}
