import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { DATABASE_KEY_BYTES, closeDatabase, openDatabase } from '../src-node/db/open-database.ts';
import { randomKeyBytes } from '../src-node/crypto/keys.ts';
import { openPostgresServerDb } from '../src-server/db/postgres-server-db.ts';
import type { ServerDb } from '../src-server/db/server-db.ts';
import { openSqliteServerDb } from '../src-server/db/sqlite-server-db.ts';
import { ingestFrame } from '../src-server/features/ingest/ingest-frame.ts';
import { insertOffice } from '../src-server/log/office-queries.ts';
import { assert } from '../src-shared/lib/assert.ts';
import { BEST_CODEC } from '../src-shared/sync-protocol/protocol-version.ts';
import type { BenchRun } from './measure/bench-run.ts';
import { median, type Figure } from './measure/figure.ts';
import { startPostgres, type RealPostgres } from './processes/postgres.ts';
import { makeSyncOffice } from './sync/sync-office.ts';
import { makeTwin, type TwinDesk } from './sync/twin-desk.ts';

/**
 * How fast does the server take frames in, everything that it does before it acknowledges among it, beside what the database
 * takes of bare rows? Four offices at once, as many operations as the rows give, frames of 500.
 */
const ROWS = 2_500;
const OFFICES = 4;
const OPERATIONS_PER_FRAME = 500;
const WARM_UP = 1;
const REPETITIONS = 5;
const COLUMNS = ['office', 'device', 'seq', 'position', 'subject', 'kind', 'version', 'actor', 'at_ms', 'at_counter', 'wall', 'business_date', 'after', 'body', 'commitment', 'hash'] as const;
type Cell = string | number | Uint8Array | null;

export async function benchIngest({ rows = ROWS, tell }: BenchRun): Promise<Figure[]> {
  const office = await makeSyncOffice(rows, tell);
  office.remove();
  const count = office.branch.operations.length;
  const twins = Array.from({ length: OFFICES }, () => makeTwin(office.branch, count, OPERATIONS_PER_FRAME));
  const cells = twins.flatMap(rowsOf);
  const postgres = await startPostgres();
  const samples = { sqlite: [] as number[], inserts: [] as number[], postgres: [] as number[], copy: [] as number[] };
  try {
    for (let round = 0; round < WARM_UP + REPETITIONS; round += 1) {
      const ms = { sqlite: await ingestSqlite(twins), inserts: insertBare(cells), postgres: await ingestPostgres(postgres, twins), copy: await copyBare(postgres, cells) };
      tell(`round ${round}: ${Object.entries(ms).map(([name, one]) => `${name} ${Math.round(cells.length / (one / 1_000))}/s`).join(', ')}`);
      if (round >= WARM_UP) for (const name of Object.keys(ms) as (keyof typeof ms)[]) samples[name].push(cells.length / (ms[name] / 1_000));
    }
  } finally {
    await postgres.stop();
  }
  const figure = { bench: 'ingest', better: 'more', rows, unit: 'operations/s', target: null } as const;
  const ratios = (ours: readonly number[], raw: readonly number[]) => median(ours.map((one, index) => one / raw[index]!));
  return [
    { ...figure, metric: 'sqlitePerSecond', value: median(samples.sqlite) },
    { ...figure, metric: 'preparedInsertsPerSecond', value: median(samples.inserts) },
    { ...figure, metric: 'sqliteVsInserts', unit: 'ratio', value: ratios(samples.sqlite, samples.inserts), target: 0.35 },
    { ...figure, metric: 'postgresPerSecond', value: median(samples.postgres) },
    { ...figure, metric: 'copyPerSecond', value: median(samples.copy) },
    { ...figure, metric: 'postgresVsCopy', unit: 'ratio', value: ratios(samples.postgres, samples.copy), target: 0.2 },
  ];
}

