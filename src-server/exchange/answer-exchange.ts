import { hash } from 'node:crypto';
import type { OfficeId } from '../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import { acknowledgementText, exchangeRequestSchema, exchangeText, type Acknowledgement, type ExchangeAnswer, type FrameRefusal } from '../../src-shared/sync-protocol/exchange.ts';
import { CODECS, OLDEST_PROTOCOL_VERSION, PROTOCOL_VERSION, type Codec } from '../../src-shared/sync-protocol/protocol-version.ts';
import { streamMessageSchema } from '../../src-shared/sync-protocol/stream.ts';
import type { SyncErrorCode } from '../../src-shared/sync-protocol/sync-errors.ts';
import { readEnvelope, writeEnvelope } from '../../src-node/codec/envelope.ts';
import { isTextSigned, signText } from '../../src-node/crypto/keys.ts';
import type { ServerDb } from '../db/server-db.ts';
import type { ServerIdentity } from '../features/identity/server-identity.ts';
import { ingestFrame, type TakenFrame } from '../features/ingest/ingest-frame.ts';
import { pullFrames } from '../features/pull/pull-frames.ts';
import { getDevice, getOffice, type HeldDevice } from '../log/office-queries.ts';

export interface ExchangeDep {
  readonly db: ServerDb;
  readonly identity: ServerIdentity;
  readonly nowMs: () => number;
}

export interface ExchangeFault {
  readonly code: SyncErrorCode;
  readonly detail: string;
}

/** Who asks, how its frames are written, and where it stands in the list. */
export interface Asking {
  readonly office: OfficeId;
  readonly device: string;
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
export async function answerExchange(dep: ExchangeDep, bytes: Uint8Array, signature: string): Promise<Result<Answered, ExchangeFault>> {
  const envelope = readEnvelope(bytes);
  const parsed = exchangeRequestSchema.safeParse(envelope?.words);
  if (!envelope || !parsed.success || parsed.data.frames !== envelope.frames.length) return fault('sync.malformed', parsed.success ? 'frames' : 'words');
  const words = parsed.data;
  const codec = CODECS.find((one) => one === words.codec);
  const codecBack = CODECS.findLast((one) => words.codecs.includes(one));
  if (words.protocol < OLDEST_PROTOCOL_VERSION || words.protocol > PROTOCOL_VERSION || !codec || !codecBack) return fault('sync.protocol', String(PROTOCOL_VERSION));
  const office = words.office as OfficeId;
  if (!(await getOffice(dep.db, office))) return fault('sync.unknownOffice', office);
  const known = await getDevice(dep.db, office, words.device);
  if (known?.revoked === 1) return fault('sync.revoked', words.device);
  const signed = (device: HeldDevice) => isTextSigned(device.public_key, exchangeText(dep.identity.server, hash('sha256', bytes)), signature);
  // A device that is known answers for its message before anything of it is read.
  if (known && !signed(known)) return fault('sync.badSignature', words.device);
  const { taken, refused } = await takeFrames(dep.db, office, codec, envelope.frames);
  const device = await getDevice(dep.db, office, words.device);
  if (refused.some(({ code }) => code === 'sync.training')) return fault('sync.training', office);
  if (!device) return fault('sync.unknownDevice', words.device);
  if (!signed(device)) return fault('sync.badSignature', words.device);
  // The message itself may have told of it, or be the first of a copy of a desk that was revoked.
  if (device.revoked === 1) return fault('sync.revoked', words.device);
  const after = words.cursor?.epoch === dep.identity.epoch ? words.cursor.position : 0;
  return ok(await writeAnswer(dep, { office, device: words.device, codec, codecBack, after }, words.wantBytes, { taken, refused }));
}

/** What comes behind the first message of a stream: who asks was asked there, and may have been revoked since. */
export async function answerMessage(dep: ExchangeDep, asking: Asking, bytes: Uint8Array): Promise<Result<Answered, ExchangeFault>> {
  const envelope = readEnvelope(bytes);
  const parsed = streamMessageSchema.safeParse(envelope?.words);
  if (!envelope || !parsed.success || parsed.data.frames !== envelope.frames.length) return fault('sync.malformed', 'message');
  const took = await takeFrames(dep.db, asking.office, asking.codec, envelope.frames);
  if ((await getDevice(dep.db, asking.office, asking.device))?.revoked !== 0) return fault('sync.revoked', asking.device);
  return ok(await writeAnswer(dep, asking, parsed.data.wantBytes, took));
}

interface Taken {
  readonly taken: readonly TakenFrame[];
  readonly refused: readonly FrameRefusal[];
}

async function takeFrames(db: ServerDb, office: OfficeId, codec: Codec, frames: readonly Uint8Array[]): Promise<Taken> {
  const taken: TakenFrame[] = [];
  const refused: FrameRefusal[] = [];
  for (const bytes of frames) {
    const result = await ingestFrame(db, office, codec, bytes);
    if (result.ok) taken.push(result.value);
    else refused.push({ ...result.error, detail: result.error.detail.slice(0, 300), device: result.error.device.slice(0, 40) });
  }
  return { taken, refused };
}

async function writeAnswer(dep: ExchangeDep, asking: Asking, wantBytes: number, { taken, refused }: Taken): Promise<Answered> {
  const { db, identity } = dep;
  const { office, codecBack } = asking;
  const acknowledgements: Acknowledgement[] = [];
  const held: Record<string, number> = {};
  for (const device of new Set([asking.device, ...taken.map((one) => one.device), ...refused.map((one) => one.device).filter((one) => one !== '')])) {
    const end = await getDevice(db, office, device);
    held[device] = end?.seq ?? 0;
    if (end && end.seq > 0) acknowledgements.push(acknowledge(identity, office, device, end));
  }
  const { frames, position, hasMore } = await pullFrames(db, { office, device: asking.device, after: asking.after, codec: codecBack, bytesMax: wantBytes });
  const answer: ExchangeAnswer = {
    protocol: PROTOCOL_VERSION, server: identity.server, epoch: identity.epoch, nowMs: dep.nowMs(),
    held, acknowledgements, refused: [...refused], position, hasMore, codec: codecBack, frames: frames.length,
  };
  return { asking: { ...asking, after: position }, answer, bytes: writeEnvelope(answer, frames) };
}

function acknowledge({ server, privateKey }: ServerIdentity, office: OfficeId, device: string, end: HeldDevice): Acknowledgement {
  const told = { device, seq: end.seq, hash: Buffer.from(end.hash).toString('hex') };
  return { ...told, signature: signText(privateKey, acknowledgementText(server, office, told)) };
}

function fault(code: SyncErrorCode, detail: string): Result<never, ExchangeFault> {
  return err({ code, detail });
}
