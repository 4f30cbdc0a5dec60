import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import { daysBetween, type IsoDate } from '../../../src-shared/lib/office-time.ts';

/** Two months: a province needs weeks to make a pack, and a stick weeks to come up the mountain. */
const WARNED_DAYS = 60;

export interface PackEnd {
  readonly id: string;
  readonly date: IsoDate;
  /** Below zero: it is over. */
  readonly days: number;
}

/** When a pack in force comes to its end, if that is near or past; undefined while nobody has to do anything. */
export function packEnd({ id, validTo, inForce }: Pick<OutputOf<'packs.list'>['packs'][number], 'id' | 'validTo' | 'inForce'>, today: IsoDate): PackEnd | undefined {
  if (!inForce || validTo === null) return undefined;
  const days = daysBetween(today, validTo);
  return days <= WARNED_DAYS ? { id, date: validTo, days } : undefined;
}
