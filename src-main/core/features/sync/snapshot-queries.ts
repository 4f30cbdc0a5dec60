import type { SnapshotRequest } from '../../../../src-shared/sync-protocol/snapshot.ts';
import type { ReadableDb, WritableDb } from '../../../../src-node/db/sqlite.ts';
import { isArrivalOpen } from '../../../../src-node/operations/arrival.ts';
import { readFact, writeFact } from '../../../../src-node/operations/desk-facts.ts';
import { isHistoryArriving } from '../../../../src-node/operations/log-tops.ts';
import { subjectToBytes } from '../../../../src-node/operations/operation-rows.ts';
import { FACT, type OpenDesk } from '../../desk/open-desk.ts';
import { founderOf, readCursor, type SyncCursor } from './sync-queries.ts';

/** What has come of a snapshot whose end has not. */
export interface SnapshotStand {
  readonly at: SyncCursor;
  readonly after: string | null;
  /** Dossiers of the office in all. */
  readonly dossiers: number;
}

/** Older years on their way behind a snapshot: the list from its start, as far as that went. */
export interface FillStand extends SyncCursor {
  readonly until: number;
  readonly dossiers: number;
  /** What has come over for it. */
  readonly bytes: number;
}

export const readSnapshotStand = (db: ReadableDb): SnapshotStand | null => readFact<SnapshotStand | null>(db, FACT.syncSnapshot) ?? null;
export const readFill = (db: ReadableDb): FillStand | null => readFact<FillStand | null>(db, FACT.syncFill) ?? null;

export function writeSnapshotStand(db: WritableDb, stand: SnapshotStand | null): void {
  writeFact(db, FACT.syncSnapshot, stand);
}

/** Read to where the snapshot stood, nothing older is left. */
export function writeFill(db: WritableDb, fill: FillStand | null): void {
  writeFact(db, FACT.syncFill, fill && fill.position < fill.until ? fill : null);
}

/** A desk that joined and has nothing of the others yet, neither from this list nor from a folder. Whoever founded the office has it all. */
export function isSnapshotWanted(desk: OpenDesk): boolean {
  const { db, device, log } = desk;
  if ((readCursor(db)?.position ?? 0) > 0) return false;
  if (db.value('SELECT 1 FROM devices WHERE device <> ? LIMIT 1', log.names.find(device) ?? 0) === 1) return false;
  return founderOf(desk) !== device;
}

/** What is asked for next. */
export function snapshotRequest({ db, log, officeSubject }: OpenDesk): SnapshotRequest {
  const stand = readSnapshotStand(db);
  const rows = db.all<{ device: number; seq: number }>('SELECT device, max(seq) AS seq FROM operations WHERE subject = ? GROUP BY device', subjectToBytes(officeSubject));
  return { at: stand?.at ?? null, after: stand?.after ?? null, office: Object.fromEntries(rows.map(({ device, seq }) => [log.names.textOf(device), seq])) };
}

export interface OlderComing {
  /** `open`: those that are worked on; `older`: all others. */
  readonly part: 'open' | 'older';
  /** About so many dossiers that are not here. */
  readonly dossiers: number;
  /** At the speed seen last; null before that can be told. */
  readonly minutes: number | null;
}

/** What of the office is still on its way behind a snapshot; null where the logs are whole. */
export function readOlder(db: ReadableDb, bytesPerMs: number | null): OlderComing | null {
  const stand = readSnapshotStand(db);
  const fill = readFill(db);
  if (!fill && !isHistoryArriving(db)) return null;
  const here = db.value<number>('SELECT sum(count) FROM dossier_counts') ?? 0;
  const dossiers = ((stand ?? fill)?.dossiers ?? 0) - here;
  const bytesLeft = fill && fill.position > 0 ? (fill.bytes / fill.position) * (fill.until - fill.position) : null;
  // The last page is in the log before it is in the lists.
  const isFolding = fill?.position === 0 && isArrivalOpen(db);
  return { part: stand || isFolding ? 'open' : 'older', dossiers: Math.max(0, dossiers), minutes: bytesLeft === null || !bytesPerMs ? null : bytesLeft / bytesPerMs / 60_000 };
}
