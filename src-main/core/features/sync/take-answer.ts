import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DeviceId } from '../../../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import { acknowledgementText, type Acknowledgement, type ExchangeAnswer, type FrameRefusal } from '../../../../src-shared/sync-protocol/exchange.ts';
import { CODECS, type Codec } from '../../../../src-shared/sync-protocol/protocol-version.ts';
import { SYNC_ERRORS } from '../../../../src-shared/sync-protocol/sync-errors.ts';
import { OTHER_DICTIONARY } from '../../../../src-node/codec/bytes.ts';
import { isTextSigned } from '../../../../src-node/crypto/keys.ts';
import type { StorageError } from '../../../../src-node/db/storage-error.ts';
import { writeFact } from '../../../../src-node/operations/desk-facts.ts';
import type { BranchRefusal } from '../../../../src-node/operations/ingest.ts';
import type { Writing } from '../../../../src-node/operations/log.ts';
import { getOperationHash } from '../../../../src-node/operations/operation-rows.ts';
import type { FrameUp } from '../../../../src-node/sync-engine/gather-frames.ts';
import { readFrame, type FrameProblem, type ReadFrame } from '../../../../src-node/sync-engine/read-frame.ts';
import { CLOSED, foldArrived, takeStretch } from '../../desk/arrivals.ts';
import { FACT, type OpenDesk } from '../../desk/open-desk.ts';
import type { AnswerFault } from './answer-fault.ts';
import { addSpent } from './day-budget.ts';
import { isLargeFrame, readLargeFrame } from './large-frames.ts';
import { readFill, readSnapshotStand, writeFill, writeSnapshotStand } from './snapshot-queries.ts';
import {
  dropAside, forgetHeld, getAcknowledged, keepAcknowledgement, keepAside, listKeptFrames, raiseHeld, readServer, writeContactAt, writeCursor, writeHeld, type SyncCursor, type SyncServer,
} from './sync-queries.ts';
import { takePage, type PageTaking } from './take-snapshot.ts';

/** What the desk had said when it got this answer. */
export interface Asked {
  readonly server: SyncServer;
  readonly cursor: SyncCursor | null;
  /** The older years behind a snapshot were asked for, by a position of their own. */
  readonly isFill: boolean;
  readonly sent: readonly FrameUp[];
  /** What went over for it, both ways. */
  readonly bytes: number;
}

export interface Taken {
  /** Operations that were new here. */
  readonly operations: number;
  readonly isOfficeTouched: boolean;
  /** Logs that the server does not take on from where it stands itself. */
  readonly refused: readonly DeviceId[];
}

/**
 * Takes an answer in. Nothing of it counts before the server's key has vouched for its acknowledgements. Frames come in one by
 * one, by small transactions; the position is kept with the last of them, so whatever cuts this off, the rest is asked for again.
 */
export async function takeAnswer(desk: OpenDesk, asked: Asked, answer: ExchangeAnswer, frames: readonly Uint8Array[]): Promise<Result<Taken, AnswerFault>> {
  const codec = CODECS.find((one) => one === answer.codec);
  if (!codec && frames.length > 0) return err({ code: 'malformedAnswer', retry: true });
  if (!answer.acknowledgements.every((one) => isTextSigned(asked.server.publicKey, acknowledgementText(asked.server.server, desk.office().id, one), one.signature))) return err({ code: 'wrongKey', retry: false });
  const fault = stallOf(asked, answer);
  if (fault) return err(fault);
  const taking: Taking = { desk, server: asked.server.server, operations: 0, isOfficeTouched: false };
  const noteAll = (writing: Writing) => writeNotes(desk, writing, asked, answer);
  if (answer.snapshot) return takeSnapshot(taking, asked, { ...answer, snapshot: answer.snapshot }, frames[0]);
  let isNoted = false;
  for (const [index, bytes] of frames.entries()) {
    const isLast = index === frames.length - 1;
    const took = await takeFrame(taking, codec!, bytes, (writing) => {
      if (isLast) noteAll(writing);
      isNoted = isLast;
    });
    if (!took.ok) return err({ code: took.error.code, retry: true });
  }
  const noted = isNoted ? ok(undefined) : writeAlone(taking, noteAll);
  if (!noted.ok) return err({ code: noted.error.code, retry: true });
  if (taking.operations > 0) {
    const settled = await settle(taking);
    if (!settled.ok) return err({ code: settled.error.code, retry: true });
  }
  const refused = [...refusedHere(asked, answer), ...(isForked(desk, answer) ? [desk.device] : [])];
  return ok({ operations: taking.operations, isOfficeTouched: taking.isOfficeTouched, refused });
}

