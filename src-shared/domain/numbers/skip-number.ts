import type { IsoDate } from '../../lib/office-time.ts';
import type { Office } from '../office/office.ts';
import { runningSeries, type IssuedNumber, type NumberSeries } from './number-series.ts';
import { livingDevicesOn, type AskingDesk } from './token-uses.ts';

export type SkipFault = 'numbers.unknownToken' | 'numbers.alreadyIssued' | 'numbers.alreadySkipped' | 'numbers.otherDesk' | 'numbers.notReached';

/** How far a series has come, as this desk knows. */
export interface SeriesState {
  /** The highest number issued; 0 before the first. */
  readonly last: number;
  /** The number that the next reception would get. */
  readonly next: number;
  readonly isIssued: boolean;
}

/**
 * Why a number cannot be passed over, or null. What can be: a hole that must be explained, and the next number of the series
 * in which this desk counts now. Where another machine counts, only that machine knows which numbers are still free.
 */
export function skipFault(office: Office, here: AskingDesk, today: IsoDate, number: IssuedNumber, series: SeriesState): SkipFault | null {
  const { token } = number;
  if (!office.heldTokens.has(token) && !office.returnedTokens.has(token)) return 'numbers.unknownToken';
  if (series.isIssued) return 'numbers.alreadyIssued';
  if (isSkipped(office, number)) return 'numbers.alreadySkipped';
  const isOwn = office.devices.get(here.device)?.token === token;
  if (!isOwn && livingDevicesOn(office, token).length > 0) return 'numbers.otherDesk';
  const isHole = number.counter < series.last;
  const isNext = isOwn && isRunning(number, today) && number.counter === series.next;
  return isHole || isNext ? null : 'numbers.notReached';
}

function isSkipped(office: Office, number: IssuedNumber): boolean {
  return office.skippedNumbers.some(({ number: known }) => known.counter === number.counter && isSameSeries(known, number));
}

/** True for the day's codes, and the year's register and forms. */
function isRunning(series: NumberSeries, today: IsoDate): boolean {
  return runningSeries(series.token, today).some((running) => isSameSeries(running, series));
}

function isSameSeries(one: NumberSeries, other: NumberSeries): boolean {
  return one.kind === other.kind && one.token === other.token && one.period === other.period;
}
