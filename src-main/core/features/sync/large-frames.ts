import path from 'node:path';
import { assert } from '../../../../src-shared/lib/assert.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import type { Codec } from '../../../../src-shared/sync-protocol/protocol-version.ts';
import type { StorageError } from '../../../../src-node/db/storage-error.ts';
import { decodeSnapshot } from '../../../../src-node/codec/snapshot-codec.ts';
import type { KeyedOperation } from '../../../../src-node/operations/ahead.ts';
import type { Stretch } from '../../../../src-node/operations/ingest.ts';
import type { NextStretch } from '../../../../src-node/sync-engine/exchange-plan.ts';
import type { FrameUp, TooLarge } from '../../../../src-node/sync-engine/gather-frames.ts';
import type { FrameProblem, ReadFrame } from '../../../../src-node/sync-engine/read-frame.ts';
import { dataFolder } from '../../desk/data-folder.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { readParts } from '../../platform/worker-parts.ts';
import type { FramePart, FrameTask } from './frame-worker.ts';

/** Larger ones hold the main thread for longer than 8 ms (design §4); starting a process takes longer than reading smaller ones. */
const FRAME_BYTES_HERE_MAX = 16_384;
const OPERATIONS_HERE_MAX = 64;

export function isLargeFrame(bytes: Uint8Array): boolean {
  return bytes.byteLength > FRAME_BYTES_HERE_MAX;
}

export function isLargeStretch({ after, end, isOwn }: NextStretch): boolean {
  return !isOwn && end - after > OPERATIONS_HERE_MAX;
}

/** As `readFrame`, by another process. */
export async function readLargeFrame(desk: OpenDesk, codec: Codec, bytes: Uint8Array): Promise<Result<ReadFrame, FrameProblem | StorageError>> {
  let read: Omit<ReadFrame, 'stretches'> | undefined;
  const stretches: Stretch[] = [];
  for await (const part of partsOf(desk, { kind: 'read', codec, bytes })) {
    if (part.kind === 'problem') return err(part.problem);
    if (part.kind === 'failed') return err(part.error);
    if (part.kind === 'frame') read = part;
    if (part.kind === 'stretch') stretches.push(part.stretch);
  }
  assert(read, 'a frame that was read is told of');
  return ok({ device: read.device, seq: read.seq, stretches });
}

/** As `decodeSnapshot`, a large page by another process; undefined where it is none. */
export async function readPage(desk: OpenDesk, bytes: Uint8Array): Promise<Result<readonly KeyedOperation[] | undefined, StorageError>> {
  if (!isLargeFrame(bytes)) {
    const read = decodeSnapshot(bytes, desk.office().id);
    return ok(read.ok ? read.value : undefined);
  }
  const operations: KeyedOperation[] = [];
  for await (const part of partsOf(desk, { kind: 'page', bytes })) {
    if (part.kind === 'failed') return err(part.error);
    if (part.kind === 'damagedPage') return ok(undefined);
    if (part.kind === 'page') operations.push(...part.operations);
  }
  return ok(operations);
}

/** The whole rest of another device's log as one frame; undefined when it is no more as it was. */
export async function packLargeStretch(desk: OpenDesk, codec: Codec, stretch: NextStretch): Promise<Result<FrameUp | TooLarge | undefined, StorageError>> {
  for await (const part of partsOf(desk, { kind: 'pack', codec, stretch })) {
    if (part.kind === 'failed') return err(part.error);
    if (part.kind === 'packed') return ok(part.frame);
  }
  return ok(undefined);
}

function partsOf(desk: OpenDesk, work: FrameTask['work']): AsyncGenerator<FramePart, undefined> {
  const own = { file: dataFolder(desk.dataDir).databaseFile, key: desk.databaseKey, office: desk.office().id, device: desk.device };
  return readParts<FramePart>(path.join(import.meta.dirname, 'frame-worker.ts'), { own, work } satisfies FrameTask, { ahead: true });
}
