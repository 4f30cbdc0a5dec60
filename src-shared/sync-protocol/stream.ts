import { z } from 'zod';
import { FRAMES_PER_MESSAGE_MAX, MESSAGE_BYTES_MAX } from './limits.ts';

/**
 * Many exchanges over one request: its body is a row of records, and so is the answer's, one record down for each record up, in
 * their order. A record is the length of an envelope (4 bytes, big-endian) and the envelope. The first one up is what
 * `EXCHANGE_PATH` takes, signed in the header as there; those behind it say only what differs. Each record down is an
 * `ExchangeAnswer` as there, written once what it acknowledges is durable, or the refusal that ends the stream.
 */
export const STREAM_PATH = '/sync/v1/stream';
export const STREAM_TYPE = 'application/vnd.motcua.sync-stream';

/** The list goes on where the last answer of this stream has left it. */
export const streamMessageSchema = z.strictObject({
  /** Bytes of frames that the answer may have; 0: none. */
  wantBytes: z.int().min(0).max(MESSAGE_BYTES_MAX),
  frames: z.int().min(0).max(FRAMES_PER_MESSAGE_MAX),
});
export type StreamMessage = z.infer<typeof streamMessageSchema>;
