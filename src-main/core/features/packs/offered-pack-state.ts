import type { InstalledPack } from '../../../../src-shared/domain/office/office.ts';
import type { PackStand } from '../../../../src-shared/sync-protocol/packs.ts';
import type { OfferedRow } from './offered-pack-rows.ts';

/**
 * `coming`: bytes are still to come; `waiting`: it is here and an administrator may use it; `older`: the office uses a newer one;
 * `refused`: it cannot be used here.
 */
export type OfferedState = 'coming' | 'waiting' | 'installed' | 'older' | 'refused';

/** The office has another text under the same version. */
const OTHER_TEXT = 'pack.otherText';

export interface OfferedStand {
  readonly row: OfferedRow;
  readonly state: OfferedState;
  readonly code: string | null;
}

/** How each pack of a list stands in an office that has these installed. Pure: what is installed may come from another desk at any moment. */
export function offeredStands(rows: readonly OfferedRow[], installed: readonly InstalledPack[]): readonly OfferedStand[] {
  return rows.map((row) => {
    const same = installed.filter(({ pack, id }) => pack === row.pack && id === row.id);
    if (same.some(({ hash }) => hash === row.hash)) return { row, state: 'installed', code: null };
    if (row.code !== null) return { row, state: 'refused', code: row.code };
    if (same.some(({ version }) => Number(version) === row.version)) return { row, state: 'refused', code: OTHER_TEXT };
    if (same.some((one) => Number(one.version) > row.version && takesPlaceOf(one, row, rows))) return { row, state: 'older', code: null };
    return { row, state: row.is_checked === 1 ? 'waiting' : 'coming', code: null };
  });
}

/** A newer catalogue that is listed and begins later leaves the time before it to the older one. */
function takesPlaceOf(newer: InstalledPack, row: OfferedRow, rows: readonly OfferedRow[]): boolean {
  const listed = rows.find(({ hash }) => hash === newer.hash);
  return row.pack === 'calendar' || listed === undefined || listed.valid_from <= row.valid_from;
}

/** What the upper tier is told: nothing of packs that are still on their way or of no use. */
export function toldStands(stands: readonly OfferedStand[]): readonly PackStand[] {
  return stands.flatMap(({ row: { hash }, state, code }) => (state === 'coming' || state === 'older' ? [] : [{ hash, state, code }]));
}
