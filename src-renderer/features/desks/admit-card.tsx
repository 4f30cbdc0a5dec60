import { Download } from 'lucide-react';
import { useRef, useState } from 'react';
import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { saveAsFile } from '../../ui/file-button.tsx';
import { FormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { Note } from '../../ui/note.tsx';

const words = vi.settings.desks;

/** Makes the join file for one further desk. Its code is shown once. */
export function AdmitCard() {
  const form = useRef<FormScopeHandle>(null);
  const [name, setName] = useState('');
  const [error, setError] = useState<ScreenError>();
  const [made, setMade] = useState<OutputOf<'desks.admit'>>();
  async function make(): Promise<void> {
    if (form.current?.revealErrors() !== 0) return;
    const answer = await callCore('desks.admit', { name });
    setError(answer.ok ? undefined : (answer.error as ScreenError));
    if (answer.ok) setMade(answer.value);
  }
  if (made !== undefined) {
    return (
      <Card title={words.addTitle}>
        <div className="stack settings-form">
          <p>{t(words.made, { file: made.fileName, token: made.token, reserves: made.reserves.join(', ') })}</p>
          <div><Button kind="main" autoFocus icon={Download} label={words.download} onPress={() => saveAsFile(made.fileName, made.file)} /></div>
          <p className="label">{words.code}</p>
          <p className="once-code num" data-testid="join-code">{made.code}</p>
          <Note kind="warn">{words.codeOnce}</Note>
          <div><Button label={words.codeDone} onPress={() => {
            setMade(undefined);
            setName('');
          }} /></div>
        </div>
      </Card>
    );
  }
  return (
    <Card title={words.addTitle}>
      <FormScope className="stack settings-form" handle={form}>
        <p className="muted">{words.addHelp}</p>
        <TextField label={words.newName} hint={words.newNameHint} value={name} onChange={setName} lengthMax={40} error={name.trim() === '' ? words.newNameMissing : undefined} />
        <RefusalNote error={error} />
        <div><Button isMainAction label={words.make} onPress={() => void make()} /></div>
      </FormScope>
    </Card>
  );
}
