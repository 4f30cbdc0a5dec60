import type { DossierView } from '../../../src-shared/contract/dossier-views.ts';
import type { DossierAct } from './act-looks.ts';

/** Where each act stands on the page of a dossier: calm means one step ahead, a few keys, and one list for the rest. */
export interface ActsLayout {
  /** The one next step, also while somebody else has to do it; undefined once all is done. */
  readonly next: DossierAct | undefined;
  /** Done every day in this state, shown with the reason while they cannot be done. */
  readonly everyday: readonly DossierAct[];
  /** Smaller, and only while they can be done. */
  readonly beside: readonly DossierAct[];
  /** Behind "Việc khác": what can be done, then what cannot and why. */
  readonly more: readonly DossierAct[];
}

const NEXT_STEP: Readonly<Partial<Record<DossierView['status'], DossierAct>>> = {
  received: 'take',
  processing: 'finish',
  waitingSupplement: 'receiveSupplement',
  waitingDuty: 'meetDuty',
  finished: 'handOver',
};
const EVERYDAY: Readonly<Partial<Record<DossierView['status'], readonly DossierAct[]>>> = {
  received: ['requestSupplement', 'handOver'],
  processing: ['requestSupplement', 'handOver'],
  waitingSupplement: ['handOver'],
  waitingDuty: ['handOver'],
};
/** The less grave before those that close a dossier. */
const ALL_IN_ORDER: readonly DossierAct[] = [
  'undo', 'correct', 'collectFee', 'exemptFee', 'issueFeeReceipt', 'refundFee', 'voidFee', 'finish', 'take', 'moveStep', 'apologise', 'requestDuty', 'requestSupplement', 'forward', 'rework', 'withdraw', 'stop', 'refuse', 'void', 'assign', 'transfer',
];

/** `isDue`: the day of the appointment has come, so that an apology is near at hand. `owesFee`: money is still to be taken. */
export function actsLayout({ status, acts }: Pick<DossierView, 'status' | 'acts'>, isDue: boolean, owesFee = false): ActsLayout {
  const possible = new Set(acts.filter((one) => one.possible).map(({ act }) => act));
  const next = possible.has('confirmTransfer') ? 'confirmTransfer' : NEXT_STEP[status];
  const everyday: readonly DossierAct[] = [...(EVERYDAY[status] ?? []), 'reprint'];
  const beside = (['assign', 'transfer', 'apologise', 'collectFee'] as const).filter((act) => possible.has(act) && (act !== 'apologise' || isDue) && (act !== 'collectFee' || owesFee));
  const rest = ALL_IN_ORDER.filter((act) => act !== next && !everyday.includes(act) && !beside.some((one) => one === act));
  return { next, everyday, beside, more: [...rest.filter((act) => possible.has(act)), ...rest.filter((act) => !possible.has(act))] };
}
