import type { FaultKind } from './plan.ts';

/** What was seen in one run, or in many. */
export interface Figures {
  runs: number;
  acts: number;
  operations: number;
  faults: Partial<Record<FaultKind, number>>;
  bytesUp: number;
  bytesDown: number;
  /** Of frames that went up and were never answered: so much may have gone twice. */
  bytesUnanswered: number;
  exchanges: number;
  streams: number;
  newIncarnations: number;
  virtualMinutes: number;
  /** From the end of all faults until everybody was equal, at most. */
  healMinutesMax: number;
}

export function emptyFigures(): Figures {
  return { runs: 0, acts: 0, operations: 0, faults: {}, bytesUp: 0, bytesDown: 0, bytesUnanswered: 0, exchanges: 0, streams: 0, newIncarnations: 0, virtualMinutes: 0, healMinutesMax: 0 };
}

export function addFigures(sum: Figures, one: Figures): void {
  for (const name of ['runs', 'acts', 'operations', 'bytesUp', 'bytesDown', 'bytesUnanswered', 'exchanges', 'streams', 'newIncarnations', 'virtualMinutes'] as const) sum[name] += one[name];
  for (const [kind, count] of Object.entries(one.faults) as [FaultKind, number][]) sum.faults[kind] = (sum.faults[kind] ?? 0) + count;
  sum.healMinutesMax = Math.max(sum.healMinutesMax, one.healMinutesMax);
}
