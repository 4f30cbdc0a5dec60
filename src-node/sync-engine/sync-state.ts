import { frameBytesAfter, frameBytesAfterFailure, FRAME_BYTES_START, type Moved } from './frame-bytes.ts';

/**
 * What a desk does about its server, as a machine without a clock, a network or chance of its own: events in, effects out.
 *
 *          start                      answered, no more            written, wished, timer
 *   off ───────────► connecting ──────────────────────► resting ─────────────────────────┐
 *    ▲                │  ▲  │ answered, more                ▲                             │
 *    │ stop           │  │  └──────────► exchanging ◄───────┼─────────────────────────────┘
 *    │ (anywhere)     │  │                │  │ answered,    │
 *                     │  │                │  │ more: again  └── answered, no more
 *            failed   ▼  │ timer, wished  │  │
 *                   waiting ◄─────────────┘  └──► refused (no use in asking soon; its timer is long)
 *
 *   pause (anywhere but off) ─► paused ─ resume ─► connecting
 *
 * Connecting asks what the server holds before anything is sent again. A server that does not know the device yet is told of
 * it (`introduce`) by the very operations that admit it.
 */
export interface SyncState {
  readonly phase: 'off' | 'connecting' | 'exchanging' | 'resting' | 'waiting' | 'paused' | 'refused';
  /** Of the exchange under way or the last one; the answer to an older one is not heard. */
  readonly round: number;
  /** Failures since the last answer. */
  readonly failures: number;
  /** Why it waits or was refused. */
  readonly code: string | null;
  readonly frameBytes: number;
  /** State of the dice that jitter is thrown with. */
  readonly chance: number;
  /** Something was written since the exchange under way was put together. */
  readonly isDirty: boolean;
  /** How often the server was told of this device since it last answered. */
  readonly introductions: number;
}

export type SyncEvent =
  | { readonly type: 'start'; readonly isPaused: boolean }
  | { readonly type: 'stop' }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'wished' }
  | { readonly type: 'written' }
  | { readonly type: 'timer' }
  | { readonly type: 'answered'; readonly round: number; readonly isMore: boolean; readonly moved: Moved }
  | { readonly type: 'failed'; readonly round: number; readonly code: string; readonly retry: boolean };

/** `introduceOffice`: with the log that founded the office, for a server that has lost even that. */
export type ExchangeKind = 'ask' | 'introduce' | 'introduceOffice' | 'exchange';

export type SyncEffect =
  | { readonly type: 'exchange'; readonly kind: ExchangeKind; readonly round: number; readonly frameBytes: number }
  /** Ends the exchange under way. */
  | { readonly type: 'abort' }
  /** The one timer; a new one replaces it. */
  | { readonly type: 'timer'; readonly ms: number }
  | { readonly type: 'cancelTimer' };

export interface Step {
  readonly state: SyncState;
  readonly effects: readonly SyncEffect[];
}

const WAIT_FIRST_MS = 2_000;
const WAIT_MAX_MS = 300_000;
/** What others wrote is asked for so often while nothing is written here. */
const REST_MS = 120_000;
const REFUSED_MS = 3_600_000;
/** A server that does not know this device hears of it; said again after all of these, it is a refusal. */
const UNKNOWN_DEVICE = 'sync.unknownDevice';
const INTRODUCTIONS = ['introduce', 'introduceOffice'] as const satisfies readonly ExchangeKind[];

export function startState(seed: number): SyncState {
  return { phase: 'off', round: 0, failures: 0, code: null, frameBytes: FRAME_BYTES_START, chance: seed >>> 0, isDirty: false, introductions: 0 };
}

export function step(state: SyncState, event: SyncEvent): Step {
  if (event.type === 'start') return state.phase === 'off' ? start(state, event.isPaused) : stay(state);
  if (state.phase === 'off') return stay(state);
  switch (event.type) {
    case 'stop':
      return leave({ ...state, phase: 'off', code: null });
    case 'pause':
      return leave({ ...state, phase: 'paused', code: null });
    case 'resume':
      return state.phase === 'paused' ? connect({ ...state, failures: 0 }) : stay(state);
    case 'wished':
      return onWish(state);
    case 'written':
      return onWritten(state);
    case 'timer':
      return onTimer(state);
    case 'answered':
      return isUnderWay(state, event.round) ? onAnswer(state, event) : stay(state);
    case 'failed':
      return isUnderWay(state, event.round) ? onFailure(state, event) : stay(state);
  }
}

