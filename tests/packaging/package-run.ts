/**
 * `npm run test:package`: packs the program for this system without a network, shows what is in it, looks at every part, and
 * starts it as an officer would. Without an Electron or a display the start is loudly not run: never passed.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { trialDisplay } from '../../bench/shell/trial-display.ts';
import { packFolder, type PackedProgram } from '../../packaging/pack-folder.ts';
import { packageSizes, sizeLines } from '../../packaging/package-sizes.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const REPORTS = path.join(ROOT, 'out/reports');

mkdirSync(REPORTS, { recursive: true });
for (const mode of ['contents', 'start']) rmSync(path.join(REPORTS, `package-${mode}.json`), { force: true });
const packed = await packFolder();
if (packed === undefined) process.exitCode = 1;
else {
  for (const line of sizeLines(packageSizes(packed.folder))) console.log(line);
  const codes = [runTests('contents', packed, {}), await start(packed)];
  process.exitCode = Math.max(...codes);
}

async function start(program: PackedProgram): Promise<number> {
  if (program.standIn !== undefined) return sayNotRun(program.standIn);
  if (process.platform !== 'linux') return sayNotRun('these tests look at processes as Linux shows them (docs/UNVERIFIED.md says what to look at here)');
  const display = await trialDisplay();
  if (!display.ok) return sayNotRun(display.error);
  const code = runTests('start', program, display.value.environment);
  display.value.stop();
  return code;
}

function sayNotRun(why: string): number {
  writeFileSync(path.join(REPORTS, 'package-start.json'), `${JSON.stringify({ notRun: why })}\n`);
  console.log(`START OF THE PACKED PROGRAM NOT RUN: ${why}`);
  return 0;
}

function runTests(mode: 'contents' | 'start', program: PackedProgram, environment: Readonly<Record<string, string>>): number {
  const words = [path.join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--config', 'tests/packaging/vitest.config.ts', '--mode', mode, '--root', ROOT];
  return spawnSync(process.execPath, words, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...environment, MOTCUA_TEST_PACKAGE: JSON.stringify(program) } }).status ?? 1;
}
