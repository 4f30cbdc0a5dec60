import type { CertifiedDocument } from '../../../src-shared/domain/dossiers/dossier-content.ts';
import { certifiedDocumentFee, type ExplainedAmount } from '../../../src-shared/domain/fees/fee.ts';
import type { FeeLine } from '../../../src-shared/domain/fees/fee-rule.ts';
import type { Procedure } from '../../../src-shared/domain/procedures/procedure.ts';
import type { Channel } from '../../../src-shared/domain/procedures/term.ts';
import { foldVietnamese } from '../../../src-shared/lib/vietnamese-text.ts';
import type { DocumentRow } from './receive-form.ts';

/** Kinds of paper with the pages they usually have; what this officer typed last goes before. */
export interface DocumentKind {
  readonly name: string;
  readonly pages: number;
}

export type RememberedPages = Readonly<Record<string, number>>;
const REMEMBERED_MAX = 200;

export function documentKinds(usual: readonly DocumentKind[], remembered: RememberedPages): readonly DocumentKind[] {
  const own = Object.entries(remembered).reverse().map(([name, pages]) => ({ name, pages }));
  const known = new Set(own.map(({ name }) => foldVietnamese(name)));
  return [...own, ...usual.filter(({ name }) => !known.has(foldVietnamese(name)))];
}

/** The last ones stand last; a name typed again moves there with its new number of pages. */
export function rememberPages(before: RememberedPages, rows: readonly DocumentRow[]): RememberedPages {
  const entries = new Map(Object.entries(before));
  for (const { name, pages } of rows) {
    const trimmed = name.trim();
    if (trimmed === '' || pages === null) continue;
    entries.delete(trimmed);
    entries.set(trimmed, pages);
  }
  return Object.fromEntries([...entries].slice(-REMEMBERED_MAX));
}

/** `3` is three copies; `2x3` is two pages, three copies (ux.md §4). Null: cannot be read. */
export function parseCopies(text: string): { readonly pages?: number; readonly copies: number | undefined } | null {
  const typed = text.trim();
  if (typed === '') return { copies: undefined };
  const match = /^(?:(\d{1,4})\s*[x*×]\s*)?(\d{1,3})?$/iu.exec(typed);
  if (match === null) return null;
  const pages = match[1] === undefined ? undefined : Number(match[1]);
  const copies = match[2] === undefined ? undefined : Number(match[2]);
  if (pages === 0 || copies === 0) return null;
  return { ...(pages !== undefined && { pages }), copies };
}

/** Rows that say something; the empty one at the end is only an offer. */
export function filledRows(rows: readonly DocumentRow[]): readonly DocumentRow[] {
  return rows.filter((row) => row.name.trim() !== '' || row.copies !== null);
}

export function isComplete(row: DocumentRow): boolean {
  return row.name.trim() !== '' && row.pages !== null && row.copies !== null;
}

export function toDocuments(rows: readonly DocumentRow[]): CertifiedDocument[] {
  return rows.flatMap(({ name, pages, copies }) => (name.trim() === '' || pages === null || copies === null ? [] : [{ name: name.trim(), pages, copies }]));
}

/** The line that counts pages, where there is one: then rows have sums of their own. */
export function pageLine(procedure: Procedure, channel: Channel): FeeLine | undefined {
  return procedure.fees.find((line) => line.amounts[channel]?.rule === 'certified_pages');
}

export function rowFee(procedure: Procedure, channel: Channel, row: DocumentRow): ExplainedAmount | undefined {
  const rule = pageLine(procedure, channel)?.amounts[channel];
  return rule?.rule === 'certified_pages' && isComplete(row) ? certifiedDocumentFee(rule, row) : undefined;
}
