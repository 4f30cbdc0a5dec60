import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import { storageError, type StorageError } from '../../../../src-node/db/storage-error.ts';
import { beginRebuild, endRebuild, slicesOf, writeFolded, type RebuildReport } from '../../../../src-node/operations/rebuild.ts';
import { dataFolder } from '../../desk/data-folder.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { readParts } from '../../platform/worker-parts.ts';
import type { FoldPart, FoldTask } from './fold-worker.ts';

/**
 * Makes the lists of an open desk again: another process reads and folds, this one only writes what came of it, slice by
 * slice, and serves in between (design §4).
 */
export async function rebuildDesk(desk: OpenDesk): Promise<Result<RebuildReport, StorageError>> {
  const { db } = desk;
  const { names } = desk.log;
  const begun = beginRebuild(db);
  if (!begun.ok) return begun;
  const task: FoldTask = { file: dataFolder(desk.dataDir).databaseFile, key: desk.databaseKey, office: desk.office().id };
  let [operations, dossiers] = [0, 0];
  for await (const part of readParts<FoldPart>(path.join(import.meta.dirname, 'fold-worker.ts'), task, { ahead: true })) {
    if (!part.ok) return part;
    for (const slice of slicesOf(part.value)) {
      if (!desk.isOpen()) return err(storageError('storage.locked', 'the desk was closed'));
      const written = writeFolded(db, names, desk.office(), slice);
      if (!written.ok) return written;
      await nextTurn();
    }
    operations += part.value.operations;
    dossiers += part.value.projections.length;
  }
  if (!desk.isOpen()) return err(storageError('storage.locked', 'the desk was closed'));
  const ended = endRebuild(db, names, desk.office());
  return ended.ok ? ok({ operations, dossiers }) : ended;
}
