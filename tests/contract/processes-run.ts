/**
 * `npm run test:processes [words of vitest]`: the suites that need no more of the central server than its address, against three processes on
 * one PostgreSQL behind a plain TCP balancer (decisions/0033). What CI runs of that is `central-processes.test.ts`.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '../..');
const SUITES = ['central-server-postgres', 'central-packs-postgres', 'central-processes'];

const files = SUITES.map((suite) => `tests/contract/${suite}.test.ts`);
const ran = spawnSync(process.execPath, [path.join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', ...files, ...process.argv.slice(2)], {
  cwd: ROOT, stdio: 'inherit', env: { ...process.env, MOTCUA_TEST_PROCESSES: '3' },
});
process.exitCode = ran.status ?? 1;
