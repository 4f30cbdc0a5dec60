import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { NODE_BINARIES } from '../packaging/core-parts.ts';
import { packFolder, type PackedProgram } from '../packaging/pack-folder.ts';
import { PACKAGED_CORE } from '../src-main/shell/core/core-program.ts';
import { CORE_NODE_ARGUMENTS } from '../src-shared/contract/core-process.ts';
import { assert } from '../src-shared/lib/assert.ts';
import type { BenchRun } from './measure/bench-run.ts';
import { median, type Figure } from './measure/figure.ts';
import { officeOf } from './office/cached-office.ts';
import { driveWindow, firstPage } from './shell/driven-window.ts';
import { waitForFrame } from './shell/first-frame.ts';
import { makeUserHome, ORDINARY_USER } from './shell/ordinary-user.ts';
import { trialDisplay } from './shell/trial-display.ts';

/** How much longer than Electron and the core need by themselves does it take until somebody can sign in to the program as it is delivered? */
const WARM_UP = 1;
const REPETITIONS = 7;
const ROWS = 100;
const OUT_DIR = path.join(import.meta.dirname, '../out/bench');

export async function benchShell({ tell }: BenchRun): Promise<Figure[]> {
  const display = await trialDisplay();
  if (!display.ok) return notMeasured(display.error);
  const packed = await packFolder();
  assert(packed, 'the program can be packed');
  if (packed.standIn !== undefined) return notMeasured(packed.standIn);
  const bare = makeBareProgram(packed);
  const office = await officeOf(ROWS, tell);
  const home = makeUserHome(office.folder);
  const environment = { ...(process.env as Record<string, string>), ...display.value.environment, HOME: home.folder, MOTCUA_STATE_DIR: path.join(home.folder, 'state') };
  const data = ['--data', path.join(home.folder, 'data')];
  const samples = { shell: [] as number[], bare: [] as number[], core: [] as number[] };
  for (let round = 0; round < WARM_UP + REPETITIONS; round += 1) {
    const taken = {
      bare: await openOnce(bare, [], environment, '#ready'),
      core: await startCoreOnce(packed, data, environment),
      shell: await openOnce(packed.executable, data, environment, '[role=option]'),
    };
    tell(`shell ${round}: bare window ${taken.bare.toFixed(0)} ms, core ${taken.core.toFixed(0)} ms, sign-in ${taken.shell.toFixed(0)} ms`);
    if (round >= WARM_UP) for (const which of ['shell', 'bare', 'core'] as const) samples[which].push(taken[which]);
  }
  display.value.stop();
  home.remove();
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
async function openOnce(executable: string, words: readonly string[], env: Record<string, string>, shown: string): Promise<number> {
  const begun = performance.now();
  const window = await driveWindow(executable, words, { env, ...ORDINARY_USER });
  await waitForFrame(await firstPage(window), shown);
  const tookMs = performance.now() - begun;
  await window.end();
  return tookMs;
}

/** From the start of the packed core by the Node that ships with it until it has told whose desk this is. */
async function startCoreOnce({ resources }: PackedProgram, data: readonly string[], env: Record<string, string>): Promise<number> {
  const core = path.join(resources, PACKAGED_CORE.folder);
  const begun = performance.now();
  const child = spawn(path.join(core, NODE_BINARIES[process.platform === 'win32' ? 'win32' : 'linux'].as), [...CORE_NODE_ARGUMENTS, path.join(core, 'src-main/core.ts'), ...data, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'], env, ...ORDINARY_USER });
  const line = await new Promise<string>((resolve) => readline.createInterface({ input: child.stdout }).once('line', resolve));
  const { url } = JSON.parse(line) as { url: string };
  await (await fetch(`${url}/api/office`, { headers: { connection: 'close' } })).json();
  const tookMs = performance.now() - begun;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  return tookMs;
}

/** The least that the same Electron can open: one window with one word. */
function makeBareProgram({ electronDist, executable }: PackedProgram): string {
  const dir = path.join(OUT_DIR, 'bare-window');
  rmSync(dir, { recursive: true, force: true });
  const resources = path.join(dir, 'resources');
  cpSync(electronDist, dir, { recursive: true });
  const app = path.join(resources, 'app');
  mkdirSync(app, { recursive: true });
  writeFileSync(path.join(app, 'package.json'), JSON.stringify({ name: 'bare-window', main: 'main.cjs' }));
  writeFileSync(path.join(app, 'index.html'), '<!doctype html><title>bare</title><p id="ready">ready</p>');
  writeFileSync(path.join(app, 'main.cjs'), "const { app, BrowserWindow } = require('electron');\napp.whenReady().then(() => new BrowserWindow({ width: 1366, height: 768 }).loadFile('index.html'));\n");
  return path.join(dir, path.basename(executable).replace('motcua', 'electron'));
}
