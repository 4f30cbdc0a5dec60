import type { ColumnType, ServerTable, ServerValue } from '../db/server-db.ts';

/**
 * A backup: JSON lines, packed by gzip. First a line about the whole, then for each table a line that names it and one for each row,
 * at last a line that says how many rows there were, without which a file is not whole. The same for both databases, so one may be
 * restored into the other.
 */
export const BACKUP_FORMAT = 'motcua-central-backup-v1';

export interface BackupHead {
  readonly format: typeof BACKUP_FORMAT;
  readonly schema: number;
  readonly madeAt: number;
}

export type BackupLine =
  | { readonly head: BackupHead }
  | { readonly table: string; readonly columns: Readonly<Record<string, ColumnType>> }
  | { readonly row: readonly (string | number | null)[] }
  | { readonly end: { readonly rows: number } };

/** What a fold of the log makes again, and what is news of a moment: nobody is signed in by a backup. */
const NOT_KEPT: ReadonlySet<string> = new Set(['projections', 'dossiers', 'refolds', 'projection_faults', 'administrator_sessions', 'set_up_codes', 'sign_in_tries', 'wrong_codes']);

export function isKept({ name }: ServerTable): boolean {
  return !NOT_KEPT.has(name);
}

/** Bytes as base64; which values those are is told by their columns. */
export function toLine(values: readonly ServerValue[]): BackupLine {
  return { row: values.map((value) => (value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') : value)) };
}

export function fromLine(row: readonly (string | number | null)[], columns: Readonly<Record<string, ColumnType>>): readonly ServerValue[] {
  return Object.values(columns).map((type, index) => {
    const value = row[index] ?? null;
    return type === 'bytea' && value !== null ? Buffer.from(String(value), 'base64') : value;
  });
}
