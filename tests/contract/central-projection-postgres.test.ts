import { afterAll, beforeAll } from 'vitest';
import { openPostgresServerDb } from '../../src-server/db/postgres-server-db.ts';
import { startPostgres, type RealPostgres } from '../../bench/processes/postgres.ts';
import { describeProjection } from './central-projection.suite.ts';

let postgres: RealPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

describeProjection('PostgreSQL', async () => {
  const url = await postgres.newDatabase();
  return { open: () => openPostgresServerDb(url), end: () => Promise.resolve() };
}, { hasManyWriters: true, runs: 15 });
