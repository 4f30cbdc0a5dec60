import { ok } from '../../../../src-shared/lib/result.ts';
import { rebuildSlices } from '../../../../src-node/operations/rebuild.ts';
import { verifyDesk } from '../../../../src-node/operations/verify.ts';
import type { Handlers } from '../../calls/handlers.ts';
import { storageToWire } from '../../calls/storage-to-wire.ts';
import { err } from '../../../../src-shared/lib/result.ts';

/** Checking and rebuilding while the desk is open. Between slices other requests are served. */
export function createSystemHandlers(): Handlers<'system.verify' | 'system.rebuild'> {
  return {
    'system.verify': (_input, { desk }) => {
      const report = verifyDesk(desk.db, desk.log.names, desk.office());
      return ok({ ...report, faults: [...report.faults] });
    },
    'system.rebuild': async (_input, { desk }) => {
      const startedMs = performance.now();
      let operations = 0;
      let dossiers = 0;
      for (const slice of rebuildSlices(desk.db, desk.log.names, desk.office())) {
        if (!slice.ok) return err(storageToWire(slice.error));
        operations += slice.value.operations;
        dossiers += slice.value.dossiers;
        await new Promise((resolve) => setImmediate(resolve));
      }
      return ok({ operations, dossiers, durationMs: Math.round(performance.now() - startedMs) });
    },
  };
}
