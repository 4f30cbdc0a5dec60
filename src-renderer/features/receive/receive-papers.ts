import type { Paper } from '../../../src-shared/domain/dossiers/dossier-content.ts';
import type { Procedure, RequiredPaper } from '../../../src-shared/domain/procedures/procedure.ts';
import type { PaperRow } from './receive-form.ts';

/** The rows of block 4 for a procedure, nothing ticked; a paper that was ticked before keeps its tick. */
export function paperRows(procedure: Procedure, before: readonly PaperRow[] = []): PaperRow[] {
  const rows = procedure.papers.map((paper) => {
    const known = before.find((row) => row.id === paper.id && row.name === paper.name);
    return known ?? rowOf(paper);
  });
  return [...rows, ...before.filter((row) => row.requirement === 'extra')];
}

function rowOf(paper: RequiredPaper): PaperRow {
  return {
    id: paper.id,
    name: paper.name,
    requirement: paper.requirement,
    ...(paper.group !== undefined && { group: paper.group }),
    note: paper.condition ?? '',
    ...(paper.substitute !== undefined && { substitute: paper.substitute }),
    isHere: false,
    isShown: paper.kind === 'seen',
    original: paper.kind === 'original' ? paper.count : 0,
    certified: paper.kind === 'certified' ? paper.count : 0,
    photo: paper.kind === 'photo' ? paper.count : 0,
  };
}

export function extraRow(id: string): PaperRow {
  return { id, name: '', requirement: 'extra', note: '', isHere: true, isShown: false, original: 1, certified: 0, photo: 0 };
}

/** What the citizen must bring: each compulsory paper, and of alternatives one. */
export interface Need {
  readonly id: string;
  readonly rows: readonly PaperRow[];
  readonly isMet: boolean;
}

export function needsOf(rows: readonly PaperRow[]): readonly Need[] {
  const needs: Need[] = [];
  for (const row of rows) {
    if (row.requirement === 'compulsory') needs.push({ id: row.id, rows: [row], isMet: row.isHere });
    if (row.requirement !== 'alternative' || needs.some((need) => need.id === row.group)) continue;
    const group = rows.filter((other) => other.group === row.group);
    needs.push({ id: row.group ?? row.id, rows: group, isMet: group.some((other) => other.isHere) });
  }
  return needs;
}

/** `Đủ giấy bắt buộc`: every compulsory paper, and the first of each choice where none is taken. */
export function tickCompulsory(rows: readonly PaperRow[]): PaperRow[] {
  const wanted = new Set(needsOf(rows).filter((need) => !need.isMet).map((need) => need.rows[0]?.id));
  return rows.map((row) => (wanted.has(row.id) ? { ...row, isHere: true } : row));
}

/** Takes one alternative and puts the others of its group away. */
export function chooseAlternative(rows: readonly PaperRow[], id: string, isHere: boolean): PaperRow[] {
  const group = rows.find((row) => row.id === id)?.group;
  return rows.map((row) => (row.group !== group || group === undefined ? row : { ...row, isHere: row.id === id && isHere }));
}

/** The names of what is missing, a choice as "A hoặc B". */
export function missingNames(rows: readonly PaperRow[]): readonly string[] {
  return needsOf(rows).filter((need) => !need.isMet).map((need) => need.rows.map((row) => row.name).join(' hoặc '));
}

/** What may be taken instead of what is missing, in the catalogue's words. */
export function substitutesOfMissing(rows: readonly PaperRow[]): readonly string[] {
  return needsOf(rows).flatMap((need) => (need.isMet ? [] : need.rows.flatMap((row) => row.substitute ?? [])));
}

/** As the dossier keeps them: what is here, and what is missing as "thiếu"; other conditional papers are left out. */
export function papersToSend(rows: readonly PaperRow[]): Paper[] {
  const missing = new Set(needsOf(rows).filter((need) => !need.isMet).map((need) => need.rows[0]?.id));
  return rows.flatMap((row): Paper[] => {
    const isMissing = missing.has(row.id);
    if ((!row.isHere && !isMissing) || row.name.trim() === '') return [];
    return [{
      name: row.name.trim(), original: row.original, certified: row.certified, photo: row.photo,
      seen: row.isShown, missing: isMissing, compulsory: row.requirement === 'compulsory' || row.requirement === 'alternative',
    }];
  });
}
