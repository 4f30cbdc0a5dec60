import type { DossierCode } from './dossier-content.ts';

/** As many codes as a paper has room for. */
export const CODES_MAX = 4;

/** The codes that stand on papers: the office's own, then what was linked last, in the order of linking. Desks apart may have linked more. */
export function codesOnPaper(codes: readonly DossierCode[]): readonly DossierCode[] {
  if (codes.length <= CODES_MAX) return codes;
  const own = codes.find(({ system }) => system === 'own');
  const others = codes.filter((code) => code !== own);
  return own ? [own, ...others.slice(1 - CODES_MAX)] : others.slice(-CODES_MAX);
}
