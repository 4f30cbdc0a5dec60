import { z } from 'zod';
import { FRAMES_PER_MESSAGE_MAX, MESSAGE_BYTES_MAX } from './limits.ts';
import { packsAnswerSchema, packsRequestSchema } from './packs.ts';
import { snapshotPageSchema, snapshotRequestSchema } from './snapshot.ts';

/**
 * One round trip does both ways: the desk hands up frames and asks for what other desks of its office wrote; the server
 * answers what is durable now, with its signature, and hands frames down. Without frames it is the question for the cursor.
 * Request and answer are each one envelope: the words below, then the frames they announce.
 */
export const EXCHANGE_PATH = '/sync/v1/exchange';
/** Base64url of the Ed25519 signature of `exchangeText` by the device's key. */
export const SIGNATURE_HEADER = 'x-motcua-signature';
export const ENVELOPE_TYPE = 'application/vnd.motcua.sync';

/** What a device signs for each request: the server it means, and the SHA-256 of the whole envelope in lower-case hex. */
export function exchangeText(server: string, envelopeHash: string): string {
  return `motcua-exchange-v1\n${server}\n${envelopeHash}`;
}

/**
 * What the office's key signs for a device that the server may not know yet. Without it nothing that a stranger sends is unpacked.
 */
export function introductionText(server: string, office: string, device: string, publicKey: string): string {
  return `motcua-introduction-v2\n${server}\n${office}\n${device}\n${publicKey}`;
}

const deviceSchema = z.string().min(1).max(40);
/** Device -> last sequence number that is held durably. */
const vectorSchema = z.record(deviceSchema, z.int().min(0));

export const exchangeRequestSchema = z.object({
  protocol: z.int().min(1),
  program: z.string().max(40),
  office: z.uuid(),
  device: deviceSchema,
  /** From a device that the server may not know: its key, and the office's signature over `introductionText`. */
  introduction: z.strictObject({ publicKey: z.string().max(60), signature: z.string().regex(/^[\w-]{86}$/) }).optional(),
  /** Where the desk stands in the server's list of the office, and of which life of the server that is. */
  cursor: z.strictObject({ epoch: z.string().max(40), position: z.int().min(0) }).nullable(),
  /** How the frames of this message are written. */
  codec: z.string().max(20),
  /** What the answer's may be written in. */
  codecs: z.array(z.string().max(20)).max(20),
  /** Bytes of frames that the answer may have; 0: none. */
  wantBytes: z.int().min(0).max(MESSAGE_BYTES_MAX),
  frames: z.int().min(0).max(FRAMES_PER_MESSAGE_MAX),
  /** What the desk says of its own log, for whoever watches over it: where it ends, and when the first operation was written that was not handed up. */
  waiting: z.strictObject({ end: z.int().min(0), oldestAt: z.int().nullable() }).optional(),
  /** A new desk asks for the next page of a snapshot instead of the list; a server that has none answers with the list. */
  snapshot: snapshotRequestSchema.optional(),
  /** Which published packs the desk knows of, and what it wants of them; a server that knows of none to ask for does not answer that. */
  packs: packsRequestSchema.optional(),
});
export type ExchangeRequest = z.infer<typeof exchangeRequestSchema>;

/** Delivery that can be proved: signed by the server's key over `acknowledgementText`. */
export const acknowledgementSchema = z.strictObject({
  device: deviceSchema,
  seq: z.int().min(1),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  signature: z.string().regex(/^[\w-]{86}$/),
});
export type Acknowledgement = z.infer<typeof acknowledgementSchema>;

export function acknowledgementText(server: string, office: string, { device, seq, hash }: Pick<Acknowledgement, 'device' | 'seq' | 'hash'>): string {
  return `motcua-acknowledgement-v1\n${server}\n${office}\n${device}\n${seq}\n${hash}`;
}

/** A frame that was not taken in: the others were (rule 7). */
export const frameRefusalSchema = z.strictObject({ device: z.string().max(40), code: z.string().max(60), detail: z.string().max(300) });
export type FrameRefusal = z.infer<typeof frameRefusalSchema>;

export const exchangeAnswerSchema = z.object({
  protocol: z.int().min(1),
  server: z.uuid(),
  epoch: z.string().max(40),
  /** UTC milliseconds of the server's clock: what a desk may verify its own by. */
  nowMs: z.int(),
  /** For the device's own log and every log it handed up: what is durable here now. */
  held: vectorSchema,
  acknowledgements: z.array(acknowledgementSchema),
  refused: z.array(frameRefusalSchema),
  /** Where the desk stands once it has taken in the frames of this answer. */
  position: z.int().min(0),
  /** More waits behind this position. */
  hasMore: z.boolean(),
  /** The desk was stopped, and a window is open in which it may hand up what it still has; nothing is handed to it. */
  isRescue: z.boolean().optional(),
  /** The one frame of this answer is a page of a snapshot; the desk stands where it stood. */
  snapshot: snapshotPageSchema.optional(),
  packs: packsAnswerSchema.optional(),
  codec: z.string().max(20),
  frames: z.int().min(0),
});
export type ExchangeAnswer = z.infer<typeof exchangeAnswerSchema>;
