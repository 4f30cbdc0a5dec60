import { describe, expect, it } from 'vitest';
import {
  calendarPackSchema,
  defaultOfficeHours,
  officeCalendarSchema,
  officeHoursSchema,
  policeOfficeHours,
} from '../../../src-shared/domain/deadlines/calendar-pack.ts';
import {
  closingMinute,
  createCalendar,
  dayReason,
  fixedDateHolidays,
  isWorkingDay,
  nextWorkingDay,
  workingPeriods,
} from '../../../src-shared/domain/deadlines/calendar.ts';
import { addDays } from '../../../src-shared/lib/office-time.ts';
import { calendarWithDays, officeCalendar, pack, policeCalendar } from './office-calendars.ts';

function countWorkingDays(year: number): number {
  let count = 0;
  for (let date = `${year}-01-01`; date <= `${year}-12-31`; date = addDays(date, 1)) {
    if (isWorkingDay(officeCalendar, date)) count += 1;
  }
  return count;
}

describe('the shipped calendar 2024–2026', () => {
  it.each([
    [2024, 251],
    [2025, 250],
    [2026, 249],
  ])('has the published number of working days in %i', (year, expected) => {
    expect(countWorkingDays(year)).toBe(expected);
  });

  it('ends on 31/12/2026', () => {
    expect([pack.validFrom, pack.validTo]).toEqual(['2024-01-01', '2026-12-31']);
  });

  it('says of every day where it comes from and whether that was checked', () => {
    expect(pack.days.filter((day) => day.source === undefined || day.confirmed === undefined)).toEqual([]);
  });

  it('calls confirmed only the days whose document was read', () => {
    const confirmed = pack.days.filter((day) => day.confirmed).map((day) => day.date);
    expect(confirmed).toEqual([
      '2026-01-02', '2026-01-10',
      '2026-02-14', '2026-02-15', '2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20', '2026-02-21', '2026-02-22',
      '2026-11-24',
    ]);
  });

  it('works on the four make-up Saturdays only', () => {
    expect(pack.days.filter((day) => day.type === 'makeUpWorkingDay').map((day) => day.date)).toEqual([
      '2024-05-04', '2025-04-26', '2026-01-10', '2026-08-22',
    ]);
  });
});

describe('why a day is closed', () => {
  it.each([
    ['2026-11-21', 'Thứ Bảy'],
    ['2026-11-22', 'Chủ nhật'],
    ['2026-11-24', 'nghỉ Ngày Văn hóa Việt Nam'],
    ['2026-04-27', 'nghỉ bù Giỗ Tổ Hùng Vương'],
    ['2026-08-31', 'nghỉ bù dịp Quốc khánh'],
    ['2026-02-14', 'nghỉ Tết Nguyên đán'],
    ['2027-09-02', 'nghỉ Quốc khánh'],
    ['2026-11-23', null],
    ['2026-08-22', null],
  ])('%s: %s', (date, reason) => {
    expect(dayReason(officeCalendar, date)).toBe(reason);
  });
});

describe('beyond the calendar', () => {
  it('keeps the holidays with a fixed date', () => {
    expect(fixedDateHolidays(officeCalendar, 2027).map((day) => day.date)).toEqual([
      '2027-01-01', '2027-04-30', '2027-05-01', '2027-09-02', '2027-11-24',
    ]);
  });

  it('knows Ngày Văn hóa Việt Nam only from 2026', () => {
    expect(fixedDateHolidays(officeCalendar, 2025).map((day) => day.date)).not.toContain('2025-11-24');
    expect(isWorkingDay(officeCalendar, '2023-11-24')).toBe(true);
  });

  it('does not guess lunar holidays: mùng 1 of 2028 is an ordinary Wednesday here', () => {
    expect(isWorkingDay(officeCalendar, '2028-01-26')).toBe(true);
  });

  it('does not let fixed dates override published days inside the validity', () => {
    const withoutHoliday = createCalendar({ ...pack, days: [] }, { key: 'office', hours: defaultOfficeHours, days: [] });
    expect(isWorkingDay(withoutHoliday, '2026-11-24')).toBe(true);
  });
});

