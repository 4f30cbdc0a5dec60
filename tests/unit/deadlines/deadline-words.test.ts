import { describe, expect, it } from 'vitest';
import { pauseClock, resumeClock } from '../../../src-shared/domain/deadlines/clock-stop.ts';
import { dayInWords } from '../../../src-shared/domain/deadlines/day-words.ts';
import { appointmentByHand, computeDeadline, defaultDeadlineSettings } from '../../../src-shared/domain/deadlines/deadline.ts';
import type { ClockUnit } from '../../../src-shared/domain/deadlines/deadline.ts';
import { explainDeadline, explainDoubtfulDays, termOnReceipt } from '../../../src-shared/domain/deadlines/deadline-words.ts';
import type { Term } from '../../../src-shared/domain/procedures/term.ts';
import { instant, officeCalendar } from './office-calendars.ts';

const sameDay: Term = { unit: 'same_day', cutOffMinute: 900 };

function explain(received: string, term: Term | null): string {
  const receivedAt = instant(received);
  return explainDeadline(computeDeadline({ receivedAt, term, calendar: officeCalendar, settings: defaultDeadlineSettings }), 'chị');
}

describe('the sentences of the wording list', () => {
  it('12: after 15:00', () => {
    expect(explain('2026-11-20 15:12', sameDay)).toBe('Nhận lúc 15:12, sau 15 giờ, nên trả vào ngày làm việc tiếp theo. Thứ Bảy và Chủ nhật nghỉ.');
  });

  it('13: a holiday in the term', () => {
    expect(explain('2026-11-20 10:00', { unit: 'working_day', value: 3 })).toBe(
      '3 ngày làm việc: 23/11, 25/11, 26/11. Thứ Ba 24/11 nghỉ Ngày Văn hóa Việt Nam.',
    );
  });

  it('14: an unknown term', () => {
    const sentence = 'Danh mục không ghi rõ thời hạn. Chị chọn ngày hẹn theo văn bản của thủ tục.';
    expect(explain('2026-11-20 10:00', { unit: 'unknown', note: 'không có đơn vị' })).toBe(sentence);
    expect(explain('2026-11-20 10:00', null)).toBe(sentence);
  });

  it('15: the calendar ends', () => {
    expect(explain('2026-12-31 15:01', sameDay)).toBe(
      'Nhận lúc 15:01, sau 15 giờ, nên trả vào ngày làm việc tiếp theo. Thứ Bảy và Chủ nhật nghỉ. ' +
        'Thứ Sáu 01/01/2027 nghỉ Tết Dương lịch. Lịch nghỉ chỉ có đến 31/12/2026. Ngày hẹn này cần chị xem lại.',
    );
  });
});

