import { z } from 'zod';
import { wireError, type WireError } from '../../../../src-shared/contract/errors.ts';
import { checkIdNumber } from '../../../../src-shared/domain/persons/id-number.ts';
import { explainFutureBirth } from '../../../../src-shared/domain/persons/id-number-words.ts';
import { personSchema, type Person } from '../../../../src-shared/domain/persons/person.ts';
import type { OfficerContext } from '../../calls/handlers.ts';

const PERSON_ROLES = ['owner', 'submitter', 'authorised'] as const;
type PersonRole = (typeof PERSON_ROLES)[number];

/** What is looked at here. A correction brings any JSON; what is no person at all is left to the fold, which refuses it. */
const checkedPartsSchema = z.object(personSchema.pick({ idKind: true, idNumber: true, birthDate: true }).shape);

export type PersonFault = WireError<'dossiers.badIdNumber' | 'dossiers.badPerson'>;

/** Why these persons stand in no dossier, or null. Reception and correction ask the same: an ID number too short, a birth that has not come yet. */
export function personFault(persons: { readonly [Role in PersonRole]?: unknown }, { desk, officer }: OfficerContext): PersonFault | null {
  const address = desk.office().officers.get(officer)?.formOfAddress ?? 'anh/chị';
  for (const role of PERSON_ROLES) {
    const person = checkedPartsSchema.safeParse(persons[role]).data;
    if (!person) continue;
    const badId = idNumberFault(person, role);
    if (badId) return badId;
    const sentence = explainFutureBirth(person, desk.clock.businessDate(), address);
    if (sentence !== null) return wireError('dossiers.badPerson', { person: role }, sentence);
  }
  return null;
}

/** Also asked of whoever fetches a result or takes a dossier back. */
export function idNumberFault(person: Pick<Person, 'idKind' | 'idNumber'>, role: PersonRole | 'receiver' | 'by'): WireError<'dossiers.badIdNumber'> | null {
  const finding = checkIdNumber(person).find((one) => one.severity === 'error');
  return finding ? wireError('dossiers.badIdNumber', { person: role, digits: finding.digits }, `Số căn cước phải đủ 12 chữ số, hiện có ${finding.digits}.`) : null;
}
