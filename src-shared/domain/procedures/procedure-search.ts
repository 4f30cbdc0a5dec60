import { foldVietnamese, foldedWords } from '../../lib/vietnamese-text.ts';

/**
 * Finds a procedure by the few letters a clerk types: beginnings of words in any order, without diacritics, initials
 * ("ks" for khai sinh), or a piece of the code. Built once per catalogue; every query is a plain walk over it.
 */
export interface SearchableProcedure {
  readonly code: string;
  readonly name: string;
  readonly shortName: string;
  readonly sector: string;
  readonly keywords: readonly string[];
}

interface Indexed<P> {
  readonly procedure: P;
  readonly code: string;
  readonly codeDigits: string;
  readonly titles: readonly Title[];
  readonly sectorWords: readonly string[];
  readonly order: number;
}

/** A text a query can match, the better the earlier in the list: short name, keywords, full name. */
interface Title {
  readonly words: readonly string[];
  readonly initials: string;
}

export interface ProcedureIndex<P extends SearchableProcedure> {
  readonly entries: readonly Indexed<P>[];
}

export interface ProcedureHit<P> {
  readonly procedure: P;
  /** Higher is better; only for comparing hits of one query. */
  readonly quality: number;
}

const QUERY_CHARS_MAX = 100;
const TOKENS_MAX = 10;
const EXACT_CODE = 1_000_000;
const INITIALS_MIN = 2;
const COVERAGE = 40;

export function indexProcedures<P extends SearchableProcedure>(procedures: readonly P[]): ProcedureIndex<P> {
  return {
    entries: procedures.map((procedure, order) => ({
      procedure,
      code: foldVietnamese(procedure.code),
      codeDigits: digitsOf(procedure.code),
      titles: [procedure.shortName, ...procedure.keywords, procedure.name].map(title),
      sectorWords: foldedWords(procedure.sector),
      order,
    })),
  };
}

/**
 * The best hits, at most `limit`. Order: the exact code, then those whose short name or code says what was typed (the row
 * that Enter takes must be recognisable), then what this office uses most (`usesByCode`, codes as in the catalogue), then
 * how well the letters fit, then the catalogue's own order. An empty query lists the most used.
 */
export function searchProcedures<P extends SearchableProcedure>(
  index: ProcedureIndex<P>,
  query: string,
  usesByCode: ReadonlyMap<string, number>,
  limit = 20,
): readonly ProcedureHit<P>[] {
  const wanted = foldVietnamese(query.slice(0, QUERY_CHARS_MAX)).trim();
  // Longest first, so that a short token never takes the only word a longer one could begin.
  const tokens = foldedWords(wanted).slice(0, TOKENS_MAX).sort((left, right) => right.length - left.length);
  const found: { readonly entry: Indexed<P>; readonly quality: number; readonly isNamed: boolean; readonly uses: number }[] = [];
  for (const entry of index.entries) {
    const quality = qualityOf(entry, wanted, tokens);
    if (quality > 0) found.push({ entry, quality, isNamed: isNamed(entry, wanted, tokens), uses: usesByCode.get(entry.procedure.code) ?? 0 });
  }
  found.sort((left, right) => {
    const exact = Number(right.quality === EXACT_CODE) - Number(left.quality === EXACT_CODE);
    const named = Number(right.isNamed) - Number(left.isNamed);
    return exact || named || right.uses - left.uses || right.quality - left.quality || left.entry.order - right.entry.order;
  });
  return found.slice(0, Math.max(0, limit)).map(({ entry, quality }) => ({ procedure: entry.procedure, quality }));
}

function title(text: string): Title {
  const words = foldedWords(text);
  return { words, initials: words.map((word) => word.charAt(0)).join('') };
}

function digitsOf(code: string): string {
  return code.replace(/\D/g, '');
}

function qualityOf(entry: Indexed<SearchableProcedure>, wanted: string, tokens: readonly string[]): number {
  if (wanted === '') return 1;
  if (wanted === entry.code) return EXACT_CODE;
  if (tokens.length === 0) return 0;
  if (isCodeFragment(entry, wanted)) return entry.code.startsWith(wanted) ? 900 : 800;
  let best = 0;
  for (const [rank, candidate] of entry.titles.entries()) {
    const fit = titleFit(candidate, entry.sectorWords, tokens);
    if (fit > 0) best = Math.max(best, fit - Math.min(rank, 9));
  }
  return best;
}

/** What was typed stands in the words that the list shows, not only in a keyword or the long official name. */
function isNamed(entry: Indexed<SearchableProcedure>, wanted: string, tokens: readonly string[]): boolean {
  const [shown] = entry.titles;
  return isCodeFragment(entry, wanted) || (shown !== undefined && titleFit(shown, entry.sectorWords, tokens) > 0);
}

function isCodeFragment(entry: Indexed<SearchableProcedure>, wanted: string): boolean {
  if (!/\d/.test(wanted)) return false;
  if (entry.code.includes(wanted)) return true;
  const digits = digitsOf(wanted);
  return digits.length >= 3 && digits === wanted.replace(/[\s.]/g, '') && entry.codeDigits.includes(digits);
}

/** 0 = no fit. Every token must begin a word of its own, else be initials of neighbouring words, else name the sector. */
function titleFit(candidate: Title, sectorWords: readonly string[], tokens: readonly string[]): number {
  const used = new Set<number>();
  let fit = 100;
  for (const token of tokens) {
    const at = candidate.words.findIndex((word, position) => !used.has(position) && word.startsWith(token));
    if (at >= 0) {
      used.add(at);
      fit += candidate.words[at] === token ? 30 : 20;
      if (at < 3) fit += 3 - at;
      continue;
    }
    const initialsAt = token.length >= INITIALS_MIN ? candidate.initials.indexOf(token) : -1;
    if (initialsAt >= 0) fit += initialsAt < 3 ? 15 : 10;
    else if (sectorWords.some((word) => word.startsWith(token))) fit += 5;
    else return 0;
  }
  // "khai sinh" means the short "Đăng ký khai sinh" rather than a long title that also says it.
  return fit + Math.round((COVERAGE * tokens.length) / candidate.words.length);
}
