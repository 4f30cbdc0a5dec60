import { gzipSync, zstdCompressSync } from 'node:zlib';
import { ByteWriter } from '../../../src-node/codec/bytes.ts';
import { subjectToBytes, type StoredOperation } from '../../../src-node/operations/operation-rows.ts';
import type { DeviceId, OfficeId, SubjectId } from '../../../src-shared/lib/ids.ts';
import { DICTIONARY_OPERATIONS_MAX, FRAME_CONTENT_BYTES_MAX } from '../../../src-shared/sync-protocol/limits.ts';
import type { Codec } from '../../../src-shared/sync-protocol/protocol-version.ts';

/** A small frame that would become very large where it is read. Nobody has to sign it: it is read before that is asked. */
export interface Bomb {
  readonly name: string;
  readonly codec: Codec;
  readonly bytes: () => Uint8Array;
  /** What it leans on, as held. */
  readonly before?: () => readonly StoredOperation[];
}

const ID = '0192aaaa-0000-7000-8000-000000000001';
const MUCH = FRAME_CONTENT_BYTES_MAX - 100_000;

export const BOMBS: readonly Bomb[] = [
  { name: 'more bytes than a frame may hold', codec: 'json-gzip', bytes: () => gzipSync(Buffer.alloc(FRAME_CONTENT_BYTES_MAX * 8, 0x20)) },
  { name: 'more bytes than a frame may hold', codec: 'columns-zstd', bytes: () => zstd(Buffer.alloc(FRAME_CONTENT_BYTES_MAX * 8)) },
  { name: 'millions of operations', codec: 'json-gzip', bytes: () => json(`"operations":[${repeated('{},')}{}]`) },
  { name: 'millions of lists in each other\'s place', codec: 'json-gzip', bytes: () => json(`"operations":[${repeated('[],')}[]]`) },
  { name: 'millions of references', codec: 'json-gzip', bytes: () => json(`"operations":[{"after":[${repeated('["",1],')}[]]}]`) },
  { name: 'millions of keys', codec: 'json-gzip', bytes: () => json(`"keys":{${Array.from({ length: MUCH / 12 }, (_, index) => `"${index}":0`).join(',')}}`) },
  { name: 'bottomless nesting', codec: 'json-gzip', bytes: () => gzipSync('['.repeat(MUCH)) },
  { name: 'a body of millions of members', codec: 'columns-zstd', bytes: () => columns({ body: (out) => { out.byte(11); out.varint(MUCH); }, members: () => Buffer.alloc(MUCH) }) },
  { name: 'a body of millions of lists', codec: 'columns-zstd', bytes: () => columns({ body: (out) => { out.byte(11); out.varint(MUCH / 2); }, members: () => Buffer.alloc(MUCH, Buffer.from([11, 0])) }) },
  { name: 'a body of more members than there are bytes', codec: 'columns-zstd', bytes: () => columns({ body: (out) => { out.byte(11); out.varint(2 ** 52); }, members: () => Buffer.alloc(10) }) },
  { name: 'a shape of millions of names', codec: 'columns-zstd', bytes: () => columns({ body: (out) => { out.byte(12); out.varint(0); out.text(`[${Array.from({ length: MUCH / 10 }, (_, index) => `"${index}"`).join(',')}]`); }, members: () => Buffer.alloc(0) }) },
  { name: 'millions of references', codec: 'columns-zstd', bytes: () => columns({ after: (out) => { out.varint(MUCH / 2); out.bytes(Buffer.alloc(MUCH)); }, body: (out) => out.byte(0), members: () => Buffer.alloc(0) }) },
  { name: 'many operations of many references', codec: 'columns-zstd', bytes: () => columns({ count: 15_000, after: (out) => { for (let one = 0; one < 15_000; one += 1) { out.varint(1_001); out.bytes(Buffer.alloc(2_000)); } }, body: (out) => out.bytes(Buffer.alloc(15_000)), members: () => Buffer.alloc(0) }) },
  { name: 'more operations than may be', codec: 'columns-zstd', bytes: () => columns({ count: 2 ** 52, body: (out) => out.byte(0), members: () => Buffer.alloc(0) }) },
  { name: 'millions of columns', codec: 'columns-2-zstd', bytes: () => shared([Buffer.from([0])], MUCH / 2) },
  { name: 'more columns than there are bytes', codec: 'columns-2-zstd', bytes: () => shared([Buffer.from([0])], 2 ** 52) },
  { name: 'lists of the same lists, twice as large each time', codec: 'columns-2-zstd', bytes: () => shared([[11, 60], [11, 1, ...Array.from({ length: 59 }, () => [11, 2]).flat()], [0, ...Array.from({ length: 118 }, () => [13, 0]).flat()]].map((one) => Buffer.from(one))) },
  { name: 'the same large list hundreds of thousands of times', codec: 'columns-2-zstd', bytes: () => shared([many([11], 400_001), Buffer.concat([many([11], 1_000), Buffer.alloc(800_000, Buffer.from([13, 0]))]), Buffer.alloc(1_000)]) },
  { name: 'a long text and the next ones behind it', codec: 'columns-2-zstd', bytes: () => shared([many([11], 500_001), Buffer.concat([text(`${'x'.repeat(200_000)}1`), Buffer.alloc(1_000_000, Buffer.from([15, 1]))])]) },
  { name: 'millions of values under a long name', codec: 'columns-2-zstd', bytes: () => shared([Buffer.concat([Buffer.from([12, 0]), text(`["${'n'.repeat(700_000)}"]`).subarray(1)]), many([11], MUCH / 2), Buffer.alloc(MUCH / 2)]) },
  { name: 'many small objects that are kept', codec: 'columns-2-zstd', bytes: () => shared([many([11], 3_000_000), Buffer.concat([Buffer.from([12, 0]), text('["a"]').subarray(1), Buffer.alloc(6_000_000, Buffer.from([12, 0]))]), Buffer.alloc(12_000_000, Buffer.from([3, 1]))]) },
  { name: 'operations before it that are very large', codec: 'columns-2-zstd', bytes: () => leaning(), before: () => Array.from({ length: DICTIONARY_OPERATIONS_MAX }, (_, index) => stored(index + 1, LARGE_BODY)) },
];

