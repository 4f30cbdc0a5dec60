import { daysBetween, type IsoDate } from '../../lib/office-time.ts';

/** Two months: a province needs weeks to make a pack, and a stick weeks to come up the mountain. */
const WARNED_DAYS = 60;

/** Days until a pack's last day, below zero when it is over; undefined while nobody has to do anything. */
export function daysToPackEnd(validTo: IsoDate | null, today: IsoDate): number | undefined {
  if (validTo === null) return undefined;
  const days = daysBetween(today, validTo);
  return days <= WARNED_DAYS ? days : undefined;
}
