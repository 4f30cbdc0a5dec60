import { hash } from 'node:crypto';
import { writeEnvelope } from '../../../src-node/codec/envelope.ts';
import { generateSigningKeyPair, signText } from '../../../src-node/crypto/keys.ts';
import type { SigningPrivateKey } from '../../../src-node/crypto/key-text.ts';
import type { SubjectId } from '../../../src-shared/lib/ids.ts';
import { officeAdmissionText } from '../../../src-shared/sync-protocol/admission.ts';
import { exchangeText, type ExchangeRequest } from '../../../src-shared/sync-protocol/exchange.ts';
import type { FrameContent } from '../../../src-shared/sync-protocol/frame.ts';
import { CODECS, PROTOCOL_VERSION, type Codec } from '../../../src-shared/sync-protocol/protocol-version.ts';
import type { Chance } from '../seeded-chance.ts';
import { iterateDeviceOperations, type StoredOperation } from '../../../src-node/operations/operation-rows.ts';
import { DICTIONARY_OPERATIONS_MAX } from '../../../src-shared/sync-protocol/limits.ts';
import { signedContent, writtenFrame, type Draft } from './build-frame.ts';
import { founderOf, type FuzzOffice } from './fuzz-office.ts';
import { BROKEN, changed, draftOf, mutatedColumns, withKeys, WRITTEN } from './mutate-frame.ts';

/** One input: what it is, and what is sent. */
export interface FuzzCase {
  readonly family: string;
  /** Signed throughout by the key of an admitted device; nothing else may be taken in. */
  readonly isSigned: boolean;
  readonly path: '/sync/v1/exchange' | '/sync/v1/admission';
  readonly payload: Uint8Array;
  readonly signature: string;
  /** The frame alone, to be handed to a desk as from a hostile server. */
  readonly frame: { readonly codec: Codec; readonly bytes: Uint8Array } | null;
  readonly subjects: readonly SubjectId[];
}

const stranger = generateSigningKeyPair().privateKey;

export function makeCase(fuzz: FuzzOffice, chance: Chance): FuzzCase {
  const draw = chance.next();
  if (draw < 0.72) return written(fuzz, chance);
  if (draw < 0.8) return broken(fuzz, chance);
  if (draw < 0.85) return columns(fuzz, chance);
  if (draw < 0.87) return damaged(fuzz, chance);
  if (draw < 0.91) return words(fuzz, chance);
  if (draw < 0.96) return unsigned(fuzz, chance);
  return admission(fuzz, chance);
}

function next({ hostile }: FuzzOffice, draft: Draft, key: SigningPrivateKey = hostile.privateKey): FrameContent {
  return signedContent(draft, hostile.head, key);
}

function written(fuzz: FuzzOffice, chance: Chance): FuzzCase {
  const draft = draftOf(fuzz, chance);
  const name = chance.pick(Object.keys(WRITTEN));
  const operations = draft.operations.map((one) => ({ ...one }));
  for (const operation of operations) if (chance.isHit(0.7)) WRITTEN[name]!(operation, chance, fuzz);
  if (chance.isHit(0.2)) WRITTEN[chance.pick(Object.keys(WRITTEN))]!(operations[0]!, chance, fuzz);
  return send(fuzz, chance, `written.${name}`, next(fuzz, withKeys({ ...draft, operations }, fuzz)));
}

function broken(fuzz: FuzzOffice, chance: Chance): FuzzCase {
  const name = chance.pick(Object.keys(BROKEN));
  const content = BROKEN[name]!(next(fuzz, draftOf(fuzz, chance)), chance, fuzz) as FrameContent;
  return send(fuzz, chance, `broken.${name}`, tried(() => next(fuzz, content)) ?? content);
}

function tried<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    // What cannot even be hashed is sent as it is.
    return undefined;
  }
}

function columns(fuzz: FuzzOffice, chance: Chance): FuzzCase {
  const { read, ...frame } = mutatedColumns(next(fuzz, draftOf(fuzz, chance)), chance.isHit(0.5) ? [] : heldOf(fuzz, chance), chance);
  const content = read && tried(() => next(fuzz, read));
  if (content) return send(fuzz, chance, 'columns.read', content);
  return exchange(fuzz, 'columns.unread', frame, []);
}

function damaged(fuzz: FuzzOffice, chance: Chance): FuzzCase {
  const { codec, bytes } = writtenFrame(next(fuzz, draftOf(fuzz, chance)), chance.pick(['columns-zstd', 'columns-2-zstd', 'json-gzip'] as const));
  const copy = Buffer.from(bytes);
  if (codec !== 'json-gzip' && chance.isHit(0.5)) return dictionary(fuzz, chance);
  copy[chance.between(0, copy.byteLength - 1)]! ^= chance.between(1, 255);
  return exchange(fuzz, 'damaged', { codec, bytes: chance.isHit(0.2) ? copy.subarray(0, chance.between(0, copy.byteLength)) : copy }, []);
}

/** Leans on what is held, on what nobody holds, or on something else than it says. */
function dictionary(fuzz: FuzzOffice, chance: Chance): FuzzCase {
  const leaning = writtenFrame(next(fuzz, draftOf(fuzz, chance)), 'columns-2-zstd', heldOf(fuzz, chance));
  const copy = Buffer.from(leaning.bytes);
  // Form, device, last number, count and fingerprint, and how much noise follows.
  const place = chance.between(0, Math.min(copy.byteLength - 1, 50));
  if (chance.isHit(0.6)) copy[place] = chance.pick([0, 1, 2, 3, 0x7f, 0x80, 0xff, chance.between(0, 255)]);
  if (chance.isHit(0.6)) return exchange(fuzz, 'dictionary', { codec: leaning.codec, bytes: copy }, []);
  return exchange(fuzz, 'dictionary', { codec: leaning.codec, bytes: Buffer.concat([dictionaryName(fuzz, chance), copy.subarray(Math.min(copy.byteLength, 45))]) }, []);
}

