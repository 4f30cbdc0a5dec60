import { randomUUID } from 'node:crypto';
import { assert } from '../src-shared/lib/assert.ts';
import type { OfficeId } from '../src-shared/lib/ids.ts';
import { DAY_MS, MINUTE_MS } from '../src-shared/lib/office-time.ts';
import { composeServer, type CentralServer } from '../src-server/compose-server.ts';
import { openPostgresServerDb } from '../src-server/db/postgres-server-db.ts';
import type { ServerDb } from '../src-server/db/server-db.ts';
import { makeSetUpCode } from '../src-server/features/administrators/set-up.ts';
import { CONSOLE_API } from '../src-shared/console-contract/console-contract.ts';
import type { BenchRun } from './measure/bench-run.ts';
import { median, percentile, type Figure } from './measure/figure.ts';
import { startPostgres } from './processes/postgres.ts';

/**
 * The upper tier's page of the whole country: every office on one line, and one office alone, over real HTTP from a real PostgreSQL that holds
 * `rows` dossiers. The peer is the least that the database itself needs for the same numbers: one statement that counts the open dossiers of
 * every office, on the same connection in the same run.
 */
const OFFICES = 3_321;
const DEVICES = 10;
const ROWS = 3_321_000;
/** Of a year's dossiers. */
const OPEN_SHARE = 0.08;
const ROUNDS = 12;
const AT_ONCE = 8;
const NOW_MS = Date.UTC(2026, 10, 27, 3);
const TARGET = { listMs: 1_000, oneMs: 50 };

export async function benchOverview({ rows = ROWS, tell }: BenchRun): Promise<Figure[]> {
  const postgres = await startPostgres();
  try {
    const url = await postgres.newDatabase();
    const server = await composeServer({ db: await openPostgresServerDb(url), name: 'bench', nowMs: () => NOW_MS, logTo: { write: () => undefined } });
    const db = await openPostgresServerDb(url, { statementMs: 600_000 });
    try {
      await fill(db, rows, tell);
      return await measure(server, db, rows, tell);
    } finally {
      await db.close();
      await server.close();
    }
  } finally {
    await postgres.stop();
  }
}

const OFFICES_PER_STATEMENT = 123;

/** Offices as their rows stand after months of work, made by the database itself. */
async function fill(db: ServerDb, rows: number, tell: BenchRun['tell']): Promise<void> {
  const begun = performance.now();
  const each = Math.ceil(rows / OFFICES);
  const open = Math.max(1, Math.round(each * OPEN_SHARE));
  for (let from = 0; from < OFFICES; from += OFFICES_PER_STATEMENT) {
    const to = Math.min(from + OFFICES_PER_STATEMENT, OFFICES) - 1;
    const office = `(lpad(to_hex(o), 8, '0') || '-0000-4000-8000-000000000000')`;
    await db.transaction(async (writes) => {
      await writes.run(`INSERT INTO offices (office, public_key, admitted_at, position) SELECT ${office}, '', ${NOW_MS - 60 * DAY_MS}, 1000 FROM generate_series(${from}, ${to}) o`);
      await writes.run(`INSERT INTO projections (office, position, office_position, generation, swept, names) SELECT ${office}, 1000, 0, 0, 0, '[["2026-07-01","Xã ' || o || '"]]' FROM generate_series(${from}, ${to}) o`);
      await writes.run(`INSERT INTO devices (office, device, public_key, revoked, seq, hash) SELECT ${office}, 'd' || d, '', 0, 900, '' FROM generate_series(${from}, ${to}) o, generate_series(1, ${DEVICES}) d`);
      await writes.run(`INSERT INTO device_contacts (office, device, contact_at, program, log_end, oldest_unsent_at) SELECT ${office}, 'd' || d, ${NOW_MS} - (o % 50) * ${MINUTE_MS}::bigint, '0.1.0', 900 + o % 3, NULL FROM generate_series(${from}, ${to}) o, generate_series(1, ${DEVICES}) d`);
      await writes.run(
        `INSERT INTO dossiers (office, dossier, status, received_at, due_at, procedure_code, codes, open_conflicts, needs_review, generation)
         SELECT ${office}, md5(o || '.' || n), CASE WHEN n <= ${open} THEN 'processing' ELSE 'returned' END, ${NOW_MS}, CASE WHEN n <= ${open} THEN ${NOW_MS} + (n % 20 - 3) * ${DAY_MS}::bigint END, '1.000001', '["X-1"]', 0, 0, 0
         FROM generate_series(${from}, ${to}) o, generate_series(1, ${each}) n`,
      );
    });
  }
  // As autovacuum leaves them.
  for (const table of ['dossiers', 'devices', 'device_contacts', 'offices', 'projections']) await db.all(`ANALYZE ${table}`);
  await db.reclaim();
  tell(`${OFFICES} offices with ${each * OFFICES} dossiers after ${((performance.now() - begun) / 1_000).toFixed(0)} s`);
}

