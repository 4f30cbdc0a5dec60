import { setImmediate as nextTurn } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { DeviceId, OfficeId, SubjectId } from '../../src-shared/lib/ids.ts';
import { assert } from '../../src-shared/lib/assert.ts';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import type { FrameContent, FrameOperation } from '../../src-shared/sync-protocol/frame.ts';
import { FRAME_CONTENT_BYTES_MAX } from '../../src-shared/sync-protocol/limits.ts';
import type { Codec } from '../../src-shared/sync-protocol/protocol-version.ts';
import { commitOf, hashOf, isHeadSignatureValid, SUBJECT_KEY_BYTES } from '../crypto/chain.ts';
import type { SigningPublicKey } from '../crypto/key-text.ts';
import { BODY_BYTES_MAX, type Branch, type BranchRefusal } from '../operations/ingest.ts';
import type { Head } from '../operations/log.ts';
import { headerBytes, type StoredOperation } from '../operations/operation-rows.ts';
import { COLUMNS_FORM } from './body-form.ts';
import { ByteReader, DamagedBytes } from './bytes.ts';
import { readColumns } from './columnar-content.ts';
import { readJsonContent } from './json-content.ts';
import { claimedOperations, toFrameOperation, type ClaimedOperation } from './frame-operation.ts';
import { compressBeside, compressNow, layOut, readName, unpack, type DictionaryName, type Effort, type LaidOut } from './packed-columns.ts';
import { readFrameContent } from './read-frame-content.ts';

/** What is wrong with the bytes of a frame, before anybody asks what it says. */
export interface FrameFault {
  readonly code: DamagedBytes['code'];
  readonly detail: string;
}

interface CodecForm {
  encode(content: FrameContent, before: readonly StoredOperation[]): Uint8Array;
  /** Something that may be a content. Throws where the bytes are damaged or would unpack to more than a frame may hold. */
  decode(bytes: Uint8Array, before: readonly StoredOperation[]): unknown;
}

const FORMS: Readonly<Record<Codec, CodecForm>> = {
  'json-gzip': {
    encode: (content) => gzipSync(JSON.stringify(content), { level: 6 }),
    decode: (bytes) => readJsonContent(gunzipSync(bytes, { maxOutputLength: FRAME_CONTENT_BYTES_MAX })),
  },
  'columns-zstd': { encode: (content) => compressNow(allAtOnce(layOut(content, COLUMNS_FORM.plain, [])), 'quick'), decode: decodeColumns },
  'columns-2-zstd': { encode: (content, before) => compressNow(allAtOnce(layOut(content, COLUMNS_FORM.sharing, before)), 'quick'), decode: decodeColumns },
};

function decodeColumns(bytes: Uint8Array, before: readonly StoredOperation[]): unknown {
  const { known, ...written } = unpack(bytes, before);
  return readColumns(written, known);
}

/** Whoever receives knows the device's key by itself; it does not travel. */
export type UnsentBranch = Omit<Branch, 'publicKey'>;

/**
 * A stretch that ends at its signed head, as bytes for the wire. `before`: operations of this device, up to where the stretch
 * begins or before that, that the receiver holds for certain; they make a short frame much shorter.
 */
export function encodeFrame(codec: Codec, branch: UnsentBranch, before: readonly StoredOperation[] = []): Uint8Array {
  return FORMS[codec].encode(contentOf(branch), before);
}

/** The same in the best codec, some milliseconds at a time, and compressed beside the main thread. */
export async function encodeFrameGently(branch: UnsentBranch, before: readonly StoredOperation[], effort: Effort): Promise<Uint8Array> {
  const slices = layOut(contentOf(branch), COLUMNS_FORM.sharing, before);
  let slice = slices.next();
  for (; slice.done !== true; slice = slices.next()) await nextTurn();
  return compressBeside(slice.value, effort);
}

function allAtOnce(slices: Generator<undefined, LaidOut>): LaidOut {
  let slice = slices.next();
  while (slice.done !== true) slice = slices.next();
  return slice.value;
}

function contentOf(branch: UnsentBranch): FrameContent {
  const { office, device, operations, head } = branch;
  const first = operations[0];
  assert(first !== undefined && operations.at(-1)!.header.seq === head.seq, 'a frame ends at its signed head');
  return {
    office, device,
    after: first.header.seq - 1,
    head: { seq: head.seq, hash: Buffer.from(head.hash).toString('hex'), signature: head.signature },
    keys: keysOf(branch),
    operations: operations.map(toFrameOperation),
  };
}

