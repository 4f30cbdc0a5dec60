import { afterAll, beforeAll } from 'vitest';
import { openPostgresServerDb } from '../../src-server/db/postgres-server-db.ts';
import { startPostgres, type RealPostgres } from '../../bench/processes/postgres.ts';
import { describePacks } from './central-packs.suite.ts';

let postgres: RealPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

describePacks('PostgreSQL', async () => {
  const url = await postgres.newDatabase();
  return { url, open: () => openPostgresServerDb(url), end: () => Promise.resolve() };
});
