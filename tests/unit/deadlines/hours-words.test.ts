import { describe, expect, it } from 'vitest';
import { defaultOfficeHours, policeOfficeHours } from '../../../src-shared/domain/deadlines/calendar-pack.ts';
import { hoursInWords } from '../../../src-shared/domain/deadlines/hours-words.ts';

describe('hours in words', () => {
  it('joins days of the same hours and leaves days off out', () => {
    expect(hoursInWords(defaultOfficeHours)).toBe('thứ Hai đến thứ Sáu 07:00–11:30, 13:30–17:00');
    expect(hoursInWords(policeOfficeHours)).toBe('thứ Hai đến thứ Sáu 07:00–11:30, 13:30–17:00; thứ Bảy 07:00–11:30');
    const morning = [{ from: 450, to: 690 }];
    expect(hoursInWords({ byWeekday: [morning, [], morning, [], [], [], []] })).toBe('thứ Ba 07:30–11:30; Chủ nhật 07:30–11:30');
  });
});
