import type { Office } from '../../src-shared/domain/office/office.ts';
import { establishedOnce } from '../../src-shared/domain/office/established-once.ts';
import { foldOffice } from '../../src-shared/domain/office/office-fold.ts';
import type { OfficeId, SubjectId } from '../../src-shared/lib/ids.ts';
import { assert } from '../../src-shared/lib/assert.ts';
import { isTextSigned } from '../crypto/keys.ts';
import type { ReadableDb } from '../db/sqlite.ts';
import type { Names } from './names.ts';
import { listSubjectOperations } from './operation-rows.ts';

/** The office is its own subject: all operations about it hang on its id. */
export function officeSubject(office: OfficeId): SubjectId {
  return office as unknown as SubjectId;
}

/** The office as folded from the log. There are few such operations, so it is kept in memory and folded anew on change. */
export function readOffice(db: ReadableDb, names: Names, id: OfficeId): Office {
  const office = foldOffice(establishedOnce(listSubjectOperations(db, names, officeSubject(id))), isTextSigned);
  assert(office, 'an office without its establishing operation');
  return office;
}
