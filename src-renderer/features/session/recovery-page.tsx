import { useRef, useState } from 'react';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { signOut, useDeskSession } from '../../client/desk-session.ts';
import { useQuery } from '../../client/use-query.ts';
import { EntryPage } from '../../frame/entry-page.tsx';
import { NewPasswordFields } from '../../frame/new-password-fields.tsx';
import { OfficePlace } from '../../frame/office-place.tsx';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { FormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { Note } from '../../ui/note.tsx';
import { PickList } from '../../ui/pick-list.tsx';
import './session.css';

/** Opened with the code of the safe: a new password for whoever forgot, then the usual sign-in. */
export function RecoveryPage({ onRenew }: { readonly onRenew: () => void }) {
  const office = useDeskSession((state) => state.office);
  const officers = useQuery('officers.list', {}).value?.officers.filter((officer) => !officer.retired) ?? [];
  const [officerId, setOfficerId] = useState<string>();
  const [savedName, setSavedName] = useState<string>();
  const officer = officers.find((one) => one.id === officerId);
  return (
    <EntryPage help={vi.help.gates.recovery} title={vi.session.recovery.title} side={<OfficePlace office={office?.office ?? undefined} />}>
      <h1>{vi.session.recovery.officersTitle}</h1>
      <p className="muted">{vi.session.recovery.officersHelp}</p>
      <div className="stack sign-in">
        {savedName !== undefined && <Note kind="good">{t(vi.session.recovery.saved, { name: savedName })}</Note>}
        {officers.length > 0 && officer === undefined && (
          <PickList label={vi.session.recovery.officersTitle} autoFocus={savedName === undefined} onPick={setOfficerId}
            items={officers.map((one, index) => ({
              id: one.id, label: <b>{one.name}</b>, note: one.roles.map((role) => vi.session.roles[role]).join(', '), digit: index < 9 ? index + 1 : undefined,
            }))} />
        )}
        {officer !== undefined && (
          <NewPasswordCard key={officer.id} officerId={officer.id} name={officer.name} onSaved={() => {
            setSavedName(officer.name);
            setOfficerId(undefined);
          }} />
        )}
        {officer === undefined && (
          <div className="row wide wraps">
            <Button key={savedName ?? ''} kind={savedName === undefined ? 'plain' : 'main'} autoFocus={savedName !== undefined}
              label={vi.session.recovery.done} onPress={() => void signOut()} />
            <Button kind="quiet" label={vi.session.recovery.renew} onPress={onRenew} />
          </div>
        )}
      </div>
    </EntryPage>
  );
}

interface NewPasswordCardProps {
  readonly officerId: string;
  readonly name: string;
  readonly onSaved: () => void;
}

function NewPasswordCard({ officerId, name, onSaved }: NewPasswordCardProps) {
  const form = useRef<FormScopeHandle>(null);
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [error, setError] = useState<ScreenError>();
  async function save(): Promise<void> {
    if (form.current?.revealErrors() !== 0) return;
    const answer = await callCore('officers.resetPassword', { officer: officerId, password });
    if (answer.ok) onSaved();
    else setError(answer.error as ScreenError);
  }
  return (
    <Card>
      <FormScope className="stack" handle={form}>
        <NewPasswordFields label={t(vi.session.recovery.newPassword, { name })} value={password} onChange={setPassword} again={again} onAgainChange={setAgain} autoFocus />
        <RefusalNote error={error} />
        <div><Button kind="main" isMainAction label={vi.session.recovery.save} combo="F10" onPress={() => void save()} /></div>
      </FormScope>
    </Card>
  );
}
