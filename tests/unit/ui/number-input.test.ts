import { describe, expect, it } from 'vitest';
import { groupDigits, onlyDigits, parseTimeInput, parseWholeNumber } from '../../../src-shared/lib/number-input.ts';

describe('a typed number', () => {
  it('groups an identity number and leaves an unfinished one readable', () => {
    expect(groupDigits('010094000123', [3, 3, 3, 3])).toBe('010 094 000 123');
    expect(groupDigits('01009', [3, 3, 3, 3])).toBe('010 09');
    expect(groupDigits('0101', [3])).toBe('010 1');
    expect(groupDigits('', [3])).toBe('');
    expect(onlyDigits('010 094-x12')).toBe('01009412');
  });

  it('takes the point as grouping, and a blank as no answer rather than zero', () => {
    expect(parseWholeNumber('6.000 đ')).toBe(6000);
    expect(parseWholeNumber('6000')).toBe(6000);
    expect(parseWholeNumber('0')).toBe(0);
    expect(parseWholeNumber('  ')).toBeUndefined();
    expect(parseWholeNumber('6,5')).toBeNull();
    expect(parseWholeNumber('-1')).toBeNull();
  });

  it('reads times as they are said and written', () => {
    expect(parseTimeInput('7')).toBe(420);
    expect(parseTimeInput('7:30')).toBe(450);
    expect(parseTimeInput('730')).toBe(450);
    expect(parseTimeInput('1715')).toBe(1035);
    expect(parseTimeInput('7h30')).toBe(450);
    expect(parseTimeInput('7 giờ 30')).toBe(450);
    expect(parseTimeInput('17 giờ')).toBe(1020);
    expect(parseTimeInput('')).toBeUndefined();
    expect(parseTimeInput('25:00')).toBeNull();
    expect(parseTimeInput('7:75')).toBeNull();
    expect(parseTimeInput('chiều')).toBeNull();
  });
});
