import { useRef, useState } from 'react';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { startTour } from '../../client/tour-state.ts';
import { NewPasswordFields } from '../../frame/new-password-fields.tsx';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { openScreen } from '../../router/router.ts';
import { HOME } from '../../router/screens.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { SegmentedChoice } from '../../ui/fields/choice-fields.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { Note } from '../../ui/note.tsx';
import { keepTextSize, keptTextSize, type TextSize } from '../../ui/theme.ts';

const SIZES = (Object.keys(vi.settings.mine.sizes) as TextSize[]).map((id) => ({ id, label: vi.settings.mine.sizes[id] }));

/** What every officer sets for themself: size of the text, password; and the tour again. */
export function MinePart() {
  const [size, setSize] = useState(keptTextSize);
  return (
    <>
      <Card>
        <div className="settings-form">
          <SegmentedChoice label={vi.settings.mine.textSize} options={SIZES} value={size} onChange={(next) => {
            setSize(next);
            keepTextSize(next);
          }} />
        </div>
      </Card>
      <PasswordCard />
      <TourCard />
    </>
  );
}

function TourCard() {
  const words = vi.tour.again;
  return (
    <Card title={words.title}>
      <div className="stack settings-form">
        <p>{words.words}</p>
        <div>
          <Button label={words.start} onPress={() => {
            openScreen(HOME);
            startTour();
          }} />
        </div>
      </div>
    </Card>
  );
}

function PasswordCard() {
  const words = vi.settings.mine;
  const form = useRef<FormScopeHandle>(null);
  const [old, setOld] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [error, setError] = useState<ScreenError>();
  const [changes, setChanges] = useState(0);
  async function change(): Promise<void> {
    if (form.current?.revealErrors() !== 0) return;
    const answer = await callCore('officers.changePassword', { oldPassword: old, newPassword: password });
    setError(answer.ok ? undefined : (answer.error as ScreenError));
    if (!answer.ok) return;
    setOld('');
    setPassword('');
    setAgain('');
    setChanges(changes + 1);
  }
  return (
    <Card title={words.passwordTitle}>
      {/* A cleared form is a new form, so that it does not complain about its empty fields. */}
      <FormScope key={changes} className="stack settings-form" handle={form}>
        <TextField label={words.oldPassword} type="password" value={old} onChange={setOld} autoComplete="current-password" error={old === '' ? words.oldMissing : undefined} />
        <NewPasswordFields label={words.newPassword} value={password} onChange={setPassword} again={again} onAgainChange={setAgain} />
        <RefusalNote error={error} />
        {changes > 0 && old === '' && <Note kind="good">{words.changed}</Note>}
        <div><Button kind="main" isMainAction label={words.change} combo="F10" onPress={() => void change()} /></div>
      </FormScope>
    </Card>
  );
}
