import { useRef, useState } from 'react';
import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import { officeDate } from '../../../src-shared/lib/office-time.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { goToSignIn } from '../../client/desk-session.ts';
import { EntryPage } from '../../frame/entry-page.tsx';
import { Mountains } from '../../frame/mountains.tsx';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { DateField } from '../../ui/fields/date-field.tsx';
import { ProblemWords } from '../../ui/fields/field-error.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FileButton } from '../../ui/file-button.tsx';
import { FormScope, useErrorsLeft, useFormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { Note } from '../../ui/note.tsx';
import { WizardFoot } from './first-desk-wizard.tsx';

interface JoinFile {
  readonly name: string;
  readonly text: string | undefined;
}

/** "Thêm máy": the join file of an existing desk, the code that opens it, and today's date. */
export function JoinPage({ onBack }: { readonly onBack: () => void }) {
  const words = vi.office.join;
  const form = useRef<FormScopeHandle>(null);
  const [file, setFile] = useState<JoinFile>();
  const [code, setCode] = useState('');
  const [today, setToday] = useState<string>();
  const errors = useErrorsLeft();
  const [error, setError] = useState<ScreenError>();
  const [joined, setJoined] = useState<OutputOf<'office.join'>>();
  useKeys([{ combo: 'Esc', label: vi.office.back, run: onBack }]);

  async function join(): Promise<void> {
    if (errors.reveal(form.current) > 0 || file?.text === undefined || today === undefined) return;
    const answer = await callCore('office.join', { file: file.text, code, confirmedDate: today });
    if (answer.ok) setJoined(answer.value);
    else if (answer.error.code === 'office.alreadySetUp') await goToSignIn();
    else setError(answer.error as ScreenError);
  }
  if (joined !== undefined) return <JoinedPage joined={joined} />;
  return (
    <EntryPage help={vi.help.gates.join} title={words.title} side={<Mountains />}>
      <h1>{words.title}</h1>
      <p className="muted">{words.intro}</p>
      <FormScope className="set-up-form" handle={form}>
        <div className="set-up-grid one"><div className="set-up-fields">
          <FileLine file={file} onChange={setFile} />
          <TextField label={words.code} value={code} onChange={setCode} hint={words.codeHint} hasFigures size="big" lengthMax={60}
            error={code.trim() === '' ? words.codeMissing : undefined} />
          <DateField label={vi.office.date.label} today={officeDate(Date.now())} value={today} onChange={setToday} hint={vi.office.date.hint}
            error={today === undefined ? vi.office.date.missing : undefined} />
          <p className="small muted">{words.once}</p>
          {error?.code === 'office.badJoinFile' ? <Note kind="bad" errorCode={error.code}>{words.bad}</Note> : <RefusalNote error={error} />}
        </div></div>
        <WizardFoot onBack={onBack} errorCount={errors.count}>
          <Button kind="main" isMainAction label={words.finish} cap="Enter" onPress={() => void join()} />
        </WizardFoot>
      </FormScope>
    </EntryPage>
  );
}

interface FileLineProps {
  readonly file: JoinFile | undefined;
  readonly onChange: (file: JoinFile) => void;
}

function FileLine({ file, onChange }: FileLineProps) {
  const words = vi.office.join;
  const { showsAllErrors, moveOn } = useFormScope();
  const problem = file === undefined ? words.fileMissing : file.text === undefined ? t(words.fileUnreadable) : undefined;
  return (
    <div className="field" {...(problem !== undefined && { 'data-wrong': true })}>
      <span className="label">{words.file}</span>
      <div className="row wide">
        <FileButton label={words.chooseFile} accept=".motcua" isEnterStop autoFocus onRead={(name, text) => {
          onChange({ name, text });
          if (text !== undefined) moveOn();
        }} />
        <span className={file === undefined ? 'muted' : undefined}>{file?.name ?? words.noFile}</span>
      </div>
      {problem !== undefined && (showsAllErrors || file !== undefined) && <p className="field-error"><ProblemWords problem={{ words: problem }} /></p>}
    </div>
  );
}

function JoinedPage({ joined }: { readonly joined: OutputOf<'office.join'> }) {
  const words = vi.office.join;
  return (
    <EntryPage help={vi.help.gates.join} title={words.doneTitle} side={<Mountains />}>
      <div className="stack safe">
        <h1>{words.doneTitle}</h1>
        <Note kind="good">{t(words.done, { desk: joined.deskName, office: joined.officeName })}</Note>
        <div><Button kind="main" autoFocus label={words.toSignIn} cap="Enter" onPress={() => void goToSignIn()} /></div>
      </div>
    </EntryPage>
  );
}
