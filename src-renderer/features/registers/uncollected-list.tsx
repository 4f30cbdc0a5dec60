import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import { officeDate } from '../../../src-shared/lib/office-time.ts';
import { useQuery } from '../../client/use-query.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { formatDate, formatPhone } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { LongTable } from '../../ui/long-table.tsx';
import { EmptyState, Skeleton } from '../../ui/note.tsx';
import type { TableColumn } from '../../ui/table.tsx';

const words = vi.registers.uncollected;
type Result = OutputOf<'registers.uncollected'>['results'][number];

const COLUMNS: readonly TableColumn<Result>[] = [
  { id: 'owner', header: words.columns.owner, width: 240, cell: ({ dossier }) => <b className="one-line">{dossier.ownerName}</b> },
  { id: 'phone', header: words.columns.phone, width: 150, hasFigures: true, cell: ({ phone }) => (phone === null ? <span className="muted">{words.noPhone}</span> : <b>{formatPhone(phone)}</b>) },
  { id: 'procedure', header: words.columns.procedure, cell: ({ dossier }) => <span className="two-lines">{dossier.procedureName}</span> },
  { id: 'finished', header: words.columns.finished, width: 130, hasFigures: true, isWideOnly: true, cell: ({ dossier }) => dossier.finishedAt !== null && formatDate(officeDate(dossier.finishedAt)) },
  { id: 'waited', header: words.columns.waited, width: 110, hasFigures: true, cell: ({ waitedDays }) => (waitedDays === 0 ? words.today : <b>{t(words.days, { count: waitedDays })}</b>) },
  { id: 'code', header: words.columns.code, width: 190, hasFigures: true, cell: ({ dossier }) => dossier.code },
];

/** Finished and not handed over: whom to call, the longest waiting first. */
export function UncollectedList({ onOpen }: { readonly onOpen: (dossierId: string) => void }) {
  const { value, error } = useQuery('registers.uncollected', {}, (event) => event.type === 'dossier' || event.type === 'office');
  if (error !== undefined) return <RefusalNote error={error} />;
  if (value === undefined) return <Skeleton />;
  const { results, count } = value;
  if (results.length === 0) return <div className="card"><EmptyState>{words.empty}</EmptyState></div>;
  return (
    <>
      <div className="register-lines-block" data-block="2">
        <LongTable label={vi.registers.tabs.uncollected} columns={COLUMNS} rows={results} rowId={({ dossier }) => dossier.id} hasMore={false} onNearEnd={() => undefined} onOpen={({ dossier }) => onOpen(dossier.id)} />
      </div>
      <p className="register-totals num" role="status">{count > results.length ? t(words.cut, { shown: results.length, count }) : t(words.count, { count })}</p>
    </>
  );
}
