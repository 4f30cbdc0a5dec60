import type { DeviceId, SubjectId } from '../../src-shared/lib/ids.ts';
import { FRAME_BYTES_MAX, FRAME_OPERATIONS_MAX, FRAMES_PER_MESSAGE_MAX, SINGLE_FRAME_BYTES_MAX } from '../../src-shared/sync-protocol/limits.ts';
import type { Codec } from '../../src-shared/sync-protocol/protocol-version.ts';
import { encodeFrame } from '../codec/frame-codec.ts';
import { DICTIONARY_OPERATIONS_MAX } from '../codec/packed-columns.ts';
import { signHead } from '../crypto/chain.ts';
import type { Author, SignedHead } from '../operations/log.ts';
import { iterateDeviceOperations, subjectToBytes, type StoredOperation } from '../operations/operation-rows.ts';
import { readSignedHead, type BranchSource } from '../operations/read-branch.ts';
import { keyOfDevice } from '../operations/subject-keys.ts';
import { countFitting, fewerOperations, type NextStretch } from './exchange-plan.ts';

/** A frame on its way up. */
export interface FrameUp {
  readonly device: DeviceId;
  readonly after: number;
  readonly seq: number;
  readonly bytes: Uint8Array;
}

/** A log whose only signed head lies too far behind what is held for one frame. */
export interface TooLarge {
  readonly device: DeviceId;
  readonly seq: number;
  readonly tooLarge: true;
}

export interface FrameSource extends BranchSource {
  readonly author: Author;
  /** Frames of the own log lean on what the receiver holds of it for certain. */
  readonly leans: boolean;
}

/** Read and packed at once by the main thread: some 3 ms, and some 6 where it is read and checked (design §4). */
const OPERATIONS_PER_FRAME = 64;
const PLAIN_BYTES_PER_FRAME = 262_144;
/** Header, commitment and punctuation of an operation beside its body, before they are packed. */
const PLAIN_BYTES_PER_HEADER = 300;
/** What packing makes of it at first; each frame that was packed tells better. */
const RATIO_START = 4;
const BUDGET_BYTES_LEFT_MIN = 256;
/** A catalogue among the last operations would be read on both sides for nothing. */
const DICTIONARY_BYTES_MAX = 262_144;

/**
 * Frames for one message, `bytesMax` in all but for a first one that cannot be smaller. Others may have their turn after each.
 */
export function* gatherFrames(source: FrameSource, codec: Codec, stretches: readonly NextStretch[], bytesMax: number): Generator<FrameUp | TooLarge, undefined> {
  let left = Math.min(bytesMax, FRAME_BYTES_MAX);
  let ratio = RATIO_START;
  let count = 0;
  for (const stretch of stretches) {
    for (let after = stretch.after; after < stretch.end && count < FRAMES_PER_MESSAGE_MAX && (count === 0 || left > BUDGET_BYTES_LEFT_MIN);) {
      const frame = stretch.isOwn ? packOwn(source, codec, { ...stretch, after }, left, ratio) : packWhole(source, codec, stretch);
      if (frame === undefined) break;
      if (!('tooLarge' in frame) && count > 0 && frame.bytes.byteLength > left) return;
      yield frame;
      after = frame.seq;
      if ('tooLarge' in frame) continue;
      count += 1;
      left -= frame.bytes.byteLength;
      ratio = frame.plainBytes / frame.bytes.byteLength;
    }
  }
}

interface Packed extends FrameUp {
  readonly plainBytes: number;
}

function packOwn(source: FrameSource, codec: Codec, { device, after, end, held }: NextStretch, bytesMax: number, ratio: number): Packed | undefined {
  const operations = readOperations(source, device, after, end, Math.min(PLAIN_BYTES_PER_FRAME, bytesMax * ratio));
  const before = source.leans ? operationsBefore(source, device, Math.min(held, after)) : [];
  for (let count = operations.length; count > 0;) {
    const packed = pack(source, codec, operations.slice(0, count), before, (last) => ({
      seq: last.header.seq,
      hash: last.hash,
      signature: signHead(source.author.privateKey, { office: source.office, device, seq: last.header.seq, hash: last.hash }),
    }));
    if (count === 1 || packed.bytes.byteLength <= bytesMax) return packed;
    count = fewerOperations(count, packed.bytes.byteLength, bytesMax);
  }
  return undefined;
}

function packWhole(source: FrameSource, codec: Codec, { device, after, end }: NextStretch): Packed | TooLarge | undefined {
  const head = readSignedHead(source.db, source.names, device);
  if (head?.seq !== end) return undefined;
  if (end - after > FRAME_OPERATIONS_MAX) return { device, seq: end, tooLarge: true };
  const operations = readOperations(source, device, after, end, Infinity, FRAME_OPERATIONS_MAX);
  const packed = pack(source, codec, operations, [], () => head);
  return packed.bytes.byteLength > SINGLE_FRAME_BYTES_MAX ? { device, seq: end, tooLarge: true } : packed;
}

function readOperations({ db, names }: FrameSource, device: DeviceId, after: number, end: number, bytesMax: number, operationsMax = OPERATIONS_PER_FRAME): readonly StoredOperation[] {
  const operations: StoredOperation[] = [];
  function* sizes() {
    for (const operation of iterateDeviceOperations(db, names, device, after)) {
      if (operation.header.seq > end) return;
      operations.push(operation);
      yield plainBytesOf(operation);
    }
  }
  return operations.slice(0, countFitting(sizes(), bytesMax, operationsMax));
}

/** None where one was erased here: the receiver may still have its body, or the other way round. */
function operationsBefore({ db, names }: FrameSource, device: DeviceId, seq: number): readonly StoredOperation[] {
  const first = Math.max(0, seq - DICTIONARY_OPERATIONS_MAX);
  const operations: StoredOperation[] = [];
  for (const operation of iterateDeviceOperations(db, names, device, first)) {
    if (operation.header.seq > seq) break;
    operations.push(operation);
  }
  return operations.every(({ body }) => body !== null) && plainBytesOfAll(operations) <= DICTIONARY_BYTES_MAX ? operations : [];
}

function pack(source: FrameSource, codec: Codec, operations: readonly StoredOperation[], before: readonly StoredOperation[], headOf: (last: StoredOperation) => SignedHead): Packed {
  const head = headOf(operations.at(-1)!);
  const { device } = operations[0]!.header;
  const subjectKeys = { get: (subject: SubjectId) => keyOfDevice(source.db, source.names, device, subject) };
  const bytes = encodeFrame(codec, { office: source.office, device, operations, head, subjectKeys }, before);
  return { device, after: operations[0]!.header.seq - 1, seq: head.seq, bytes, plainBytes: plainBytesOfAll(operations) };
}

function plainBytesOfAll(operations: readonly StoredOperation[]): number {
  return operations.reduce((sum, operation) => sum + plainBytesOf(operation), 0);
}

function plainBytesOf({ body }: StoredOperation): number {
  return (body?.byteLength ?? 0) + PLAIN_BYTES_PER_HEADER;
}
