import { useState } from 'react';
import type { DossierView } from '../../../../src-shared/contract/dossier-views.ts';
import { isForNextStep, nextStep } from '../../../../src-shared/domain/dossiers/dossier-steps.ts';
import { isPaused } from '../../../../src-shared/domain/dossiers/dossier-state.ts';
import type { Role } from '../../../../src-shared/domain/officers/officer.ts';
import { t } from '../../../text/t.ts';
import { vi } from '../../../text/vi.ts';
import { SegmentedChoice } from '../../../ui/fields/choice-fields.tsx';

const words = vi.steps.choose;

export interface StepChoice {
  /** The step that the act brings it to; undefined: it stays. */
  readonly step: number | undefined;
  /** Undefined where there is nothing to choose. */
  readonly current: string | undefined;
  readonly next: string | undefined;
  readonly isNext: boolean;
  readonly choose: (isNext: boolean) => void;
  /** Somebody was picked: proposes by what that person does, until the officer has chosen himself. */
  readonly propose: (roles: readonly Role[]) => void;
}

/** Whether handing a dossier on brings it to the next step of its flow. */
export function useStepChoice({ steps, status }: DossierView): StepChoice {
  const [isNext, setIsNext] = useState(false);
  const [isChosen, setIsChosen] = useState(false);
  const at = steps.findIndex(({ state }) => state === 'current');
  const nextIndex = at < 0 || isPaused(status) || status === 'finished' ? undefined : nextStep(at, steps);
  const next = nextIndex === undefined ? undefined : steps[nextIndex];
  return {
    step: isNext ? nextIndex : undefined,
    current: steps[at]?.name,
    next: next?.name,
    isNext,
    choose: (wanted) => {
      setIsNext(wanted);
      setIsChosen(true);
    },
    propose: (roles) => {
      if (!isChosen) setIsNext(isForNextStep(next, roles));
    },
  };
}

/** Stands already where it most likely should; Enter passes it by. */
export function StepChoiceField({ choice: { current, next, isNext, choose } }: { readonly choice: StepChoice }) {
  if (current === undefined || next === undefined) return null;
  return (
    <SegmentedChoice label={words.label} hint={words.proposed} isAuto value={isNext ? 'next' : 'stay'} onChange={(id) => choose(id === 'next')}
      options={[{ id: 'stay', label: t(words.stay, { step: current }) }, { id: 'next', label: t(words.next, { step: next }) }]} />
  );
}
