import path from 'node:path';
import { defineConfig } from 'vitest/config';

const all = 'tests/{unit,contract,integration,migrations,simulation}/**/*.test.ts';
const excluded = ['**/node_modules/**', 'tests/fixtures/**'];
const clockless = [
  'tests/integration/{crash,crypto,db,erasure,faults,http,incarnation,packs,shell,storage,ui}/**',
  // Logs of several desks, whose instants are milliseconds: no day is read off this machine's clock.
  'tests/integration/operations/{failed-write,ingest,mixed-versions,rebuild,wrong-clocks}.test.ts',
  'tests/integration/{desks/import-branch,dossiers/steps-between-desks,office/judged-anew,office/recovery-code}.test.ts',
  'tests/integration/sync/{message-room,snapshot,stream,two-desks}.test.ts',
  'tests/integration/{imports/import-cut-off,server/server-commands,start/end-of-program}.test.ts',
  // What is lost or done twice under cuts and kills; days, years and numbers are not among what they look for (`numbers` is run twice).
  'tests/simulation/{fuzz,links,sync,sync-simulation/sync-simulation}.test.ts',
  'tests/contract/central-{operation-postgres,processes,server-*}.test.ts',
  'tests/unit/{codec,crypto,guards}/**',
  'tests/integration/codec/**',
  'tests/integration/forms/receipt-print.test.ts',
];

// `--mode new-york` runs what reads clocks and dates once more as on a machine that is not in Vietnam: its day is another day
// than the office's for eleven or twelve hours, and it has summer time. What reads no clock or date (keys, files, kills, pictures)
// runs once.
export default defineConfig(({ mode }) => {
  const isNewYork = mode === 'new-york';
  return {
    test: {
      include: [all],
      exclude: isNewYork ? [...excluded, ...clockless] : excluded,
      // Long work is given to processes of its own, and a test waits for each to be compiled.
      env: { NODE_COMPILE_CACHE: path.join(import.meta.dirname, 'out/compiled'), ...(isNewYork && { TZ: 'America/New_York' }) },
      environment: 'node',
      testTimeout: 60_000,
      hookTimeout: 60_000,
      pool: 'forks',
      // A process takes file after file, and loads each module of the product once: no test changes one, and what a file starts it ends.
      isolate: false,
      // Vitest leaves one of two cores to itself, which needs little of it.
      maxWorkers: 2,
      reporters: ['default', 'json'],
      outputFile: { json: isNewYork ? 'out/reports/vitest-new-york.json' : 'out/reports/vitest.json' },
    },
  };
});
