import type { OutputOf } from '../../../../src-shared/contract/contract.ts';

export type Draft = OutputOf<'drafts.list'>['drafts'][number];
export type DraftForm = Draft['form'];
export type DraftData = Draft['data'];

/** Lifts the data of one form version to the next; undefined when this data cannot be understood. Pure. */
export type DraftStep = (data: DraftData) => DraftData | undefined;

/**
 * Per form: the step at index n lifts form version n + 1 to n + 2. A new form version adds a step at the end; the newest
 * version is one more than there are steps. Drafts are lifted when they are read and stay stored as they were saved.
 *
 * receive 1  2026-11  first form
 */
export const DRAFT_STEPS: Readonly<Record<DraftForm, readonly DraftStep[]>> = {
  receive: [],
};

/**
 * The draft at the newest form version that its data can reach. One that a newer program saved, or that no step
 * understands, stays as it is: the screen shows it and nothing is thrown away.
 */
export function liftDraft(draft: Draft, steps: Readonly<Record<DraftForm, readonly DraftStep[]>> = DRAFT_STEPS): Draft {
  let lifted = draft;
  for (const step of steps[draft.form].slice(draft.formVersion - 1)) {
    const data = step(lifted.data);
    if (data === undefined) return lifted;
    lifted = { ...lifted, data, formVersion: lifted.formVersion + 1 };
  }
  return lifted;
}
