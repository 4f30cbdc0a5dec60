import { expect, test } from 'vitest';
import { simulateWith } from './find-seeded-bugs.ts';
import { planOf } from './plan.ts';
import { bugsOutOfDate } from './product-as-loaded.ts';
import { SEEDED_BUGS } from './seeded-bugs.ts';

/** The short form of `npm run simulate`, in processes of their own, because chance and turns there follow the seed. */
test('a few runs are clean', { timeout: 300_000 }, async () => {
  const { isFound, lines } = await simulateWith(undefined, 5, 1);
  expect(isFound, lines).toBe(false);
  expect(lines).toContain('"runs":5');
});

/**
 * Found by the simulation, mended since: a log refused once was kept back for good; a refusal was shown although all was held; a
 * reception that counts no more stayed listed here and not there; so did a dossier whose erasure counted no more;
 * an erasure that came before what allows it was not carried out. 68: what desks write by themselves.
 */
test.for([13, 30, 49, 61, 68, 209])('seed %i, which once was not clean, is clean', { timeout: 300_000 }, async (seed) => {
  const { isFound, lines } = await simulateWith(undefined, 1, seed);
  expect(isFound, lines).toBe(false);
  expect(lines).toContain('"runs":1');
});

/** The tester itself: `npm run simulate -- --bugs` looks for all of them. */
test.for(['plainSequence', 'acknowledgedBeforeCommit', 'leansOnUnacknowledged'])('%s is found', { timeout: 300_000 }, async (bug) => {
  const { isFound, lines } = await simulateWith(bug, 10, 1);
  expect(isFound, lines).toBe(true);
});

test('frameNotShrunk is found: a frame that a thin link cannot carry never arrives', { timeout: 300_000 }, async () => {
  const { isFound, lines } = await simulateWith('frameNotShrunk', 1, 11);
  expect(isFound, lines).toBe(true);
});

test('every seeded bug is still a change of one place of the product', () => {
  expect(SEEDED_BUGS.length).toBeGreaterThanOrEqual(12);
  expect(bugsOutOfDate()).toEqual([]);
});

test('each run has acts and faults enough, of several kinds', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const { desks, steps } = planOf(seed);
    const faults = steps.filter(({ do: what }) => !['write', 'wish', 'keepCopy', 'revoke'].includes(what));
    expect(desks.length).toBeGreaterThanOrEqual(3);
    expect(steps.filter(({ do: what }) => what === 'write' || what === 'wish').length).toBeGreaterThanOrEqual(60);
    expect(faults.length).toBeGreaterThanOrEqual(10);
    expect(new Set(faults.map(({ do: what }) => what)).size).toBeGreaterThanOrEqual(4);
  }
});
