/** `npm run bench -- NAME [--rows N]`: one JSON line per figure; ends with 1 when one misses its target. */
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
};

const USAGE = `npm run bench -- NAME [--rows N]\n  NAME      ${Object.keys(BENCHES).join(', ')}\n  --rows N  a database of N dossiers instead of the one that the target is about`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { rows: { type: 'string' } } });
  const rows = values.rows === undefined ? undefined : Number(values.rows);
  const bench = BENCHES[positionals[0] ?? ''];
  if (bench === undefined || positionals.length > 1 || (rows !== undefined && !(Number.isInteger(rows) && rows >= 100))) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const figures = await (await bench())({ rows, tell: (line) => void process.stderr.write(`${line}\n`) });
  const results = figures.map(judged);
  for (const result of results) process.stdout.write(`${JSON.stringify(result)}\n`);
  return results.every(({ ok }) => ok) ? 0 : 1;
}

process.exitCode = await main();
