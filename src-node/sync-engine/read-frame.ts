import { establishedOnce } from '../../src-shared/domain/office/established-once.ts';
import { foldOffice } from '../../src-shared/domain/office/office-fold.ts';
import type { Office } from '../../src-shared/domain/office/office.ts';
import type { DeviceId } from '../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import type { FrameContent } from '../../src-shared/sync-protocol/frame.ts';
import type { Codec } from '../../src-shared/sync-protocol/protocol-version.ts';
import { decodeFrame, linkFrame, type FrameFault } from '../codec/frame-codec.ts';
import { claimedOperations } from '../codec/frame-operation.ts';
import { CHAIN_START } from '../crypto/chain.ts';
import { isKeyText, type SigningPublicKey } from '../crypto/key-text.ts';
import { isTextSigned } from '../crypto/keys.ts';
import { branchFault, type Branch, type BranchRefusal, type KnownLog, type Stretch } from '../operations/ingest.ts';
import { readHead, type Head } from '../operations/log.ts';
import { readTop } from '../operations/log-tops.ts';
import { officeSubject } from '../operations/office-projection.ts';
import { getOperationHash, listSubjectOperations, toOperation } from '../operations/operation-rows.ts';
import { stretchesOf } from '../operations/stretches.ts';

/** Who reads: the log as it stands, the office as folded from it, the device that writes here. */
export interface FrameReader {
  readonly known: KnownLog;
  readonly office: Office;
  readonly own: DeviceId;
}

export interface ReadFrame {
  readonly device: DeviceId;
  /** Where the frame ends: whoever handed it over holds that log up to there. */
  readonly seq: number;
  /** What is new in it, checked, as much as one transaction takes each. */
  readonly stretches: readonly Stretch[];
}

export interface FrameProblem {
  /** Null where the bytes do not even say it. */
  readonly device: DeviceId | null;
  readonly seq: number;
  readonly code: FrameFault['code'] | BranchRefusal['code'] | 'branch.unknownDevice' | 'branch.ownDevice';
  readonly detail: string;
}

/**
 * What a frame that came brings, or why it cannot be taken in as the log stands now. Known operations are passed over; the
 * whole chain from the link that the frame stands on up to its signed head is computed all the same (rule 2).
 */
export function readFrame(reader: FrameReader, codec: Codec, bytes: Uint8Array): Result<ReadFrame, FrameProblem> {
  const decoded = decodeFrame(codec, bytes);
  if (!decoded.ok) return err({ device: null, seq: 0, ...decoded.error });
  const content = decoded.value;
  const device = content.device as DeviceId;
  const problem = (code: FrameProblem['code'], detail: string = device) => err({ device, seq: content.head.seq, code, detail });
  const { known, office, own } = reader;
  if (content.office !== office.id) return problem('branch.foreignOffice', content.office);
  const previous = linkBefore(known, device, content.after);
  if (!previous) return problem('branch.gap', `${device}:${content.after}`);
  const publicKey = office.devices.get(device)?.publicKey ?? keyBroughtAlong(reader, content);
  if (publicKey === undefined || !isKeyText<SigningPublicKey>(publicKey)) return problem('branch.unknownDevice');
  const linked = linkFrame(content, previous, publicKey);
  if (!linked.ok) return problem(linked.error.code, linked.error.detail);
  const head = endBefore(known, device, content.after);
  const branch = { ...linked.value, operations: linked.value.operations.filter(({ header }) => header.seq > head.seq) };
  const fault = branchFault(known, office.id, branch, head) ?? forkFault(linked.value, head);
  if (fault) return problem(fault.code, fault.detail);
  if (branch.operations.length === 0) return ok({ device, seq: branch.head.seq, stretches: [] });
  return device === own ? problem('branch.ownDevice', `${device}:${branch.head.seq}`) : ok({ device, seq: branch.head.seq, stretches: [...stretchesOf(branch, head)] });
}

/** The link of a log that a frame goes on from; undefined where the log does not reach so far. */
function linkBefore({ db, names }: KnownLog, device: DeviceId, after: number): Head | undefined {
  if (after === 0) return { seq: 0, hash: CHAIN_START };
  const top = readTop(db, names, device);
  if (top && after === top.base.seq) return top.base;
  if (after > endBefore({ db, names }, device, after).seq) return undefined;
  const hash = getOperationHash(db, names, { device, seq: after });
  return hash && { seq: after, hash };
}

/** The end of that part of the log which a frame belongs to: where the older part has not come yet, there are two (decisions/0032). */
function endBefore({ db, names }: KnownLog, device: DeviceId, after: number): Head {
  const top = readTop(db, names, device);
  return top && after >= top.base.seq ? top.end : readHead(db, names, device);
}

/** A frame may bring the very operation that admits its device; whether the office vouches for that is asked in the fold. */
function keyBroughtAlong({ known, office }: FrameReader, content: FrameContent): string | undefined {
  // This office was established long ago; nobody is let in by establishing it again.
  const brought = claimedOperations(content).filter(({ header }) => header.subject === officeSubject(office.id) && header.kind !== 'office.established').map(toOperation);
  if (brought.length === 0) return undefined;
  return foldOffice(establishedOnce([...listSubjectOperations(known.db, known.names, officeSubject(office.id)), ...brought]), isTextSigned)?.devices.get(content.device as DeviceId)?.publicKey;
}

/** The frame and the log say different things of an operation that both hold. */
function forkFault({ device, operations }: Branch, known: Head): BranchRefusal | null {
  const met = operations.find(({ header }) => header.seq === known.seq);
  return met && Buffer.compare(met.hash, known.hash) !== 0 ? { code: 'branch.badChain', detail: `${device}:${known.seq}` } : null;
}
