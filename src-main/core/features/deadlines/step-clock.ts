import { z } from 'zod';
import { pauseClock, resumeClock, clockUnitOfTerm } from '../../../../src-shared/domain/deadlines/clock-stop.ts';
import { computeDeadline } from '../../../../src-shared/domain/deadlines/deadline.ts';
import { deadlineResult } from '../../../../src-shared/domain/deadlines/deadline-record.ts';
import type { StepDeadlineRecord } from '../../../../src-shared/domain/deadlines/step-deadline.ts';
import type { StepDue } from '../../../../src-shared/domain/dossiers/dossier-step-bodies.ts';
import { currentStep, standingStepPause, stepsOf, type ProcedureOfDossier } from '../../../../src-shared/domain/dossiers/dossier-steps.ts';
import { isPaused } from '../../../../src-shared/domain/dossiers/dossier-state.ts';
import type { Dossier } from '../../../../src-shared/domain/dossiers/dossier.ts';
import { assert } from '../../../../src-shared/lib/assert.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { pauseSchema } from './deadline-service.ts';
import type { CalendarsOf, OfficeCalendars } from './office-calendars.ts';

/** `act` brought the dossier to the step whose clock was stopped: what was left of it is no other step's time. */
const stepPauseSchema = pauseSchema.extend({ act: z.string().optional() });
type StepPause = z.infer<typeof stepPauseSchema>;

/** The terms of single steps, by the same calendars and rules as the dossier's own date. */
export interface StepClock {
  /** When a step that begins now is due; undefined where it has no term. */
  begin(procedure: ProcedureOfDossier, index: number, begunAt: number): StepDue | undefined;
  /** What is left of the present step's term when the dossier's clock stops; undefined without one. */
  stop(dossier: Dossier, stoppedAt: number): StepPause | undefined;
  /** When the present step is due once the clock runs on; undefined without a term. */
  resume(dossier: Dossier, resumedAt: number): StepDue | undefined;
}

export function createStepClockOf(calendarsOf: CalendarsOf): (desk: OpenDesk) => StepClock {
  return (desk) => ({
    begin: (procedure, index, begunAt) => begin(calendarsOf(desk), procedure, index, begunAt),
    stop: (dossier, stoppedAt) => stop(calendarsOf(desk), dossier, stoppedAt),
    resume: (dossier, resumedAt) => resume(calendarsOf(desk), dossier, resumedAt),
  });
}

type CalendarKey = StepPause['calendarKey'];

/** Whose days count where the step's record does not say it yet; work outside the commune's police goes by the office's. */
function keyOf(authority: string | undefined): CalendarKey {
  return authority === 'police' ? 'police' : 'office';
}

function begin(calendars: OfficeCalendars, { steps, authority }: ProcedureOfDossier, index: number, begunAt: number): StepDue | undefined {
  const term = steps?.[index]?.term ?? null;
  if (term === null) return undefined;
  const calendarKey = keyOf(authority);
  const { calendar, packs } = calendars[calendarKey];
  const settings = { receptionOutsideHours: calendars.settings.receptionOutsideHours };
  const deadline = computeDeadline({ receivedAt: begunAt, term, calendar, settings });
  assert(deadline.known, 'a counted term gives a date');
  const record: StepDeadlineRecord = { how: 'begun', begunAt, term, settings, calendarKey, packs: [...packs], result: deadlineResult(deadline) };
  return { dueAt: deadline.dueAt, record };
}

function stop(calendars: OfficeCalendars, dossier: Dossier, stoppedAt: number): StepPause | undefined {
  const step = currentStep(dossier);
  if (step === undefined || step.due === null || isPaused(dossier.status)) return undefined;
  const { record, dueAt } = step.due;
  const unit = record.how === 'begun' ? clockUnitOfTerm(record.term) : record.stopped.unit;
  const calendarKey = keyOf(record.calendarKey);
  return { ...pauseClock({ stoppedAt, dueAt, unit, calendar: calendars[calendarKey].calendar }), calendarKey, act: step.act };
}

function resume(calendars: OfficeCalendars, dossier: Dossier, resumedAt: number): StepDue | undefined {
  const step = currentStep(dossier);
  const pause = stepPauseSchema.safeParse(standingStepPause(dossier)).data;
  // Without a note of what was left of this very step it was moved apart from the wait: no time is made up for it.
  if (step === undefined || pause === undefined || (pause.act ?? step.act) !== step.act || stepsOf(dossier)[step.index]?.term == null) return undefined;
  const { calendarKey, act: _act, ...stopped } = pause;
  const { calendar, packs } = calendars[calendarKey];
  const deadline = resumeClock(stopped, resumedAt, calendar);
  const settings = { receptionOutsideHours: calendars.settings.receptionOutsideHours };
  return { dueAt: deadline.dueAt, record: { how: 'resumed', resumedAt, stopped, settings, calendarKey, packs: [...packs], result: deadlineResult(deadline) } };
}
