import { wireError, type WireError } from '../../../../src-shared/contract/errors.ts';
import type { DossierKind } from '../../../../src-shared/domain/dossiers/dossier-operations.ts';
import { isPaused } from '../../../../src-shared/domain/dossiers/dossier-state.ts';
import type { ResumedStep, StepDue, StepMove } from '../../../../src-shared/domain/dossiers/dossier-step-bodies.ts';
import { currentStep, stepAlong, stepsOf, type ProcedureOfDossier } from '../../../../src-shared/domain/dossiers/dossier-steps.ts';
import type { Dossier } from '../../../../src-shared/domain/dossiers/dossier.ts';
import { STEP_NAME_MAX } from '../../../../src-shared/domain/procedures/flow-step.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';

/** What acts and receptions need of the deadline engine for steps; each undefined without a term. */
export interface StepClockDep {
  readonly beginStep: (desk: OpenDesk, procedure: ProcedureOfDossier, index: number, begunAt: number) => StepDue | undefined;
  readonly stopStep: (desk: OpenDesk, dossier: Dossier, stoppedAt: number) => Record<string, unknown> | undefined;
  readonly resumeStep: (desk: OpenDesk, dossier: Dossier, resumedAt: number) => StepDue | undefined;
}

export interface Stepping {
  readonly dep: StepClockDep;
  readonly desk: OpenDesk;
  readonly dossier: Dossier;
}

/** The member of an act's body that brings the dossier to a step the officer chose; none without a choice. */
export function chosenStep(index: number | undefined, at: number, { dep, desk, dossier }: Stepping): Result<{ step?: StepMove }, WireError<'dossiers.badStep'>> {
  if (index === undefined) return ok({});
  const sentence = stepFault(index, dossier);
  return sentence === null ? ok(moveTo(index, at, { dep, desk, dossier }, true)) : err(wireError('dossiers.badStep', { index }, sentence));
}

function stepFault(index: number, dossier: Dossier): string | null {
  if (stepsOf(dossier)[index] === undefined) return 'Quy trình của hồ sơ không có bước này.';
  if (currentStep(dossier)?.index === index) return 'Hồ sơ đang ở bước này rồi.';
  // A term that began while the clock stands would run at once.
  return isPaused(dossier.status) ? 'Đồng hồ đang dừng. Nhận đủ rồi mới chuyển bước.' : null;
}

/** The member of an act's body for the step that the act means by itself. */
export function stepMovedAlong(kind: DossierKind, at: number, stepping: Stepping): { step?: StepMove } {
  const index = stepAlong(kind, stepping.dossier);
  // With a result the clock of the dossier has ended, and no step is counted any more.
  return index === undefined ? {} : moveTo(index, at, stepping, kind !== 'dossier.finished');
}

function moveTo(index: number, at: number, { dep, desk, dossier }: Stepping, isCounted: boolean): { step: StepMove } {
  const due = isCounted ? dep.beginStep(desk, dossier.content.procedure, index, at) : undefined;
  return { step: { index, name: stepsOf(dossier)[index]!.name.slice(0, STEP_NAME_MAX), at, ...(due && { due }) } };
}

export function stoppedStep(at: number, { dep, desk, dossier }: Stepping): { stepPause?: never } {
  const stepPause = dep.stopStep(desk, dossier, at);
  return stepPause ? { stepPause: stepPause as never } : {};
}

export function resumedStep(at: number, { dep, desk, dossier }: Stepping): { resumedStep?: ResumedStep } {
  const due = dep.resumeStep(desk, dossier, at);
  return due ? { resumedStep: { index: currentStep(dossier)!.index, due } } : {};
}
