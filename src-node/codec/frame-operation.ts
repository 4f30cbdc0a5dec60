import type { OperationHeader } from '../../src-shared/domain/operations/operation.ts';
import type { DeviceId, OfficeId, OfficerId, SubjectId } from '../../src-shared/lib/ids.ts';
import type { FrameContent, FrameOperation } from '../../src-shared/sync-protocol/frame.ts';
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

/** What a frame says, which nobody has vouched for yet. */
export type ClaimedOperation = Pick<StoredOperation, 'header' | 'body'>;

/** Its operations in their order, with the places that follow from the frame around them. */
export function claimedOperations({ office, device, after, operations }: Pick<FrameContent, 'office' | 'device' | 'after' | 'operations'>): readonly ClaimedOperation[] {
  return operations.map((operation, index) => {
    const header: OperationHeader = {
      device: device as DeviceId,
      seq: after + 1 + index,
      office: office as OfficeId,
      subject: operation.subject as SubjectId,
      kind: operation.kind,
      version: operation.version,
      actor: operation.actor as OfficerId | null,
      at: { ms: operation.at[0], counter: operation.at[1] },
      wall: operation.wall,
      businessDate: operation.businessDate,
      after: operation.after.map(([author, seq]) => ({ device: author as DeviceId, seq })),
    };
    return { header, body: operation.body === null ? null : Buffer.from(operation.body, 'utf8') };
  });
}
