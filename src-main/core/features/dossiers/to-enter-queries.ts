import type { OutputOf } from '../../../../src-shared/contract/contract.ts';
import { readOfficeSettings } from '../../../../src-shared/domain/settings/office-settings.ts';
import type { StoredSummary } from '../../../../src-node/operations/dossier-projection.ts';
import type { ParsedInput } from '../../calls/handlers.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { summaryToWire } from './dossier-view.ts';
import { createNaming } from './naming.ts';

/** An office that never enters any has them by the ten thousand; a screen needs no more than "over a thousand". */
const COUNT_MAX = 1_000;

/** One page of what was received here, has no code of the province and is to be entered there, oldest first. */
export function listToEnter(desk: OpenDesk, { limit, cursor }: ParsedInput<'dossiers.listToEnter'>): OutputOf<'dossiers.listToEnter'> {
  const { byDefault, exceptions } = readOfficeSettings(desk.office().settings).provinceEntry;
  const waiting = `lacks_province_code = 1 AND procedure_code ${byDefault ? 'NOT IN' : 'IN'} (SELECT value FROM json_each(?))`;
  const codes = JSON.stringify(exceptions);
  const page = `SELECT no FROM dossiers INDEXED BY dossiers_without_province WHERE ${waiting} AND no > ? ORDER BY no LIMIT ?`;
  const rows = desk.db.all<{ no: number; summary: string }>(`SELECT no, summary FROM dossiers WHERE no IN (${page}) ORDER BY no`, codes, Number(cursor ?? 0), limit + 1);
  const count = desk.db.value<number>(`SELECT COUNT(*) FROM (SELECT 1 FROM dossiers INDEXED BY dossiers_without_province WHERE ${waiting} LIMIT ?)`, codes, COUNT_MAX) ?? 0;
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const naming = createNaming(desk.office());
  return {
    dossiers: shown.map(({ summary }) => summaryToWire(JSON.parse(summary) as StoredSummary, naming)),
    count,
    cursor: rows.length > limit && last ? String(last.no) : null,
  };
}