/** A page of a snapshot instead of frames: the desk stands in the list where it stood. */
async function takeSnapshot(taking: Taking, asked: Asked, answer: PageTaking['answer'], bytes: Uint8Array | undefined): Promise<Result<Taken, AnswerFault>> {
  const { desk } = taking;
  if (!bytes) return err({ code: 'malformedAnswer', retry: true });
  const taken = await takePage(desk, asked.server, { answer, bytes, isOver: () => isOver(taking), alongside: (writing) => writeSurroundings(desk, writing, asked, answer) });
  if (!taken.ok) return taken;
  const folded = await foldArrived(desk);
  return folded.ok ? ok({ ...taken.value, refused: refusedHere(asked, answer) }) : err({ code: folded.error.code, retry: true });
}

interface Taking {
  readonly desk: OpenDesk;
  /** The server's id: nothing of its answer counts once the desk goes by another. */
  readonly server: string;
  operations: number;
  isOfficeTouched: boolean;
}

/** What kept frames were waiting for may have come; then all that came is folded into the lists. */
async function settle(taking: Taking): Promise<Result<undefined, StorageError>> {
  for (let before = -1; before !== taking.operations;) {
    before = taking.operations;
    const retried = await retryKept(taking);
    if (!retried.ok) return retried;
  }
  return foldArrived(taking.desk);
}

async function retryKept(taking: Taking): Promise<Result<undefined, StorageError>> {
  for (const { no, codec, frame } of listKeptFrames(taking.desk.db)) {
    if (isOver(taking)) return err(CLOSED);
    const read = await readHere(taking.desk, codec as Codec, frame);
    if (!read.ok) {
      if (isRefusal(read.error)) continue;
      return err(read.error);
    }
    const took = await takeRead(taking, read.value, (writing) => dropAside(writing.db, no));
    if (!took.ok && !isRefusal(took.error)) return err(took.error);
  }
  return ok(undefined);
}

async function readHere(desk: OpenDesk, codec: Codec, bytes: Uint8Array): Promise<Result<ReadFrame, FrameProblem | StorageError>> {
  if (isLargeFrame(bytes)) return readLargeFrame(desk, codec, bytes);
  return readFrame({ known: { db: desk.db, names: desk.log.names }, office: desk.office(), own: desk.device }, codec, bytes);
}

/** A frame that cannot be taken in is kept aside, and the others go on (rule 7). */
async function takeFrame(taking: Taking, codec: Codec, bytes: Uint8Array, alongside: (writing: Writing) => void): Promise<Result<undefined, StorageError>> {
  const { desk } = taking;
  if (isOver(taking)) return err(CLOSED);
  const read = await readHere(desk, codec, bytes);
  const took = read.ok ? await takeRead(taking, read.value, alongside) : read;
  if (took.ok) return took;
  if (!isRefusal(took.error)) return err(took.error);
  const { code, detail } = took.error;
  const { device, seq } = read.ok ? read.value : placeOf(read.error);
  return writeAlone(taking, (writing) => {
    keepAside(writing.db, { direction: 'down', device: device ?? '', seq, code, detail, atMs: desk.clock.nowMs(), frame: { codec, bytes } });
    alongside(writing);
  });
}

function placeOf(error: FrameProblem | StorageError): { readonly device: DeviceId | null; readonly seq: number } {
  return 'seq' in error ? error : { device: null, seq: 0 };
}

function isRefusal(error: StorageError | BranchRefusal | FrameProblem): error is BranchRefusal | FrameProblem {
  return error.code.startsWith('branch.') || error.code.startsWith('frame.');
}

async function takeRead(taking: Taking, { device, seq, stretches }: ReadFrame, alongside: (writing: Writing) => void): Promise<Result<undefined, StorageError | BranchRefusal>> {
  const { desk } = taking;
  const end = (writing: Writing) => {
    raiseHeld(writing, device, seq);
    alongside(writing);
  };
  if (stretches.length === 0) return writeAlone(taking, end);
  for (const [index, stretch] of stretches.entries()) {
    if (isOver(taking)) return err(CLOSED);
    const taken = takeStretch(desk, stretch, index === stretches.length - 1 ? end : undefined);
    if (!taken.ok) return taken;
    taking.operations += stretch.operations.length;
    taking.isOfficeTouched ||= taken.value.isOfficeTouched;
    await nextTurn();
  }
  return ok(undefined);
}

function isOver({ desk, server }: Taking): boolean {
  return !desk.isOpen() || readServer(desk.db)?.server !== server;
}

function writeAlone(taking: Taking, work: (writing: Writing) => void): Result<undefined, StorageError> {
  if (isOver(taking)) return err(CLOSED);
  return taking.desk.log.write<undefined>((writing) => {
    work(writing);
    return ok(undefined);
  });
}

