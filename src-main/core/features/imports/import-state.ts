import type { OutputOf } from '../../../../src-shared/contract/contract.ts';
import type { ImportReport } from '../../../../src-shared/contract/imports.api.ts';
import type { Result } from '../../../../src-shared/lib/result.ts';
import type { ImportWatch } from './run-import.ts';

type Progress = OutputOf<'imports.progress'>;

export interface ImportState {
  /** Runs an import under this eye; the last report stays to be asked for. */
  watch<E>(fileName: string, run: (watch: ImportWatch) => Promise<Result<ImportReport, E>>): Promise<Result<ImportReport, E>>;
  progress(): Progress;
  stop(): void;
}

/** Screens are told once for so many rows. */
const ROWS_PER_EVENT = 100;

/** How far an import has come, in memory alone: what it did is in the log, so nothing of this need outlive the core. */
export function createImportState(tell: () => void): ImportState {
  let running: Progress['running'] = null;
  let last: Progress['last'] = null;
  let isStopped = false;
  return {
    watch: async (fileName, run) => {
      running = { fileName, done: 0, rows: 0 };
      isStopped = false;
      tell();
      try {
        const report = await run({
          isStopped: () => isStopped,
          onProgress: (done, rows) => {
            const isTold = Math.floor(done / ROWS_PER_EVENT) > Math.floor((running?.done ?? 0) / ROWS_PER_EVENT);
            running = { fileName, done, rows };
            if (isTold) tell();
          },
        });
        if (report.ok) last = { ...report.value, fileName };
        return report;
      } finally {
        running = null;
        tell();
      }
    },
    progress: () => ({ running, last }),
    stop: () => {
      isStopped = true;
    },
  };
}
