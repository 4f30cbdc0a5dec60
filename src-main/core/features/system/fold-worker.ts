import type { OfficeId, SubjectId } from '../../../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import { openDatabase } from '../../../../src-node/db/open-database.ts';
import type { ReadableDb } from '../../../../src-node/db/sqlite.ts';
import type { StorageError } from '../../../../src-node/db/storage-error.ts';
import { createNames } from '../../../../src-node/operations/names.ts';
import { readOffice } from '../../../../src-node/operations/office-projection.ts';
import { foldNextSubjects, type FoldedSubjects } from '../../../../src-node/operations/rebuild.ts';
import { databaseParts } from '../../platform/database-parts.ts';
import { serveParts } from '../../platform/worker-parts.ts';

/** Folding the whole log takes minutes on a big desk, so it happens in a process of its own that cannot write (design §4). */
export interface FoldTask {
  readonly file: string;
  readonly key: Uint8Array;
  readonly office: OfficeId;
}

export type FoldPart = Result<FoldedSubjects, StorageError>;

/**
 * Acts of one dossier lie far apart in the file, those of dossiers of one time close together. Each commit of the writer empties
 * this reader's cache of pages: more dossiers at a time means fewer pages read and decrypted again.
 */
const SUBJECTS_PER_PART = 480;

serveParts(({ file, key, office }: FoldTask) => databaseParts<ReadableDb, FoldPart>(openDatabase({ file, key, mode: 'read' }), (db) => foldAll(db, office), err));

function* foldAll(db: ReadableDb, id: OfficeId): Generator<FoldPart, undefined> {
  const names = createNames(db);
  const office = readOffice(db, names, id);
  for (let after: SubjectId | null = null; ; ) {
    const folded = foldNextSubjects(db, names, office, after, SUBJECTS_PER_PART);
    if (!folded) return;
    yield ok(folded);
    after = folded.last;
  }
}