describe('other results in words', () => {
  it.each([
    ['same day', '2026-11-20 15:00', sameDay, 'Nhận lúc 15:00, chưa quá 15 giờ, nên trả trong ngày.'],
    [
      'same day received on a holiday',
      '2026-11-24 09:00',
      sameDay,
      'Nhận thứ Ba 24/11, nghỉ Ngày Văn hóa Việt Nam, nên trả vào ngày làm việc tiếp theo.',
    ],
    [
      'before Tết',
      '2026-02-13 15:01',
      sameDay,
      'Nhận lúc 15:01, sau 15 giờ, nên trả vào ngày làm việc tiếp theo. Từ thứ Bảy 14/02 đến Chủ nhật 22/02 nghỉ Tết Nguyên đán.',
    ],
    [
      'while you wait',
      '2026-11-19 15:16',
      { unit: 'while_waiting', cutOffMinute: 900 },
      'Việc này làm xong trong lúc chờ. Nhận lúc 15:16, sau 15 giờ, nên hạn cuối là ngày làm việc tiếp theo.',
    ],
    ['a weekend without a holiday', '2026-11-27 10:00', { unit: 'working_day', value: 1 }, '1 ngày làm việc: 30/11. Thứ Bảy và Chủ nhật nghỉ.'],
    [
      'received on a Saturday',
      '2026-11-28 10:00',
      { unit: 'working_day', value: 1 },
      'Nhận thứ Bảy 28/11, ngày nghỉ, nên ngày đầu tính là thứ Hai 30/11. 1 ngày làm việc: 30/11. Chủ nhật nghỉ.',
    ],
    [
      'received after closing',
      '2026-11-19 17:20',
      { unit: 'working_day', value: 1 },
      'Nhận lúc 17:20, sau giờ làm việc, nên ngày đầu tính là thứ Sáu 20/11. 1 ngày làm việc: 20/11.',
    ],
    ['a make-up Saturday', '2026-01-09 10:00', { unit: 'working_day', value: 1 }, '1 ngày làm việc: 10/01. Thứ Bảy 10/01 làm bù.'],
    [
      'a long list',
      '2026-11-20 10:00',
      { unit: 'working_day', value: 27 },
      '27 ngày làm việc, từ thứ Hai 23/11 đến thứ Tư 30/12. Thứ Ba 24/11 nghỉ Ngày Văn hóa Việt Nam.',
    ],
    [
      'calendar days that end on a Saturday',
      '2026-11-20 10:00',
      { unit: 'calendar_day', value: 15 },
      '15 ngày, tính cả ngày nghỉ, từ 21/11 đến thứ Bảy 05/12. Ngày cuối là ngày nghỉ nên chuyển sang thứ Hai 07/12. Thứ Bảy và Chủ nhật nghỉ.',
    ],
    ['hours', '2026-11-20 09:10', { unit: 'hour', value: 1 }, '1 giờ làm việc, tính từ 09:10.'],
    ['hours from lunch', '2026-11-20 12:00', { unit: 'hour', value: 1 }, '1 giờ làm việc, tính từ 13:30.'],
    [
      'hours from the next day',
      '2026-11-23 17:00',
      { unit: 'hour', value: 1 },
      '1 giờ làm việc, tính từ 07:00 thứ Tư 25/11. Thứ Ba 24/11 nghỉ Ngày Văn hóa Việt Nam.',
    ],
  ] as const)('%s', (_name, received, term, sentence) => {
    expect(explain(received, term)).toBe(sentence);
  });

  it('a received date before the calendar begins says where it begins', () => {
    expect(explain('2023-12-28 09:00', { unit: 'working_day', value: 1 })).toContain('Lịch nghỉ chỉ có từ 01/01/2024.');
  });

  it('stays under 600 characters however long the term is', () => {
    for (const value of [1, 5, 6, 60, 300, 700, 999]) {
      expect(explain('2024-01-02 09:00', { unit: 'working_day', value }).length).toBeLessThanOrEqual(600);
    }
    const byHand = appointmentByHand(instant('2027-01-03 19:00'), 'x'.repeat(300), { receivedAt: instant('2026-11-20 09:00'), calendar: officeCalendar });
    if (!byHand.ok) throw new Error(byHand.error);
    expect(explainDeadline(byHand.value).length).toBeLessThanOrEqual(600);
  });
});

describe('dates set by hand in words', () => {
  const context = { receivedAt: instant('2026-11-20 10:00'), calendar: officeCalendar };
  it.each([
    ['2026-11-27 09:30', 'Ngày hẹn do chị chọn, lý do: theo văn bản của Sở.'],
    ['2026-11-24 09:30', 'Ngày hẹn do chị chọn, lý do: theo văn bản của Sở. Thứ Ba 24/11 nghỉ Ngày Văn hóa Việt Nam. Chị xem lại.'],
    ['2026-11-28 09:30', 'Ngày hẹn do chị chọn, lý do: theo văn bản của Sở. Thứ Bảy 28/11 là ngày nghỉ. Chị xem lại.'],
    ['2026-11-27 12:00', 'Ngày hẹn do chị chọn, lý do: theo văn bản của Sở. Lúc 12:00 cơ quan không làm việc. Chị xem lại.'],
  ])('%s: %s', (due, sentence) => {
    const result = appointmentByHand(instant(due), 'theo văn bản của Sở.', context);
    if (!result.ok) throw new Error(result.error);
    expect(explainDeadline(result.value, 'chị')).toBe(sentence);
  });
});

