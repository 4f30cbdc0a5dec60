import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import pg from 'pg';
import { openPostgresServerDb } from '../src-server/db/postgres-server-db.ts';
import type { ServerDb, ServerTable, ServerValue } from '../src-server/db/server-db.ts';
import { openSqliteServerDb } from '../src-server/db/sqlite-server-db.ts';
import { ingestFrame } from '../src-server/features/ingest/ingest-frame.ts';
import { createProjectionJob } from '../src-server/jobs/projection-job.ts';
import { insertOffice } from '../src-server/log/office-queries.ts';
import { assert } from '../src-shared/lib/assert.ts';
import { BEST_CODEC } from '../src-shared/sync-protocol/protocol-version.ts';
import type { BenchRun } from './measure/bench-run.ts';
import { median, type Figure } from './measure/figure.ts';
import { startPostgres, type RealPostgres } from './processes/postgres.ts';
import { makeSyncOffice } from './sync/sync-office.ts';
import { makeTwin, type TwinDesk } from './sync/twin-desk.ts';

/**
 * How fast does the server take frames in and fold them, beside what the database takes of the very rows that are there afterwards, in the
 * very schema? Four offices at once, as many operations as the rows give, frames of 500. One process does it all, as the server does: takes in
 * (position lock, partitioned table, keys) and folds beside that, to the end of both.
 */
const ROWS = 2_500;
const OFFICES = 4;
const OPERATIONS_PER_FRAME = 500;
const WARM_UP = 1;
const REPETITIONS = 5;
/** What taking in and folding leaves behind; what is one row an office or a device is left out. */
const TABLES: readonly string[] = ['operations', 'subject_keys', 'frames', 'dossiers'];

/** Rows as the server left them. */
interface LeftTable extends ServerTable {
  readonly rows: readonly (readonly ServerValue[])[];
}

interface Took {
  /** Until all was acknowledged. */
  readonly takenInMs: number;
  /** Until all was folded too. */
  readonly wholeMs: number;
  readonly left: readonly LeftTable[];
}

export async function benchIngest({ rows = ROWS, tell }: BenchRun): Promise<Figure[]> {
  const office = await makeSyncOffice(rows, tell);
  office.remove();
  const count = office.branch.operations.length;
  const twins = Array.from({ length: OFFICES }, () => makeTwin(office.branch, count, OPERATIONS_PER_FRAME));
  const total = count * OFFICES;
  const postgres = await startPostgres();
  const samples = { sqlite: [] as number[], sqliteTakenIn: [] as number[], inserts: [] as number[], postgres: [] as number[], postgresTakenIn: [] as number[], copy: [] as number[] };
  try {
    for (let round = 0; round < WARM_UP + REPETITIONS; round += 1) {
      const sqlite = await onSqlite((db) => takeAll(db, twins));
      const inserts = await onSqlite((db) => insertBare(db, sqlite.left));
      const own = await onPostgres(await postgres.newDatabase(), (db) => takeAll(db, twins));
      const copy = await copyBare(postgres, own.left);
      const ms = { sqlite: sqlite.wholeMs, sqliteTakenIn: sqlite.takenInMs, inserts, postgres: own.wholeMs, postgresTakenIn: own.takenInMs, copy };
      tell(`round ${round}: ${Object.entries(ms).map(([name, one]) => `${name} ${Math.round(total / (one / 1_000))}/s`).join(', ')}`);
      if (round >= WARM_UP) for (const name of Object.keys(ms) as (keyof typeof ms)[]) samples[name].push(total / (ms[name] / 1_000));
    }
  } finally {
    await postgres.stop();
  }
  const figure = { bench: 'ingest', better: 'more', rows, unit: 'operations/s', target: null } as const;
  const ratios = (ours: readonly number[], raw: readonly number[]) => median(ours.map((one, index) => one / raw[index]!));
  return [
    { ...figure, metric: 'sqlitePerSecond', value: median(samples.sqlite) },
    { ...figure, metric: 'sqliteAcknowledgedPerSecond', value: median(samples.sqliteTakenIn) },
    { ...figure, metric: 'preparedInsertsPerSecond', value: median(samples.inserts) },
    { ...figure, metric: 'sqliteVsInserts', unit: 'ratio', value: ratios(samples.sqlite, samples.inserts), target: 0.35 },
    { ...figure, metric: 'postgresPerSecond', value: median(samples.postgres) },
    { ...figure, metric: 'postgresAcknowledgedPerSecond', value: median(samples.postgresTakenIn) },
    { ...figure, metric: 'copyPerSecond', value: median(samples.copy) },
    { ...figure, metric: 'postgresVsCopy', unit: 'ratio', value: ratios(samples.postgres, samples.copy), target: 0.2 },
  ];
}

