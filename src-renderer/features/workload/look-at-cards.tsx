import type { ConflictView, DossierSummary } from '../../../src-shared/contract/dossier-views.ts';
import type { ChangeView } from '../../../src-shared/contract/workload.api.ts';
import { officeDate } from '../../../src-shared/lib/office-time.ts';
import { formatDayMonth, formatInstant, formatNumber, formatTime } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/note.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';

const words = vi.workload;

interface ConflictsCardProps {
  readonly conflicts: readonly ConflictView[];
  readonly onOpen: (dossierId: string) => void;
}

/** What somebody must choose; one about the office itself is no row of a dossier and only read. */
export function ConflictsCard({ conflicts, onOpen }: ConflictsCardProps) {
  const open = ({ dossier }: ConflictView) => {
    if (dossier !== null) onOpen(dossier);
  };
  return (
    <div className="workload-block" data-block="4" tabIndex={-1}>
      <Card title={words.conflicts.title} aside={formatNumber(conflicts.length)} isFlush isClipped>
        <Table label={words.conflicts.title} columns={CONFLICT_COLUMNS} rows={conflicts} rowId={({ id }) => id} density="two-line" isHeadHidden onOpen={open} />
      </Card>
    </div>
  );
}

const CONFLICT_COLUMNS: readonly TableColumn<ConflictView>[] = [
  { id: 'what', header: words.changes.what, cell: ({ title, operations, dossier, asked }) => (
    <>
      <b className="one-line">{title}</b>
      <span className="second-line two-lines">{dossier === null ? words.conflicts.office : operations.map((side) => [side.title, side.actorName].filter((part) => part !== null).join(', ')).join(' – ')}</span>
      {asked !== null && <b className="second-line">{t(words.conflicts.asked, { name: asked.byName ?? vi.conflicts.unknownAsker, time: formatTime(asked.at), date: formatDayMonth(officeDate(asked.at)) })}</b>}
    </>
  ) },
];

interface ChangesCardProps {
  readonly days: number;
  readonly changes: readonly ChangeView[];
  readonly hasMore: boolean;
  readonly onOpen: (dossier: DossierSummary) => void;
}

/** Voids and corrections, the newest first: of whom, what, by whom and why. */
export function ChangesCard({ days, changes, hasMore, onOpen }: ChangesCardProps) {
  const title = t(words.changes.title, { days });
  return (
    <div className="workload-block" data-block="5" tabIndex={-1}>
      <Card title={title} aside={changes.length > 0 ? formatNumber(changes.length) : undefined} isFlush isClipped {...(hasMore && { foot: words.changes.more })}>
        {changes.length === 0
          ? <EmptyState>{words.changes.empty}</EmptyState>
          : <Table label={title} columns={CHANGE_COLUMNS} rows={changes} rowId={({ id }) => id} density="two-line" isHeadHidden onOpen={({ dossier }) => onOpen(dossier)} />}
      </Card>
    </div>
  );
}

/** The reason stands last among the words of an act; here it is what is looked for. */
function whyFirst({ lines }: ChangeView): ChangeView['lines'] {
  return [...lines.slice(-1), ...lines.slice(0, -1)];
}

const CHANGE_COLUMNS: readonly TableColumn<ChangeView>[] = [
  { id: 'what', header: words.changes.what, cell: (change) => (
    <>
      <b className="one-line">{change.title}: {change.dossier.ownerName}</b>
      <span className="second-line two-lines">{whyFirst(change).map(({ label, text }) => `${label}: ${text}`).join(' · ')}</span>
    </>
  ) },
  { id: 'who', header: words.changes.who, width: 140, cell: ({ actorName, at }) => (
    <><span className="one-line">{actorName ?? ''}</span><span className="second-line num">{formatInstant(at)}</span></>
  ) },
];
