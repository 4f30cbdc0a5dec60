import type { CoreEvent } from '../../../../src-shared/contract/contract.ts';
import type { Clock } from '../../../../src-shared/lib/clock.ts';
import { COMMON_CODEC } from '../../../../src-shared/sync-protocol/protocol-version.ts';
import { streamLimits, type StreamLimits } from '../../../../src-node/sync-engine/frame-bytes.ts';
import { startPacking } from '../../../../src-node/sync-engine/gather-frames.ts';
import { isDoubted, startState, step, type SyncEffect, type SyncEvent, type SyncState } from '../../../../src-node/sync-engine/sync-state.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Timer } from '../../platform/system-timer.ts';
import { carryStream } from './carry-stream.ts';
import type { Connected } from './connect-server.ts';
import { addLost, BUDGET_USED, isBudgetUsed, startSpending } from './day-budget.ts';
import { exchangeOnce, mayFetchPacks, takeDown, type Exchanged, type ExchangeDep } from './exchange-once.ts';
import type { OneExchange, RoundMemory, Telling } from './gather-up.ts';
import { probeServer } from './probe-server.ts';
import { isSnapshotWanted } from './snapshot-queries.ts';
import { listLogStands, readCursor, readLink, readPaused, readServer, writeLink } from './sync-queries.ts';

export interface SyncWorkerDep extends Omit<ExchangeDep, 'monotonicMs'> {
  readonly clock: Clock;
  readonly timer: Timer;
  /** What jitter is thrown from; another number on every desk. */
  readonly seed: number;
  readonly log: Logger;
}

/** What the server has just said of this device. */
type Heard = Pick<Connected, 'isDeviceUnknown'>;

/** Carries the log of the open desk to its server and back, beside everything else. */
export interface SyncWorker {
  /** Once the desk is open, and again when its server has changed. Does nothing without a server or in a training office. */
  start(desk: OpenDesk, heard?: Heard): void;
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
  return new RunningSync(dep);
}

/** The machine with the one desk, timer and exchange that it moves. */
class RunningSync implements SyncWorker {
  readonly #dep: SyncWorkerDep;
  readonly #exchangeDep: ExchangeDep;
  readonly #round: RoundMemory = { putAside: new Set(), putAsideTriedMs: 0, isListRead: false, leans: true, codec: COMMON_CODEC, packing: startPacking(), wantFactor: 1, probed: null, isOverBudget: false, isPackStalled: false, packsAskedMs: -Infinity };
  #desk: OpenDesk | undefined;
  #state: SyncState;
  #cancelTimer: (() => void) | undefined;
  #timerAtMs: number | null = null;
  #cancelDebounce: (() => void) | undefined;
  #abort: AbortController | undefined;
  #underWay: Promise<void> = Promise.resolve();

  constructor(dep: SyncWorkerDep) {
    this.#dep = dep;
    this.#exchangeDep = { ...dep, monotonicMs: () => dep.clock.monotonicMs() };
    this.#state = startState(dep.seed);
  }

  start(opened: OpenDesk, { isDeviceUnknown }: Heard = { isDeviceUnknown: false }): void {
    if (this.#desk && this.#state.phase !== 'off') this.#send({ type: 'stop' });
    this.#desk = opened;
    if (opened.office().training || !readServer(opened.db)) return;
    this.#send({ type: 'start', isPaused: readPaused(opened.db), heldBack: readLink(opened.db).heldBack, isDeviceUnknown });
  }

  stop(): void {
    this.#cancelDebounce?.();
    this.#send({ type: 'stop' });
    this.#dep.client.close();
  }

  heard({ type }: CoreEvent): void {
    if (this.#state.phase === 'off' || this.#state.phase === 'paused' || this.#cancelDebounce || !(type === 'dossier' || type === 'office' || type === 'printing')) return;
    this.#cancelDebounce = this.#dep.timer(DEBOUNCE_MS, () => {
      this.#cancelDebounce = undefined;
      const desk = this.#desk;
      if (desk?.isOpen() === true && listLogStands(desk).some(({ device, held, end }) => device === desk.device && held < end)) this.#send({ type: 'written' });
    });
  }

