import { Printer, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { PrintJobView } from '../../../src-shared/contract/dossier-views.ts';
import { deskToday } from '../../client/desk-session.ts';
import { useCommand } from '../../client/use-command.ts';
import { formatDate, formatInstant } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { SegmentedChoice } from '../../ui/fields/choice-fields.tsx';
import { DateField } from '../../ui/fields/date-field.tsx';
import { NotesField, TextField } from '../../ui/fields/text-field.tsx';
import { PickList } from '../../ui/pick-list.tsx';
import { PanelFrame, type ActPanelProps } from './act-panel.tsx';

const words = vi.dossiers;

export function FinishPanel({ dossier, onClose, onDone }: ActPanelProps) {
  const [number, setNumber] = useState('');
  const [date, setDate] = useState<string | undefined>(deskToday);
  const [summary, setSummary] = useState(dossier.content.procedure.resultName ?? '');
  const [signer, setSigner] = useState('');
  const command = useCommand('dossiers.act');
  const today = deskToday();

  async function save(): Promise<void> {
    const result = {
      summary: summary.trim(),
      ...(number.trim() !== '' && { number: number.trim() }),
      ...(date !== undefined && { date }),
      ...(signer.trim() !== '' && { signer: signer.trim() }),
    };
    const done = await command.run({ id: dossier.id, act: { act: 'finish', result } });
    if (done !== undefined) onDone(words.done.finish, done.dossier);
  }
  return (
    <PanelFrame title={words.finish.title} saveLabel={words.finish.save} onSave={() => void save()} onClose={onClose} error={command.error} isRunning={command.isRunning}>
      <div className="form-grid">
        <TextField label={words.finish.number} labelNote={words.correct.optional} value={number} onChange={setNumber} lengthMax={60} hasFigures autoFocus />
        <DateField label={words.finish.date} today={today} value={date} onChange={setDate}
          error={date !== undefined && date > today ? t(words.finish.dateAhead, { date: formatDate(date) }) : undefined} />
        <div className="span-2"><TextField label={words.finish.signer} labelNote={words.correct.optional} value={signer} onChange={setSigner} lengthMax={80} /></div>
        <div className="span-4">
          <NotesField label={words.finish.summary} value={summary} onChange={setSummary} lengthMax={600} error={summary.trim() === '' ? words.finish.summaryMissing : undefined} />
        </div>
      </div>
    </PanelFrame>
  );
}

/** More than one act can be taken back only where desks wrote beside each other; then nothing is preselected. */
export function UndoPanel({ dossier, onClose, onDone }: ActPanelProps) {
  const candidates = dossier.history.filter((entry) => entry.undoable).reverse();
  const [operation, setOperation] = useState(candidates.length === 1 ? candidates[0]?.id : undefined);
  const [reason, setReason] = useState('');
  const command = useCommand('dossiers.act');

  async function save(): Promise<void> {
    if (operation === undefined) return;
    const done = await command.run({ id: dossier.id, act: { act: 'undo', operation, reason: reason.trim() } });
    if (done !== undefined) onDone(words.done.undo, done.dossier);
  }
  return (
    <PanelFrame title={words.undo.title} explain={words.undo.explain} saveLabel={words.undo.save} saveIcon={Undo2} onSave={() => void save()} onClose={onClose} error={command.error} isRunning={command.isRunning}>
      <PickList label={words.undo.which} mode="confirm" columns={1} selectedId={operation} onMark={setOperation} onPick={setOperation} autoFocus={candidates.length > 1}
        items={candidates.map((entry, index) => ({
          id: entry.id, label: entry.title, digit: index + 1,
          note: [formatInstant(entry.at), entry.deskName, entry.actorName].filter((part) => part !== null).join(' · '),
        }))} />
      <NotesField label={words.undo.reason} labelNote={words.correct.optional} value={reason} onChange={setReason} lengthMax={300} autoFocus={candidates.length <= 1} />
    </PanelFrame>
  );
}

export function VoidPanel({ dossier, onClose, onDone }: ActPanelProps) {
  const [reason, setReason] = useState('');
  const command = useCommand('dossiers.void');
  async function save(): Promise<void> {
    const done = await command.run({ id: dossier.id, reason: reason.trim() });
    if (done !== undefined) onDone(words.done.void, done.dossier);
  }
  return (
    <PanelFrame title={words.void.title} explain={words.void.explain} saveLabel={words.void.save} onSave={() => void save()} onClose={onClose} error={command.error} isRunning={command.isRunning}>
      <NotesField label={words.panel.reason} value={reason} onChange={setReason} lengthMax={600} autoFocus error={reason.trim() === '' ? words.panel.reasonMissing : undefined} />
    </PanelFrame>
  );
}

const COPIES = { both: ['keep', 'citizen'], citizen: ['citizen'], keep: ['keep'] } as const;

export function ReprintPanel({ dossier, onClose, onDone }: ActPanelProps) {
  const last: PrintJobView | undefined = dossier.jobs[0];
  const [copies, setCopies] = useState<keyof typeof COPIES>('both');
  const [size, setSize] = useState(last?.size ?? 'A5');
  const [reason, setReason] = useState('');
  const command = useCommand('printing.reprint');
  async function save(): Promise<void> {
    const done = await command.run({ dossier: dossier.id, form: last?.form ?? 'receipt', size, copies: [...COPIES[copies]], ...(reason.trim() !== '' && { reason: reason.trim() }) });
    if (done !== undefined) onDone(words.done.reprint, undefined, done.job);
  }
  return (
    <PanelFrame title={words.reprint.title} explain={words.reprint.explain} saveLabel={words.reprint.save} saveIcon={Printer} onSave={() => void save()} onClose={onClose} error={command.error} isRunning={command.isRunning}>
      <div className="form-grid">
        <div className="span-3">
          <SegmentedChoice label={words.reprint.copies} value={copies} onChange={setCopies} autoFocus
            options={[{ id: 'both', label: words.reprint.both }, { id: 'citizen', label: words.reprint.citizen }, { id: 'keep', label: words.reprint.keep }]} />
        </div>
        <SegmentedChoice label={words.reprint.size} value={size} onChange={setSize} options={[{ id: 'A5', label: words.reprint.a5 }, { id: 'A4', label: words.reprint.a4 }]} />
        <div className="span-4"><TextField label={words.reprint.reason} labelNote={words.correct.optional} value={reason} onChange={setReason} lengthMax={300} /></div>
      </div>
    </PanelFrame>
  );
}
