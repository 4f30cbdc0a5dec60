import type { DossierContent } from '../../../../src-shared/domain/dossiers/dossier-content.ts';
import { foldDossier } from '../../../../src-shared/domain/dossiers/dossier-fold.ts';
import { dossierKindVersions } from '../../../../src-shared/domain/dossiers/dossier-operations.ts';
import type { Office } from '../../../../src-shared/domain/office/office.ts';
import type { SubjectId } from '../../../../src-shared/lib/ids.ts';
import type { ReadableDb } from '../../../../src-node/db/sqlite.ts';
import { wordsQuery } from '../../../../src-node/operations/dossier-words.ts';
import type { Names } from '../../../../src-node/operations/names.ts';
import { bytesToSubject, listSubjectOperations } from '../../../../src-node/operations/operation-rows.ts';
import type { PeopleOnDossier } from './person-rules.ts';

/**
 * So many of the newest dossiers are looked at. Enough to fill the list under the field, few enough to stay within some
 * milliseconds however many people are called Giàng A Páo.
 */
const DOSSIERS_LOOKED_AT = 60;

interface FoundRow {
  readonly id: Uint8Array;
  readonly no: number;
}

interface BodyRow {
  readonly kind: number;
  readonly version: number;
  readonly body: Uint8Array | null;
}

/**
 * The people on the newest dossiers that hold the typed words somewhere. Voided ones are left out: their people may be the
 * mistake. Reads the log itself, because a list row does not keep addresses and birth dates.
 */
export function listPeopleOnDossiers(db: ReadableDb, names: Names, office: Office, typed: string): PeopleOnDossier[] {
  const words = wordsQuery(typed);
  if (words === null) return [];
  const found = db.all<FoundRow>(
    `SELECT dossiers.id, dossiers.no FROM dossier_words CROSS JOIN dossiers ON dossiers.no = dossier_words.rowid
     WHERE dossier_words MATCH ? AND dossiers.status <> 'voided' ORDER BY dossier_words.rowid DESC LIMIT ${DOSSIERS_LOOKED_AT}`,
    words,
  );
  return found.flatMap(({ id }) => readPeople(db, names, office, id) ?? []);
}

/**
 * As received, when nothing later can have changed it; else as folded. Most dossiers are never corrected, and folding each
 * one would cost ten times as much.
 */
function readPeople(db: ReadableDb, names: Names, office: Office, id: Uint8Array): PeopleOnDossier | undefined {
  const received = names.find('dossier.received');
  const rows = db.all<BodyRow>('SELECT kind, version, body FROM operations WHERE subject = ? ORDER BY position', id);
  const births = rows.filter(({ kind }) => kind === received);
  const birth = births[0];
  const isPlain = births.length === 1 && birth?.version === dossierKindVersions['dossier.received'] && rows.every(({ kind }) => !CONTENT_KINDS.has(names.textOf(kind)));
  if (!isPlain || !birth) return foldedPeople(db, names, office, bytesToSubject(id));
  if (birth.body === null) return undefined;
  const { content, receivedAt } = JSON.parse(Buffer.from(birth.body.buffer, birth.body.byteOffset, birth.body.byteLength).toString('utf8')) as {
    readonly content: DossierContent;
    readonly receivedAt: number;
  };
  return { owner: content.owner, submitter: content.submitter, authorised: content.authorised, receivedAt };
}

/** Acts that can change who stands on a dossier, or whose reception counts. */
const CONTENT_KINDS = new Set(['dossier.corrected', 'dossier.undone', 'dossier.conflictSettled', 'dossier.imported']);

function foldedPeople(db: ReadableDb, names: Names, office: Office, subject: SubjectId): PeopleOnDossier | undefined {
  const dossier = foldDossier(listSubjectOperations(db, names, subject), office);
  return dossier && { owner: dossier.content.owner, submitter: dossier.content.submitter, authorised: dossier.content.authorised, receivedAt: dossier.receivedAt };
}
