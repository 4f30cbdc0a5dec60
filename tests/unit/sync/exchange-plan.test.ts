import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeviceId } from '../../../src-shared/lib/ids.ts';
import { FRAME_BYTES_MAX } from '../../../src-shared/sync-protocol/limits.ts';
import { countFitting, fewerOperations, nextStretches, type LogStand } from '../../../src-node/sync-engine/exchange-plan.ts';
import { FRAME_BYTES_MIN, FRAME_BYTES_START, linkAfter, linkAfterFailure, startLink, type Moved } from '../../../src-node/sync-engine/frame-bytes.ts';

const device = (name: string) => name as DeviceId;
const log = (name: string, held: number, end: number): LogStand => ({ device: device(name), held, end });
const NONE = { own: device('own'), before: [], putAside: new Set<DeviceId>() };

describe('what goes next', () => {
  it('hands up what this desk wrote before what others wrote', () => {
    const next = nextStretches([log('a', 0, 3), log('own', 4, 9), log('b', 1, 2)], NONE);
    expect(next.map((one) => [one.device, one.after, one.end, one.isOwn])).toEqual([['own', 4, 9, true], ['a', 0, 3, false], ['b', 1, 2, false]]);
  });

  it('hands up nothing that is held, nor what the server has refused', () => {
    expect(nextStretches([log('own', 9, 9), log('a', 5, 3), log('b', 0, 2)], { ...NONE, putAside: new Set([device('b')]) })).toEqual([]);
  });

  it('tells a server that does not know this device of those it follows first, the oldest first', () => {
    const next = nextStretches([log('own', 0, 2), log('a', 0, 1), log('old', 0, 5), log('older', 0, 5)], { ...NONE, before: [device('older'), device('old')] });
    expect(next.map((one) => one.device)).toEqual(['older', 'old', 'own', 'a']);
  });

  it('takes at least one operation, and no more than fit', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 50 }), fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 40 }), (sizes, bytesMax, operationsMax) => {
        const count = countFitting(sizes, bytesMax, operationsMax);
        const sum = sizes.slice(0, count).reduce((a, b) => a + b, 0);
        expect(count).toBeGreaterThan(0);
        expect(count === 1 || (sum <= bytesMax && count <= operationsMax)).toBe(true);
        // And no fewer than would fit.
        expect(count === sizes.length || count >= operationsMax || sum + sizes[count]! > bytesMax).toBe(true);
      }),
    );
  });

  it('ends at one operation however badly they pack', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 500 }), fc.integer({ min: 1, max: 100_000 }), (start, bytesMax) => {
        for (let count = start; count > 1;) {
          const fewer = fewerOperations(count, bytesMax + 1, bytesMax);
          expect(fewer).toBeGreaterThan(0);
          expect(fewer).toBeLessThan(count);
          count = fewer;
        }
      }),
    );
  });
});

describe('the size of frames', () => {
  const moved = fc.record({ bytes: fc.integer({ min: 0, max: 20_000_000 }), ms: fc.integer({ min: 0, max: 3_600_000 }) });
  const outcome = fc.option(moved, { nil: 'failed' as const });
  const frameBytesAfter = (bytes: number, what: Moved) => linkAfter({ ...startLink(), frameBytes: bytes }, what).frameBytes;
  const frameBytesAfterFailure = (bytes: number) => linkAfterFailure({ ...startLink(), frameBytes: bytes }, false).frameBytes;
  const after = (bytes: number, what: typeof outcome extends fc.Arbitrary<infer T> ? T : never) => (what === 'failed' ? frameBytesAfterFailure(bytes) : frameBytesAfter(bytes, what));

  it('is never nothing, never over the cap, never more than twice the last', () => {
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 60 }), (outcomes) => {
        outcomes.reduce((bytes, what) => {
          const next = after(bytes, what);
          expect(next).toBeGreaterThanOrEqual(FRAME_BYTES_MIN);
          expect(next).toBeLessThanOrEqual(Math.min(FRAME_BYTES_MAX, bytes * 2));
          return next;
        }, FRAME_BYTES_START);
      }),
    );
  });

  it('is the smallest after six failures, wherever it stood', () => {
    fc.assert(
      fc.property(fc.array(moved, { maxLength: 20 }), (outcomes) => {
        let bytes = outcomes.reduce(frameBytesAfter, FRAME_BYTES_START);
        for (let failures = 0; failures < 6; failures += 1) bytes = frameBytesAfterFailure(bytes);
        expect(bytes).toBe(FRAME_BYTES_MIN);
      }),
    );
  });

  it('settles where an exchange takes four seconds', () => {
    for (const bytesPerSecond of [2_000, 8_000, 16_000]) {
      let bytes = FRAME_BYTES_START;
      for (let round = 0; round < 10; round += 1) bytes = frameBytesAfter(bytes, { bytes, ms: (bytes / bytesPerSecond) * 1_000 });
      expect(bytes).toBe(Math.min(bytesPerSecond * 4, FRAME_BYTES_MAX));
    }
  });

  it('learns nothing from an exchange that carried next to nothing', () => {
    expect(frameBytesAfter(40_000, { bytes: 600, ms: 900 })).toBe(40_000);
  });
});
