/** `npm run bench -- NAME [--rows N] [--link L] [--peer P] [--desks N]`: one JSON line per figure; ends with 1 when one misses its target. */
import { parseArgs } from 'node:util';
import type { BenchRun } from './measure/bench-run.ts';
import { judged, type Figure } from './measure/figure.ts';

type Bench = (run: BenchRun) => Promise<readonly Figure[]>;

/** Loaded one at a time, so that no bench carries another's code. */
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  receive: async () => (await import('./receive.ts')).benchReceive,
  search: async () => (await import('./search.ts')).benchSearch,
  start: async () => (await import('./start.ts')).benchStart,
  rebuild: async () => (await import('./rebuild.ts')).benchRebuild,
  memory: async () => (await import('./memory.ts')).benchMemory,
  screen: async () => (await import('./screen.ts')).benchScreen,
  shell: async () => (await import('./shell.ts')).benchShell,
  codec: async () => (await import('./codec.ts')).benchCodec,
  sync: async () => (await import('./sync.ts')).benchSync,
  ingest: async () => (await import('./ingest.ts')).benchIngest,
  storm: async () => (await import('./storm.ts')).benchStorm,
  busy: async () => (await import('./busy.ts')).benchBusy,
  overview: async () => (await import('./overview.ts')).benchOverview,
  snapshot: async () => (await import('./snapshot.ts')).benchSnapshot,
};

const USAGE = `npm run bench -- NAME [--rows N]\n  NAME      ${Object.keys(BENCHES).join(', ')}\n  --rows N  a database of N dossiers instead of the one that the target is about
  --link L  sync: loopback, edge, edge-cuts, 3g
  --peer P  sync: pouchdb, naive, none
  --desks N storm: so many desks at once`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { rows: { type: 'string' }, link: { type: 'string' }, peer: { type: 'string' }, desks: { type: 'string' } } });
  const rows = values.rows === undefined ? undefined : Number(values.rows);
  const bench = BENCHES[positionals[0] ?? ''];
  if (bench === undefined || positionals.length > 1 || (rows !== undefined && !(Number.isInteger(rows) && rows >= 100))) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const figures = await (await bench())({ rows, link: values.link, peer: values.peer, desks: values.desks === undefined ? undefined : Number(values.desks), tell: (line) => void process.stderr.write(`${line}\n`) });
  const results = figures.map(judged);
  for (const result of results) process.stdout.write(`${JSON.stringify(result)}\n`);
  return results.every(({ ok }) => ok) ? 0 : 1;
}

process.exitCode = await main();
