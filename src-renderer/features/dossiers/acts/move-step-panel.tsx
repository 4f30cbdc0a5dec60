import { useState } from 'react';
import { nextStep } from '../../../../src-shared/domain/dossiers/dossier-steps.ts';
import { useCommand } from '../../../client/use-command.ts';
import { t } from '../../../text/t.ts';
import { vi } from '../../../text/vi.ts';
import { NotesField } from '../../../ui/fields/text-field.tsx';
import { useFormScope } from '../../../ui/keyboard/form-scope.tsx';
import { PickList } from '../../../ui/pick-list.tsx';
import { PanelFrame, type ActPanelProps } from '../act-panel.tsx';

const words = vi.steps.move;

/** The dossier comes to another step in the same hands; the next one is chosen already. */
export function MoveStepPanel({ dossier, onClose, onDone }: ActPanelProps) {
  const at = dossier.steps.findIndex(({ state }) => state === 'current');
  const [step, setStep] = useState(nextStep(at, dossier.steps));
  const [note, setNote] = useState('');
  const command = useCommand('dossiers.act');
  async function save(): Promise<void> {
    if (step === undefined) return;
    const done = await command.run({ id: dossier.id, act: { act: 'moveStep', step, note: note.trim() } });
    if (done !== undefined) onDone(t(words.done, { step: dossier.steps[step]?.name ?? '' }), done.dossier);
  }
  return (
    <PanelFrame title={words.title} explain={words.explain} saveLabel={words.save} onSave={() => void save()} onClose={onClose} error={command.error} isRunning={command.isRunning}>
      <StepPick dossier={dossier} at={at} value={step} onChange={setStep} />
      <NotesField label={words.note} labelNote={vi.dossierActs.optional} value={note} onChange={setNote} lengthMax={300} />
    </PanelFrame>
  );
}

interface StepPickProps extends Pick<ActPanelProps, 'dossier'> {
  readonly at: number;
  readonly value: number | undefined;
  readonly onChange: (step: number) => void;
}

const DIGITS_MAX = 9;

function StepPick({ dossier, at, value, onChange }: StepPickProps) {
  const { moveOn } = useFormScope();
  const next = nextStep(at, dossier.steps);
  const others = dossier.steps.map((step, index) => ({ step, index })).filter(({ index }) => index !== at);
  return (
    <div className="pick-block" {...(value === undefined && { 'data-wrong': true })}>
      <p className="label">{words.to}</p>
      <PickList label={words.to} mode="confirm" columns={2} autoFocus selectedId={value === undefined ? undefined : String(value)} onMark={(id) => onChange(Number(id))} onPick={(id) => {
        onChange(Number(id));
        setTimeout(moveOn, 0);
      }} items={others.map(({ step, index }) => ({
        id: String(index), label: <b>{step.name}</b>,
        note: [index === next ? words.next : '', step.unit ?? vi.steps.roles[step.role], step.term ?? ''].filter((part) => part !== '').join(', '),
        digit: index < DIGITS_MAX ? index + 1 : undefined,
      }))} />
      <p className="hint">{words.pick}</p>
    </div>
  );
}
