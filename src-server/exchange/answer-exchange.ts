import { hash } from 'node:crypto';
import { z } from 'zod';
import type { OfficeId } from '../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import { acknowledgementText, exchangeRequestSchema, type Acknowledgement, type ExchangeAnswer, type ExchangeRequest, type FrameRefusal } from '../../src-shared/sync-protocol/exchange.ts';
import { CODECS, OLDEST_PROTOCOL_VERSION, PROTOCOL_VERSION, type Codec } from '../../src-shared/sync-protocol/protocol-version.ts';
import type { SyncErrorCode } from '../../src-shared/sync-protocol/sync-errors.ts';
import { readEnvelope, writeEnvelope } from '../../src-node/codec/envelope.ts';
import { signText } from '../../src-node/crypto/keys.ts';
import type { ServerDb } from '../db/server-db.ts';
import { noteExchange } from '../features/contacts/note-exchange.ts';
import type { ServerIdentity } from '../features/identity/server-identity.ts';
import { ingestFrame, type TakenFrame } from '../features/ingest/ingest-frame.ts';
import { pullFrames } from '../features/pull/pull-frames.ts';
import { getDevice, type HeldDevice } from '../log/office-queries.ts';
import { recogniseSender, standingOf, type Peer, type Standing } from './recognise-sender.ts';

export interface ExchangeDep {
  readonly db: ServerDb;
  readonly identity: ServerIdentity;
  readonly nowMs: () => number;
}

export interface ExchangeFault {
  readonly code: SyncErrorCode;
  readonly detail: string;
}

/** One envelope in, one out (docs/SYNC.md). Frames are taken in one by one; each is durable before it is acknowledged. */
export async function answerExchange(dep: ExchangeDep, bytes: Uint8Array, signature: string, peer: Peer): Promise<Result<Uint8Array, ExchangeFault>> {
  const envelope = readEnvelope(bytes);
  const told = protocolSchema.safeParse(envelope?.words);
  if (told.success && !isSpoken(told.data.protocol)) return fault('sync.protocol', String(PROTOCOL_VERSION));
  const parsed = exchangeRequestSchema.safeParse(envelope?.words);
  if (!envelope || !parsed.success || parsed.data.frames !== envelope.frames.length) return fault('sync.malformed', parsed.success ? 'frames' : 'words');
  const words = parsed.data;
  const codec = CODECS.find((one) => one === words.codec);
  const codecBack = CODECS.findLast((one) => words.codecs.includes(one));
  if (!codec || !codecBack) return fault('sync.protocol', String(PROTOCOL_VERSION));
  const office = words.office as OfficeId;
  const sender = await recogniseSender(dep, words, hash('sha256', bytes), signature, peer);
  if (!sender.ok) return sender;
  const before = await standingOf(dep, office, words.device, sender.value);
  if (!before.ok) return before;
  const { taken, refused } = await takeFrames(dep, office, codec, envelope.frames);
  if (refused.some(({ code }) => code === 'sync.training')) return fault('sync.training', office);
  // The message itself may have admitted its device or told of its end, or be the first of a copy of a desk that was stopped.
  const standing = await standingOf(dep, office, words.device, sender.value);
  if (!standing.ok) return standing;
  if (standing.value === 'unknown') return fault('sync.unknownDevice', words.device);
  await noteExchange(dep.db, { words, taken, refused, nowMs: dep.nowMs() });
  return ok(await writeAnswer(dep, words, { codec: codecBack, standing: standing.value }, taken, refused));
}

const protocolSchema = z.object({ protocol: z.int() });

function isSpoken(protocol: number): boolean {
  return protocol >= OLDEST_PROTOCOL_VERSION && protocol <= PROTOCOL_VERSION;
}

interface Taken {
  readonly taken: readonly TakenFrame[];
  readonly refused: readonly FrameRefusal[];
}

async function takeFrames({ db, nowMs }: ExchangeDep, office: OfficeId, codec: Codec, frames: readonly Uint8Array[]): Promise<Taken> {
  const taken: TakenFrame[] = [];
  const refused: FrameRefusal[] = [];
  for (const bytes of frames) {
    const result = await ingestFrame(db, office, codec, bytes, nowMs());
    if (result.ok) taken.push(result.value);
    else refused.push({ ...result.error, detail: result.error.detail.slice(0, 300), device: result.error.device.slice(0, 40) });
  }
  return { taken, refused };
}

interface AnswerTo {
  readonly codec: Codec;
  readonly standing: Standing;
}

async function writeAnswer(dep: ExchangeDep, words: ExchangeRequest, { codec, standing }: AnswerTo, taken: readonly TakenFrame[], refused: readonly FrameRefusal[]): Promise<Uint8Array> {
  const { db, identity } = dep;
  const office = words.office as OfficeId;
  const acknowledgements: Acknowledgement[] = [];
  const held: Record<string, number> = {};
  for (const device of new Set([words.device, ...taken.map((one) => one.device), ...refused.map((one) => one.device).filter((one) => one !== '')])) {
    const end = await getDevice(db, office, device);
    held[device] = end?.seq ?? 0;
    if (end && end.seq > 0) acknowledgements.push(acknowledge(identity, office, device, end));
  }
  const after = words.cursor?.epoch === identity.epoch ? words.cursor.position : 0;
  const isRescue = standing === 'rescue';
  const { frames, position, hasMore } = isRescue ? { frames: [], position: after, hasMore: false } : await pullFrames(db, { office, device: words.device, after, codec, bytesMax: words.wantBytes });
  const answer: ExchangeAnswer = {
    protocol: PROTOCOL_VERSION, server: identity.server, epoch: identity.epoch, nowMs: dep.nowMs(),
    held, acknowledgements, refused: [...refused], position, hasMore, ...(isRescue && { isRescue }), codec, frames: frames.length,
  };
  return writeEnvelope(answer, frames);
}

function acknowledge({ server, privateKey }: ServerIdentity, office: OfficeId, device: string, end: HeldDevice): Acknowledgement {
  const told = { device, seq: end.seq, hash: Buffer.from(end.hash).toString('hex') };
  return { ...told, signature: signText(privateKey, acknowledgementText(server, office, told)) };
}

function fault(code: SyncErrorCode, detail: string): Result<never, ExchangeFault> {
  return err({ code, detail });
}
