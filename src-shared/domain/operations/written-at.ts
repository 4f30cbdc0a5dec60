import { officeInstant, officeMinuteOfDay } from '../../lib/office-time.ts';
import type { OperationHeader } from './operation.ts';

/** When an operation was written as the office counts: the machine may have had another day than the one that was confirmed. */
export function writtenAt(header: Pick<OperationHeader, 'businessDate' | 'wall'>): number {
  return officeInstant(header.businessDate, officeMinuteOfDay(header.wall));
}
