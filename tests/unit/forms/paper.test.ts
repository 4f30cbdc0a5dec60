import { describe, expect, test } from 'vitest';
import {
  longDateWords, shortDateWords, stampWords, timeOfAppointmentWords, timeOfReceptionWords, weekdayWords,
} from '../../../src-shared/forms/paper/date-words.ts';
import { qrSvg } from '../../../src-shared/forms/paper/qr-svg.ts';
import { lineCount, textWidthEm } from '../../../src-shared/forms/paper/text-width.ts';
import { officeInstant } from '../../../src-shared/lib/office-time.ts';

describe('dates on paper', () => {
  test('put a zero before days below 10 and before January and February only', () => {
    expect(longDateWords('2026-02-05')).toBe('ngày 05 tháng 02 năm 2026');
    expect(longDateWords('2026-03-15')).toBe('ngày 15 tháng 3 năm 2026');
    expect(longDateWords('2026-11-20')).toBe('ngày 20 tháng 11 năm 2026');
  });

  test('name the days of the week', () => {
    const week = ['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28'];
    expect(week.map(weekdayWords)).toEqual(['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy']);
  });

  test('are office time whatever the machine says', () => {
    const midnight = officeInstant('2026-11-21', 0);
    expect(timeOfReceptionWords(midnight)).toBe('0 giờ 00 phút');
    expect(timeOfAppointmentWords(midnight + 17 * 3_600_000)).toBe('17 giờ 00');
    expect(stampWords(midnight - 1)).toBe('20/11/2026 23:59');
    expect(shortDateWords('2026-01-02')).toBe('02/01/2026');
  });
});

describe('estimated width of text', () => {
  test('ignores accents and grows with the letters', () => {
    expect(textWidthEm('Ẫặ')).toBe(textWidthEm('Aa'));
    expect(textWidthEm('WWW')).toBeGreaterThan(textWidthEm('iii') * 3);
  });

  test('breaks between words, and inside a word only when it is longer than the line', () => {
    expect(lineCount('', 10)).toBe(1);
    expect(lineCount('một hai ba bốn', 100)).toBe(1);
    expect(lineCount('aaaa aaaa aaaa', textWidthEm('aaaa aaaa'))).toBe(2);
    expect(lineCount('a'.repeat(50), textWidthEm('a'.repeat(10)) + 0.001)).toBe(5);
  });
});

test('a QR symbol is drawn as black runs that cover exactly its dark modules', () => {
  const { markup } = qrSvg('MC1', 'Mã QR');
  expect(markup).toContain('viewBox="0 -4 21 29"');
  // The finder pattern at the top left: a run of seven modules in the first row.
  expect(markup).toContain('M0 0h7v1h-7z');
  expect(markup).not.toMatch(/stroke|gray|#[0-9a-f]{3}/i);
});
