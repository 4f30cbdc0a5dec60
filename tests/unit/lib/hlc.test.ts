import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adoptHlc, CLAMP_AHEAD_MS, compareHlc, createTrustedClock, nextHlc, type Hlc } from '../../../src-shared/lib/hlc.ts';
import { DAY_MS } from '../../../src-shared/lib/office-time.ts';
import { buildDossier, effectOf, exchange, START_MS, type TestDesk } from '../../helpers/build-operations.ts';
import { buildBody } from '../../helpers/build-dossier-bodies.ts';

const TEN_YEARS_MS = 3_652 * DAY_MS;
const zero: Hlc = { ms: 0, counter: 0 };

describe('stamps', () => {
  it('follow the wall clock while it is plausible', () => {
    expect(nextHlc(zero, START_MS, START_MS)).toEqual({ ms: START_MS, counter: 0 });
  });

  it('stop at the trusted time and a day, then only count', () => {
    const first = nextHlc(zero, START_MS + TEN_YEARS_MS, START_MS);
    expect(first).toEqual({ ms: START_MS + CLAMP_AHEAD_MS, counter: 0 });
    expect(nextHlc(first, START_MS + TEN_YEARS_MS, START_MS)).toEqual({ ...first, counter: 1 });
  });

  it('never go back with the clock', () => {
    const last = { ms: START_MS, counter: 3 };
    expect(nextHlc(last, START_MS - 5 * DAY_MS, START_MS)).toEqual({ ms: START_MS, counter: 4 });
  });

  it('stay whole numbers when the monotonic clock counts fractions', () => {
    expect(nextHlc(zero, START_MS + TEN_YEARS_MS, START_MS + 0.7)).toEqual({ ms: START_MS + CLAMP_AHEAD_MS, counter: 0 });
  });

  it('are adopted from others up to the own clamp only', () => {
    const last = { ms: START_MS, counter: 0 };
    const edge = { ms: START_MS + CLAMP_AHEAD_MS, counter: 9 };
    expect(adoptHlc(last, edge, START_MS)).toEqual(edge);
    expect(adoptHlc(last, { ...edge, ms: edge.ms + 1 }, START_MS)).toEqual(last);
    expect(adoptHlc(last, { ms: START_MS - 1, counter: 99 }, START_MS)).toEqual(last);
  });
});

describe('the trusted estimate', () => {
  const clockAt = (wallMs: number, monotonicMs = 0) => ({ wall: wallMs, monotonic: monotonicMs, wallMs: () => wallMs, monotonicMs: () => monotonicMs });
  const anchor = { trustedMs: START_MS, wallMs: START_MS + 5_000 };

  it.each([
    [0, true],
    [1, true],
    [14 * DAY_MS, true],
    [14 * DAY_MS + 1, false],
    [-1, false],
    [TEN_YEARS_MS, false],
  ])('counts %d ms off only within 0 to 14 days (%s)', (offMs, within) => {
    const trusted = createTrustedClock(clockAt(anchor.wallMs + offMs), anchor);
    expect(trusted.startedWithinBounds).toBe(within);
    expect(trusted.nowMs()).toBe(START_MS + (within ? offMs : 0));
  });

  it('grows with the monotonic clock, whatever the wall clock does, and restarts where somebody tells the time', () => {
    let monotonic = 100;
    let wall = anchor.wallMs;
    const trusted = createTrustedClock({ wallMs: () => wall, monotonicMs: () => monotonic }, anchor);
    monotonic += 60_000;
    wall += TEN_YEARS_MS;
    expect(trusted.nowMs()).toBe(START_MS + 60_000);
    trusted.confirm(START_MS + DAY_MS);
    monotonic += 5;
    expect(trusted.nowMs()).toBe(START_MS + DAY_MS + 5);
  });

  it('takes another bound as a setting', () => {
    expect(createTrustedClock(clockAt(anchor.wallMs + 20 * DAY_MS), anchor, 30).startedWithinBounds).toBe(true);
  });
});

describe('a desk whose clock says 2036', () => {
  it('emits nothing beyond its clamp, drags nobody beyond theirs, and order by knowledge holds', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ desk: fc.nat(2), learnFrom: fc.nat(2), minutes: fc.nat(600), jump: fc.constantFrom(0, 0, 0, TEN_YEARS_MS, -3 * DAY_MS) }), { maxLength: 25 }), (steps) => {
        const { desks, time } = buildDossier();
        desks[2]!.wallOffsetMs = TEN_YEARS_MS;
        for (const step of steps) {
          time.ms += step.minutes * 60_000;
          const desk = desks[step.desk]!;
          if (step.desk !== 2) desk.wallOffsetMs = step.jump;
          desk.learn(desks[step.learnFrom]!);
          const operation = desk.write('dossier.paperReprinted', buildBody('dossier.paperReprinted'));
          expect(operation.header.at.ms).toBeLessThanOrEqual(time.ms + CLAMP_AHEAD_MS);
          const ownEarlier = [...desk.known.values()].filter((other) => other !== operation && other.header.device === desk.device);
          for (const other of ownEarlier) expect(compareHlc(other.header.at, operation.header.at)).toBeLessThan(0);
        }
        exchange(...desks);
        const history = desks[0]!.dossier()!.history.map((entry) => entry.header);
        for (const [position, header] of history.entries()) {
          for (const ref of header.after) expect(history.findIndex((other) => other.device === ref.device && other.seq === ref.seq)).toBeLessThan(position);
        }
      }),
      { seed: 20260702, numRuns: 300 },
    );
  });

  it('does not win what others do at the same time, however often it has exchanged with them', () => {
    const { desks, time } = buildDossier();
    const [honest, other, future] = desks as readonly [TestDesk, TestDesk, TestDesk];
    future.wallOffsetMs = TEN_YEARS_MS;
    future.write('dossier.corrected', buildBody('dossier.corrected'));
    exchange(...desks);
    time.ms += 60_000;
    const early = honest.write('dossier.taken', buildBody('dossier.taken', 0));
    time.ms += 60_000;
    const late = future.write('dossier.taken', buildBody('dossier.taken', 1));
    exchange(honest, other, future);
    for (const desk of desks) {
      expect(effectOf(desk.dossier(), early)).toBe('applied');
      expect(effectOf(desk.dossier(), late)).toBe('superseded');
    }
  });
});
