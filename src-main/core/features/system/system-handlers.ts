import path from 'node:path';
import type { ResultOf } from '../../../../src-shared/contract/contract.ts';
import { wireError } from '../../../../src-shared/contract/errors.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import type { StorageError } from '../../../../src-node/db/storage-error.ts';
import type { VerifyReport } from '../../../../src-node/operations/verify.ts';
import type { BulkWork } from '../../calls/bulk-work.ts';
import type { Handlers } from '../../calls/handlers.ts';
import { storageToWire } from '../../calls/storage-to-wire.ts';
import { dataFolder } from '../../desk/data-folder.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { readAnswer } from '../../platform/worker-parts.ts';
import { rebuildDesk } from './rebuild-desk.ts';
import type { VerifyTask } from './verify-worker.ts';

/** Checking and rebuilding while the desk is open: it goes on serving meanwhile. */
export function createSystemHandlers({ bulkWork }: { readonly bulkWork: BulkWork }): Handlers<'system.verify' | 'system.rebuild'> {
  return {
    'system.verify': async (_input, { desk }) => {
      const verified = await verifyOnWorker(desk);
      if (!verified.ok) return err(storageToWire(verified.error));
      return ok({ ...verified.value, faults: [...verified.value.faults] });
    },
    'system.rebuild': (_input, { desk }) => bulkWork.begin(() => rebuild(desk)) ?? err(wireError('desks.workUnderWay')),
  };
}

async function rebuild(desk: OpenDesk): Promise<ResultOf<'system.rebuild'>> {
  const startedMs = performance.now();
  const rebuilt = await rebuildDesk(desk);
  if (!rebuilt.ok) return err(storageToWire(rebuilt.error));
  return ok({ ...rebuilt.value, durationMs: Math.round(performance.now() - startedMs) });
}

function verifyOnWorker(desk: OpenDesk): Promise<Result<VerifyReport, StorageError>> {
  const task: VerifyTask = { file: dataFolder(desk.dataDir).databaseFile, key: desk.databaseKey, office: desk.office().id };
  return readAnswer(path.join(import.meta.dirname, 'verify-worker.ts'), task);
}
