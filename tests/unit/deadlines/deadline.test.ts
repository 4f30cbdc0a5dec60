import { describe, expect, it } from 'vitest';
import {
  appointmentByHand,
  classifyCompletion,
  computeDeadline,
  defaultDeadlineSettings,
  isDueToday,
  isOverdue,
  isPastAppointment,
} from '../../../src-shared/domain/deadlines/deadline.ts';
import type { Deadline } from '../../../src-shared/domain/deadlines/deadline.ts';
import { termOnChannel } from '../../../src-shared/domain/procedures/term.ts';
import type { Channel, ChannelTerms, Term } from '../../../src-shared/domain/procedures/term.ts';
import { instant, minuteText, officeCalendar } from './office-calendars.ts';

function compute(received: string, term: Term | null): Deadline {
  return computeDeadline({ receivedAt: instant(received), term, calendar: officeCalendar, settings: defaultDeadlineSettings });
}

describe('terms that differ by channel', () => {
  const counted = (unit: 'working_day' | 'calendar_day', value: number) => ({ term: { unit, value }, confirmed: true }) as const;
  const landRegistration: ChannelTerms = {
    online: counted('working_day', 17),
    post: counted('working_day', 20),
    direct: counted('working_day', 27),
  };
  const buildingPermit: ChannelTerms = {
    online: counted('calendar_day', 20),
    post: counted('calendar_day', 20),
    direct: counted('calendar_day', 15),
  };
  const rows: readonly (readonly [string, ChannelTerms, Channel, string])[] = [
    ['1.013978', landRegistration, 'online', '2026-12-16'],
    ['1.013978', landRegistration, 'post', '2026-12-21'],
    ['1.013978', landRegistration, 'direct', '2026-12-30'],
    ['1.013225', buildingPermit, 'online', '2026-12-10'],
    ['1.013225', buildingPermit, 'post', '2026-12-10'],
    ['1.013225', buildingPermit, 'direct', '2026-12-07'],
  ];
  it.each(rows)('%s received on 20/11/2026 by its own term of the channel (%#)', (_code, terms, channel, dueDate) => {
    expect(compute('2026-11-20 10:00', termOnChannel(terms, channel).term)).toMatchObject({ known: true, dueDate });
  });

  it('leaves a channel the catalogue is silent about unknown instead of taking another one', () => {
    const mediation: ChannelTerms = { post: counted('calendar_day', 30), direct: counted('calendar_day', 40) };
    expect(compute('2026-11-20 10:00', termOnChannel(mediation, 'online').term)).toMatchObject({ known: false, reason: 'termUnknown' });
  });
});

describe('an unknown term', () => {
  it('gives no date when the catalogue has a number without a unit, and says what it shows', () => {
    const deadline = compute('2026-11-20 10:00', { unit: 'unknown', note: 'Cổng ghi "1", không có đơn vị.' });
    expect(deadline).toEqual({ known: false, reason: 'termUnknown', note: 'Cổng ghi "1", không có đơn vị.' });
  });

  it('gives no date when there is no term at all', () => {
    expect(compute('2026-11-20 10:00', null)).toEqual({ known: false, reason: 'termNotGiven', note: null });
  });
});

describe('the facts behind a date', () => {
  it('names the counted days and the days stepped over, without the day of reception', () => {
    const deadline = compute('2026-11-21 09:00', { unit: 'working_day', value: 2 });
    expect(deadline).toMatchObject({
      workingDates: ['2026-11-23', '2026-11-25'],
      reasons: {
        startMoment: 'closedDay',
        startClosed: { date: '2026-11-21', because: 'weekly' },
        passedOver: [
          { date: '2026-11-22', because: 'weekly', name: '' },
          { date: '2026-11-24', because: 'closed', name: 'Ngày Văn hóa Việt Nam' },
        ],
      },
    });
  });

  it('names only the move of a calendar-day term, because its closed days were counted', () => {
    const deadline = compute('2026-11-20 10:00', { unit: 'calendar_day', value: 15 });
    expect(deadline).toMatchObject({
      workingDates: [],
      reasons: { movedFrom: '2026-12-05', passedOver: [{ date: '2026-12-05' }, { date: '2026-12-06' }] },
    });
  });

  it('lists days on the way that nobody has held against their document', () => {
    const deadline = compute('2026-08-28 10:00', { unit: 'working_day', value: 1 });
    expect(deadline).toMatchObject({ reasons: { doubtfulDates: ['2026-08-31', '2026-09-01', '2026-09-02'] } });
    expect(compute('2026-11-23 10:00', { unit: 'working_day', value: 1 })).toMatchObject({ reasons: { doubtfulDates: [] } });
  });

  it('knows the day counted on a make-up Saturday', () => {
    expect(compute('2026-01-09 10:00', { unit: 'working_day', value: 1 })).toMatchObject({ reasons: { makeUpDates: ['2026-01-10'] } });
  });
});

