import { assert } from '../src-shared/lib/assert.ts';
import type { Figure } from './measure/figure.ts';
import { copyOffice, officeOf } from './office/cached-office.ts';
import { makeName } from './office/people.ts';
import { makeReception } from './office/receptions.ts';
import { startOffice, type RunningOffice } from './office/running-office.ts';
import { createChance, type Chance } from './office/seeded-chance.ts';
import type { BenchRun } from './measure/bench-run.ts';

/** How much memory does the core hold after a busy week at the counters? */
const CALLS = 10_000;

export async function benchMemory({ rows = 1_000_000, tell }: BenchRun): Promise<Figure[]> {
  const copy = copyOffice(await officeOf(rows, tell));
  const office = await startOffice(copy);
  try {
    const atStart = megabytes(await office.rssBytes());
    const chance = createChance(40);
    const known: string[] = [];
    for (let index = 1; index <= CALLS; index += 1) {
      await mixedCall(office, chance, known, index);
      if (index % 2_000 === 0) tell(`${index} calls: ${megabytes(await office.rssBytes()).toFixed(0)} MB`);
    }
    const figure = { bench: 'memory', unit: 'MB', better: 'less', rows } as const;
    return [
      { ...figure, metric: 'rssAtStartMb', value: atStart, target: null },
      { ...figure, metric: 'rssMb', value: megabytes(await office.rssBytes()), target: 220 },
    ];
  } finally {
    await office.stop();
    copy.remove();
  }
}

/** As a day's calls are mixed: mostly looking, one reception in ten. */
async function mixedCall(office: RunningOffice, chance: Chance, known: string[], index: number): Promise<void> {
  const kind = chance.below(20);
  const id = known.length === 0 ? undefined : chance.pick(known);
  if (kind < 2 || id === undefined) {
    const { value } = await office.call('dossiers.receive', makeReception(chance, office.startMs - 3_600_000 + index));
    known.push(value.dossier.id);
    assert(value.job, 'a reception has its paper');
    await office.call('forms.render', { job: value.job.id });
  } else if (kind < 4) await office.call('dossiers.counts', {});
  else if (kind < 9) await office.call('dossiers.search', { query: makeName(chance, chance.isHit(0.5) ? 'female' : 'male') });
  else if (kind < 11) await office.call('dossiers.search', { query: '', tab: chance.pick(['open', 'overdue', 'dueToday', 'mine', 'done', 'all'] as const) });
  else if (kind < 14) await office.call('dossiers.get', { id });
  else if (kind < 16) await office.call('procedures.search', { query: chance.pick(['khai sinh', 'chung thuc', 'ket hon', 'dat dai', 'ho kinh doanh']) });
  else if (kind < 17) await office.call('persons.find', { query: makeName(chance, 'female') });
  else await office.call('drafts.save', { id: `00000000-0000-4000-8000-00000000000${index % 3}`, form: 'receive', formVersion: 1, revision: index, title: makeName(chance, 'male'), data: { text: 'x'.repeat(chance.below(4_000)) } });
}

function megabytes(bytes: number): number {
  return bytes / 1_048_576;
}
