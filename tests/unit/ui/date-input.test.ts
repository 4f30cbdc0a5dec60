import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { parseDateInput } from '../../../src-shared/lib/date-input.ts';
import { addDays } from '../../../src-shared/lib/office-time.ts';

const TODAY = '2026-11-20';

function read(text: string, direction: 'past' | 'future' = 'past'): string {
  const result = parseDateInput(text, TODAY, direction);
  return result.ok ? result.value.date : result.error;
}

describe('a typed date', () => {
  it.each([
    ['3/11', '2026-11-03'],
    ['03/11', '2026-11-03'],
    ['0311', '2026-11-03'],
    ['3-11', '2026-11-03'],
    ['3.11', '2026-11-03'],
    ['3 11', '2026-11-03'],
    ['  3 / 11 ', '2026-11-03'],
    ['03112026', '2026-11-03'],
    ['3/11/2026', '2026-11-03'],
    ['2026-11-03', '2026-11-03'],
    ['031194', '1994-11-03'],
    ['3/11/94', '1994-11-03'],
    ['3/11/26', '2026-11-03'],
    ['12/03/1994', '1994-03-12'],
  ])('reads %s as %s', (text, date) => {
    expect(read(text)).toBe(date);
  });

  it('takes today itself as the most recent past day', () => {
    expect(read('20/11')).toBe('2026-11-20');
  });

  it('takes last year for a day that has not come yet this year', () => {
    expect(read('21/11')).toBe('2025-11-21');
    expect(read('31/12')).toBe('2025-12-31');
    expect(read('1/1/27')).toBe('1927-01-01');
  });

  it('looks forward for appointments, today included', () => {
    expect(read('21/11', 'future')).toBe('2026-11-21');
    expect(read('20/11', 'future')).toBe('2026-11-20');
    expect(read('19/11', 'future')).toBe('2027-11-19');
    expect(read('3/1', 'future')).toBe('2027-01-03');
  });

  it('finds the last leap year for 29/2', () => {
    expect(read('29/2')).toBe('2024-02-29');
    expect(parseDateInput('29/2', '1903-05-01')).toMatchObject({ ok: true, value: { date: '1896-02-29' } });
  });

  it('tells a day that does not exist from text that is no date', () => {
    expect(read('31/02/2026')).toBe('date.impossible');
    expect(read('31/4')).toBe('date.impossible');
    expect(read('0013')).toBe('date.impossible');
    expect(read('00001994')).toBe('date.impossible');
    expect(read('ba mươi')).toBe('date.unreadable');
    expect(read('311')).toBe('date.unreadable');
    expect(read('3/11/202')).toBe('date.unreadable');
    expect(read('1/2/3/4')).toBe('date.unreadable');
    expect(read('   ')).toBe('date.empty');
  });

  it('says when it has added something', () => {
    expect(parseDateInput('3/11', TODAY)).toEqual({ ok: true, value: { date: '2026-11-03', isCompleted: true } });
    expect(parseDateInput('03112026', TODAY)).toEqual({ ok: true, value: { date: '2026-11-03', isCompleted: false } });
  });

  it('reads back every day of the last year from its day and month', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 364 }), (daysAgo) => {
      const date = addDays(TODAY, -daysAgo);
      expect(read(`${date.slice(8)}${date.slice(5, 7)}`)).toBe(date);
      expect(read(`${Number(date.slice(8))}/${Number(date.slice(5, 7))}`)).toBe(date);
    }));
  });
});
