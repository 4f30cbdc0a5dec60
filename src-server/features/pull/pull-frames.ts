import type { DeviceId, OfficeId } from '../../../src-shared/lib/ids.ts';
import { FRAMES_PER_MESSAGE_MAX } from '../../../src-shared/sync-protocol/limits.ts';
import type { Codec } from '../../../src-shared/sync-protocol/protocol-version.ts';
import { encodeFrame } from '../../../src-node/codec/frame-codec.ts';
import type { ServerReads } from '../../db/server-db.ts';
import { getSubjectKeys, listDeviceOperations } from '../../log/operation-queries.ts';

export interface PulledFrames {
  readonly frames: readonly Uint8Array[];
  /** Where the desk stands once it has taken them in. */
  readonly position: number;
  readonly hasMore: boolean;
}

interface FrameRow {
  readonly position: number;
  readonly first_position: number;
  readonly device: string;
  readonly seq: number;
  readonly hash: Uint8Array;
  readonly signature: string;
}

/**
 * What other devices of the office wrote behind a position, in the order of the list, each stretch up to the head that
 * vouches for it. At least one frame when bytes are wanted and something waits, however large it is.
 */
export async function pullFrames(db: ServerReads, { office, device, after, codec, bytesMax }: PullQuestion): Promise<PulledFrames> {
  if (bytesMax === 0) return { frames: [], position: after, hasMore: await isAnyBehind(db, office, device, after) };
  const rows = await db.all<FrameRow>(
    'SELECT position, first_position, device, seq, hash, signature FROM frames WHERE office = ? AND position > ? AND device <> ? ORDER BY position LIMIT ?',
    office, after, device, FRAMES_PER_MESSAGE_MAX,
  );
  const frames: Uint8Array[] = [];
  let [position, bytes] = [after, 0];
  for (const row of rows) {
    const frame = await readFrame(db, office, codec, row);
    if (frames.length > 0 && bytes + frame.byteLength > bytesMax) break;
    frames.push(frame);
    bytes += frame.byteLength;
    position = row.position;
  }
  return { frames, position, hasMore: await isAnyBehind(db, office, device, position) };
}

export interface PullQuestion {
  readonly office: OfficeId;
  /** Who asks: what it wrote itself is not handed back. */
  readonly device: string;
  readonly after: number;
  readonly codec: Codec;
  readonly bytesMax: number;
}

async function readFrame(db: ServerReads, office: OfficeId, codec: Codec, row: FrameRow): Promise<Uint8Array> {
  const { device, seq, hash, signature, position, first_position } = row;
  const operations = await listDeviceOperations(db, office, device, seq - (position - first_position), seq);
  const subjectKeys = await getSubjectKeys(db, office, operations);
  return encodeFrame(codec, { office, device: device as DeviceId, operations, head: { seq, hash, signature }, subjectKeys });
}

async function isAnyBehind(db: ServerReads, office: OfficeId, device: string, position: number): Promise<boolean> {
  return (await db.get('SELECT 1 AS one FROM frames WHERE office = ? AND position > ? AND device <> ? LIMIT 1', office, position, device)) !== undefined;
}
