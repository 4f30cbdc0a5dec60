import { FRAME_BYTES_MAX } from '../../src-shared/sync-protocol/limits.ts';
import type { Effort } from '../codec/packed-columns.ts';

/** What one frame may weigh, in encoded bytes. Rule 9: a cut costs at most this. */
export const FRAME_BYTES_MIN = 1_024;
export const FRAME_BYTES_START = 8_192;
/** How long one frame should be in the air when each waits for its answer. */
const AIRTIME_TARGET_MS = 4_000;

/** What was answered for, both ways, and how long it took. */
export interface Moved {
  readonly bytes: number;
  readonly ms: number;
}

/** What is known of the way to the server. */
export interface LinkMeasure {
  readonly frameBytes: number;
  /** Null until enough was answered for. */
  readonly bytesPerMs: number | null;
  /** The shortest seen on this connection: what waits in a modem's queue is no distance. */
  readonly roundTripMs: number | null;
}

/** Before anything is known: the slowest link that is worth waiting for. */
const SLOWEST_BYTES_PER_MS = 2;
const LONGEST_ROUND_TRIP_MS = 2_000;
/** In a stream frames follow each other: of one second each, unless that is so little that it cannot be packed well. */
const STREAM_AIRTIME_MS = 1_000;
const STREAM_FRAME_BYTES_MIN = 6_144;
/** Under way at once: two frames, or one and what fills the round trip. On a hill link that is what may be sent twice after a cut. */
const IN_FLIGHT_BYTES_MAX = 131_072;
/** On a faster link packing takes longer than sending what it would save. */
const SLOW_BYTES_PER_MS = 128;

export function startLink(): LinkMeasure {
  return { frameBytes: FRAME_BYTES_START, bytesPerMs: null, roundTripMs: null };
}

/**
 * The size that would have taken the target at the speed just seen, at most twice the last one: one lucky exchange says little.
 * What carried next to nothing says nothing of the speed.
 */
export function linkAfter(link: LinkMeasure, { bytes, ms }: Moved): LinkMeasure {
  if (bytes < link.frameBytes / 2) return link;
  const bytesPerMs = bytes / Math.max(ms, 1);
  return {
    ...link,
    // One packet that was lost makes a second look like two.
    bytesPerMs: link.bytesPerMs === null ? bytesPerMs : (link.bytesPerMs + Math.min(bytesPerMs, link.bytesPerMs * 2)) / 2,
    frameBytes: clamp(Math.min(bytesPerMs * AIRTIME_TARGET_MS, link.frameBytes * 2), FRAME_BYTES_MIN, FRAME_BYTES_MAX),
  };
}

/** One answer came so long after its message. */
export function linkAfterRoundTrip(link: LinkMeasure, ms: number): LinkMeasure {
  return { ...link, roundTripMs: Math.min(link.roundTripMs ?? Infinity, Math.max(ms, 1)) };
}

/** A connection that ended without a word: the next one is another way, and what it can carry is believed half. */
export function linkAfterFailure(link: LinkMeasure, hadProgress: boolean): LinkMeasure {
  const frameBytes = hadProgress ? link.frameBytes : clamp(link.frameBytes / 2, FRAME_BYTES_MIN, FRAME_BYTES_MAX);
  return { frameBytes, bytesPerMs: hadProgress || link.bytesPerMs === null ? link.bytesPerMs : link.bytesPerMs / 2, roundTripMs: null };
}

export interface StreamLimits {
  readonly frameBytes: number;
  readonly inFlightBytes: number;
  readonly effort: Effort;
}

export function streamLimits({ frameBytes, bytesPerMs, roundTripMs }: LinkMeasure): StreamLimits {
  const airtimeBytes = bytesPerMs === null ? FRAME_BYTES_START : Math.max(bytesPerMs * STREAM_AIRTIME_MS, STREAM_FRAME_BYTES_MIN);
  const one = clamp(Math.min(frameBytes, airtimeBytes), FRAME_BYTES_MIN, FRAME_BYTES_MAX);
  const filling = one + (bytesPerMs ?? 0) * (roundTripMs ?? 0);
  return { frameBytes: one, inFlightBytes: clamp(filling, 2 * one, IN_FLIGHT_BYTES_MAX), effort: effortOn(bytesPerMs) };
}

function effortOn(bytesPerMs: number | null): Effort {
  return bytesPerMs === null || bytesPerMs < SLOW_BYTES_PER_MS ? 'small' : 'quick';
}

/** When the answer to so many bytes should be here. */
export function expectedMs({ bytesPerMs, roundTripMs }: LinkMeasure, bytes: number): number {
  return (roundTripMs ?? LONGEST_ROUND_TRIP_MS) + bytes / (bytesPerMs ?? SLOWEST_BYTES_PER_MS);
}

function clamp(bytes: number, min: number, max: number): number {
  return Math.min(Math.max(Math.floor(bytes), min), max);
}
