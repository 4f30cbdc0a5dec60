import type { DeviceId } from '../../../../src-shared/lib/ids.ts';
import type { ExchangeStream } from '../../../../src-node/sync-engine/exchange-stream.ts';
import type { Moved, StreamLimits } from '../../../../src-node/sync-engine/frame-bytes.ts';
import type { FrameUp } from '../../../../src-node/sync-engine/gather-frames.ts';
import { isBudgetUsed } from './day-budget.ts';
import { exchangeWords } from './exchange-words.ts';
import { nextPlace, takeDown, wantedBytes, type Exchanged, type ExchangeDep } from './exchange-once.ts';
import { gatherNext, stretchesLeft, type OneExchange } from './gather-up.ts';
import { readFill } from './snapshot-queries.ts';
import { readCursor, type SyncCursor } from './sync-queries.ts';

interface OnItsWay {
  readonly frames: readonly FrameUp[];
  readonly wantBytes: number;
  readonly bytes: number;
  readonly sentAtMs: number;
}

/** A stream as it goes: what is on its way, oldest first, and what the answers have said. */
interface Carrying {
  readonly stream: ExchangeStream;
  readonly onItsWay: OnItsWay[];
  readonly sentTo: Map<DeviceId, number>;
  /** Older years come down, by a position of their own. */
  readonly isFill: boolean;
  answers: number;
  /** More of others' work waits up there than was asked for. */
  hasMore: boolean;
  /** Nothing is sent any more: what comes next begins anew from what the server holds. */
  isEnding: boolean;
  /** Where this desk stood when the last answer was taken in. Set back since, the list has to be read from there. */
  cursor: string;
  /** Where the goodput is counted from; what was answered for since. */
  mark: { readonly atMs: number; bytes: number } | null;
}

const MEASURE_MS = 500;
/** The words around two frames. */
const SLACK_BYTES = 1_024;
/** Messages that only ask, so that the answers fill the round trip. */
const ASKING_AT_ONCE = 3;
/** Then what others wrote meanwhile is asked for. */
const FILL_ANSWERS_MAX = 16;

/**
 * Frames one behind the other over one request, several on their way at once, each answered for by itself; what others wrote
 * comes down in the answers. Ends when nothing is left either way, or where what was sent cannot be gone on from.
 */
export async function carryStream(dep: ExchangeDep, one: OneExchange, limits: () => StreamLimits): Promise<Exchanged> {
  const { desk, server, round, signal } = one;
  const { cursor, isFill } = nextPlace(one);
  const isAsking = isFill || !round.isListRead;
  const wantBytes = isAsking ? wantedBytes(one) : 0;
  const words = exchangeWords(desk, { program: dep.program, codec: round.codec, cursor, wantBytes, frames: 0 });
  const stream = dep.client.stream({ to: server, words, privateKey: desk.log.author.privateKey, signal, traffic: one.spending.traffic, onBytes: () => one.tell({ type: 'moving' }) });
  const opening = { frames: [], wantBytes, bytes: JSON.stringify(words).length, sentAtMs: dep.monotonicMs() };
  const carrying: Carrying = { stream, onItsWay: [opening], sentTo: new Map(), isFill, answers: 0, hasMore: isAsking, isEnding: false, cursor: JSON.stringify(cursor), mark: null };
  try {
    one.tell({ type: 'sent', bytes: opening.bytes + wantBytes });
    for (;;) {
      await sendWhatFits(dep, one, carrying, limits());
      if (carrying.onItsWay.length === 0) break;
      const ended = await takeNext(dep, one, carrying);
      if (ended) return ended;
      if (!desk.isOpen() || signal.aborted) return { ok: false, code: 'stopped', retry: true };
    }
    stream.end();
    return { ok: true, isMore: carrying.hasMore || isFill || readFill(desk.db) !== null || stretchesLeft(one).length > 0, canStream: true, moved: { bytes: 0, ms: 0 } };
  } finally {
    // Ended in good order it stays for what comes next.
    if (carrying.onItsWay.length > 0) stream.destroy();
  }
}

