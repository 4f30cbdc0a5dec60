/** `npm run test:long`: the tests that leave things to chance, with many more runs than the suite has time for. `-- FILE…` takes some of them. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const FILES = ['tests/simulation/numbers.test.ts', 'tests/simulation/sync.test.ts', 'tests/integration/sync/snapshot.test.ts', 'tests/unit/dossiers/read-body.test.ts'];
const words = [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter', 'default', '--testTimeout', '3600000', ...(process.argv.length > 2 ? process.argv.slice(2) : FILES)];
process.exitCode = spawnSync(process.execPath, words, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, MOTCUA_LONG: '1' } }).status ?? 1;
