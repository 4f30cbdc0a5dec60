import { isFeeAct } from '../fees/fee-operations.ts';
import type { DossierKind } from './dossier-operations.ts';

/**
 * The states of a dossier and which act is legal in which. Numbers are the national portal's status codes (domain.md §e.1);
 * "quá hạn" is no state: it is computed from the due time whenever somebody looks.
 */
export const DOSSIER_STATUSES = [
  'received', 'processing', 'waitingSupplement', 'waitingDuty', 'finished', 'returned', 'withdrawn', 'stopped', 'refused', 'voided',
] as const;
export type DossierStatus = (typeof DOSSIER_STATUSES)[number];

/**
 * Nine of the portal's ten codes are states here. The tenth, 1, is what nobody has received yet (`SUBMITTED_STATUS_CODE`).
 * Voided dossiers never existed for the portal; the code of what they were is not sent.
 */
export const NATIONAL_STATUS_CODES: Readonly<Record<DossierStatus, number | null>> = {
  received: 2,
  refused: 3,
  processing: 4,
  waitingSupplement: 5,
  waitingDuty: 6,
  withdrawn: 7,
  stopped: 8,
  finished: 9,
  returned: 10,
  voided: null,
};

/**
 * "Mới đăng ký": a citizen sent it to the portal, and no office has looked at it. No state has this code, because a dossier is born
 * by its reception: before that it has no number and no clock here (domain.md §e.2), and only the portal, which needs a network,
 * knows of it. A desk receives it with the channel "online" (code 2) or refuses it; an import leaves such a row out and says so.
 */
export const SUBMITTED_STATUS_CODE = 1;

const OPEN: readonly DossierStatus[] = ['received', 'processing', 'waitingSupplement', 'waitingDuty'];
const NOT_VOIDED: readonly DossierStatus[] = DOSSIER_STATUSES.filter((status) => status !== 'voided');

export function isOpen(status: DossierStatus): boolean {
  return OPEN.includes(status);
}

/** Nobody works on it any more, and there is no result left to hand over. */
export function isClosed(status: DossierStatus): boolean {
  return !isOpen(status) && status !== 'finished';
}

/** The clock of the citizen's appointment stands still: waiting for papers or for money (domain.md §e.2). */
export function isPaused(status: DossierStatus): boolean {
  return status === 'waitingSupplement' || status === 'waitingDuty';
}

/**
 * Acts that move the state: from where, to where. Every other kind is about data or paper and is legal in any state, so
 * that it commutes with the ones here. `null` target: the state stays.
 */
export const STATE_ACTS: Readonly<Partial<Record<DossierKind, { from: readonly DossierStatus[]; to: DossierStatus | null }>>> = {
  'dossier.taken': { from: ['received'], to: 'processing' },
  'dossier.supplementRequested': { from: ['received', 'processing'], to: 'waitingSupplement' },
  'dossier.supplementReceived': { from: ['waitingSupplement'], to: 'processing' },
  'dossier.dutyRequested': { from: ['received', 'processing'], to: 'waitingDuty' },
  'dossier.dutyMet': { from: ['waitingDuty'], to: 'processing' },
  'dossier.forwarded': { from: ['received', 'processing'], to: 'processing' },
  'dossier.apologised': { from: ['received', 'processing'], to: null },
  'dossier.finished': { from: ['processing'], to: 'finished' },
  'dossier.reworked': { from: ['finished'], to: 'processing' },
  'dossier.handedOver': { from: ['finished'], to: 'returned' },
  'dossier.withdrawn': { from: OPEN, to: 'withdrawn' },
  'dossier.stopped': { from: OPEN, to: 'stopped' },
  'dossier.refused': { from: OPEN, to: 'refused' },
  'dossier.voided': { from: NOT_VOIDED, to: 'voided' },
};

/** Acts that `dossier.undone` may take back. Reception and money are voided instead; papers, settlements and what was asked stay. */
export function isUndoable(kind: DossierKind): boolean {
  return !STAYS.has(kind) && !isFeeAct(kind);
}

const STAYS: ReadonlySet<DossierKind> = new Set<DossierKind>([
  'dossier.received', 'dossier.imported', 'dossier.undone', 'dossier.conflictSettled', 'dossier.conflictAsked', 'dossier.paperReported', 'dossier.paperReprinted',
  'dossier.voided',
]);

/** Paper, money and what a leader is asked stand beside the way of a dossier and never change what it is, so an undo looks past them. */
export function isBesideWay(kind: DossierKind): boolean {
  return kind === 'dossier.paperReported' || kind === 'dossier.paperReprinted' || kind === 'dossier.conflictAsked' || isFeeAct(kind);
}
