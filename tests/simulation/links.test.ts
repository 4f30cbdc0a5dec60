import { expect, test } from 'vitest';
import { LINKS } from '../../bench/links/link-profile.ts';
import { runLinkSeries } from './links/link-series.ts';
import { createChance } from './seeded-chance.ts';

/** Real processes: the short form of `npm run test:links`, which takes all links. */
const SEED = 20_261_127;

test('over a link as fast as the machine, with the server and both desks killed, everything arrives once', { timeout: 120_000 }, async () => {
  const outcome = await runLinkSeries({ profile: LINKS.loopback, chance: createChance(SEED), dossiers: 6, kills: 3, limitMs: 60_000 });
  expect(outcome.findings).toEqual([]);
  expect(outcome).toMatchObject({ dossiers: 12, serverKills: 1, deskKills: 2 });
});

test('over a slow link that is cut again and again, everything arrives once', { timeout: 300_000 }, async () => {
  const profile = { ...LINKS['3g'], outage: { kind: 'reset', upMs: 6_000, downMs: 2_000 } } as const;
  const outcome = await runLinkSeries({ profile, chance: createChance(SEED), dossiers: 4, kills: 1, limitMs: 240_000 });
  expect(outcome.findings).toEqual([]);
  expect(outcome.dossiers).toBe(8);
});
