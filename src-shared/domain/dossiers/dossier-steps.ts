import type { OfficerId } from '../../lib/ids.ts';
import type { Role } from '../officers/officer.ts';
import type { OperationId } from '../operations/operation.ts';
import type { FlowRole, FlowStep } from '../procedures/flow-step.ts';
import type { DossierContent, DossierReceived } from './dossier-content.ts';
import type { DossierKind } from './dossier-operations.ts';
import type { ResumedStep, StepMove } from './dossier-step-bodies.ts';
import type { Dossier, StepVisit } from './dossier.ts';

/**
 * The way of a dossier through the steps of the flow it was received under. Steps move with acts that are there anyway
 * (taking up, assigning, giving the paper, finishing …), so that a step never says another thing than its act.
 */

type Visits = readonly StepVisit[];
type Stepping = Pick<Dossier, 'content' | 'stepVisits'>;

/** The steps of a dossier's flow; none for what was imported and for procedures without a flow. */
export function stepsOf({ content, stepVisits }: Stepping): readonly FlowStep[] {
  return stepVisits.length === 0 ? [] : (content.procedure.steps ?? []);
}

/** The step that goes on now. */
export function currentStep({ stepVisits }: Pick<Dossier, 'stepVisits'>): StepVisit | undefined {
  const last = stepVisits.at(-1);
  return last?.endedAt === null ? last : undefined;
}

export function beginSteps({ content, receivedAt, stepDue }: DossierReceived, act: OperationId): Visits {
  if ((content.procedure.steps ?? []).length === 0) return [];
  return [{ index: 0, begunAt: receivedAt, endedAt: null, due: stepDue ?? null, dueNeedsReview: false, officer: null, act }];
}

/** What an act says of the step it brings the dossier to; undefined where it says nothing. */
export function stepMoveOf(body: unknown): StepMove | undefined {
  return typeof body === 'object' && body !== null && 'step' in body ? (body as { readonly step?: StepMove }).step : undefined;
}

/** `holder` had it until then. A step that this flow does not have, and the one it is at already, change nothing. */
export function moveStep(dossier: Stepping, move: StepMove, act: OperationId, holder: OfficerId | null): Visits {
  const { stepVisits } = dossier;
  if (stepsOf(dossier)[move.index] === undefined || currentStep(dossier)?.index === move.index) return stepVisits;
  const ended = endStep(stepVisits, move.at, holder);
  const begunAt = ended.at(-1)?.endedAt ?? move.at;
  return [...ended, { index: move.index, begunAt, endedAt: null, due: move.due ?? null, dueNeedsReview: false, officer: null, act }];
}

/** The step that goes on ends; never before it began, whatever the two clocks said. */
export function endStep(visits: Visits, at: number, officer: OfficerId | null): Visits {
  return changeCurrent(visits, (visit) => ({ ...visit, endedAt: Math.max(at, visit.begunAt), officer }));
}

/** The clock of the step runs on. Where another desk has moved it meanwhile, its due time knows nothing of the wait. */
export function resumeStep(visits: Visits, resumed: ResumedStep | undefined): Visits {
  return changeCurrent(visits, (visit) => {
    if (resumed?.index === visit.index) return { ...visit, due: resumed.due };
    return visit.due === null ? visit : { ...visit, dueNeedsReview: true };
  });
}

function changeCurrent(visits: Visits, change: (visit: StepVisit) => StepVisit): Visits {
  return visits.map((visit, index) => (index === visits.length - 1 && visit.endedAt === null ? change(visit) : visit));
}

/**
 * The step to which an act brings the dossier by itself, because the act says it already: taking it up ends the reception,
 * a result goes back to the counter. Undefined: it stays where it is.
 */
export function stepAlong(kind: DossierKind, dossier: Stepping): number | undefined {
  const steps = stepsOf(dossier);
  const at = currentStep(dossier)?.index;
  if (at === undefined) return undefined;
  const found = ALONG[kind]?.(steps, at);
  return found === undefined || found < 0 || found === at ? undefined : found;
}

const ALONG: { readonly [K in DossierKind]?: (steps: readonly FlowStep[], at: number) => number | undefined } = {
  'dossier.taken': (steps, at) => (at === 0 && steps[0]?.role === 'reception' && isInside(steps[1]) ? 1 : undefined),
  'dossier.forwarded': (steps, at) => steps.findIndex(({ role }, index) => index > at && role === 'external'),
  'dossier.finished': (steps, at) => (steps.at(-1)?.role === 'reception' ? Math.max(at, steps.length - 1) : undefined),
  'dossier.reworked': (steps, at) => steps.findLastIndex(({ role }, index) => index < at && role === 'specialist'),
};

function isInside(step: FlowStep | undefined): boolean {
  return step?.role === 'specialist' || step?.role === 'leader';
}

/** The step after the present one. */
export function nextStep(at: number | undefined, steps: readonly unknown[]): number | undefined {
  return at !== undefined && at + 1 < steps.length ? at + 1 : undefined;
}

const DOES_STEP: Readonly<Record<FlowRole, Role | null>> = { reception: 'reception', specialist: 'processing', leader: 'leader', external: null };

/** Whether handing the dossier to somebody with these roles most likely means the next step; what is proposed, never what is done unasked. */
export function isForNextStep(next: Pick<FlowStep, 'role'> | undefined, roles: readonly Role[]): boolean {
  const wanted = next === undefined ? null : DOES_STEP[next.role];
  return wanted !== null && roles.includes(wanted);
}

/** What was left of the step's term when the clock stopped, of the wait that stands now. */
export function standingStepPause({ status, supplementRounds, dutyRounds }: Pick<Dossier, 'status' | 'supplementRounds' | 'dutyRounds'>) {
  if (status === 'waitingSupplement') return supplementRounds.at(-1)?.stepPause;
  if (status === 'waitingDuty') return dutyRounds.at(-1)?.stepPause;
  return undefined;
}

/** UTC milliseconds while the step's clock runs: neither while somebody is waited for nor once the result is there. */
export function runningStepDue(dossier: Pick<Dossier, 'status' | 'stepVisits'>): number | null {
  const isRunning = dossier.status === 'received' || dossier.status === 'processing';
  return isRunning ? (currentStep(dossier)?.due?.dueAt ?? null) : null;
}

export type ProcedureOfDossier = DossierContent['procedure'];
