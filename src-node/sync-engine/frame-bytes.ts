import { FRAME_BYTES_MAX } from '../../src-shared/sync-protocol/limits.ts';

/** What one exchange may carry each way, in encoded bytes. Rule 9: a cut costs at most this. */
export const FRAME_BYTES_MIN = 1_024;
export const FRAME_BYTES_START = 4_096;
/** How long one exchange should be in the air. */
const AIRTIME_TARGET_MS = 4_000;

/** What an exchange that was answered has moved, both ways, and how long it took. */
export interface Moved {
  readonly bytes: number;
  readonly ms: number;
}

/**
 * The size that would have taken the target at the speed just seen, at most twice the last one: one lucky exchange says little.
 * An exchange that carried next to nothing says nothing of the speed.
 */
export function frameBytesAfter(frameBytes: number, { bytes, ms }: Moved): number {
  if (bytes < frameBytes / 2) return clamp(frameBytes);
  return clamp(Math.min((bytes * AIRTIME_TARGET_MS) / Math.max(ms, 1), frameBytes * 2));
}

/** After an exchange that was cut off without progress. */
export function frameBytesAfterFailure(frameBytes: number): number {
  return clamp(frameBytes / 2);
}

function clamp(bytes: number): number {
  return Math.min(Math.max(Math.floor(bytes), FRAME_BYTES_MIN), FRAME_BYTES_MAX);
}
