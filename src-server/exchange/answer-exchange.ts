import { hash } from 'node:crypto';
import { z } from 'zod';
import type { OfficeId } from '../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import { acknowledgementText, exchangeRequestSchema, type Acknowledgement, type ExchangeAnswer, type ExchangeRequest, type FrameRefusal } from '../../src-shared/sync-protocol/exchange.ts';
import { CODECS, OLDEST_PROTOCOL_VERSION, PROTOCOL_VERSION, type Codec } from '../../src-shared/sync-protocol/protocol-version.ts';
import { streamMessageSchema } from '../../src-shared/sync-protocol/stream.ts';
import type { SyncErrorCode } from '../../src-shared/sync-protocol/sync-errors.ts';
import { readEnvelope, writeEnvelope } from '../../src-node/codec/envelope.ts';
import { signText } from '../../src-node/crypto/keys.ts';
import type { ServerDb } from '../db/server-db.ts';
import { noteExchange } from '../features/contacts/note-exchange.ts';
import type { ServerIdentity } from '../features/identity/server-identity.ts';
import { ingestFrame, type TakenFrame } from '../features/ingest/ingest-frame.ts';
import { answerPacks } from '../features/packs/offer-packs.ts';
import { pullFrames } from '../features/pull/pull-frames.ts';
import { readSnapshotPage, SNAPSHOT_OPERATIONS_MIN } from '../features/snapshot/read-snapshot.ts';
import { getDevice, type HeldDevice } from '../log/office-queries.ts';
import { recogniseSender, standingOf, type Peer, type Sender, type Standing } from './recognise-sender.ts';
import type { Turns } from './turns.ts';

export interface ExchangeDep {
  readonly db: ServerDb;
  readonly identity: ServerIdentity;
  readonly nowMs: () => number;
  /** An office with fewer operations is handed its list alone, which is as quick. */
  readonly snapshotFrom?: number | undefined;
  /** Of one process; without them every message is taken in at once. */
  readonly turns?: Turns;
}

export interface ExchangeFault {
  readonly code: SyncErrorCode;
  readonly detail: string;
}

/** Who asks, how its frames are written, and where it stands in the list. */
export interface Asking {
  /** What it said of itself in its first message. */
  readonly words: ExchangeRequest;
  readonly office: OfficeId;
  readonly sender: Sender;
  readonly codec: Codec;
  readonly codecBack: Codec;
  readonly after: number;
}

export interface Answered {
  readonly asking: Asking;
  readonly answer: ExchangeAnswer;
  readonly bytes: Uint8Array;
}

/** One envelope in, one out (docs/SYNC.md). Frames are taken in one by one; each is durable before it is acknowledged. */
export async function answerExchange(dep: ExchangeDep, bytes: Uint8Array, signature: string, peer: Peer): Promise<Result<Answered, ExchangeFault>> {
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
  const after = words.cursor?.epoch === dep.identity.epoch ? words.cursor.position : 0;
  return takeAndAnswer(dep, { words, office, sender: sender.value, codec, codecBack, after }, words.wantBytes, envelope.frames);
}

/** What comes behind the first message of a stream: who asks was asked there, and may have been stopped since. */
export async function answerMessage(dep: ExchangeDep, asking: Asking, bytes: Uint8Array): Promise<Result<Answered, ExchangeFault>> {
  const envelope = readEnvelope(bytes);
  const parsed = streamMessageSchema.safeParse(envelope?.words);
  if (!envelope || !parsed.success || parsed.data.frames !== envelope.frames.length) return fault('sync.malformed', 'message');
  return takeAndAnswer(dep, asking, parsed.data.wantBytes, envelope.frames);
}

async function takeAndAnswer(dep: ExchangeDep, asking: Asking, wantBytes: number, frames: readonly Uint8Array[]): Promise<Result<Answered, ExchangeFault>> {
  const { words, office, sender, codec } = asking;
  const inTurn = await takeInTurn(dep, office, codec, frames);
  if (!inTurn.ok) return fault('sync.busy', 'turns');
  const { taken, refused } = inTurn.value;
  if (refused.some(({ code }) => code === 'sync.training')) return fault('sync.training', office);
  // The message itself may have admitted its device or told of its end, or be the first of a copy of a desk that was stopped.
  const standing = await standingOf(dep, office, words.device, sender);
  if (!standing.ok) return standing;
  if (standing.value === 'unknown') return fault('sync.unknownDevice', words.device);
  await noteExchange(dep.db, { words, taken, refused, nowMs: dep.nowMs() });
  return ok(await writeAnswer(dep, { asking, standing: standing.value, wantBytes }, { taken, refused }));
}

