/** Every expected value was found by hand on the calendar of domain.md §f; the reason is in the name. */
import { describe, expect, it } from 'vitest';
import type { Calendar } from '../../../src-shared/domain/deadlines/calendar.ts';
import { computeDeadline, defaultDeadlineSettings } from '../../../src-shared/domain/deadlines/deadline.ts';
import type { ReceptionOutsideHours } from '../../../src-shared/domain/deadlines/deadline.ts';
import type { Term } from '../../../src-shared/domain/procedures/term.ts';
import { calendarWithDays, instant, minuteText, officeCalendar, policeCalendar } from './office-calendars.ts';

/** [reason, received, count or cut-off, due]; a due time ending in "?" is marked as beyond the calendar. */
type Row = readonly [string, string, number, string];

interface Situation {
  readonly calendar?: Calendar;
  readonly receptionOutsideHours?: ReceptionOutsideHours;
}

function check(rows: readonly Row[], termOf: (value: number) => Term, situation: Situation = {}): void {
  const { calendar = officeCalendar, receptionOutsideHours = defaultDeadlineSettings.receptionOutsideHours } = situation;
  it.each(rows)('%s (received %s, %i: due %s)', (_reason, received, value, expected) => {
    const deadline = computeDeadline({ receivedAt: instant(received), term: termOf(value), calendar, settings: { receptionOutsideHours } });
    if (!deadline.known) throw new Error('the deadline must be known');
    const due = minuteText({ date: deadline.dueDate, minute: deadline.dueMinute });
    expect(due + (deadline.calendarUnconfirmed ? '?' : '')).toBe(expected);
    expect(deadline.dueAt).toBe(instant(due));
  });
}

const sameDay = (cutOffMinute: number): Term => ({ unit: 'same_day', cutOffMinute });
const whileWaiting = (cutOffMinute: number): Term => ({ unit: 'while_waiting', cutOffMinute });
const workingDays = (value: number): Term => ({ unit: 'working_day', value });
const calendarDays = (value: number): Term => ({ unit: 'calendar_day', value });
const hours = (value: number): Term => ({ unit: 'hour', value });

