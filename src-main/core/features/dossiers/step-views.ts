import type { StepView } from '../../../../src-shared/contract/dossier-views.ts';
import { isStepLate } from '../../../../src-shared/domain/deadlines/step-deadline.ts';
import { isClosed, isPaused } from '../../../../src-shared/domain/dossiers/dossier-state.ts';
import { currentStep, runningStepDue, stepsOf } from '../../../../src-shared/domain/dossiers/dossier-steps.ts';
import type { Dossier, StepVisit } from '../../../../src-shared/domain/dossiers/dossier.ts';
import { stepTermInWords } from '../../../../src-shared/domain/procedures/flow-step.ts';
import type { Naming } from './naming.ts';

/** The flow of a dossier as stages: what is done, with both times and a name, what goes on and until when, what comes. */
export function stepViews(dossier: Dossier, naming: Pick<Naming, 'officerName'>, now: number): StepView[] {
  const current = currentStep(dossier);
  const reached = dossier.stepVisits.at(-1)?.index ?? -1;
  return stepsOf(dossier).map(({ name, role, unit = null, term }, index): StepView => {
    const facts = { name, role, unit, term: stepTermInWords(term) };
    // A step that was gone through twice shows the last time; one beyond the present step, from which it came back, is ahead again.
    const visit = dossier.stepVisits.findLast((one) => one.index === index);
    if (visit !== undefined && visit === current) return { ...facts, ...goingOn(dossier, visit, naming, now) };
    if (visit !== undefined && index <= reached) return { ...facts, ...done(visit, naming) };
    return { ...facts, ...NOT_YET, state: index < reached || hasGoneThrough(dossier) ? 'passed' : 'ahead' };
  });
}

const NOT_YET = { begunAt: null, endedAt: null, dueAt: null, officerName: null, late: false, needsReview: false } as const;

/** Everything was done, although nobody said when; a dossier that was closed before its result never came to the end. */
function hasGoneThrough({ result, status }: Dossier): boolean {
  return isClosed(status) && result !== null;
}

type Progress = Pick<StepView, 'state' | keyof typeof NOT_YET>;

function goingOn(dossier: Dossier, visit: StepVisit, naming: Pick<Naming, 'officerName'>, now: number): Progress {
  const dueAt = runningStepDue(dossier);
  const needsReview = visit.dueNeedsReview && !isPaused(dossier.status);
  return { state: 'current', begunAt: visit.begunAt, endedAt: null, dueAt, officerName: naming.officerName(dossier.holder), late: !needsReview && isStepLate(dueAt, now), needsReview };
}

function done({ begunAt, endedAt, due, officer, dueNeedsReview }: StepVisit, naming: Pick<Naming, 'officerName'>): Progress {
  const dueAt = due?.dueAt ?? null;
  return { state: 'done', begunAt, endedAt, dueAt, officerName: naming.officerName(officer), late: !dueNeedsReview && isStepLate(dueAt, endedAt ?? begunAt), needsReview: dueNeedsReview };
}
