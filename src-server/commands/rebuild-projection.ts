import { setTimeout as delay } from 'node:timers/promises';
import type { OfficeId } from '../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import type { ServerDb } from '../db/server-db.ts';
import { restartProjection } from '../features/projection/projection-queries.ts';
import type { ProjectionJob } from '../jobs/projection-job.ts';

const WAIT_MS = 50;

/**
 * Folds what the upper tier sees anew from the log, of one office or of all, beside servers that run: rows stay to be seen until each
 * is written again, and what nothing in the log makes goes at the end. Returns how many offices that were.
 */
export async function rebuildProjection(db: ServerDb, job: ProjectionJob, office: OfficeId | undefined): Promise<Result<number, 'unknownOffice'>> {
  const offices = (await db.all<{ office: OfficeId }>('SELECT office FROM projections ORDER BY office')).filter((row) => office === undefined || row.office === office);
  if (office !== undefined && offices.length === 0) return err('unknownOffice');
  for (const { office: id } of offices) await db.transaction((writes) => restartProjection(writes, id));
  // Another server may be folding the same office: it is waited for, slice by slice.
  while (await isAnyRebuilding(db, office)) {
    await job.settle(office);
    await delay(WAIT_MS);
  }
  return ok(offices.length);
}

/** One that cannot be folded as a whole says so by its fault and is not waited for. */
async function isAnyRebuilding(db: ServerDb, office: OfficeId | undefined): Promise<boolean> {
  const rows = await db.all<{ office: OfficeId }>('SELECT office FROM projections p WHERE swept < generation AND NOT EXISTS (SELECT 1 FROM projection_faults f WHERE f.office = p.office AND f.subject = p.office)');
  return rows.some((row) => office === undefined || row.office === office);
}
