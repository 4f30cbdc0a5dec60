import type { SessionView } from '../../../src-shared/contract/office.api.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { enterDesk, signOut, useDeskSession } from '../../client/desk-session.ts';
import { EntryPage } from '../../frame/entry-page.tsx';
import { OfficePlace } from '../../frame/office-place.tsx';
import { formatInitials } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Note } from '../../ui/note.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { PasswordForm } from './password-form.tsx';
import './session.css';

/** The desk is locked: the form waits below, and only its officer's password shows it again. */
export function LockPage({ session }: { readonly session: SessionView }) {
  const office = useDeskSession((state) => state.office);
  // No key of what lies below works, not even in a dialog that opens meanwhile.
  useKeys([], 'gate');
  const name = session.officer?.name ?? '';
  const lockedUntil = office?.signIn.find((one) => one.id === session.officer?.id)?.lockedUntil ?? undefined;

  async function unlock(password: string): Promise<ScreenError | undefined> {
    const answer = await callCore('session.unlock', { password });
    if (!answer.ok) return answer.error as ScreenError;
    enterDesk(answer.value);
    return undefined;
  }
  return (
    <EntryPage help={vi.help.gates.lock} title={vi.session.lock.title} side={<OfficePlace office={office?.office ?? undefined} />}>
      <h1>{vi.session.lock.title}</h1>
      <div className="stack sign-in">
        <Card>
          <div className="stack">
            <div className="row wide"><span className="face large" aria-hidden="true">{formatInitials(name)}</span><div><b>{name}</b><p className="muted small">{session.deskName}</p></div></div>
            <PasswordForm label={t(vi.session.signIn.passwordOf, { name })} action={vi.session.lock.unlock} onSubmit={unlock} lockedUntilMs={lockedUntil} />
          </div>
        </Card>
        <Note kind="good">{vi.session.lock.kept}</Note>
        <div className="row wide wraps">
          <Button label={vi.session.lock.changeOfficer} onPress={() => void signOut()} />
          <span className="muted small">{t(vi.session.lock.changeHelp, { name })}</span>
        </div>
      </div>
    </EntryPage>
  );
}
