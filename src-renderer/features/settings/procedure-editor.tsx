import { useRef, useState } from 'react';
import type { InputOf } from '../../../src-shared/contract/contract.ts';
import type { ProcedureView } from '../../../src-shared/contract/procedures.api.ts';
import { termInWords } from '../../../src-shared/domain/procedures/term.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Checkbox, SegmentedChoice } from '../../ui/fields/choice-fields.tsx';
import { MoneyField, NumberField } from '../../ui/fields/number-fields.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { Note } from '../../ui/note.tsx';
import { StepFields } from './step-fields.tsx';
import { draftOf, draftTerm, isTypedFee, patchOf, type ProcedureDraft, type TermUnit } from './procedure-draft.ts';

const words = vi.settings.procedures;
const UNITS = (Object.keys(words.termUnits) as TermUnit[]).map((id) => ({ id, label: words.termUnits[id] }));

interface EditorProps {
  readonly view: ProcedureView;
}

interface PartProps extends EditorProps {
  readonly draft: ProcedureDraft;
  readonly change: (changes: Partial<ProcedureDraft>) => void;
}

/** Term, papers and sums of one procedure, with the reason. What was received before keeps what it was received under. */
export function ProcedureEditor({ view }: EditorProps) {
  const { entry } = view;
  const form = useRef<FormScopeHandle>(null);
  const [draft, setDraft] = useState(() => draftOf(entry));
  const [error, setError] = useState<ScreenError>();
  const change = (changes: Partial<ProcedureDraft>) => setDraft((before) => ({ ...before, ...changes }));
  async function save(): Promise<void> {
    if (form.current?.revealErrors() !== 0) return;
    const patch = patchOf(entry, draft) as InputOf<'procedures.save'>['entry'];
    const answer = await callCore('procedures.save', { code: entry.code, entry: patch, reason: draft.reason });
    setError(answer.ok ? undefined : (answer.error as ScreenError));
  }
  async function receiveHere(on: boolean): Promise<void> {
    if (form.current?.revealErrors() !== 0) return;
    const answer = await callCore('procedures.switch', { code: entry.code, on, reason: draft.reason });
    setError(answer.ok ? undefined : (answer.error as ScreenError));
  }
  return (
    <Card title={entry.shortName} note={entry.code} aside={view.localVersion === 0 ? words.pack : t(words.local, { count: view.localVersion })}>
      <FormScope className="stack settings-form" handle={form}>
        {view.localVersion > 0 && <Note kind="good">{t(words.saved, { code: entry.code })}</Note>}
        <TermFields view={view} draft={draft} change={change} />
        <StepFields steps={draft.steps} term={draftTerm(entry, draft)} onChange={(steps) => change({ steps })} />
        <PaperFields view={view} draft={draft} change={change} />
        <FeeFields view={view} draft={draft} change={change} />
        <TextField label={words.reason} hint={words.reasonHint} value={draft.reason} onChange={(reason) => change({ reason })} lengthMax={300} error={draft.reason.trim() === '' ? words.reasonMissing : undefined} />
        <RefusalNote error={error} />
        <div className="row wide wraps">
          <Button kind="main" isMainAction label={vi.settings.save} combo="F10" onPress={() => void save()} />
          <Checkbox isAuto isSelected={view.offered} onChange={(on) => void receiveHere(on)}>{words.offered}</Checkbox>
        </div>
      </FormScope>
    </Card>
  );
}

function TermFields({ view, draft, change }: PartProps) {
  const term = view.entry.terms.direct?.term;
  const isHalf = draft.termUnit !== undefined && (draft.termValue === undefined || draft.termValue < 1);
  return (
    <>
      <div className="two-fields term-fields">
        <NumberField label={words.term} value={draft.termValue} min={1} max={999} onChange={(termValue) => change({ termValue })} error={isHalf ? words.termWrong : undefined} />
        <SegmentedChoice label={words.termUnit} options={UNITS} value={draft.termUnit} onChange={(termUnit) => change({ termUnit })} />
      </div>
      {term !== undefined && !('value' in term) && <p className="small muted">{t(words.termOther, { term: termInWords(term) })}</p>}
    </>
  );
}

function PaperFields({ view, draft, change }: PartProps) {
  const isEmpty = draft.keptPapers.size === 0 && draft.newPaper.trim() === '';
  return (
    <div className="field" role="group" aria-label={words.papers} {...(isEmpty && { 'data-wrong': true })}>
      <span className="label">{words.papers} <span className="label-note">{words.papersHint}</span></span>
      {view.entry.papers.map((paper) => (
        <Checkbox key={paper.id} isSelected={draft.keptPapers.has(paper.id)} onChange={(isKept) => {
          const keptPapers = new Set(draft.keptPapers);
          if (isKept) keptPapers.add(paper.id);
          else keptPapers.delete(paper.id);
          change({ keptPapers });
        }}>{paper.name}</Checkbox>
      ))}
      {isEmpty && <p className="field-error">{words.papersMissing}</p>}
      <TextField label={words.newPaper} labelNote={vi.ui.field.optional} hint={words.newPaperHint} value={draft.newPaper} onChange={(newPaper) => change({ newPaper })} lengthMax={300} />
    </div>
  );
}

function FeeFields({ view, draft, change }: PartProps) {
  if (view.entry.fees.length === 0) return <p className="muted">{words.feeNone}</p>;
  return view.entry.fees.map((fee) => (isTypedFee(fee)
    ? <MoneyField key={fee.id} label={fee.name} {...(draft.dongByFee[fee.id] === undefined && { hint: words.feeUnknown })} value={draft.dongByFee[fee.id]}
        onChange={(dong) => change({ dongByFee: { ...draft.dongByFee, [fee.id]: dong } })} />
    : <p key={fee.id} className="muted small">{fee.name}: {words.feeByTable}</p>));
}
