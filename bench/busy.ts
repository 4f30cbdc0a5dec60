import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { assert } from '../src-shared/lib/assert.ts';
import { officeDate } from '../src-shared/lib/office-time.ts';
import type { BenchRun } from './measure/bench-run.ts';
import { median, percentile, type Figure } from './measure/figure.ts';
import { makeReception } from './office/receptions.ts';
import { createChance, type Chance } from './office/seeded-chance.ts';
import { startCentralServer, type CentralServerProcess } from './processes/central-server.ts';
import { startDeskCore, type DeskCore } from './processes/desk-core.ts';
import { makeSyncOffice, type SyncOffice } from './sync/sync-office.ts';

/**
 * Does a citizen wait longer while the desk and the server have much to tell each other? Real programs over TLS on loopback, the quickest
 * link there is: the desk's months alone go up, then all of them come down to a second desk. Receptions go on all the while.
 */
const ROWS = 11_000;
const TARGET = 2;
const WARM_UP = 60;
const IDLE = 300;
/** Somebody types meanwhile; without it the receptions alone would fill a processor. */
const BETWEEN_MS = 20;
const LOOK_EVERY = 5;

export async function benchBusy({ rows = ROWS, tell }: BenchRun): Promise<Figure[]> {
  const office = await makeSyncOffice(rows, tell);
  const root = mkdtempSync(path.join(tmpdir(), 'motcua-busy-'));
  const server = await startCentralServer({ dataDir: path.join(root, 'server'), port: 0, isTls: true, isFirst: true });
  const first = await startDeskCore(office.folder);
  try {
    const pushed = await whilePushed(first, server, office);
    tell(`pushed: ${JSON.stringify(summaryOf(pushed))}`);
    const second = await startDeskCore(path.join(root, 'second'));
    try {
      const pulled = await whilePulled(first, second, server, office);
      tell(`pulled: ${JSON.stringify(summaryOf(pulled))}`);
      return [...figuresOf('push', rows, pushed), ...figuresOf('pull', rows, pulled)];
    } finally {
      await second.end();
    }
  } finally {
    await first.end();
    await server.program.stop();
    office.remove();
    rmSync(root, { recursive: true, force: true });
  }
}

interface Measured {
  readonly idle: readonly number[];
  readonly busy: readonly number[];
  /** Operations that went over meanwhile. */
  readonly operations: number;
}

async function whilePushed(desk: DeskCore, server: CentralServerProcess, office: SyncOffice): Promise<Measured> {
  await signIn(desk, office.officer);
  const chance = createChance(31);
  await receiveMany(desk, chance, WARM_UP);
  const idle = await receiveMany(desk, chance, IDLE);
  await desk.ask('sync.connect', { address: `https://127.0.0.1:${server.port}`, fingerprint: server.fingerprint, code: server.code });
  // What is received meanwhile goes up behind it and would never come to an end.
  const { acknowledged: { of } } = await desk.ask('sync.status', {});
  const busy = await receiveUntil(desk, chance, async () => (await desk.ask('sync.status', {})).acknowledged.operations >= of);
  return { idle, busy, operations: of };
}

async function whilePulled(first: DeskCore, second: DeskCore, server: CentralServerProcess, office: SyncOffice): Promise<Measured> {
  const { file, code } = await first.ask('desks.admit', { name: 'Máy 2' });
  while (!(await isAcknowledged(first))) await pause(BETWEEN_MS);
  await second.askOpen('office.join', { file, code, confirmedDate: officeDate(Date.now()) });
  await signIn(second, office.officer);
  await second.ask('sync.connect', { address: `https://127.0.0.1:${server.port}`, fingerprint: server.fingerprint, code: null });
  const chance = createChance(32);
  let isBegun = false;
  const busy = await receiveUntil(second, chance, async () => {
    const { older } = await second.ask('sync.status', {});
    isBegun ||= older !== null;
    return isBegun && older === null;
  });
  while (!(await isAcknowledged(second))) await pause(BETWEEN_MS);
  return { idle: await receiveMany(second, chance, IDLE), busy, operations: office.operations };
}

async function signIn(desk: DeskCore, officer: string): Promise<void> {
  await desk.signIn(officer);
  const { dateQuestion } = await desk.ask('office.get', {}).then(({ office }) => office ?? { dateQuestion: null });
  if (dateQuestion) await desk.ask('desks.confirmDate', { date: officeDate(Date.now()) });
}

async function isAcknowledged(desk: DeskCore): Promise<boolean> {
  const { acknowledged: { operations, of } } = await desk.ask('sync.status', {});
  return operations === of;
}

async function receiveMany(desk: DeskCore, chance: Chance, count: number): Promise<number[]> {
  let left = count;
  const isEnough = () => Promise.resolve((left -= LOOK_EVERY) <= 0);
  return receiveUntil(desk, chance, isEnough);
}

const LIMIT_MS = 900_000;

/** Receptions one behind the other until it is so; how long each took in milliseconds. */
async function receiveUntil(desk: DeskCore, chance: Chance, isSo: () => Promise<boolean>): Promise<number[]> {
  const samples: number[] = [];
  const begunMs = performance.now();
  do {
    assert(performance.now() - begunMs < LIMIT_MS, 'all went over within a quarter of an hour');
    for (let index = 0; index < LOOK_EVERY; index += 1) {
      samples.push(await desk.timed('dossiers.receive', makeReception(chance, Date.now())));
      await pause(BETWEEN_MS);
    }
  } while (!(await isSo()));
  return samples;
}

function summaryOf({ idle, busy, operations }: Measured): object {
  const ms = (samples: readonly number[]) => ({ n: samples.length, p50: +median(samples).toFixed(1), p95: +percentile(samples, 0.95).toFixed(1), max: +Math.max(...samples).toFixed(1) });
  return { operations, idle: ms(idle), busy: ms(busy) };
}

function figuresOf(way: 'push' | 'pull', rows: number, { idle, busy }: Measured): Figure[] {
  const figure = { bench: `busy.${way}`, rows, better: 'less' } as const;
  const [idleP95, busyP95] = [percentile(idle, 0.95), percentile(busy, 0.95)];
  return [
    { ...figure, metric: 'idleP95Ms', unit: 'ms', value: idleP95, target: null },
    { ...figure, metric: 'busyP95Ms', unit: 'ms', value: busyP95, target: null },
    { ...figure, metric: 'receptionsMeanwhile', unit: 'receptions', value: busy.length, target: null },
    { ...figure, metric: 'p95VsIdle', unit: 'ratio', value: busyP95 / idleP95, target: TARGET },
  ];
}
