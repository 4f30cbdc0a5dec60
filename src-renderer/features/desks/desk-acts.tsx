import { useRef, useState } from 'react';
import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { loadOffice, useHasRole } from '../../client/desk-session.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card, ValueLine } from '../../ui/card.tsx';
import { Chip } from '../../ui/chip.tsx';
import { Checkbox } from '../../ui/fields/choice-fields.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormScope, useFormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { Note } from '../../ui/note.tsx';

export type DeskRow = OutputOf<'desks.list'>['desks'][number];
const words = vi.officeSettings.desk;

interface ThisDeskCardProps {
  readonly desk: DeskRow;
  readonly token: string | null;
  readonly isProvisional: boolean;
  /** Undefined for who may not. */
  readonly onRename: (() => void) | undefined;
}

/** The machine at which one sits: its name as on its label and on papers, and the series it numbers with. */
export function ThisDeskCard({ desk, token, isProvisional, onRename }: ThisDeskCardProps) {
  return (
    <Card title={words.hereTitle}>
      <div className="stack settings-form">
        <ValueLine label={words.name}>
          <span className="row"><b>{desk.name}</b>{onRename !== undefined && <Button kind="in-block" label={words.rename} onPress={onRename} />}</span>
        </ValueLine>
        <ValueLine label={words.series}>
          <span className="row"><b className="num">{token ?? vi.settings.desks.noToken}</b>{isProvisional && <Chip tone="today">{vi.settings.desks.provisional}</Chip>}</span>
        </ValueLine>
        <ValueLine label={words.reserves}><span className="num">{desk.reserves.length === 0 ? words.noReserves : desk.reserves.join(', ')}</span></ValueLine>
      </div>
    </Card>
  );
}

interface DeskActsProps {
  readonly desk: DeskRow;
  /** The sentence that says what was done; none when nothing was. */
  readonly onDone: (sentence?: string) => void;
}

/** What can be done about one desk of the office: another name, or to stop it for good. */
export function DeskActs({ desk, onDone }: DeskActsProps) {
  const isAdmin = useHasRole('admin');
  useKeys([{ combo: 'Esc', label: vi.settings.cancel, run: () => onDone() }]);
  return (
    <>
      {isAdmin && <RenameCard desk={desk} onDone={onDone} />}
      {!desk.here && !desk.revoked && <StopCard desk={desk} isOnlyAct={!isAdmin} onDone={onDone} />}
      <div><Button kind="quiet" label={vi.settings.cancel} cap="Esc" onPress={() => onDone()} /></div>
    </>
  );
}

function RenameCard({ desk, onDone }: DeskActsProps) {
  const form = useRef<FormScopeHandle>(null);
  const [name, setName] = useState(desk.name);
  const [error, setError] = useState<ScreenError>();
  async function rename(): Promise<void> {
    if (form.current?.revealErrors() !== 0) return;
    const answer = await callCore('desks.rename', { desk: desk.id, name });
    setError(answer.ok ? undefined : (answer.error as ScreenError));
    if (!answer.ok) return;
    await loadOffice();
    onDone(t(words.renamed, { name: name.trim() }));
  }
  return (
    <Card title={t(words.renameTitle, { name: desk.name })}>
      <FormScope className="stack settings-form" handle={form}>
        <TextField label={words.newName} autoFocus value={name} onChange={setName} lengthMax={40} hint={words.renameNote} error={name.trim() === '' ? words.nameMissing : undefined} />
        <RefusalNote error={error} />
        <div><Button kind="main" isMainAction label={words.rename} combo="F10" onPress={() => void rename()} /></div>
      </FormScope>
    </Card>
  );
}

/** Nothing is preselected, and the one thing that cannot be taken back is said before it is done (ux.md §1, 8). */
function StopCard({ desk, isOnlyAct, onDone }: DeskActsProps & { readonly isOnlyAct: boolean }) {
  const form = useRef<FormScopeHandle>(null);
  const [isSure, setIsSure] = useState(false);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<ScreenError>();
  async function stop(): Promise<void> {
    if (form.current?.revealErrors() !== 0) return;
    const answer = await callCore('desks.revoke', { desk: desk.id, reason });
    if (answer.ok) onDone(t(words.stopped, { name: desk.name }));
    else setError(answer.error as ScreenError);
  }
  return (
    <Card title={words.stopTitle}>
      <FormScope className="stack settings-form" handle={form}>
        <Note kind="warn">{[words.stopKept, words.stopLater, words.stopForGood].map((line) => <p key={line}>{line}</p>)}</Note>
        <TextField label={words.stopReason} autoFocus={isOnlyAct} hint={words.stopReasonHint} value={reason} onChange={setReason} lengthMax={300} error={reason.trim() === '' ? words.stopReasonMissing : undefined} />
        <SureBox isSure={isSure} onChange={setIsSure} />
        <RefusalNote error={error} />
        <div><Button isMainAction label={t(words.stopOf, { name: desk.name })} onPress={() => void stop()} /></div>
      </FormScope>
    </Card>
  );
}

function SureBox({ isSure, onChange }: { readonly isSure: boolean; readonly onChange: (isSure: boolean) => void }) {
  const { showsAllErrors } = useFormScope();
  return (
    <div {...(!isSure && { 'data-wrong': true })}>
      <Checkbox isSelected={isSure} onChange={onChange}>{words.stopSure}</Checkbox>
      {!isSure && showsAllErrors && <p className="field-error">{words.stopSureMissing}</p>}
    </div>
  );
}
