import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWorkingDay } from '../../../src-shared/domain/deadlines/calendar.ts';
import type { Calendar } from '../../../src-shared/domain/deadlines/calendar.ts';
import { clockUnitOfTerm, pauseClock, resumeClock } from '../../../src-shared/domain/deadlines/clock-stop.ts';
import { computeDeadline, momentOfDay } from '../../../src-shared/domain/deadlines/deadline.ts';
import type { DeadlineSettings, KnownDeadline } from '../../../src-shared/domain/deadlines/deadline.ts';
import { explainDeadline } from '../../../src-shared/domain/deadlines/deadline-words.ts';
import { workingMinutesBetween } from '../../../src-shared/domain/deadlines/working-minutes.ts';
import type { CountedTerm } from '../../../src-shared/domain/deadlines/deadline.ts';
import { canonicalJson } from '../../../src-shared/lib/canonical-json.ts';
import { addDays, DAY_MS, MINUTE_MS, officeDate, officeMinuteOfDay } from '../../../src-shared/lib/office-time.ts';
import { calendarWithDays, instant, officeCalendar, policeCalendar } from './office-calendars.ts';

const anyReception = fc.integer({ min: instant('2023-11-01 00:00'), max: instant('2027-06-30 23:59') });
const calendars = {
  office: officeCalendar,
  police: policeCalendar,
  local: calendarWithDays({ date: '2026-11-23', type: 'closed', name: 'lễ hội' }, { date: '2026-11-28', type: 'makeUpWorkingDay', name: 'bù' }),
} as const;
/** By name, so that a counterexample stays readable. */
const anyCalendar = fc.constantFrom('office' as const, 'police' as const, 'local' as const);
const anySettings: fc.Arbitrary<DeadlineSettings> = fc
  .constantFrom('nextWorkingDayIsDayOne', 'nextWorkingDayIsReceptionDay', 'calendarDaysRunOn')
  .map((receptionOutsideHours) => ({ receptionOutsideHours }) as const);
const anyCount = fc.integer({ min: 1, max: 90 });
const countedTerm = fc.record({ unit: fc.constantFrom('working_day' as const, 'calendar_day' as const, 'hour' as const), value: anyCount });
const cutOffTerm = fc.record({
  unit: fc.constantFrom('same_day' as const, 'while_waiting' as const),
  cutOffMinute: fc.constantFrom(600, 900, 1_020),
});
const anyTerm: fc.Arbitrary<CountedTerm> = fc.oneof(countedTerm, cutOffTerm);

function compute(receivedAt: number, term: CountedTerm, calendar: Calendar, settings: DeadlineSettings): KnownDeadline {
  const deadline = computeDeadline({ receivedAt, term, calendar, settings });
  if (!deadline.known) throw new Error('a counted term gives a date');
  return deadline;
}

function toMinute(utcMs: number): number {
  return Math.floor(utcMs / MINUTE_MS) * MINUTE_MS;
}

/** Counted day by day, without the engine's lists. */
function countWorkingDaysAfter(calendar: Calendar, from: string, upTo: string): number {
  let count = 0;
  for (let date = addDays(from, 1); date <= upTo; date = addDays(date, 1)) if (isWorkingDay(calendar, date)) count += 1;
  return count;
}

fc.configureGlobal({ numRuns: 400 });

