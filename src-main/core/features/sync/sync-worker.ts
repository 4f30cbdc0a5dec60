import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CoreEvent } from '../../../../src-shared/contract/contract.ts';
import type { Clock } from '../../../../src-shared/lib/clock.ts';
import type { DeviceId } from '../../../../src-shared/lib/ids.ts';
import { MESSAGE_BYTES_MAX } from '../../../../src-shared/sync-protocol/limits.ts';
import { BEST_CODEC } from '../../../../src-shared/sync-protocol/protocol-version.ts';
import { OTHER_DICTIONARY } from '../../../../src-node/codec/bytes.ts';
import type { ExchangeClient, ExchangeDown } from '../../../../src-node/sync-engine/exchange-client.ts';
import { nextStretches, type NextStretch } from '../../../../src-node/sync-engine/exchange-plan.ts';
import { gatherFrames, type FrameSource, type FrameUp, type TooLarge } from '../../../../src-node/sync-engine/gather-frames.ts';
import { startState, step, type SyncEffect, type SyncEvent, type SyncState } from '../../../../src-node/sync-engine/sync-state.ts';
import type { BulkWork } from '../../calls/bulk-work.ts';
import type { Announce } from '../../calls/handlers.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Timer } from '../../platform/system-timer.ts';
import { exchangeWords, introductionOf } from './exchange-words.ts';
import { isLargeStretch, packLargeStretch } from './large-frames.ts';
import { founderOf, keepAside, listLogStands, readCursor, readPaused, readServer, type SyncServer } from './sync-queries.ts';
import { takeAnswer } from './take-answer.ts';

export interface SyncWorkerDep {
  readonly client: ExchangeClient;
  readonly clock: Clock;
  readonly timer: Timer;
  /** What jitter is thrown from; another number on every desk. */
  readonly seed: number;
  readonly program: string;
  readonly bulkWork: BulkWork;
  readonly announce: Announce;
  readonly refreshKeySlots: (desk: OpenDesk) => void;
  readonly log: Logger;
}

/** Carries the log of the open desk to its server and back, beside everything else. */
export interface SyncWorker {
  /** Once the desk is open, and again when its server has changed. Does nothing without a server or in a training office. */
  start(desk: OpenDesk): void;
  stop(): void;
  /** Something happened on this desk; what was written goes up soon. */
  heard(event: CoreEvent): void;
  wish(): void;
  pause(): void;
  resume(): void;
  view(): Pick<SyncState, 'phase' | 'code'> & { readonly nextTryMs: number | null };
  /** When no exchange is under way. */
  settled(): Promise<void>;
}

/** Acts of one minute at the counter travel together. */
const DEBOUNCE_MS = 2_000;
const WANT_FACTOR_MAX = 2 ** 20;

