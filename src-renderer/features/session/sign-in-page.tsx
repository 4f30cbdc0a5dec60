import { Pencil } from 'lucide-react';
import { useEffect, useState, type KeyboardEvent } from 'react';
import type { OfficeState } from '../../../src-shared/contract/office.api.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { deskToday, enterDesk, loadOffice, useDeskSession } from '../../client/desk-session.ts';
import { EntryPage } from '../../frame/entry-page.tsx';
import { OfficePlace } from '../../frame/office-place.tsx';
import { formatInitials, formatLongDate } from '../../text/format.ts';
import { capitalized, t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { Note } from '../../ui/note.tsx';
import { PickList } from '../../ui/pick-list.tsx';
import { PasswordForm } from './password-form.tsx';
import { RecoveryCodeForm } from './recovery-code-form.tsx';
import './session.css';

type Officer = OfficeState['signIn'][number];

const LAST_OFFICER = 'motcua.lastOfficer';

interface SignInPageProps {
  /** The core forgot the session: this officer comes back to the form that waits below. */
  readonly returning?: string | undefined;
}

/** Who works here? A tile by its digit, the password, Enter (mock 01). */
export function SignInPage({ returning }: SignInPageProps) {
  const office = useDeskSession((state) => state.office);
  const [officerId, setOfficerId] = useState(() => returning ?? localStorage.getItem(LAST_OFFICER) ?? undefined);
  // Whoever was last is only proposed: a digit still chooses somebody else and never falls into a password.
  const [isChosen, setIsChosen] = useState(returning !== undefined);
  const [isRecovering, setIsRecovering] = useState(false);
  const officers = office?.signIn ?? [];
  const officer = officers.find((one) => one.id === officerId);
  useEffect(() => void loadOffice(), []);
  useKeys([{ combo: 'Esc', label: vi.session.signIn.hintAgain, run: () => (isRecovering ? setIsRecovering(false) : choose(undefined)) }],
    returning === undefined ? 'overlay' : 'gate');

  function choose(id: string | undefined): void {
    setOfficerId(id);
    setIsChosen(id !== undefined);
  }
  async function open(password: string): Promise<ScreenError | undefined> {
    if (officer === undefined) return undefined;
    const answer = await callCore('session.open', { officer: officer.id, password });
    if (!answer.ok) {
      void loadOffice();
      return answer.error as ScreenError;
    }
    localStorage.setItem(LAST_OFFICER, officer.id);
    enterDesk(answer.value);
    return undefined;
  }
  return (
    <EntryPage help={returning === undefined ? vi.help.gates.signIn : vi.help.gates.lost} title={vi.session.signIn.title} side={<OfficePlace office={office?.office ?? undefined} />}>
      <h1>{returning === undefined ? vi.session.signIn.question : vi.session.lost.title}</h1>
      <p className="muted sign-in-where">{whereAndWhen(office)}</p>
      <div className="stack sign-in">
        {returning !== undefined && <Note kind="good">{vi.session.lost.why}</Note>}
        {office?.keySlotsDamaged === true && <Note kind="warn" title={vi.session.signIn.slotsDamaged}>{vi.session.signIn.slotsDamagedHelp}</Note>}
        {isRecovering ? <Card><RecoveryCodeForm onBack={() => setIsRecovering(false)} /></Card> : (
          <>
            {officers.length > 0 && (
              <div onKeyDown={typePassword}>
                <PickList key={`${officers.length}-${officerId === undefined}`} label={vi.session.signIn.officers} className="officers"
                  selectedId={officerId} autoFocus={!isChosen || officer === undefined} onPick={choose} columns={3} items={officers.map((one, index) => tileOf(one, index, office?.state === 'open'))} />
              </div>
            )}
            <Card>
              {officer === undefined
                ? <p className="muted">{vi.session.signIn.chooseFirst}</p>
                : <PasswordForm key={officer.id} label={t(vi.session.signIn.passwordOf, { name: officer.name })} action={vi.session.signIn.enter}
                    onSubmit={open} takesCursor={isChosen} lockedUntilMs={officer.lockedUntil ?? undefined} />}
              <p className="forgot"><LinkButton label={vi.session.signIn.forgot} onPress={() => setIsRecovering(true)} /></p>
            </Card>
          </>
        )}
        {office?.demo != null && <DemoAccounts accounts={office.demo.accounts} />}
        {office?.demo == null && returning === undefined && <Note kind="calm" title={t(vi.session.signIn.offlineTitle)}>{vi.session.signIn.offline}</Note>}
      </div>
      <p className="sign-in-keys small">
        <span><KeyCap combo="Enter" /> {vi.session.signIn.hintEnter}</span>
        <span><KeyCap combo="Esc" /> {vi.session.signIn.hintAgain}</span>
      </p>
    </EntryPage>
  );
}

/** Whoever was last may begin the password at once: the first letter goes into its field. A digit chooses a tile. */
function typePassword(event: KeyboardEvent): void {
  if (event.key.length !== 1 || /[\d ]/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
  document.querySelector<HTMLInputElement>('.sign-in input[type="password"]')?.focus();
}

/** Drafts are encrypted, so nobody knows of any before the first sign-in since the start. */
function tileOf(officer: Officer, index: number, areDraftsKnown: boolean) {
  return {
    id: officer.id,
    digit: index < 9 ? index + 1 : undefined,
    label: (
      <span className="row wide">
        <span className="face large" aria-hidden="true">{formatInitials(officer.name)}</span>
        <span className="grow"><b>{officer.name}</b><span className="pick-note">{stateOf(officer, areDraftsKnown)}</span></span>
      </span>
    ),
  };
}

function stateOf(officer: Officer, areDraftsKnown: boolean) {
  if (officer.lockedUntil !== null && officer.lockedUntil > Date.now()) return vi.session.signIn.lockedTile;
  if (!areDraftsKnown) return null;
  return officer.hasDraft ? <span className="has-draft"><Icon shape={Pencil} size="small" />{vi.session.signIn.hasDraft}</span> : vi.session.signIn.noDraft;
}

function whereAndWhen(office: OfficeState | undefined): string {
  return [office?.office?.deskName, capitalized(formatLongDate(deskToday()))].filter((part) => part !== undefined && part !== '').join(' · ');
}

function DemoAccounts({ accounts }: { readonly accounts: NonNullable<OfficeState['demo']>['accounts'] }) {
  return (
    <Card title={vi.session.signIn.demoTitle} isFlush>
      <ul className="lines demo-accounts">
        {accounts.map((account) => (
          <li key={account.name}>
            <b>{account.name}</b><span className="muted grow">{account.what}</span>
            <span className="small muted">{vi.session.signIn.demoAccount}</span> <code className="num">{account.password}</code>
          </li>
        ))}
      </ul>
    </Card>
  );
}