function keysOf({ operations, subjectKeys }: UnsentBranch): Record<string, string> {
  const keys: Record<string, string> = {};
  for (const { header, body } of operations) {
    if (body === null || keys[header.subject] !== undefined) continue;
    const key = subjectKeys.get(header.subject);
    assert(key !== undefined, 'a subject with a body has its key');
    keys[header.subject] = Buffer.from(key).toString('base64url');
  }
  return keys;
}

/**
 * Reads what came from outside, in bounded memory. Whether anybody vouches for it is asked by `linkFrame`. `before`: the
 * operations that `dictionaryOf` names, as held here.
 */
export function decodeFrame(codec: Codec, bytes: Uint8Array, before: readonly StoredOperation[] = []): Result<FrameContent, FrameFault> {
  let value: unknown;
  try {
    value = FORMS[codec].decode(bytes, before);
  } catch (error) {
    // zlib, TextDecoder, JSON and the columns each throw their own; all mean that this is no frame.
    if (error instanceof DamagedBytes) return fault(error.code, error.message);
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? fault('frame.tooLarge', 'unpacked') : fault('frame.malformed', 'bytes');
  }
  const content = readFrameContent(value);
  if (content === undefined) return fault('frame.malformed', 'content');
  const { after, head, operations } = content;
  return head.seq === after + operations.length ? ok(content) : fault('frame.malformed', 'head');
}

/** The operations that must be at hand before this frame can be read; undefined for none, and for what is no frame. */
export function dictionaryOf(codec: Codec, bytes: Uint8Array): DictionaryName | undefined {
  if (codec === 'json-gzip') return undefined;
  try {
    return readName(new ByteReader(bytes));
  } catch (error) {
    if (error instanceof DamagedBytes) return undefined;
    throw error;
  }
}

/**
 * Computes the chain of a frame on from the link that it stands on, and asks whether the device's key vouches for where it
 * ends. The answer is complete operations, as stored.
 */
export function linkFrame(content: FrameContent, previous: Head, publicKey: SigningPublicKey): Result<Branch, BranchRefusal> {
  const [office, device] = [content.office as OfficeId, content.device as DeviceId];
  const hash = Buffer.from(content.head.hash, 'hex');
  const head = { seq: content.head.seq, hash, signature: content.head.signature };
  if (previous.seq !== content.after) return refusal('branch.gap', `${device}:${content.after}`);
  if (!isHeadSignatureValid(publicKey, { office, device, seq: head.seq, hash }, head.signature)) return refusal('branch.badSignature', device);
  const subjectKeys = new Map<SubjectId, Uint8Array>();
  for (const [subject, key] of Object.entries(content.keys)) subjectKeys.set(subject as SubjectId, Buffer.from(key, 'base64url'));
  const operations: StoredOperation[] = [];
  let before = previous.hash;
  for (const [index, claimed] of claimedOperations(content).entries()) {
    const commitment = commitmentOf(content.operations[index]!, claimed, subjectKeys);
    const place = `${device}:${claimed.header.seq}`;
    if ((claimed.body?.byteLength ?? 0) > BODY_BYTES_MAX) return refusal('branch.tooLarge', place);
    if (commitment === undefined) return refusal('branch.badChain', place);
    before = hashOf(before, headerBytes(claimed.header), commitment);
    operations.push({ ...claimed, commitment, hash: before });
  }
  if (Buffer.compare(before, hash) !== 0) return refusal('branch.badChain', `${device}:${head.seq}`);
  return ok({ office, device, publicKey, operations, head, subjectKeys });
}

function commitmentOf({ commitment }: FrameOperation, { header, body }: ClaimedOperation, subjectKeys: ReadonlyMap<SubjectId, Uint8Array>): Buffer | undefined {
  if (body !== null) {
    const key = subjectKeys.get(header.subject);
    return key?.byteLength === SUBJECT_KEY_BYTES ? commitOf(key, body) : undefined;
  }
  const told = Buffer.from(commitment ?? '', 'base64url');
  return told.byteLength === 32 ? told : undefined;
}

function fault(code: FrameFault['code'], detail: string): Result<never, FrameFault> {
  return err({ code, detail });
}

function refusal(code: BranchRefusal['code'], detail: string): Result<never, BranchRefusal> {
  return err({ code, detail });
}
