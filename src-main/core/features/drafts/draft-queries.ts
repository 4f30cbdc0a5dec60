import type { OfficerId } from '../../../../src-shared/lib/ids.ts';
import { DAY_MS } from '../../../../src-shared/lib/office-time.ts';
import type { ReadableDb, WritableDb } from '../../../../src-node/db/sqlite.ts';
import type { Draft, DraftData, DraftForm } from './draft-migrations.ts';

/** More forms begun and not finished than anybody can mean to keep; a bound against a screen gone wild. */
export const DRAFTS_PER_OFFICER_MAX = 500;

/** So long a late save of a dropped draft is recognised; a screen's own buffer is emptied at the next start. */
const DROPPED_KEPT_MS = 30 * DAY_MS;

export interface StoredDraft extends Draft {
  readonly officer: string;
  /** UTC milliseconds; null while it is kept. */
  readonly droppedAt: number | null;
}

interface DraftRow {
  readonly id: string;
  readonly officer: string;
  readonly form: string;
  readonly form_version: number;
  readonly revision: number;
  readonly title: string;
  readonly data: string;
  readonly saved_at: number;
  readonly dropped_at: number | null;
}

const COLUMNS = 'id, officer, form, form_version, revision, title, data, saved_at, dropped_at';

export function getDraft(db: ReadableDb, id: string): StoredDraft | undefined {
  const row = db.get<DraftRow>(`SELECT ${COLUMNS} FROM drafts WHERE id = ?`, id);
  return row && rowToDraft(row);
}

/** The officer's drafts, the last saved first. */
export function listDrafts(db: ReadableDb, officer: OfficerId): StoredDraft[] {
  return db
    .all<DraftRow>(`SELECT ${COLUMNS} FROM drafts WHERE officer = ? AND dropped_at IS NULL ORDER BY saved_at DESC, id LIMIT ${DRAFTS_PER_OFFICER_MAX}`, officer)
    .map(rowToDraft);
}

export function countDrafts(db: ReadableDb, officer: OfficerId): number {
  return db.value<number>('SELECT count(*) FROM drafts WHERE officer = ? AND dropped_at IS NULL', officer) ?? 0;
}

/** Officers with a form begun and not finished: the sign-in screen marks their names. */
export function officersWithDrafts(db: ReadableDb): ReadonlySet<string> {
  return new Set(db.all<{ officer: string }>('SELECT DISTINCT officer FROM drafts WHERE dropped_at IS NULL').map(({ officer }) => officer));
}

export function upsertDraft(db: WritableDb, officer: OfficerId, draft: Draft): void {
  db.run(
    `INSERT INTO drafts (id, officer, form, form_version, revision, title, data, saved_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET form = excluded.form, form_version = excluded.form_version, revision = excluded.revision,
       title = excluded.title, data = excluded.data, saved_at = excluded.saved_at`,
    draft.id,
    officer,
    draft.form,
    draft.formVersion,
    draft.revision,
    draft.title,
    JSON.stringify(draft.data),
    draft.savedAt,
  );
}

/**
 * Takes a draft away, inside the transaction of whatever used it up. Its content goes at once; an empty mark stays for
 * some weeks, so that a save that was still under way cannot bring back a form whose dossier is already received.
 * Another officer's draft is left alone: false.
 */
export function dropDraft(db: WritableDb, drop: { readonly id: string; readonly officer: OfficerId; readonly nowMs: number }): boolean {
  const known = getDraft(db, drop.id);
  if (known && known.officer !== drop.officer) return false;
  if (known && known.droppedAt !== null) return true;
  db.run(
    `INSERT INTO drafts (id, officer, form, form_version, revision, title, data, saved_at, dropped_at) VALUES ($id, $officer, 'receive', 1, 0, '', '{}', $now, $now)
     ON CONFLICT (id) DO UPDATE SET title = '', data = '{}', dropped_at = excluded.dropped_at`,
    { id: drop.id, officer: drop.officer, now: drop.nowMs },
  );
  db.run('DELETE FROM drafts WHERE dropped_at IS NOT NULL AND dropped_at < ?', drop.nowMs - DROPPED_KEPT_MS);
  return true;
}

function rowToDraft(row: DraftRow): StoredDraft {
  return {
    id: row.id,
    officer: row.officer,
    form: row.form as DraftForm,
    formVersion: row.form_version,
    revision: row.revision,
    title: row.title,
    savedAt: row.saved_at,
    data: JSON.parse(row.data) as DraftData,
    droppedAt: row.dropped_at,
  };
}
