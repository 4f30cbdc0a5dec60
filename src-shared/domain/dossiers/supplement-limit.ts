import { addDays, officeDate, type IsoDate } from '../../lib/office-time.ts';
import type { Dossier } from './dossier.ts';

/**
 * When papers that were asked for have not come within the office's limit, closing the dossier (status 8) is proposed and
 * never done by itself (settled.md 8). The sources name no number of days, so it is a setting; money that is waited for
 * has no such limit.
 */
export const SUPPLEMENT_LIMIT_DAYS = 30;

/** The first office day on which nothing is waited for any more: the day of asking is not counted, and the last day is the citizen's to its end. */
function supplementLapsesOn(pausedAt: number, limitDays: number): IsoDate {
  return addDays(officeDate(pausedAt), limitDays + 1);
}

/** That day once it has come; null while somebody may still bring the papers, or nobody waits for any. */
export function supplementLapsedOn({ status, pausedAt }: Pick<Dossier, 'status' | 'pausedAt'>, limitDays: number, today: IsoDate): IsoDate | null {
  if (status !== 'waitingSupplement' || pausedAt === null) return null;
  const lapsesOn = supplementLapsesOn(pausedAt, limitDays);
  return lapsesOn <= today ? lapsesOn : null;
}
