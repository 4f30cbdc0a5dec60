import { viConflicts } from './vi/conflicts.ts';
import { viDates } from './vi/dates.ts';
import { viDossiers } from './vi/dossiers.ts';
import { viFrame } from './vi/frame.ts';
import { viHandOver } from './vi/hand-over.ts';
import { viToday } from './vi/today.ts';
import { viUi } from './vi/ui.ts';

/**
 * Every word that an officer reads, one file per noun under `text/vi/`. A new feature adds its file and one line here.
 * A test refuses the words that ux.md §8 forbids.
 */
export const vi = {
  ui: viUi,
  frame: viFrame,
  dates: viDates,
  today: viToday,
  dossiers: viDossiers,
  conflicts: viConflicts,
  handOver: viHandOver,
} as const;
