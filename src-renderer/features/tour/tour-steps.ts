import type { ScreenName } from '../../router/screens.ts';
import type { vi } from '../../text/vi.ts';

export interface TourStep {
  readonly id: keyof typeof vi.tour.steps;
  /** Opened when "Bước sau" comes here from another screen. Without it the step points at what stands on every screen. */
  readonly screen?: 'today' | 'receive';
  /** What the step points at; nothing is marked while it is not on the page. */
  readonly target: string;
}

/** The blocks that come with a procedure. */
const CHOSEN = '.receive [data-block="3"], .receive [data-block="4"]';

export const TOUR_STEPS: readonly TourStep[] = [
  { id: 'home', screen: 'today', target: '.today-reception .button.main' },
  { id: 'procedure', screen: 'receive', target: '.receive [data-block="1"]' },
  { id: 'person', screen: 'receive', target: '.receive [data-block="2"]' },
  { id: 'papers', screen: 'receive', target: '.receive [data-block="4"], .receive:not(:has([data-block="4"])) [data-block="3"]' },
  { id: 'save', screen: 'receive', target: '.receive .actions .button.main' },
  { id: 'find', target: '.find' },
  { id: 'handOver', target: '.rail [data-place="handOver"]' },
  { id: 'help', target: '.key-bar' },
];

const indexOf = (id: TourStep['id']) => TOUR_STEPS.findIndex((step) => step.id === id);

/**
 * Which step stands after what the officer did by hand: whoever presses F2 has done the first step and need not say so. Returns
 * the same step where nothing was done.
 */
export function stepAfter(step: number, screen: ScreenName, isThere: (selector: string) => boolean): number {
  const id = TOUR_STEPS[step]?.id;
  if (screen === 'received' && step <= indexOf('save')) return indexOf('find');
  if (id === 'home' && screen === 'receive') return indexOf('procedure');
  if (id === 'procedure' && screen === 'receive' && isThere(CHOSEN)) return indexOf('person');
  if (id === 'find' && screen === 'dossiers') return indexOf('handOver');
  if (id === 'handOver' && screen === 'handOver') return indexOf('help');
  return step;
}