function repeated(text: string): string {
  return text.repeat(Math.floor(MUCH / text.length));
}

function json(member: string): Uint8Array {
  return gzipSync(`{"office":"${ID}","device":"d","after":0,${member}}`);
}

function many(tag: readonly number[], count: number): Uint8Array {
  return written((out) => { out.bytes(Buffer.from(tag)); out.varint(Math.floor(count)); });
}

/** As a value of a body. */
function text(value: string): Uint8Array {
  return written((out) => { out.byte(7); out.text(value); });
}

const LARGE_BODY = Buffer.from(JSON.stringify(Array.from({ length: 300_000 }, (_, index) => index)));

/** Each of them another text for the collector: only the bytes are one. */
function stored(seq: number, body: Uint8Array): StoredOperation {
  const header = { device: 'd' as DeviceId, seq, at: { ms: 0, counter: 0 }, after: [], wall: 0, businessDate: '2026-11-19', actor: null, kind: 'k', version: 1, office: ID as OfficeId, subject: ID as SubjectId };
  return { header, body, commitment: Buffer.alloc(32), hash: Buffer.alloc(32) };
}

function leaning(): Uint8Array {
  return written((out) => {
    out.byte(2);
    out.text('d');
    out.varint(DICTIONARY_OPERATIONS_MAX);
    out.varint(DICTIONARY_OPERATIONS_MAX);
    out.bytes(Buffer.alloc(4));
    out.varint(0);
    out.bytes(zstdCompressSync(Buffer.alloc(10)));
  });
}

/** One operation in the sharing form: its body's columns as given, and how many they are said to be. */
function shared(bodies: readonly Uint8Array[], columnCount = bodies.length): Uint8Array {
  const laid = written((out) => {
    out.byte(2);
    out.bytes(subjectToBytes(ID));
    out.text('d');
    out.varint(0);
    out.varint(1);
    for (const part of [[0], [0], [0], [1], [0], [0], [0], [0], [0], [1], [1], [], [], [1, 0x6b]]) {
      out.varint(part.length);
      out.bytes(Buffer.from(part));
    }
    out.varint(Math.floor(columnCount));
    for (const part of bodies) out.varint(part.byteLength);
    if (columnCount > bodies.length) out.bytes(Buffer.alloc(MUCH / 2));
    for (const part of bodies) out.bytes(part);
    out.byte(0);
  });
  const noise = Buffer.alloc(96 + 10, 7);
  return written((out) => { out.byte(3); out.varint(noise.byteLength); out.bytes(noise); out.bytes(zstdCompressSync(laid)); });
}

function zstd(columns: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from([0]), zstdCompressSync(columns)]);
}

interface Parts {
  readonly count?: number;
  readonly after?: (out: ByteWriter) => void;
  /** The column of whole bodies. */
  readonly body: (out: ByteWriter) => void;
  /** The column of what stands in a list. */
  readonly members: () => Uint8Array;
}

/** Columns by hand, as `columnar-content.ts` lays them, with counts that no writer of ours would write. */
function columns({ count = 1, after, body, members }: Parts): Uint8Array {
  const out = new ByteWriter();
  out.byte(1);
  out.bytes(subjectToBytes(ID));
  out.text('d');
  out.varint(0);
  out.bytes(Buffer.alloc(96));
  out.varint(count);
  const each = Math.min(count, 20_000);
  const ofEach = (...values: readonly number[]) => Buffer.concat(Array.from({ length: each }, () => Buffer.from(values)));
  const id = Buffer.concat([Buffer.from([0]), Buffer.alloc(10, 7)]);
  const parts: readonly Uint8Array[] = [
    Buffer.concat([Buffer.from([0]), Buffer.alloc(each - 1, 1)]), id, ofEach(0), ofEach(1), ofEach(0), ofEach(0), ofEach(0), ofEach(0), ofEach(0),
    written((column) => (after ? after(column) : column.bytes(ofEach(1)))), ofEach(1), Buffer.alloc(0), Buffer.alloc(0), written((column) => column.text('k')),
  ];
  for (const part of parts) {
    out.varint(part.byteLength);
    out.bytes(part);
  }
  const bodies = [written(body), members()];
  out.varint(bodies.length);
  for (const part of bodies) out.varint(part.byteLength);
  for (const part of bodies) out.bytes(part);
  out.byte(0);
  return zstd(out.written());
}

function written(write: (out: ByteWriter) => void): Uint8Array {
  const out = new ByteWriter();
  write(out);
  return out.written();
}
