import type { Procedure } from './procedure.ts';

/** What most mountain communes receive most, for a desk that has no history yet (domain.md §j, ux.md screen 2). */
const USUAL_CODES = ['2.000815', '1.001193', '2.000635', '1.004873', '2.000884', '1.000656', '1.014027', '1.000894', '1.001699'] as const;

/**
 * The procedures for the tiles of the first screen: what this office (or officer) uses most, filled up with the usual
 * ones, then in the catalogue's order. `usesByCode` counts receptions; only entries given are returned.
 */
export function mostUsedProcedures<P extends Pick<Procedure, 'code'>>(
  procedures: readonly P[],
  usesByCode: ReadonlyMap<string, number>,
  limit = 9,
): readonly P[] {
  const ranked = procedures.map((procedure, order) => {
    const usual = (USUAL_CODES as readonly string[]).indexOf(procedure.code);
    return { procedure, uses: usesByCode.get(procedure.code) ?? 0, usual: usual < 0 ? USUAL_CODES.length : usual, order };
  });
  ranked.sort((left, right) => right.uses - left.uses || left.usual - right.usual || left.order - right.order);
  return ranked.slice(0, Math.max(0, limit)).map(({ procedure }) => procedure);
}
