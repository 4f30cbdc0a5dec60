import { afterAll, beforeAll } from 'vitest';
import { openPostgresServerDb } from '../../src-server/db/postgres-server-db.ts';
import { startPostgres, type TestPostgres } from '../helpers/postgres.ts';
import { describeCentralServerTls } from './central-server-tls.suite.ts';
import { describeCentralServer } from './central-server.suite.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

async function newDatabase() {
  const url = await postgres.newDatabase();
  return { open: () => openPostgresServerDb(url), end: () => Promise.resolve() };
}

describeCentralServer('PostgreSQL', newDatabase, { hasManyWriters: true });
describeCentralServerTls('PostgreSQL', newDatabase);
