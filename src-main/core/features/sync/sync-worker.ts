import type { CoreEvent } from '../../../../src-shared/contract/contract.ts';
import type { Clock } from '../../../../src-shared/lib/clock.ts';
import { streamLimits, type StreamLimits } from '../../../../src-node/sync-engine/frame-bytes.ts';
import { startState, step, type SyncEffect, type SyncEvent, type SyncState } from '../../../../src-node/sync-engine/sync-state.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Timer } from '../../platform/system-timer.ts';
import { carryStream } from './carry-stream.ts';
import { addLost, BUDGET_USED, isBudgetUsed, startSpending } from './day-budget.ts';
import { exchangeOnce, takeDown, type Exchanged, type ExchangeDep } from './exchange-once.ts';
import type { OneExchange, RoundMemory, Telling } from './gather-up.ts';
import { probeServer } from './probe-server.ts';
import { listLogStands, readCursor, readLink, readPaused, readServer, writeLink } from './sync-queries.ts';

export interface SyncWorkerDep extends Omit<ExchangeDep, 'monotonicMs'> {
  readonly clock: Clock;
  readonly timer: Timer;
  /** What jitter is thrown from; another number on every desk. */
  readonly seed: number;
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
  /** The machine has a network again, or another one. */
  reachable(): void;
  pause(): void;
  resume(): void;
  view(): Pick<SyncState, 'phase' | 'code'> & { readonly nextTryMs: number | null; readonly bytesPerMs: number | null };
  /** When no exchange is under way. */
  settled(): Promise<void>;
}

/** Acts of one minute at the counter travel together. */
const DEBOUNCE_MS = 2_000;
/** Bytes that come are told of so often. */
const MOVING_MS = 250;

export function createSyncWorker(dep: SyncWorkerDep): SyncWorker {
  let desk: OpenDesk | undefined;
  let state = startState(dep.seed);
  let cancelTimer: (() => void) | undefined;
  let timerAtMs: number | null = null;
  let cancelDebounce: (() => void) | undefined;
  let abort: AbortController | undefined;
  let underWay: Promise<void> = Promise.resolve();
  const round: RoundMemory = { putAside: new Set(), isListRead: false, leans: true, wantFactor: 1, probed: null, isOverBudget: false };
  const exchangeDep: ExchangeDep = { ...dep, monotonicMs: () => dep.clock.monotonicMs() };

  const send = (event: SyncEvent): void => {
    const before = state;
    const next = step(state, event);
    state = next.state;
    for (const effect of next.effects) run(effect);
    if (before.phase === 'exchanging' && (state.phase === 'resting' || state.phase === 'waiting')) noteEnd(before);
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
      case 'avoidStreams':
        if (desk) writeLink(desk, { ...readLink(desk.db), heldBack: effect.heldBack, avoidUntilMs: desk.clock.nowMs() + effect.ms });
        return;
      case 'probe':
        void probeServer(dep, desk, effect.patienceMs, abort?.signal).then(({ isReachable, probed }) => {
          round.probed = probed;
          send({ type: 'probed', round: effect.round, isReachable });
        });
        return;
      case 'exchange': {
        abort = new AbortController();
        const one = { desk, effect, signal: abort.signal, round, spending: startSpending(), tell: throttled(() => dep.clock.monotonicMs(), (event) => send({ ...event, round: effect.round })) };
        // One after the other, also when the last one is still letting go.
        underWay = underWay.then(async () => send(await outcomeOf(exchangeDep, one, () => streamLimits(state.link), dep.log)));
      }
    }
  };
  const noteEnd = ({ link }: SyncState): void => {
    if (state.phase === 'resting') round.isOverBudget = false;
    if (desk?.isOpen() === true && link.bytesPerMs !== null) writeLink(desk, { ...readLink(desk.db), bytesPerMs: link.bytesPerMs });
  };
  return {
    start: (opened) => {
      if (desk && state.phase !== 'off') send({ type: 'stop' });
      desk = opened;
      if (opened.office().training || !readServer(opened.db)) return;
      send({ type: 'start', isPaused: readPaused(opened.db), heldBack: readLink(opened.db).heldBack });
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
      round.isOverBudget = true;
      send({ type: 'wished' });
    },
    reachable: () => send({ type: 'reachable' }),
    pause: () => send({ type: 'pause' }),
    resume: () => send({ type: 'resume' }),
    view: () => ({ phase: state.phase, code: state.code, bytesPerMs: state.link.bytesPerMs, nextTryMs: timerAtMs === null ? null : Math.max(0, timerAtMs - dep.clock.monotonicMs()) }),
    settled: async () => {
      for (let last: unknown; last !== underWay;) {
        last = underWay;
        await underWay;
      }
    },
  };
}

/** Passes on what is told, but that bytes come only from time to time. */
function throttled(monotonicMs: () => number, pass: (event: Telling) => void): (event: Telling) => void {
  let toldMs = -Infinity;
  return (event) => {
    const nowMs = monotonicMs();
    if (event.type === 'moving' && nowMs - toldMs < MOVING_MS) return;
    toldMs = nowMs;
    pass(event);
  };
}

/** How an exchange ended, as the machine hears of it. Never throws: what nobody foresaw is a failure like others. */
async function outcomeOf(dep: ExchangeDep, { desk, ...rest }: Omit<OneExchange, 'server' | 'desk'> & { readonly desk: OpenDesk | undefined }, limits: () => StreamLimits, log: Logger): Promise<SyncEvent> {
  const { round } = rest.effect;
  const server = desk?.isOpen() === true ? readServer(desk.db) : undefined;
  if (!desk || !server || rest.signal.aborted) return { type: 'failed', round, code: 'stopped', retry: true };
  if (isBudgetUsed(desk) && !rest.round.isOverBudget) return { type: 'failed', round, code: BUDGET_USED, retry: true };
  try {
    const done = await exchange(dep, { ...rest, desk, server }, limits);
    if (!done.ok) addLost(desk, rest.spending);
    return done.ok ? { type: 'answered', round, isMore: done.isMore, canStream: done.canStream, moved: done.moved } : { type: 'failed', round, code: done.code, retry: done.retry };
  } catch (error) {
    log.error('exchange failed', { error });
    return { type: 'failed', round, code: 'unexpected', retry: true };
  }
}

async function exchange(dep: ExchangeDep, one: OneExchange, limits: () => StreamLimits): Promise<Exchanged> {
  const { desk, effect, round } = one;
  const { probed } = round;
  round.probed = null;
  // What a probe was answered is the question for the cursor, asked already; unless the list went on meanwhile.
  if (probed && effect.kind !== 'ask' && JSON.stringify(probed.cursor) === JSON.stringify(readCursor(desk.db))) {
    const taken = await takeDown(dep, one, { cursor: probed.cursor, sent: [], wantBytes: 0, bytes: probed.down.moved.bytes }, probed.down);
    if (!taken.ok) return taken;
  }
  return effect.kind === 'stream' ? carryStream(dep, one, limits) : exchangeOnce(dep, one);
}