const protocolSchema = z.object({ protocol: z.int() });

function isSpoken(protocol: number): boolean {
  return protocol >= OLDEST_PROTOCOL_VERSION && protocol <= PROTOCOL_VERSION;
}

interface Taken {
  readonly taken: readonly TakenFrame[];
  readonly refused: readonly FrameRefusal[];
}

/** The question without frames waits for nobody. */
async function takeInTurn(dep: ExchangeDep, office: OfficeId, codec: Codec, frames: readonly Uint8Array[]): Promise<Result<Taken, 'busy'>> {
  const take = () => takeFrames(dep, office, codec, frames);
  return frames.length === 0 || !dep.turns ? ok(await take()) : dep.turns.take(take);
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
  readonly asking: Asking;
  readonly standing: Standing;
  readonly wantBytes: number;
}

async function writeAnswer(dep: ExchangeDep, { asking, standing, wantBytes }: AnswerTo, { taken, refused }: Taken): Promise<Answered> {
  const { db, identity } = dep;
  const { office, codecBack, after, words } = asking;
  const { device } = words;
  const acknowledgements: Acknowledgement[] = [];
  const held: Record<string, number> = {};
  for (const one of new Set([device, ...taken.map((frame) => frame.device), ...refused.map((frame) => frame.device).filter((name) => name !== '')])) {
    const end = await getDevice(db, office, one);
    held[one] = end?.seq ?? 0;
    if (end && end.seq > 0) acknowledgements.push(acknowledge(identity, office, one, end));
  }
  const isRescue = standing === 'rescue';
  const page = isRescue || wantBytes === 0 ? undefined : await snapshotOf(dep, asking, wantBytes);
  if (page) {
    const answer: ExchangeAnswer = {
      protocol: PROTOCOL_VERSION, server: identity.server, epoch: identity.epoch, nowMs: dep.nowMs(),
      held, acknowledgements, refused: [...refused], position: after, hasMore: true, snapshot: page.page, codec: codecBack, frames: 1,
    };
    return { asking, answer, bytes: writeEnvelope(answer, [page.bytes]) };
  }
  const { frames, position, hasMore } = isRescue ? { frames: [], position: after, hasMore: false } : await pullFrames(db, { office, device, after, codec: codecBack, bytesMax: wantBytes });
  const packs = isRescue || !words.packs ? undefined : await answerPacks(dep, { office, device, asked: words.packs, room: hasMore || frames.length > 0 ? 0 : wantBytes });
  const all = packs?.slice ? [...frames, packs.slice] : frames;
  const answer: ExchangeAnswer = {
    protocol: PROTOCOL_VERSION, server: identity.server, epoch: identity.epoch, nowMs: dep.nowMs(),
    held, acknowledgements, refused: [...refused], position, hasMore, ...(isRescue && { isRescue }), ...(packs && { packs: packs.words }), codec: codecBack, frames: all.length,
  };
  // What was said of packs is answered with the first message of a stream.
  const { packs: _said, ...wordsOn } = words;
  return { asking: { ...asking, words: wordsOn, after: position }, answer, bytes: writeEnvelope(answer, all) };
}

async function snapshotOf({ db, identity, snapshotFrom = SNAPSHOT_OPERATIONS_MIN }: ExchangeDep, { words: { snapshot, device }, office, after }: Asking, bytesMax: number) {
  return snapshot === undefined || after > 0 ? undefined : readSnapshotPage({ db, identity }, { office, device, asked: snapshot, bytesMax, operationsMin: snapshotFrom });
}

function acknowledge({ server, privateKey }: ServerIdentity, office: OfficeId, device: string, end: HeldDevice): Acknowledgement {
  const told = { device, seq: end.seq, hash: Buffer.from(end.hash).toString('hex') };
  return { ...told, signature: signText(privateKey, acknowledgementText(server, office, told)) };
}

function fault(code: SyncErrorCode, detail: string): Result<never, ExchangeFault> {
  return err({ code, detail });
}
