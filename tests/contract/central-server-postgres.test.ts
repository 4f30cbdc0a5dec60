import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OfficeId } from '../../src-shared/lib/ids.ts';
import { openPostgresServerDb } from '../../src-server/db/postgres-server-db.ts';
import { insertOffice, lockOffice } from '../../src-server/log/office-queries.ts';
import { startPostgres, type RealPostgres } from '../../bench/processes/postgres.ts';
import { describeCentralServerTls } from './central-server-tls.suite.ts';
import { describeCentralServer } from './central-server.suite.ts';

let postgres: RealPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

async function newDatabase() {
  const url = await postgres.newDatabase();
  return { url, open: () => openPostgresServerDb(url), end: () => Promise.resolve() };
}

describeCentralServer('PostgreSQL', newDatabase, { hasManyWriters: true });
describeCentralServerTls('PostgreSQL', newDatabase);

describe('a transaction that hangs', () => {
  it('holds nobody up for ever: whoever waits for its lock is told, and the database ends it', async () => {
    const url = await postgres.newDatabase();
    const [hanging, waiting, patient] = await Promise.all([openPostgresServerDb(url, { idleMs: 400 }), openPostgresServerDb(url, { lockMs: 50 }), openPostgresServerDb(url)]);
    const office = randomUUID() as OfficeId;
    await patient.transaction((writes) => insertOffice(writes, office, 'key', { device: 'd1', publicKey: 'key' }, 0));
    let goOn: () => void = () => undefined;
    let isLocked: () => void = () => undefined;
    const locked = new Promise<void>((resolve) => (isLocked = resolve));
    const hung = hanging.transaction(async (writes) => {
      await lockOffice(writes, office);
      isLocked();
      await new Promise<void>((resolve) => (goOn = resolve));
      await lockOffice(writes, office);
    });
    await locked;
    await expect(waiting.transaction((writes) => lockOffice(writes, office))).rejects.toMatchObject({ code: '55P03' });
    expect(await patient.transaction((writes) => lockOffice(writes, office))).toMatchObject({ founder_device: 'd1' });
    goOn();
    await expect(hung).rejects.toThrow();
    // Its connection was thrown away, and the next one serves.
    expect(await hanging.transaction((writes) => lockOffice(writes, office))).toMatchObject({ position: 0 });
    await Promise.all([hanging, waiting, patient].map((db) => db.close()));
  });
});
