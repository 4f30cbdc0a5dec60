import type { OfficeId } from '../../../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import { closeDatabase, openDatabase } from '../../../../src-node/db/open-database.ts';
import { storageErrorOf, type StorageError } from '../../../../src-node/db/storage-error.ts';
import { createNames } from '../../../../src-node/operations/names.ts';
import { readOffice } from '../../../../src-node/operations/office-projection.ts';
import { verifyDesk, type VerifyReport } from '../../../../src-node/operations/verify.ts';
import { serveParts } from '../../platform/worker-parts.ts';

/** Minutes of reading on a big desk, so it is done by a process of its own with a handle that cannot write (design §4). */
export interface VerifyTask {
  readonly file: string;
  readonly key: Uint8Array;
  readonly office: OfficeId;
}

serveParts(function* (task: VerifyTask): Generator<Result<VerifyReport, StorageError>, undefined> {
  yield verifyFile(task);
});

/** Errors go over as values: a thrown one would arrive without its class, as a fault of our own. */
function verifyFile({ file, key, office }: VerifyTask): Result<VerifyReport, StorageError> {
  const opened = openDatabase({ file, key, mode: 'read' });
  if (!opened.ok) return opened;
  try {
    const names = createNames(opened.value);
    return ok(verifyDesk(opened.value, names, readOffice(opened.value, names, office)));
  } catch (error) {
    const storage = storageErrorOf(error);
    if (storage === undefined) throw error;
    return err(storage);
  } finally {
    closeDatabase(opened.value);
  }
}
