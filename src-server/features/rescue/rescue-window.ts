import type { DeskId, DeviceId, OfficeId } from '../../../src-shared/lib/ids.ts';
import type { ServerDb, ServerReads } from '../../db/server-db.ts';
import { readOffice } from '../../log/office-queries.ts';

/** A desk that its office has stopped. */
export interface StoppedDesk {
  readonly office: OfficeId;
  readonly officeName: string;
  readonly desk: DeskId;
  readonly name: string;
  /** Until when it may hand up what it has; null while it may not. */
  readonly until: number | null;
}

/** Of every office; for whoever runs the server, never for a desk. */
export async function listStoppedDesks(db: ServerReads): Promise<readonly StoppedDesk[]> {
  const stopped: StoppedDesk[] = [];
  for (const { office } of await db.all<{ office: OfficeId }>('SELECT DISTINCT office FROM devices WHERE revoked = 1 ORDER BY office')) {
    const folded = await readOffice(db, office, []);
    for (const { id, name, revokedAt } of folded?.desks.values() ?? []) {
      if (revokedAt !== null) stopped.push({ office, officeName: folded?.attributeVersions.at(-1)?.attributes.unitName ?? '', desk: id, name, until: (await getUntil(db, office, id)) ?? null });
    }
  }
  return stopped;
}

/**
 * From now on until then every device of this desk may hand up its work and is handed nothing: what it wrote is stored and judged
 * in the fold like all else, where acts behind the stop count for nothing (design §1).
 */
export async function openRescueWindow(db: ServerDb, office: OfficeId, desk: DeskId, untilMs: number): Promise<void> {
  await db.transaction((writes) => writes.run('INSERT INTO rescue_windows (office, desk, until) VALUES (?, ?, ?) ON CONFLICT (office, desk) DO UPDATE SET until = excluded.until', office, desk, untilMs));
}

export async function isRescued(db: ServerReads, office: OfficeId, device: string, nowMs: number): Promise<boolean> {
  const desk = (await readOffice(db, office, []))?.devices.get(device as DeviceId)?.desk;
  const until = desk && (await getUntil(db, office, desk));
  return until !== undefined && nowMs < until;
}

async function getUntil(db: ServerReads, office: OfficeId, desk: DeskId): Promise<number | undefined> {
  return (await db.get<{ until: number }>('SELECT until FROM rescue_windows WHERE office = ? AND desk = ?', office, desk))?.until;
}
