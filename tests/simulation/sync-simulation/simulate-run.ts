/**
 * `npm run simulate -- [--runs N] [--seed S] [--bug NAME] [--bugs] [--files] [--out FILE]`: many runs of an office and its server in
 * one process, each from its seed. Exit 1 when anything was lost, doubled, unequal or stuck; with --bugs when a seeded bug was not found.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadProduct } from './product-as-loaded.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' }, bug: { type: 'string' }, bugs: { type: 'boolean', default: false },
    files: { type: 'boolean', default: false }, out: { type: 'string' }, shrink: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
// The folders lie in memory unless real files are wanted.
if (!values.files && existsSync('/dev/shm')) process.env['TMPDIR'] = '/dev/shm';

if (values.bugs) {
  const { findSeededBugs } = await import('./find-seeded-bugs.ts');
  process.exitCode = (await findSeededBugs({ runs: Number(values.runs), seed: Number(values.seed), say: (line) => console.log(line) })) ? 0 : 1;
} else {
  loadProduct(values.bug);
  const { runSeries } = await import('./run-series.ts');
  const isClean = await runSeries({ runs: Number(values.runs), seed: Number(values.seed), out: values.out, shrinks: values.shrink, say: (line) => console.log(line) });
  process.exitCode = isClean ? 0 : 1;
}
