import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FRAME_BYTES_MIN, streamLimits } from '../../../src-node/sync-engine/frame-bytes.ts';
import { startState, step, type SyncEffect, type SyncEvent, type SyncState } from '../../../src-node/sync-engine/sync-state.ts';

/** The machine with its timer on a clock of the test's; exchanges wait for an answer. */
class Driver {
  state: SyncState;
  effects: SyncEffect[] = [];
  timerAt: number | null = null;
  underWay: number | null = null;
  probing: number | null = null;
  nowMs = 0;

  constructor(seed: number) {
    this.state = startState(seed);
  }

  send(event: SyncEvent): readonly SyncEffect[] {
    const { state, effects } = step(this.state, event);
    this.state = state;
    for (const effect of effects) {
      if (effect.type === 'timer') this.timerAt = this.nowMs + effect.ms;
      if (effect.type === 'cancelTimer') this.timerAt = null;
      if (effect.type === 'abort') this.underWay = null;
      if (effect.type === 'exchange') {
        expect(this.underWay).toBeNull();
        this.underWay = effect.round;
      }
      if (effect.type === 'probe') this.probing = effect.round;
    }
    this.effects.push(...effects);
    return effects;
  }

  answer(isMore: boolean, canStream = false): readonly SyncEffect[] {
    const round = this.underWay!;
    this.underWay = null;
    return this.send({ type: 'answered', round, isMore, canStream, moved: { bytes: 5_000, ms: 1_000 } });
  }

  fail(code = 'unreachable', retry = true): readonly SyncEffect[] {
    const round = this.underWay!;
    this.underWay = null;
    return this.send({ type: 'failed', round, code, retry });
  }

  fireTimer(): void {
    this.nowMs = this.timerAt!;
    this.timerAt = null;
    this.send({ type: 'timer' });
  }
}

function started(seed = 1): Driver {
  const driver = new Driver(seed);
  driver.send({ type: 'start', isPaused: false, heldBack: 0, isDeviceUnknown: false });
  return driver;
}

const kinds = (effects: readonly SyncEffect[]) => effects.flatMap((effect) => (effect.type === 'exchange' ? [effect.kind] : []));

