import type { DossierView } from '../../../src-shared/contract/dossier-views.ts';
import type { Person } from '../../../src-shared/domain/persons/person.ts';
import { foldedWords } from '../../../src-shared/lib/vietnamese-text.ts';

export type ReceiverIs = 'owner' | 'submitter' | 'authorised' | 'other';

export interface KnownReceiver {
  readonly is: Exclude<ReceiverIs, 'other'>;
  readonly person: Person;
}

/**
 * The people of the dossier who may come for the result: whoever stood at the counter first, because they hold the receipt.
 * One person in two roles is offered once.
 */
export function knownReceivers({ content }: Pick<DossierView, 'content'>): readonly KnownReceiver[] {
  const { submitter, authorised, owner } = content;
  const all: readonly KnownReceiver[] = [
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

/** Whose card this is among the people of the dossier: by the number, by the name where the dossier has no number. */
export function receiverOfCard(known: readonly KnownReceiver[], card: Pick<Person, 'name' | 'idNumber'>): KnownReceiver | undefined {
  const name = foldedWords(card.name).join(' ');
  return known.find(({ person }) => (person.idNumber === undefined ? foldedWords(person.name).join(' ') === name : person.idNumber === card.idNumber));
}

/** Ids of conflicts that are still open: the officer is told of them and the hand-over names them (settled.md 12). */
export function openConflictIds({ conflicts }: Pick<DossierView, 'conflicts'>): readonly string[] {
  return conflicts.filter((conflict) => conflict.settledBy === null).map((conflict) => conflict.id);
}
