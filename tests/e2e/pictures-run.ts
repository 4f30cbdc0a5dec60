/** `npm run pictures`: walks through every screen, also of the upper tier's page, and leaves a small picture of each in docs/pictures, on days that never change. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildScreens } from '../../src-main/start/build-screens.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const PICTURES = join(ROOT, 'docs/pictures');

const builtPage = spawnSync(process.execPath, [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--config', 'src-renderer/vite.config.ts', '--mode', 'console', '--logLevel', 'warn'], { cwd: ROOT, stdio: 'inherit' });
if (builtPage.status === 0 && await buildScreens((line) => console.log(line))) {
  rmSync(PICTURES, { recursive: true, force: true });
  mkdirSync(PICTURES, { recursive: true });
  const playwright = join(ROOT, 'node_modules/@playwright/test/cli.js');
  const args = [playwright, 'test', '--config', 'tests/e2e/playwright.config.ts', 'tests/e2e/walk.test.ts', 'tests/e2e/console.test.ts'];
  process.exitCode = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, MOTCUA_PICTURES: PICTURES } }).status ?? 1;
} else {
  process.exitCode = 1;
}
