import { jittered, throwDice } from './chance.ts';
import { expectedMs, linkAfter, linkAfterFailure, linkAfterRoundTrip, startLink, type LinkMeasure, type Moved } from './frame-bytes.ts';
import { askPatienceMs, avoidStreamsMs, PROBES_MAX, REFUSED_MS, REST_MS, silenceAfterMs, WAIT_AFTER_PROBE_MS, waitMs } from './sync-waits.ts';

/**
 * What a desk does about its server, as a machine without a clock, a network or chance of its own: events in, effects out.
 *
 *          start                      answered, no more            written, wished, timer
 *   off ───────────► connecting ──────────────────────► resting ─────────────────────────┐
 *    ▲                │  ▲  │ answered, more                ▲                             │
 *    │ stop           │  │  └──────────► exchanging ◄───────┼─────────────────────────────┘
 *    │ (anywhere)     │  │                │  │ answered,    │
 *                     │  │                │  │ more: again  └── answered, no more
 *            failed   ▼  │ timer, wished, │  │
 *                   waiting ◄─reachable───┘  └──► refused (no use in asking soon; its timer is long)
 *
 *   pause (anywhere but off) ─► paused ─ resume ─► connecting
 *
 * Exchanging goes by turns (one message, one answer) or by a stream of them. While it is silent for longer than it should be:
 *
 *   exchanging ─ timer ─► a probe on a fresh connection ─ answered ─► the silent one is dropped, exchanging again at once
 *        ▲                            └ not answered ─► a short timer, another probe; after too many, waiting
 *        └── anything moved: the probe means nothing any more
 *
 * A stream that was never answered although a probe was is taken to be held back on the way: by turns for a while.
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
  readonly link: LinkMeasure;
  /** State of the dice that jitter is thrown with. */
  readonly chance: number;
  /** Something was written since the exchange under way was put together. */
  readonly isDirty: boolean;
  /** How often the server was told of this device since it last answered. */
  readonly introductions: number;
  readonly way: 'turns' | 'stream';
  /** Answers in this round. */
  readonly heard: number;
  /** Probes since anything moved. */
  readonly probes: number;
  /** How long the exchange under way may be silent. */
  readonly silenceMs: number;
  /** Streams in a row that were held back on the way. */
  readonly heldBack: number;
  /** How long the last question without frames took. */
  readonly askMs: number | null;
}

export type SyncEvent =
  /** `isDeviceUnknown`: the server has just said so. */
  | { readonly type: 'start'; readonly isPaused: boolean; readonly heldBack: number; readonly isDeviceUnknown: boolean }
  | { readonly type: 'stop' | 'pause' | 'resume' | 'wished' | 'written' | 'timer' | 'reachable' }
  /** Bytes went on their way with nothing before them. */
  | { readonly type: 'sent'; readonly round: number; readonly bytes: number }
  /** Some bytes came, no whole answer yet. */
  | { readonly type: 'moving'; readonly round: number }
  /** One answer of a stream was taken in; `nextBytes`: what the next one is to; null when none is awaited. */
  | { readonly type: 'moved'; readonly round: number; readonly moved: Moved | null; readonly roundTripMs: number; readonly nextBytes: number | null }
  | { readonly type: 'probed'; readonly round: number; readonly isReachable: boolean }
  /** `canStream`: the server takes streams, and they need not be avoided now. */
  | { readonly type: 'answered'; readonly round: number; readonly isMore: boolean; readonly canStream: boolean; readonly moved: Moved }
  | { readonly type: 'failed'; readonly round: number; readonly code: string; readonly retry: boolean };

/** `introduceOffice`: with the log that founded the office, for a server that has lost even that. */
export type ExchangeKind = 'ask' | 'introduce' | 'introduceOffice' | 'exchange' | 'stream';

export type SyncEffect =
  | { readonly type: 'exchange'; readonly kind: ExchangeKind; readonly round: number; readonly frameBytes: number }
  /** Asks on a fresh connection, beside the exchange under way, for so long. */
  | { readonly type: 'probe'; readonly round: number; readonly patienceMs: number }
  /** Ends the exchange under way. */
  | { readonly type: 'abort' }
  /** The one timer; a new one replaces it. */
  | { readonly type: 'timer'; readonly ms: number }
  | { readonly type: 'cancelTimer' }
  /** To be known after a restart: go by turns for so long. */
  | { readonly type: 'avoidStreams'; readonly heldBack: number; readonly ms: number };

export interface Step {
  readonly state: SyncState;
  readonly effects: readonly SyncEffect[];
}

/** A server that does not know this device hears of it; said again after all of these, it is a refusal. */
const UNKNOWN_DEVICE = 'sync.unknownDevice';
const INTRODUCTIONS = ['introduce', 'introduceOffice'] as const satisfies readonly ExchangeKind[];