describe('resumed clocks in words', () => {
  it.each([
    ['working_day', '2026-11-26 17:00', '2026-11-20 15:00', '2026-11-23 09:00', 'Thời gian chờ không tính. Còn 3 ngày làm việc, chạy tiếp từ thứ Hai 23/11. Thứ Ba 24/11 nghỉ Ngày Văn hóa Việt Nam.'],
    ['calendar_day', '2026-12-07 17:00', '2026-11-25 10:00', '2026-12-01 09:00', 'Thời gian chờ không tính. Còn 12 ngày, chạy tiếp từ thứ Ba 01/12. Ngày cuối là ngày nghỉ nên chuyển sang thứ Hai 14/12. Chủ nhật nghỉ.'],
    ['working_minute', '2026-11-20 14:30', '2026-11-20 11:00', '2026-11-23 12:00', 'Thời gian chờ không tính. Còn 1 giờ 30 phút làm việc, chạy tiếp từ 13:30.'],
    ['working_day', '2026-11-26 17:00', '2026-11-26 10:00', '2026-11-30 09:00', 'Thời gian chờ không tính. Không còn ngày nào, chạy tiếp từ thứ Hai 30/11.'],
    ['working_day', '2026-11-26 17:00', '2026-11-27 10:00', '2026-11-30 09:00', 'Hồ sơ đã quá hạn trước khi dừng, nên giữ ngày hẹn cũ.'],
  ] as const)('%s due %s, stopped %s, resumed %s: %s', (unit: ClockUnit, due, stopped, resumed, sentence) => {
    const clock = pauseClock({ stoppedAt: instant(stopped), dueAt: instant(due), unit, calendar: officeCalendar });
    expect(explainDeadline(resumeClock(clock, instant(resumed), officeCalendar))).toBe(sentence);
  });
});

describe('days nobody has checked', () => {
  it('are named as a warning', () => {
    const deadline = computeDeadline({
      receivedAt: instant('2026-08-28 10:00'),
      term: { unit: 'working_day', value: 1 },
      calendar: officeCalendar,
      settings: defaultDeadlineSettings,
    });
    expect(explainDoubtfulDays(deadline)).toBe('Lịch nghỉ các ngày này chưa đối chiếu với văn bản: 31/08/2026, 01/09/2026, 02/09/2026.');
  });

  it('are silent when the days were checked or no date is known', () => {
    const settings = defaultDeadlineSettings;
    const receivedAt = instant('2026-11-23 10:00');
    expect(explainDoubtfulDays(computeDeadline({ receivedAt, term: sameDay, calendar: officeCalendar, settings }))).toBeNull();
    expect(explainDoubtfulDays(computeDeadline({ receivedAt, term: null, calendar: officeCalendar, settings }))).toBeNull();
  });
});

describe('the term on the receipt', () => {
  it.each([
    [{ unit: 'working_day', value: 3 }, '03 ngày làm việc'],
    [{ unit: 'working_day', value: 27 }, '27 ngày làm việc'],
    [{ unit: 'calendar_day', value: 15 }, '15 ngày'],
    [{ unit: 'hour', value: 1 }, '01 giờ làm việc'],
    [sameDay, 'Trong ngày; nhận sau 15 giờ thì trả vào ngày làm việc tiếp theo'],
    [{ unit: 'same_day', cutOffMinute: 930 }, 'Trong ngày; nhận sau 15 giờ 30 thì trả vào ngày làm việc tiếp theo'],
    [{ unit: 'while_waiting', cutOffMinute: 900 }, 'Trả ngay; nhận sau 15 giờ thì chậm nhất là ngày làm việc tiếp theo'],
    [{ unit: 'unknown', note: 'x' }, 'Chưa ghi rõ trong danh mục'],
  ] as const)('%o: %s', (term, words) => {
    expect(termOnReceipt(term)).toBe(words);
  });

  it('days are written with their weekday', () => {
    expect(dayInWords('2026-11-23')).toBe('thứ Hai 23/11/2026');
    expect(dayInWords('2026-11-22')).toBe('Chủ nhật 22/11/2026');
  });
});
