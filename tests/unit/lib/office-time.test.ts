import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIsoDate, officeDate } from '../../../src-shared/lib/office-time.ts';

describe('the day of an instant', () => {
  it('is a day with a name for every instant that an operation can hold, so that no forged one stops a fold', () => {
    for (const ms of [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 8.64e15, -8.64e15, 253_402_300_800_000, -62_167_219_200_001 - 25_200_000]) expect(isIsoDate(officeDate(ms))).toBe(true);
    expect([officeDate(Number.MAX_SAFE_INTEGER), officeDate(Number.MIN_SAFE_INTEGER)]).toEqual(['9999-12-31', '0000-01-01']);
    fc.assert(fc.property(fc.maxSafeInteger(), (ms) => isIsoDate(officeDate(ms))));
  });

  it('is the day in Viet Nam', () => {
    expect(officeDate(Date.UTC(2026, 10, 22, 16, 59, 59, 999))).toBe('2026-11-22');
    expect(officeDate(Date.UTC(2026, 10, 22, 17))).toBe('2026-11-23');
  });
});
