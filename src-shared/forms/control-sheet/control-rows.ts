import { classifyCompletion } from '../../domain/deadlines/deadline.ts';
import { isStepLate } from '../../domain/deadlines/step-deadline.ts';
import type { DossierBody, DossierKind } from '../../domain/dossiers/dossier-operations.ts';
import { stepsOf } from '../../domain/dossiers/dossier-steps.ts';
import { transfersOf, type Transfer } from '../../domain/dossiers/dossier-transfers.ts';
import type { Dossier, HistoryEntry, StepVisit } from '../../domain/dossiers/dossier.ts';
import type { Office } from '../../domain/office/office.ts';
import { writtenAt } from '../../domain/operations/operation.ts';
import { officerName, submitterOf } from '../paper/paper-facts.ts';

/** A pair of lines "1. Giao / 2. Nhận" of the control sheet. Null: nobody, or not signed yet. */
export interface ControlRow {
  readonly giver: string | null;
  readonly taker: string | null;
  /** UTC milliseconds. */
  readonly givenAt: number | null;
  readonly takenAt: number | null;
  /** Of the result alone, against the date that stood then. */
  readonly outcome: 'early' | 'onTime' | 'late' | null;
  /** The step that begins here. */
  readonly step: ControlStep | null;
  readonly note: string | null;
}

interface ControlStep {
  readonly name: string;
  readonly dueAt: number | null;
  /** The step that ended with it, against its own term; no outcome where it had none. */
  readonly ended: { readonly name: string; readonly outcome: 'early' | 'onTime' | 'late' | null } | null;
}

/**
 * The way of a dossier from hand to hand, out of its history: nothing is added that no act says, so a time or a name that
 * nobody wrote down stays empty. Acts that were taken back are not on it.
 */
export function controlRows(dossier: Dossier, office: Office): readonly ControlRow[] {
  const state: Walk = { rows: [], holder: null, dueAt: null, assigned: null, transfers: new Map(transfersOf(dossier.history).map((transfer) => [transfer.act, transfer])) };
  const reading: Reading = { name: (officer) => officerName(office, officer), citizen: submitterOf(dossier.content).name };
  for (const entry of dossier.history) {
    const before = state.rows.length;
    if (entry.effect === 'applied') HANDS[entry.header.kind as DossierKind]?.(entry as never, state, reading);
    const visit = dossier.stepVisits.findIndex(({ act }) => act === entry.id);
    if (visit >= 0) noteStep(dossier, visit, state, { hasRow: state.rows.length > before, holder: reading.name(state.holder), what: entry.header.kind === 'dossier.taken' ? 'Nhận xử lý' : 'Chuyển bước' });
  }
  return state.rows;
}

interface StepRow {
  readonly hasRow: boolean;
  readonly holder: string | null;
  readonly what: string;
}

/** Writes to the row of an act which step begins with it and how the one before ended; a step within one hand has a row of its own. */
function noteStep(dossier: Dossier, index: number, { rows }: Walk, { hasRow, holder, what }: StepRow): void {
  const { begunAt, due, index: place } = dossier.stepVisits[index]!;
  const name = stepsOf(dossier)[place]?.name;
  if (name === undefined) return;
  if (!hasRow) rows.push({ ...atOnce(begunAt), giver: holder, taker: holder, note: what });
  const row = rows.at(-1)!;
  const before = dossier.stepVisits[index - 1];
  const ended = before && { name: stepsOf(dossier)[before.index]!.name, outcome: stepOutcome(before) };
  rows[rows.length - 1] = { ...row, step: { name, dueAt: due?.dueAt ?? null, ended: ended ?? null } };
}

/** Late by the minute, early by the day: a step may take hours. */
function stepOutcome(visit: StepVisit): ControlRow['outcome'] {
  if (visit.due === null || visit.endedAt === null || visit.dueNeedsReview) return null;
  if (isStepLate(visit.due.dueAt, visit.endedAt)) return 'late';
  return classifyCompletion(visit.endedAt, visit.due.dueAt);
}

interface Walk {
  readonly rows: ControlRow[];
  holder: string | null;
  /** The row of an assignment that its officer has not answered yet. */
  assigned: { readonly row: number; readonly officer: string } | null;
  dueAt: number | null;
  readonly transfers: ReadonlyMap<string, Transfer>;
}

interface Reading {
  readonly name: (officer: string | null) => string | null;
  /** Whoever stands on the citizen's side of the counter. */
  readonly citizen: string;
}

type Hand<K extends DossierKind> = (entry: HistoryEntry & { readonly body: DossierBody<K> }, walk: Walk, reading: Reading) => void;

const atOnce = (at: number) => ({ givenAt: at, takenAt: at, outcome: null, step: null, note: null });
const onlyGiven = (at: number) => ({ taker: null, givenAt: at, takenAt: null, outcome: null, step: null });

