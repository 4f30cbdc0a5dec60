import type { OfficeId, SubjectId } from '../../../src-shared/lib/ids.ts';
import type { SnapshotPage } from '../../../src-shared/sync-protocol/snapshot.ts';
import type { ServerReads } from '../../db/server-db.ts';

/** Where the office's list is folded to, at the end of a frame: everything up to there is known by its state. 0: nowhere. */
export async function getFoldedPosition(db: ServerReads, office: OfficeId): Promise<number> {
  const row = await db.get<{ position: number | null }>(
    'SELECT max(f.position) AS position FROM frames f JOIN projections p ON p.office = f.office WHERE f.office = ? AND f.position <= p.position', office,
  );
  return row?.position ?? 0;
}

export async function isEndOfFrame(db: ServerReads, office: OfficeId, position: number): Promise<boolean> {
  return (await db.get('SELECT 1 AS one FROM frames WHERE office = ? AND position = ?', office, position)) !== undefined;
}

/** The next dossiers that somebody still works on, or that wait for their citizen, in the order of their ids. */
export async function listOpenDossiers(db: ServerReads, office: OfficeId, after: string, limit: number): Promise<readonly SubjectId[]> {
  const rows = await db.all<{ dossier: SubjectId }>(
    `SELECT dossier FROM dossiers WHERE office = ? AND dossier > ? AND status IN ('received', 'processing', 'waitingSupplement', 'waitingDuty', 'finished') ORDER BY dossier LIMIT ?`, office, after, limit,
  );
  return rows.map(({ dossier }) => dossier);
}

export async function countDossiers(db: ServerReads, office: OfficeId): Promise<number> {
  return (await db.get<{ count: number }>('SELECT count(*) AS count FROM dossiers WHERE office = ?', office))?.count ?? 0;
}

/** Operations about the office itself up to a position, where they stand in their logs, in the order in which they came. */
export function listOfficePlaces(db: ServerReads, office: OfficeId, position: number): Promise<readonly { readonly device: string; readonly seq: number }[]> {
  return db.all('SELECT device, seq FROM operations WHERE office = ? AND subject = ? AND position <= ? ORDER BY position', office, office, position);
}

/** Where each log ended at a position, as its device signed it; without the log of whoever asks. */
export async function listLogEnds(db: ServerReads, office: OfficeId, position: number, asking: string): Promise<NonNullable<SnapshotPage['ends']>> {
  const rows = await db.all<{ device: string; seq: number; hash: Uint8Array; signature: string }>(
    `SELECT f.device, f.seq, f.hash, f.signature FROM frames f
     JOIN (SELECT device, max(position) AS position FROM frames WHERE office = ? AND position <= ? AND device <> ? GROUP BY device) e ON e.position = f.position
     WHERE f.office = ? ORDER BY f.device`, office, position, asking, office,
  );
  return rows.map(({ device, seq, hash, signature }) => ({ device, seq, hash: Buffer.from(hash).toString('hex'), signature }));
}
