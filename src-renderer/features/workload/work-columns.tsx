import type { DossierSummary } from '../../../src-shared/contract/dossier-views.ts';
import type { OverdueReasonView, WorkRow } from '../../../src-shared/contract/workload.api.ts';
import { DueChip } from '../../frame/due-chip.tsx';
import { formatDate, formatInstant, formatShortCode } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import type { TableColumn } from '../../ui/table.tsx';

/** The columns of the leader's lists, the same in a card and in the whole list behind it. */
const words = vi.workload;

export const OVERDUE_COLUMNS: readonly TableColumn<Pick<WorkRow, 'dossier' | 'reasons'>>[] = [
  { id: 'who', header: words.overdue.who, cell: ({ dossier }) => <Who dossier={dossier} /> },
  { id: 'due', header: words.overdue.due, width: 158, cell: ({ dossier }) => <DueChip dossier={dossier} /> },
  { id: 'reason', header: words.overdue.reason, width: 236, cell: ({ dossier, reasons }) => (
    <>
      <span className="one-line">{dossier.holderName ?? words.load.nobody}</span>
      <span className="second-line two-lines reasons">{reasons.length === 0 ? words.overdue.noReason : reasons.map(reasonWords).join(' · ')}</span>
    </>
  ) },
];

export const STEP_COLUMNS: readonly TableColumn<DossierSummary>[] = [
  { id: 'who', header: words.overdue.who, cell: (dossier) => <Who dossier={dossier} /> },
  { id: 'step', header: words.steps.step, width: 158, cell: ({ step }) => (
    <>
      <span className={step?.needsReview ? 'one-line' : 'one-line load-over'}>{step?.name}</span>
      {step?.dueAt != null && <span className="second-line num one-line">{step.needsReview ? words.steps.review : t(vi.steps.due, { when: formatInstant(step.dueAt) })}</span>}
    </>
  ) },
  { id: 'holder', header: words.overdue.holder, width: 236, cell: (dossier) => <><span className="one-line">{dossier.holderName ?? words.load.nobody}</span><span className="second-line"><DueChip dossier={dossier} /></span></> },
];

/** Papers that were asked for and never came. */
export const LAPSED_COLUMNS: readonly TableColumn<Pick<WorkRow, 'dossier' | 'lapsedOn'>>[] = [
  { id: 'who', header: words.overdue.who, cell: ({ dossier }) => <Who dossier={dossier} /> },
  { id: 'since', header: words.lapsed.since, width: 158, cell: ({ dossier: { pausedAt }, lapsedOn }) => (
    <>
      <span className="one-line load-today">{lapsedOn !== null && t(words.lapsed.from, { date: formatDate(lapsedOn) })}</span>
      {pausedAt !== null && <span className="second-line num one-line">{t(words.lapsed.asked, { when: formatInstant(pausedAt) })}</span>}
    </>
  ) },
  { id: 'holder', header: words.overdue.holder, width: 236, cell: ({ dossier }) => <><span className="one-line">{dossier.holderName ?? words.load.nobody}</span><span className="second-line">{words.lapsed.mayStop}</span></> },
];

export const DUE_COLUMNS: readonly TableColumn<DossierSummary>[] = [
  { id: 'who', header: words.overdue.who, cell: (dossier) => <Who dossier={dossier} /> },
  { id: 'due', header: words.overdue.due, width: 158, cell: (dossier) => <DueChip dossier={dossier} /> },
  { id: 'holder', header: words.overdue.holder, width: 236, cell: (dossier) => (
    <>
      <span className="one-line">{dossier.holderName ?? words.load.nobody}</span>
      {dossier.status === 'received' && <span className="second-line">{words.reasons.untaken}</span>}
    </>
  ) },
];

function Who({ dossier }: { readonly dossier: DossierSummary }) {
  return (
    <>
      <span className="row"><b className="one-line">{dossier.ownerName}</b><span className="muted small num nowrap wide-only">{formatShortCode(dossier.code)}</span></span>
      <span className="second-line two-lines">{dossier.procedureName}</span>
    </>
  );
}

function reasonWords(reason: OverdueReasonView): string {
  switch (reason.code) {
    case 'forwarded':
      return t(words.reasons.forwarded, { agency: reason.agency });
    case 'supplemented':
      return reason.days === 0 ? words.reasons.supplementedSameDay : t(words.reasons.supplemented, { days: reason.days });
    case 'apologised':
      return t(words.reasons.apologised, { times: reason.times, reason: reason.reason });
    case 'conflict':
    case 'needsReview':
    case 'untaken':
    case 'reworked':
      return words.reasons[reason.code];
  }
}
