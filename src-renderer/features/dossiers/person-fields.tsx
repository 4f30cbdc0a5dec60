import { checkIdNumber } from '../../../src-shared/domain/persons/id-number.ts';
import { parseDateInput } from '../../../src-shared/lib/date-input.ts';
import { deskToday } from '../../client/desk-session.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { SegmentedChoice } from '../../ui/fields/choice-fields.tsx';
import { IdNumberField, PhoneField } from '../../ui/fields/number-fields.tsx';
import { ParsedField, type Parsed } from '../../ui/fields/parsed-field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { birthWords, type CorrectablePerson } from './correction.ts';

const words = vi.dossiers.correct;

interface PersonFieldsProps {
  readonly person: CorrectablePerson;
  readonly onChange: (person: CorrectablePerson) => void;
  readonly role: 'owner' | 'submitter' | 'authorised';
  readonly startsFocused?: boolean;
}

/** One person as written on the dossier; a blank part is one that nobody knows. */
export function PersonFields({ person, onChange, role, startsFocused = false }: PersonFieldsProps) {
  const isCitizenId = (person.idKind ?? 'citizenId') === 'citizenId' && person.type === 'individual';
  const set = (part: Partial<CorrectablePerson>) => onChange({ ...person, ...part });
  return (
    <div className="form-grid">
      <div className="span-2">
        <TextField label={person.type === 'organisation' ? words.organisationName : words.name} value={person.name} onChange={(name) => set({ name })} lengthMax={120} autoFocus={startsFocused}
          error={person.name.trim() === '' ? words.nameMissing : undefined} />
      </div>
      {person.type === 'individual' && <BirthField value={person.birthDate} onChange={(birthDate) => set({ birthDate })} />}
      {person.type === 'individual' && (
        <SegmentedChoice label={words.sex} value={person.sex} onChange={(sex) => set({ sex })} options={[{ id: 'male', label: words.male }, { id: 'female', label: words.female }]} />
      )}
      {isCitizenId
        ? <IdNumberField label={words.idNumber} labelNote={words.optional} value={person.idNumber ?? ''} error={idProblem(person)}
            onChange={(idNumber) => set(idNumber === '' ? { idNumber, idKind: undefined } : { idNumber, idKind: 'citizenId' })} />
        : <TextField label={words.idNumber} labelNote={words.optional} value={person.idNumber ?? ''} onChange={(idNumber) => set({ idNumber })} lengthMax={30} hasFigures />}
      <PhoneField label={words.phone} labelNote={words.optional} value={person.phone ?? ''} onChange={(phone) => set({ phone })} />
      <div className="span-2"><TextField label={words.address} labelNote={words.optional} value={person.address ?? ''} onChange={(address) => set({ address })} lengthMax={300} /></div>
      {role === 'submitter' && <div className="span-2"><TextField label={words.relation} labelNote={words.optional} value={person.relation ?? ''} onChange={(relation) => set({ relation })} lengthMax={80} /></div>}
      {role === 'authorised' && <div className="span-4"><TextField label={words.authorisation} labelNote={words.optional} value={person.authorisation ?? ''} onChange={(authorisation) => set({ authorisation })} lengthMax={200} /></div>}
    </div>
  );
}

function idProblem(person: CorrectablePerson): string | undefined {
  if (person.idNumber === undefined || person.idNumber === '') return undefined;
  const finding = checkIdNumber({ ...person, idKind: 'citizenId' }).find((one) => one.severity === 'error');
  return finding === undefined ? undefined : t(words.idLength, { digits: person.idNumber.length });
}

/** A full date, or only the year: old people often know no more. */
function BirthField({ value, onChange }: { readonly value: string | undefined; readonly onChange: (value: string | undefined) => void }) {
  return <ParsedField label={words.birthDate} labelNote={words.optional} hint={words.birthHint} value={value} onChange={onChange} parse={readBirth} format={(date) => birthWords(date) ?? ''} />;
}

function readBirth(text: string): Parsed<string> {
  const typed = text.trim();
  if (/^(19|20)\d\d$/.test(typed)) return { ok: true, value: typed };
  const result = parseDateInput(typed, deskToday(), 'past');
  if (result.ok) return { ok: true, value: result.value.date };
  return result.error === 'date.empty' ? { ok: true, value: undefined } : { ok: false, problem: words.birthWrong };
}
