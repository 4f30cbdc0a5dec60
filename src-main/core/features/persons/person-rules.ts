import type { OutputOf } from '../../../../src-shared/contract/contract.ts';
import type { DossierContent } from '../../../../src-shared/domain/dossiers/dossier-content.ts';
import { personKey, personSchema, type Person } from '../../../../src-shared/domain/persons/person.ts';
import { foldedWords } from '../../../../src-shared/lib/vietnamese-text.ts';

/** Who stands on a dossier; UTC milliseconds. */
export interface PeopleOnDossier {
  readonly owner: Person;
  readonly submitter: DossierContent['submitter'] | undefined;
  readonly authorised: DossierContent['authorised'] | undefined;
  readonly receivedAt: number;
}

type KnownPerson = OutputOf<'persons.find'>['persons'][number];

/** People whom the typed words name, each once with the newest of what was written; newest first, as the dossiers come. */
export function knownPersons(dossiers: readonly PeopleOnDossier[], typed: string, limit: number): KnownPerson[] {
  const isMeant = personMatcher(typed);
  const byKey = new Map<string, KnownPerson>();
  for (const { owner, submitter, authorised, receivedAt } of dossiers) {
    const keysHere = new Set<string>();
    for (const written of [owner, submitter, authorised]) {
      const person = written && isMeant(written) ? plainPerson(written) : undefined;
      const key = person && keyOf(person);
      // Somebody who is owner and authorised at once has one dossier here, not two.
      if (!person || key === undefined || keysHere.has(key)) continue;
      keysHere.add(key);
      const known = byKey.get(key);
      byKey.set(key, known ? { ...known, dossiers: known.dossiers + 1 } : { person, dossiers: 1, lastReceivedAt: receivedAt });
    }
  }
  return [...byKey.values()].slice(0, limit);
}

/** True for a person of whom every typed word begins a word of the name, the number or the phone; digits may also be the end. */
function personMatcher(typed: string): (person: Person) => boolean {
  const digits = /^[\d\s.+-]+$/.test(typed) ? foldedWords(typed).join('') : null;
  if (digits !== null) {
    return ({ idNumber, phone }) => [idNumber, phone].some((number) => {
      const compact = foldedWords(number ?? '').join('');
      return digits !== '' && (compact.startsWith(digits) || compact.endsWith(digits));
    });
  }
  const wanted = foldedWords(typed);
  return ({ name, idNumber, phone }) => {
    const words = [...foldedWords(name), foldedWords(idNumber ?? '').join(''), foldedWords(phone ?? '').join('')];
    return wanted.every((beginning) => words.some((word) => word.startsWith(beginning)));
  };
}

/** Without what belongs to the one dossier (relation, authorisation); undefined for what the form could not take over. */
function plainPerson(written: Person): Person | undefined {
  const { type, name, birthDate, sex, idKind, idNumber, phone, email, address } = written;
  const parsed = personSchema.safeParse({ type, name, birthDate, sex, idKind, idNumber, phone, email, address, source: 'known' });
  return parsed.success ? parsed.data : undefined;
}

/** People without number and birth date are told apart by what else is known, so that the same one is not offered ten times. */
function keyOf(person: Person): string {
  return personKey(person) ?? `like:${foldedWords(person.name).join(' ')}|${person.phone ?? ''}|${foldedWords(person.address ?? '').join(' ')}`;
}
