import type { DossierSummary } from '../../../src-shared/contract/dossier-views.ts';
import { isOverdue } from '../../../src-shared/domain/deadlines/deadline.ts';
import { useDeskNow } from '../../client/use-desk-now.ts';
import { useQuery } from '../../client/use-query.ts';
import { DueChip } from '../../frame/due-chip.tsx';
import { openScreen } from '../../router/router.ts';
import { formatShortCode } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState, Skeleton } from '../../ui/note.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';

const words = vi.today;
const ROWS_MAX = 20;

/** What I took up, the nearest due first (the core's order), with the next step in words. */
export function MyWork() {
  const nowMs = useDeskNow();
  const { value } = useQuery('dossiers.search', { tab: 'mine', limit: ROWS_MAX }, (event) => event.type === 'dossier' || event.type === 'office');
  const counts = useQuery('dossiers.counts', {}, (event) => event.type === 'dossier' || event.type === 'office');
  const rows = value?.dossiers ?? [];
  const all = counts.value?.mine ?? rows.length;
  const more = Math.max(0, all - rows.length);
  return (
    <Card title={words.mine.title} note={words.mine.order} aside={rows.length > 0 ? t(words.mine.count, { shown: rows.length, all }) : undefined} isFlush isClipped
      {...(more > 0 && { foot: <LinkButton label={t(words.mine.more, { count: more })} onPress={() => openScreen({ name: 'dossiers', list: 'mine' })} /> })}>
      {value === undefined && <Skeleton />}
      {value !== undefined && rows.length === 0 && (
        <EmptyState action={<LinkButton label={words.mine.seeOpen} onPress={() => openScreen({ name: 'dossiers', list: 'open' })} />}>{t(words.mine.empty)}</EmptyState>
      )}
      {rows.length > 0 && (
        <Table label={words.mine.title} columns={columns(nowMs)} rows={rows} rowId={(row) => row.id} density="two-line" isHeadHidden
          onOpen={(row) => openScreen({ name: 'dossier', dossierId: row.id })} />
      )}
    </Card>
  );
}

function columns(nowMs: number): readonly TableColumn<DossierSummary>[] {
  return [
    { id: 'name', header: words.mine.name, cell: (row) => <><b>{row.ownerName}</b><span className="second-line today-line">{row.procedureName}</span></> },
    { id: 'code', header: words.mine.code, width: 134, hasFigures: true, isWideOnly: true, cell: (row) => <span className="muted">{formatShortCode(row.code)}</span> },
    { id: 'due', header: words.mine.due, width: 170, cell: (row) => <DueChip dossier={row} /> },
    { id: 'next', header: words.mine.next, width: 220, cell: (row) => <span className="detail">{nextStep(row, nowMs)}</span> },
  ];
}

/** The next step as one would say it to a colleague. */
function nextStep(row: DossierSummary, nowMs: number): string {
  if (row.openConflicts > 0) return words.next.conflict;
  if (row.needsReview) return words.next.review;
  switch (row.status) {
    case 'processing':
      return row.dueAt !== null && isOverdue(row.dueAt, nowMs) ? words.next.overdue : words.next.processing;
    case 'received':
    case 'waitingSupplement':
    case 'waitingDuty':
    case 'finished':
      return words.next[row.status];
    case 'returned':
    case 'withdrawn':
    case 'stopped':
    case 'refused':
    case 'voided':
      return words.next.closed;
  }
}
