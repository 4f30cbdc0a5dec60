import { useEffect, useState } from 'react';
import { onlyDigits } from '../../../src-shared/lib/number-input.ts';
import type { IsoDate } from '../../../src-shared/lib/office-time.ts';
import { callCore } from '../../client/core-client.ts';
import { useQuery } from '../../client/use-query.ts';
import { formatIdNumber } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { LinkButton } from '../../ui/button.tsx';
import { SegmentedChoice } from '../../ui/fields/choice-fields.tsx';
import { ComboBox } from '../../ui/fields/combo-box.tsx';
import { IdNumberField, PhoneField } from '../../ui/fields/number-fields.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { BirthDateField, formatBirth } from './birth-date-field.tsx';
import { useDelayed } from './procedure-block.tsx';
import type { PersonForm } from './receive-form.ts';
import { fromPerson, idNumberFault, withIdNumber } from './receive-people.ts';

const FIND_DELAY_MS = 120;
const ID_KINDS = (['citizenId', 'passport', 'oldId', 'organisationId'] as const).map((id) => ({ id, label: vi.receive.people.idKinds[id] }));
const SEXES = (['male', 'female'] as const).map((id) => ({ id, label: vi.receive.people.sexes[id] }));

interface PersonFieldsProps {
  readonly person: PersonForm;
  /** Where the person stands in the form: names its fields. */
  readonly place: 'owner' | 'otherPerson';
  readonly onChange: (person: PersonForm) => void;
  readonly today: IsoDate;
  /** Where only the name is needed Enter goes past the rest, which Shift+Enter and Tab still reach. */
  readonly isBrief: boolean;
  readonly autoFocus?: boolean;
}

/** A person who is typed in; somebody known is found by name, ID number or phone. */
export function PersonFields({ person, place, onChange, today, isBrief, autoFocus = false }: PersonFieldsProps) {
  const [isShort, setIsShort] = useState(isBrief && person.phone === '' && person.address === '' && person.birthDate === '');
  const known = useKnownPersons(person.name);
  useKnownByNumber(person, onChange);
  const isOrganisation = person.type === 'organisation';
  const digits = onlyDigits(person.name);
  const isNumber = person.name.trim() !== '' && digits === person.name.replace(/\s/g, '');
  const fault = idNumberFault(person);
  const change = (part: Partial<PersonForm>) => onChange({ ...person, source: 'typed', ...part });
  const number = person.idKind === 'citizenId'
    ? <IdNumberField label={vi.receive.people.idNumber} name={`${place}.idNumber`} value={person.idNumber} isAuto={isBrief}
      onChange={(idNumber) => change(withIdNumber(person, idNumber))}
      error={fault === undefined ? undefined : t(vi.receive.people.idLength, { digits: fault })} />
    : <TextField label={vi.receive.people.otherNumber} name={`${place}.idNumber`} value={person.idNumber} isAuto={isBrief} hasFigures lengthMax={30} onChange={(idNumber) => change({ idNumber })} />;
  return (
    <div className="receive-person-fields">
      <ComboBox
        label={isOrganisation ? vi.receive.people.organisationName : vi.receive.people.name}
        name={`${place}.name`}
        placeholder={vi.receive.people.namePlaceholder}
        autoFocus={autoFocus}
        preselects={isNumber}
        options={known.options}
        value={undefined}
        freeText={person.name}
        onFreeTextChange={(name) => change({ name })}
        onQueryChange={ignore}
        onChange={(id) => {
          const found = id === undefined ? undefined : known.personOf(id);
          if (found !== undefined) onChange(fromPerson(found, person));
        }}
        onBlur={() => { if (isNumber && digits.length === 12 && person.idNumber === '') change({ ...withIdNumber(person, digits), name: '' }); }}
        error={nameProblem(person.name, isNumber)}
      />
      <Select label={vi.receive.people.idKind} options={ID_KINDS} value={person.idKind} isAuto
        onChange={(id) => change({ idKind: id as PersonForm['idKind'], type: id === 'organisationId' ? 'organisation' : 'individual' })} />
      {number}
      {isShort && <p className="receive-more small"><LinkButton label={vi.receive.people.more} onPress={() => setIsShort(false)} /></p>}
      {!isShort && !isOrganisation && <BirthDateField name={`${place}.birthDate`} value={person.birthDate} today={today} isAuto={isBrief} onChange={(birthDate) => change({ birthDate })} />}
      {!isShort && !isOrganisation && <SegmentedChoice label={vi.receive.people.sex} options={SEXES} isAuto={isBrief || person.idNumber.length === 12}
        value={person.sex === '' ? undefined : person.sex} onChange={(sex) => change({ sex })} />}
      {!isShort && <PhoneField label={vi.receive.people.phone} name={`${place}.phone`} labelNote={vi.ui.field.optional} value={person.phone} isAuto={isBrief} onChange={(phone) => change({ phone })}
        error={phoneProblem(person.phone)} />}
      {!isShort && <div className="receive-address"><TextField label={vi.receive.people.address} name={`${place}.address`} value={person.address} isAuto={isBrief} lengthMax={300} onChange={(address) => change({ address })} /></div>}
      {!isShort && <TextField label={vi.receive.people.email} name={`${place}.email`} value={person.email} isAuto lengthMax={120} onChange={(email) => change({ email })} />}
    </div>
  );
}

export function phoneProblem(phone: string): string | undefined {
  return phone.length > 0 && phone.length < 10 ? vi.receive.people.phoneShort : undefined;
}

function nameProblem(name: string, isNumber: boolean): string | undefined {
  if (name.trim() === '') return vi.receive.people.nameMissing;
  return isNumber ? vi.receive.people.nameIsNumber : undefined;
}

/** The options are what the core found; typing only changes the name, which is the question. */
function ignore(): void {
  return undefined;
}

function useKnownPersons(name: string) {
  const typed = useDelayed(name.trim(), FIND_DELAY_MS);
  const found = useQuery('persons.find', typed.length < 2 ? undefined : { query: typed.slice(0, 120) });
  const persons = typed.length < 2 || name.trim().length < 2 ? [] : found.value?.persons ?? [];
  return {
    options: persons.map(({ person, dossiers }, index) => ({
      id: String(index),
      label: person.name,
      note: [
        person.birthDate === undefined ? '' : t(vi.receive.people.born, { date: formatBirth(person.birthDate) }),
        person.idNumber === undefined ? '' : formatIdNumber(person.idNumber),
        person.address ?? '',
      ].filter((part) => part !== '').join(' · '),
      end: t(vi.receive.people.knownCount, { count: dossiers }),
    })),
    personOf: (id: string) => persons[Number(id)]?.person,
  };
}

/** A whole ID number or phone that is known fills in whose it is, while no name stands there. */
function useKnownByNumber(person: PersonForm, onChange: (person: PersonForm) => void): void {
  const number = person.idNumber.length === 12 ? person.idNumber : person.phone.length >= 10 ? person.phone : '';
  const isOpen = person.name.trim() === '' && number !== '';
  useEffect(() => {
    if (!isOpen) return undefined;
    let isCurrent = true;
    void callCore('persons.find', { query: number, limit: 2 }).then((answer) => {
      if (!isCurrent || !answer.ok) return;
      const [only, ...others] = answer.value.persons;
      if (only !== undefined && others.length === 0) onChange(fromPerson(only.person, person));
    });
    return () => { isCurrent = false; };
    // Asked once for each number; what else changes meanwhile must not ask again.
  }, [number, isOpen]);
}