describe('same day, after 15:00 the next working day', () => {
  check(
    [
      ['15:00 sharp is not after 15:00', '2026-11-20 15:00', 900, '2026-11-20 17:00'],
      ['15:00:59 prints as 15:00', '2026-11-20 15:00:59', 900, '2026-11-20 17:00'],
      ['Friday 15:01 goes over the weekend to Monday', '2026-11-20 15:01', 900, '2026-11-23 17:00'],
      ['14:59 on the eve of a holiday is still that day', '2026-11-23 14:59', 900, '2026-11-23 17:00'],
      ['15:01 on the eve of 24/11 skips Ngày Văn hóa', '2026-11-23 15:01', 900, '2026-11-25 17:00'],
      ['received on 24/11 itself: the next working day', '2026-11-24 09:00', 900, '2026-11-25 17:00'],
      ['received on a Saturday: Monday', '2026-11-21 08:00', 900, '2026-11-23 17:00'],
      ['received on a Sunday after 15:00: still Monday, not Wednesday', '2026-11-22 16:00', 900, '2026-11-23 17:00'],
      ['15:00 on the last day before Tết is that day', '2026-02-13 15:00', 900, '2026-02-13 17:00'],
      ['15:01 on the last day before Tết is the first day after', '2026-02-13 15:01', 900, '2026-02-23 17:00'],
      ['received during Tết: the first day after', '2026-02-16 09:00', 900, '2026-02-23 17:00'],
      ['31/12/2025 15:01: 1/1 and the swapped 2/1 are off', '2025-12-31 15:01', 900, '2026-01-05 17:00'],
      ['Friday 15:01 before the make-up Saturday 10/1', '2026-01-09 15:01', 900, '2026-01-10 17:00'],
      ['make-up Saturday 10/1 at 15:00 is an ordinary day', '2026-01-10 15:00', 900, '2026-01-10 17:00'],
      ['make-up Saturday 10/1 at 15:01: Monday', '2026-01-10 15:01', 900, '2026-01-12 17:00'],
      ['Friday 21/8 15:30 before the make-up Saturday 22/8', '2026-08-21 15:30', 900, '2026-08-22 17:00'],
      ['Friday 28/8 15:01: 31/8 swapped, 1/9 and 2/9 off', '2026-08-28 15:01', 900, '2026-09-03 17:00'],
      ['during lunch is before 15:00', '2026-11-20 12:00', 900, '2026-11-20 17:00'],
      ['before opening is that day', '2026-11-20 06:30', 900, '2026-11-20 17:00'],
      ['at closing is after 15:00', '2026-11-20 17:00', 900, '2026-11-23 17:00'],
      ['late in the evening: the next working day', '2026-11-19 21:00', 900, '2026-11-20 17:00'],
      ['a cut-off of 16:00 keeps 15:30 in the day', '2026-11-20 15:30', 960, '2026-11-20 17:00'],
      ['Friday before Giỗ Tổ on a Sunday: Monday is in lieu', '2026-04-24 15:01', 900, '2026-04-28 17:00'],
      ['29/4/2026 15:01: Thursday, Friday and the weekend', '2026-04-29 15:01', 900, '2026-05-04 17:00'],
      ['Tết 2025 from 25/1 to 2/2', '2025-01-24 15:01', 900, '2025-02-03 17:00'],
      ['2025 make-up Saturday 26/4', '2025-04-25 15:01', 900, '2025-04-26 17:00'],
      ['29/4/2025 15:01: 2/5 is swapped', '2025-04-29 15:01', 900, '2025-05-05 17:00'],
      ['Tết 2024 from 8/2 to 14/2', '2024-02-07 15:01', 900, '2024-02-15 17:00'],
      ['26/4/2024 15:01: the swapped 29/4, then 30/4 and 1/5', '2024-04-26 15:01', 900, '2024-05-02 17:00'],
      ['2024 make-up Saturday 4/5', '2024-05-03 15:01', 900, '2024-05-04 17:00'],
      ['the leap day is an ordinary Thursday', '2024-02-28 15:01', 900, '2024-02-29 17:00'],
      ['31/12/2026 15:00 is inside the calendar', '2026-12-31 15:00', 900, '2026-12-31 17:00'],
      ['31/12/2026 15:01 leaves it: 1/1 fixed, then a weekend', '2026-12-31 15:01', 900, '2027-01-04 17:00?'],
    ],
    sameDay,
  );
});

describe('while you wait: the latest moment follows the same rule', () => {
  check(
    [
      ['in the morning', '2026-11-20 09:00', 900, '2026-11-20 17:00'],
      ['after 15:00 on a Friday', '2026-11-20 15:16', 900, '2026-11-23 17:00'],
      ['15:00 sharp on the eve of 24/11', '2026-11-23 15:00', 900, '2026-11-23 17:00'],
    ],
    whileWaiting,
  );
});

