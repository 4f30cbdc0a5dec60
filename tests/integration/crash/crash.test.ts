/** The short form of `npm run test:crash`, so that every change meets it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runKillSeries, type Series } from '../../simulation/kill-series.ts';
import { buildLostWriteLayer } from '../../simulation/lost-write/lost-write-layer.ts';
import { runLostWriteSeries } from '../../simulation/lost-write/lost-write-series.ts';
import { runSmallWriter } from '../../simulation/lost-write/small-writer-series.ts';
import { createChance } from '../../simulation/seeded-chance.ts';

const SEED = Date.now() % 1_000_000;
const TIMEOUT_MS = 240_000;

/** The seed goes along, so that a failure can be repeated. */
function expectClean({ findings, model }: Series): void {
  const { lost, duplicates, torn, faults } = findings;
  expect({ seed: SEED, lost, duplicates, torn, faults }).toEqual({ seed: SEED, lost: [], duplicates: [], torn: [], faults: [] });
  expect(model.acknowledged).toBeGreaterThan(0);
  expect(findings.checked).toBeGreaterThan(model.dossiers.length / 2);
}

describe('a core that is killed while it works', () => {
  it('keeps all it acknowledged, does nothing twice, and takes up its numbers without a gap', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'motcua-crash-'));
    const series = await runKillSeries({
      place: { dataDir: path.join(folder, 'data'), stateDir: path.join(folder, 'state') },
      kills: 8,
      chance: createChance(SEED),
      modes: ['anyMoment', 'inFlight', 'atStep'],
      counters: 4,
      startKillProbability: 0.1,
    });
    rmSync(folder, { recursive: true });
    expectClean(series);
  }, TIMEOUT_MS);
});

const layer = buildLostWriteLayer();

describe.skipIf('whyNot' in layer)('writes that were not synced when the power went', () => {
  const library = 'library' in layer ? layer.library : '';
  const chance = createChance(SEED + 1);

  it('are none that were acknowledged, as the product runs', async () => {
    expectClean(await runLostWriteSeries({ library, chance, kills: 2, synchronous: 'FULL', forgets: 'dataOnly', workMs: [200, 600] }));
    expect((await runSmallWriter({ library, chance, kills: 2, synchronous: 'FULL' })).lost).toBe(0);
  }, TIMEOUT_MS);

  it('would be acknowledged work if commits were not synced, or this test could not fail', async () => {
    const { findings } = await runLostWriteSeries({ library, chance, kills: 4, synchronous: 'NORMAL', forgets: 'everything', startKillProbability: 0, workMs: [800, 1_600] });
    expect(findings.lost.length).toBeGreaterThan(0);
    expect((await runSmallWriter({ library, chance, kills: 2, synchronous: 'NORMAL' })).lost).toBeGreaterThan(0);
  }, TIMEOUT_MS);
});
