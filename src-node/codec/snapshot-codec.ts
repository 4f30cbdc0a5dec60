import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { z } from 'zod';
import type { OfficeId } from '../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import { frameOperationSchema, ID_PATTERN, type FrameOperation } from '../../src-shared/sync-protocol/frame.ts';
import { FRAME_CONTENT_BYTES_MAX, FRAME_OPERATIONS_MAX } from '../../src-shared/sync-protocol/limits.ts';
import { commitOf, SUBJECT_KEY_BYTES } from '../crypto/chain.ts';
import type { KeyedOperation } from '../operations/ahead.ts';
import { BODY_BYTES_MAX } from '../operations/ingest.ts';
import { ByteReader, ByteWriter, DamagedBytes } from './bytes.ts';
import { readColumns, writeColumns } from './columnar-content.ts';
import { claimedOperations, toFrameOperation } from './frame-operation.ts';

/**
 * A page of a snapshot as bytes: operations of many devices out of the middle of their logs, so each says where it stands and
 * brings its link. The links cannot be computed before the rest of the logs has come; then they are compared (decisions/0032).
 * The columns are those of a frame of nobody, in which an operation that follows another one of the page names its place there.
 */
const FORM = 1;
/** Read once by each new desk: what it takes longer is nothing beside what it saves on the link. */
const LEVEL = 19;
const OF_THE_PAGE = '';
const NO_HEAD = { hash: '0'.repeat(64), signature: Buffer.alloc(64).toString('base64url') };

export function encodeSnapshot(office: OfficeId, operations: readonly KeyedOperation[]): Uint8Array {
  const [out, places, links, otherKeys] = [new ByteWriter(), new ByteWriter(), new ByteWriter(), new ByteWriter()];
  const devices = new Map<string, { readonly number: number; seq: number }>();
  const keys: Record<string, string> = {};
  for (const [index, { header: { device, seq, subject }, hash, key }] of operations.entries()) {
    const known = devices.get(device) ?? { number: devices.size, seq: 0 };
    places.varint(known.number);
    if (!devices.has(device)) places.text(device);
    places.signed(seq - known.seq);
    devices.set(device, { ...known, seq });
    links.bytes(hash);
    const text = key && Buffer.from(key).toString('base64url');
    if (text && (keys[subject] ??= text) !== text) {
      otherKeys.varint(index);
      otherKeys.bytes(key);
    }
  }
  out.byte(FORM);
  out.varint(operations.length);
  for (const part of [places, links, otherKeys]) out.part(part);
  if (operations.length > 0) out.bytes(writeColumns({ office, device: OF_THE_PAGE, after: 0, head: { seq: operations.length, ...NO_HEAD }, keys, operations: withPagePlaces(operations) }));
  return zstdCompressSync(out.written(), { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } });
}

function withPagePlaces(operations: readonly KeyedOperation[]): FrameOperation[] {
  const places = new Map(operations.map(({ header }, index) => [`${header.device} ${header.seq}`, index + 1]));
  return operations.map((operation) => {
    const plain = toFrameOperation(operation);
    return { ...plain, after: plain.after.map(([device, seq]): [string, number] => {
      const place = places.get(`${device} ${seq}`);
      return place === undefined ? [device, seq] : [OF_THE_PAGE, place];
    }) };
  });
}

const placesSchema = z.array(z.strictObject({ device: z.string().regex(/^[!-~]{1,40}$/), seq: z.int().min(1) }));
const pageSchema = z.object({ office: z.string(), keys: z.record(z.string().regex(ID_PATTERN), z.string().regex(/^[\w-]{22}$/)), operations: z.array(z.looseObject({ after: z.array(z.tuple([z.string(), z.int()])) })) });
const operationsSchema = z.array(frameOperationSchema);

