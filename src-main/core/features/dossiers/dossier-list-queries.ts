import type { OutputOf } from '../../../../src-shared/contract/contract.ts';
import type { DossierRow, DossierView } from '../../../../src-shared/contract/dossier-views.ts';
import type { LIST_TABS } from '../../../../src-shared/contract/dossiers.api.ts';
import { delegationsAt } from '../../../../src-shared/domain/office/permissions.ts';
import { HLC_END } from '../../../../src-shared/lib/hlc.ts';
import type { OfficerId, SubjectId } from '../../../../src-shared/lib/ids.ts';
import { addDays, officeDate, officeInstant } from '../../../../src-shared/lib/office-time.ts';
import { IN_OPEN_INDEX, NO_PER_MS, type StoredSummary } from '../../../../src-node/operations/dossier-projection.ts';
import { wordsQuery } from '../../../../src-node/operations/dossier-words.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { summaryToWire } from './dossier-view.ts';
import { createNaming } from './naming.ts';

/**
 * Lists, search and counters. Every list reads open work through its partial index, which stays small however many years
 * lie behind it, or walks the newest rows until the page is full. Nothing computed from the clock is stored.
 */
type ListTab = (typeof LIST_TABS)[number];

interface DossierSearch {
  readonly query: string;
  readonly tab: ListTab;
  readonly limit: number;
  /** From the previous page; the contract lets only its shape through. */
  readonly cursor?: string | undefined;
  readonly officer: OfficerId;
}

interface DossierPage {
  readonly dossiers: DossierRow[];
  readonly cursor: string | null;
}

/** One page: newest first; what is due (overdue, due today, mine) by its due time first, without a search word. */
export function searchDossiers(desk: OpenDesk, search: DossierSearch, deliveryOf: (desk: OpenDesk, dossier: SubjectId) => DossierView['delivery']): DossierPage {
  const typed = search.query.trim();
  const query = typed === '' ? null : wordsQuery(typed);
  // Something was typed that no dossier can hold, as "…": nothing is found, and not everything.
  if (typed !== '' && query === null) return { dossiers: [], cursor: null };
  const filter = filterOf(desk, search);
  const rows = query === null ? listRows(desk, search, filter) : findRows(desk, search, filter, query);
  const page = rows.slice(0, search.limit);
  const last = page.at(-1);
  const naming = createNaming(desk.office());
  return {
    dossiers: page.map((row) => {
      const summary = summaryToWire(JSON.parse(row.summary) as StoredSummary, naming);
      const delivery = deliveryOf(desk, summary.id as SubjectId);
      return { ...summary, isAbove: delivery && delivery.delivered === delivery.operations };
    }),
    cursor: rows.length > search.limit && last ? `${query === null && BY_DUE.has(search.tab) ? `${last.due_at ?? NO_DUE}.` : ''}${last.no}` : null,
  };
}

/** The counters of the home screen, in time that grows with open work only. */
export function countDossiers(desk: OpenDesk, officer: OfficerId): OutputOf<'dossiers.counts'> {
  const { db } = desk;
  const { dayStart, dayEnd } = today(desk);
  const counts = { overdue: 0, dueToday: 0, toHandOver: 0, waiting: 0, open: 0, receivedToday: 0, done: 0, voided: 0, mine: 0, conflicts: 0 };
  for (const row of db.all<OpenCounts>(COUNT_OPEN, dayStart, dayStart, dayEnd, holdersOf(desk, officer))) {
    if (row.status === 'finished') {
      counts.toHandOver += row.count;
      continue;
    }
    counts.open += row.count;
    counts.mine += row.mine;
    if (row.status === 'waitingSupplement' || row.status === 'waitingDuty') counts.waiting += row.count;
    else {
      counts.overdue += row.overdue;
      counts.dueToday += row.due_today;
    }
  }
  for (const { status, count } of db.all<{ status: string; count: number }>('SELECT status, count FROM dossier_counts')) {
    if (status === 'voided') counts.voided += count;
    else if (DONE.includes(status)) counts.done += count;
  }
  counts.receivedToday = db.value<number>('SELECT COUNT(*) FROM dossiers WHERE no >= ? AND no < ?', dayStart * NO_PER_MS, dayEnd * NO_PER_MS) ?? 0;
  counts.conflicts = db.value<number>('SELECT COUNT(*) FROM dossiers WHERE open_conflicts > 0') ?? 0;
  return counts;
}

