import { describe, expect, it } from 'vitest';
import { officeInstant } from '../../../src-shared/lib/office-time.ts';
import {
  formatAgo, formatBytes, formatClock, formatDate, formatDayMonth, formatDue, formatIdNumber, formatInitials, formatInstant, formatLongDate,
  formatMinuteOfDay, formatMoney, formatNumber, formatPhone, formatShortCode, formatTime,
} from '../../../src-renderer/text/format.ts';

const NOW = officeInstant('2026-11-20', 15 * 60 + 12);

describe('formats', () => {
  it('writes dates and times in office time', () => {
    expect(formatDate('2026-11-03')).toBe('03/11/2026');
    expect(formatDayMonth('2026-11-03')).toBe('03/11');
    expect(formatLongDate('2026-11-23')).toBe('thứ Hai 23/11/2026');
    expect(formatLongDate('2026-11-22')).toBe('Chủ nhật 22/11/2026');
    expect(formatTime(Date.UTC(2026, 10, 20, 17, 30))).toBe('00:30');
    expect(formatInstant(NOW)).toBe('20/11 15:12');
    expect(formatClock(NOW)).toBe('15:12 · Thứ Sáu 20/11');
    expect(formatMinuteOfDay(450)).toBe('07:30');
  });

  it('writes numbers with points and a decimal comma', () => {
    expect(formatNumber(0)).toBe('0');
    expect(formatNumber(999)).toBe('999');
    expect(formatNumber(1846)).toBe('1.846');
    expect(formatNumber(1_234_567)).toBe('1.234.567');
    expect(formatNumber(-1500)).toBe('-1.500');
    expect(formatNumber(9.4)).toBe('9,4');
    expect(formatMoney(6000)).toBe('6.000\u00a0đ');
    expect(formatBytes(9_400)).toBe('9,4\u00a0KB');
    expect(formatBytes(812)).toBe('812\u00a0B');
    expect(formatBytes(1_640_000)).toBe('1,6\u00a0MB');
    expect(formatBytes(41_000)).toBe('41\u00a0KB');
  });

  it('groups numbers that are read aloud', () => {
    expect(formatIdNumber('010094000123')).toBe('010 094 000 123');
    expect(formatPhone('0900000123')).toBe('0900 000 123');
    expect(formatShortCode('H99.27-261113-2003')).toBe('…261113-2003');
    expect(formatInitials('Nguyễn Thị Hạnh')).toBe('NH');
    expect(formatInitials('Đặng Văn Lâm')).toBe('ĐL');
    expect(formatInitials('Páo')).toBe('P');
  });

  it('says how near a due time is', () => {
    const due = (date: string, minute = 17 * 60) => formatDue(officeInstant(date, minute), NOW);
    expect(due('2026-11-18')).toEqual({ tone: 'over', words: 'Quá hạn 2 ngày' });
    expect(due('2026-11-20')).toEqual({ tone: 'today', words: 'Hôm nay, 17:00' });
    expect(due('2026-11-20', 15 * 60)).toEqual({ tone: 'over', words: 'Quá hạn từ 15:00' });
    expect(due('2026-11-21')).toEqual({ tone: 'early', words: 'Ngày mai, 17:00' });
    expect(due('2026-11-23')).toEqual({ tone: 'early', words: 'Thứ Hai 23/11' });
  });

  it('does not call a term over within the minute that is printed', () => {
    const dueMs = officeInstant('2026-11-20', 17 * 60);
    expect(formatDue(dueMs, dueMs + 59_999).tone).toBe('today');
    expect(formatDue(dueMs, dueMs + 60_000).tone).toBe('over');
  });

  it('says how long ago something was', () => {
    expect(formatAgo(NOW - 30_000, NOW)).toBe('vừa xong');
    expect(formatAgo(NOW - 12 * 60_000, NOW)).toBe('12 phút trước');
    expect(formatAgo(NOW - 30 * 3_600_000, NOW)).toBe('1 ngày trước');
    expect(formatAgo(NOW + 5_000, NOW)).toBe('vừa xong');
  });
});
