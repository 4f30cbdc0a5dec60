/** The kill series under the layer that forgets unsynced writes: with commits synced as they are, and without. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runKillSeries, type Series } from '../kill-series.ts';
import type { Chance } from '../seeded-chance.ts';
import { layerEnvironment } from './lost-write-layer.ts';

export interface LostWriteOptions {
  readonly library: string;
  readonly kills: number;
  readonly chance: Chance;
  /** FULL as the product runs; NORMAL by swallowing the sync of each commit, so that the product's own check stays. */
  readonly synchronous: 'FULL' | 'NORMAL';
  /**
   * `everything`: data folder and state folder lose what was not synced; `dataOnly`: the state folder keeps every byte, and
   * a third of the unsynced writes of the data folder reach the disk all the same.
   */
  readonly forgets: 'everything' | 'dataOnly';
  readonly startKillProbability?: number;
  readonly workMs?: readonly [number, number];
  readonly onKill?: (series: Series) => void;
}

export async function runLostWriteSeries(options: LostWriteOptions): Promise<Series> {
  const { library, chance, kills, forgets, synchronous } = options;
  const folder = mkdtempSync(path.join(tmpdir(), 'motcua-lost-'));
  const place = { dataDir: path.join(folder, 'data'), stateDir: path.join(folder, 'state') };
  mkdirSync(place.dataDir);
  const environment = layerEnvironment(library, {
    dirs: forgets === 'everything' ? [folder] : [place.dataDir],
    swallowCommitSyncs: synchronous === 'NORMAL',
    leakPercent: forgets === 'everything' ? 0 : 33,
    seed: chance.between(1, 1_000_000),
  });
  const { workMs, onKill, startKillProbability = 0.1 } = options;
  const wishes = { ...(workMs ? { workMs } : {}), ...(onKill ? { onKill } : {}) };
  try {
    return await runKillSeries({ place, kills, chance, environment, modes: workMs ? ['anyMoment'] : ['anyMoment', 'inFlight', 'atStep'], counters: 4, startKillProbability, ...wishes });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
