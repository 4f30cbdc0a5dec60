import { gzipSync } from 'node:zlib';
import { COLUMNS_FORM } from '../../../src-node/codec/body-form.ts';
import { readFrameContent } from '../../../src-node/codec/read-frame-content.ts';
import { claimedOperations } from '../../../src-node/codec/frame-operation.ts';
import { commitOf, hashOf, signHead } from '../../../src-node/crypto/chain.ts';
import type { SigningPrivateKey } from '../../../src-node/crypto/key-text.ts';
import type { Head } from '../../../src-node/operations/log.ts';
import { compressNow, layOut, type LaidOut } from '../../../src-node/codec/packed-columns.ts';
import { headerBytes, type StoredOperation } from '../../../src-node/operations/operation-rows.ts';
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
export function writtenFrame(content: FrameContent, wanted: Codec, before: readonly StoredOperation[] = []): WrittenFrame {
  // A writer of ours says only what could be read; another program's JSON says anything.
  if (wanted !== 'json-gzip' && readFrameContent(content) !== undefined) return { codec: wanted, bytes: compressNow(laidOut(content, wanted, before), 'quick') };
  return { codec: 'json-gzip', bytes: gzipSync(JSON.stringify(content), { level: 1 }) };
}

/** Before it is compressed: here bytes are changed where a length, a count, a tag or a value stands. */
export function laidOut(content: FrameContent, codec: Exclude<Codec, 'json-gzip'>, before: readonly StoredOperation[]): LaidOut {
  const isShared = codec === 'columns-2-zstd';
  const slices = layOut(content, isShared ? COLUMNS_FORM.sharing : COLUMNS_FORM.plain, isShared ? before : []);
  let slice = slices.next();
  while (slice.done !== true) slice = slices.next();
  return slice.value;
}
