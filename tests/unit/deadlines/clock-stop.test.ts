/** Every expected value was found by hand on the calendar of domain.md §f; the reason is in the name. */
import { describe, expect, it } from 'vitest';
import { clockUnitOfTerm, pauseClock, resumeClock } from '../../../src-shared/domain/deadlines/clock-stop.ts';
import type { ClockUnit } from '../../../src-shared/domain/deadlines/deadline.ts';
import { instant, minuteText, officeCalendar } from './office-calendars.ts';

/** [reason, due, stopped, remaining, resumed, new due]. */
type Row = readonly [string, string, string, number, string, string];

function check(unit: ClockUnit, rows: readonly Row[]): void {
  it.each(rows)('%s (due %s, stopped %s, %i left, resumed %s: %s)', (_reason, due, stopped, remaining, resumed, expected) => {
    const clock = pauseClock({ stoppedAt: instant(stopped), dueAt: instant(due), unit, calendar: officeCalendar });
    expect(clock.remaining).toBe(remaining);
    const deadline = resumeClock(clock, instant(resumed), officeCalendar);
    const text = minuteText({ date: deadline.dueDate, minute: deadline.dueMinute });
    expect(text + (deadline.calendarUnconfirmed ? '?' : '')).toBe(expected);
  });
}

describe('a stopped clock in working days', () => {
  check('working_day', [
    ['25 and 26/11 are left', '2026-11-26 17:00', '2026-11-23 10:00', 2, '2026-11-30 09:00', '2026-12-02 17:00'],
    ['stopped on the day of reception, resumed on a holiday', '2026-11-26 17:00', '2026-11-20 15:00', 3, '2026-11-24 09:00', '2026-11-27 17:00'],
    ['the stop day is not given back', '2026-11-26 17:00', '2026-11-25 07:00', 1, '2026-11-26 16:00', '2026-11-27 17:00'],
    ['stopped on the due day: due on the day of resumption', '2026-11-26 17:00', '2026-11-26 10:00', 0, '2026-11-30 09:00', '2026-11-30 17:00'],
    ['nothing left and resumed after closing: the next day', '2026-11-26 17:00', '2026-11-26 10:00', 0, '2026-11-30 17:01', '2026-12-01 17:00'],
    ['nothing left and resumed on a Saturday: Monday', '2026-11-26 17:00', '2026-11-26 10:00', 0, '2026-11-28 09:00', '2026-11-30 17:00'],
    ['late before the stop: nothing is given back', '2026-11-26 17:00', '2026-11-27 08:00', 0, '2026-12-07 09:00', '2026-11-26 17:00'],
    ['the wait over Tết costs no working day', '2026-02-13 17:00', '2026-02-10 09:00', 3, '2026-02-12 09:00', '2026-02-24 17:00'],
    ['stopped on a Saturday, resumed on the Sunday', '2026-11-26 17:00', '2026-11-21 09:00', 3, '2026-11-22 09:00', '2026-11-26 17:00'],
    ['stopped and resumed within one day', '2026-11-26 17:00', '2026-11-25 08:00', 1, '2026-11-25 16:00', '2026-11-26 17:00'],
    ['a wait across closing of the due day itself', '2026-11-26 17:00', '2026-11-26 16:00', 0, '2026-11-26 17:01', '2026-11-27 17:00'],
    ['a wait on the due day that ends at closing', '2026-11-26 17:00', '2026-11-26 16:00', 0, '2026-11-26 17:00', '2026-11-26 17:00'],
    ['stopped in the evening of the due day', '2026-11-26 17:00', '2026-11-26 17:30', 0, '2026-11-26 17:30', '2026-11-26 17:00'],
    ['resumption dated before the stop', '2026-11-26 17:00', '2026-11-25 08:00', 1, '2026-11-23 16:00', '2026-11-26 17:00'],
    ['over the make-up Saturday 10/1', '2026-01-12 17:00', '2026-01-08 09:00', 3, '2026-01-09 09:00', '2026-01-13 17:00'],
    ['resumed beyond the end of the calendar', '2026-12-31 17:00', '2026-12-29 09:00', 2, '2026-12-31 09:00', '2027-01-05 17:00?'],
    ['an hour promised by hand is kept', '2026-11-26 10:00', '2026-11-23 10:00', 2, '2026-11-30 09:00', '2026-12-02 10:00'],
    ['an hour promised by hand that is gone becomes closing', '2026-11-26 10:00', '2026-11-26 09:00', 0, '2026-11-30 14:00', '2026-11-30 17:00'],
  ]);
});

describe('a stopped clock in calendar days', () => {
  check('calendar_day', [
    ['12 days left, the result on a Sunday moves', '2026-12-07 17:00', '2026-11-25 10:00', 12, '2026-12-01 09:00', '2026-12-14 17:00'],
    ['12 days left from a Friday', '2026-12-07 17:00', '2026-11-25 10:00', 12, '2026-12-04 09:00', '2026-12-16 17:00'],
    ['stopped on the due day, resumed on a Saturday', '2026-12-07 17:00', '2026-12-07 08:00', 0, '2026-12-12 09:00', '2026-12-14 17:00'],
    ['the result on 24/11 moves', '2026-11-20 17:00', '2026-11-16 10:00', 4, '2026-11-20 10:00', '2026-11-25 17:00'],
    ['late before the stop', '2026-11-20 17:00', '2026-11-23 10:00', 0, '2026-11-30 10:00', '2026-11-20 17:00'],
  ]);
});

describe('a stopped clock in working minutes', () => {
  check('working_minute', [
    ['same-day dossier: four hours were left', '2026-11-20 17:00', '2026-11-20 11:00', 240, '2026-11-23 16:55', '2026-11-25 10:55'],
    ['one and a half hours around lunch', '2026-11-20 14:30', '2026-11-20 11:00', 90, '2026-11-23 10:30', '2026-11-23 14:00'],
    ['stopped during lunch', '2026-11-20 14:30', '2026-11-20 12:00', 60, '2026-11-20 15:00', '2026-11-20 16:00'],
    ['a quarter of Friday and half an hour of Monday', '2026-11-23 07:30', '2026-11-20 16:45', 45, '2026-11-25 11:00', '2026-11-25 13:45'],
    ['ends exactly at lunch', '2026-11-20 14:30', '2026-11-20 14:00', 30, '2026-11-23 11:00', '2026-11-23 11:30'],
    ['stopped at the due minute: due when it runs again', '2026-11-20 10:10', '2026-11-20 10:10:50', 0, '2026-11-23 09:00', '2026-11-23 09:00'],
    ['late by a minute before the stop', '2026-11-20 10:10', '2026-11-20 10:11', 0, '2026-11-23 09:00', '2026-11-20 10:10'],
    ['resumed on a holiday', '2026-11-23 17:00', '2026-11-23 16:00', 60, '2026-11-24 09:00', '2026-11-25 08:00'],
  ]);
});

describe('the unit a clock stops in', () => {
  it.each([
    ['working_day', { unit: 'working_day', value: 3 }],
    ['calendar_day', { unit: 'calendar_day', value: 15 }],
    ['working_minute', { unit: 'hour', value: 8 }],
    ['working_minute', { unit: 'same_day', cutOffMinute: 900 }],
    ['working_minute', { unit: 'while_waiting', cutOffMinute: 900 }],
    ['working_day', { unit: 'unknown', note: 'không rõ' }],
    ['working_day', null],
  ] as const)('is %s for %o', (unit, term) => {
    expect(clockUnitOfTerm(term)).toBe(unit);
  });
});
