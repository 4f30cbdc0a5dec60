import { useRef, useState } from 'react';
import type { ConsoleOutput } from '../../src-shared/console-contract/console-contract.ts';
import type { AdmissionLine } from '../../src-shared/console-contract/console-views.ts';
import { officeDate } from '../../src-shared/lib/office-time.ts';
import type { ScreenError } from '../client/core-client.ts';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { Screen } from '../frame/screen.tsx';
import { formatDate, formatInstant, formatLongDate } from '../text/format.ts';
import { t } from '../text/t.ts';
import { viConsole } from '../text/vi/console.ts';
import { Button } from '../ui/button.tsx';
import { Card, ValueLine } from '../ui/card.tsx';
import { TextField } from '../ui/fields/text-field.tsx';
import { FormScope, type FormScopeHandle } from '../ui/keyboard/form-scope.tsx';
import { EmptyState, Note } from '../ui/note.tsx';
import { Table, type TableColumn } from '../ui/table.tsx';
import { callConsole, useConsoleQuery } from './console-session.ts';
import { QrPicture } from './qr-picture.tsx';

const words = viConsole.admissions;
type Made = ConsoleOutput<'admissions.make'> & { readonly note: string };

/** "Cho xã mới vào": a code as text and QR, and the codes that nobody has used yet. */
export function AdmissionsScreen() {
  const open = useConsoleQuery('admissions.list', {});
  const [made, setMade] = useState<Made>();
  const [error, setError] = useState<ScreenError>();
  async function withdraw(id: string): Promise<void> {
    const answer = await callConsole('admissions.withdraw', { id });
    setError(answer.ok ? undefined : answer.error);
    open.reload();
  }
  return (
    <Screen title={words.title} hasOwnFind>
      <div className="stack">
        {made === undefined ? <MakeCard onMade={(one) => {
          setMade(one);
          open.reload();
        }} /> : <MadeCard made={made} onDone={() => setMade(undefined)} />}
        <Card title={words.openTitle} aside={open.value?.admissions.length ?? ''} isFlush>
          <RefusalNote error={error ?? open.error} />
          {open.value?.admissions.length === 0 && <EmptyState>{words.none}</EmptyState>}
          {(open.value?.admissions.length ?? 0) > 0 && <Table label={words.openTitle} columns={columnsOf((id) => void withdraw(id))} rows={open.value?.admissions ?? []} rowId={({ id }) => id} />}
        </Card>
      </div>
    </Screen>
  );
}

function MakeCard({ onMade }: { readonly onMade: (made: Made) => void }) {
  const form = useRef<FormScopeHandle>(null);
  const [note, setNote] = useState('');
  const [error, setError] = useState<ScreenError>();
  async function make(): Promise<void> {
    if (form.current?.revealErrors() !== 0) return;
    const answer = await callConsole('admissions.make', { note });
    if (answer.ok) onMade({ ...answer.value, note });
    else setError(answer.error);
  }
  return (
    <Card title={words.makeTitle}>
      <FormScope className="stack console-form" handle={form}>
        <p className="muted">{words.makeHelp}</p>
        <TextField label={words.note} hint={words.noteHint} value={note} onChange={setNote} lengthMax={120} autoFocus error={note.trim() === '' ? words.noteMissing : undefined} />
        <RefusalNote error={error} />
        <div><Button kind="main" isMainAction label={words.make} combo="F10" onPress={() => void make()} /></div>
      </FormScope>
    </Card>
  );
}

function MadeCard({ made, onDone }: { readonly made: Made; readonly onDone: () => void }) {
  return (
    <Card title={t(words.made, { note: made.note })} accent="good">
      <div className="console-made">
        <div className="stack">
          <Note kind="warn">{words.once}</Note>
          <ValueLine label={words.address}><b>{made.address}</b></ValueLine>
          <ValueLine label={words.code}><b className="num console-code" data-testid="admission-code">{made.code}</b></ValueLine>
          <ValueLine label={words.fingerprint}><b className="num">{made.fingerprint}</b></ValueLine>
          <p>{t(words.until, { date: formatLongDate(officeDate(made.expiresAt)) })}</p>
          <TextField label={words.text} value={made.text} onChange={() => undefined} isReadOnly />
          <div><Button kind="main" label={words.done} combo="F10" autoFocus onPress={onDone} /></div>
        </div>
        <QrPicture text={made.text} label={words.qr} />
      </div>
    </Card>
  );
}

function columnsOf(onWithdraw: (id: string) => void): readonly TableColumn<AdmissionLine>[] {
  const columns = words.columns;
  return [
    { id: 'note', header: columns.note, cell: ({ note }) => (note === '' ? <span className="muted">{words.byMachine}</span> : <b>{note}</b>) },
    { id: 'madeBy', header: columns.madeBy, width: 200, cell: ({ madeBy }) => madeBy ?? words.byMachine },
    { id: 'madeAt', header: columns.madeAt, width: 130, hasFigures: true, isWideOnly: true, cell: ({ madeAt }) => formatInstant(madeAt) },
    { id: 'until', header: columns.until, width: 130, hasFigures: true, cell: ({ expiresAt }) => formatDate(officeDate(expiresAt)) },
    { id: 'act', header: columns.act, width: 130, cell: ({ id }) => <Button kind="in-block" label={words.withdraw} onPress={() => onWithdraw(id)} /> },
  ];
}
