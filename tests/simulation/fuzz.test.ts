import { expect, it } from 'vitest';
import { runFuzz } from './fuzz/fuzz-series.ts';

/** The long form is `npm run test:fuzz`; what it says of 100,000 stands in docs/RELIABILITY.md. */
it.each([500, 900])('holds every promise to hostile inputs, most of which reach the fold (seed %d)', async (seed) => {
  const report = await runFuzz({ runs: 80, seed, tell: () => undefined });
  expect(report.findings).toEqual([]);
  expect(report.unsigned).toBeGreaterThan(2);
  expect(report.unsignedAccepted).toBe(0);
  expect(report.signedFolded * 2).toBeGreaterThan(report.signed);
});
