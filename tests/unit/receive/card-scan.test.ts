import { describe, expect, it } from 'vitest';
import { createScanReader } from '../../../src-renderer/client/card-scan.ts';

function readKeys(keys: readonly string[], gapMs: number) {
  const told: string[] = [];
  let atMs = 0;
  const reader = createScanReader({ mayBegin: () => told.push('digit'), begun: (text) => told.push(`begun ${text}`), ended: () => told.push('ended') });
  const taken = keys.map((key) => {
    atMs += gapMs;
    return reader.onKey(key, atMs);
  });
  return { told, taken, reader };
}

describe('a scanner among the keys', () => {
  it('is known by its ID number and bar, at any speed, and takes all that follows until Enter', () => {
    for (const gapMs of [1, 30, 200]) {
      const { told, taken } = readKeys([...'010094000123|', 'Shift', 'G', 'i', '1', 'Enter', 'x'], gapMs);
      expect(told.filter((what) => what !== 'digit')).toEqual(['begun 010094000123|', 'ended']);
      expect(taken.slice(12)).toEqual([true, true, true, true, true, true, false]);
    }
  });

  it('leaves every digit to the field before it knows', () => {
    const { taken, told } = readKeys([...'010094000123'], 10);
    expect(taken).not.toContain(true);
    expect(told).toHaveLength(12);
  });

  it('takes only its own twelve digits when a number was typed just before', () => {
    const { told } = readKeys([...'0900000123010094000123|'], 50);
    expect(told.at(-1)).toBe('begun 010094000123|');
  });

  it('is not seen in a number that was left by Enter, in a short number, or in words', () => {
    for (const keys of [[...'010094000123', 'Enter', '|'], [...'12345678|'], [...'Lò|'], [...'010094000123a|']]) {
      expect(readKeys(keys, 20).told.filter((what) => what !== 'digit')).toEqual([]);
    }
  });

  it('ends by silence where the scanner sends no Enter', () => {
    const { told, reader } = readKeys([...'010094000123|A'], 20);
    reader.onSilence();
    expect(told.at(-1)).toBe('ended');
  });
});