export function createSyncWorker(dep: SyncWorkerDep): SyncWorker {
  let desk: OpenDesk | undefined;
  let state = startState(dep.seed);
  let cancelTimer: (() => void) | undefined;
  let timerAtMs: number | null = null;
  let cancelDebounce: (() => void) | undefined;
  let abort: AbortController | undefined;
  let underWay: Promise<void> = Promise.resolve();
  const round: RoundMemory = { putAside: new Set(), isListRead: false, leans: true, wantFactor: 1 };

  const send = (event: SyncEvent): void => {
    const before = state;
    const next = step(state, event);
    state = next.state;
    for (const effect of next.effects) run(effect);
    if (before.phase !== state.phase || before.code !== state.code) dep.announce({ type: 'sync' });
  };
  const run = (effect: SyncEffect): void => {
    switch (effect.type) {
      case 'abort':
        abort?.abort();
        return;
      case 'timer':
      case 'cancelTimer':
        cancelTimer?.();
        cancelTimer = effect.type === 'timer' ? dep.timer(effect.ms, () => send({ type: 'timer' })) : undefined;
        timerAtMs = effect.type === 'timer' ? dep.clock.monotonicMs() + effect.ms : null;
        return;
      case 'exchange': {
        abort = new AbortController();
        const { signal } = abort;
        // One after the other, also when the last one is still letting go.
        underWay = underWay.then(async () => send(await outcomeOf(dep, { desk, effect, signal, round })));
      }
    }
  };
  return {
    start: (opened) => {
      if (desk && state.phase !== 'off') send({ type: 'stop' });
      desk = opened;
      if (opened.office().training || !readServer(opened.db)) return;
      send({ type: 'start', isPaused: readPaused(opened.db) });
    },
    stop: () => {
      cancelDebounce?.();
      send({ type: 'stop' });
      dep.client.close();
    },
    heard: ({ type }) => {
      if (state.phase === 'off' || state.phase === 'paused' || cancelDebounce || !(type === 'dossier' || type === 'office' || type === 'printing')) return;
      cancelDebounce = dep.timer(DEBOUNCE_MS, () => {
        cancelDebounce = undefined;
        if (desk?.isOpen() === true && listLogStands(desk).some(({ device, held, end }) => device === desk!.device && held < end)) send({ type: 'written' });
      });
    },
    wish: () => {
      round.putAside.clear();
      send({ type: 'wished' });
    },
    pause: () => send({ type: 'pause' }),
    resume: () => send({ type: 'resume' }),
    view: () => ({ phase: state.phase, code: state.code, nextTryMs: timerAtMs === null ? null : Math.max(0, timerAtMs - dep.clock.monotonicMs()) }),
    settled: async () => {
      for (let last: unknown; last !== underWay;) {
        last = underWay;
        await underWay;
      }
    },
  };
}

/** How an exchange ended, as the machine hears of it. Never throws: what nobody foresaw is a failure like others. */
async function outcomeOf(dep: SyncWorkerDep, { desk, effect, signal, round }: Omit<OneExchange, 'server' | 'desk'> & { readonly desk: OpenDesk | undefined }): Promise<SyncEvent> {
  const failed = (code: string, retry: boolean): SyncEvent => ({ type: 'failed', round: effect.round, code, retry });
  const server = desk?.isOpen() === true ? readServer(desk.db) : undefined;
  if (!desk || !server || signal.aborted) return failed('stopped', true);
  try {
    const done = await exchangeOnce(dep, { desk, server, effect, signal, round });
    return done.ok ? { type: 'answered', round: effect.round, isMore: done.isMore, moved: done.moved } : failed(done.code, done.retry);
  } catch (error) {
    dep.log.error('exchange failed', { error });
    return failed('unexpected', true);
  }
}

/** What is remembered from one exchange to the next, and may be lost. */
interface RoundMemory {
  readonly putAside: Set<DeviceId>;
  /** All that the server has was seen, so what it does not have of other devices is known. */
  isListRead: boolean;
  /** Frames lean on what the server holds, until it says that it holds something else: a body that one side has erased. */
  leans: boolean;
  /** More is asked for when what comes next is larger than what was. */
  wantFactor: number;
}

interface OneExchange {
  readonly desk: OpenDesk;
  readonly server: SyncServer;
  readonly effect: Extract<SyncEffect, { type: 'exchange' }>;
  readonly signal: AbortSignal;
  readonly round: RoundMemory;
}

type Exchanged = { readonly ok: true; readonly isMore: boolean; readonly moved: ExchangeDown['moved'] } | { readonly ok: false; readonly code: string; readonly retry: boolean };

