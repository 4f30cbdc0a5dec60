import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDigitPick, DIGIT_QUIET_MS } from '../../../src-renderer/ui/keyboard/digit-pick.ts';

describe('picking by digit', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function setupPick() {
    const picked: number[] = [];
    return { picked, digits: createDigitPick((digit) => picked.push(digit)) };
  }

  it('picks only after 80 ms without a following character', () => {
    const { picked, digits } = setupPick();
    expect(digits.onKey('3')).toBe(true);
    vi.advanceTimersByTime(79);
    expect(picked).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(picked).toEqual([3]);
  });

  it.each([5, 30, 79])('picks nothing from a card scanned at %d ms per character', (gapMs) => {
    const { picked, digits } = setupPick();
    for (const character of '010094000123|Giàng A Páo|12031994|Nam') {
      digits.onKey(character);
      vi.advanceTimersByTime(gapMs);
    }
    expect(digits.isBurst()).toBe(true);
    vi.advanceTimersByTime(1000);
    expect(picked).toEqual([]);
    expect(digits.isBurst()).toBe(false);
  });

  it('does not pick the digit that ends a burst of letters', () => {
    const { picked, digits } = setupPick();
    digits.onKey('a');
    vi.advanceTimersByTime(10);
    digits.onKey('1');
    vi.advanceTimersByTime(1000);
    expect(picked).toEqual([]);
  });

  it('picks again after a pause', () => {
    const { picked, digits } = setupPick();
    digits.onKey('1');
    vi.advanceTimersByTime(DIGIT_QUIET_MS);
    digits.onKey('0');
    vi.advanceTimersByTime(DIGIT_QUIET_MS);
    expect(picked).toEqual([1, 0]);
  });

  it('takes no notice of keys that are no characters', () => {
    const { picked, digits } = setupPick();
    digits.onKey('Shift');
    digits.onKey('2');
    digits.onKey('ArrowDown');
    vi.advanceTimersByTime(DIGIT_QUIET_MS);
    expect(picked).toEqual([2]);
  });

  it('forgets a waiting digit when the list loses the focus', () => {
    const { picked, digits } = setupPick();
    digits.onKey('2');
    digits.cancel();
    vi.advanceTimersByTime(1000);
    expect(picked).toEqual([]);
  });
});
