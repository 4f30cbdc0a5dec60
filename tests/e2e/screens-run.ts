/** `npm run test:screens`: walks through every screen in every size of window, where the suite takes the tightest. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { buildScreens } from '../../src-main/start/build-screens.ts';

const ROOT = resolve(import.meta.dirname, '../..');
if (await buildScreens((line) => console.log(line))) {
  const words = [join(ROOT, 'node_modules/@playwright/test/cli.js'), 'test', '--config', 'tests/e2e/playwright.config.ts', 'tests/e2e/walk.test.ts', 'tests/e2e/sizes.test.ts', ...process.argv.slice(2)];
  process.exitCode = spawnSync(process.execPath, words, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, MOTCUA_EVERY_SIZE: '1' } }).status ?? 1;
} else {
  process.exitCode = 1;
}
