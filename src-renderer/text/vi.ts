import { viDates } from './vi/dates.ts';
import { viFrame } from './vi/frame.ts';
import { viUi } from './vi/ui.ts';

/**
 * Every word that an officer reads, one file per noun under `text/vi/`. A new feature adds its file and one line here.
 * A test refuses the words that ux.md §8 forbids.
 */
export const vi = {
  ui: viUi,
  frame: viFrame,
  dates: viDates,
} as const;
