import type { DossierView } from '../../../src-shared/contract/dossier-views.ts';
import type { DossierPerson } from '../../../src-shared/domain/dossiers/dossier-people.ts';
import type { Person } from '../../../src-shared/domain/persons/person.ts';
import { foldedWords } from '../../../src-shared/lib/vietnamese-text.ts';

export type ReceiverIs = DossierPerson['is'] | 'other';

/** Whose card this is among the people of the dossier: by the number, by the name where the dossier has no number. */
export function receiverOfCard(known: readonly DossierPerson[], card: Pick<Person, 'name' | 'idNumber'>): DossierPerson | undefined {
  const name = foldedWords(card.name).join(' ');
  return known.find(({ person }) => (person.idNumber === undefined ? foldedWords(person.name).join(' ') === name : person.idNumber === card.idNumber));
}

/** Ids of conflicts that are still open: the officer is told of them and the hand-over names them (settled.md 12). */
export function openConflictIds({ conflicts }: Pick<DossierView, 'conflicts'>): readonly string[] {
  return conflicts.filter((conflict) => conflict.settledBy === null).map((conflict) => conflict.id);
}
