import type { ProcedureView } from '../../../src-shared/contract/procedures.api.ts';
import { hoursInWords, hoursOfSteps, hoursOfTerm, type FlowRole, type FlowStep, type StepTerm } from '../../../src-shared/domain/procedures/flow-step.ts';
import type { Term } from '../../../src-shared/domain/procedures/term.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';

const words = vi.steps.editor;

/** A step of the flow while it is typed; a blank count is no term. */
export interface StepDraft {
  readonly name: string;
  readonly role: FlowRole;
  readonly unit: string;
  readonly count: number | undefined;
  readonly countUnit: StepTerm['unit'];
}

export const NEW_STEP: StepDraft = { name: '', role: 'specialist', unit: '', count: undefined, countUnit: 'working_day' };

export function stepDraftsOf({ flow }: Pick<ProcedureView['entry'], 'flow'>): readonly StepDraft[] {
  return flow.map(({ name, role, unit = '', term }) => ({ name, role, unit, count: term?.value, countUnit: term?.unit ?? 'working_day' }));
}

/** The flow as the core keeps it. */
export function flowOf(drafts: readonly StepDraft[]): FlowStep[] {
  return drafts.map(({ name, role, unit, count, countUnit }) => ({
    name: name.trim(), role, term: count === undefined ? null : { unit: countUnit, value: count }, ...(unit.trim() !== '' && { unit: unit.trim() }),
  }));
}

export function isSameFlow(one: readonly StepDraft[], other: readonly StepDraft[]): boolean {
  return JSON.stringify(flowOf(one)) === JSON.stringify(flowOf(other));
}

/** What the steps take together, and whether that is longer than the procedure itself may take. */
export function sumWords(drafts: readonly StepDraft[], term: Term | undefined): { readonly words: string; readonly isBeyond: boolean } {
  const hours = hoursOfSteps(flowOf(drafts));
  const whole = term === undefined ? null : hoursOfTerm(term);
  const isBeyond = whole !== null && hours > whole;
  return { words: hours === 0 ? words.sumNone : t(isBeyond ? words.sumBeyond : words.sum, { sum: hoursInWords(hours) }), isBeyond };
}
