import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import type { DossierSummary } from '../../../src-shared/contract/dossier-views.ts';
import type { OfficerLoad, WorkListName } from '../../../src-shared/contract/workload.api.ts';
import { openScreen } from '../../router/router.ts';
import { formatNumber } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/note.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { DUE_COLUMNS, LAPSED_COLUMNS, OVERDUE_COLUMNS, STEP_COLUMNS } from './work-columns.tsx';

const words = vi.workload;
type Workload = OutputOf<'workload.get'>;

interface ListProps {
  readonly workload: Workload;
  readonly onOpen: (dossier: DossierSummary) => void;
}

/** The way to the whole of a list that the card shows the beginning of. */
function WholeList({ list, count }: { readonly list: WorkListName; readonly count: number }) {
  return <LinkButton label={t(words.lists.whole[list], { count })} onPress={() => openScreen({ name: 'workload', list })} />;
}

/** What is late, the longest first, with what the log says of why. */
export function OverdueCard({ workload: { overdue, counts }, onOpen }: ListProps) {
  const isCut = counts.overdue > overdue.length;
  return (
    <div className="workload-block" data-block="1" tabIndex={-1}>
      <Card title={words.overdue.title} aside={counts.overdue > 0 ? formatNumber(counts.overdue) : undefined} isFlush isClipped
        {...(isCut && { foot: <WholeList list="overdue" count={counts.overdue} /> })}>
        {overdue.length === 0
          ? <EmptyState>{words.overdue.empty}</EmptyState>
          : <Table label={words.overdue.title} columns={OVERDUE_COLUMNS} rows={overdue} rowId={({ dossier }) => dossier.id} density="two-line" isHeadHidden onOpen={({ dossier }) => onOpen(dossier)} />}
      </Card>
    </div>
  );
}

/** Late inside the office while the citizen's date still holds: the leader can still mend it. */
export function LateStepsCard({ workload: { lateSteps, stepsToReview, counts }, onOpen }: ListProps) {
  const rows = [...lateSteps, ...stepsToReview];
  const cut = [
    ...(counts.lateSteps > lateSteps.length ? [<WholeList key="late" list="lateSteps" count={counts.lateSteps} />] : []),
    ...(counts.stepsToReview > stepsToReview.length ? [<WholeList key="review" list="stepsToReview" count={counts.stepsToReview} />] : []),
  ];
  const aside = counts.stepsToReview === 0 ? formatNumber(counts.lateSteps) : t(words.steps.count, { late: formatNumber(counts.lateSteps), review: formatNumber(counts.stepsToReview) });
  return (
    <div className="workload-block" data-block="steps" tabIndex={-1}>
      <Card title={words.steps.title} note={words.steps.note} aside={aside} isFlush isClipped {...(cut.length > 0 && { foot: cut })}>
        <Table label={words.steps.title} columns={STEP_COLUMNS} rows={rows} rowId={({ id }) => id} density="two-line" isHeadHidden onOpen={onOpen} />
      </Card>
    </div>
  );
}

/** Whoever was asked for papers and has not brought them within the office's limit: closing is proposed, and people decide. */
export function LapsedCard({ workload: { supplementsLapsed, counts }, onOpen }: ListProps) {
  const isCut = counts.supplementsLapsed > supplementsLapsed.length;
  return (
    <div className="workload-block" data-block="lapsed" tabIndex={-1}>
      <Card title={words.lapsed.title} note={words.lapsed.note} aside={formatNumber(counts.supplementsLapsed)} isFlush isClipped
        {...(isCut && { foot: <WholeList list="supplementsLapsed" count={counts.supplementsLapsed} /> })}>
        <Table label={words.lapsed.title} columns={LAPSED_COLUMNS} rows={supplementsLapsed} rowId={({ dossier }) => dossier.id} density="two-line" isHeadHidden onOpen={({ dossier }) => onOpen(dossier)} />
      </Card>
    </div>
  );
}

/** Today's first, then those up to the next working day. */
export function DueCard({ workload: { dueToday, dueNext, counts }, day, onOpen }: ListProps & { readonly day: string }) {
  const rows = [...dueToday, ...dueNext];
  const count = counts.dueToday + counts.dueNext;
  return (
    <div className="workload-block" data-block="2" tabIndex={-1}>
      <Card title={t(words.due.title, { day })} isFlush isClipped {...(count > rows.length && { foot: <WholeList list="due" count={count} /> })}>
        {rows.length === 0
          ? <EmptyState>{t(words.due.empty, { day })}</EmptyState>
          : <Table label={t(words.due.title, { day })} columns={DUE_COLUMNS} rows={rows} rowId={({ id }) => id} density="two-line" isHeadHidden onOpen={onOpen} />}
      </Card>
    </div>
  );
}

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
