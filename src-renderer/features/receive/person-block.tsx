import { BookUser, QrCode } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { IsoDate } from '../../../src-shared/lib/office-time.ts';
import { formatIdNumber } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Block, type StepState } from '../../ui/card.tsx';
import { Chip } from '../../ui/chip.tsx';
import { SegmentedChoice } from '../../ui/fields/choice-fields.tsx';
import { PhoneField } from '../../ui/fields/number-fields.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { formatBirth } from './birth-date-field.tsx';
import { PersonFields, phoneProblem } from './person-fields.tsx';
import type { PersonForm, ReceiveForm } from './receive-form.ts';
import { isFromElsewhere } from './receive-people.ts';

interface PersonBlockProps {
  readonly form: ReceiveForm;
  readonly update: (change: Partial<ReceiveForm>) => void;
  readonly today: IsoDate;
  readonly state: StepState;
  /** Certified copies need only the requester's name. */
  readonly isCertification: boolean;
}

const OTHERS = (['submitter', 'authorised'] as const).map((id) => ({ id, label: vi.receive.people.kinds[id] }));

/** Block 2: one person until Alt+2; then the owner, and who stands at the counter. */
export function PersonBlock({ form, update, today, state, isCertification }: PersonBlockProps) {
  const hasOther = form.other !== 'none';
  const ownerLabel = hasOther ? vi.receive.people.owner : isCertification ? vi.receive.people.certification : vi.receive.people.ownerIsSubmitter;
  return (
    <Block step={2} state={state} label={vi.receive.people.block}>
      <OnePerson
        label={ownerLabel}
        place="owner"
        person={form.owner}
        onChange={(owner) => update({ owner })}
        today={today}
        isBrief={isCertification}
        button={<Button kind="in-block" combo="Alt+2" label={hasOther ? vi.receive.people.bySelf : vi.receive.people.forSomebody}
          onPress={() => update(hasOther ? { other: 'none', receiverIs: 'owner' } : { other: 'submitter', receiverIs: 'submitter' })} />}
      />
      {hasOther && (
        <div className="receive-other separator">
          <div className="receive-standing">
            <SegmentedChoice label={vi.receive.people.kind} isAuto options={OTHERS} value={form.other === 'authorised' ? 'authorised' : 'submitter'}
              onChange={(other) => update({ other, receiverIs: other })} />
            <TextField label={form.other === 'authorised' ? vi.receive.people.authorisation : vi.receive.people.relation} lengthMax={form.other === 'authorised' ? 200 : 80}
              name="otherPerson.standing" value={form.otherPerson.standing} autoFocus={form.owner.name !== '' && form.otherPerson.name === ''} onChange={(standing) => update({ otherPerson: { ...form.otherPerson, standing } })} />
          </div>
          <OnePerson place="otherPerson" label={vi.receive.people[form.other === 'authorised' ? 'authorised' : 'submitter']} person={form.otherPerson} today={today} isBrief={isCertification}
            onChange={(otherPerson) => update({ otherPerson: { ...otherPerson, standing: form.otherPerson.standing } })} />
        </div>
      )}
    </Block>
  );
}

interface OnePersonProps {
  readonly label: string;
  readonly place: 'owner' | 'otherPerson';
  readonly person: PersonForm;
  readonly onChange: (person: PersonForm) => void;
  readonly today: IsoDate;
  readonly isBrief: boolean;
  readonly button?: ReactNode;
}

function OnePerson({ label, place, person, onChange, today, isBrief, button }: OnePersonProps) {
  const [isEditing, setIsEditing] = useState(false);
  const isRead = isFromElsewhere(person) && !isEditing;
  return (
    <>
      <div className="row wraps receive-person-head">
        <span className="label nowrap">{label}</span>
        <span className="end" />
        {isRead && <Chip tone="desk" icon={person.source === 'cardQr' ? QrCode : BookUser}>{person.source === 'cardQr' ? vi.receive.people.fromCard : vi.receive.people.fromKnown}</Chip>}
        {isRead && <Button kind="in-block" label={vi.receive.people.edit} onPress={() => setIsEditing(true)} />}
        {button}
      </div>
      {isRead ? <KnownPerson person={person} place={place} onChange={onChange} isBrief={isBrief} />
        : <PersonFields key={isBrief ? 'brief' : 'whole'} person={person} place={place} today={today} isBrief={isBrief} onChange={(next) => {
          // Somebody else was chosen from the list: shown as found, not as being edited.
          if (next.source !== 'typed') setIsEditing(false);
          onChange(next);
        }} />}
    </>
  );
}

/** Somebody read from a card or known from before: their words as they are, and the phone to add. */
function KnownPerson({ person, place, onChange, isBrief }: Pick<OnePersonProps, 'person' | 'place' | 'onChange' | 'isBrief'>) {
  const [wasKnown] = useState(person.phone !== '');
  const sex = person.sex === '' ? '' : vi.receive.people.sexes[person.sex];
  const born = person.birthDate === '' ? '' : t(vi.receive.people.born, { date: formatBirth(person.birthDate) });
  return (
    <>
      <div className="receive-known">
        <div>
          <p className="receive-name">{person.name}</p>
          <p className="muted small">{[sex, born].filter((part) => part !== '').join(', ')}</p>
        </div>
        <div>
          <p className="label">{person.idKind === 'citizenId' ? vi.receive.people.idNumber : vi.receive.people.idKinds[person.idKind]}</p>
          <p className="num receive-id">{person.idNumber === '' ? '–' : person.idKind === 'citizenId' ? formatIdNumber(person.idNumber) : person.idNumber}</p>
        </div>
        <PhoneField label={vi.receive.people.phone} name={`${place}.phone`} labelNote={vi.ui.field.optional} value={person.phone} isAuto={isBrief || wasKnown}
          onChange={(phone) => onChange({ ...person, phone })} error={phoneProblem(person.phone)} />
      </div>
      {person.address !== '' && (
        <p className="row baseline wraps receive-lives">
          <span className="label">{vi.receive.people.address} <span className="label-note">{person.source === 'cardQr' ? vi.receive.people.addressAsOnCard : vi.receive.people.addressAsBefore}</span></span>
          {person.address}
        </p>
      )}
    </>
  );
}