describe('every deadline', () => {
  it('is never before the printed minute of reception, in office hours, and a whole minute', () => {
    fc.assert(
      fc.property(anyReception, anyTerm, anyCalendar, anySettings, (receivedAt, term, name, settings) => {
        const calendar = calendars[name];
        const deadline = compute(receivedAt, term, calendar, settings);
        expect(deadline.dueAt).toBeGreaterThanOrEqual(toMinute(receivedAt));
        expect(deadline.dueAt % MINUTE_MS).toBe(0);
        expect([officeDate(deadline.dueAt), officeMinuteOfDay(deadline.dueAt)]).toEqual([deadline.dueDate, deadline.dueMinute]);
        expect(momentOfDay(calendar, { date: deadline.dueDate, minute: deadline.dueMinute })).toBe('inHours');
      }),
    );
  });

  it('does not depend on the seconds of the reception', () => {
    fc.assert(
      fc.property(anyReception, anyTerm, anyCalendar, anySettings, (receivedAt, term, name, settings) => {
        const calendar = calendars[name];
        expect(compute(receivedAt, term, calendar, settings)).toEqual(compute(toMinute(receivedAt), term, calendar, settings));
      }),
    );
  });

  it('is never earlier for a longer term', () => {
    fc.assert(
      fc.property(anyReception, countedTerm, anyCalendar, anySettings, (receivedAt, term, name, settings) => {
        const calendar = calendars[name];
        const longer = compute(receivedAt, { ...term, value: term.value + 1 }, calendar, settings);
        expect(longer.dueAt).toBeGreaterThanOrEqual(compute(receivedAt, term, calendar, settings).dueAt);
      }),
    );
  });

  it('is never earlier for a later reception', () => {
    const laterMs = fc.integer({ min: 0, max: 5 * DAY_MS });
    fc.assert(
      fc.property(anyReception, laterMs, anyTerm, anyCalendar, anySettings, (receivedAt, later, term, name, settings) => {
        const calendar = calendars[name];
        const first = compute(receivedAt, term, calendar, settings);
        expect(compute(receivedAt + later, term, calendar, settings).dueAt).toBeGreaterThanOrEqual(first.dueAt);
      }),
    );
  });

  it('is marked exactly when the way to it leaves the calendar', () => {
    fc.assert(
      fc.property(anyReception, anyTerm, anyCalendar, anySettings, (receivedAt, term, name, settings) => {
        const calendar = calendars[name];
        const deadline = compute(receivedAt, term, calendar, settings);
        const isInside = officeDate(receivedAt) >= '2024-01-01' && deadline.dueDate <= '2026-12-31';
        expect(deadline.calendarUnconfirmed).toBe(!isInside);
      }),
    );
  });

  it('fits into canonical JSON and has a short explanation', () => {
    fc.assert(
      fc.property(anyReception, anyTerm, anyCalendar, anySettings, (receivedAt, term, name, settings) => {
        const calendar = calendars[name];
        const deadline = compute(receivedAt, term, calendar, settings);
        expect(JSON.parse(canonicalJson(deadline))).toEqual(deadline);
        const sentence = explainDeadline(deadline);
        expect(sentence).toMatch(/^\p{L}|^\d/u);
        expect(sentence.endsWith('.')).toBe(true);
        expect(sentence.length).toBeLessThanOrEqual(600);
      }),
    );
  });
});

describe('a term of N working days', () => {
  it('counts exactly N working days after the day of reception', () => {
    fc.assert(
      fc.property(anyReception, anyCount, anyCalendar, (receivedAt, value, name) => {
        const calendar = calendars[name];
        const settings = { receptionOutsideHours: 'nextWorkingDayIsDayOne' } as const;
        const deadline = compute(receivedAt, { unit: 'working_day', value }, calendar, settings);
        expect(countWorkingDaysAfter(calendar, officeDate(receivedAt), deadline.dueDate)).toBe(value);
        expect(deadline.workingDates.length).toBe(value);
        expect(deadline.workingDates.at(-1)).toBe(deadline.dueDate);
      }),
    );
  });
});

