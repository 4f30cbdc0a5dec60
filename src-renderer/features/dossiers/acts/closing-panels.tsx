import { useState } from 'react';
import { peopleOf } from '../../../../src-shared/domain/dossiers/dossier-people.ts';
import { checkIdNumber } from '../../../../src-shared/domain/persons/id-number.ts';
import type { Person } from '../../../../src-shared/domain/persons/person.ts';
import { useCommand } from '../../../client/use-command.ts';
import { formatDate } from '../../../text/format.ts';
import { t } from '../../../text/t.ts';
import { vi } from '../../../text/vi.ts';
import { IdNumberField } from '../../../ui/fields/number-fields.tsx';
import { NotesField, TextField } from '../../../ui/fields/text-field.tsx';
import { useFormScope } from '../../../ui/keyboard/form-scope.tsx';
import { PickList } from '../../../ui/pick-list.tsx';
import { PanelFrame, type ActPanelProps } from '../act-panel.tsx';
import { withFormNumber } from '../form-number-said.ts';

const words = vi.dossierActs;
type ReasonAct = 'stop' | 'refuse' | 'rework';

/** An act that wants a reason and nothing else. */
function ReasonPanel({ dossier, onClose, onDone, act, proposed = '' }: ActPanelProps & { readonly act: ReasonAct; readonly proposed?: string }) {
  const [reason, setReason] = useState(proposed);
  const command = useCommand('dossiers.act');
  async function save(): Promise<void> {
    const done = await command.run({ id: dossier.id, act: { act, reason: reason.trim() } });
    if (done !== undefined) onDone(withFormNumber(vi.dossiers.done[act], done.dossier), done.dossier);
  }
  return (
    <PanelFrame title={words[act].title} explain={words[act].explain} saveLabel={words[act].save} onSave={() => void save()} onClose={onClose} error={command.error} isRunning={command.isRunning}>
      <NotesField label={vi.dossiers.panel.reason} value={reason} onChange={setReason} lengthMax={600} autoFocus error={reason.trim() === '' ? vi.dossiers.panel.reasonMissing : undefined} />
    </PanelFrame>
  );
}

/** Where papers never came that is the reason which stands there to be changed. */
export function StopPanel(props: ActPanelProps) {
  const { supplementLapsedOn } = props.dossier;
  return <ReasonPanel {...props} act="stop" {...(supplementLapsedOn !== null && { proposed: t(words.stop.lapsed, { date: formatDate(supplementLapsedOn) }) })} />;
}

export function RefusePanel(props: ActPanelProps) {
  return <ReasonPanel {...props} act="refuse" />;
}

export function ReworkPanel(props: ActPanelProps) {
  return <ReasonPanel {...props} act="rework" />;
}

export function ForwardPanel({ dossier, onClose, onDone }: ActPanelProps) {
  const [agency, setAgency] = useState('');
  const [note, setNote] = useState('');
  const command = useCommand('dossiers.act');
  async function save(): Promise<void> {
    const done = await command.run({ id: dossier.id, act: { act: 'forward', agency: agency.trim(), note: note.trim() } });
    if (done !== undefined) onDone(t(vi.dossiers.done.forward, { agency: agency.trim() }), done.dossier);
  }
  return (
    <PanelFrame title={words.forward.title} explain={words.forward.explain} saveLabel={words.forward.save} onSave={() => void save()} onClose={onClose} error={command.error} isRunning={command.isRunning}>
      <TextField label={words.forward.agency} value={agency} onChange={setAgency} lengthMax={200} autoFocus error={agency.trim() === '' ? words.forward.agencyMissing : undefined} />
      <NotesField label={words.forward.note} labelNote={words.optional} value={note} onChange={setNote} lengthMax={300} />
    </PanelFrame>
  );
}

const OTHER = 'other';

/** Who asks for it is chosen by a digit and nobody beforehand: the dossier ends with it (ux.md §1.8). */
export function WithdrawPanel({ dossier, onClose, onDone }: ActPanelProps) {
  const people = peopleOf(dossier.content);
  const [by, setBy] = useState<string>();
  const [name, setName] = useState('');
  const [idNumber, setIdNumber] = useState('');
  const [reason, setReason] = useState('');
  const command = useCommand('dossiers.act');
  const finding = idNumber === '' ? undefined : checkIdNumber({ idKind: 'citizenId', idNumber }).find(({ severity }) => severity === 'error');

  async function save(): Promise<void> {
    const other: Person = { type: 'individual', name: name.trim(), ...(idNumber !== '' && { idKind: 'citizenId', idNumber }) };
    const person = by === OTHER ? other : people.find(({ is }) => is === by)?.person;
    if (person === undefined) return;
    const done = await command.run({ id: dossier.id, act: { act: 'withdraw', reason: reason.trim(), by: person } });
    if (done !== undefined) onDone(vi.dossiers.done.withdraw, done.dossier);
  }
  return (
    <PanelFrame title={words.withdraw.title} explain={words.withdraw.explain} saveLabel={words.withdraw.save} onSave={() => void save()} onClose={onClose} error={command.error} isRunning={command.isRunning}>
      <ByWhom people={people} by={by} onChange={setBy} />
      {by === OTHER && (
        <div className="form-grid">
          <div className="span-2"><TextField label={words.withdraw.name} value={name} onChange={setName} lengthMax={120} error={name.trim() === '' ? words.withdraw.nameMissing : undefined} /></div>
          <div className="span-2">
            <IdNumberField label={words.withdraw.idNumber} labelNote={words.optional} value={idNumber} onChange={setIdNumber} error={finding === undefined ? undefined : t(words.withdraw.idLength, { digits: idNumber.length })} />
          </div>
        </div>
      )}
      <NotesField label={vi.dossiers.panel.reason} value={reason} onChange={setReason} lengthMax={600} error={reason.trim() === '' ? vi.dossiers.panel.reasonMissing : undefined} />
    </PanelFrame>
  );
}

interface ByWhomProps {
  readonly people: ReturnType<typeof peopleOf>;
  readonly by: string | undefined;
  readonly onChange: (by: string) => void;
}

function ByWhom({ people, by, onChange }: ByWhomProps) {
  const { moveOn } = useFormScope();
  const items = [
    ...people.map(({ is, person }, index) => ({ id: is, label: <b>{person.name}</b>, note: words.withdraw.roles[is], digit: index + 1 })),
    { id: OTHER, label: words.withdraw.other, note: words.withdraw.otherNote, digit: people.length + 1, isSetApart: true },
  ];
  return (
    <div className="pick-block" {...(by === undefined && { 'data-wrong': true })}>
      <p className="label">{words.withdraw.by}</p>
      <PickList label={words.withdraw.by} mode="confirm" columns={2} autoFocus items={items} selectedId={by} onMark={onChange} onPick={(id) => {
        onChange(id);
        setTimeout(moveOn, 0);
      }} />
      {by === undefined && <p className="hint">{words.withdraw.byHint}</p>}
    </div>
  );
}
