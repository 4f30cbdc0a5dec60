import { FRAME_BYTES_MAX } from '../../src-shared/sync-protocol/limits.ts';

/** What one frame may weigh, in encoded bytes. Rule 9: a cut costs at most this. */
export const FRAME_BYTES_MIN = 1_024;
export const FRAME_BYTES_START = 4_096;
/** How long one frame should be in the air. */
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
/** Under way at once: enough to fill the round trip and a half, and never more than may be sent twice after a cut. */
const IN_FLIGHT_BYTES_MIN = 8_192;
const IN_FLIGHT_BYTES_MAX = 131_072;
const ROUND_TRIPS_IN_FLIGHT = 1.5;
const FRAMES_IN_FLIGHT = 3;

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
    bytesPerMs: link.bytesPerMs === null ? bytesPerMs : Math.min(bytesPerMs, link.bytesPerMs * 2),
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
}

export function streamLimits({ frameBytes, bytesPerMs, roundTripMs }: LinkMeasure): StreamLimits {
  const filling = ROUND_TRIPS_IN_FLIGHT * (bytesPerMs ?? 0) * (roundTripMs ?? 0);
  const inFlightBytes = clamp(filling, IN_FLIGHT_BYTES_MIN, IN_FLIGHT_BYTES_MAX);
  return { inFlightBytes, frameBytes: clamp(Math.min(frameBytes, inFlightBytes / FRAMES_IN_FLIGHT), FRAME_BYTES_MIN, FRAME_BYTES_MAX) };
}

/** When the answer to so many bytes should be here. */
export function expectedMs({ bytesPerMs, roundTripMs }: LinkMeasure, bytes: number): number {
  return (roundTripMs ?? LONGEST_ROUND_TRIP_MS) + bytes / (bytesPerMs ?? SLOWEST_BYTES_PER_MS);
}

function clamp(bytes: number, min: number, max: number): number {
  return Math.min(Math.max(Math.floor(bytes), min), max);
}
