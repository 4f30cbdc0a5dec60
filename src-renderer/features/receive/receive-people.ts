import { checkIdNumber, readIdNumber } from '../../../src-shared/domain/persons/id-number.ts';
import type { Person } from '../../../src-shared/domain/persons/person.ts';
import { isIsoDate } from '../../../src-shared/lib/office-time.ts';
import { emptyPerson, type PersonForm } from './receive-form.ts';

/** A person as the core takes it: blanks left out. */
export function toPerson(form: PersonForm): Person {
  const text = (value: string) => (value.trim() === '' ? undefined : value.trim());
  const isIndividual = form.type === 'individual';
  const whole = {
    type: form.type,
    name: form.name.trim(),
    birthDate: isIndividual ? text(form.birthDate) : undefined,
    sex: isIndividual && form.sex !== '' ? form.sex : undefined,
    idKind: text(form.idNumber) === undefined ? undefined : form.idKind,
    idNumber: text(form.idNumber),
    phone: text(form.phone),
    email: text(form.email),
    address: text(form.address),
    source: form.source,
  };
  return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined)) as Person;
}

/** Only what is filled in, for the preview: a half-typed person is no person yet. */
export function toPartialPerson(form: PersonForm): Partial<Person> | undefined {
  const { name, birthDate, ...others } = toPerson(form);
  const hasName = name !== '';
  const hasDate = birthDate !== undefined && (isIsoDate(birthDate) || /^\d{4}$/.test(birthDate));
  return !hasName && others.idNumber === undefined ? undefined : { ...others, ...(hasName && { name }), ...(hasDate && { birthDate }) };
}

/** A known person or one read from a card, put into the form. The phone that was typed already stays. */
export function fromPerson(person: Person, before: PersonForm = emptyPerson(), source: PersonForm['source'] = 'known'): PersonForm {
  return {
    type: person.type,
    name: person.name,
    idKind: person.idKind ?? 'citizenId',
    idNumber: person.idNumber ?? '',
    birthDate: person.birthDate ?? '',
    sex: person.sex ?? '',
    phone: person.phone ?? before.phone,
    email: person.email ?? '',
    address: person.address ?? '',
    source,
    standing: before.standing,
  };
}

/** What the ID number itself says fills the sex that nobody has typed; a birth year is only a hint. */
export function withIdNumber(form: PersonForm, idNumber: string): PersonForm {
  const read = form.idKind === 'citizenId' ? readIdNumber(idNumber) : undefined;
  return { ...form, idNumber, ...(read !== undefined && form.sex === '' && { sex: read.sex }) };
}

/** The one fault of a person that stops saving besides a missing name: the length of the ID number. */
export function idNumberFault(form: PersonForm): number | undefined {
  const { idKind, idNumber } = form;
  const fault = checkIdNumber({ idKind, idNumber }).find((finding) => finding.code === 'idNumber.length');
  return fault?.code === 'idNumber.length' ? fault.digits : undefined;
}

/** Filled by a card or from an earlier dossier: shown as read, with little to type. */
export function isFromElsewhere(form: PersonForm): boolean {
  return form.source !== 'typed' && form.name !== '';
}
