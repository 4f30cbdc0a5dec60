/**
 * `npm run test:electron`: the tests of the window on whatever Electron this machine has. Where there is none it says so
 * loudly and leaves a report that counts as not run: never as passed.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { trialDisplay } from '../../bench/shell/trial-display.ts';
import { trialRuntime } from '../../packaging/trial-runtime.ts';
import { buildScreens } from '../../src-main/start/build-screens.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const REPORT = join(ROOT, 'out/reports/electron.json');

mkdirSync(join(ROOT, 'out/reports'), { recursive: true });
rmSync(REPORT, { force: true });
const runtime = trialRuntime(ROOT, join(ROOT, 'out/electron-runtime'));
if (runtime.ok) {
  const display = await trialDisplay();
  if (display.ok) {
    process.exitCode = (await buildScreens((line) => console.log(line))) ? runTests(runtime.value, display.value.environment) : 1;
    display.value.stop();
  } else sayNotRun(display.error);
} else sayNotRun(runtime.error);

function sayNotRun(why: string): void {
  writeFileSync(REPORT, `${JSON.stringify({ notRun: why })}\n`);
  console.log(`ELECTRON TESTS NOT RUN: ${why}`);
}

function runTests({ executable, args }: { readonly executable: string; readonly args: readonly string[] }, display: Readonly<Record<string, string>>): number {
  const words = [join(ROOT, 'node_modules/@playwright/test/cli.js'), 'test', '--config', 'tests/electron/playwright.config.ts', ...process.argv.slice(2)];
  const environment = { ...process.env, ...display, MOTCUA_TEST_ELECTRON: JSON.stringify({ executable, args }) };
  return spawnSync(process.execPath, words, { cwd: ROOT, stdio: 'inherit', env: environment }).status ?? 1;
}
