import { readFileSync } from 'node:fs';
import pg from 'pg';
import { listMigrations } from '../../src-node/db/run-migrations.ts';
import { assert } from '../../src-shared/lib/assert.ts';
import { MIGRATIONS_FOLDER } from './migrations-folder.ts';
import { conflictClause, DatabaseFailure, type ColumnType, type Keeping, type ServerDb, type ServerReads, type ServerTable, type ServerValue, type ServerWrites } from './server-db.ts';

/** Any number of this program's own; processes that start at once wait for each other. */
const MIGRATION_LOCK = 4_870;

/** A statement of ours takes milliseconds; one that waits for a lock or a database that hangs ends, and its desk asks again. */
const LIMITS = { connectMs: 10_000, statementMs: 60_000, lockMs: 15_000, idleMs: 30_000 };

/** A cut takes the commits of the last moments back in their order, never one before another. */
const BEGIN: Readonly<Record<Keeping, string>> = { durable: 'BEGIN', repeatable: 'BEGIN; SET LOCAL synchronous_commit TO off' };

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
    transaction: (work, keeping = 'durable') => inTransaction(pool, BEGIN[keeping], (client) => work(writesOf(client))),
    snapshot: (work) => inTransaction(pool, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', (client) => work(readsOf(client))),
    schemaVersion: async () => (await readsOf(pool).get<{ version: number }>('SELECT version FROM schema_version'))?.version ?? 0,
    tables: () => listTables(readsOf(pool)),
    // Cannot run inside a transaction. What else of them may lie where is said in docs/SERVER.md.
    reclaim: async () => (await query(pool, 'VACUUM operations, subject_keys, dossiers', [])).command === 'VACUUM',
    close: () => pool.end(),
  };
}

async function inTransaction<T>(pool: pg.Pool, begin: string, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw failureOf(error);
  });
  let fault: Error | undefined;
  try {
    await query(client, begin, []);
    const value = await work(client);
    // A transaction in which a statement had failed is answered by ROLLBACK, without an error.
    const { command } = await query(client, 'COMMIT', []);
    if (command !== 'COMMIT') throw new DatabaseFailure(`the database answered ${command} to COMMIT`);
    return value;
  } catch (error) {
    fault = await client.query('ROLLBACK').then(() => undefined, (broken: unknown) => broken as Error);
    throw error;
  } finally {
    // One that could not even be rolled back is thrown away.
    client.release(fault);
  }
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
  query<Row extends pg.QueryResultRow>(asked: pg.QueryConfig): Promise<pg.QueryResult<Row>>;
}

/** Statements are parsed and planned once a connection: their texts are constants, so there are some dozens. */
const statementNames = new Map<string, string>();

function statementOf(text: string, values: unknown[]): pg.QueryConfig {
  // BEGIN and its like take no values and are told as they are.
  if (values.length === 0) return { text };
  const name = statementNames.get(text) ?? `motcua_${statementNames.size}`;
  statementNames.set(text, name);
  return { name, text, values };
}

/** Values that do not fit, a broken promise of ours or wrong SQL: they would be the same the next time (SQLSTATE classes). */
const OUR_FAULTS: ReadonlySet<string> = new Set(['22', '23', '42']);

function failureOf(error: unknown): unknown {
  return error instanceof pg.DatabaseError && OUR_FAULTS.has(error.code?.slice(0, 2) ?? '') ? error : new DatabaseFailure((error as Error).message, error);
}

async function query<Row extends pg.QueryResultRow>(queryable: Queryable, text: string, values: readonly ServerValue[]): Promise<pg.QueryResult<Row>> {
  try {
    return await queryable.query<Row>(statementOf(numbered(text), values.map(bound)));
  } catch (error) {
    throw failureOf(error);
  }
}

function readsOf(queryable: Queryable): ServerReads {
  const rowsOf = async <Row>(sql: string, values: readonly ServerValue[]) => (await query(queryable, sql, values)).rows as unknown as readonly Row[];
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
    run: async (sql, ...values) => void (await query(client, sql, values)),
    claim: (sql, ...values) => reads.get(`${sql} FOR UPDATE SKIP LOCKED`, ...values),
    insertMany: async (table, columns, rows, onConflict) => {
      const names = Object.keys(columns);
      const arrays = names.map((_, index) => rows.map((row) => bound(row[index]!)));
      const lists = Object.values(columns).map((type, index) => `$${index + 1}::${type}[]`);
      const text = `INSERT INTO ${table} (${names.join(', ')}) SELECT * FROM unnest(${lists.join(', ')})${conflictClause(names, onConflict)}`;
      await client.query(statementOf(text, arrays)).catch((error: unknown) => {
        throw failureOf(error);
      });
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

const TYPES: Readonly<Record<string, ColumnType>> = { text: 'text', bigint: 'bigint', bytea: 'bytea' };

async function listTables(db: ServerReads): Promise<readonly ServerTable[]> {
  const rows = await db.all<{ name: string; column_name: string; type: string; pk: number | null }>(
    `SELECT t.relname::text AS name, a.attname::text AS column_name, format_type(a.atttypid, NULL) AS type, array_position(i.indkey::int2[], a.attnum)::bigint AS pk
     FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped LEFT JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary
     WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind IN ('r', 'p') AND NOT t.relispartition AND t.relname <> 'schema_version' ORDER BY t.relname, a.attnum`,
  );
  return [...Map.groupBy(rows, (row) => row.name)].map(([name, columns]) => ({
    name,
    columns: Object.fromEntries(columns.map((column) => [column.column_name, TYPES[column.type]!])),
    key: columns.filter(({ pk }) => pk !== null).sort((a, b) => a.pk! - b.pk!).map((column) => column.column_name),
  }));
}
