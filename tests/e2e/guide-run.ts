/** `npm run guide:pictures`: walks the way of the user guide on the built screens and keeps its pictures under docs/vi/hinh. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const words = [join(ROOT, 'node_modules/@playwright/test/cli.js'), 'test', '--config', 'tests/e2e/playwright.config.ts', 'tests/e2e/guide.test.ts', ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, words, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, MOTCUA_GUIDE_PICTURES: '1' } }).status ?? 1;
