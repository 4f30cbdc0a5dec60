import { isArrivalOpen } from '../../../src-node/operations/arrival.ts';
import { foldArrived } from '../desk/arrivals.ts';
import type { OpenDesk } from '../desk/open-desk.ts';
import type { BulkWork } from './bulk-work.ts';
import type { Announce } from './handlers.ts';
import type { JudgeAnew } from './office-acts.ts';

/** See `JudgeAnew`: waits for it unless other work of many slices is under way; then it follows that. */
export function createJudgeAnew(bulkWork: BulkWork, announce: Announce): JudgeAnew {
  return async (desk) => {
    if (!isArrivalOpen(desk.db)) return;
    const fold = async () => {
      const folded = await foldArrived(desk);
      if (!folded.ok) process.emitWarning(`lists not folded: ${folded.error.code}`);
      announce({ type: 'office' });
    };
    const begun = bulkWork.begin(fold);
    if (begun) return begun;
    void bulkWork.whenFree(fold);
  };
}
