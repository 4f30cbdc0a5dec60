import type { OfficeId } from '../../../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import { openDatabase } from '../../../../src-node/db/open-database.ts';
import type { ReadableDb } from '../../../../src-node/db/sqlite.ts';
import type { StorageError } from '../../../../src-node/db/storage-error.ts';
import { createNames } from '../../../../src-node/operations/names.ts';
import { readOffice } from '../../../../src-node/operations/office-projection.ts';
import { verifyDesk, type VerifyReport } from '../../../../src-node/operations/verify.ts';
import { databaseParts } from '../../platform/database-parts.ts';
import { serveParts } from '../../platform/worker-parts.ts';

/** Minutes of reading on a big desk, so it is done by a process of its own with a handle that cannot write (design §4). */
export interface VerifyTask {
  readonly file: string;
  readonly key: Uint8Array;
  readonly office: OfficeId;
}

type VerifyPart = Result<VerifyReport, StorageError>;

serveParts(({ file, key, office }: VerifyTask) => databaseParts<ReadableDb, VerifyPart>(openDatabase({ file, key, mode: 'read' }), (db) => [verifyAll(db, office)], err));

function verifyAll(db: ReadableDb, office: OfficeId): VerifyPart {
  const names = createNames(db);
  return ok(verifyDesk(db, names, readOffice(db, names, office)));
}
