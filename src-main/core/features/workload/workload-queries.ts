import type { OperationId } from '../../../../src-shared/domain/operations/operation.ts';
import { isRunningAt } from '../../../../src-shared/domain/office/permissions.ts';
import { HLC_END } from '../../../../src-shared/lib/hlc.ts';
import type { DeviceId, OfficerId, SubjectId } from '../../../../src-shared/lib/ids.ts';
import { addDays, MINUTE_MS, officeDate, officeInstant, type IsoDate } from '../../../../src-shared/lib/office-time.ts';
import type { OverdueReason } from '../../../../src-shared/domain/dossiers/overdue-reason.ts';
import type { OfficerLoad } from '../../../../src-shared/contract/workload.api.ts';
import { IN_OPEN_INDEX, type StoredSummary } from '../../../../src-node/operations/dossier-projection.ts';
import { bytesToSubject } from '../../../../src-node/operations/operation-rows.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';

/** Everything here reads open work through its partial index, or the newest end of a short list: the years behind cost nothing. */
const OPEN = `status IN ('received', 'processing', 'waitingSupplement', 'waitingDuty')`;
/** The clock runs: what waits for papers or money is neither due nor overdue. */
const RUNNING = `status IN ('received', 'processing')`;
const WAITING = `status IN ('waitingSupplement', 'waitingDuty')`;

interface LoadRow {
  readonly holder: number | null;
  readonly open: number;
  readonly untaken: number;
  readonly waiting: number;
  readonly due_today: number;
  readonly overdue: number;
}

interface LateStepsRow {
  readonly holder: number | null;
  readonly count: number;
}

const LOAD = `SELECT holder, COUNT(*) AS open, SUM(status = 'received') AS untaken, SUM(${WAITING}) AS waiting,
    SUM(IFNULL(${RUNNING} AND due_at >= ? AND due_at < ?, 0)) AS due_today, SUM(IFNULL(${RUNNING} AND due_at < ?, 0)) AS overdue
  FROM dossiers INDEXED BY dossiers_open WHERE ${IN_OPEN_INDEX} AND ${OPEN} GROUP BY holder`;

/** The step is late by the minute while the dossier itself is not overdue, which goes by days. */
const BEYOND_TERM = 'step_due_at < ? AND (due_at IS NULL OR due_at >= ?)';
/** A due time that does not reckon with a wait makes nobody late; the list row says so, and few rows are beyond their time. */
const TO_REVIEW = `${BEYOND_TERM} AND json_extract(summary, '$.step.needsReview') = 1`;
const LATE_STEP = `${BEYOND_TERM} AND json_extract(summary, '$.step.needsReview') IS NULL`;
const LATE_STEPS = `SELECT holder, COUNT(*) AS count FROM dossiers INDEXED BY dossiers_step_due WHERE ${LATE_STEP} GROUP BY holder`;

/** A step may end within the minute that it was due in. */
function lateStepBounds(now: number): [number, number] {
  return [Math.floor(now / MINUTE_MS) * MINUTE_MS, officeInstant(officeDate(now))];
}

/** How many open dossiers each officer holds, those with a result that waits to be handed over left out. */
export function countOpenByHolder({ db, log }: OpenDesk): ReadonlyMap<OfficerId, number> {
  const rows = db.all<{ holder: number; open: number }>(`SELECT holder, COUNT(*) AS open FROM dossiers INDEXED BY dossiers_open WHERE ${IN_OPEN_INDEX} AND ${OPEN} AND holder IS NOT NULL GROUP BY holder`);
  return new Map(rows.map(({ holder, open }) => [log.names.textOf(holder) as OfficerId, open]));
}

/** Everybody who works here, and whoever else still holds something; the most overdue first. */
export function listLoads(desk: OpenDesk, now: number): OfficerLoad[] {
  const today = officeDate(now);
  const [start, end] = boundsOf({ from: today, to: today });
  const office = desk.office();
  const byHolder = <Row extends { readonly holder: number | null }>(list: readonly Row[]) =>
    new Map(list.map((row) => [row.holder === null ? null : (desk.log.names.textOf(row.holder) as OfficerId), row]));
  const rows = byHolder(desk.db.all<LoadRow>(LOAD, start, end, start));
  const lateSteps = byHolder(desk.db.all<LateStepsRow>(LATE_STEPS, ...lateStepBounds(now)));
  const working = [...office.officers.values()].filter(({ retired, roles }) => !retired && roles.some((role) => role !== 'admin')).map(({ id }) => id);
  const standIns = standInsOf(desk, today);
  const loads = [...new Set<OfficerId | null>([...working, ...rows.keys()])].map((id): OfficerLoad => {
    const officer = id === null ? undefined : office.officers.get(id);
    const row = rows.get(id);
    return {
      officer: id, name: officer?.name ?? null, retired: officer?.retired ?? false, standIns: (id && standIns.get(id)) ?? [],
      open: row?.open ?? 0, untaken: row?.untaken ?? 0, waiting: row?.waiting ?? 0, dueToday: row?.due_today ?? 0, overdue: row?.overdue ?? 0,
      lateSteps: lateSteps.get(id)?.count ?? 0,
    };
  });
  return loads.sort((one, other) => other.overdue - one.overdue || other.open - one.open || (one.name ?? '').localeCompare(other.name ?? '', 'vi'));
}

