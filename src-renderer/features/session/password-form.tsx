import { useEffect, useRef, useState } from 'react';
import type { ScreenError } from '../../client/core-client.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { Note } from '../../ui/note.tsx';
import { useSecondsUntil } from './use-seconds-until.ts';

interface PasswordFormProps {
  readonly label: string;
  readonly action: string;
  /** Undefined: it went well and the page changes. */
  readonly onSubmit: (password: string) => Promise<ScreenError | undefined>;
  /** UTC milliseconds; nobody may try before. */
  readonly lockedUntilMs: number | undefined;
  /** False while somebody else may still be chosen by a digit. */
  readonly takesCursor?: boolean;
}

/** One password, Enter, and what went wrong with it. Ask for another officer with another `key`. */
export function PasswordForm({ label, action, onSubmit, lockedUntilMs, takesCursor = true }: PasswordFormProps) {
  const input = useRef<HTMLInputElement>(null);
  const [password, setPassword] = useState('');
  const [isAsking, setIsAsking] = useState(false);
  const [error, setError] = useState<ScreenError>();
  const secondsLeft = useSecondsUntil(refusedUntil(error) ?? lockedUntilMs);
  useEffect(() => {
    if (takesCursor) input.current?.focus();
  }, [takesCursor]);

  async function submit(): Promise<void> {
    if (password === '' || isAsking || secondsLeft > 0) return;
    setIsAsking(true);
    const refused = await onSubmit(password);
    setIsAsking(false);
    if (refused === undefined) return;
    setError(refused);
    setPassword('');
    input.current?.focus();
  }
  return (
    <form className="stack" onSubmit={(event) => {
      event.preventDefault();
      void submit();
    }}>
      <div className="password-line">
        <div className="grow">
          <TextField ref={input} label={label} type="password" value={password} onChange={setPassword} autoComplete="current-password" lengthMax={200} size="big" />
        </div>
        <Button kind="main" label={action} cap="Enter" onPress={() => void submit()} />
      </div>
      {secondsLeft > 0 && <Note kind="warn">{t(vi.session.signIn.lockedOut, { time: clockOf(secondsLeft) })}</Note>}
      {secondsLeft === 0 && error?.code !== 'session.lockedOut' && <RefusalNote error={error} />}
    </form>
  );
}

function refusedUntil(error: ScreenError | undefined): number | undefined {
  const until = error?.detail?.['untilMs'];
  return typeof until === 'number' ? until : undefined;
}

/** `4:05` */
function clockOf(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