describe('a desk and its server', () => {
  it('asks what is held before it sends anything, then sends until there is no more, then rests', () => {
    const driver = started();
    expect(kinds(driver.effects)).toEqual(['ask']);
    expect(kinds(driver.answer(true))).toEqual(['exchange']);
    expect(kinds(driver.answer(false))).toEqual([]);
    expect(driver.state.phase).toBe('resting');
    expect(driver.timerAt).not.toBeNull();
  });

  it('does not ask a server quickly that says it is busy', () => {
    const driver = started(7);
    for (let failures = 0; failures < 5; failures += 1) {
      driver.fail('sync.busy');
      expect(driver.timerAt! - driver.nowMs).toBeGreaterThanOrEqual(1_000 * 2 ** failures);
      driver.fireTimer();
    }
  });

  it('gives a question up that is answered by nobody, and asks again', () => {
    const driver = started();
    driver.fireTimer();
    expect(driver.effects.at(-2)).toEqual({ type: 'abort' });
    expect(driver.state).toMatchObject({ phase: 'waiting', code: 'timedOut' });
    expect(kinds(driver.send({ type: 'reachable' }))).toEqual(['ask']);
  });

  it('asks again after a failure, later each time, up to five minutes', () => {
    const driver = started(7);
    const waits: number[] = [];
    for (let failures = 0; failures < 14; failures += 1) {
      driver.fail();
      waits.push(driver.timerAt! - driver.nowMs);
      driver.fireTimer();
      expect(kinds(driver.effects).at(-1)).toBe('ask');
    }
    waits.forEach((ms, index) => {
      // Quickly at first: a link that was cut is often back in seconds.
      const whole = index < 6 ? Math.min(1_000 * 2 ** index, 4_000) : Math.min(4_000 * 2 ** (index - 5), 300_000);
      expect(ms).toBeGreaterThanOrEqual(whole / 2);
      expect(ms).toBeLessThanOrEqual(whole);
    });
    expect(driver.state.link.frameBytes).toBe(FRAME_BYTES_MIN);
  });

  it('sends what was written while an exchange was under way with the next one', () => {
    const driver = started();
    driver.send({ type: 'written' });
    expect(kinds(driver.answer(false))).toEqual(['exchange']);
    expect(kinds(driver.answer(false))).toEqual([]);
    expect(kinds(driver.send({ type: 'written' }))).toEqual(['exchange']);
  });

  it('introduces itself at once to a server that has just said that it does not know it', () => {
    const driver = new Driver(1);
    driver.send({ type: 'start', isPaused: false, heldBack: 0, isDeviceUnknown: true });
    expect(kinds(driver.effects)).toEqual(['introduce']);
    expect(kinds(driver.fail('sync.unknownDevice', false))).toEqual(['introduceOffice']);
    expect(driver.fail('sync.unknownDevice', false)).not.toContainEqual(expect.objectContaining({ type: 'exchange' }));
    expect(driver.state.phase).toBe('refused');
  });

  it('tells a server that does not know it of itself, then of the office, and is refused when that did not help', () => {
    const driver = started();
    expect(kinds(driver.fail('sync.unknownDevice', false))).toEqual(['introduce']);
    expect(kinds(driver.fail('sync.unknownDevice', false))).toEqual(['introduceOffice']);
    driver.fail('sync.unknownDevice', false);
    expect(driver.state).toMatchObject({ phase: 'refused', code: 'sync.unknownDevice' });
  });

  it('stays refused until somebody wishes, or a long time is over', () => {
    const driver = started();
    driver.fail('sync.revoked', false);
    expect(driver.state).toMatchObject({ phase: 'refused', code: 'sync.revoked' });
    expect(driver.send({ type: 'written' })).toEqual([]);
    expect(driver.timerAt! - driver.nowMs).toBeGreaterThan(1_000_000);
    expect(kinds(driver.send({ type: 'wished' }))).toEqual(['ask']);
  });

  it('does nothing while paused, and does not hear the exchange that was cut off', () => {
    const driver = started();
    const round = driver.underWay!;
    expect(driver.send({ type: 'pause' })).toContainEqual({ type: 'abort' });
    expect(driver.send({ type: 'answered', round, isMore: true, canStream: false, moved: { bytes: 1, ms: 1 } })).toEqual([]);
    expect(driver.send({ type: 'wished' })).toEqual([]);
    expect(driver.send({ type: 'written' })).toEqual([]);
    expect(kinds(driver.send({ type: 'resume' }))).toEqual(['ask']);
  });

  const types = ['start', 'stop', 'pause', 'resume', 'wished', 'written', 'reachable', 'timer', 'answered', 'failed', 'sent', 'moving', 'moved', 'probed'] as const;
  const anything = fc.array(
    fc.record({ type: fc.constantFrom(...types), flag: fc.boolean(), other: fc.boolean(), stale: fc.boolean(), code: fc.constantFrom('unreachable', 'sync.unknownDevice', 'sync.revoked', 'notOurServer') }),
    { maxLength: 120 },
  );

  it('never has two exchanges, never hears an old one, and never stands still without a timer', () => {
    fc.assert(
      fc.property(fc.nat(), anything, (seed, wishes) => {
        const driver = new Driver(seed);
        for (const { type, flag, other, stale, code } of wishes) {
          const before = driver.state;
          const round = driver.underWay === null || stale ? before.round - 1 : driver.underWay;
          const isOld = round !== driver.underWay;
          if (type === 'timer') {
            if (driver.timerAt !== null) driver.fireTimer();
          } else if (type === 'answered' || type === 'failed') {
            if (!isOld) driver.underWay = null;
            driver.send(type === 'answered' ? { type, round, isMore: flag, canStream: other, moved: { bytes: 5_000, ms: 1_000 } } : { type, round, code, retry: code === 'unreachable' || code === 'notOurServer' });
          } else if (type === 'start') driver.send({ type, isPaused: flag, heldBack: 0, isDeviceUnknown: false });
          else if (type === 'sent') driver.send({ type, round, bytes: 5_000 });
          else if (type === 'moving') driver.send({ type, round });
          else if (type === 'moved') driver.send({ type, round, moved: flag ? { bytes: 9_000, ms: 700 } : null, roundTripMs: 90, nextBytes: other ? 3_000 : null });
          else if (type === 'probed') {
            if (driver.probing !== null && !isOld) driver.send({ type, round: driver.probing, isReachable: flag });
            driver.probing = null;
          } else driver.send({ type });
          if (isOld && ['answered', 'failed', 'sent', 'moving', 'moved'].includes(type)) expect(driver.state).toEqual(before);
          const isBusy = driver.state.phase === 'connecting' || driver.state.phase === 'exchanging';
          expect(driver.underWay !== null).toBe(isBusy);
          if (['waiting', 'resting', 'refused'].includes(driver.state.phase)) expect(driver.timerAt).not.toBeNull();
          if (['off', 'paused'].includes(driver.state.phase)) expect(driver.timerAt).toBeNull();
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('is the same with the same seed, and spreads desks with different ones', () => {
    const waitOf = (seed: number) => {
      const driver = started(seed);
      driver.fail();
      return driver.timerAt!;
    };
    fc.assert(fc.property(fc.nat(), (seed) => waitOf(seed) === waitOf(seed)));
    expect(new Set(Array.from({ length: 50 }, (_, seed) => waitOf(seed))).size).toBeGreaterThan(40);
  });
});

/** Asked, answered, and streaming now. */
function streaming(): Driver {
  const driver = started();
  expect(kinds(driver.answer(true, true))).toEqual(['stream']);
  return driver;
}

const moved = (driver: Driver, nextBytes: number | null, bytes = 8_000, ms = 1_000) => driver.send({ type: 'moved', round: driver.underWay!, moved: { bytes, ms }, roundTripMs: 600, nextBytes });

describe('a stream', () => {
  it('is probed on a fresh connection once it is silent for longer than it should be, dropped when the probe is answered, and gone on with at once', () => {
    const driver = streaming();
    driver.send({ type: 'sent', round: driver.underWay!, bytes: 4_000 });
    moved(driver, 4_000);
    const silent = driver.underWay!;
    expect(driver.timerAt! - driver.nowMs).toBeLessThan(10_000);
    driver.fireTimer();
    expect(driver.effects.at(-1)).toMatchObject({ type: 'probe', round: silent });
    const effects = driver.send({ type: 'probed', round: silent, isReachable: true });
    expect(effects[0]).toEqual({ type: 'abort' });
    expect(kinds(effects)).toEqual(['stream']);
  });

  it('is left alone when anything moved while it was probed', () => {
    const driver = streaming();
    driver.send({ type: 'sent', round: driver.underWay!, bytes: 4_000 });
    driver.fireTimer();
    driver.send({ type: 'moving', round: driver.underWay! });
    expect(driver.send({ type: 'probed', round: driver.underWay!, isReachable: true })).toEqual([]);
  });

  it('is probed again soon while nobody answers, and given up after some of them', () => {
    const driver = streaming();
    driver.send({ type: 'sent', round: driver.underWay!, bytes: 4_000 });
    let probes = 0;
    while (driver.state.phase === 'exchanging') {
      driver.fireTimer();
      probes += 1;
      const atMs = driver.nowMs;
      driver.send({ type: 'probed', round: driver.underWay!, isReachable: false });
      if (driver.state.phase === 'exchanging') expect(driver.timerAt! - atMs).toBeLessThanOrEqual(1_600);
    }
    expect(probes).toBe(8);
    expect(driver.state).toMatchObject({ phase: 'waiting', code: 'timedOut' });
  });

  it('that never was answered although the server is there is held back on the way: by turns for a while, longer each time', () => {
    const driver = streaming();
    const avoided: number[] = [];
    for (let times = 0; times < 3; times += 1) {
      driver.send({ type: 'sent', round: driver.underWay!, bytes: 4_000 });
      driver.fireTimer();
      const effects = driver.send({ type: 'probed', round: driver.underWay!, isReachable: true });
      expect(kinds(effects)).toEqual(['exchange']);
      avoided.push(...effects.flatMap((effect) => (effect.type === 'avoidStreams' ? [effect.ms] : [])));
      expect(kinds(driver.answer(true, true))).toEqual(['stream']);
    }
    expect(avoided).toEqual([120_000, 240_000, 480_000]);
    expect(moved(driver, null)).toContainEqual({ type: 'avoidStreams', heldBack: 0, ms: 0 });
  });

  it('that something on the way does not take goes by turns at once', () => {
    const driver = streaming();
    const effects = driver.fail('notOurServer');
    expect(kinds(effects)).toEqual(['exchange']);
    expect(effects).toContainEqual({ type: 'avoidStreams', heldBack: 1, ms: 120_000 });
  });

  it('goes on with half as much after each cut without progress, however fast the link once seemed', () => {
    const driver = streaming();
    // A burst of answers that makes the link look a thousand times faster than it is.
    for (let count = 0; count < 12; count += 1) moved(driver, 64_000, 4_000_000, 500);
    let tries = 0;
    while (driver.state.link.frameBytes > FRAME_BYTES_MIN) {
      const { frameBytes, bytesPerMs } = driver.state.link;
      driver.fail();
      driver.fireTimer();
      driver.answer(true, true);
      if (tries > 0) expect(driver.state.link.bytesPerMs!).toBeLessThan(bytesPerMs!);
      expect(tries === 0 || driver.state.link.frameBytes < frameBytes).toBe(true);
      tries += 1;
      expect(tries).toBeLessThan(10);
    }
  });

  it('never has more under way than may be sent twice after a cut, and room for the next frame while one is answered', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_024, max: 65_536 }), fc.option(fc.double({ min: 0.1, max: 100_000, noNaN: true })), fc.option(fc.integer({ min: 1, max: 10_000 })), (frameBytes, bytesPerMs, roundTripMs) => {
        const limits = streamLimits({ frameBytes, bytesPerMs, roundTripMs });
        expect(limits.inFlightBytes).toBeLessThanOrEqual(131_072);
        expect(limits.frameBytes * 2).toBeLessThanOrEqual(limits.inFlightBytes);
      }),
    );
    // EDGE on a hill: 64 kbit/s, 600 ms.
    expect(streamLimits({ frameBytes: 32_000, bytesPerMs: 8, roundTripMs: 900 }).inFlightBytes).toBeLessThanOrEqual(16_384);
  });
});