function start(state: SyncState, isPaused: boolean): Step {
  return isPaused ? stay({ ...state, phase: 'paused' }) : connect(state);
}

function isUnderWay({ phase, round }: SyncState, ofRound: number): boolean {
  return (phase === 'connecting' || phase === 'exchanging') && round === ofRound;
}

function onWish(state: SyncState): Step {
  switch (state.phase) {
    case 'waiting':
    case 'refused':
      return connect(state);
    case 'resting':
      return exchange(state);
    case 'connecting':
    case 'exchanging':
      return stay({ ...state, isDirty: true });
    case 'off':
    case 'paused':
      return stay(state);
  }
}

function onWritten(state: SyncState): Step {
  if (state.phase === 'resting') return exchange(state);
  return state.phase === 'connecting' || state.phase === 'exchanging' ? stay({ ...state, isDirty: true }) : stay(state);
}

function onTimer(state: SyncState): Step {
  if (state.phase === 'resting') return exchange(state);
  return state.phase === 'waiting' || state.phase === 'refused' ? connect(state) : stay(state);
}

function onAnswer(state: SyncState, { isMore, moved }: Extract<SyncEvent, { type: 'answered' }>): Step {
  const heard = { ...state, failures: 0, code: null, introductions: 0, frameBytes: frameBytesAfter(state.frameBytes, moved) };
  if (isMore || state.isDirty) return exchange(heard);
  const { value, chance } = throwDice(state.chance);
  return { state: { ...heard, phase: 'resting', chance }, effects: [{ type: 'timer', ms: jittered(REST_MS, value) }] };
}

function onFailure(state: SyncState, { code, retry }: Extract<SyncEvent, { type: 'failed' }>): Step {
  const introduction = code === UNKNOWN_DEVICE ? INTRODUCTIONS[state.introductions] : undefined;
  if (introduction) return begin({ ...state, phase: 'connecting', introductions: state.introductions + 1 }, introduction);
  const { value, chance } = throwDice(state.chance);
  const failures = state.failures + 1;
  const failed = { ...state, code, failures, chance, introductions: 0 };
  if (!retry) return { state: { ...failed, phase: 'refused' }, effects: [{ type: 'timer', ms: jittered(REFUSED_MS, value) }] };
  const ms = jittered(Math.min(WAIT_FIRST_MS * 2 ** Math.min(failures - 1, 20), WAIT_MAX_MS), value);
  return { state: { ...failed, phase: 'waiting', frameBytes: frameBytesAfterFailure(state.frameBytes) }, effects: [{ type: 'timer', ms }] };
}

function connect(state: SyncState): Step {
  return begin({ ...state, phase: 'connecting' }, 'ask');
}

function exchange(state: SyncState): Step {
  return begin({ ...state, phase: 'exchanging' }, 'exchange');
}

function begin(state: SyncState, kind: ExchangeKind): Step {
  const next = { ...state, round: state.round + 1, isDirty: false };
  return { state: next, effects: [{ type: 'cancelTimer' }, { type: 'exchange', kind, round: next.round, frameBytes: next.frameBytes }] };
}

/** Whatever is under way is not heard any more. */
function leave(state: SyncState): Step {
  return { state: { ...state, round: state.round + 1, isDirty: false, introductions: 0 }, effects: [{ type: 'abort' }, { type: 'cancelTimer' }] };
}

function stay(state: SyncState): Step {
  return { state, effects: [] };
}

/** Between half of it and the whole. */
function jittered(ms: number, value: number): number {
  return Math.ceil(ms / 2 + (ms / 2) * value);
}

/** Mulberry32: the next number in [0, 1) and the dice after it. */
function throwDice(chance: number): { readonly value: number; readonly chance: number } {
  const next = (chance + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(next ^ (next >>> 15), next | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return { value: ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296, chance: next };
}
