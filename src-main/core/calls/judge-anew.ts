import { isArrivalOpen } from '../../../src-node/operations/arrival.ts';
import { foldArrived } from '../desk/import-branch.ts';
import type { OpenDesk } from '../desk/open-desk.ts';
import type { BulkWork } from './bulk-work.ts';
import type { Announce } from './handlers.ts';

/**
 * After an act that changes who may act: folds what the log holds with a later stamp, so that lists say what the fold says
 * (rule 13). Mostly nothing is. Waits for it unless other work of many slices is under way; then it follows that, and cut off
 * anywhere the next start does it, for the note was written with the act.
 */
export type JudgeAnew = (desk: OpenDesk) => Promise<void>;

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
