import { useRef, useState } from 'react';
import type { AdministratorView } from '../../src-shared/console-contract/console-views.ts';
import type { ConsoleOutput } from '../../src-shared/console-contract/console-contract.ts';
import { officeDate } from '../../src-shared/lib/office-time.ts';
import type { ScreenError } from '../client/core-client.ts';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { Screen } from '../frame/screen.tsx';
import { formatLongDate } from '../text/format.ts';
import { t } from '../text/t.ts';
import { viConsole } from '../text/vi/console.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/fields/text-field.tsx';
import { FormScope, type FormScopeHandle } from '../ui/keyboard/form-scope.tsx';
import { EmptyState } from '../ui/note.tsx';
import { ActLines } from './act-lines.tsx';
import { callConsole, useConsoleQuery } from './console-session.ts';

const words = viConsole.people;

/** Who may use this page, a code for somebody else, and everything that was done here. */
export function PeopleScreen({ self }: { readonly self: string }) {
  const list = useConsoleQuery('administrators.list', {});
  const acts = useConsoleQuery('acts.list', {});
  const [leaving, setLeaving] = useState<AdministratorView>();
  return (
    <Screen title={words.title} hasOwnFind>
      <div className="stack">
        <RefusalNote error={list.error ?? acts.error} />
        <div className="console-columns">
          <Card title={words.listTitle} aside={list.value?.administrators.length ?? ''} isFlush>
            <ul className="lines">
              {list.value?.administrators.map((one) => (
                <li key={one.id}>
                  <b className="grow">{one.name}</b>
                  {one.id === self ? <span className="muted">{words.you}</span> : <Button kind="in-block" label={words.retire} onPress={() => setLeaving(one)} />}
                </li>
              ))}
            </ul>
          </Card>
          <InviteCard onMade={acts.reload} />
        </div>
        <Card title={words.actsTitle} isFlush>
          {acts.value?.acts.length === 0 ? <EmptyState>{words.noActs}</EmptyState> : <ActLines acts={acts.value?.acts ?? []} />}
        </Card>
      </div>
      {leaving !== undefined && (
        <RetireQuestion who={leaving} onClose={() => {
          setLeaving(undefined);
          list.reload();
          acts.reload();
        }} />
      )}
    </Screen>
  );
}

function InviteCard({ onMade }: { readonly onMade: () => void }) {
  const form = useRef<FormScopeHandle>(null);
  const [name, setName] = useState('');
  const [error, setError] = useState<ScreenError>();
  const [made, setMade] = useState<ConsoleOutput<'administrators.invite'> & { readonly name: string }>();
  async function make(): Promise<void> {
    if (form.current?.revealErrors() !== 0) return;
    const answer = await callConsole('administrators.invite', { name });
    setError(answer.ok ? undefined : answer.error);
    if (!answer.ok) return;
    setMade({ ...answer.value, name });
    onMade();
  }
  return (
    <Card title={words.inviteTitle}>
      <FormScope className="stack console-form" handle={form}>
        <p className="muted">{words.inviteHelp}</p>
        <TextField label={words.name} value={name} onChange={setName} lengthMax={80} error={name.trim().length < 2 ? viConsole.entry.nameMissing : undefined} />
        <RefusalNote error={error} />
        <div><Button isMainAction label={words.make} onPress={() => void make()} /></div>
        {made !== undefined && (
          <div role="status">
            <p>{t(words.made, { name: made.name, date: formatLongDate(officeDate(made.expiresAt)) })}</p>
            <p className="num console-code" data-testid="set-up-code">{made.code}</p>
          </div>
        )}
      </FormScope>
    </Card>
  );
}

function RetireQuestion({ who, onClose }: { readonly who: AdministratorView; readonly onClose: () => void }) {
  const [error, setError] = useState<ScreenError>();
  async function retire(): Promise<void> {
    const answer = await callConsole('administrators.retire', { administrator: who.id });
    if (answer.ok) onClose();
    else setError(answer.error);
  }
  return (
    <Dialog title={t(words.retireTitle, { name: who.name })} className="console-question" onClose={onClose} actions={(
      <>
        <Button label={words.cancel} cap="Esc" autoFocus onPress={onClose} />
        <Button kind="main" label={words.retire} onPress={() => void retire()} />
      </>
    )}>
      <p>{words.retireWhat}</p>
      <RefusalNote error={error} />
    </Dialog>
  );
}
