import { expect, test } from 'vitest';
import { addDays, type IsoDate } from '../../src-shared/lib/office-time.ts';
import { runNumbers } from './number-run.ts';
import { createChance } from './seeded-chance.ts';

/** `MOTCUA_LONG=1` runs every day of more than a year; otherwise the days around two New Years, with more accidents a day. */
const isLong = process.env['MOTCUA_LONG'] === '1';
const seed = Number(process.env['MOTCUA_SEED'] ?? 20_261_220);

const daysFrom = (first: IsoDate, count: number): IsoDate[] => Array.from({ length: count }, (_, day) => addDays(first, day));
const SHORT_DAYS = [...daysFrom('2026-12-31', 3), '2027-06-14', ...daysFrom('2027-12-31', 3)];

test('twenty desks that never meet give no number twice and leave no hole, over two New Years and every accident', async () => {
  const startedMs = performance.now();
  const days = isLong ? daysFrom('2026-12-20', 400) : SHORT_DAYS;
  const { findings, tally, office } = await runNumbers({ chance: createChance(seed), desks: 20, days, accident: isLong ? 0.01 : 0.15, receptionsPerDayMax: isLong ? 4 : 3 });
  await office.end();
  process.stdout.write(`${JSON.stringify({ run: 'numbers', seed, desks: 20, days: days.length, ...tally, seconds: Math.round((performance.now() - startedMs) / 1_000) })}\n`);
  expect(findings, `seed ${seed}`).toEqual({ duplicates: [], gaps: [], faults: [], missing: [] });
  // Each of these must have happened, or the run proved nothing about it.
  for (const [what, count] of Object.entries(tally)) expect(count, `${what}, seed ${seed}`).toBeGreaterThan(0);
}, isLong ? 3_600_000 : 300_000);