const HANDS: { readonly [K in DossierKind]?: Hand<K> } = {
  'dossier.received': (entry, walk, reading) => begin(entry, walk, reading, 'Tiếp nhận'),
  'dossier.imported': (entry, walk, reading) => begin(entry, walk, reading, 'Chuyển từ nơi khác vào'),
  'dossier.taken': ({ header, body }, walk, { name }) => {
    const at = writtenAt(header);
    if (walk.assigned?.officer === body.officer) answerAssignment(walk, at);
    else if (walk.holder !== body.officer) walk.rows.push({ ...atOnce(at), giver: name(walk.holder), taker: name(body.officer), note: 'Nhận xử lý' });
    walk.holder = body.officer;
  },
  'dossier.assigned': ({ header, body }, walk, { name }) => {
    if (walk.holder === body.officer) return;
    const at = writtenAt(header);
    walk.assigned = header.actor === body.officer ? null : { row: walk.rows.length, officer: body.officer };
    // Whoever takes it upon himself has it; another one has it once he says so.
    walk.rows.push({ giver: name(header.actor), taker: name(body.officer), givenAt: at, takenAt: header.actor === body.officer ? at : null, outcome: null, step: null, note: noteOf('Giao xử lý', body.note) });
    walk.holder = body.officer;
  },
  'dossier.transferred': ({ id }, walk, { name }) => {
    const transfer = walk.transfers.get(id);
    if (transfer === undefined) return;
    const { from, to, givenAt, takenAt, note } = transfer;
    if (walk.assigned?.officer === to && takenAt !== null) answerAssignment(walk, takenAt);
    walk.rows.push({ giver: name(from), taker: name(to), givenAt, takenAt, outcome: null, step: null, note: noteOf('Bàn giao hồ sơ giấy', note) });
    walk.holder = to;
  },
  'dossier.supplementRequested': ({ header, body }, walk, { name }) => {
    walk.rows.push({ ...onlyGiven(body.pausedAt), giver: name(header.actor), note: 'Yêu cầu bổ sung, đồng hồ dừng' });
  },
  'dossier.supplementReceived': ({ header, body }, walk, { name, citizen }) => {
    walk.rows.push({ ...atOnce(body.receivedAt), giver: citizen, taker: name(header.actor), note: 'Bổ sung giấy tờ, đồng hồ chạy tiếp' });
    walk.dueAt = body.moved.appointment.dueAt;
  },
  'dossier.dutyRequested': ({ header, body }, walk, { name }) => {
    walk.rows.push({ ...onlyGiven(body.pausedAt), giver: name(header.actor), note: 'Yêu cầu nộp tiền, đồng hồ dừng' });
  },
  'dossier.dutyMet': ({ header, body }, walk, { name, citizen }) => {
    walk.rows.push({ ...atOnce(body.metAt), giver: citizen, taker: name(header.actor), note: 'Đã nộp tiền, đồng hồ chạy tiếp' });
    walk.dueAt = body.moved.appointment.dueAt;
  },
  'dossier.apologised': ({ body }, walk) => {
    walk.dueAt = body.moved.appointment.dueAt;
  },
  'dossier.forwarded': ({ header, body }, walk, { name }) => {
    walk.rows.push({ ...onlyGiven(writtenAt(header)), giver: name(header.actor), taker: body.agency, note: noteOf('Chuyển cơ quan khác', body.note) });
  },
  'dossier.finished': ({ header, body }, walk, { name }) => {
    walk.rows.push({ ...onlyGiven(body.finishedAt), giver: name(header.actor), outcome: classifyCompletion(body.finishedAt, walk.dueAt), note: `Có kết quả: ${body.result.summary}` });
  },
  'dossier.reworked': ({ header, body }, walk, { name }) => {
    walk.rows.push({ ...atOnce(writtenAt(header)), giver: null, taker: name(header.actor), note: `Làm lại kết quả: ${body.reason}` });
  },
  'dossier.handedOver': ({ header, body }, walk, { name }) => {
    const at = writtenAt(header);
    const isAtCounter = body.how === 'counter';
    const note = isAtCounter ? 'Trả kết quả' : body.how === 'post' ? noteOf('Gửi kết quả qua bưu điện', body.postOrder) : 'Trả kết quả qua mạng';
    walk.rows.push({ giver: name(header.actor), taker: body.receiver.name, givenAt: at, takenAt: isAtCounter ? at : null, outcome: null, step: null, note });
  },
  'dossier.withdrawn': (entry, walk, reading) => end(entry, walk, reading, 'Rút hồ sơ'),
  'dossier.stopped': (entry, walk, reading) => end(entry, walk, reading, 'Dừng giải quyết'),
  'dossier.refused': (entry, walk, reading) => end(entry, walk, reading, 'Từ chối giải quyết'),
};

function answerAssignment(walk: Walk, at: number): void {
  const row = walk.assigned && walk.rows[walk.assigned.row];
  if (walk.assigned && row) walk.rows[walk.assigned.row] = { ...row, takenAt: at };
  walk.assigned = null;
}

function begin({ header, body }: HistoryEntry & { readonly body: DossierBody<'dossier.received' | 'dossier.imported'> }, walk: Walk, { name, citizen }: Reading, note: string): void {
  walk.rows.push({ ...atOnce(body.receivedAt), giver: citizen, taker: name(header.actor), note });
  walk.holder = header.actor;
  walk.dueAt = body.content.appointment.dueAt;
}

function end({ header, body }: HistoryEntry & { readonly body: { readonly reason: string } }, walk: Walk, { name }: Reading, what: string): void {
  walk.rows.push({ ...onlyGiven(writtenAt(header)), giver: name(header.actor), note: `${what}: ${body.reason}` });
}

function noteOf(what: string, more: string | undefined): string {
  return more === undefined || more === '' ? what : `${what}: ${more}`;
}