describe('hours', () => {
  it('are 07:00–11:30 and 13:30–17:00, eight hours, by default', () => {
    expect(workingPeriods(officeCalendar, '2026-11-23')).toEqual([{ from: 420, to: 690 }, { from: 810, to: 1_020 }]);
  });

  it('are empty on a closed day', () => {
    expect(workingPeriods(officeCalendar, '2026-11-24')).toEqual([]);
  });

  it('are those of a full day on a make-up Saturday, for the police too', () => {
    expect(closingMinute(officeCalendar, '2026-01-10')).toBe(1_020);
    expect(closingMinute(policeCalendar, '2026-01-10')).toBe(1_020);
    expect(closingMinute(policeCalendar, '2026-01-17')).toBe(690);
  });

  it('asking for the closing of a closed day is a broken promise', () => {
    expect(() => closingMinute(officeCalendar, '2026-11-24')).toThrow('closed');
  });
});

describe('an office of its own', () => {
  it('overrides the pack on the same date', () => {
    const calendar = calendarWithDays({ date: '2026-11-24', type: 'makeUpWorkingDay', name: 'trực' });
    expect(isWorkingDay(calendar, '2026-11-24')).toBe(true);
    expect(isWorkingDay(officeCalendar, '2026-11-24')).toBe(false);
  });

  it('that closes every day for ever is an error, not an endless loop', () => {
    const noHours = { byWeekday: [[], [], [], [], [], [], []], makeUpDay: defaultOfficeHours.makeUpDay };
    const calendar = createCalendar(pack, { key: 'office', hours: noHours, days: [] });
    expect(() => nextWorkingDay(calendar, '2026-11-20')).toThrow(RangeError);
  });
});

describe('a bad pack is refused whole, naming the place', () => {
  const day = { date: '2026-11-24', type: 'closed', name: 'Ngày Văn hóa Việt Nam' };
  const good = { id: 'calendar.vn', version: 1, validFrom: '2026-01-01', validTo: '2026-12-31', fixedDates: [], days: [day] };
  it('accepts the good one', () => {
    expect(calendarPackSchema.safeParse(good).success).toBe(true);
  });

  it.each([
    ['a date that does not exist', { ...good, days: [{ ...day, date: '2026-02-29' }] }, 'days.0.date'],
    ['a date outside the validity', { ...good, days: [{ ...day, date: '2027-01-01' }] }, 'days.0.date'],
    ['a date given twice', { ...good, days: [day, day] }, 'days.1.date'],
    ['an unknown type', { ...good, days: [{ ...day, type: 'halfDay' }] }, 'days.0.type'],
    ['a day without a name', { ...good, days: [{ ...day, name: ' ' }] }, 'days.0.name'],
    ['an unknown member', { ...good, days: [{ ...day, half: true }] }, 'days.0'],
    ['an end before the beginning', { ...good, days: [], validTo: '2025-12-31' }, 'validTo'],
    ['a version with a fraction', { ...good, version: 1.5 }, 'version'],
    ['a fixed date that no year has', { ...good, fixedDates: [{ monthDay: '02-30', name: 'x' }] }, 'fixedDates.0.monthDay'],
  ])('%s', (_name, value, path) => {
    const result = calendarPackSchema.safeParse(value);
    expect(result.error?.issues.map((issue) => issue.path.join('.'))).toContain(path);
  });
});

describe('hours an office may enter', () => {
  it.each([
    ['the default', defaultOfficeHours, true],
    ['with Saturday morning', policeOfficeHours, true],
    ['six weekdays', { ...defaultOfficeHours, byWeekday: defaultOfficeHours.byWeekday.slice(1) }, false],
    ['no weekday at all', { ...defaultOfficeHours, byWeekday: [[], [], [], [], [], [], []] }, false],
    ['a period that ends before it begins', { ...defaultOfficeHours, makeUpDay: [{ from: 600, to: 500 }] }, false],
    ['periods that touch', { ...defaultOfficeHours, makeUpDay: [{ from: 420, to: 690 }, { from: 690, to: 1_020 }] }, false],
    ['no hours on a make-up day', { ...defaultOfficeHours, makeUpDay: [] }, false],
  ])('%s', (_name, hours, accepted) => {
    expect(officeHoursSchema.safeParse(hours).success).toBe(accepted);
  });

  it('a local date entered twice is refused', () => {
    const day = { date: '2026-11-23', type: 'closed', name: 'lễ hội' } as const;
    expect(officeCalendarSchema.safeParse({ key: 'office', hours: defaultOfficeHours, days: [day, day] }).success).toBe(false);
    expect(officeCalendarSchema.safeParse({ key: 'office', hours: defaultOfficeHours, days: [day] }).success).toBe(true);
  });
});
