import type { ConflictView, DossierSummary } from '../../../../src-shared/contract/dossier-views.ts';
import type { OutputOf } from '../../../../src-shared/contract/contract.ts';
import type { ChangeView, WorkListName, WorkRow } from '../../../../src-shared/contract/workload.api.ts';
import { supplementLapsedOn } from '../../../../src-shared/domain/dossiers/supplement-limit.ts';
import type { Operation } from '../../../../src-shared/domain/operations/operation.ts';
import { readOfficeSettings } from '../../../../src-shared/domain/settings/office-settings.ts';
import { addDays, officeDate, officeInstant, type IsoDate } from '../../../../src-shared/lib/office-time.ts';
import { ok } from '../../../../src-shared/lib/result.ts';
import type { StoredSummary } from '../../../../src-node/operations/dossier-projection.ts';
import { getOperation, toOperation } from '../../../../src-node/operations/operation-rows.ts';
import type { Handlers } from '../../calls/handlers.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import {
  countWork, dueWithin, lateSteps, listChanges, listLoads, listWork, overdueOn, stepsToReview, supplementsLapsed,
  type NotedChange, type StoredWork, type WorkList, type WorkPlace,
} from './workload-queries.ts';

export interface WorkloadDep {
  readonly nextWorkingDay: (desk: OpenDesk, date: IsoDate) => IsoDate;
  /** A list row with today's names. */
  readonly summary: (desk: OpenDesk, stored: StoredSummary) => DossierSummary;
  /** An operation in words: who, which desk, when, what. */
  readonly describe: (desk: OpenDesk, operation: Operation) => ConflictView['operations'][number];
}

/** More than these nobody reads at once; `workload.list` has them all. */
const ROWS_MAX = 30;
const CHANGES_MAX = 100;

export function createWorkloadHandlers(dep: WorkloadDep): Handlers<'workload.get' | 'workload.list' | 'workload.changes'> {
  return {
    'workload.get': (_input, { desk }) => ok(workloadOf(dep, desk)),
    'workload.list': ({ list, limit, cursor }, { desk }) => {
      const found = listWork(desk, listsOf(dep, desk)[list], limit + 1, cursor === undefined ? undefined : placeOf(cursor));
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return ok({ rows: page.map(rowReader(dep, desk)), cursor: found.length > limit && last ? `${last.time}.${last.no}` : null });
    },
    'workload.changes': ({ days }, { desk }) => {
      const since = addDays(officeDate(desk.clock.nowMs()), 1 - days);
      const noted = listChanges(desk, officeInstant(since), CHANGES_MAX + 1);
      return ok({ since, changes: noted.slice(0, CHANGES_MAX).flatMap((change) => changeView(dep, desk, change)), hasMore: noted.length > CHANGES_MAX });
    },
  };
}

/** Every list as it is now; what is due today and what is due next are one list where they are read to the end. */
function listsOf(dep: WorkloadDep, desk: OpenDesk): Readonly<Record<WorkListName, WorkList>> {
  const now = desk.clock.nowMs();
  const today = officeDate(now);
  return {
    overdue: overdueOn(today),
    due: dueWithin({ from: today, to: dep.nextWorkingDay(desk, today) }),
    lateSteps: lateSteps(now),
    stepsToReview: stepsToReview(now),
    supplementsLapsed: supplementsLapsed(today, supplementLimit(desk)),
  };
}

function supplementLimit(desk: OpenDesk): number {
  return readOfficeSettings(desk.office().settings).supplementLimitDays;
}

function placeOf(cursor: string): WorkPlace {
  const [time, no] = cursor.split('.').map(Number);
  return { time: time!, no: no! };
}

/** What a page shows of each row; day and limit are the same for all of them. */
function rowReader(dep: WorkloadDep, desk: OpenDesk): (row: StoredWork) => WorkRow {
  const [limitDays, today] = [supplementLimit(desk), officeDate(desk.clock.nowMs())];
  return ({ summary, reasons }) => ({ dossier: dep.summary(desk, summary), reasons: [...reasons], lapsedOn: supplementLapsedOn(summary, limitDays, today) });
}

function workloadOf(dep: WorkloadDep, desk: OpenDesk): OutputOf<'workload.get'> {
  const today = officeDate(desk.clock.nowMs());
  const next = dep.nextWorkingDay(desk, today);
  const dueNext = dueWithin({ from: addDays(today, 1), to: next });
  const lists = listsOf(dep, desk);
  const officers = listLoads(desk, desk.clock.nowMs());
  const workRow = rowReader(dep, desk);
  const rows = (list: WorkList) => listWork(desk, list, ROWS_MAX).map(workRow);
  const shown = (list: WorkList) => rows(list).map(({ dossier }) => dossier);
  return {
    today,
    nextWorkingDay: next,
    officers,
    dueToday: shown(dueWithin({ from: today, to: today })),
    dueNext: shown(dueNext),
    overdue: rows(lists.overdue).map(({ dossier, reasons }) => ({ dossier, reasons })),
    lateSteps: shown(lists.lateSteps),
    stepsToReview: shown(lists.stepsToReview),
    supplementsLapsed: rows(lists.supplementsLapsed).map(({ dossier, lapsedOn }) => ({ dossier, lapsedOn })),
    counts: {
      dueToday: officers.reduce((sum, { dueToday }) => sum + dueToday, 0),
      dueNext: countWork(desk, dueNext),
      overdue: officers.reduce((sum, { overdue }) => sum + overdue, 0),
      lateSteps: officers.reduce((sum, load) => sum + load.lateSteps, 0),
      stepsToReview: countWork(desk, lists.stepsToReview),
      supplementsLapsed: countWork(desk, lists.supplementsLapsed),
    },
  };
}

function changeView(dep: WorkloadDep, desk: OpenDesk, change: NotedChange): ChangeView[] {
  const stored = getOperation(desk.db, desk.log.names, change);
  if (!stored) return [];
  const { kind, actorName, deskName, title, lines } = dep.describe(desk, toOperation(stored));
  return [{ id: change.id, dossier: dep.summary(desk, change.summary), kind: kind as ChangeView['kind'], at: change.at, actorName, deskName, title, lines }];
}
