import type { OfficeId } from '../../../src-shared/lib/ids.ts';
import type { ServerReads } from '../../db/server-db.ts';

/** In how many offices a pack is used, waits for their administrator, or cannot be used. An office that uses it counts once, whatever its other desks say. */
export interface PackStands {
  readonly installed: number;
  readonly waiting: number;
  readonly refused: number;
}

/** By the hash of the pack, as desks said last. */
export async function countStands(db: ServerReads): Promise<ReadonlyMap<string, PackStands>> {
  const rows = await db.all<{ hash: string } & PackStands>(
    `SELECT hash, CAST(sum(installed) AS BIGINT) AS installed, CAST(sum(CASE WHEN installed = 0 AND refused = 0 THEN 1 ELSE 0 END) AS BIGINT) AS waiting, CAST(sum(CASE WHEN installed = 0 THEN refused ELSE 0 END) AS BIGINT) AS refused
     FROM (SELECT office, hash, max(CASE WHEN state = 'installed' THEN 1 ELSE 0 END) AS installed, max(CASE WHEN state = 'refused' THEN 1 ELSE 0 END) AS refused FROM desk_packs GROUP BY office, hash) AS offices GROUP BY hash`,
  );
  return new Map(rows.map(({ hash, installed, waiting, refused }) => [hash, { installed, waiting, refused }]));
}

export interface PackRefusedBy {
  readonly office: OfficeId;
  readonly device: string;
  readonly code: string;
  readonly at: number;
}

const REFUSALS_MAX = 200;

/** Desks that cannot use a pack, the last to say so first; not those whose office uses it already. */
export async function listPackRefusals(db: ServerReads, hash: string): Promise<readonly PackRefusedBy[]> {
  return db.all<PackRefusedBy>(
    `SELECT office, device, coalesce(code, '') AS code, told_at AS at FROM desk_packs AS one WHERE hash = ? AND state = 'refused'
       AND NOT EXISTS (SELECT 1 FROM desk_packs AS other WHERE other.office = one.office AND other.hash = one.hash AND other.state = 'installed') ORDER BY told_at DESC, office, device LIMIT ${REFUSALS_MAX}`, hash,
  );
}
