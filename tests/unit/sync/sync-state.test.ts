import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FRAME_BYTES_MIN } from '../../../src-node/sync-engine/frame-bytes.ts';
import { startState, step, type SyncEffect, type SyncEvent, type SyncState } from '../../../src-node/sync-engine/sync-state.ts';

/** The machine with its timer on a clock of the test's; exchanges wait for an answer. */
class Driver {
  state: SyncState;
  effects: SyncEffect[] = [];
  timerAt: number | null = null;
  underWay: number | null = null;
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
      if (effect.type === 'exchange') this.underWay = effect.round;
    }
    this.effects.push(...effects);
    return effects;
  }

  answer(isMore: boolean): readonly SyncEffect[] {
    const round = this.underWay!;
    this.underWay = null;
    return this.send({ type: 'answered', round, isMore, moved: { bytes: 5_000, ms: 1_000 } });
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
  driver.send({ type: 'start', isPaused: false });
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
      const whole = Math.min(2_000 * 2 ** index, 300_000);
      expect(ms).toBeGreaterThanOrEqual(whole / 2);
      expect(ms).toBeLessThanOrEqual(whole);
    });
    expect(driver.state.frameBytes).toBe(FRAME_BYTES_MIN);
  });

  it('sends what was written while an exchange was under way with the next one', () => {
    const driver = started();
    driver.send({ type: 'written' });
    expect(kinds(driver.answer(false))).toEqual(['exchange']);
    expect(kinds(driver.answer(false))).toEqual([]);
    expect(kinds(driver.send({ type: 'written' }))).toEqual(['exchange']);
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
    expect(driver.send({ type: 'answered', round, isMore: true, moved: { bytes: 1, ms: 1 } })).toEqual([]);
    expect(driver.send({ type: 'wished' })).toEqual([]);
    expect(driver.send({ type: 'written' })).toEqual([]);
    expect(kinds(driver.send({ type: 'resume' }))).toEqual(['ask']);
  });

  const wish = fc.constantFrom<SyncEvent['type']>('start', 'stop', 'pause', 'resume', 'wished', 'written', 'timer', 'answered', 'failed');
  const anything = fc.array(fc.record({ type: wish, isMore: fc.boolean(), isPaused: fc.boolean(), stale: fc.boolean(), code: fc.constantFrom('unreachable', 'sync.unknownDevice', 'sync.revoked') }), { maxLength: 80 });

  it('never has two exchanges, never hears an old one, and never stands still without a timer', () => {
    fc.assert(
      fc.property(fc.nat(), anything, (seed, wishes) => {
        const driver = new Driver(seed);
        for (const { type, isMore, isPaused, stale, code } of wishes) {
          if (type === 'answered' || type === 'failed') {
            if (stale || driver.underWay === null) {
              const before = driver.state;
              driver.send(type === 'answered' ? { type, round: before.round - 1, isMore, moved: { bytes: 1, ms: 1 } } : { type, round: before.round - 1, code, retry: true });
              expect(driver.state).toEqual(before);
            } else if (type === 'answered') driver.answer(isMore);
            else driver.fail(code, code === 'unreachable');
          } else if (type === 'start') driver.send({ type, isPaused });
          else if (type === 'timer') {
            if (driver.timerAt !== null) driver.fireTimer();
          } else {
            const wasUnderWay = driver.underWay;
            const effects = driver.send({ type });
            // What is under way is ended before anything else begins.
            if (wasUnderWay !== null && kinds(effects).length > 0) expect(effects[0]).toEqual({ type: 'abort' });
          }
          const isBusy = driver.state.phase === 'connecting' || driver.state.phase === 'exchanging';
          expect(driver.underWay !== null).toBe(isBusy);
          if (['waiting', 'resting', 'refused'].includes(driver.state.phase)) expect(driver.timerAt).not.toBeNull();
          if (['off', 'paused'].includes(driver.state.phase)) expect(driver.timerAt).toBeNull();
        }
      }),
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