const RAW = "SELECT office, count(*) AS open FROM dossiers WHERE status IN ('received', 'processing', 'waitingSupplement', 'waitingDuty') GROUP BY office";

async function measure(server: CentralServer, db: ServerDb, rows: number, tell: BenchRun['tell']): Promise<Figure[]> {
  const ask = await signedIn(server, db);
  const one = `/offices/${(await db.get<{ office: OfficeId }>('SELECT office FROM offices ORDER BY office LIMIT 1'))!.office}`;
  const list: number[] = [];
  const raw: number[] = [];
  const single: number[] = [];
  let bytes = 0;
  // In turns, so that each meets the machine as the others do; the first round warms all of them.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const [listMs, answered] = await timed(() => ask('/offices'));
    const [rawMs] = await timed(() => db.all(RAW));
    const [oneMs] = await timed(() => ask(one));
    bytes = answered;
    if (round === 0) continue;
    list.push(listMs);
    raw.push(rawMs);
    single.push(oneMs);
  }
  const [togetherMs] = await timed(() => Promise.all(Array.from({ length: AT_ONCE }, () => ask('/offices'))));
  tell(`list ${list.map(Math.round).join(' ')} ms; raw ${raw.map(Math.round).join(' ')} ms; one ${single.map((ms) => ms.toFixed(1)).join(' ')} ms`);
  const figure = (metric: string, value: number, unit: string, target: number | null): Figure => ({ bench: 'overview', metric, value, unit, target, better: 'less', rows });
  return [
    figure('every office, median', median(list), 'ms', TARGET.listMs),
    figure('every office, 90 %', percentile(list, 0.9), 'ms', null),
    figure('raw count of open dossiers by office, median', median(raw), 'ms', null),
    figure('every office against the raw count', median(list) / median(raw), 'times', null),
    figure('one office, median', median(single), 'ms', TARGET.oneMs),
    figure(`every office, ${AT_ONCE} administrators at once, the last`, togetherMs, 'ms', null),
    figure('every office, the answer', bytes, 'bytes', null),
  ];
}

async function timed<T>(work: () => Promise<T>): Promise<readonly [number, T]> {
  const begun = performance.now();
  const value = await work();
  return [performance.now() - begun, value];
}

/** A browser that signed in: bytes of the answer as they went over. */
async function signedIn(server: CentralServer, db: ServerDb): Promise<(path: string) => Promise<number>> {
  const address = await server.console.listen({ host: '127.0.0.1', port: 0 });
  const { code } = await db.transaction((writes) => makeSetUpCode(writes, null, NOW_MS));
  const made = await fetch(`${address}${CONSOLE_API}/administrators/set-up`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code, name: `Đo ${randomUUID().slice(0, 4)}`, password: 'suoi-chay-ve-xuoi' }) });
  const cookie = made.headers.get('set-cookie')?.split(';')[0];
  assert(cookie, 'an administrator');
  return async (path) => {
    const answered = await fetch(`${address}${CONSOLE_API}${path}`, { headers: { cookie } });
    assert(answered.ok, `${path}: ${answered.status}`);
    await answered.arrayBuffer();
    return Number(answered.headers.get('content-length'));
  };
}
