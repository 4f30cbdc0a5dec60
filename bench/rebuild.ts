import { assert } from '../src-shared/lib/assert.ts';
import { listNextSubjects } from '../src-node/operations/operation-rows.ts';
import type { SubjectId } from '../src-shared/lib/ids.ts';
import { rebuildDesk } from '../src-main/core/features/system/rebuild-desk.ts';
import type { OpenDesk } from '../src-main/core/desk/open-desk.ts';
import { median, type Figure } from './measure/figure.ts';
import { copyOffice, officeOf } from './office/cached-office.ts';
import { signIn } from './office/core-calls.ts';
import { BENCH_PASSWORD, createRunningClock, openOffice } from './office/set-up-office.ts';
import type { BenchRun } from './measure/bench-run.ts';

/** How fast are all lists made again from the log? */
const DEFAULT_ROWS = 20_000;
const REPETITIONS = 5;
/** Of the raw limit; the rebuild cuts its own slices. */
const SUBJECTS_PER_SLICE = 2_000;

export async function benchRebuild({ rows = DEFAULT_ROWS, tell }: BenchRun): Promise<Figure[]> {
  const copy = copyOffice(await officeOf(rows, tell));
  const core = openOffice(copy.folder, createRunningClock(copy.endMs));
  try {
    await signIn(core, copy.officer, BENCH_PASSWORD);
    const desk = core.holder.desk();
    assert(desk, 'open after signing in');
    await rebuildOnce(desk);
    const samples = { rebuild: [] as number[], read: [] as number[] };
    for (let repetition = 0; repetition < REPETITIONS; repetition += 1) {
      samples.read.push(readOnce(desk));
      samples.rebuild.push(await rebuildOnce(desk));
      tell(`repetition ${repetition + 1}: ${samples.rebuild.at(-1)!.toFixed(0)} operations a second, reading alone ${samples.read.at(-1)!.toFixed(0)}`);
    }
    const figure = { bench: 'rebuild', unit: 'operations/s', better: 'more', rows } as const;
    return [
      { ...figure, metric: 'readOperationsPerSecond', value: median(samples.read), target: null },
      { ...figure, metric: 'opsPerSecond', value: median(samples.rebuild), target: 20_000 },
    ];
  } finally {
    await core.close();
    copy.remove();
  }
}

async function rebuildOnce(desk: OpenDesk): Promise<number> {
  const begun = performance.now();
  const rebuilt = await rebuildDesk(desk);
  assert(rebuilt.ok, 'a rebuild comes to its end');
  return rebuilt.value.operations / ((performance.now() - begun) / 1_000);
}

/** The raw limit: every operation of every subject read, nothing made of it. */
function readOnce({ db, log }: OpenDesk): number {
  const begun = performance.now();
  let operations = 0;
  for (let after: SubjectId | null = null; ; ) {
    const subjects = listNextSubjects(db, log.names, after, SUBJECTS_PER_SLICE);
    if (subjects.length === 0) break;
    for (const read of subjects) operations += read.length;
    after = subjects.at(-1)![0]!.header.subject;
  }
  return operations / ((performance.now() - begun) / 1_000);
}
