import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPostgresServerDb } from '../../src-server/db/postgres-server-db.ts';
import { DatabaseFailure } from '../../src-server/db/server-db.ts';
import { startPostgres, type RealPostgres } from '../../bench/processes/postgres.ts';
import { describeOperation } from './central-operation.suite.ts';

let postgres: RealPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

describeOperation('PostgreSQL', async () => {
  const url = await postgres.newDatabase();
  return { open: () => openPostgresServerDb(url), end: () => Promise.resolve() };
});

it('takes a COMMIT that PostgreSQL answers by ROLLBACK for the failure that it is', async () => {
  const db = await openPostgresServerDb(await postgres.newDatabase());
  const written = db.transaction(async (writes) => {
    await writes.run("INSERT INTO server_facts (name, value) VALUES ('one', '1')");
    // Somebody swallows a statement's fault: everything of the transaction is lost with it.
    await writes.run('SELECT 1 / 0').catch(() => undefined);
  });
  await expect(written).rejects.toThrow(DatabaseFailure);
  expect(await db.all('SELECT name FROM server_facts')).toEqual([]);
  await db.close();
});

it('is not ready once another program has changed the schema', async () => {
  const db = await openPostgresServerDb(await postgres.newDatabase());
  const known = await db.schemaVersion();
  await db.transaction((writes) => writes.run('UPDATE schema_version SET version = version + 1'));
  expect(await db.schemaVersion()).toBe(known + 1);
  await db.close();
});
