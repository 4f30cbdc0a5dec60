import { useState } from 'react';
import { useCommand } from '../../../client/use-command.ts';
import { useDeskSession } from '../../../client/desk-session.ts';
import { t } from '../../../text/t.ts';
import { vi } from '../../../text/vi.ts';
import { NotesField } from '../../../ui/fields/text-field.tsx';
import { PanelFrame, type ActPanelProps } from '../act-panel.tsx';
import { OfficerPick } from './officer-pick.tsx';
import { StepChoiceField, useStepChoice } from './step-choice.tsx';

const words = vi.dossierActs;

/** Who works on it, with a word along. */
export function AssignPanel({ dossier, onClose, onDone }: ActPanelProps) {
  const [officer, setOfficer] = useState<string>();
  const [note, setNote] = useState('');
  const step = useStepChoice(dossier);
  const command = useCommand('dossiers.act');
  async function save(): Promise<void> {
    if (officer === undefined) return;
    const done = await command.run({ id: dossier.id, act: { act: 'assign', officer, note: note.trim(), ...(step.step !== undefined && { step: step.step }) } });
    if (done !== undefined) onDone(t(vi.dossiers.done.assign, { name: done.dossier.holderName ?? '' }), done.dossier);
  }
  return (
    <PanelFrame title={words.assign.title} explain={words.assign.explain} saveLabel={words.assign.save} onSave={() => void save()} onClose={onClose} error={command.error} isRunning={command.isRunning}>
      <OfficerPick label={words.assign.to} kind="dossier.taken" present={dossier.holder} presentNote={words.assign.present} value={officer} onChange={(id, roles) => {
        setOfficer(id);
        step.propose(roles);
      }} />
      <StepChoiceField choice={step} />
      <NotesField label={words.assign.note} labelNote={words.optional} value={note} onChange={setNote} lengthMax={300} />
    </PanelFrame>
  );
}

/** The paper goes to a colleague, who signs for it with an act of his own. */
export function TransferPanel({ dossier, onClose, onDone }: ActPanelProps) {
  const me = useDeskSession((state) => state.session?.officer?.id);
  const [to, setTo] = useState<string>();
  const [note, setNote] = useState('');
  const step = useStepChoice(dossier);
  const command = useCommand('dossiers.act');
  async function save(): Promise<void> {
    if (to === undefined) return;
    const done = await command.run({ id: dossier.id, act: { act: 'transfer', to, note: note.trim(), ...(step.step !== undefined && { step: step.step }) } });
    if (done !== undefined) onDone(t(vi.dossiers.done.transfer, { name: done.dossier.openTransfer?.toName ?? '' }), done.dossier);
  }
  return (
    <PanelFrame title={words.transfer.title} explain={t(words.transfer.explain)} saveLabel={words.transfer.save} onSave={() => void save()} onClose={onClose} error={command.error} isRunning={command.isRunning}>
      <OfficerPick label={words.transfer.to} kind="dossier.transferred" without={me} value={to} onChange={(id, roles) => {
        setTo(id);
        step.propose(roles);
      }} />
      <StepChoiceField choice={step} />
      <NotesField label={words.transfer.note} labelNote={words.optional} value={note} onChange={setNote} lengthMax={300} />
    </PanelFrame>
  );
}
