import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DeviceId } from '../../../../src-shared/lib/ids.ts';
import type { Codec } from '../../../../src-shared/sync-protocol/protocol-version.ts';
import type { Effort } from '../../../../src-node/codec/packed-columns.ts';
import type { ExchangeDown } from '../../../../src-node/sync-engine/exchange-client.ts';
import type { StreamLimits } from '../../../../src-node/sync-engine/frame-bytes.ts';
import { behindSent, nextStretches, type NextStretch } from '../../../../src-node/sync-engine/exchange-plan.ts';
import { gatherFrames, type FrameSource, type FrameUp, type Packing, type TooLarge } from '../../../../src-node/sync-engine/gather-frames.ts';
import type { SyncEffect, SyncEvent } from '../../../../src-node/sync-engine/sync-state.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { isLargeStretch, packLargeStretch } from './large-frames.ts';
import type { Spending } from './day-budget.ts';
import { founderOf, keepAside, listLogStands, type SyncCursor, type SyncServer } from './sync-queries.ts';

/** What is remembered from one exchange to the next, and may be lost. */
export interface RoundMemory {
  readonly putAside: Set<DeviceId>;
  /** When they were last tried, all of them; by the monotonic clock. */
  putAsideTriedMs: number;
  /** All that the server has was seen, so what it does not have of other devices is known. */
  isListRead: boolean;
  /** Frames lean on what the server holds, until it says that it holds something else: a body that one side has erased. */
  leans: boolean;
  /** What the server reads, as far as it has said so. */
  codec: Codec;
  readonly packing: Packing;
  /** More is asked for when what comes next is larger than what was. */
  wantFactor: number;
  /** Somebody wished it although the day's bytes are used up: once, to the end of what waits. */
  isOverBudget: boolean;
  /** The server was asked for a pack and handed nothing over: it is asked again after a rest. */
  isPackStalled: boolean;
  /** When packs were last asked about; by the monotonic clock. */
  packsAskedMs: number;
  /** What a probe was answered, to be taken in before anything else is sent: what the server holds now. */
  probed: { readonly down: ExchangeDown; readonly cursor: SyncCursor | null } | null;
}

export interface OneExchange {
  readonly desk: OpenDesk;
  readonly server: SyncServer;
  readonly effect: Extract<SyncEffect, { type: 'exchange' }>;
  readonly signal: AbortSignal;
  readonly round: RoundMemory;
  readonly spending: Spending;
  /** What the machine hears while this goes on. */
  readonly tell: (event: Telling) => void;
}

type WithoutRound<Event> = Event extends { readonly round: number } ? Omit<Event, 'round'> : never;
export type Telling = WithoutRound<Extract<SyncEvent, { type: 'sent' | 'moving' | 'moved' }>>;

export function isIntroduction({ kind }: OneExchange['effect']): boolean {
  return kind === 'introduce' || kind === 'introduceOffice';
}

/** Others' logs only once the server's list was read to its end: most of it came from there. */
export function stretchesLeft({ desk, round }: OneExchange) {
  const logs = listLogStands(desk).filter(({ device }) => device === desk.device || round.isListRead);
  return nextStretches(logs, { own: desk.device, before: [], putAside: round.putAside });
}

/**
 * A server that does not know this device holds nothing of it, whatever it said in another life; of those that it stands on only
 * what is believed to be lacking goes along, and all of it when that did not help.
 */
function stretchesOfIntroduction({ desk, round, effect }: OneExchange) {
  const isWhole = effect.kind === 'introduceOffice';
  const before = [...(isWhole ? [founderOf(desk)] : []), ...devicesBefore(desk)].filter((device) => device !== desk.device);
  const logs = listLogStands(desk).filter(({ device }) => device === desk.device || before.includes(device));
  return nextStretches(logs.map((log) => (isWhole || log.device === desk.device ? { ...log, held: 0 } : log)), { own: desk.device, before, putAside: round.putAside });
}

/** The devices that this one follows, the oldest first: each has signed the next. */
function devicesBefore(desk: OpenDesk): readonly DeviceId[] {
  const { devices } = desk.office();
  const before: DeviceId[] = [];
  for (let previous = devices.get(desk.device)?.previousDevice; previous && !before.includes(previous); previous = devices.get(previous)?.previousDevice) before.unshift(previous);
  return before;
}

export async function gather(one: OneExchange): Promise<readonly FrameUp[]> {
  const { desk, effect } = one;
  const source = sourceOf(one, 'small');
  const frames: FrameUp[] = [];
  // What admits a device must come with it in one message, so each log of an introduction has room of its own.
  const parts = isIntroduction(effect) ? stretchesOfIntroduction(one).map((stretch) => [stretch]) : [stretchesLeft(one)];
  for await (const frame of gatherAll(one, source, parts, effect.frameBytes)) {
    if ('tooLarge' in frame) putAside(one, frame);
    else frames.push(frame);
    await nextTurn();
    if (!desk.isOpen()) break;
  }
  return frames;
}

/** The next frame behind those that are on their way; undefined when there is none. */
export async function gatherNext(one: OneExchange, sentTo: ReadonlyMap<DeviceId, number>, { frameBytes, effort }: Pick<StreamLimits, 'frameBytes' | 'effort'>): Promise<FrameUp | undefined> {
  for await (const frame of gatherAll(one, sourceOf(one, effort), [behindSent(stretchesLeft(one), sentTo)], frameBytes)) {
    if (!('tooLarge' in frame)) return frame;
    putAside(one, frame);
  }
  return undefined;
}

function sourceOf({ desk, round }: OneExchange, effort: Effort): FrameSource {
  return { db: desk.db, names: desk.log.names, office: desk.office().id, author: desk.log.author, leans: round.leans, effort, packing: round.packing, isOpen: () => desk.isOpen() };
}

function putAside({ desk, round }: OneExchange, { device, seq }: TooLarge): void {
  round.putAside.add(device);
  desk.log.write<undefined>(({ db }) => {
    keepAside(db, { direction: 'up', device, seq, code: 'frame.tooLarge', detail: '', atMs: desk.clock.nowMs(), frame: null });
    return { ok: true, value: undefined };
  });
}

/** A long log of another device is a whole message, and packed elsewhere; what comes behind it waits for the next one. */
async function* gatherAll({ desk, round }: OneExchange, source: FrameSource, parts: readonly (readonly NextStretch[])[], bytesMax: number): AsyncGenerator<FrameUp | TooLarge, undefined> {
  for (const stretches of parts) {
    const firstLarge = stretches.findIndex(isLargeStretch);
    const large = stretches[firstLarge];
    if (large === undefined || firstLarge > 0) yield* gatherFrames(source, round.codec, stretches.slice(0, large && firstLarge), bytesMax);
    else {
      const packed = await packLargeStretch(desk, round.codec, large);
      if (packed.ok && packed.value) yield packed.value;
    }
  }
}
