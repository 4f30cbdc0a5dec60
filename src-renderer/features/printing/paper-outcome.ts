import type { PrintJobView } from '../../../src-shared/contract/dossier-views.ts';
import type { Tone } from '../../ui/chip.tsx';

type Outcome = PrintJobView['copies'][number]['outcome'];

export const OUTCOME_TONES: Readonly<Record<Outcome, Tone>> = { waiting: 'working', printed: 'ontime', failed: 'today', unknown: 'desk' };

/** What the whole paper waits for: the copy that somebody has to look at comes first. */
export function stateOf({ copies }: Pick<PrintJobView, 'copies'>): Exclude<Outcome, 'printed'> {
  const outcomes = copies.map(({ outcome }) => outcome);
  return outcomes.includes('unknown') ? 'unknown' : outcomes.includes('failed') ? 'failed' : 'waiting';
}
