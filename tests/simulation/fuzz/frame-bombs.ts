import { gzipSync, zstdCompressSync } from 'node:zlib';
import { ByteWriter } from '../../../src-node/codec/bytes.ts';
import { subjectToBytes } from '../../../src-node/operations/operation-rows.ts';
import { FRAME_CONTENT_BYTES_MAX } from '../../../src-shared/sync-protocol/limits.ts';
import type { Codec } from '../../../src-shared/sync-protocol/protocol-version.ts';

/** A small frame that would become very large where it is read. Nobody has to sign it: it is read before that is asked. */
export interface Bomb {
  readonly name: string;
  readonly codec: Codec;
  readonly bytes: () => Uint8Array;
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
];

function repeated(text: string): string {
  return text.repeat(Math.floor(MUCH / text.length));
}

function json(member: string): Uint8Array {
  return gzipSync(`{"office":"${ID}","device":"d","after":0,${member}}`);
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
