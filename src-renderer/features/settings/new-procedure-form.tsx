import { useRef, useState } from 'react';
import type { InputOf } from '../../../src-shared/contract/contract.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { SegmentedChoice } from '../../ui/fields/choice-fields.tsx';
import { MoneyField, NumberField } from '../../ui/fields/number-fields.tsx';
import { NotesField, TextField } from '../../ui/fields/text-field.tsx';
import { FormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { entryOf, NEW_PROCEDURE, paperNames, type NewProcedureDraft } from './new-procedure.ts';
import type { TermUnit } from './procedure-draft.ts';

const words = vi.officeSettings.procedure;
const old = vi.settings.procedures;
const UNITS = (Object.keys(old.termUnits) as TermUnit[]).map((id) => ({ id, label: old.termUnits[id] }));

interface NewProcedureFormProps {
  /** The code that it gets. */
  readonly code: string;
  readonly onDone: (isAdded: boolean) => void;
}

/** A procedure that no catalogue knows, for what a commune does by its own rules. */
export function NewProcedureForm({ code, onDone }: NewProcedureFormProps) {
  const form = useRef<FormScopeHandle>(null);
  const [draft, setDraft] = useState(NEW_PROCEDURE);
  const [error, setError] = useState<ScreenError>();
  const change = (changes: Partial<NewProcedureDraft>) => setDraft((before) => ({ ...before, ...changes }));
  useKeys([{ combo: 'Esc', label: vi.settings.cancel, run: () => onDone(false) }]);
  async function save(): Promise<void> {
    if (form.current?.revealErrors() !== 0) return;
    const answer = await callCore('procedures.save', { code, entry: entryOf(draft) as InputOf<'procedures.save'>['entry'], reason: draft.reason });
    if (answer.ok) onDone(true);
    else setError(answer.error as ScreenError);
  }
  const needed = (text: string, problem: string) => (text.trim() === '' ? problem : undefined);
  return (
    <Card title={words.title} note={code}>
      <FormScope className="stack settings-form" handle={form}>
        <p className="muted">{words.intro}</p>
        <TextField label={words.name} autoFocus value={draft.name} onChange={(name) => change({ name })} lengthMax={2_000} error={needed(draft.name, words.nameMissing)} />
        <div className="two-fields">
          <TextField label={words.shortName} hint={words.shortNameHint} value={draft.shortName} onChange={(shortName) => change({ shortName })} lengthMax={80} error={needed(draft.shortName, words.shortNameMissing)} />
          <TextField label={words.sector} value={draft.sector} onChange={(sector) => change({ sector })} lengthMax={150} error={needed(draft.sector, words.sectorMissing)} />
        </div>
        <div className="two-fields term-fields">
          <NumberField label={old.term} value={draft.termValue} min={1} max={999} onChange={(termValue) => change({ termValue })} error={draft.termValue === undefined || draft.termValue < 1 ? words.termMissing : undefined} />
          <SegmentedChoice label={old.termUnit} options={UNITS} value={draft.termUnit} onChange={(termUnit) => change({ termUnit })} />
        </div>
        <NotesField label={words.papers} hint={words.papersHint} value={draft.papers} onChange={(papers) => change({ papers })} lengthMax={6_000} error={paperNames(draft).length === 0 ? words.papersMissing : undefined} />
        <div className="two-fields">
          <TextField label={words.result} value={draft.result} onChange={(result) => change({ result })} lengthMax={300} error={needed(draft.result, words.resultMissing)} />
          <MoneyField label={words.fee} labelNote={vi.ui.field.optional} hint={words.feeHint} value={draft.levyDong} onChange={(levyDong) => change({ levyDong })} />
        </div>
        <TextField label={old.reason} hint={old.reasonHint} value={draft.reason} onChange={(reason) => change({ reason })} lengthMax={300} error={needed(draft.reason, old.reasonMissing)} />
        <RefusalNote error={error} />
        <div className="row wide">
          <Button kind="main" isMainAction label={vi.settings.save} combo="F10" onPress={() => void save()} />
          <Button kind="quiet" label={vi.settings.cancel} cap="Esc" onPress={() => onDone(false)} />
        </div>
      </FormScope>
    </Card>
  );
}
