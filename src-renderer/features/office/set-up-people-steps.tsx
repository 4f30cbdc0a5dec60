import { CircleCheck, Keyboard } from 'lucide-react';
import { useState } from 'react';
import { officeDate } from '../../../src-shared/lib/office-time.ts';
import { NewPasswordFields } from '../../frame/new-password-fields.tsx';
import { RoleBoxes } from '../../frame/role-boxes.tsx';
import { formatLongDate } from '../../text/format.ts';
import { FORMS_OF_ADDRESS, t, type FormOfAddress } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { DateField } from '../../ui/fields/date-field.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { Note } from '../../ui/note.tsx';
import { changeAdministrator, changeSetUp, type SetUpDraft } from './set-up-draft.ts';

interface StepProps {
  readonly draft: SetUpDraft;
}

const ADDRESS_OPTIONS = FORMS_OF_ADDRESS.map((form) => ({ id: form, label: form }));

export function AdministratorStep({ draft }: StepProps) {
  const words = vi.office.administrator;
  const person = draft.administrator;
  return (
    <>
      <div className="two-fields">
        <TextField label={words.name} autoFocus value={person.name} onChange={(name) => changeAdministrator({ name })} lengthMax={80}
          error={person.name.trim() === '' ? words.nameMissing : undefined} />
        <Select label={words.address} options={ADDRESS_OPTIONS} value={person.formOfAddress} onChange={(form) => changeAdministrator({ formOfAddress: form as FormOfAddress })} />
      </div>
      <TextField label={words.jobTitle} labelNote={vi.ui.field.optional} value={person.title} onChange={(title) => changeAdministrator({ title })} hint={words.jobTitleHint} lengthMax={80} />
      <RoleBoxes label={words.roles} labelNote={words.rolesNote} roles={person.roles} fixed="admin" onChange={(roles) => changeAdministrator({ roles })} />
      <NewPasswordFields label={words.password} value={person.password} onChange={(password) => changeAdministrator({ password })}
        again={person.again} onAgainChange={(again) => changeAdministrator({ again })} />
      <p className="small muted">{words.rolesHint}</p>
    </>
  );
}

/** The machine's clock is only believed after somebody looked at a calendar (design §2), and function keys may hide behind Fn. */
export function DateStep({ draft }: StepProps) {
  const words = vi.office.date;
  const machineDate = officeDate(Date.now());
  const [isKeySeen, setIsKeySeen] = useState(false);
  useKeys([{ combo: 'F2', label: words.keyTitle, run: () => setIsKeySeen(true), order: 2 }]);
  return (
    <>
      <p>{t(words.machine, { date: formatLongDate(machineDate) })}</p>
      <DateField label={words.label} autoFocus today={machineDate} value={draft.today} onChange={(today) => changeSetUp({ today })}
        hint={words.hint} error={draft.today === undefined ? words.missing : undefined} />
      {draft.today !== undefined && (draft.today === machineDate
        ? <Note kind="good">{words.agrees}</Note>
        : <Note kind="warn">{t(words.differs, { date: formatLongDate(draft.today) })}</Note>)}
      <div className="key-try" role="status">
        <Icon shape={isKeySeen ? CircleCheck : Keyboard} size="large" />
        <div><b>{isKeySeen ? words.keyWorks : words.keyTitle}</b>{!isKeySeen && <p className="muted small">{words.keyHelp} {words.keyFn}</p>}</div>
      </div>
    </>
  );
}
