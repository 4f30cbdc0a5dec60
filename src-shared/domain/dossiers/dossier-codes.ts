import type { DossierCode } from './dossier-content.ts';

/** As many codes as a paper has room for. */
export const CODES_MAX = 4;

/**
 * The codes that stand on papers: the office's own, the newest of each other system, then what else was linked last, in the
 * order of linking. Desks that did not know of each other may have linked more than there is room for.
 */
export function codesOnPaper(codes: readonly DossierCode[]): readonly DossierCode[] {
  if (codes.length <= CODES_MAX) return codes;
  const own = codes.find(({ system }) => system === 'own');
  const newestFirst = codes.filter((code) => code !== own).reverse();
  const leading = newestFirst.filter((code) => newestFirst.find(({ system }) => system === code.system) === code);
  const wanted = new Set([...(own ? [own] : []), ...leading, ...newestFirst]);
  const kept = new Set([...wanted].slice(0, CODES_MAX));
  return codes.filter((code) => kept.has(code));
}
