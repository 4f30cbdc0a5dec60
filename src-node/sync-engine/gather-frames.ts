import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DeviceId, SubjectId } from '../../src-shared/lib/ids.ts';
import { DICTIONARY_BYTES_MAX, DICTIONARY_OPERATIONS_MAX, FRAME_BYTES_MAX, FRAME_OPERATIONS_MAX, FRAMES_PER_MESSAGE_MAX, SINGLE_FRAME_BYTES_MAX } from '../../src-shared/sync-protocol/limits.ts';
import { BEST_CODEC, type Codec } from '../../src-shared/sync-protocol/protocol-version.ts';
import { encodeFrame, encodeFrameGently, type UnsentBranch } from '../codec/frame-codec.ts';
import type { Effort } from '../codec/packed-columns.ts';
import { signHead } from '../crypto/chain.ts';
import type { Author, SignedHead } from '../operations/log.ts';
import { iterateDeviceOperations, type StoredOperation } from '../operations/operation-rows.ts';
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
  readonly effort: Effort;
  readonly packing: Packing;
  /** The desk may be closed while others have their turn. */
  readonly isOpen: () => boolean;
}

/** What packing made of the last frame tells how many operations fit into the next one. */
export interface Packing {
  /** Bytes before by bytes after. */
  ratio: number;
}

export function startPacking(): Packing {
  return { ratio: 12 };
}

/** More of them make a frame hardly smaller, and the server takes each in by one transaction. */
const OPERATIONS_PER_FRAME = 512;
/** Read from the database without letting others have their turn. */
const OPERATIONS_PER_READ = 64;
/** Whatever its operations are, it stays a frame that either side reads in little time. */
const PLAIN_BYTES_PER_FRAME = 1_048_576;
/** Header, commitment and punctuation of an operation beside its body, before they are packed. */
const PLAIN_BYTES_PER_HEADER = 300;
const BUDGET_BYTES_LEFT_MIN = 256;
/** Better a frame that is somewhat short than one that is packed twice. */
const FITTING = 0.95;

/**
 * Frames for one message, `bytesMax` in all but for a first one that cannot be smaller. They are packed some milliseconds at a
 * time, and others have their turn in between (design §4).
 */
export async function* gatherFrames(source: FrameSource, codec: Codec, stretches: readonly NextStretch[], bytesMax: number): AsyncGenerator<FrameUp | TooLarge, undefined> {
  let left = Math.min(bytesMax, FRAME_BYTES_MAX);
  let count = 0;
  for (const stretch of stretches) {
    for (let after = stretch.after; after < stretch.end && count < FRAMES_PER_MESSAGE_MAX && (count === 0 || left > BUDGET_BYTES_LEFT_MIN);) {
      const frame = stretch.isOwn ? await packOwn(source, codec, { ...stretch, after }, left) : packWhole(source, codec, stretch);
      if (frame === undefined) break;
      if (!('tooLarge' in frame) && count > 0 && frame.bytes.byteLength > left) return;
      yield frame;
      after = frame.seq;
      if ('tooLarge' in frame) continue;
      count += 1;
      left -= frame.bytes.byteLength;
    }
  }
}

async function packOwn(source: FrameSource, codec: Codec, { device, after, end, held }: NextStretch, bytesMax: number): Promise<FrameUp | undefined> {
  const { packing, effort } = source;
  const operations = await readGently(source, device, after, end, Math.min(PLAIN_BYTES_PER_FRAME, bytesMax * packing.ratio * FITTING));
  const before = source.leans && codec === BEST_CODEC ? await operationsBefore(source, device, Math.min(held, after)) : [];
  if (!source.isOpen()) return undefined;
  for (let count = operations.length; count > 0 && source.isOpen();) {
    const part = operations.slice(0, count);
    const { header, hash } = part.at(-1)!;
    const head = { seq: header.seq, hash, signature: signHead(source.author.privateKey, { office: source.office, device, seq: header.seq, hash }) };
    const bytes = codec === BEST_CODEC ? await encodeFrameGently(branchOf(source, part, head), before, effort) : encodeFrame(codec, branchOf(source, part, head), before);
    if (count === 1 || bytes.byteLength <= bytesMax) {
      packing.ratio = plainBytesOfAll(part) / bytes.byteLength;
      return { device, after, seq: head.seq, bytes };
    }
    count = fewerOperations(count, bytes.byteLength, bytesMax);
  }
  return undefined;
}

/** A log of another device up to its one signed head, in one piece. */
export function packWhole(source: BranchSource, codec: Codec, { device, after, end }: NextStretch): FrameUp | TooLarge | undefined {
  const head = readSignedHead(source.db, source.names, device);
  if (head?.seq !== end) return undefined;
  if (end - after > FRAME_OPERATIONS_MAX) return { device, seq: end, tooLarge: true };
  const operations = readOperations(source, device, after, end, Infinity, FRAME_OPERATIONS_MAX);
  const bytes = encodeFrame(codec, branchOf(source, operations, head));
  return bytes.byteLength > SINGLE_FRAME_BYTES_MAX ? { device, seq: end, tooLarge: true } : { device, after, seq: end, bytes };
}

/** A statement must not stay open while others write, so the log is read in pieces. */
async function readGently(source: FrameSource, device: DeviceId, after: number, end: number, bytesMax: number): Promise<readonly StoredOperation[]> {
  const operations: StoredOperation[] = [];
  for (let bytes = 0; operations.length < OPERATIONS_PER_FRAME && bytes < bytesMax;) {
    const read = readOperations(source, device, after + operations.length, end, operations.length === 0 ? bytesMax : bytesMax - bytes, OPERATIONS_PER_READ);
    bytes += plainBytesOfAll(read);
    // At least one is read, also where it does not fit any more.
    if (operations.length > 0 && bytes > bytesMax) break;
    operations.push(...read);
    if (read.length < OPERATIONS_PER_READ) break;
    await nextTurn();
    if (!source.isOpen()) return [];
  }
  return operations;
}

function readOperations({ db, names }: BranchSource, device: DeviceId, after: number, end: number, bytesMax: number, operationsMax: number): readonly StoredOperation[] {
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

/** The last ones that are not too much. None where one was erased here: the receiver may still have its body, or the other way round. */
async function operationsBefore(source: FrameSource, device: DeviceId, seq: number): Promise<readonly StoredOperation[]> {
  const operations: StoredOperation[] = [];
  for (let after = Math.max(0, seq - DICTIONARY_OPERATIONS_MAX); after < seq; after += OPERATIONS_PER_READ) {
    operations.push(...readOperations(source, device, after, seq, Infinity, OPERATIONS_PER_READ));
    await nextTurn();
    if (!source.isOpen()) return [];
  }
  if (operations.some(({ body }) => body === null)) return [];
  let bytes = 0;
  const tooFar = operations.findLastIndex((operation) => (bytes += operation.body?.byteLength ?? 0) > DICTIONARY_BYTES_MAX);
  return operations.slice(tooFar + 1);
}

function branchOf(source: BranchSource, operations: readonly StoredOperation[], head: SignedHead): UnsentBranch {
  const { device } = operations[0]!.header;
  const subjectKeys = { get: (subject: SubjectId) => keyOfDevice(source.db, source.names, device, subject) };
  return { office: source.office, device, operations, head, subjectKeys };
}

function plainBytesOfAll(operations: readonly StoredOperation[]): number {
  return operations.reduce((sum, operation) => sum + plainBytesOf(operation), 0);
}

function plainBytesOf({ body }: StoredOperation): number {
  return (body?.byteLength ?? 0) + PLAIN_BYTES_PER_HEADER;
}
