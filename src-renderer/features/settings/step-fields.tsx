import { FLOW_ROLES, type FlowRole, type StepTerm } from '../../../src-shared/domain/procedures/flow-step.ts';
import type { Term } from '../../../src-shared/domain/procedures/term.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { NumberField } from '../../ui/fields/number-fields.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { Note } from '../../ui/note.tsx';
import { RemoveButton } from '../../ui/remove-button.tsx';
import { NEW_STEP, sumWords, type StepDraft } from './step-drafts.ts';

const words = vi.steps.editor;
const ROLES = FLOW_ROLES.map((id) => ({ id, label: vi.steps.roles[id] }));
const UNITS = (Object.keys(words.units) as StepTerm['unit'][]).map((id) => ({ id, label: words.units[id] }));
const STEPS_MAX = 40;

interface StepFieldsProps {
  readonly steps: readonly StepDraft[];
  /** The term of the procedure as it is typed now, to hold the sum of the steps against it. */
  readonly term: Term | undefined;
  readonly onChange: (steps: readonly StepDraft[]) => void;
}

/** The steps of a procedure in order: what, by whom, how long. */
export function StepFields({ steps, term, onChange }: StepFieldsProps) {
  const sum = sumWords(steps, term);
  const set = (index: number, part: Partial<StepDraft>) => onChange(steps.map((step, at) => (at === index ? { ...step, ...part } : step)));
  return (
    <div className="field" role="group" aria-label={words.title}>
      <span className="label">{words.title}</span>
      <p className="hint">{words.hint}</p>
      {steps.map((step, index) => (
        <StepRow key={index} step={step} ordinal={index + 1} onChange={(part) => set(index, part)} {...(steps.length > 1 && { onRemove: () => onChange(steps.filter((_, at) => at !== index)) })} />
      ))}
      {steps.length < STEPS_MAX && <Button kind="in-block" label={words.add} onPress={() => onChange([...steps, NEW_STEP])} />}
      {sum.isBeyond ? <Note kind="warn">{sum.words}</Note> : <p className="small muted">{sum.words}</p>}
    </div>
  );
}

interface StepRowProps {
  readonly step: StepDraft;
  readonly ordinal: number;
  readonly onChange: (part: Partial<StepDraft>) => void;
  readonly onRemove?: () => void;
}

function StepRow({ step, ordinal, onChange, onRemove }: StepRowProps) {
  const isHidden = ordinal > 1;
  return (
    <div className="step-row">
      <TextField label={t(words.name, { ordinal })} value={step.name} onChange={(name) => onChange({ name })} lengthMax={120} error={step.name.trim() === '' ? words.nameMissing : undefined} />
      <Select label={words.role} isLabelHidden={isHidden} options={ROLES} value={step.role} onChange={(role) => onChange({ role: role as FlowRole })} />
      <NumberField label={words.count} isLabelHidden={isHidden} min={1} max={999} value={step.count} onChange={(count) => onChange({ count: count === 0 ? undefined : count })} />
      <Select label={words.countUnit} isLabelHidden={isHidden} options={UNITS} value={step.countUnit} onChange={(countUnit) => onChange({ countUnit: countUnit as StepTerm['unit'] })} />
      {onRemove === undefined ? <span /> : <RemoveButton label={t(words.remove, { ordinal })} onPress={onRemove} />}
      {step.role === 'external' && <div className="step-unit"><TextField label={words.unit} labelNote={vi.ui.field.optional} value={step.unit} onChange={(unit) => onChange({ unit })} lengthMax={120} /></div>}
    </div>
  );
}
