import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import { daysToPackEnd } from '../../../src-shared/domain/packs/pack-end.ts';
import type { IsoDate } from '../../../src-shared/lib/office-time.ts';

export interface PackEnd {
  readonly id: string;
  readonly date: IsoDate;
  /** Below zero: it is over. */
  readonly days: number;
}

/** When a pack in force comes to its end, if that is near or past; undefined while nobody has to do anything. */
export function packEnd({ id, validTo, inForce }: Pick<OutputOf<'packs.list'>['packs'][number], 'id' | 'validTo' | 'inForce'>, today: IsoDate): PackEnd | undefined {
  if (!inForce || validTo === null) return undefined;
  const days = daysToPackEnd(validTo, today);
  return days === undefined ? undefined : { id, date: validTo, days };
}
