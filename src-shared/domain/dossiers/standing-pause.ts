import type { Dossier } from './dossier.ts';

/** What was left of the term when the clock stopped, of the wait that stands now; undefined where nobody is waited for. */
export function standingPause(dossier: Pick<Dossier, 'status' | 'supplementRounds' | 'dutyRounds'>): Readonly<Record<string, unknown>> | undefined {
  if (dossier.status === 'waitingSupplement') return dossier.supplementRounds.at(-1)?.pause;
  if (dossier.status === 'waitingDuty') return dossier.dutyRounds.at(-1)?.pause;
  return undefined;
}