/** The very rows that the server writes of them. */
function rowsOf({ office, operations }: TwinDesk): Cell[][] {
  return operations.map(({ header, body, commitment, hash }, index) => [
    office, header.device, header.seq, index + 1, header.subject, header.kind, header.version, header.actor, header.at.ms, header.at.counter, header.wall,
    header.businessDate, JSON.stringify(header.after.map((ref) => [ref.device, ref.seq])), body, commitment, hash,
  ]);
}

async function ingestAll(db: ServerDb, twins: readonly TwinDesk[]): Promise<number> {
  for (const { office, officeKeys, device, deviceKeys } of twins) await db.transaction((writes) => insertOffice(writes, office, officeKeys.publicKey, { device, publicKey: deviceKeys.publicKey }, 0));
  const begunMs = performance.now();
  await Promise.all(twins.map(async ({ office, frames }) => {
    for (const frame of frames) {
      const taken = await ingestFrame(db, office, BEST_CODEC, frame, 0);
      assert(taken.ok, `a frame is taken in: ${taken.ok ? '' : taken.error.code}`);
    }
  }));
  return performance.now() - begunMs;
}

async function ingestSqlite(twins: readonly TwinDesk[]): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'motcua-ingest-'));
  const opened = openSqliteServerDb(folder);
  assert(opened.ok, 'the database opens');
  try {
    return await ingestAll(opened.value, twins);
  } finally {
    await opened.value.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One transaction of prepared inserts into a table with the same key, encrypted and durable as the server's own. */
function insertBare(cells: readonly (readonly Cell[])[]): number {
  const folder = mkdtempSync(path.join(tmpdir(), 'motcua-inserts-'));
  const opened = openDatabase({ file: path.join(folder, 'bare.db'), key: randomKeyBytes(DATABASE_KEY_BYTES), mode: 'write', create: true });
  assert(opened.ok, 'the database opens');
  const db = opened.value;
  try {
    db.exec(`CREATE TABLE operations (${COLUMNS.join(', ')}, PRIMARY KEY (office, device, seq))`);
    const sql = `INSERT INTO operations (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`;
    const begunMs = performance.now();
    db.exec('BEGIN IMMEDIATE');
    for (const row of cells) db.run(sql, ...row);
    db.exec('COMMIT');
    return performance.now() - begunMs;
  } finally {
    closeDatabase(db);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ingestPostgres(postgres: RealPostgres, twins: readonly TwinDesk[]): Promise<number> {
  const db = await openPostgresServerDb(await postgres.newDatabase());
  try {
    return await ingestAll(db, twins);
  } finally {
    await db.close();
  }
}

/** One COPY, from a file that the database reads by itself, into a table with the same key. */
async function copyBare(postgres: RealPostgres, cells: readonly (readonly Cell[])[]): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'motcua-copy-'));
  const file = path.join(folder, 'rows.txt');
  writeFileSync(file, cells.map((row) => `${row.map(copied).join('\t')}\n`).join(''));
  // PostgreSQL may run as a user of its own.
  chmodSync(folder, 0o755);
  const client = new pg.Client({ connectionString: await postgres.newDatabase() });
  await client.connect();
  try {
    await client.query(`CREATE TABLE operations (office TEXT, device TEXT, seq BIGINT, position BIGINT, subject TEXT, kind TEXT, version BIGINT, actor TEXT, at_ms BIGINT, at_counter BIGINT,
      wall BIGINT, business_date TEXT, after TEXT, body BYTEA, commitment BYTEA, hash BYTEA, PRIMARY KEY (office, device, seq))`);
    const begunMs = performance.now();
    await client.query(`COPY operations FROM '${file}'`);
    return performance.now() - begunMs;
  } finally {
    await client.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

function copied(cell: Cell): string {
  if (cell === null) return '\\N';
  if (cell instanceof Uint8Array) return `\\\\x${Buffer.from(cell).toString('hex')}`;
  return String(cell).replace(/[\\\t\n\r]/g, (one) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[one]!);
}
