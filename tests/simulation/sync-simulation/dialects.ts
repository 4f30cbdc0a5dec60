import { gzipSync } from 'node:zlib';
import type { OpenDesk } from '../../../src-main/core/desk/open-desk.ts';
import { decodeFrame, dictionaryOf } from '../../../src-node/codec/frame-codec.ts';
import { iterateDeviceOperations, type StoredOperation } from '../../../src-node/operations/operation-rows.ts';
import { assert } from '../../../src-shared/lib/assert.ts';
import { BEST_CODEC, EXCHANGE_PROTOCOL, type Codec } from '../../../src-shared/sync-protocol/protocol-version.ts';
import type { ProgramVersion } from './plan.ts';
import type { Dialect } from './virtual-network.ts';

const PLAIN: Codec = 'json-gzip';

/** How a program of a version speaks, as far as others can tell. */
export function dialectOf(version: ProgramVersion, desk: OpenDesk | undefined): Dialect {
  const isPlain = version === 'otherCodec';
  return {
    codec: isPlain ? PLAIN : BEST_CODEC,
    words: (words) => (isPlain ? { ...words, codec: PLAIN, codecs: [PLAIN] } : words),
    frames: (frames) => (isPlain && desk ? frames.map((bytes) => plainFrame(desk, bytes)) : frames),
    // A program that has never heard of streams does not look for them.
    answer: (answer) => (version === 'withoutStreams' ? { ...answer, protocol: EXCHANGE_PROTOCOL } : answer),
  };
}

/** The same frame as a program writes it that knows one codec alone. */
function plainFrame({ db, log }: OpenDesk, bytes: Uint8Array): Uint8Array {
  const name = dictionaryOf(BEST_CODEC, bytes);
  const before: StoredOperation[] = [];
  if (name) {
    for (const operation of iterateDeviceOperations(db, log.names, name.device, name.firstSeq - 1)) {
      if (operation.header.seq > name.lastSeq) break;
      before.push(operation);
    }
  }
  const content = decodeFrame(BEST_CODEC, bytes, before);
  assert(content.ok, 'a desk can read what it wrote');
  return gzipSync(JSON.stringify(content.value), { level: 6 });
}