/** Of its own log, as its desk holds it; now and then of another's. */
function heldOf({ hostile, desk: { desk } }: FuzzOffice, chance: Chance): readonly StoredOperation[] {
  const device = chance.isHit(0.9) ? hostile.device : desk.device;
  const count = chance.pick([1, 2, 7, DICTIONARY_OPERATIONS_MAX]);
  return [...iterateDeviceOperations(desk.db, desk.log.names, device, Math.max(0, hostile.head.seq - count))].filter(({ body }) => body !== null);
}

function dictionaryName({ hostile, desk }: FuzzOffice, chance: Chance): Buffer {
  const device = Buffer.from(chance.pick([hostile.device, desk.desk.device, 'x', 'd'.repeat(41)]));
  return Buffer.concat([Buffer.from([chance.pick([1, 2]), device.byteLength]), device, Buffer.from([chance.between(0, 127), chance.pick([0, 1, 60, 61, 127]), 1, 2, 3, 4])]);
}

function send(fuzz: FuzzOffice, chance: Chance, family: string, content: FrameContent): FuzzCase {
  const subjects = Array.isArray(content.operations) ? content.operations.map((one) => one?.subject as SubjectId) : [];
  return exchange(fuzz, family, writtenFrame(content, chance.pick(['columns-zstd', 'columns-2-zstd', 'json-gzip'] as const), chance.isHit(0.5) ? heldOf(fuzz, chance) : []), subjects);
}

function requestOf({ office, hostile }: FuzzOffice, codec: Codec): ExchangeRequest {
  return { protocol: PROTOCOL_VERSION, program: 'x', office, device: hostile.device, cursor: null, codec, codecs: [...CODECS], wantBytes: 0, frames: 1 };
}

function exchange(fuzz: FuzzOffice, family: string, frame: { readonly codec: Codec; readonly bytes: Uint8Array }, subjects: readonly SubjectId[]): FuzzCase {
  const payload = writeEnvelope(requestOf(fuzz, frame.codec), [frame.bytes]);
  return { family, isSigned: true, path: '/sync/v1/exchange', payload, signature: signed(fuzz, payload), frame, subjects };
}

function signed({ server, hostile }: FuzzOffice, payload: Uint8Array, key: SigningPrivateKey = hostile.privateKey): string {
  return signText(key, exchangeText(server.identity.server, hash('sha256', payload)));
}

/** The words of a message and its lengths, whatever they say, signed. */
function words(fuzz: FuzzOffice, chance: Chance): FuzzCase {
  const { bytes, codec } = writtenFrame(next(fuzz, draftOf(fuzz, chance)), 'columns-zstd');
  const told = chance.pick([changed(requestOf(fuzz, codec), chance), { ...requestOf(fuzz, codec), frames: chance.pick([0, 2, 64, 65, -1]) }, { ...requestOf(fuzz, codec), cursor: chance.pick([{}, { epoch: '', position: 2 ** 60 }, { epoch: fuzz.server.identity.epoch, position: 5 }, 5]) }, null, 'x', []]);
  const whole = Buffer.from(writeEnvelope(told, Array.from({ length: chance.pick([0, 1, 1, 1, 65]) }, () => bytes)));
  if (chance.isHit(0.3)) whole.writeUInt32BE(chance.pick([0, 1, 2 ** 32 - 1, 300_000, whole.byteLength]), 0);
  const payload = chance.isHit(0.1) ? whole.subarray(0, chance.between(0, whole.byteLength)) : whole;
  return { family: 'words', isSigned: true, path: '/sync/v1/exchange', payload, signature: signed(fuzz, payload), frame: null, subjects: [] };
}

function unsigned(fuzz: FuzzOffice, chance: Chance): FuzzCase {
  const draft = draftOf(fuzz, chance);
  const isHead = chance.isHit(0.5);
  const frame = writtenFrame(next(fuzz, draft, isHead ? stranger : fuzz.hostile.privateKey), 'columns-zstd');
  const payload = writeEnvelope(requestOf(fuzz, frame.codec), [frame.bytes]);
  const signature = isHead ? signed(fuzz, payload) : chance.pick(['', 'x', 'A'.repeat(86), signed(fuzz, payload, stranger), signed(fuzz, Buffer.from('other')), signText(fuzz.hostile.privateKey, exchangeText('another server', hash('sha256', payload)))]);
  return { family: isHead ? 'unsigned.head' : 'unsigned.message', isSigned: false, path: '/sync/v1/exchange', payload, signature, frame: isHead ? frame : null, subjects: [] };
}

function admission(fuzz: FuzzOffice, chance: Chance): FuzzCase {
  const code = chance.pick(['2222-2222-2222', 'ABCD-EFGH-JKMN']);
  const { server: { identity }, office, officeKey, desk } = fuzz;
  const isOwn = chance.isHit(0.5);
  const about = { code, office, officePublicKey: desk.desk.office().publicKey, founder: founderOf(desk) };
  const request = { protocol: PROTOCOL_VERSION, ...about, signature: signText(isOwn ? officeKey : stranger, officeAdmissionText(identity.server, about)) };
  const payload = Buffer.from(JSON.stringify(chance.isHit(0.3) ? request : changed(request, chance)) ?? '');
  return { family: 'admission', isSigned: false, path: '/sync/v1/admission', payload, signature: '', frame: null, subjects: [] };
}
