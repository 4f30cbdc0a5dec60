import { z } from 'zod';
import { isIsoDate } from '../lib/office-time.ts';
import { FRAME_OPERATIONS_MAX } from './limits.ts';

/**
 * A stretch of one device's log as it travels: contiguous from `after` + 1 up to a head that the device signed. `prev` and
 * `hash` are computed by whoever receives, never sent (design §7), so a frame cannot say one thing and mean another.
 */
const signedHeadSchema = z.strictObject({
  seq: z.int().min(1),
  /** SHA-256, lower-case hex. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** Ed25519 over the head, base64url of 64 bytes. */
  signature: z.string().regex(/^[\w-]{86}$/),
});

/** An id in the one spelling in which it is hashed and stored. */
export const ID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Printable ASCII: what is hashed in one spelling must not be stored in another. */
export const DEVICE_PATTERN = /^[!-~]{1,40}$/;
export const KIND_PATTERN = /^[!-~]{1,60}$/;
export const REFERENCES_MAX = 1_000;
/** UTC milliseconds, some 140,000 years on: columns hold differences of two, which are safe integers too. */
export const INSTANT_MAX = 2 ** 52 - 1;
const deviceSchema = z.string().regex(DEVICE_PATTERN);
const idSchema = z.string().regex(ID_PATTERN);
const refSchema = z.tuple([deviceSchema, z.int().min(1)]);

export const frameOperationSchema = z.strictObject({
  subject: idSchema,
  kind: z.string().regex(KIND_PATTERN),
  version: z.int().min(1),
  actor: idSchema.nullable(),
  /** Stamp: milliseconds and counter. */
  at: z.tuple([z.int().min(0).max(INSTANT_MAX), z.int().min(0)]),
  wall: z.int().min(-INSTANT_MAX).max(INSTANT_MAX),
  businessDate: z.string().refine(isIsoDate),
  after: z.array(refSchema).max(REFERENCES_MAX),
  /** The exact text of the canonical body; null once its subject was erased. */
  body: z.string().nullable(),
  /** Only beside an erased body, which it can no longer be computed from: 32 bytes, base64url. */
  commitment: z.string().regex(/^[\w-]{43}$/).optional(),
});
export type FrameOperation = z.infer<typeof frameOperationSchema>;

export const frameContentSchema = z.strictObject({
  office: idSchema,
  device: deviceSchema,
  after: z.int().min(0),
  head: signedHeadSchema,
  /** The key of every subject that has a body here: 16 bytes, base64url. */
  keys: z.record(idSchema, z.string().regex(/^[\w-]{22}$/)),
  operations: z.array(frameOperationSchema).min(1).max(FRAME_OPERATIONS_MAX),
});
export type FrameContent = z.infer<typeof frameContentSchema>;