export function startState(seed: number): SyncState {
  return {
    phase: 'off', round: 0, failures: 0, code: null, link: startLink(), chance: seed >>> 0, isDirty: false, introductions: 0,
    way: 'turns', heard: 0, probes: 0, silenceMs: 0, heldBack: 0, askMs: null,
  };
}

export function step(state: SyncState, event: SyncEvent): Step {
  if (event.type === 'start') return state.phase === 'off' ? start({ ...state, heldBack: event.heldBack }, event) : stay(state);
  if (state.phase === 'off' || ('round' in event && !isUnderWay(state, event.round))) return stay(state);
  switch (event.type) {
    case 'stop':
      return leave({ ...state, phase: 'off', code: null });
    case 'pause':
      return leave({ ...state, phase: 'paused', code: null });
    case 'resume':
      return state.phase === 'paused' ? connect({ ...state, failures: 0 }) : stay(state);
    case 'wished':
      return onWish(state);
    case 'reachable':
      return state.phase === 'waiting' ? connect(state) : stay(state);
    case 'written':
      return onWritten(state);
    case 'timer':
      return onTimer(state);
    case 'sent':
      return awaitFor({ ...state, silenceMs: silenceAfterMs(expectedMs(state.link, event.bytes)) });
    case 'moving':
      return state.phase === 'exchanging' ? awaitFor({ ...state, probes: 0 }) : stay(state);
    case 'moved':
      return onMoved(state, event);
    case 'probed':
      return isDoubted(state, event.round) ? onProbed(state, event.isReachable) : stay(state);
    case 'answered':
      return onAnswer(state, event);
    case 'failed':
      return onFailure(state, event);
  }
}

function start(state: SyncState, { isPaused, isDeviceUnknown }: Extract<SyncEvent, { type: 'start' }>): Step {
  if (isPaused) return stay({ ...state, phase: 'paused' });
  return isDeviceUnknown ? introduce({ ...state, way: 'turns' }, INTRODUCTIONS[0]) : connect(state);
}

function isUnderWay({ phase, round }: SyncState, ofRound: number): boolean {
  return (phase === 'connecting' || phase === 'exchanging') && round === ofRound;
}

/** Is this exchange still under way, with nothing heard of it since it was doubted? A probe is about nothing else. */
export function isDoubted(state: SyncState, round: number): boolean {
  return isUnderWay(state, round) && state.probes > 0;
}

function onWish(state: SyncState): Step {
  switch (state.phase) {
    case 'waiting':
    case 'refused':
      return connect(state);
    case 'resting':
      return exchange(state, 'turns');
    case 'connecting':
    case 'exchanging':
      return stay({ ...state, isDirty: true });
    case 'off':
    case 'paused':
      return stay(state);
  }
}

function onWritten(state: SyncState): Step {
  if (state.phase === 'resting') return exchange(state, 'turns');
  return state.phase === 'connecting' || state.phase === 'exchanging' ? stay({ ...state, isDirty: true }) : stay(state);
}

function onTimer(state: SyncState): Step {
  switch (state.phase) {
    case 'resting':
      return exchange(state, 'turns');
    case 'waiting':
    case 'refused':
      return connect(state);
    case 'connecting':
      return dropped(onFailure(state, { code: 'timedOut', retry: true }));
    case 'exchanging':
      return probe(state);
    case 'off':
    case 'paused':
      return stay(state);
  }
}

function probe(state: SyncState): Step {
  const patienceMs = askPatienceMs(state.link.roundTripMs ?? state.askMs, 0);
  return { state: { ...state, probes: state.probes + 1 }, effects: [{ type: 'cancelTimer' }, { type: 'probe', round: state.round, patienceMs }] };
}

function onProbed(state: SyncState, isReachable: boolean): Step {
  if (isReachable) return dropped(resume(state));
  if (state.probes >= PROBES_MAX) return dropped(onFailure(state, { code: 'timedOut', retry: true }));
  const { value, chance } = throwDice(state.chance);
  return { state: { ...state, chance }, effects: [{ type: 'timer', ms: WAIT_AFTER_PROBE_MS[0] + (WAIT_AFTER_PROBE_MS[1] - WAIT_AFTER_PROBE_MS[0]) * value }] };
}

/** The server is there, this connection is not: another one, on which frames go that may be smaller. */
function resume(state: SyncState): Step {
  const isHeldBack = state.way === 'stream' && state.heard === 0;
  const next = exchange({ ...state, link: linkAfterFailure(state.link, state.heard > 0), heldBack: isHeldBack ? state.heldBack + 1 : state.heldBack }, isHeldBack ? 'turns' : state.way);
  return isHeldBack ? { ...next, effects: [...next.effects, avoid(next.state)] } : next;
}

function avoid({ heldBack }: SyncState): SyncEffect {
  return { type: 'avoidStreams', heldBack, ms: avoidStreamsMs(heldBack) };
}

