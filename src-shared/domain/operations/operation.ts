import { compareHlc, type Hlc } from '../../lib/hlc.ts';
import type { DeviceId, OfficeId, OfficerId, SubjectId } from '../../lib/ids.ts';
import { officeInstant, officeMinuteOfDay, type IsoDate } from '../../lib/office-time.ts';

/** (device, seq): the identity of an operation and the idempotency key of everything (design §1). */
export interface OperationRef {
  readonly device: DeviceId;
  readonly seq: number;
}

/** `device:seq`, for map keys, lists and the wire. */
export type OperationId = string;

/**
 * What every operation says about itself. It holds no personal data: it survives erasure, and servers index it.
 * The set of fields is frozen for ever (a chain made in 2026 must verify in 2046); anything new goes into bodies.
 */
export interface OperationHeader {
  readonly device: DeviceId;
  /** 1, 2, 3 … without gaps within a device. */
  readonly seq: number;
  readonly at: Hlc;
  /** The subject's operations known to the author that no other known one follows; usually exactly one. */
  readonly after: readonly OperationRef[];
  /** UTC milliseconds of the machine's clock when written, right or wrong. */
  readonly wall: number;
  readonly businessDate: IsoDate;
  /** Null for what a desk does by itself (a new incarnation). */
  readonly actor: OfficerId | null;
  readonly kind: string;
  readonly version: number;
  readonly office: OfficeId;
  readonly subject: SubjectId;
}

/** An operation as the fold reads it: `body` is the parsed JSON as written, or undefined once erased. */
export interface Operation {
  readonly header: OperationHeader;
  readonly body: unknown;
}

export function operationId(ref: OperationRef): OperationId {
  return `${ref.device}:${ref.seq}`;
}

export function parseOperationId(id: OperationId): OperationRef {
  const colon = id.lastIndexOf(':');
  return { device: id.slice(0, colon) as DeviceId, seq: Number(id.slice(colon + 1)) };
}

/** The order of operations of which neither knew the other: by stamp, then device, then sequence. */
export function compareConcurrent(a: OperationHeader, b: OperationHeader): number {
  return compareHlc(a.at, b.at) || (a.device < b.device ? -1 : a.device > b.device ? 1 : 0) || a.seq - b.seq;
}

/** The header as it is hashed: short fixed keys, references as [device, seq], the stamp as [ms, counter]. */
export function headerToCanonical(header: OperationHeader): Record<string, unknown> {
  return {
    actor: header.actor,
    after: header.after.map((ref) => [ref.device, ref.seq]),
    at: [header.at.ms, header.at.counter],
    businessDate: header.businessDate,
    device: header.device,
    kind: header.kind,
    office: header.office,
    seq: header.seq,
    subject: header.subject,
    version: header.version,
    wall: header.wall,
  };
}

/** When it was written as the office counts: the machine may have had another day than the one that was confirmed. */
export function writtenAt(header: Pick<OperationHeader, 'businessDate' | 'wall'>): number {
  return officeInstant(header.businessDate, officeMinuteOfDay(header.wall));
}
