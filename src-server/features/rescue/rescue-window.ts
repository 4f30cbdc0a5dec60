import type { DeskId, DeviceId, OfficeId } from '../../../src-shared/lib/ids.ts';
import type { ServerReads, ServerWrites } from '../../db/server-db.ts';
import { listStops, readOffice } from '../../log/office-queries.ts';

/** A desk that its office or an administrator of the server has stopped. */
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
    const [folded, stops] = [await readOffice(db, office, []), await listStops(db, office)];
    for (const { id, name, revokedAt } of folded?.desks.values() ?? []) {
      if (revokedAt !== null || stops.has(id)) stopped.push({ office, officeName: folded?.attributeVersions.at(-1)?.attributes.unitName ?? '', desk: id, name, until: (await getUntil(db, office, id)) ?? null });
    }
  }
  return stopped;
}

/**
 * From now on until then every device of this desk may hand up its work and is handed nothing: what it wrote is stored and judged
 * in the fold like all else, where acts behind the stop count for nothing (design §1).
 */
export async function openRescueWindow(db: ServerWrites, office: OfficeId, desk: DeskId, untilMs: number): Promise<void> {
  await db.run('INSERT INTO rescue_windows (office, desk, until) VALUES (?, ?, ?) ON CONFLICT (office, desk) DO UPDATE SET until = excluded.until', office, desk, untilMs);
}

export async function isRescued(db: ServerReads, office: OfficeId, device: string, nowMs: number): Promise<boolean> {
  const desk = (await readOffice(db, office, []))?.devices.get(device as DeviceId)?.desk;
  const until = desk && (await getUntil(db, office, desk));
  return until !== undefined && nowMs < until;
}

/** Stopped by an administrator of the server, whatever its office says. */
export async function isStoppedHere(db: ServerReads, office: OfficeId, device: string): Promise<boolean> {
  const stops = await listStops(db, office);
  const desk = stops.size === 0 ? undefined : (await readOffice(db, office, []))?.devices.get(device as DeviceId)?.desk;
  return desk !== undefined && stops.has(desk);
}

export async function listRescueWindows(db: ServerReads, office: OfficeId): Promise<ReadonlyMap<DeskId, number>> {
  return new Map((await db.all<{ desk: DeskId; until: number }>('SELECT desk, until FROM rescue_windows WHERE office = ?', office)).map(({ desk, until }) => [desk, until]));
}

async function getUntil(db: ServerReads, office: OfficeId, desk: DeskId): Promise<number | undefined> {
  return (await db.get<{ until: number }>('SELECT until FROM rescue_windows WHERE office = ? AND desk = ?', office, desk))?.until;
}
