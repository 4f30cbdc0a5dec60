import type { InstalledPack } from '../../../../src-shared/domain/office/office.ts';
import type { OfferedPack } from '../../../../src-shared/sync-protocol/packs.ts';
import type { ReadableDb, WritableDb } from '../../../../src-node/db/sqlite.ts';

/** A published pack as this desk was told of it, its bytes apart. */
export interface OfferedRow {
  readonly hash: string;
  readonly server: string;
  readonly pack: string;
  readonly id: string;
  readonly version: number;
  readonly valid_from: string;
  readonly valid_to: string | null;
  readonly published_at: number;
  readonly size: number;
  readonly signature: string;
  /** Bytes that are here. */
  readonly here: number;
  /** 1: it is whole and was read. */
  readonly is_checked: number;
  readonly code: string | null;
  readonly detail: string | null;
  readonly program: string;
}

/** The kind of one whose bytes are asked for, which is one that this program knows. */
export function kindOf({ pack }: Pick<OfferedRow, 'pack'>): InstalledPack['pack'] {
  return pack === 'calendar' ? 'calendar' : 'catalogue';
}

const COLUMNS = 'hash, server, pack, id, version, valid_from, valid_to, published_at, size, signature, length(packed) AS here, is_checked, code, detail, program';

/** What that server's list holds, the one published last first. */
export function listOfferedPacks(db: ReadableDb, server: string): readonly OfferedRow[] {
  return db.all<OfferedRow>(`SELECT ${COLUMNS} FROM offered_packs WHERE server = ? ORDER BY published_at DESC, hash`, server);
}

export function getPacked(db: ReadableDb, hash: string): Uint8Array | undefined {
  return db.value<Uint8Array>('SELECT packed FROM offered_packs WHERE hash = ?', hash);
}

export interface ListedPack extends OfferedPack {
  /** Why it cannot be used here, known from the list alone. */
  readonly code: string | null;
}

/** The list in place of the one before. Of what stood in that too the bytes stay, and what this very program found in them. */
export function replaceOfferedPacks(db: WritableDb, server: string, program: string, list: readonly ListedPack[]): void {
  const before = new Map(listOfferedPacks(db, server).map((row) => [row.hash, row]));
  const kept = list.filter(({ hash, bytes, signature, code }) => {
    const row = before.get(hash);
    return row !== undefined && code === null && row.size === bytes && row.signature === signature && row.program === program;
  });
  const isKept = new Set(kept.map(({ hash }) => hash));
  for (const { hash } of db.all<{ hash: string }>('SELECT hash FROM offered_packs')) if (!isKept.has(hash)) db.run('DELETE FROM offered_packs WHERE hash = ?', hash);
  for (const { hash, pack, id, version, validFrom, validTo, publishedAt, bytes, signature, code } of list) {
    if (isKept.has(hash)) continue;
    db.run(
      `INSERT INTO offered_packs (hash, server, pack, id, version, valid_from, valid_to, published_at, size, signature, packed, is_checked, code, detail, program) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, NULL, ?)
       ON CONFLICT (hash) DO NOTHING`,
      hash, server, pack, id, version, validFrom, validTo, publishedAt, bytes, signature, new Uint8Array(0), code, program,
    );
  }
}

export function writePacked(db: WritableDb, hash: string, packed: Uint8Array): void {
  db.run('UPDATE offered_packs SET packed = ? WHERE hash = ?', packed, hash);
}

/** What came of reading it. Bytes that cannot be used are let go. */
export function writeChecked(db: WritableDb, hash: string, refusal: { readonly code: string; readonly detail: string } | null): void {
  if (refusal === null) db.run('UPDATE offered_packs SET is_checked = 1 WHERE hash = ?', hash);
  else db.run('UPDATE offered_packs SET code = ?, detail = ?, packed = ? WHERE hash = ?', refusal.code, refusal.detail.slice(0, 500), new Uint8Array(0), hash);
}