describe('working days', () => {
  check(
    [
      ['the day of reception is not counted', '2026-11-20 10:00', 1, '2026-11-23 17:00'],
      ['24/11 is not counted: 23, 25, 26', '2026-11-20 10:00', 3, '2026-11-26 17:00'],
      ['the eve of 24/11', '2026-11-23 08:00', 1, '2026-11-25 17:00'],
      ['two days from the eve of 24/11', '2026-11-23 08:00', 2, '2026-11-26 17:00'],
      ['received on 24/11: day 1 is the 25th', '2026-11-24 09:00', 1, '2026-11-25 17:00'],
      ['received on a Saturday: day 1 is Monday', '2026-11-21 09:00', 1, '2026-11-23 17:00'],
      ['received on a Saturday, two days over 24/11', '2026-11-21 09:00', 2, '2026-11-25 17:00'],
      ['17:00 is within hours', '2026-11-19 17:00', 1, '2026-11-20 17:00'],
      ['after closing: day 1 is the next working day', '2026-11-19 17:30', 1, '2026-11-20 17:00'],
      ['a minute before midnight in Viet Nam is still that day', '2026-11-19 23:59', 1, '2026-11-20 17:00'],
      ['half past midnight in Viet Nam is the new day', '2026-11-20 00:30', 1, '2026-11-23 17:00'],
      ['over Tết: 13/2, then 23 to 26/2', '2026-02-12 09:00', 5, '2026-02-26 17:00'],
      ['1/1 and the swapped 2/1 are not counted', '2025-12-31 09:00', 1, '2026-01-05 17:00'],
      ['the fifth day is the Friday before the make-up day', '2025-12-31 09:00', 5, '2026-01-09 17:00'],
      ['the sixth day is the make-up Saturday 10/1', '2025-12-31 09:00', 6, '2026-01-10 17:00'],
      ['the seventh day is the Monday after it', '2025-12-31 09:00', 7, '2026-01-12 17:00'],
      ['the make-up Saturday 22/8 is counted', '2026-08-20 09:00', 2, '2026-08-22 17:00'],
      ['22/8 counted, 31/8 to 2/9 not', '2026-08-20 09:00', 8, '2026-09-03 17:00'],
      ['27 days up to 30/12 with 24/11 off', '2026-11-20 10:00', 27, '2026-12-30 17:00'],
      ['28 days end on the last day of the calendar', '2026-11-20 10:00', 28, '2026-12-31 17:00'],
      ['29 days leave the calendar', '2026-11-20 10:00', 29, '2027-01-04 17:00?'],
      ['Giỗ Tổ on a Sunday, Monday in lieu', '2026-04-20 09:00', 5, '2026-04-28 17:00'],
      ['30/4 and 1/5/2026 and a weekend', '2026-04-28 09:00', 3, '2026-05-05 17:00'],
      ['thirty days over Tết 2024', '2024-01-05 09:00', 30, '2024-02-23 17:00'],
      ['ends on the leap day', '2024-02-27 09:00', 2, '2024-02-29 17:00'],
      ['goes past the leap day', '2024-02-27 09:00', 3, '2024-03-01 17:00'],
      ['no leap day in 2025: Friday 28/2, then Monday 3/3', '2025-02-27 09:00', 2, '2025-03-03 17:00'],
      ['Giỗ Tổ on Thursday 18/4/2024', '2024-04-17 09:00', 1, '2024-04-19 17:00'],
      ['Giỗ Tổ on Monday 7/4/2025', '2025-04-04 09:00', 1, '2025-04-08 17:00'],
      ['the make-up Saturday 26/4/2025 is the second day', '2025-04-24 09:00', 3, '2025-04-28 17:00'],
      ['Quốc khánh 2025: 1/9 and 2/9', '2025-08-29 09:00', 1, '2025-09-03 17:00'],
      ['Quốc khánh 2024: 2/9 and 3/9', '2024-08-30 09:00', 2, '2024-09-05 17:00'],
      ['year end 2024', '2024-12-31 09:00', 1, '2025-01-02 17:00'],
      ['received before the calendar begins', '2023-12-29 09:00', 1, '2024-01-02 17:00?'],
      ['beyond: 30/4/2027 is fixed, the day in lieu unknown', '2027-04-29 09:00', 1, '2027-05-03 17:00?'],
      ['beyond: 2/9/2027 is fixed, its neighbour unknown', '2027-09-01 09:00', 1, '2027-09-03 17:00?'],
      ['beyond: 24/11/2027 is fixed', '2027-11-23 09:00', 1, '2027-11-25 17:00?'],
      ['before 2026 nobody had 24/11 off', '2025-11-21 09:00', 1, '2025-11-24 17:00'],
    ],
    workingDays,
  );
});

describe('working days where the next working day counts as the day of reception', () => {
  check(
    [
      ['a Saturday is deemed Monday, so day 1 is the 25th', '2026-11-21 09:00', 1, '2026-11-25 17:00'],
      ['Friday 17:01 is deemed Monday', '2026-11-20 17:01', 1, '2026-11-25 17:00'],
      ['Friday 17:00 is Friday', '2026-11-20 17:00', 1, '2026-11-23 17:00'],
    ],
    workingDays,
    { receptionOutsideHours: 'nextWorkingDayIsReceptionDay' },
  );
});