describe('a term of N hours', () => {
  it('has exactly N hours of office time between reception and due time', () => {
    fc.assert(
      fc.property(anyReception, anyCount, anyCalendar, anySettings, (receivedAt, value, name, settings) => {
        const calendar = calendars[name];
        const deadline = compute(receivedAt, { unit: 'hour', value }, calendar, settings);
        const start = { date: officeDate(receivedAt), minute: officeMinuteOfDay(receivedAt) };
        const due = { date: deadline.dueDate, minute: deadline.dueMinute };
        expect(workingMinutesBetween(calendar, start, due)).toBe(value * 60);
      }),
    );
  });

  it('of eight times N from an opening ends as N working days after the day before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 1, max: 20 }), (offset, days) => {
        const before = addDays('2024-01-01', offset);
        const first = addDays(before, 1);
        fc.pre(isWorkingDay(officeCalendar, first));
        const settings = { receptionOutsideHours: 'nextWorkingDayIsDayOne' } as const;
        const byHours = compute(instant(`${first} 07:00`), { unit: 'hour', value: 8 * days }, officeCalendar, settings);
        const byDays = compute(instant(`${before} 09:00`), { unit: 'working_day', value: days }, officeCalendar, settings);
        expect(byHours.dueAt).toBe(byDays.dueAt);
      }),
    );
  });
});

describe('a stopped clock', () => {
  const waitMs = fc.oneof(fc.integer({ min: 0, max: 60 * DAY_MS }), fc.integer({ min: 0, max: DAY_MS }));
  // Stops near the due time are where the edges are.
  const anyStop = fc.record({ after: fc.constantFrom('reception' as const, 'due' as const), ms: fc.integer({ min: -DAY_MS, max: 20 * DAY_MS }), isNear: fc.boolean() });
  type Stop = typeof anyStop extends fc.Arbitrary<infer T> ? T : never;
  const stopTime = (stop: Stop, receivedAt: number, dueAt: number): number => {
    const from = stop.after === 'due' ? dueAt : receivedAt;
    return Math.max(receivedAt, from + (stop.isNear ? Math.floor(stop.ms / 20) : stop.ms));
  };

  it('resumed at once has the same due time', () => {
    fc.assert(
      fc.property(anyReception, anyStop, anyTerm, anyCalendar, anySettings, (receivedAt, stop, term, name, settings) => {
        const calendar = calendars[name];
        const { dueAt } = compute(receivedAt, term, calendar, settings);
        const stoppedAt = stopTime(stop, receivedAt, dueAt);
        const stopped = pauseClock({ stoppedAt, dueAt, unit: clockUnitOfTerm(term), calendar });
        expect(resumeClock(stopped, stoppedAt, calendar).dueAt).toBe(dueAt);
      }),
    );
  });

  it('never brings the due time forward, nor before the resumption of a dossier that was in time', () => {
    fc.assert(
      fc.property(anyReception, anyStop, waitMs, anyTerm, anyCalendar, anySettings, (receivedAt, stop, wait, term, name, settings) => {
        const calendar = calendars[name];
        const { dueAt } = compute(receivedAt, term, calendar, settings);
        const stoppedAt = stopTime(stop, receivedAt, dueAt);
        const stopped = pauseClock({ stoppedAt, dueAt, unit: clockUnitOfTerm(term), calendar });
        const resumed = resumeClock(stopped, stoppedAt + wait, calendar);
        expect(resumed.dueAt).toBeGreaterThanOrEqual(dueAt);
        if (toMinute(stoppedAt) <= dueAt) expect(resumed.dueAt).toBeGreaterThanOrEqual(toMinute(stoppedAt + wait));
      }),
    );
  });

  it('has after the resumption exactly what was left', () => {
    fc.assert(
      fc.property(anyReception, fc.integer({ min: 0, max: 3 * DAY_MS }), waitMs, anyCount, anyCalendar, (receivedAt, used, wait, value, name) => {
        const calendar = calendars[name];
        const { dueAt } = compute(receivedAt, { unit: 'working_day', value }, calendar, { receptionOutsideHours: 'nextWorkingDayIsDayOne' });
        const stopped = pauseClock({ stoppedAt: receivedAt + used, dueAt, unit: 'working_day', calendar });
        fc.pre(stopped.remaining > 0);
        const resumedAt = receivedAt + used + wait;
        const again = pauseClock({ stoppedAt: resumedAt, dueAt: resumeClock(stopped, resumedAt, calendar).dueAt, unit: 'working_day', calendar });
        expect(again.remaining).toBe(stopped.remaining);
      }),
    );
  });
});
