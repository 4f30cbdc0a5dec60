/**
 * Version of what nodes say to each other. A node speaks every version down to the oldest one that is still listed here.
 *
 * 1  exchange of frames by one POST both ways, frames as gzipped JSON or as columns under zstd; admission of an office by a code of one use
 * 2  admission names the founding device; a device that the server does not know is introduced by the office's key; over TLS each end
 *    is its key. 1 is spoken no more: it let a stranger establish an office first, and was never in use outside this repository
 * 3  many exchanges over one request (`stream.ts`); the words of an exchange are those of 2
 * 4  `columns-2-zstd`, which shares whole objects and goes on from operations that the receiver holds; whoever does not name it is written
 *    to as before. A frame of 3 that leans is refused as `frame.otherDictionary` and comes again without
 */
export const PROTOCOL_VERSION = 4;
export const OLDEST_PROTOCOL_VERSION = 2;
/** What an exchange is written in: a server of that age understands it, whatever this node speaks beside it. */
export const EXCHANGE_PROTOCOL = 2;
/** Whoever answers with this or more takes streams. */
export const STREAM_PROTOCOL = 3;

/** Ways to write a frame, the best one last. Each side names those it reads; the first two are known to all. */
export const CODECS = ['json-gzip', 'columns-zstd', 'columns-2-zstd'] as const;
export type Codec = (typeof CODECS)[number];
/** What a node writes by itself to whoever reads it, and to others until they have said so. */
export const BEST_CODEC: Codec = 'columns-2-zstd';
export const COMMON_CODEC: Codec = 'columns-zstd';
