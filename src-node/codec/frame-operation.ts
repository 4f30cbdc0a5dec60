import type { FrameOperation } from '../../src-shared/sync-protocol/frame.ts';
import type { StoredOperation } from '../operations/operation-rows.ts';

/** An operation as it travels: without its place and its links, which follow from the frame around it. */
export function toFrameOperation({ header, body, commitment }: StoredOperation): FrameOperation {
  const { subject, kind, version, actor, at, wall, businessDate, after } = header;
  return {
    subject, kind, version, actor, wall, businessDate,
    at: [at.ms, at.counter],
    after: after.map((ref) => [ref.device, ref.seq]),
    body: body === null ? null : Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'),
    ...(body === null && { commitment: Buffer.from(commitment).toString('base64url') }),
  };
}