describe('a date set by hand', () => {
  const context = { receivedAt: instant('2026-11-20 10:00'), calendar: officeCalendar };

  it('keeps the minute and the reason', () => {
    const result = appointmentByHand(instant('2026-11-27 09:30:40'), ' hẹn theo văn bản của Sở ', context);
    if (!result.ok) throw new Error(result.error);
    expect(minuteText({ date: result.value.dueDate, minute: result.value.dueMinute })).toBe('2026-11-27 09:30');
    expect(result.value.dueAt).toBe(instant('2026-11-27 09:30'));
    expect(result.value.reasons.rule).toMatchObject({ by: 'hand', reason: 'hẹn theo văn bản của Sở', dueMoment: 'inHours' });
  });

  it('accepts a closed day as a fact to warn of', () => {
    const result = appointmentByHand(instant('2026-11-24 09:00'), 'lý do', context);
    expect(result).toMatchObject({ ok: true, value: { reasons: { rule: { dueMoment: 'closedDay', dueClosed: { because: 'closed' } } } } });
  });

  it('marks a date beyond the calendar', () => {
    expect(appointmentByHand(instant('2027-01-05 09:00'), 'lý do', context)).toMatchObject({ ok: true, value: { calendarUnconfirmed: true } });
  });

  it('accepts the minute of reception itself', () => {
    expect(appointmentByHand(instant('2026-11-20 10:00:00'), 'lý do', { ...context, receivedAt: instant('2026-11-20 10:00:30') }).ok).toBe(true);
  });

  it('refuses a blank reason', () => {
    expect(appointmentByHand(instant('2026-11-27 09:30'), '  ', context)).toEqual({ ok: false, error: 'deadlines.reasonMissing' });
  });

  it('refuses a time before the reception', () => {
    expect(appointmentByHand(instant('2026-11-20 09:59'), 'lý do', context)).toEqual({ ok: false, error: 'deadlines.beforeReception' });
  });
});

describe('early, on time, late', () => {
  const due = instant('2026-11-26 17:00');
  it.each([
    ['the day before is early', '2026-11-25 23:59', 'early'],
    ['the morning of the due day is on time, not early', '2026-11-26 07:00', 'onTime'],
    ['the evening of the due day is on time by date', '2026-11-26 23:59', 'onTime'],
    ['half past midnight after the due day is late', '2026-11-27 00:30', 'late'],
  ])('%s', (_name, finished, expected) => {
    expect(classifyCompletion(instant(finished), due)).toBe(expected);
  });

  it('counts a dossier without a due date as on time', () => {
    expect(classifyCompletion(instant('2026-11-26 07:00'), null)).toBe('onTime');
  });
});

describe('overdue and due today', () => {
  const due = instant('2026-11-26 17:00');
  it.each([
    ['the day before', '2026-11-25 23:59', false, false],
    ['the first minute of the due day', '2026-11-26 00:00', true, false],
    ['after closing of the due day: a finish now would still be on time', '2026-11-26 17:01', true, false],
    ['the last minute of the due day', '2026-11-26 23:59', true, false],
    ['the first minute after it', '2026-11-27 00:00', false, true],
  ])('%s', (_name, now, today, overdue) => {
    expect([isDueToday(due, instant(now)), isOverdue(due, instant(now))]).toEqual([today, overdue]);
  });

  it.each([
    ['17:00:59 prints as 17:00', '2026-11-26 17:00:59', false],
    ['17:01 is past the appointment', '2026-11-26 17:01', true],
  ])('%s', (_name, now, expected) => {
    expect(isPastAppointment(due, instant(now))).toBe(expected);
  });
});
