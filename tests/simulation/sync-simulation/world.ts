import type { Chance } from '../seeded-chance.ts';
import type { OfficeTemplate } from './office-template.ts';
import type { Figures } from './figures.ts';
import type { Oracle } from './oracle.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What all parts of one run share. */
export interface World {
  readonly template: OfficeTemplate;
  readonly time: VirtualTime;
  /** Of the network and of who comes next. */
  readonly chance: Chance;
  readonly oracle: Oracle;
  readonly figures: Figures;
  /** The run's own folder. */
  readonly root: string;
  trueMs(): number;
}
