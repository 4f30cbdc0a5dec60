import { useRef, useState, type ComponentType, type ReactNode } from 'react';
import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { goToSignIn } from '../../client/desk-session.ts';
import { EntryPage } from '../../frame/entry-page.tsx';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { StepMark, type StepState } from '../../ui/card.tsx';
import { FormScope, useErrorsLeft, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { PaperPreview } from './paper-preview.tsx';
import { attributesOf, changeSetUp, type SetUpDraft } from './set-up-draft.ts';
import { AdministratorStep, DateStep } from './set-up-people-steps.tsx';
import { HeadStep, NumbersStep, PlaceStep } from './set-up-steps.tsx';

interface Step {
  readonly id: keyof typeof vi.office.steps;
  readonly component: ComponentType<{ readonly draft: SetUpDraft }>;
  readonly hasPreview: boolean;
}

const STEPS: readonly Step[] = [
  { id: 'place', component: PlaceStep, hasPreview: true },
  { id: 'head', component: HeadStep, hasPreview: true },
  { id: 'numbers', component: NumbersStep, hasPreview: true },
  { id: 'administrator', component: AdministratorStep, hasPreview: false },
  { id: 'date', component: DateStep, hasPreview: false },
];

interface FirstDeskWizardProps {
  readonly draft: SetUpDraft;
  readonly onMade: (made: OutputOf<'office.setup'>) => void;
}

/** "Máy đầu tiên": five steps, Enter goes on, Esc goes back, nothing needs a network (mock 08). */
export function FirstDeskWizard({ draft, onMade }: FirstDeskWizardProps) {
  const form = useRef<FormScopeHandle>(null);
  const errors = useErrorsLeft();
  const [error, setError] = useState<ScreenError>();
  const [isMaking, setIsMaking] = useState(false);
  const index = Math.min(draft.step, STEPS.length - 1);
  const step = STEPS[index]!;
  const isLast = index === STEPS.length - 1;

  function goBack(): void {
    errors.forget();
    setError(undefined);
    changeSetUp(index === 0 ? { path: 'choose' } : { step: index - 1 });
  }
  async function goOn(): Promise<void> {
    if (errors.reveal(form.current) > 0 || isMaking) return;
    if (!isLast) changeSetUp({ step: index + 1 });
    else await make();
  }
  async function make(): Promise<void> {
    setIsMaking(true);
    const answer = await callCore('office.setup', setUpInput(draft));
    setIsMaking(false);
    if (answer.ok) onMade(answer.value);
    else if (answer.error.code === 'office.alreadySetUp') await goToSignIn();
    else setError(answer.error as ScreenError);
  }
  useKeys([{ combo: 'Esc', label: vi.office.back, run: goBack }]);
  return (
    <EntryPage help={vi.help.gates.firstDesk} title={vi.office.title} sideWidth="narrow" side={<StepList current={index} />}>
      <p className="muted">{t(vi.office.stepOf, { step: index + 1, count: STEPS.length })}</p>
      <h1>{wordsOf(step).title}</h1>
      <FormScope key={step.id} className="set-up-form" handle={form}>
        <div className={step.hasPreview ? 'set-up-grid' : 'set-up-grid one'}>
          <div className="set-up-fields"><step.component draft={draft} /></div>
          {step.hasPreview && <PaperPreview draft={draft} />}
        </div>
        <RefusalNote error={error} />
        <WizardFoot onBack={goBack} errorCount={errors.count}>
          {isMaking ? <p role="status">{vi.office.finishing}</p>
            : <Button kind="main" isMainAction label={isLast ? vi.office.finish : vi.office.next} cap="Enter" onPress={() => void goOn()} />}
        </WizardFoot>
      </FormScope>
    </EntryPage>
  );
}

interface WizardFootProps {
  readonly onBack: () => void;
  readonly errorCount: number;
  readonly children: ReactNode;
}

export function WizardFoot({ onBack, errorCount, children }: WizardFootProps) {
  return (
    <div className="set-up-foot">
      <Button kind="quiet" label={vi.office.back} cap="Esc" onPress={onBack} />
      <span className="end small form-error" role="alert">{errorCount > 0 && t(vi.office.errorsLeft, { count: errorCount })}</span>
      {children}
    </div>
  );
}

function wordsOf(step: Step) {
  const words = vi.office.steps[step.id];
  return { name: words.name, note: words.note, title: 'title' in words ? words.title : words.name };
}

/** The steps on the indigo cloth; the recovery code comes after them by itself. */
export function StepList({ current }: { readonly current: number }) {
  const rows = [...STEPS.map(wordsOf), vi.office.steps.safe];
  const stateOf = (index: number): StepState => (index < current ? 'done' : index === current ? 'current' : 'waiting');
  return (
    <>
      <ol className="set-up-steps">
        {rows.map((row, index) => (
          <li key={row.name} {...(index === current && { 'aria-current': 'step' as const })}>
            <StepMark step={index + 1} state={stateOf(index)} />
            <div><b>{row.name}</b><span>{row.note}</span></div>
          </li>
        ))}
      </ol>
      <p className="set-up-hint small">{vi.office.sideHint}</p>
    </>
  );
}

function setUpInput(draft: SetUpDraft) {
  const { name, title, formOfAddress, roles, password } = draft.administrator;
  return {
    attributes: attributesOf(draft),
    numbering: { pattern: draft.pattern, tokenLength: draft.tokenLength, alphabet: draft.alphabet, mode: draft.mode },
    deskName: draft.deskName.trim(),
    training: draft.training,
    confirmedDate: draft.today ?? '',
    administrator: { name, title, formOfAddress, roles: [...roles], password },
  };
}