async function exchangeOnce(dep: SyncWorkerDep, one: OneExchange): Promise<Exchanged> {
  const { desk, server, effect, signal, round } = one;
  if (effect.kind === 'ask') {
    round.putAside.clear();
    round.isListRead = false;
    round.leans = true;
  }
  const sent = effect.kind === 'ask' ? [] : await gather(one);
  if (!desk.isOpen() || signal.aborted) return { ok: false, code: 'stopped', retry: true };
  // Without this an exchange that carries nothing would follow the other without a pause.
  if (effect.kind === 'exchange' && sent.length === 0 && stretchesLeft(one).length > 0) return { ok: false, code: 'unexpected', retry: true };
  const cursor = readCursor(desk.db);
  const wantBytes = Math.min(effect.frameBytes * round.wantFactor, MESSAGE_BYTES_MAX);
  const words = { ...exchangeWords(desk, { program: dep.program, cursor, wantBytes, frames: sent.length }), ...(isIntroduction(effect) && { introduction: introductionOf(desk, server.server) }) };
  const down = await dep.client.exchange({ to: server, words, frames: sent.map(({ bytes }) => bytes), privateKey: desk.log.author.privateKey, signal });
  if (!down.ok) return { ok: false, code: down.error.code, retry: down.error.retry };
  const { answer, frames, moved } = down.value;
  const taken = await dep.bulkWork.whenFree(() => takeAnswer(desk, { server, cursor, sent }, answer, frames));
  if (!taken.ok) return { ok: false, ...taken.error };
  for (const device of taken.value.refused) round.putAside.add(device);
  if (answer.refused.some(({ code }) => code === OTHER_DICTIONARY)) round.leans = false;
  const isOtherLife = cursor !== null && cursor.epoch !== answer.epoch;
  const isRescue = answer.isRescue === true;
  // Of the list a stopped desk is told nothing, so it hands up what it wrote itself.
  round.isListRead = !answer.hasMore && !isOtherLife && !isRescue;
  const isNextLarger = answer.hasMore && frames.length === 0;
  if (isNextLarger && wantBytes === MESSAGE_BYTES_MAX) return { ok: false, code: 'malformedAnswer', retry: true };
  round.wantFactor = isNextLarger ? Math.min(round.wantFactor * 4, WANT_FACTOR_MAX) : 1;
  if (taken.value.isOfficeTouched) dep.refreshKeySlots(desk);
  if (taken.value.operations > 0) dep.announce({ type: 'office' });
  dep.announce({ type: 'sync' });
  const isMore = answer.hasMore || isOtherLife || stretchesLeft(one).length > 0;
  return isRescue && !isMore ? { ok: false, code: 'sync.rescued', retry: false } : { ok: true, isMore, moved };
}

function isIntroduction({ kind }: OneExchange['effect']): boolean {
  return kind === 'introduce' || kind === 'introduceOffice';
}

/** Others' logs only once the server's list was read to its end: most of it came from there. */
function stretchesLeft({ desk, round }: OneExchange) {
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

async function gather(one: OneExchange): Promise<readonly FrameUp[]> {
  const { desk, effect, round } = one;
  const source = { db: desk.db, names: desk.log.names, office: desk.office().id, author: desk.log.author, leans: round.leans };
  const frames: FrameUp[] = [];
  // What admits a device must come with it in one message, so each log of an introduction has room of its own.
  const parts = isIntroduction(effect) ? stretchesOfIntroduction(one).map((stretch) => [stretch]) : [stretchesLeft(one)];
  for await (const frame of gatherAll(desk, source, parts, effect.frameBytes)) {
    if ('tooLarge' in frame) {
      round.putAside.add(frame.device);
      desk.log.write<undefined>(({ db }) => {
        keepAside(db, { direction: 'up', device: frame.device, seq: frame.seq, code: 'frame.tooLarge', detail: '', atMs: desk.clock.nowMs(), frame: null });
        return { ok: true, value: undefined };
      });
    } else frames.push(frame);
    await nextTurn();
    if (!desk.isOpen()) break;
  }
  return frames;
}

/** A long log of another device is a whole message, and packed elsewhere; what comes behind it waits for the next one. */
async function* gatherAll(desk: OpenDesk, source: FrameSource, parts: readonly (readonly NextStretch[])[], bytesMax: number): AsyncGenerator<FrameUp | TooLarge, undefined> {
  for (const stretches of parts) {
    const firstLarge = stretches.findIndex(isLargeStretch);
    const large = stretches[firstLarge];
    if (large === undefined || firstLarge > 0) yield* gatherFrames(source, BEST_CODEC, stretches.slice(0, large && firstLarge), bytesMax);
    else {
      const packed = await packLargeStretch(desk, BEST_CODEC, large);
      if (packed.ok && packed.value) yield packed.value;
    }
  }
}
