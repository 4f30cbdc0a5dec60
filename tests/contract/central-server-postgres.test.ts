import { afterAll, beforeAll } from 'vitest';
import { openPostgresServerDb } from '../../src-server/db/postgres-server-db.ts';
import { startPostgres, type TestPostgres } from '../helpers/postgres.ts';
import { describeCentralServer } from './central-server.suite.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

describeCentralServer('PostgreSQL', async () => {
  const url = await postgres.newDatabase();
  return { open: () => openPostgresServerDb(url), end: () => Promise.resolve() };
}, { hasManyWriters: true });
