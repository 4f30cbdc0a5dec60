import type { OfficeId } from '../../../src-shared/lib/ids.ts';
import type { ServerReads } from '../../db/server-db.ts';

/** What of an office is acknowledged and not yet folded. */
export interface ProjectionLag {
  /** Positions of its list. */
  readonly operations: number;
  /** When the oldest of them was taken in; null where none waits. */
  readonly since: number | null;
  /** Dossiers to be folded anew because somebody's roles or a device changed behind them. */
  readonly refolds: number;
  /** It is being made anew from its beginning; its rows are as they were until each is written again. */
  readonly isRebuilding: boolean;
}

interface LagRow {
  readonly office: OfficeId;
  readonly operations: number;
  readonly since: number | null;
  readonly refolds: number;
  readonly rebuilding: number;
}

/** Counted once and joined: asked of each of thousands of offices by itself, it would be half of the overview. */
const REFOLDS = 'SELECT office, count(*) AS refolds FROM refolds GROUP BY office';
const LAG = `SELECT o.office, o.position - coalesce(p.position, 0) AS operations,
    CASE WHEN o.position > coalesce(p.position, 0) THEN
      (SELECT f.taken_at FROM frames f WHERE f.office = o.office AND f.position > coalesce(p.position, 0) ORDER BY f.position LIMIT 1) END AS since,
    coalesce(r.refolds, 0) AS refolds,
    CASE WHEN p.swept < p.generation THEN CAST(1 AS BIGINT) ELSE 0 END AS rebuilding
  FROM offices o LEFT JOIN projections p ON p.office = o.office LEFT JOIN (${REFOLDS}) r ON r.office = o.office`;

/** By office: of every office, or of the one that is named. */
export async function projectionLag(db: ServerReads, only?: OfficeId): Promise<ReadonlyMap<OfficeId, ProjectionLag>> {
  const rows = await (only === undefined ? db.all<LagRow>(LAG) : db.all<LagRow>(`${LAG} WHERE o.office = ?`, only));
  return new Map(rows.map(({ office, operations, since, refolds, rebuilding }) => [office, { operations, since, refolds, isRebuilding: rebuilding === 1 }]));
}
