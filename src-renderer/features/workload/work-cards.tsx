import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import type { DossierSummary } from '../../../src-shared/contract/dossier-views.ts';
import type { OfficerLoad, OverdueReasonView } from '../../../src-shared/contract/workload.api.ts';
import { DueChip } from '../../frame/due-chip.tsx';
import { openScreen } from '../../router/router.ts';
import { formatInstant, formatNumber, formatShortCode } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/note.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';

const words = vi.workload;
type Workload = OutputOf<'workload.get'>;
type Overdue = Workload['overdue'][number];

interface ListProps {
  readonly workload: Workload;
  readonly onOpen: (dossier: DossierSummary) => void;
}

/** What is late, the longest first, with what the log says of why. */
export function OverdueCard({ workload: { overdue, counts }, onOpen }: ListProps) {
  const isCut = counts.overdue > overdue.length;
  return (
    <div className="workload-block" data-block="1" tabIndex={-1}>
      <Card title={words.overdue.title} aside={counts.overdue > 0 ? formatNumber(counts.overdue) : undefined} isFlush isClipped
        {...(isCut && { foot: <LinkButton label={t(words.overdue.more, { count: counts.overdue })} onPress={() => openScreen({ name: 'dossiers', list: 'overdue' })} /> })}>
        {overdue.length === 0
          ? <EmptyState>{words.overdue.empty}</EmptyState>
          : <Table label={words.overdue.title} columns={OVERDUE_COLUMNS} rows={overdue} rowId={({ dossier }) => dossier.id} density="two-line" isHeadHidden onOpen={({ dossier }) => onOpen(dossier)} />}
      </Card>
    </div>
  );
}

const OVERDUE_COLUMNS: readonly TableColumn<Overdue>[] = [
  { id: 'who', header: words.overdue.who, cell: ({ dossier }) => <Who dossier={dossier} /> },
  { id: 'due', header: words.overdue.due, width: 158, cell: ({ dossier }) => <DueChip dossier={dossier} /> },
  { id: 'reason', header: words.overdue.reason, width: 236, cell: ({ dossier, reasons }) => (
    <>
      <span className="one-line">{dossier.holderName ?? words.load.nobody}</span>
      <span className="second-line">{reasons.length === 0 ? words.overdue.noReason : reasons.map(reasonWords).join(' · ')}</span>
    </>
  ) },
];

/** Late inside the office while the citizen's date still holds: the leader can still mend it. */
export function LateStepsCard({ workload: { lateSteps, stepsToReview, counts }, onOpen }: ListProps) {
  const rows = [...lateSteps, ...stepsToReview];
  const more = counts.lateSteps + counts.stepsToReview - rows.length;
  const aside = counts.stepsToReview === 0 ? formatNumber(counts.lateSteps) : t(words.steps.count, { late: formatNumber(counts.lateSteps), review: formatNumber(counts.stepsToReview) });
  return (
    <div className="workload-block" data-block="steps" tabIndex={-1}>
      <Card title={words.steps.title} note={words.steps.note} aside={aside} isFlush isClipped {...(more > 0 && { foot: t(words.due.more, { count: more }) })}>
        <Table label={words.steps.title} columns={STEP_COLUMNS} rows={rows} rowId={({ id }) => id} density="two-line" isHeadHidden onOpen={onOpen} />
      </Card>
    </div>
  );
}

const STEP_COLUMNS: readonly TableColumn<DossierSummary>[] = [
  { id: 'who', header: words.overdue.who, cell: (dossier) => <Who dossier={dossier} /> },
  { id: 'step', header: words.steps.step, width: 158, cell: ({ step }) => (
    <>
      <span className={step?.needsReview ? 'one-line' : 'one-line load-over'}>{step?.name}</span>
      {step?.dueAt != null && <span className="second-line num one-line">{step.needsReview ? words.steps.review : t(vi.steps.due, { when: formatInstant(step.dueAt) })}</span>}
    </>
  ) },
  { id: 'holder', header: words.overdue.holder, width: 236, cell: (dossier) => <><span className="one-line">{dossier.holderName ?? words.load.nobody}</span><span className="second-line"><DueChip dossier={dossier} /></span></> },
];