async function takeAll(db: ServerDb, twins: readonly TwinDesk[]): Promise<Took> {
  for (const { office, officeKeys, device, deviceKeys } of twins) await db.transaction((writes) => insertOffice(writes, office, officeKeys.publicKey, { device, publicKey: deviceKeys.publicKey }, 0));
  const job = createProjectionJob({ db, nowMs: () => 0, onFailure: (error) => assert(false, String(error)) });
  const begunMs = performance.now();
  let isAllIn = false;
  const folding = async () => {
    while (!isAllIn) {
      await job.settle();
      await nextTurn();
    }
    await job.settle();
  };
  const folded = folding();
  await Promise.all(twins.map(async ({ office, frames }) => {
    for (const frame of frames) {
      const taken = await ingestFrame(db, office, BEST_CODEC, frame, 0);
      assert(taken.ok, `a frame is taken in: ${taken.ok ? '' : taken.error.code}`);
    }
  }));
  isAllIn = true;
  const takenInMs = performance.now() - begunMs;
  await folded;
  const wholeMs = performance.now() - begunMs;
  const left = await Promise.all((await db.tables()).filter(({ name }) => TABLES.includes(name)).map(async (table) => ({ ...table, rows: await rowsOf(db, table) })));
  return { takenInMs, wholeMs, left };
}

async function rowsOf(db: ServerDb, { name, columns, key }: ServerTable): Promise<readonly (readonly ServerValue[])[]> {
  const names = Object.keys(columns);
  // Operations in the order in which they came, which is no order of the key over four offices.
  const rows = await db.all<Readonly<Record<string, ServerValue>>>(`SELECT ${names.join(', ')} FROM ${name} ORDER BY ${names.includes('position') ? 'position, office' : key.join(', ')}`);
  assert(rows.length > 0, `${name} holds something`);
  return rows.map((row) => names.map((column) => row[column]!));
}

async function onSqlite<T>(work: (db: ServerDb) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'motcua-ingest-'));
  const opened = openSqliteServerDb(folder);
  assert(opened.ok, 'the database opens');
  try {
    return await work(opened.value);
  } finally {
    await opened.value.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function onPostgres<T>(url: string, work: (db: ServerDb) => Promise<T>): Promise<T> {
  const db = await openPostgresServerDb(url);
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

/** One transaction of prepared inserts, encrypted and durable as the server's own. */
async function insertBare(db: ServerDb, left: readonly LeftTable[]): Promise<number> {
  const begunMs = performance.now();
  await db.transaction(async (writes) => {
    for (const { name, columns, rows } of left) await writes.insertMany(name, columns, rows);
  });
  return performance.now() - begunMs;
}

/** One transaction of a COPY a table, from files that the database reads by itself. */
async function copyBare(postgres: RealPostgres, left: readonly LeftTable[]): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'motcua-copy-'));
  // PostgreSQL may run as a user of its own.
  chmodSync(folder, 0o755);
  const files = left.map(({ name, rows }) => {
    const file = path.join(folder, `${name}.txt`);
    writeFileSync(file, rows.map((row) => `${row.map(copied).join('\t')}\n`).join(''));
    return { name, file };
  });
  const url = await postgres.newDatabase();
  await onPostgres(url, () => Promise.resolve());
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const begunMs = performance.now();
    await client.query('BEGIN');
    for (const { name, file } of files) await client.query(`COPY ${name} FROM '${file}'`);
    await client.query('COMMIT');
    return performance.now() - begunMs;
  } finally {
    await client.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

function copied(cell: ServerValue): string {
  if (cell === null) return '\\N';
  if (cell instanceof Uint8Array) return `\\\\x${Buffer.from(cell).toString('hex')}`;
  return String(cell).replace(/[\\\t\n\r]/g, (one) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[one]!);
}
