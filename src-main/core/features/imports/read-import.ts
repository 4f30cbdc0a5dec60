import path from 'node:path';
import { wireError, type WireError } from '../../../../src-shared/contract/errors.ts';
import type { ImportReading } from '../../../../src-shared/domain/imports/import-columns.ts';
import type { ImportedRow } from '../../../../src-shared/domain/imports/import-row.ts';
import { readOfficeSettings, type OfficeSettings } from '../../../../src-shared/domain/settings/office-settings.ts';
import type { SubjectId } from '../../../../src-shared/lib/ids.ts';
import { findAlike, listByCode, type FoundDossier } from '../../../../src-node/operations/dossiers-by-code.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { readParts } from '../../platform/worker-parts.ts';
import { importedSubject } from './imported-dossier.ts';
import type { ImportPart, ImportTask } from './import-worker.ts';

export type FileRefusal = WireError<'imports.unreadable' | 'imports.encoding' | 'imports.tooLarge' | 'imports.noRows'>;

export interface FileToRead {
  readonly content: string;
  readonly fields?: ImportTask['fields'];
  readonly states: ImportReading['states'];
}

/** The parts of a file, read by a process of its own with what the office knows; `procedures` are those of the catalogue in force. */
export function readImportFile(desk: OpenDesk, file: FileToRead, procedures: ImportTask['procedures'], rowsPerPart: number): AsyncGenerator<ImportPart, undefined> {
  const settings = readOfficeSettings(desk.office().settings);
  const task: ImportTask = {
    content: file.content,
    fields: file.fields,
    columns: settings.importReading.columns,
    states: { ...settings.importReading.states, ...file.states },
    procedures,
    nowMs: desk.clock.nowMs(),
    ...openingHours(settings),
    rowsPerPart,
  };
  return readParts<ImportPart>(path.join(import.meta.dirname, 'import-worker.ts'), task, { ahead: true });
}

/** The hours of a full day stand for any: what a file has is a day, and only its order among others matters. */
function openingHours({ officeHours }: OfficeSettings): Pick<ImportTask, 'opensAt' | 'closesAt'> {
  const periods = officeHours.makeUpDay;
  return { opensAt: periods[0]?.from ?? 0, closesAt: periods.at(-1)?.to ?? 1_439 };
}

export function refusalOf({ refusal }: Extract<ImportPart, { kind: 'refused' }>): FileRefusal {
  return wireError(refusal.code, undefined, 'sentence' in refusal ? refusal.sentence : undefined);
}

/** What a good row is on this desk as it stands now. */
export type Standing =
  | { readonly kind: 'new'; readonly subject: SubjectId }
  | { readonly kind: 'known' | 'alike'; readonly found: FoundDossier | undefined };

/** Codes decide; else an ID number with the same procedure that waits for its code. Voided dossiers stand in nobody's way. */
export function standingOf(desk: OpenDesk, row: ImportedRow): Standing {
  const sameCode = listByCode(desk.db, row.code);
  const present = sameCode.find(({ status }) => status !== 'voided');
  if (present) return { kind: 'known', found: present };
  const subject = importedSubject(desk.office().id, row.code, sameCode.length);
  // In the log and not in the lists: erased, or not permitted where it was written. Neither comes back by an import.
  if (desk.office().erasures.has(subject) || desk.log.listSubject(subject).length > 0) return { kind: 'known', found: undefined };
  const alike = row.owner.idNumber === undefined ? undefined : findAlike(desk.db, row.owner.idNumber, row.procedure.code);
  return alike ? { kind: 'alike', found: alike } : { kind: 'new', subject };
}

/** The subject of a row that is taken in although somebody like it is here. */
export function subjectOf(desk: OpenDesk, row: ImportedRow): SubjectId {
  return importedSubject(desk.office().id, row.code, listByCode(desk.db, row.code).length);
}
