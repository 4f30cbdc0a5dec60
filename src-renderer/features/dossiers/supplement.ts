import type { Paper } from '../../../src-shared/domain/dossiers/dossier-content.ts';
import { foldVietnamese } from '../../../src-shared/lib/vietnamese-text.ts';

/** Papers typed in one line, apart by semicolons. */
export function splitPapers(typed: string): readonly string[] {
  return typed.split(';').map((name) => name.trim()).filter((name) => name !== '');
}

/**
 * The dossier's papers once these were brought: a known one is there now, one original unless it was counted already; an
 * unknown one is added. Order is kept.
 */
export function papersAfterSupplement(papers: readonly Paper[], brought: readonly string[]): readonly Paper[] {
  const wanted = new Set(brought.map(sameName));
  const known = new Set(papers.map((paper) => sameName(paper.name)));
  const added = brought.filter((name, index) => !known.has(sameName(name)) && brought.findIndex((other) => sameName(other) === sameName(name)) === index);
  return [
    ...papers.map((paper) => (wanted.has(sameName(paper.name)) ? present(paper) : paper)),
    ...added.map((name) => ({ name, original: 1, certified: 0, photo: 0, seen: false, missing: false, compulsory: false })),
  ];
}

function present(paper: Paper): Paper {
  const isCounted = paper.original + paper.certified + paper.photo > 0 || paper.seen;
  return { ...paper, missing: false, ...(!isCounted && { original: 1 }) };
}

function sameName(name: string): string {
  return foldVietnamese(name.trim());
}