describe('calendar days', () => {
  check(
    [
      ['day 15 is a Saturday: Monday', '2026-11-20 10:00', 15, '2026-12-07 17:00'],
      ['day 14 is a Friday', '2026-11-20 10:00', 14, '2026-12-04 17:00'],
      ['day 16 is a Sunday: the same Monday', '2026-11-20 10:00', 16, '2026-12-07 17:00'],
      ['weekend days count', '2026-11-20 10:00', 3, '2026-11-23 17:00'],
      ['day 4 is 24/11: the 25th', '2026-11-20 10:00', 4, '2026-11-25 17:00'],
      ['received on a Saturday: day 1 is Monday', '2026-11-21 10:00', 5, '2026-11-27 17:00'],
      ['17:00 is within hours: day 1 is Saturday', '2026-11-20 17:00', 5, '2026-11-25 17:00'],
      ['17:01 is after closing: day 1 is Monday', '2026-11-20 17:01', 5, '2026-11-27 17:00'],
      ['day 15 is the first day of Tết: the first day after', '2026-01-30 09:00', 15, '2026-02-23 17:00'],
      ['thirty days inside the calendar', '2026-11-30 09:00', 30, '2026-12-30 17:00'],
      ['the last day of the calendar', '2026-11-30 09:00', 31, '2026-12-31 17:00'],
      ['1/1/2027 is fixed: Monday', '2026-11-30 09:00', 32, '2027-01-04 17:00?'],
      ['ends on the leap day', '2024-02-15 09:00', 14, '2024-02-29 17:00'],
      ['goes past the leap day', '2024-02-15 09:00', 15, '2024-03-01 17:00'],
      ['the same in a common year ends on a Saturday', '2025-02-14 09:00', 15, '2025-03-03 17:00'],
      ['ends on the make-up Saturday 10/1 and stays', '2025-12-31 09:00', 10, '2026-01-10 17:00'],
      ['ends on the make-up Saturday 22/8 and stays', '2026-08-07 09:00', 15, '2026-08-22 17:00'],
      ['35 days', '2026-10-19 09:00', 35, '2026-11-23 17:00'],
      ['36 days end on 24/11', '2026-10-19 09:00', 36, '2026-11-25 17:00'],
      ['60 days', '2026-10-05 09:00', 60, '2026-12-04 17:00'],
    ],
    calendarDays,
  );
});

describe('calendar days under the other settings for reception on a closed day', () => {
  check([['Saturday: day 1 is Sunday', '2026-11-21 10:00', 5, '2026-11-26 17:00']], calendarDays, {
    receptionOutsideHours: 'calendarDaysRunOn',
  });
  check([['Saturday is deemed Monday: day 5 is a Saturday', '2026-11-21 10:00', 5, '2026-11-30 17:00']], calendarDays, {
    receptionOutsideHours: 'nextWorkingDayIsReceptionDay',
  });
});