function standInsOf(desk: OpenDesk, businessDate: IsoDate): ReadonlyMap<OfficerId, string[]> {
  const office = desk.office();
  const namesByAbsent = new Map<OfficerId, string[]>();
  for (const delegation of office.delegations.values()) {
    if (!isRunningAt(delegation, { at: HLC_END, businessDate })) continue;
    namesByAbsent.set(delegation.from, [...(namesByAbsent.get(delegation.from) ?? []), office.officers.get(delegation.to)?.name ?? '']);
  }
  return namesByAbsent;
}

/** Both days and whatever lies between, closed days too: other calendars than the office's, and terms in calendar days, end there. */
export interface DueDays {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/** A list of open work: which rows, and the time by which they are put in order, the earliest first. */
export interface WorkList {
  readonly index: 'dossiers_open' | 'dossiers_step_due';
  readonly where: string;
  readonly values: readonly number[];
  readonly time: string;
}

const openWork = (where: string, values: readonly number[], time = 'due_at'): WorkList => ({ index: 'dossiers_open', where: `${IN_OPEN_INDEX} AND ${where}`, values, time });

export function dueWithin(days: DueDays): WorkList {
  return openWork(`${RUNNING} AND due_at >= ? AND due_at < ?`, boundsOf(days));
}

/** What was due on an earlier day. */
export function overdueOn(today: IsoDate): WorkList {
  return openWork(`${RUNNING} AND due_at < ?`, [officeInstant(today)]);
}

/** Steps beyond their own term in dossiers that are not overdue. */
export function lateSteps(now: number): WorkList {
  return { index: 'dossiers_step_due', where: LATE_STEP, values: lateStepBounds(now), time: 'step_due_at' };
}

/** The same of steps whose time somebody has to look at first. */
export function stepsToReview(now: number): WorkList {
  return { index: 'dossiers_step_due', where: TO_REVIEW, values: lateStepBounds(now), time: 'step_due_at' };
}

/** Papers that were asked for so long ago that the limit is over today: what `supplementLapsedOn` says, asked of the rows that wait. */
export function supplementsLapsed(today: IsoDate, limitDays: number): WorkList {
  const pausedAt = "json_extract(summary, '$.pausedAt')";
  return openWork(`status = 'waitingSupplement' AND ${pausedAt} < ?`, [officeInstant(addDays(today, -limitDays))], pausedAt);
}

/** A row of such a list, with its place in it. */
export interface WorkPlace {
  readonly time: number;
  readonly no: number;
}

export interface StoredWork extends WorkPlace {
  readonly summary: StoredSummary;
  readonly reasons: readonly OverdueReason[];
}

const FIRST: WorkPlace = { time: 0, no: 0 };

/** The rows behind a place, or the first ones. */
export function listWork({ db }: OpenDesk, { index, where, values, time }: WorkList, limit: number, after: WorkPlace = FIRST): StoredWork[] {
  const page = `SELECT no FROM dossiers INDEXED BY ${index} WHERE ${where} AND (${time}, no) > (?, ?) ORDER BY ${time}, no LIMIT ?`;
  const rows = db.all<{ no: number; time: number; summary: string; reasons: string | null }>(
    `SELECT no, ${time} AS time, summary, reasons FROM dossiers WHERE no IN (${page}) ORDER BY ${time}, no`, ...values, after.time, after.no, limit,
  );
  return rows.map(({ no, time: at, summary, reasons }) => ({
    no, time: at, summary: JSON.parse(summary) as StoredSummary, reasons: reasons === null ? [] : (JSON.parse(reasons) as OverdueReason[]),
  }));
}

export function countWork({ db }: OpenDesk, { index, where, values }: WorkList): number {
  return db.value<number>(`SELECT COUNT(*) FROM dossiers INDEXED BY ${index} WHERE ${where}`, ...values) ?? 0;
}

/** Where office days begin and end as instants. */
function boundsOf({ from, to }: DueDays): [number, number] {
  return [officeInstant(from), officeInstant(addDays(to, 1))];
}

/** A void or a correction in effect, with the list row of its dossier. */
export interface NotedChange {
  readonly at: number;
  readonly device: DeviceId;
  readonly seq: number;
  readonly id: OperationId;
  readonly dossier: SubjectId;
  readonly summary: StoredSummary;
}

export function listChanges({ db, log }: OpenDesk, since: number, limit: number): NotedChange[] {
  const rows = db.all<{ at: number; device: number; seq: number; dossier: Uint8Array; summary: string }>(
    'SELECT c.at, c.device, c.seq, c.dossier, d.summary FROM dossier_changes c JOIN dossiers d ON d.id = c.dossier WHERE c.at >= ? ORDER BY c.at DESC, c.device, c.seq LIMIT ?',
    since,
    limit,
  );
  return rows.map(({ at, device, seq, dossier, summary }) => {
    const name = log.names.textOf(device) as DeviceId;
    return { at, device: name, seq, id: `${name}:${seq}`, dossier: bytesToSubject(dossier), summary: JSON.parse(summary) as StoredSummary };
  });
}
