import { useRef, useState } from 'react';
import type { ScreenError } from '../client/core-client.ts';
import { EntryPage } from '../frame/entry-page.tsx';
import { Mountains } from '../frame/mountains.tsx';
import { NewPasswordFields } from '../frame/new-password-fields.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { viConsole } from '../text/vi/console.ts';
import { Button, LinkButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { TextField } from '../ui/fields/text-field.tsx';
import { FormScope, type FormScopeHandle } from '../ui/keyboard/form-scope.tsx';
import { Note } from '../ui/note.tsx';
import { callConsole, enterConsole, useConsoleSession } from './console-session.ts';

const NAME_MIN = 2;

/** Sign-in, or the set-up that a code opens: of the first administrator, of a colleague, or after a forgotten password. */
export function EntryPages() {
  const needsSetUp = useConsoleSession(({ gate }) => gate === 'setUp');
  const [hasCode, setHasCode] = useState(false);
  return needsSetUp || hasCode ? <SetUpPage isFirst={needsSetUp} onBack={() => setHasCode(false)} /> : <SignInPage onCode={() => setHasCode(true)} />;
}

function Side() {
  const serverName = useConsoleSession((state) => state.serverName);
  return (
    <>
      <div className="console-place"><b>{serverName}</b><p>{viConsole.entry.side}</p></div>
      <Mountains />
    </>
  );
}

function SignInPage({ onCode }: { readonly onCode: () => void }) {
  const words = viConsole.entry;
  const form = useRef<FormScopeHandle>(null);
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const { error, run } = useAsking();
  const enter = () => run(form.current, async () => {
    const answer = await callConsole('session.open', { name, password });
    if (!answer.ok) setPassword('');
    return answer.ok ? enterConsole(answer.value) : answer.error;
  });
  return (
    <EntryPage title={words.title} help={words.help} side={<Side />}>
      <h1>{words.question}</h1>
      <div className="stack console-entry">
        <Card>
          <FormScope className="stack" handle={form}>
            <TextField label={words.name} value={name} onChange={setName} lengthMax={80} autoFocus error={isName(name) ? undefined : words.nameMissing} autoComplete="username" />
            <TextField label={words.password} type="password" value={password} onChange={setPassword} lengthMax={200} error={password === '' ? words.passwordMissing : undefined} autoComplete="current-password" />
            <RefusalNote error={error} />
            <div><Button kind="main" isMainAction label={words.enter} combo="F10" onPress={enter} /></div>
          </FormScope>
        </Card>
        <p><LinkButton label={words.haveCode} onPress={onCode} /></p>
        <p className="muted small">{words.forgot}</p>
      </div>
    </EntryPage>
  );
}

function SetUpPage({ isFirst, onBack }: { readonly isFirst: boolean; readonly onBack: () => void }) {
  const words = viConsole.setUp;
  const form = useRef<FormScopeHandle>(null);
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const { error, run } = useAsking();
  const make = () => run(form.current, async () => {
    const answer = await callConsole('administrators.setUp', { code, name, password });
    return answer.ok ? enterConsole(answer.value) : answer.error;
  });
  return (
    <EntryPage title={words.title} help={words.help} side={<Side />}>
      <h1>{isFirst ? words.first : words.again}</h1>
      <div className="stack console-entry">
        <Note kind="calm">{words.where}</Note>
        <Card>
          <FormScope className="stack" handle={form}>
            <TextField label={words.code} hint={words.codeHint} value={code} onChange={setCode} lengthMax={20} hasFigures autoFocus error={code.trim() === '' ? words.codeMissing : undefined} />
            <TextField label={viConsole.entry.name} value={name} onChange={setName} lengthMax={80} error={isName(name) ? undefined : viConsole.entry.nameMissing} autoComplete="username" />
            <NewPasswordFields label={words.password} value={password} onChange={setPassword} again={again} onAgainChange={setAgain} />
            <RefusalNote error={error} />
            <div><Button kind="main" isMainAction label={words.make} combo="F10" onPress={make} /></div>
          </FormScope>
        </Card>
        {!isFirst && <p><LinkButton label={viConsole.entry.back} onPress={onBack} /></p>}
      </div>
    </EntryPage>
  );
}

function isName(name: string): boolean {
  return name.trim().length >= NAME_MIN;
}

/** One asking at a time; what was refused stands above the button. */
function useAsking() {
  const [error, setError] = useState<ScreenError>();
  const [isAsking, setIsAsking] = useState(false);
  const run = (form: FormScopeHandle | null, ask: () => Promise<ScreenError | undefined | void>) => {
    if (isAsking || form?.revealErrors() !== 0) return;
    setIsAsking(true);
    void ask().then((refused) => {
      setIsAsking(false);
      setError(refused ?? undefined);
    });
  };
  return { error, run };
}