/** A position is worth nothing in another life of the server: the list is asked for from its start, and passed over where known. */
function writeNotes(desk: OpenDesk, writing: Writing, asked: Asked, answer: ExchangeAnswer): void {
  const { db } = writing;
  const { cursor, isFill, bytes } = asked;
  const isOtherLife = cursor !== null && cursor.epoch !== answer.epoch;
  if (isOtherLife) forgetHeld(db);
  const fill = readFill(db);
  // Read from its start in another life, the list brings the older years as well.
  if (isOtherLife) writeFill(db, null);
  else if (isFill && fill) writeFill(db, { ...fill, position: answer.hasMore ? answer.position : fill.until, bytes: fill.bytes + bytes });
  // A server that has no snapshot any more hands out the list, which has it all.
  if (answer.position > 0 && readSnapshotStand(db)) writeSnapshotStand(db, null);
  if (isOtherLife || !isFill) writeCursor(db, { epoch: answer.epoch, position: isOtherLife ? 0 : answer.position });
  writeSurroundings(desk, writing, asked, answer);
}

/** What an answer says beside its frames. */
function writeSurroundings(desk: OpenDesk, writing: Writing, { sent, bytes }: Asked, answer: ExchangeAnswer): void {
  const { db } = writing;
  for (const [device, held] of Object.entries(answer.held)) writeHeld(writing, device, held);
  if (isForked(desk, answer)) noteFork(desk, writing);
  for (const one of answer.acknowledgements) if (isOurs(desk, one)) keepAcknowledgement(writing, one);
  for (const { device, code, detail } of refusalsThatStand(sent, answer)) {
    const seq = sent.findLast((frame) => frame.device === device)?.seq ?? 0;
    keepAside(db, { direction: 'up', device, seq, code, detail, atMs: desk.clock.nowMs(), frame: null });
  }
  // Written down at once where a typed date is verified by it: a crash must not bring the doubt back.
  const wasUnverified = desk.clock.unverified;
  if (desk.clock.verify(answer.nowMs) && wasUnverified) writeFact(db, FACT.clock, desk.clock.anchor());
  addSpent(db, desk, bytes);
  writeContactAt(db, desk.clock.nowMs());
}

/**
 * The server holds of this very device what was never written here: two machines are the same device. What it does not hold of
 * this one must not pass for handed up.
 */
function isForked(desk: OpenDesk, { held, acknowledgements }: ExchangeAnswer): boolean {
  const { seq } = desk.log.head();
  return (held[desk.device] ?? 0) > seq || acknowledgements.some((one) => one.device === desk.device && one.seq <= seq && !isOurs(desk, one));
}

function noteFork(desk: OpenDesk, writing: Writing): void {
  const { device, log } = desk;
  writeHeld(writing, device, getAcknowledged(desk));
  keepAside(writing.db, { direction: 'up', device, seq: log.head().seq, code: 'branch.ownDevice', detail: '', atMs: desk.clock.nowMs(), frame: null });
}

/** A signature under something that this desk does not hold proves nothing of its work. */
function isOurs({ db, log }: OpenDesk, { device, seq, hash }: Acknowledgement): boolean {
  const known = getOperationHash(db, log.names, { device: device as DeviceId, seq });
  return known !== undefined && Buffer.from(known).toString('hex') === hash;
}

/** Refused although it goes on from where the server stands: sending the same again would not help. A gap is only news of where that is. */
function refusalsThatStand(sent: readonly FrameUp[], { refused, held }: ExchangeAnswer): readonly FrameRefusal[] {
  return refused.filter(({ device, code }) => {
    // Sent again without what it leans on, it can be read.
    if (code === OTHER_DICTIONARY) return false;
    const first = sent.find((frame) => frame.device === device);
    const lastSeq = sent.findLast((frame) => frame.device === device)?.seq ?? 0;
    const standsAt = held[device];
    return first !== undefined && (standsAt === undefined || (standsAt >= first.after && standsAt < lastSeq));
  });
}

function refusedHere({ sent }: Asked, answer: ExchangeAnswer): readonly DeviceId[] {
  return [...new Set(refusalsThatStand(sent, answer).map(({ device }) => device as DeviceId))];
}

/** An answer after which the same question would be asked again: without a pause that would never end. */
function stallOf({ sent }: Asked, { held, refused }: ExchangeAnswer): AnswerFault | null {
  const isBusy = refused.some(({ code }) => Object.hasOwn(SYNC_ERRORS, code) && SYNC_ERRORS[code as keyof typeof SYNC_ERRORS].retry);
  if (isBusy) return { code: 'sync.busy', retry: true };
  const isStalled = sent.some((frame) => sent.find((one) => one.device === frame.device) === frame && (held[frame.device] === undefined || held[frame.device] === frame.after) && !refused.some(({ device }) => device === frame.device));
  return isStalled ? { code: 'malformedAnswer', retry: true } : null;
}
