import path from 'node:path';
import { median, percentile, type Figure } from './measure/figure.ts';
import { openDiskSync, type DiskSync } from './measure/disk-sync.ts';
import { countWalFrames, WAL_FRAME_BYTES } from './measure/wal-frames.ts';
import { copyOffice, officeOf } from './office/cached-office.ts';
import { makeReception, type Reception } from './office/receptions.ts';
import { startOffice, type RunningOffice } from './office/running-office.ts';
import { createChance, type Chance } from './office/seeded-chance.ts';
import type { BenchRun } from './measure/bench-run.ts';

/** How long does a citizen wait for the core, compared with what the disk itself needs for the same bytes? */
const WARM_UP = 300;
const REPETITIONS = 5;
const RECEPTIONS_PER_REPETITION = 150;

export async function benchReceive({ rows, tell }: BenchRun): Promise<Figure[]> {
  return [...(await compareWithDisk(rows ?? 100_000, tell)), await growth(rows ?? 1_000_000, tell)];
}

async function compareWithDisk(rows: number, tell: (line: string) => void): Promise<Figure[]> {
  const copy = copyOffice(await officeOf(rows, tell));
  const office = await startOffice(copy);
  const chance = createChance(20);
  const disk = openDiskSync(path.dirname(office.databaseFile));
  try {
    const bytes = await warmUp(office, chance, disk);
    const samples = { http: [] as number[], core: [] as number[], disk: [] as number[] };
    for (let repetition = 0; repetition < REPETITIONS; repetition += 1) {
      for (let index = 0; index < RECEPTIONS_PER_REPETITION; index += 1) {
        samples.http.push(await receive(office, chance));
        samples.core.push(await office.receiveInCore(nextReception(office, chance)));
        samples.disk.push(disk.measure(bytes));
      }
      tell(`repetition ${repetition + 1}: HTTP ${median(samples.http).toFixed(3)} ms, core ${median(samples.core).toFixed(3)} ms, disk ${median(samples.disk).toFixed(3)} ms`);
    }
    const raw = median(samples.disk);
    const figure = (metric: string, value: number, unit: string, target: number | null): Figure => ({ bench: 'receive', metric, value, unit, target, better: 'less', rows });
    return [
      figure('walBytes', bytes, 'bytes', null),
      figure('fdatasyncP50', raw, 'ms', null),
      figure('p50Ms', median(samples.http), 'ms', null),
      figure('ratioFdatasyncP50', median(samples.http) / raw, 'ratio', 4),
      figure('coreP50Ms', median(samples.core), 'ms', null),
      figure('coreRatioFdatasyncP50', median(samples.core) / raw, 'ratio', 2.5),
      figure('p99Ms', percentile(samples.http, 0.99), 'ms', 25),
    ];
  } finally {
    disk.close();
    await office.stop();
    copy.remove();
  }
}

/** Receives until the code is compiled, and learns how many bytes one reception adds to the write-ahead log. */
async function warmUp(office: RunningOffice, chance: Chance, disk: DiskSync): Promise<number> {
  const frames: number[] = [];
  for (let index = 0; index < WARM_UP; index += 1) {
    const before = countWalFrames(office.databaseFile);
    await receive(office, chance);
    await office.receiveInCore(nextReception(office, chance));
    const written = countWalFrames(office.databaseFile) - before;
    // A checkpoint in between lets the log begin again.
    if (written > 0) frames.push(written / 2);
    disk.measure(WAL_FRAME_BYTES);
  }
  return Math.round(median(frames) * WAL_FRAME_BYTES);
}

async function receive(office: RunningOffice, chance: Chance): Promise<number> {
  return (await office.call('dossiers.receive', nextReception(office, chance))).tookMs;
}

let received = 0;
/** Forms opened one after the other in the hours before, as citizens come: no two within one second. */
function nextReception(office: RunningOffice, chance: Chance): Reception {
  received += 1;
  return makeReception(chance, office.startMs - 7_200_000 + received * 1_000);
}

/** Turn and turn about at a new office and one with many years behind it. */
async function growth(rows: number, tell: (line: string) => void): Promise<Figure> {
  const small = copyOffice(await officeOf(1_000, tell));
  const large = copyOffice(await officeOf(rows, tell));
  const offices = [await startOffice(small), await startOffice(large)] as const;
  const samples: readonly [number[], number[]] = [[], []];
  const chance = createChance(21);
  for (let index = 0; index < WARM_UP + REPETITIONS * RECEPTIONS_PER_REPETITION; index += 1) {
    for (const which of [0, 1] as const) {
      const tookMs = await receive(offices[which], chance);
      if (index >= WARM_UP) samples[which].push(tookMs);
    }
  }
  tell(`p50 at 1000: ${median(samples[0]).toFixed(3)} ms, at ${rows}: ${median(samples[1]).toFixed(3)} ms`);
  for (const office of offices) await office.stop();
  for (const copy of [small, large]) copy.remove();
  return { bench: 'receive', metric: 'growth', value: median(samples[1]) / median(samples[0]), unit: 'ratio', target: 1.2, better: 'less', rows };
}
