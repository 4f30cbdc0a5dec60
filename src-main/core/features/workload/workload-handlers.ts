import type { ConflictView, DossierSummary } from '../../../../src-shared/contract/dossier-views.ts';
import type { OutputOf } from '../../../../src-shared/contract/contract.ts';
import type { ChangeView } from '../../../../src-shared/contract/workload.api.ts';
import type { Operation } from '../../../../src-shared/domain/operations/operation.ts';
import { addDays, officeDate, officeInstant, type IsoDate } from '../../../../src-shared/lib/office-time.ts';
import { ok } from '../../../../src-shared/lib/result.ts';
import type { StoredSummary } from '../../../../src-node/operations/dossier-projection.ts';
import { getOperation, toOperation } from '../../../../src-node/operations/operation-rows.ts';
import type { Handlers } from '../../calls/handlers.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { countDueWithin, countStepsToReview, listChanges, listDueWithin, listLateSteps, listLoads, listOverdue, listStepsToReview, type NotedChange } from './workload-queries.ts';

export interface WorkloadDep {
  readonly nextWorkingDay: (desk: OpenDesk, date: IsoDate) => IsoDate;
  /** A list row with today's names. */
  readonly summary: (desk: OpenDesk, stored: StoredSummary) => DossierSummary;
  /** An operation in words: who, which desk, when, what. */
  readonly describe: (desk: OpenDesk, operation: Operation) => ConflictView['operations'][number];
}

/** More than these nobody reads at once, and the list of dossiers has them all. */
const ROWS_MAX = 30;
const CHANGES_MAX = 100;

export function createWorkloadHandlers(dep: WorkloadDep): Handlers<'workload.get' | 'workload.changes'> {
  return {
    'workload.get': (_input, { desk }) => ok(workloadOf(dep, desk)),
    'workload.changes': ({ days }, { desk }) => {
      const since = addDays(officeDate(desk.clock.nowMs()), 1 - days);
      const noted = listChanges(desk, officeInstant(since), CHANGES_MAX + 1);
      return ok({ since, changes: noted.slice(0, CHANGES_MAX).flatMap((change) => changeView(dep, desk, change)), hasMore: noted.length > CHANGES_MAX });
    },
  };
}

function workloadOf(dep: WorkloadDep, desk: OpenDesk): OutputOf<'workload.get'> {
  const now = desk.clock.nowMs();
  const today = officeDate(now);
  const next = dep.nextWorkingDay(desk, today);
  const comingDays = { from: addDays(today, 1), to: next };
  const officers = listLoads(desk, now);
  const shown = (rows: readonly StoredSummary[]) => rows.map((row) => dep.summary(desk, row));
  return {
    today,
    nextWorkingDay: next,
    officers,
    dueToday: shown(listDueWithin(desk, { from: today, to: today }, ROWS_MAX)),
    dueNext: shown(listDueWithin(desk, comingDays, ROWS_MAX)),
    overdue: listOverdue(desk, today, ROWS_MAX).map(({ summary, reasons }) => ({ dossier: dep.summary(desk, summary), reasons: [...reasons] })),
    lateSteps: shown(listLateSteps(desk, now, ROWS_MAX)),
    stepsToReview: shown(listStepsToReview(desk, now, ROWS_MAX)),
    counts: {
      dueToday: officers.reduce((sum, { dueToday }) => sum + dueToday, 0),
      dueNext: countDueWithin(desk, comingDays),
      overdue: officers.reduce((sum, { overdue }) => sum + overdue, 0),
      lateSteps: officers.reduce((sum, { lateSteps }) => sum + lateSteps, 0),
      stepsToReview: countStepsToReview(desk, now),
    },
  };
}

function changeView(dep: WorkloadDep, desk: OpenDesk, change: NotedChange): ChangeView[] {
  const stored = getOperation(desk.db, desk.log.names, change);
  if (!stored) return [];
  const { kind, actorName, deskName, title, lines } = dep.describe(desk, toOperation(stored));
  return [{ id: change.id, dossier: dep.summary(desk, change.summary), kind: kind as ChangeView['kind'], at: change.at, actorName, deskName, title, lines }];
}
