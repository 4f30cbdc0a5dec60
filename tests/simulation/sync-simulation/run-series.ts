import { readFileSync, existsSync, writeFileSync } from 'node:fs';
import '../../../src-main/core/features/sync/frame-worker.ts';
import { addFigures, emptyFigures, type Figures } from './figures.ts';
import { makeOfficeTemplate, type OfficeTemplate } from './office-template.ts';
import { planOf, type Plan } from './plan.ts';
import { runSimulation } from './run-simulation.ts';
import { seedProcess } from './seeded-process.ts';

export interface SeriesOptions {
  readonly runs: number;
  readonly seed: number;
  /** What was seen so far is written there, and gone on from. */
  readonly out: string | undefined;
  readonly shrinks: boolean;
  readonly say: (line: string) => void;
}

interface Kept {
  nextSeed: number;
  figures: Figures;
  seconds: number;
  failing: { seed: number; findings: readonly string[] }[];
}

const KEEP_EACH_RUNS = 20;

/** Runs of one seed behind the other; ends at the first that is not clean, unless they are counted into a file. */
export async function runSeries({ runs, seed, out, shrinks, say }: SeriesOptions): Promise<boolean> {
  seedProcess(0);
  const template = await makeOfficeTemplate();
  const kept: Kept = out !== undefined && existsSync(out) ? (JSON.parse(readFileSync(out, 'utf8')) as Kept) : { nextSeed: seed, figures: emptyFigures(), seconds: 0, failing: [] };
  const begunMs = performance.now() - kept.seconds * 1_000;
  const keep = () => {
    kept.seconds = (performance.now() - begunMs) / 1_000;
    if (out !== undefined) writeFileSync(out, `${JSON.stringify(kept, null, 1)}\n`);
  };
  while (kept.nextSeed < seed + runs) {
    const plan = planOf(kept.nextSeed);
    const { findings, figures } = await runSimulation(template, plan);
    addFigures(kept.figures, figures);
    kept.nextSeed += 1;
    if (findings.length > 0) {
      kept.failing.push({ seed: plan.seed, findings });
      say(JSON.stringify({ seed: plan.seed, findings }, null, 1));
      if (out === undefined) {
        say(`steps: ${tell(shrinks ? await shrink(template, plan) : plan)}`);
        break;
      }
    }
    if (kept.nextSeed % KEEP_EACH_RUNS === 0) keep();
  }
  keep();
  say(JSON.stringify({ run: 'simulate', ...rounded(kept.figures), seconds: Math.round(kept.seconds), failing: kept.failing.map((one) => one.seed) }));
  return kept.failing.length === 0;
}

function rounded(figures: Figures): Figures {
  return { ...figures, virtualMinutes: Math.round(figures.virtualMinutes), healMinutesMax: Math.round(figures.healMinutesMax) };
}

function tell({ desks, steps }: Plan): string {
  return JSON.stringify({ desks, steps });
}

const SHRINKS_MAX = 150;

/** Fewer steps that still fail, by leaving out ever smaller parts. */
async function shrink(template: OfficeTemplate, plan: Plan): Promise<Plan> {
  let least = plan;
  let tries = 0;
  for (let size = least.steps.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at < least.steps.length && tries < SHRINKS_MAX; tries += 1) {
      const fewer = { ...least, steps: least.steps.toSpliced(at, size) };
      const { findings } = await runSimulation(template, fewer);
      if (findings.length > 0) least = fewer;
      else at += size;
    }
  }
  return least;
}