function Who({ dossier }: { readonly dossier: DossierSummary }) {
  return (
    <>
      <span className="row"><b className="one-line">{dossier.ownerName}</b><span className="muted small num nowrap wide-only">{formatShortCode(dossier.code)}</span></span>
      <span className="second-line one-line">{dossier.procedureName}</span>
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
      return t(words.reasons.apologised, { times: reason.times });
    case 'conflict':
    case 'needsReview':
    case 'untaken':
    case 'reworked':
      return words.reasons[reason.code];
  }
}

/** Today's first, then those up to the next working day. */
export function DueCard({ workload: { dueToday, dueNext, counts }, day, onOpen }: ListProps & { readonly day: string }) {
  const rows = [...dueToday, ...dueNext];
  const more = counts.dueToday + counts.dueNext - rows.length;
  return (
    <div className="workload-block" data-block="2" tabIndex={-1}>
      <Card title={t(words.due.title, { day })} isFlush isClipped {...(more > 0 && { foot: t(words.due.more, { count: more }) })}>
        {rows.length === 0
          ? <EmptyState>{t(words.due.empty, { day })}</EmptyState>
          : <Table label={t(words.due.title, { day })} columns={DUE_COLUMNS} rows={rows} rowId={({ id }) => id} density="two-line" isHeadHidden onOpen={onOpen} />}
      </Card>
    </div>
  );
}

const DUE_COLUMNS: readonly TableColumn<DossierSummary>[] = [
  { id: 'who', header: words.overdue.who, cell: (dossier) => <Who dossier={dossier} /> },
  { id: 'due', header: words.overdue.due, width: 158, cell: (dossier) => <DueChip dossier={dossier} /> },
  { id: 'holder', header: words.overdue.holder, width: 236, cell: (dossier) => (
    <>
      <span className="one-line">{dossier.holderName ?? words.load.nobody}</span>
      {dossier.status === 'received' && <span className="second-line">{words.reasons.untaken}</span>}
    </>
  ) },
];

/** Who has how much, the most overdue first, and the sum below. */
export function LoadCard({ officers }: { readonly officers: readonly OfficerLoad[] }) {
  const sum = (count: (load: OfficerLoad) => number) => formatNumber(officers.reduce((total, load) => total + count(load), 0));
  return (
    <div className="workload-block workload-load" data-block="3" tabIndex={-1}>
      <Card title={words.load.title} isFlush isClipped>
        <Table label={words.load.title} columns={LOAD_COLUMNS} rows={officers} rowId={({ officer }) => officer ?? ''} density="two-line"
          foot={(
            <tr>
              <td>{words.load.total}</td>
              <td className="right num"><b>{sum(({ open }) => open)}</b></td>
              <td className="right num wide-only"><b>{sum(({ waiting }) => waiting)}</b></td>
              <td className="right num"><b>{sum(({ dueToday }) => dueToday)}</b></td>
              <td className="right num"><b>{sum(({ overdue }) => overdue)}</b></td>
            </tr>
          )} />
      </Card>
    </div>
  );
}

const figure = (count: number, tone?: 'over' | 'today') => <span className={count === 0 ? 'muted' : tone === undefined ? undefined : `load-${tone}`}>{formatNumber(count)}</span>;

const LOAD_COLUMNS: readonly TableColumn<OfficerLoad>[] = [
  { id: 'officer', header: words.load.officer, cell: (load) => (
    <>
      <b className="one-line">{load.name ?? words.load.nobody}</b>
      {noteOf(load) !== '' && <span className="second-line">{noteOf(load)}</span>}
    </>
  ) },
  { id: 'open', header: words.load.open, width: 74, align: 'right', hasFigures: true, cell: ({ open }) => figure(open) },
  { id: 'waiting', header: words.load.waiting, width: 74, align: 'right', hasFigures: true, isWideOnly: true, cell: ({ waiting }) => figure(waiting) },
  { id: 'today', header: words.load.today, width: 72, align: 'right', hasFigures: true, cell: ({ dueToday }) => figure(dueToday, 'today') },
  { id: 'overdue', header: words.load.overdue, width: 72, align: 'right', hasFigures: true, cell: ({ overdue }) => figure(overdue, 'over') },
];

function noteOf({ standIns, retired, untaken, lateSteps }: OfficerLoad): string {
  return [
    retired ? words.load.retired : '',
    standIns.length > 0 ? t(words.load.away, { names: standIns.join(', ') }) : '',
    untaken > 0 ? t(words.load.untaken, { count: untaken }) : '',
    lateSteps > 0 ? t(words.load.lateSteps, { count: lateSteps }) : '',
  ].filter((part) => part !== '').join(' · ');
}
