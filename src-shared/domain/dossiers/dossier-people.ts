import type { Person } from '../persons/person.ts';
import type { DossierContent } from './dossier-content.ts';

export interface DossierPerson {
  readonly is: 'submitter' | 'owner' | 'authorised';
  readonly person: Person;
}

/**
 * The people of a dossier who may act for it: whoever stood at the counter first, because they hold the receipt. One person
 * in two roles stands there once.
 */
export function peopleOf({ submitter, authorised, owner }: Pick<DossierContent, 'submitter' | 'authorised' | 'owner'>): readonly DossierPerson[] {
  const all: readonly DossierPerson[] = [
    ...(submitter === undefined ? [] : [{ is: 'submitter' as const, person: plain(submitter) }]),
    { is: 'owner', person: owner },
    ...(authorised === undefined ? [] : [{ is: 'authorised' as const, person: plain(authorised) }]),
  ];
  return all.filter(({ person }, index) => all.findIndex((other) => isSame(other.person, person)) === index);
}

/** Relation and authorisation belong to the reception, not to the person. */
function plain(person: Person & { readonly relation?: unknown; readonly authorisation?: unknown }): Person {
  const { relation: _relation, authorisation: _authorisation, ...rest } = person;
  return rest;
}

function isSame(one: Person, other: Person): boolean {
  return one.name === other.name && one.idNumber === other.idNumber && one.birthDate === other.birthDate;
}
