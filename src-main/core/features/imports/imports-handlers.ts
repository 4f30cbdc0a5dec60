import { createHash } from 'node:crypto';
import { wireError } from '../../../../src-shared/contract/errors.ts';
import type { ImportReport } from '../../../../src-shared/contract/imports.api.ts';
import { err, ok } from '../../../../src-shared/lib/result.ts';
import { answerOnce, keptAnswer, writingFault, type Request } from '../../calls/answer-once.ts';
import type { BulkWork } from '../../calls/bulk-work.ts';
import type { Announce, Handlers, ParsedInput } from '../../calls/handlers.ts';
import { createImportState } from './import-state.ts';
import { previewImport } from './preview-import.ts';
import { runImport, type RunImportDep } from './run-import.ts';

export interface ImportsDep extends RunImportDep {
  readonly announce: Announce;
  readonly bulkWork: BulkWork;
}

/** Dossiers out of files of other systems, one import at a time. */
export function createImportsHandlers(dep: ImportsDep): Handlers<'imports.preview' | 'imports.run' | 'imports.progress' | 'imports.stop'> {
  const state = createImportState(() => dep.announce({ type: 'imports' }));
  return {
    'imports.preview': (input, { desk }) => previewImport(desk, input, dep.procedures(desk)),
    'imports.run': async (input, context) => {
      const { desk } = context;
      const request = requestOf(input);
      const kept = keptAnswer<ImportReport>(desk, request);
      if (!kept.ok) return kept;
      if (kept.value) return ok(kept.value);
      const fault = writingFault(desk);
      if (fault) return err(fault);
      const done = await dep.bulkWork.begin(() => state.watch(input.fileName, (watch) => runImport(dep, context, input, watch)));
      if (!done) return err(wireError('desks.workUnderWay'));
      // Lists ask once, when it is over. What a failure or an officer cut off stays, and is in them too.
      dep.announce({ type: 'office' });
      // Only a whole import is answered for good: asked again, one that was cut off goes on.
      return done.ok && !done.value.stopped ? answerOnce<ImportReport>(desk, request, () => ok(done.value)) : done;
    },
    'imports.progress': () => ok(state.progress()),
    'imports.stop': () => {
      state.stop();
      return ok({});
    },
  };
}

/** The file stands for itself by its hash: it is megabytes, and the answer is kept for good. */
function requestOf({ idempotencyKey, content, ...input }: ParsedInput<'imports.run'>): Request {
  return { key: idempotencyKey, call: 'imports.run', input: { ...input, content: createHash('sha256').update(content).digest('hex') } };
}