  wish(): void {
    this.#round.putAside.clear();
    this.#round.isOverBudget = true;
    this.#send({ type: 'wished' });
  }

  reachable(): void {
    this.#send({ type: 'reachable' });
  }

  pause(): void {
    this.#send({ type: 'pause' });
  }

  resume(): void {
    this.#send({ type: 'resume' });
  }

  view(): ReturnType<SyncWorker['view']> {
    const { phase, code, link: { bytesPerMs } } = this.#state;
    return { phase, code, bytesPerMs, nextTryMs: this.#timerAtMs === null ? null : Math.max(0, this.#timerAtMs - this.#dep.clock.monotonicMs()) };
  }

  async settled(): Promise<void> {
    for (let last: unknown; last !== this.#underWay;) {
      last = this.#underWay;
      await this.#underWay;
    }
  }

  #send(event: SyncEvent): void {
    const before = this.#state;
    const { state, effects } = step(before, event);
    this.#state = state;
    for (const effect of effects) this.#run(effect);
    if (before.phase === 'exchanging' && (this.#state.phase === 'resting' || this.#state.phase === 'waiting')) this.#noteEnd(before);
    if (before.phase !== this.#state.phase || before.code !== this.#state.code) this.#dep.announce({ type: 'sync' });
  }

  #run(effect: SyncEffect): void {
    switch (effect.type) {
      case 'abort':
        this.#abort?.abort();
        return;
      case 'timer':
      case 'cancelTimer':
        this.#cancelTimer?.();
        this.#cancelTimer = effect.type === 'timer' ? this.#dep.timer(effect.ms, () => this.#send({ type: 'timer' })) : undefined;
        this.#timerAtMs = effect.type === 'timer' ? this.#dep.clock.monotonicMs() + effect.ms : null;
        return;
      case 'avoidStreams':
        if (this.#desk) writeLink(this.#desk, { ...readLink(this.#desk.db), heldBack: effect.heldBack, avoidUntilMs: this.#desk.clock.nowMs() + effect.ms });
        return;
      case 'probe':
        void probeServer(this.#dep, this.#desk, { patienceMs: effect.patienceMs, over: this.#abort?.signal, isDoubted: () => isDoubted(this.#state, effect.round) }).then(({ isReachable, probed }) => {
          if (isDoubted(this.#state, effect.round)) this.#round.probed = probed;
          this.#send({ type: 'probed', round: effect.round, isReachable });
        });
        return;
      case 'exchange':
        this.#exchange(effect);
    }
  }

  #exchange(effect: Extract<SyncEffect, { type: 'exchange' }>): void {
    this.#abort = new AbortController();
    const tell = throttled(() => this.#dep.clock.monotonicMs(), (event) => this.#send({ ...event, round: effect.round }));
    const one = { desk: this.#desk, effect, signal: this.#abort.signal, round: this.#round, spending: startSpending(), tell };
    // One after the other, also when the last one is still letting go.
    this.#underWay = this.#underWay.then(async () => this.#send(await outcomeOf(this.#exchangeDep, one, () => streamLimits(this.#state.link), this.#dep.log)));
  }

  #noteEnd({ link }: SyncState): void {
    if (this.#state.phase === 'resting') Object.assign(this.#round, { isOverBudget: false, isPackStalled: false });
    if (this.#desk?.isOpen() === true && link.bytesPerMs !== null) writeLink(this.#desk, { ...readLink(this.#desk.db), bytesPerMs: link.bytesPerMs });
  }
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
    const taken = await takeDown(dep, one, { cursor: probed.cursor, isFill: false, sent: [], wantBytes: 0, bytes: probed.down.moved.bytes }, probed.down);
    if (!taken.ok) return taken;
  }
  const done = await (effect.kind === 'stream' && !isSnapshotWanted(desk) ? carryStream(dep, one, limits) : exchangeOnce(dep, one));
  // Behind all operations, and by turns: what is written meanwhile waits for one slice at most.
  return done.ok && !done.isMore && mayFetchPacks(one) && dep.packs.isNext(desk, one.server) ? { ...done, isMore: true, canStream: false } : done;
}
