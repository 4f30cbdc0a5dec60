import { _electron } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { buildScreens } from '../src-main/start/build-screens.ts';
import { rootArguments, type ElectronRuntime } from '../src-main/start/electron-runtime.ts';
import { CORE_NODE_ARGUMENTS } from '../src-shared/contract/core-process.ts';
import { assert } from '../src-shared/lib/assert.ts';
import type { BenchRun } from './measure/bench-run.ts';
import { median, type Figure } from './measure/figure.ts';
import { officeOf, type CachedOffice } from './office/cached-office.ts';
import { waitForFrame } from './shell/first-frame.ts';
import { trialDisplay } from './shell/trial-display.ts';
import { trialRuntime } from './shell/trial-runtime.ts';

/** How much longer than Electron and the core need by themselves does it take until somebody can sign in? */
const WARM_UP = 1;
const REPETITIONS = 7;
const ROWS = 100;
const PROGRAM_DIR = path.join(import.meta.dirname, '..');
const OUT_DIR = path.join(PROGRAM_DIR, 'out', 'bench');

export async function benchShell({ tell }: BenchRun): Promise<Figure[]> {
  const bareDir = writeBareApplication();
  const own = trialRuntime(PROGRAM_DIR, path.join(OUT_DIR, 'runtime'));
  const bare = trialRuntime(bareDir, path.join(OUT_DIR, 'bare-runtime'));
  if (!own.ok) return notMeasured(own.error);
  if (!bare.ok) return notMeasured(bare.error);
  const display = await trialDisplay();
  if (!display.ok) return notMeasured(display.error);
  assert(await buildScreens(tell), 'the screens can be built');
  const office = await officeOf(ROWS, tell);
  const environment = { ...(process.env as Record<string, string>), ...display.value.environment, MOTCUA_STATE_DIR: path.join(office.folder, 'state'), MOTCUA_CORE_NODE: process.execPath };
  const samples = { shell: [] as number[], bare: [] as number[], core: [] as number[] };
  for (let round = 0; round < WARM_UP + REPETITIONS; round += 1) {
    const taken = {
      bare: await openOnce(bare.value, [], environment, '#ready'),
      core: await startCoreOnce(office, environment),
      shell: await openOnce(own.value, ['--data', path.join(office.folder, 'data')], environment, '[role=option]'),
    };
    tell(`shell ${round}: bare window ${taken.bare.toFixed(0)} ms, core ${taken.core.toFixed(0)} ms, sign-in ${taken.shell.toFixed(0)} ms`);
    if (round >= WARM_UP) for (const which of ['shell', 'bare', 'core'] as const) samples[which].push(taken[which]);
  }
  display.value.stop();
  const [shellMs, bareMs, coreMs] = [median(samples.shell), median(samples.bare), median(samples.core)];
  const figure = { bench: 'shell', unit: 'ms', better: 'less', rows: ROWS, target: null } as const;
  return [
    { ...figure, metric: 'bareWindowMs', value: bareMs },
    { ...figure, metric: 'coreStartMs', value: coreMs },
    { ...figure, metric: 'signInMs', value: shellMs },
    { ...figure, metric: 'signInRatio', value: shellMs / (bareMs + coreMs), unit: 'ratio', target: 1.2 },
  ];
}

/** Seen by whoever reads the figures, and no figure: nothing that was not measured may look like one that reached its target. */
function notMeasured(why: string): Figure[] {
  process.stdout.write(`${JSON.stringify({ bench: 'shell', metric: 'signInRatio', notMeasured: why })}\n`);
  return [];
}

/** From the start of Electron until the page shows this. */
async function openOnce({ executable, args }: ElectronRuntime, words: readonly string[], env: Record<string, string>, shown: string): Promise<number> {
  const begun = performance.now();
  const app = await _electron.launch({ executablePath: executable, args: [...rootArguments(process.platform, process.getuid?.()), ...args, ...words], env });
  const page = await app.firstWindow();
  await waitForFrame(page, shown);
  const tookMs = performance.now() - begun;
  await app.close();
  return tookMs;
}

/** From the start of the core until it has told whose desk this is. */
async function startCoreOnce(office: CachedOffice, env: Record<string, string>): Promise<number> {
  const begun = performance.now();
  const child = spawn(process.execPath, [...CORE_NODE_ARGUMENTS, path.join(PROGRAM_DIR, 'src-main/core.ts'), '--data', path.join(office.folder, 'data'), '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'], env });
  const line = await new Promise<string>((resolve) => readline.createInterface({ input: child.stdout }).once('line', resolve));
  const { url } = JSON.parse(line) as { url: string };
  await (await fetch(`${url}/api/office`, { headers: { connection: 'close' } })).json();
  const tookMs = performance.now() - begun;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  return tookMs;
}

/** The least that Electron can open: one window with one word. */
function writeBareApplication(): string {
  const dir = path.join(OUT_DIR, 'bare-window');
  mkdirSync(dir, { recursive: true });
  writeFileSync(path.join(dir, 'package.json'), JSON.stringify({ name: 'bare-window', main: 'main.cjs' }));
  writeFileSync(path.join(dir, 'index.html'), '<!doctype html><title>bare</title><p id="ready">ready</p>');
  writeFileSync(path.join(dir, 'main.cjs'), "const { app, BrowserWindow } = require('electron');\napp.whenReady().then(() => new BrowserWindow({ width: 1366, height: 768 }).loadFile('index.html'));\n");
  return dir;
}
