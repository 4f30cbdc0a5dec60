import { spawn } from 'node:child_process';
import http from 'node:http';
import path from 'node:path';
import readline from 'node:readline';
import { DEFAULT_PASSWORD_PARAMETERS, unwrapByPassword, wrapByPassword } from '../src-node/crypto/password-wrap.ts';
import { CORE_NODE_ARGUMENTS } from '../src-shared/contract/core-process.ts';
import { assert } from '../src-shared/lib/assert.ts';
import { median, type Figure } from './measure/figure.ts';
import { officeOf, type CachedOffice } from './office/cached-office.ts';
import { timedCall } from './office/running-office.ts';
import { BENCH_PASSWORD } from './office/set-up-office.ts';
import type { BenchRun } from './measure/bench-run.ts';

/** How long after the program's start does the first screen have its counters, and does that grow with the years? */
const WARM_UP = 2;
const REPETITIONS = 9;
/** As good as empty: fewer dossiers would have no people to sign in with. */
const EMPTY_ROWS = 100;
const CORE = path.join(import.meta.dirname, '../src-main/core.ts');

export async function benchStart({ rows = 1_000_000, tell }: BenchRun): Promise<Figure[]> {
  const empty = await officeOf(EMPTY_ROWS, tell);
  const large = await officeOf(rows, tell);
  const samples = { empty: [] as number[], large: [] as number[], derivation: [] as number[] };
  for (let round = 0; round < WARM_UP + REPETITIONS; round += 1) {
    const taken = { empty: await startOnce(empty), large: await startOnce(large), derivation: await deriveOnce() };
    if (round < WARM_UP) continue;
    for (const which of ['empty', 'large', 'derivation'] as const) samples[which].push(taken[which]);
    tell(`start ${round}: empty ${taken.empty.toFixed(0)} ms, ${rows} dossiers ${taken.large.toFixed(0)} ms, of which the password ${taken.derivation.toFixed(0)} ms`);
  }
  const derivationMs = median(samples.derivation);
  const [emptyMs, largeMs] = [median(samples.empty) - derivationMs, median(samples.large) - derivationMs];
  const figure = { bench: 'start', unit: 'ms', better: 'less', rows } as const;
  return [
    { ...figure, metric: 'keyDerivationMs', value: derivationMs, target: null },
    { ...figure, metric: 'emptyReadyMs', value: emptyMs, target: null, rows: EMPTY_ROWS },
    { ...figure, metric: 'readyMs', value: largeMs, target: 700 },
    { ...figure, metric: 'growth', value: largeMs / emptyMs, unit: 'ratio', target: 1.2 },
  ];
}

/** From the start of the process to the counters, the way a screen asks: sign in, then the home screen. */
async function startOnce(office: CachedOffice): Promise<number> {
  const begun = performance.now();
  const child = spawn(process.execPath, [...CORE_NODE_ARGUMENTS, CORE, '--data', path.join(office.folder, 'data'), '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, MOTCUA_STATE_DIR: path.join(office.folder, 'state') },
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const line = await new Promise<string>((resolve) => readline.createInterface({ input: child.stdout }).once('line', resolve));
  const { url } = JSON.parse(line) as { url: string };
  const agent = new http.Agent({ keepAlive: true });
  const opened = await timedCall({ agent, url, token: '' }, 'session.open', { officer: office.officer, password: BENCH_PASSWORD });
  await timedCall({ agent, url, token: opened.value.token }, 'dossiers.counts', {});
  const tookMs = performance.now() - begun;
  agent.destroy();
  child.kill('SIGTERM');
  await ended;
  return tookMs;
}

/** Argon2id as slow as it has to be; no program can start faster than that. */
async function deriveOnce(): Promise<number> {
  const wrapped = await wrapByPassword(Buffer.alloc(32), BENCH_PASSWORD, 'bench', DEFAULT_PASSWORD_PARAMETERS);
  const begun = performance.now();
  const opened = await unwrapByPassword(wrapped, BENCH_PASSWORD, 'bench');
  assert(opened.ok, 'the right password opens');
  return performance.now() - begun;
}
