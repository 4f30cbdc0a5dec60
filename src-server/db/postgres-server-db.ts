import { readFileSync } from 'node:fs';
import pg from 'pg';
import { listMigrations } from '../../src-node/db/run-migrations.ts';
import { assert } from '../../src-shared/lib/assert.ts';
import { MIGRATIONS_FOLDER } from './migrations-folder.ts';
import type { ServerDb, ServerReads, ServerValue, ServerWrites } from './server-db.ts';

/** Any number of this program's own; processes that start at once wait for each other. */
const MIGRATION_LOCK = 4_870;

/** A statement of ours takes milliseconds; one that waits for a lock or a database that hangs ends, and its desk asks again. */
const LIMITS = { connectMs: 10_000, statementMs: 60_000, lockMs: 15_000, idleMs: 30_000 };

/** The database of a province. `url`: postgres://… */
export async function openPostgresServerDb(url: string, limits: Partial<typeof LIMITS> = {}): Promise<ServerDb> {
  const { connectMs, statementMs, lockMs, idleMs } = { ...LIMITS, ...limits };
  const pool = new pg.Pool({
    connectionString: url, types: { getTypeParser }, connectionTimeoutMillis: connectMs,
    // The first three by the database itself; the last one where it answers nothing any more.
    statement_timeout: statementMs, lock_timeout: lockMs, idle_in_transaction_session_timeout: idleMs, query_timeout: statementMs + connectMs,
  });
  // A connection that breaks while nobody uses it is replaced; whoever uses one is told by its query. Without listeners it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void client.on('error', () => undefined));
  try {
    await migrate(url);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    kind: 'postgres',
    ...readsOf(pool),
    transaction: async (work) => {
      const client = await pool.connect();
      let fault: Error | undefined;
      try {
        await client.query('BEGIN');
        const value = await work(writesOf(client));
        await client.query('COMMIT');
        return value;
      } catch (error) {
        fault = await client.query('ROLLBACK').then(() => undefined, (broken: unknown) => broken as Error);
        throw error;
      } finally {
        // One that could not even be rolled back is thrown away.
        client.release(fault);
      }
    },
    close: () => pool.end(),
  };
}

/** On a connection of its own, without limits: however long another process migrates, and whatever a script takes. */
async function migrate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, types: { getTypeParser }, connectionTimeoutMillis: LIMITS.connectMs });
  try {
    await client.connect();
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query('CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)');
    const { rows } = await client.query<{ version: number }>('SELECT version FROM schema_version');
    const from = rows[0]?.version ?? 0;
    const migrations = listMigrations(MIGRATIONS_FOLDER, '.postgres.sql');
    if (from > migrations.length) throw new Error(`the database has schema ${from}, this program knows ${migrations.length}`);
    for (const migration of migrations.slice(from)) {
      await client.query('BEGIN');
      await client.query(readFileSync(migration.file, 'utf8'));
      await client.query('DELETE FROM schema_version');
      await client.query('INSERT INTO schema_version (version) VALUES ($1)', [migration.version]);
      await client.query('COMMIT');
    }
    await client.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
  } finally {
    // A failed one takes its lock and its open transaction along.
    await client.end();
  }
}

interface Queryable {
  query<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<pg.QueryResult<Row>>;
}

function readsOf(queryable: Queryable): ServerReads {
  const rowsOf = async <Row>(sql: string, values: readonly ServerValue[]) => (await queryable.query(numbered(sql), values.map(bound))).rows as unknown as readonly Row[];
  return {
    all: <Row>(sql: string, ...values: readonly ServerValue[]) => rowsOf<Row>(sql, values),
    get: async <Row>(sql: string, ...values: readonly ServerValue[]) => (await rowsOf<Row>(sql, values))[0],
  };
}

function writesOf(client: Queryable): ServerWrites {
  const reads = readsOf(client);
  return {
    ...reads,
    returning: reads.get,
    run: async (sql, ...values) => void (await client.query(numbered(sql), values.map(bound))),
    insertMany: async (table, columns, rows, onConflict) => {
      const names = Object.keys(columns);
      const arrays = names.map((_, index) => rows.map((row) => bound(row[index]!)));
      const lists = Object.values(columns).map((type, index) => `$${index + 1}::${type}[]`);
      await client.query(`INSERT INTO ${table} (${names.join(', ')}) SELECT * FROM unnest(${lists.join(', ')})${onConflict === 'nothing' ? ' ON CONFLICT DO NOTHING' : ''}`, arrays);
    },
  };
}

/** `?` -> `$1`, `$2` …; our SQL holds no question mark otherwise. */
function numbered(sql: string): string {
  let count = 0;
  return sql.replaceAll('?', () => `$${(count += 1)}`);
}

function bound(value: ServerValue): string | number | Buffer | null {
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value;
}

/** BIGINT as a number: none of ours is beyond 2^53. */
const getTypeParser = ((oid: number, format?: 'text' | 'binary') => (oid === pg.types.builtins.INT8 ? toNumber : pg.types.getTypeParser(oid, format as 'text'))) as typeof pg.types.getTypeParser;

function toNumber(text: string): number {
  const value = Number(text);
  assert(Number.isSafeInteger(value), 'a number of the database is a safe integer');
  return value;
}
