import { useEffect, useRef, useState } from 'react';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { enterDesk, useDeskSession } from '../../client/desk-session.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { Note } from '../../ui/note.tsx';

/** Everybody forgot: the code of the safe opens the desk for one purpose, new passwords. */
export function RecoveryCodeForm({ onBack }: { readonly onBack: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  const sheet = useDeskSession((state) => state.office?.recoverySheet);
  const [code, setCode] = useState('');
  const [error, setError] = useState<ScreenError>();
  useEffect(() => input.current?.focus(), []);

  async function submit(): Promise<void> {
    if (code.trim() === '') return;
    const answer = await callCore('session.openByRecovery', { recoveryCode: code });
    if (answer.ok) enterDesk(answer.value);
    else {
      setError(answer.error as ScreenError);
      input.current?.focus();
    }
  }
  return (
    <form className="stack" onSubmit={(event) => {
      event.preventDefault();
      void submit();
    }}>
      <h2>{vi.session.recovery.title}</h2>
      <p>{vi.session.recovery.where}{sheet != null && <> <b className="num">{t(vi.session.recovery.sheet, { sheet })}</b></>}</p>
      <TextField ref={input} label={vi.session.recovery.code} value={code} onChange={setCode} hint={vi.session.recovery.codeHint} size="big" hasFigures lengthMax={120} />
      {error !== undefined && <Note kind="bad" errorCode={error.code}>{recoveryWords(error)}</Note>}
      <div className="row wide">
        <Button kind="main" label={vi.session.recovery.open} cap="Enter" onPress={() => void submit()} />
        <Button kind="quiet" label={vi.session.recovery.back} cap="Esc" onPress={onBack} />
      </div>
    </form>
  );
}

/** The check characters of the code say which group was mistyped, so nobody has to compare all seven. */
function recoveryWords(error: ScreenError): string {
  if (error.code === 'session.lockedOut') return t(vi.session.recovery.lockedOut);
  if (error.code !== 'session.wrongRecoveryCode') return error.sentence;
  const { groups, found, expected } = (error.detail ?? {}) as { groups?: readonly number[]; found?: number; expected?: number };
  if (groups !== undefined && groups.length > 0) return t(vi.session.recovery.wrongGroups, { groups: groups.join(', ') });
  if (found !== undefined && expected !== undefined) return t(vi.session.recovery.wrongLength, { found, expected });
  return t(vi.session.recovery.wrong);
}