describe('hours', () => {
  check(
    [
      ['inside the morning', '2026-11-20 09:10', 1, '2026-11-20 10:10'],
      ['seconds are not printed and not counted', '2026-11-20 09:10:45', 1, '2026-11-20 10:10'],
      ['ends exactly at lunch and stays there', '2026-11-20 10:30', 1, '2026-11-20 11:30'],
      ['one minute goes over lunch', '2026-11-20 10:31', 1, '2026-11-20 13:31'],
      ['received at 11:30: runs from 13:30', '2026-11-20 11:30', 1, '2026-11-20 14:30'],
      ['received during lunch: runs from 13:30', '2026-11-20 12:00', 1, '2026-11-20 14:30'],
      ['ends exactly at closing and stays there', '2026-11-20 16:00', 1, '2026-11-20 17:00'],
      ['one minute goes over the weekend', '2026-11-20 16:01', 1, '2026-11-23 07:01'],
      ['received at 17:00: runs from Monday 07:00', '2026-11-20 17:00', 1, '2026-11-23 08:00'],
      ['received in the evening: runs from Monday 07:00', '2026-11-20 17:30', 1, '2026-11-23 08:00'],
      ['received before opening: runs from 07:00', '2026-11-20 06:15', 1, '2026-11-20 08:00'],
      ['half an hour on each side of 24/11', '2026-11-23 16:30', 1, '2026-11-25 07:30'],
      ['eight hours from opening are one working day', '2026-11-20 07:00', 8, '2026-11-20 17:00'],
      ['eight hours from 08:00 end at 08:00', '2026-11-20 08:00', 8, '2026-11-23 08:00'],
      ['eight hours over 24/11', '2026-11-23 10:00', 8, '2026-11-25 10:00'],
      ['received on a Saturday: four hours of Monday', '2026-11-21 10:00', 4, '2026-11-23 11:00'],
      ['a make-up Saturday has full hours', '2026-01-10 16:30', 1, '2026-01-12 07:30'],
      ['over Tết', '2026-02-13 16:00', 2, '2026-02-23 08:00'],
      ['over the end of the calendar', '2026-12-31 16:30', 1, '2027-01-04 07:30?'],
    ],
    hours,
  );
});

describe('Công an xã with Saturday morning', () => {
  const police = { calendar: policeCalendar };
  check(
    [
      ['Saturday is day 1 and ends at 11:30', '2026-11-20 10:00', 1, '2026-11-21 11:30'],
      ['Monday is day 2', '2026-11-20 10:00', 2, '2026-11-23 17:00'],
      ['24/11 is off for the police too', '2026-11-20 10:00', 3, '2026-11-25 17:00'],
      ['received on Saturday morning: day 1 is Monday', '2026-11-21 09:00', 1, '2026-11-23 17:00'],
      ['a make-up Saturday is a full day', '2026-01-09 10:00', 1, '2026-01-10 17:00'],
      ['the Saturday in Tết is off', '2026-02-13 10:00', 1, '2026-02-23 17:00'],
    ],
    workingDays,
    police,
  );
  check(
    [
      ['Saturday 09:00: by closing of that morning', '2026-11-21 09:00', 900, '2026-11-21 11:30'],
      ['Saturday 11:30 is still within hours', '2026-11-21 11:30', 900, '2026-11-21 11:30'],
      ['Saturday 11:31 is after closing though before 15:00', '2026-11-21 11:31', 900, '2026-11-23 17:00'],
      ['Friday 15:01: Saturday morning', '2026-11-20 15:01', 900, '2026-11-21 11:30'],
    ],
    sameDay,
    police,
  );
  check([['day 15 is a Saturday and stays', '2026-11-20 10:00', 15, '2026-12-05 11:30']], calendarDays, police);
  check(
    [
      ['half an hour of Saturday, the rest on Monday', '2026-11-21 11:00', 1, '2026-11-23 07:30'],
      ['half an hour of Friday, the rest on Saturday', '2026-11-20 16:30', 1, '2026-11-21 07:30'],
    ],
    hours,
    police,
  );
});

describe('days the office adds itself', () => {
  check([['a local closed Monday', '2026-11-20 10:00', 1, '2026-11-25 17:00']], workingDays, {
    calendar: calendarWithDays({ date: '2026-11-23', type: 'closed', name: 'lễ hội của xã' }),
  });
  check([['a public holiday worked all the same', '2026-11-23 10:00', 1, '2026-11-24 17:00']], workingDays, {
    calendar: calendarWithDays({ date: '2026-11-24', type: 'makeUpWorkingDay', name: 'trực cả ngày' }),
  });
  check([['a make-up Saturday the office does not work', '2026-08-21 10:00', 1, '2026-08-24 17:00']], workingDays, {
    calendar: calendarWithDays({ date: '2026-08-22', type: 'closed', name: 'bão' }),
  });
  check([['a local day beyond the calendar is used and still marked', '2026-12-31 10:00', 1, '2027-01-05 17:00?']], workingDays, {
    calendar: calendarWithDays({ date: '2027-01-04', type: 'dayInLieu', name: 'Tết Dương lịch' }),
  });
});
