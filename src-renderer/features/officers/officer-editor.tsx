import { useRef, useState } from 'react';
import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import type { OfficerView } from '../../../src-shared/contract/office.api.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { NewPasswordFields } from '../../frame/new-password-fields.tsx';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { RoleBoxes } from '../../frame/role-boxes.tsx';
import { FORMS_OF_ADDRESS, t, type FormOfAddress } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Checkbox } from '../../ui/fields/choice-fields.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { Note } from '../../ui/note.tsx';

const words = vi.settings.officers;
const ADDRESS_OPTIONS = FORMS_OF_ADDRESS.map((form) => ({ id: form, label: form }));
const NEW: Omit<OfficerView, 'id'> = { name: '', title: '', formOfAddress: 'anh/chị', roles: ['reception'], retired: false };

type ListedOfficer = OutputOf<'officers.list'>['officers'][number];

interface OfficerEditorProps {
  /** Undefined: a new one. */
  readonly officer: ListedOfficer | undefined;
  readonly onDone: () => void;
}

/** One officer: name, work, retirement; the first password of a new one, or another password. */
export function OfficerEditor({ officer, onDone }: OfficerEditorProps) {
  const form = useRef<FormScopeHandle>(null);
  const [draft, setDraft] = useState<Omit<OfficerView, 'id'>>(() => ({ ...(officer ?? NEW), roles: [...(officer ?? NEW).roles] }));
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [error, setError] = useState<ScreenError>();
  useKeys([{ combo: 'Esc', label: vi.settings.cancel, run: onDone }]);
  async function save(): Promise<void> {
    if (form.current?.revealErrors() !== 0) return;
    const { name, title, formOfAddress, roles, retired } = draft;
    const answer = officer === undefined
      ? await callCore('officers.create', { name, title, formOfAddress, roles, password })
      : await callCore('officers.change', { officer: officer.id, name, title, formOfAddress, roles, retired });
    if (answer.ok) onDone();
    else setError(answer.error as ScreenError);
  }
  return (
    <>
      <Card title={officer === undefined ? words.addTitle : t(words.changeTitle, { name: officer.name })}>
        <FormScope className="stack settings-form" handle={form}>
          <div className="two-fields">
            <TextField label={words.name} autoFocus value={draft.name} onChange={(name) => setDraft({ ...draft, name })} lengthMax={80} error={draft.name.trim() === '' ? words.nameMissing : undefined} />
            <Select label={words.address} options={ADDRESS_OPTIONS} value={draft.formOfAddress} onChange={(form) => setDraft({ ...draft, formOfAddress: form as FormOfAddress })} />
          </div>
          <TextField label={words.jobTitle} labelNote={vi.ui.field.optional} hint={words.jobTitleHint} value={draft.title} onChange={(title) => setDraft({ ...draft, title })} lengthMax={80} />
          {!draft.retired && <div {...(draft.roles.length === 0 && { 'data-wrong': true })}>
            <RoleBoxes label={words.roles} roles={draft.roles} onChange={(roles) => setDraft({ ...draft, roles: [...roles] })} />
            {draft.roles.length === 0 && <p className="field-error">{words.rolesMissing}</p>}
          </div>}
          {officer === undefined && <>
            <NewPasswordFields label={words.password} value={password} onChange={setPassword} again={again} onAgainChange={setAgain} />
            <p className="small muted">{words.passwordHint}</p>
          </>}
          {officer !== undefined && <div>
            <Checkbox isSelected={draft.retired} onChange={(retired) => setDraft({ ...draft, retired })}>{words.retire}</Checkbox>
            <p className="small muted">{officer.retired && !draft.retired ? words.backNote : words.retireNote}</p>
          </div>}
          {officer?.retired === false && draft.retired && officer.openDossiers > 0 && <Note kind="warn">{t(words.retireHolds, { name: officer.name, count: officer.openDossiers })}</Note>}
          <RefusalNote error={withWayOut(error)} />
          <div className="row wide">
            <Button kind="main" isMainAction label={vi.settings.save} combo="F10" onPress={() => void save()} />
            <Button kind="quiet" label={vi.settings.cancel} cap="Esc" onPress={onDone} />
          </div>
        </FormScope>
      </Card>
      {officer !== undefined && <ResetCard officer={officer} />}
    </>
  );
}

/** What the core refuses, with what to do first. */
function withWayOut(error: ScreenError | undefined): ScreenError | undefined {
  if (error?.code === 'officers.lastAdministrator') return { ...error, sentence: words.lastAdministrator };
  return error?.code === 'officers.lastLeader' ? { ...error, sentence: words.lastLeader } : error;
}

function ResetCard({ officer }: { readonly officer: OfficerView }) {
  const form = useRef<FormScopeHandle>(null);
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [error, setError] = useState<ScreenError>();
  const [resets, setResets] = useState(0);
  async function reset(): Promise<void> {
    if (form.current?.revealErrors() !== 0) return;
    const answer = await callCore('officers.resetPassword', { officer: officer.id, password });
    setError(answer.ok ? undefined : (answer.error as ScreenError));
    if (!answer.ok) return;
    setPassword('');
    setAgain('');
    setResets(resets + 1);
  }
  return (
    <Card title={words.resetTitle}>
      <FormScope key={resets} className="stack settings-form" handle={form}>
        <NewPasswordFields label={t(words.newPassword, { name: officer.name })} value={password} onChange={setPassword} again={again} onAgainChange={setAgain} />
        <RefusalNote error={error} />
        {resets > 0 && password === '' && <Note kind="good">{t(words.resetDone, { name: officer.name })}</Note>}
        <div><Button isMainAction label={words.reset} onPress={() => void reset()} /></div>
      </FormScope>
    </Card>
  );
}