function onMoved(state: SyncState, { moved, roundTripMs, nextBytes }: Extract<SyncEvent, { type: 'moved' }>): Step {
  const measured = linkAfterRoundTrip(state.link, roundTripMs);
  const link = moved === null ? measured : linkAfter(measured, moved);
  const next = { ...state, link, heard: state.heard + 1, probes: 0, heldBack: 0, failures: 0, code: null, introductions: 0 };
  const forgotten: readonly SyncEffect[] = state.heldBack > 0 ? [{ type: 'avoidStreams', heldBack: 0, ms: 0 }] : [];
  if (nextBytes === null) return { state: next, effects: [...forgotten, { type: 'cancelTimer' }] };
  const awaited = awaitFor({ ...next, silenceMs: silenceAfterMs(expectedMs(link, nextBytes)) });
  return { ...awaited, effects: [...forgotten, ...awaited.effects] };
}

function onAnswer(state: SyncState, { isMore, canStream, moved }: Extract<SyncEvent, { type: 'answered' }>): Step {
  const isAsk = state.phase === 'connecting';
  const link = linkAfterTurn(state, moved);
  const heard = { ...state, failures: 0, code: null, introductions: 0, link, askMs: isAsk ? moved.ms : state.askMs };
  if (isMore || state.isDirty) return exchange(heard, isMore && canStream ? 'stream' : 'turns');
  const { value, chance } = throwDice(state.chance);
  return { state: { ...heard, phase: 'resting', chance }, effects: [{ type: 'timer', ms: jittered(REST_MS, value) }] };
}

/** A stream was measured as it went; a question that carries next to nothing says how far it is, not how fast. */
function linkAfterTurn({ way, phase, link }: SyncState, moved: Moved): LinkMeasure {
  if (way === 'stream') return link;
  const measured = linkAfterRoundTrip(link, moved.ms);
  return phase === 'connecting' ? measured : linkAfter(measured, moved);
}

function onFailure(state: SyncState, { code, retry }: { readonly code: string; readonly retry: boolean }): Step {
  const introduction = code === UNKNOWN_DEVICE ? INTRODUCTIONS[state.introductions] : undefined;
  if (introduction) return introduce(state, introduction);
  // Something on the way does not take a stream: by turns at once, it is no failure of the link.
  if (isStreamRefused(state, code)) {
    const next = exchange({ ...state, heldBack: state.heldBack + 1 }, 'turns');
    return { ...next, effects: [...next.effects, avoid(next.state)] };
  }
  const { value, chance } = throwDice(state.chance);
  const failures = state.failures + 1;
  const failed = { ...state, code, failures, chance, introductions: 0, probes: 0, link: linkAfterFailure(state.link, state.heard > 0) };
  if (!retry) return { state: { ...failed, phase: 'refused' }, effects: [{ type: 'timer', ms: jittered(REFUSED_MS, value) }] };
  return { state: { ...failed, phase: 'waiting' }, effects: [{ type: 'timer', ms: jittered(waitMs(code, failures), value) }] };
}

function isStreamRefused({ way, heard, phase }: SyncState, code: string): boolean {
  return phase === 'exchanging' && way === 'stream' && heard === 0 && (code === 'notOurServer' || code === 'malformedAnswer' || code === 'sync.malformed');
}

function connect(state: SyncState): Step {
  const begun = begin({ ...state, phase: 'connecting', way: 'turns' }, 'ask');
  return { ...begun, effects: [...begun.effects, { type: 'timer', ms: askPatienceMs(state.askMs, state.failures) }] };
}

function introduce(state: SyncState, kind: (typeof INTRODUCTIONS)[number]): Step {
  return begin({ ...state, phase: 'connecting', introductions: state.introductions + 1 }, kind);
}

function exchange(state: SyncState, way: SyncState['way']): Step {
  return begin({ ...state, phase: 'exchanging', way }, way === 'stream' ? 'stream' : 'exchange');
}

function begin(state: SyncState, kind: ExchangeKind): Step {
  const next = { ...state, round: state.round + 1, isDirty: false, heard: 0, probes: 0 };
  return { state: next, effects: [{ type: 'cancelTimer' }, { type: 'exchange', kind, round: next.round, frameBytes: next.link.frameBytes }] };
}

function awaitFor(state: SyncState): Step {
  return { state, effects: [{ type: 'timer', ms: state.silenceMs }] };
}

/** What is under way is let go before anything else begins; its end is not heard. */
function dropped({ state, effects }: Step): Step {
  return { state, effects: [{ type: 'abort' }, ...effects] };
}

/** Whatever is under way is not heard any more. */
function leave(state: SyncState): Step {
  return { state: { ...state, round: state.round + 1, isDirty: false, introductions: 0 }, effects: [{ type: 'abort' }, { type: 'cancelTimer' }] };
}

function stay(state: SyncState): Step {
  return { state, effects: [] };
}