/** Reads what came, in bounded memory. Each body is bound to its commitment by its key; who vouches for the rest is asked elsewhere. */
export function decodeSnapshot(bytes: Uint8Array, office: OfficeId): Result<readonly KeyedOperation[], string> {
  try {
    return ok(readPage(new ByteReader(zstdDecompressSync(bytes, { maxOutputLength: FRAME_CONTENT_BYTES_MAX })), office));
  } catch (error) {
    // zlib and the columns each throw their own; all mean that this is no page.
    return err(error instanceof DamagedBytes ? error.message : 'bytes');
  }
}

function readPage(source: ByteReader, office: OfficeId): readonly KeyedOperation[] {
  if (source.byte() !== FORM) throw new DamagedBytes('another form');
  const count = source.varint();
  if (count > FRAME_OPERATIONS_MAX) throw new DamagedBytes('operations', 'frame.tooLarge');
  const [placeColumn, links, keyColumn] = [source.part(), source.part(), source.part()];
  const places = readPlaces(placeColumn, count);
  const otherKeys = new Map<number, Uint8Array>();
  while (!keyColumn.isAtEnd()) otherKeys.set(keyColumn.varint(), Buffer.from(keyColumn.bytes(SUBJECT_KEY_BYTES)));
  if (count === 0) return [];
  const page = pageSchema.safeParse(readColumns({ columns: source.rest(), noise: new Uint8Array(0) }));
  if (!page.success || page.data.office !== office || page.data.operations.length !== count) throw new DamagedBytes('content');
  const operations = operationsSchema.safeParse(page.data.operations.map((one) => ({ ...one, after: one.after.map(([device, seq]) => (device === OF_THE_PAGE ? placeAt(places, seq) : [device, seq])) })));
  if (!operations.success) throw new DamagedBytes('operations');
  const read = operations.data.map((operation, index) => keyed(operation, { office, place: places[index]!, hash: Buffer.from(links.bytes(32)), told: otherKeys.get(index) ?? keyOf(page.data.keys, operation.subject) }));
  if (!links.isAtEnd()) throw new DamagedBytes('more than was announced');
  return read;
}

function keyOf(keys: Readonly<Record<string, string>>, subject: string): Uint8Array | null {
  const text = Object.hasOwn(keys, subject) ? keys[subject] : undefined;
  return text === undefined ? null : Buffer.from(text, 'base64url');
}

interface Place {
  readonly device: string;
  readonly seq: number;
}

function readPlaces(column: ByteReader, count: number): readonly Place[] {
  const devices: { readonly device: string; seq: number }[] = [];
  const places: Place[] = [];
  for (let index = 0; index < count; index += 1) {
    const number = column.varint();
    if (number === devices.length) devices.push({ device: column.text(), seq: 0 });
    const known = devices[number];
    if (known === undefined) throw new DamagedBytes('an unknown device');
    known.seq += column.signed();
    places.push({ ...known });
  }
  if (!column.isAtEnd() || !placesSchema.safeParse(places).success || new Set(places.map(({ device, seq }) => `${device} ${seq}`)).size !== count) throw new DamagedBytes('places');
  return places;
}

function placeAt(places: readonly Place[], number: number): [string, number] {
  const place = places[number - 1];
  if (place === undefined) throw new DamagedBytes('a place that is none');
  return [place.device, place.seq];
}

function keyed(operation: FrameOperation, { office, place, hash, told }: { readonly office: OfficeId; readonly place: Place; readonly hash: Uint8Array; readonly told: Uint8Array | null }): KeyedOperation {
  const { header, body } = claimedOperations({ office, device: place.device, after: place.seq - 1, operations: [operation] })[0]!;
  const key = body === null ? null : told;
  if ((body?.byteLength ?? 0) > BODY_BYTES_MAX || (body !== null && key?.byteLength !== SUBJECT_KEY_BYTES)) throw new DamagedBytes('a body');
  const commitment = body === null ? Buffer.from(operation.commitment ?? '', 'base64url') : commitOf(key!, body);
  if (commitment.byteLength !== 32) throw new DamagedBytes('a commitment');
  return { header, body, commitment, hash, key };
}
