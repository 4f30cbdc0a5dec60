/** Logs of test desks put into a central database past the door, whose chain and signatures other tests prove. */
import type { Operation } from '../../src-shared/domain/operations/operation.ts';
import type { OfficeId } from '../../src-shared/lib/ids.ts';
import type { ServerDb } from '../../src-server/db/server-db.ts';
import { insertOffice, lockOffice } from '../../src-server/log/office-queries.ts';
import { insertOperations } from '../../src-server/log/operation-queries.ts';

const NO_LINK = new Uint8Array(32);

export async function admitTestOffice(db: ServerDb, office: OfficeId): Promise<void> {
  await db.transaction((writes) => insertOffice(writes, office, 'office-key', { device: 'd1', publicKey: 'key-d1' }, 0));
}

/** A stretch of one device's log at the end of the office's list, as a frame leaves it. */
export async function placeStretch(db: ServerDb, operations: readonly Operation[], takenAt = 0): Promise<void> {
  const { office, device, seq } = operations.at(-1)!.header;
  await db.transaction(async (writes) => {
    const { position } = (await lockOffice(writes, office))!;
    const last = position + operations.length;
    await insertOperations(writes, office, operations.map(({ header, body }) => ({ header, body: body === undefined ? null : Buffer.from(JSON.stringify(body)), commitment: NO_LINK, hash: NO_LINK })), position + 1);
    await writes.run("INSERT INTO frames (office, position, first_position, device, seq, hash, signature, taken_at) VALUES (?, ?, ?, ?, ?, ?, 'none', ?)", office, last, position + 1, device, seq, NO_LINK, takenAt);
    await writes.run('UPDATE offices SET position = ? WHERE office = ?', last, office);
  });
}

/** Empties every table, so that many runs share one database. */
export async function emptyCentral(db: ServerDb): Promise<void> {
  const tables = await db.tables();
  await db.transaction(async (writes) => {
    for (const { name } of tables) await writes.run(`DELETE FROM ${name}`);
  });
}
