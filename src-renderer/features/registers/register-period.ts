import { addDays, weekday, type IsoDate } from '../../../src-shared/lib/office-time.ts';

export const PERIODS = ['today', 'week', 'month', 'year', 'other'] as const;
export type PeriodChoice = (typeof PERIODS)[number];

/** From the first to the last day, both included; undefined while a day is missing or the two are backwards. */
export interface Period {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/** The days of a choice; a week begins on Monday. Up to today: nothing is received in the future. */
export function periodOf(choice: Exclude<PeriodChoice, 'other'>, today: IsoDate): Period {
  switch (choice) {
    case 'today':
      return { from: today, to: today };
    case 'week':
      return { from: addDays(today, -((weekday(today) + 6) % 7)), to: today };
    case 'month':
      return { from: `${today.slice(0, 8)}01`, to: today };
    case 'year':
      return { from: `${today.slice(0, 4)}-01-01`, to: today };
  }
}