interface ListRow {
  readonly no: number;
  readonly due_at: number | null;
  readonly summary: string;
}

interface OpenCounts {
  readonly status: string;
  readonly count: number;
  readonly overdue: number;
  readonly due_today: number;
  readonly mine: number;
}

const DONE: readonly string[] = ['returned', 'withdrawn', 'stopped', 'refused'];
/** Lists that answer "what is next?". */
const BY_DUE: ReadonlySet<ListTab> = new Set<ListTab>(['overdue', 'dueToday', 'mine']);
/** After every due time: what has none comes last. Below 2^53. */
const NO_DUE = 9_000_000_000_000_000;
const NO_MAX = 9_000_000_000_000_000;

const OPEN_STATUSES = `('received', 'processing', 'waitingSupplement', 'waitingDuty')`;
/** The clock runs: what waits for papers or money is neither due nor overdue. */
const RUNNING = `('received', 'processing')`;
const DONE_STATUSES = `('returned', 'withdrawn', 'stopped', 'refused')`;

const COUNT_OPEN = `SELECT status, COUNT(*) AS count, SUM(due_at < ?) AS overdue, SUM(due_at >= ? AND due_at < ?) AS due_today, SUM(IFNULL(holder IN (SELECT value FROM json_each(?)), 0)) AS mine
  FROM dossiers INDEXED BY dossiers_open WHERE ${IN_OPEN_INDEX} GROUP BY status`;

/** What a tab asks of a row, as SQL with its values. One constant text per tab, so that statements are prepared once. */
interface Filter {
  /** Null where nothing is asked (all). */
  readonly where: string | null;
  readonly values: readonly (number | string)[];
  /** Open work stands in the partial index. */
  readonly isOpenWork: boolean;
}

function filterOf(desk: OpenDesk, { tab, officer }: DossierSearch): Filter {
  const { dayStart, dayEnd } = today(desk);
  const open = (where: string, ...values: (number | string)[]): Filter => ({ where: `${IN_OPEN_INDEX} AND ${where}`, values, isOpenWork: true });
  switch (tab) {
    case 'open':
      return open(`status IN ${OPEN_STATUSES}`);
    case 'overdue':
      return open(`status IN ${RUNNING} AND due_at < ?`, dayStart);
    case 'dueToday':
      return open(`status IN ${RUNNING} AND due_at >= ? AND due_at < ?`, dayStart, dayEnd);
    case 'waiting':
      return open(`status IN ('waitingSupplement', 'waitingDuty')`);
    case 'toHandOver':
      return open(`status = 'finished'`);
    case 'mine':
      return open(`status IN ${OPEN_STATUSES} AND holder IN (SELECT value FROM json_each(?))`, holdersOf(desk, officer));
    case 'done':
      return { where: `status IN ${DONE_STATUSES}`, values: [], isOpenWork: false };
    case 'all':
      return { where: null, values: [], isOpenWork: false };
  }
}

/** The officer and everybody whom the officer stands in for today, as a JSON list of their numbers. */
function holdersOf(desk: OpenDesk, officer: OfficerId): string {
  const absent = delegationsAt(desk.office(), officer, { at: HLC_END, businessDate: desk.clock.businessDate() });
  return JSON.stringify([officer, ...absent.map((one) => one.for)].flatMap((one) => desk.log.names.find(one) ?? []));
}

/** The office's present day as instants: overdue means due on an earlier day, by date and not by minute (`isOverdue`). */
function today(desk: OpenDesk): { dayStart: number; dayEnd: number } {
  const date = officeDate(desk.clock.nowMs());
  return { dayStart: officeInstant(date), dayEnd: officeInstant(addDays(date, 1)) };
}

