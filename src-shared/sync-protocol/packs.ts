import { z } from 'zod';

/**
 * How a desk hears of the packs that the upper tier has published, and takes their bytes (docs/SYNC.md, decisions/0034): beside an
 * exchange, never before operations. A desk says by a digest which list it has; only another one is answered with the list. Bytes are
 * asked for slice by slice, each from behind what is here, so a cut costs one slice.
 */
export const PACKS_LISTED_MAX = 50;
/** A pack under zstd; what is larger is not offered. */
export const PACKED_BYTES_MAX = 1_048_576;
/** What the text of a pack may have unpacked: the longest text that packs may have, in UTF-8. */
export const PACK_TEXT_BYTES_MAX = 16_777_216;

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** `waiting`: it is here, and an administrator of the office may use it; `refused`: it cannot be used here, `code` says why. */
export const packStandSchema = z.object({ hash: hashSchema, state: z.enum(['waiting', 'installed', 'refused']), code: z.string().max(60).nullable() });
export type PackStand = z.infer<typeof packStandSchema>;

export const packsRequestSchema = z.object({
  /** The digest of the list that is here; empty: none. */
  known: z.string().max(40),
  /** How the listed packs stand here, all of them; left out while nothing has changed since it was told. */
  stands: z.array(packStandSchema).max(PACKS_LISTED_MAX).optional(),
  /** The bytes of a listed pack from there on. */
  want: z.object({ hash: hashSchema, from: z.int().min(0) }).optional(),
});
export type PacksRequest = z.infer<typeof packsRequestSchema>;

/** Kinds and dates are read as text: a kind of a later program must not spoil the exchange that it comes beside. */
export const offeredPackSchema = z.object({
  pack: z.string().max(20), id: z.string().max(80), version: z.int().min(1), hash: hashSchema,
  validFrom: z.string().max(10), validTo: z.string().max(10).nullable(), publishedAt: z.int(),
  /** Of the text under zstd, as it travels. */
  bytes: z.int().min(1).max(PACKED_BYTES_MAX),
  /** By the server's key over `packText`. */
  signature: z.string().max(100),
});
export type OfferedPack = z.infer<typeof offeredPackSchema>;

/** Present in the answer to whoever asked. */
export const packsAnswerSchema = z.object({
  digest: z.string().max(40),
  /** Only where the desk has another one. */
  list: z.array(offeredPackSchema).max(PACKS_LISTED_MAX).optional(),
  /** The last frame of this answer is bytes of that pack, from there on. */
  slice: z.object({ hash: hashSchema, from: z.int().min(0) }).optional(),
});
export type PacksAnswer = z.infer<typeof packsAnswerSchema>;

/** What the server signs for each pack that it offers. */
export function packText(server: string, { pack, id, version, hash, validFrom, validTo, bytes }: Omit<OfferedPack, 'signature' | 'publishedAt'>): string {
  return `motcua-pack-v1\n${server}\n${pack}\n${id}\n${version}\n${hash}\n${validFrom}\n${validTo ?? ''}\n${bytes}`;
}
