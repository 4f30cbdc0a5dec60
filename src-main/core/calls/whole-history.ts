import { wireError, type WireError } from '../../../src-shared/contract/errors.ts';
import { isHistoryArriving } from '../../../src-node/operations/log-tops.ts';
import type { OpenDesk } from '../desk/open-desk.ts';

/** What adds up or lists whole periods would be wrong while older years are still on their way behind a snapshot (decisions/0032). */
export function historyFault({ db }: OpenDesk): WireError<'sync.olderArriving'> | null {
  return isHistoryArriving(db) ? wireError('sync.olderArriving') : null;
}
