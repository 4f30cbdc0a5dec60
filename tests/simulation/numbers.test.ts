import { expect, test } from 'vitest';
import { addDays, type IsoDate } from '../../src-shared/lib/office-time.ts';
import { isLongRun } from '../helpers/long-run.ts';
import { runNumbers } from './number-run.ts';
import { createChance } from './seeded-chance.ts';

const seed = Number(process.env['MOTCUA_SEED'] ?? 20_261_220);

const daysFrom = (first: IsoDate, count: number): IsoDate[] => Array.from({ length: count }, (_, day) => addDays(first, day));
/** Days around two New Years and one between, with more accidents a day; the long run takes every day of more than a year. */
const SHORT_DAYS = [...daysFrom('2026-12-31', 2), '2027-06-14', ...daysFrom('2027-12-31', 2)];

test('twenty desks that never meet give no number twice and leave no hole, over two New Years and every accident', async () => {
  const startedMs = performance.now();
  const days = isLongRun ? daysFrom('2026-12-20', 400) : SHORT_DAYS;
  const { findings, tally, office } = await runNumbers({ chance: createChance(seed), desks: 20, days, accident: isLongRun ? 0.01 : 0.15, receptionsPerDayMax: isLongRun ? 4 : 3 });
  await office.end();
  process.stdout.write(`${JSON.stringify({ run: 'numbers', seed, desks: 20, days: days.length, ...tally, seconds: Math.round((performance.now() - startedMs) / 1_000) })}\n`);
  expect(findings, `seed ${seed}`).toEqual({ duplicates: [], gaps: [], faults: [], missing: [] });
  // Each of these must have happened, or the run proved nothing about it.
  for (const [what, count] of Object.entries(tally)) expect(count, `${what}, seed ${seed}`).toBeGreaterThan(0);
}, isLongRun ? 3_600_000 : 300_000);
