import { beforeEach, describe, expect, it } from 'vitest';
import { createOfficeClock, type OfficeClock } from '../../../src-node/operations/office-clock.ts';
import { officeInstant } from '../../../src-shared/lib/office-time.ts';

const HOUR_MS = 3_600_000;
const START_MS = officeInstant('2026-11-23', 8 * 60);

let time: { wallMs: number; monotonicMs: number };
let clock: OfficeClock;

beforeEach(() => {
  time = { wallMs: START_MS, monotonicMs: 0 };
  const anchor = { trustedMs: START_MS, wallMs: START_MS, correctionMs: 0, unverified: false };
  const machine = { wallMs: () => time.wallMs, monotonicMs: () => time.monotonicMs };
  clock = createOfficeClock({ clock: machine, anchor, lastHlc: { ms: 0, counter: 0 }, lastBusinessDate: null, builtAtMs: 0 });
});

/** An honest hour, in which somebody also sets the machine's clock. */
function passHour(setByMs: number): void {
  time.monotonicMs += HOUR_MS;
  time.wallMs += HOUR_MS + setByMs;
}

describe('the question for the date', () => {
  it.each([['forward', 10], ['back', -10]])('comes when small steps %s add up to more than a day', (_way, hours) => {
    passHour(hours * HOUR_MS);
    expect(clock.question()).toBeNull();
    passHour(hours * HOUR_MS);
    expect(clock.question()).toBeNull();
    passHour(hours * HOUR_MS);
    expect(clock.question()?.cause).toBe('jumped');
  });

  it('does not come for a clock that runs, however long', () => {
    for (let hour = 0; hour < 2_000; hour += 1) {
      passHour(0);
      expect(clock.question()).toBeNull();
    }
  });

  it('counts anew from the answer', () => {
    passHour(25 * HOUR_MS);
    expect(clock.question()?.cause).toBe('jumped');
    clock.confirm('2026-11-23', false);
    passHour(20 * HOUR_MS);
    expect(clock.question()).toBeNull();
    passHour(5 * HOUR_MS);
    expect(clock.question()?.cause).toBe('jumped');
  });

  it('is open again, and the clock as it was, when the answer is taken back', () => {
    passHour(25 * HOUR_MS);
    const [question, date, anchor] = [clock.question(), clock.businessDate(), clock.anchor()];
    const takeBack = clock.confirm('2099-12-31', true);
    expect(clock.stamp().businessDate).toBe('2099-12-31');
    takeBack();
    expect([clock.question(), clock.businessDate(), clock.anchor(), clock.unverified]).toEqual([question, date, anchor, false]);
  });
});

describe('the time that a server tells', () => {
  const typed = () => {
    passHour(25 * HOUR_MS);
    clock.confirm('2026-11-23', false);
    expect(clock.unverified).toBe(true);
  };

  it('verifies a date that was typed, and the trusted estimate goes on from it', () => {
    typed();
    const serverMs = clock.nowMs() + 5 * 60_000;
    expect(clock.verify(serverMs)).toBe(true);
    expect([clock.unverified, clock.businessDate(), clock.anchor().trustedMs]).toEqual([false, '2026-11-23', serverMs]);
    time.monotonicMs += HOUR_MS;
    expect(clock.anchor().trustedMs).toBe(serverMs + HOUR_MS);
  });

  it.each([['a year ahead', 365 * 24], ['a year back', -365 * 24], ['more than a day ahead', 25], ['the day before', -12]])('changes nothing when it is %s', (_what, hours) => {
    typed();
    const [date, anchor] = [clock.businessDate(), clock.anchor()];
    expect(clock.verify(clock.nowMs() + hours * HOUR_MS)).toBe(false);
    expect([clock.unverified, clock.businessDate(), clock.anchor()]).toEqual([true, date, anchor]);
  });

  it('does not answer the question for the date in anybody\'s place', () => {
    passHour(25 * HOUR_MS);
    expect(clock.verify(clock.nowMs())).toBe(false);
    expect(clock.question()?.cause).toBe('jumped');
  });
});