async function sendWhatFits(dep: ExchangeDep, one: OneExchange, carrying: Carrying, limits: StreamLimits): Promise<void> {
  const { onItsWay, sentTo, stream } = carrying;
  // Rather none than a small one: each frame says much that the one before has said.
  while (!carrying.isEnding && one.desk.isOpen() && !one.signal.aborted && (isAlone(carrying) || bytesOnItsWay(carrying) + limits.frameBytes <= limits.inFlightBytes + SLACK_BYTES)) {
    const frame = await gatherNext(one, sentTo, limits);
    const isAsking = carrying.hasMore && onItsWay.filter(({ wantBytes }) => wantBytes > 0).length < ASKING_AT_ONCE;
    if (!frame && !isAsking) return;
    const wantBytes = isAsking ? wantedBytes(one) : 0;
    const frames = frame ? [frame] : [];
    if (frame) sentTo.set(frame.device, frame.seq);
    const sentAtMs = dep.monotonicMs();
    const bytes = stream.send({ wantBytes, frames: frames.length }, frames.map((each) => each.bytes));
    carrying.mark ??= { atMs: sentAtMs, bytes: 0 };
    onItsWay.push({ frames, wantBytes, bytes, sentAtMs });
    if (onItsWay.length === 1) one.tell({ type: 'sent', bytes: bytes + wantBytes });
  }
}

/** Behind a catalogue, which fills everything, another frame goes all the same: the link would be idle until the answer. */
function isAlone({ onItsWay }: Carrying): boolean {
  return onItsWay.filter(({ frames }) => frames.length > 0).length === 1;
}

function bytesOnItsWay({ onItsWay }: Carrying): number {
  return onItsWay.reduce((sum, { bytes }) => sum + bytes, 0);
}

const MORE: Exchanged = { ok: true, isMore: true, canStream: true, moved: { bytes: 0, ms: 0 } };

/** The answer to the oldest message; undefined while the stream goes on. */
async function takeNext(dep: ExchangeDep, one: OneExchange, carrying: Carrying): Promise<Exchanged | undefined> {
  const { stream, onItsWay } = carrying;
  const next = await stream.next();
  if (!next.ok) return { ok: false, code: next.error.code, retry: next.error.retry };
  const oldest = onItsWay[0]!;
  const nowMs = dep.monotonicMs();
  // While it is taken in nothing is awaited, whatever lies in the socket already.
  one.tell({ type: 'moved', moved: measure(carrying, oldest.bytes + next.value.bytes, nowMs), roundTripMs: nowMs - oldest.sentAtMs, nextBytes: null });
  const cursor = standOf(one, carrying);
  if (JSON.stringify(cursor) !== carrying.cursor) return MORE;
  const before = carrying.isEnding;
  const taken = await takeDown(dep, one, { cursor, isFill: carrying.isFill, sent: oldest.frames, wantBytes: oldest.wantBytes, bytes: oldest.bytes + next.value.bytes }, next.value);
  if (!taken.ok) return taken;
  carrying.cursor = JSON.stringify(standOf(one, carrying));
  onItsWay.shift();
  carrying.answers += 1;
  carrying.hasMore = next.value.answer.hasMore && (!carrying.isFill || readFill(one.desk.db) !== null);
  carrying.isEnding = before || (carrying.isFill && carrying.answers >= FILL_ANSWERS_MAX) || (isBudgetUsed(one.desk) && !one.round.isOverBudget) || taken.isRefused || taken.isOtherLife || (oldest.wantBytes > 0 && carrying.hasMore && next.value.frames.length === 0);
  if (onItsWay.length > 0) one.tell({ type: 'sent', bytes: onItsWay[0]!.bytes + onItsWay[0]!.wantBytes });
  return undefined;
}

/** Where the list is read that this stream reads. */
function standOf({ desk }: OneExchange, { isFill }: Carrying): SyncCursor | null {
  const fill = isFill ? readFill(desk.db) : null;
  return fill ? { epoch: fill.epoch, position: fill.position } : readCursor(desk.db);
}

/** Over at least half a second in which something was on its way; null until then. */
function measure(carrying: Carrying, bytes: number, nowMs: number): Moved | null {
  const { mark, onItsWay } = carrying;
  if (mark === null) return null;
  mark.bytes += bytes;
  const ms = nowMs - mark.atMs;
  const isLast = onItsWay.length === 1;
  if (ms >= MEASURE_MS || isLast) carrying.mark = isLast ? null : { atMs: nowMs, bytes: 0 };
  return ms >= MEASURE_MS ? { bytes: mark.bytes, ms } : null;
}