function listRows({ db }: OpenDesk, search: DossierSearch, { where, values, isOpenWork }: Filter): readonly ListRow[] {
  const { due, no } = readCursor(search.cursor);
  if (!isOpenWork) {
    // By rowid from the newest end; what is not asked for lies among the newest and is passed over.
    return db.all<ListRow>(`SELECT no, due_at, summary FROM dossiers WHERE no < ?${where === null ? '' : ` AND ${where}`} ORDER BY no DESC LIMIT ?`, no, search.limit + 1);
  }
  if (!BY_DUE.has(search.tab)) {
    const page = `SELECT no FROM dossiers INDEXED BY dossiers_open WHERE ${where} AND no < ? ORDER BY no DESC LIMIT ?`;
    return db.all<ListRow>(`SELECT no, due_at, summary FROM dossiers WHERE no IN (${page}) ORDER BY no DESC`, ...values, no, search.limit + 1);
  }
  const order = `IFNULL(due_at, ${NO_DUE}), no`;
  const page = `SELECT no FROM dossiers INDEXED BY dossiers_open WHERE ${where} AND (IFNULL(due_at, ${NO_DUE}), no) > (?, ?) ORDER BY ${order} LIMIT ?`;
  return db.all<ListRow>(`SELECT no, due_at, summary FROM dossiers WHERE no IN (${page}) ORDER BY ${order}`, ...values, due, search.cursor === undefined ? 0 : no, search.limit + 1);
}

/** By words, newest first: the words' own lists are read from the newest end until the page is full; no ranking, no counting. */
function findRows(desk: OpenDesk, search: DossierSearch, filter: Filter, query: string): readonly ListRow[] {
  const { no } = readCursor(search.cursor);
  if (filter.isOpenWork) return findOpenRows(desk, filter, query, { below: no, limit: search.limit + 1 });
  // CROSS JOIN keeps the words outside: their order is the answer's order, and each hit costs one look-up.
  const sql = `SELECT d.no, d.due_at, d.summary FROM dossier_words w CROSS JOIN dossiers d ON d.no = w.rowid
    WHERE w.dossier_words MATCH ? AND w.rowid < ?${filter.where === null ? '' : ` AND ${filter.where}`} ORDER BY w.rowid DESC LIMIT ?`;
  return desk.db.all<ListRow>(sql, query, no, ...filter.values, search.limit + 1);
}

/** Hits in a row that are no open work before the search jumps to the next open dossier. A jump costs about as much as these. */
const MISSES_MAX = 300;

/**
 * By words within open work. FTS5 does not stop at a lower bound when it reads backwards, so the hits are met here with the
 * few rows of the list: past its oldest row it ends, and over a long stretch without open work it jumps.
 */
function findOpenRows({ db }: OpenDesk, { where, values }: Filter, query: string, page: { below: number; limit: number }): ListRow[] {
  const nos = db.all<{ no: number }>(`SELECT no FROM dossiers INDEXED BY dossiers_open WHERE ${where} AND no < ? ORDER BY no DESC`, ...values, page.below).map(({ no }) => no);
  const wanted = new Set(nos);
  const found: number[] = [];
  for (let start: number | undefined = nos[0]; start !== undefined; ) {
    const from: number = start;
    start = undefined;
    let misses = 0;
    for (const { no } of db.iterate<{ no: number }>('SELECT rowid AS no FROM dossier_words WHERE dossier_words MATCH ? AND rowid <= ? ORDER BY rowid DESC', query, from)) {
      if (wanted.has(no)) found.push(no);
      misses = wanted.has(no) ? 0 : misses + 1;
      if (found.length === page.limit || no <= nos.at(-1)!) break;
      if (misses < MISSES_MAX) continue;
      start = nos.find((other) => other < no);
      break;
    }
  }
  return found.flatMap((no) => db.get<ListRow>('SELECT no, due_at, summary FROM dossiers WHERE no = ?', no) ?? []);
}

/** `no`, or `due.no` for lists by due time. */
function readCursor(cursor: string | undefined): { due: number; no: number } {
  if (cursor === undefined) return { due: 0, no: NO_MAX };
  const parts = cursor.split('.').map(Number);
  return parts.length === 2 ? { due: parts[0]!, no: parts[1]! } : { due: 0, no: parts[0]! };
}
