import { gzipSync, zstdCompressSync } from 'node:zlib';
import { writeColumns } from '../../../src-node/codec/columnar-content.ts';
import { readFrameContent } from '../../../src-node/codec/read-frame-content.ts';
import { claimedOperations } from '../../../src-node/codec/frame-operation.ts';
import { commitOf, hashOf, signHead } from '../../../src-node/crypto/chain.ts';
import type { SigningPrivateKey } from '../../../src-node/crypto/key-text.ts';
import type { Head } from '../../../src-node/operations/log.ts';
import { headerBytes } from '../../../src-node/operations/operation-rows.ts';
import type { DeviceId, OfficeId } from '../../../src-shared/lib/ids.ts';
import type { FrameContent } from '../../../src-shared/sync-protocol/frame.ts';
import type { Codec } from '../../../src-shared/sync-protocol/protocol-version.ts';

export type Draft = Omit<FrameContent, 'head'>;

/** Whatever the draft says, the key vouches for it: the chain is computed on from `previous` and its end signed. */
export function signedContent(draft: Draft, previous: Head, privateKey: SigningPrivateKey): FrameContent {
  const seq = draft.after + draft.operations.length;
  let hash: Buffer = Buffer.from(previous.hash);
  for (const [index, { header, body }] of claimedOperations(draft).entries()) {
    const key = Buffer.from(draft.keys[header.subject] ?? '', 'base64url');
    const told = Buffer.from(draft.operations[index]!.commitment ?? '', 'base64url');
    hash = hashOf(hash, headerBytes(header), body !== null && key.byteLength === 16 ? commitOf(key, body) : told.byteLength === 32 ? told : Buffer.alloc(32));
  }
  const signature = signHead(privateKey, { office: draft.office as OfficeId, device: draft.device as DeviceId, seq, hash });
  return { ...draft, head: { seq, hash: hash.toString('hex'), signature } };
}

export interface WrittenFrame {
  readonly codec: Codec;
  readonly bytes: Uint8Array;
}

/** As columns where they can hold it, else as JSON, which holds anything. */
export function writtenFrame(content: FrameContent, wanted: Codec): WrittenFrame {
  // A writer of ours says only what could be read; another program's JSON says anything.
  if (wanted === 'columns-zstd' && readFrameContent(content) !== undefined) return packedColumns(writeColumns(content));
  return { codec: 'json-gzip', bytes: gzipSync(JSON.stringify(content), { level: 1 }) };
}

export function packedColumns(columns: Uint8Array): WrittenFrame {
  return { codec: 'columns-zstd', bytes: Buffer.concat([Buffer.from([0]), zstdCompressSync(columns)]) };
}
