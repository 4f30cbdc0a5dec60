import type { DeskId, OfficeId } from '../../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../../src-shared/lib/result.ts';
import type { ServerWrites } from '../../db/server-db.ts';
import { listStops, lockOffice, readOffice, writeDevices } from '../../log/office-queries.ts';

export interface StopWords {
  readonly by: string;
  readonly at: number;
  readonly reason: string;
}

/** Of a desk with all its devices, also those that it becomes later: a folder that is restored or copied is stopped too. */
export async function stopDesk(db: ServerWrites, office: OfficeId, desk: DeskId, { by, at, reason }: StopWords): Promise<Result<{ readonly name: string }, 'stops.unknownDesk' | 'stops.already'>> {
  const found = await findDesk(db, office, desk);
  if (!found) return err('stops.unknownDesk');
  if (found.isStoppedByOffice || found.isStoppedHere) return err('stops.already');
  await db.run('INSERT INTO stopped_desks (office, desk, by_name, at_ms, reason) VALUES (?, ?, ?, ?, ?)', office, desk, by, at, reason);
  await writeDevices(db, found.folded);
  return ok({ name: found.name });
}

/** Takes back what an administrator of the server did; what the office itself has stopped stays so. */
export async function resumeDesk(db: ServerWrites, office: OfficeId, desk: DeskId): Promise<Result<{ readonly name: string }, 'stops.unknownDesk' | 'stops.none'>> {
  const found = await findDesk(db, office, desk);
  if (!found) return err('stops.unknownDesk');
  if (!found.isStoppedHere) return err('stops.none');
  await db.run('DELETE FROM stopped_desks WHERE office = ? AND desk = ?', office, desk);
  await writeDevices(db, found.folded);
  return ok({ name: found.name });
}

/** Its name and by whom it is stopped; the office's row is held until the transaction ends, so no frame is judged by half of it. */
export async function findDesk(db: ServerWrites, office: OfficeId, desk: DeskId) {
  if (!(await lockOffice(db, office))) return undefined;
  const folded = await readOffice(db, office, []);
  const known = folded?.desks.get(desk);
  if (!folded || !known) return undefined;
  return { folded, name: known.name, isStoppedByOffice: known.revokedAt !== null, isStoppedHere: (await listStops(db, office)).has(desk) };
}
