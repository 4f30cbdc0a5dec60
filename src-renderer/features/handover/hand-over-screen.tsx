import { useEffect, useRef, useState } from 'react';
import type { DossierSummary } from '../../../src-shared/contract/dossier-views.ts';
import { onCardScan } from '../../client/card-scan.ts';
import type { ScreenEvent } from '../../client/core-events.ts';
import { useQuery } from '../../client/use-query.ts';
import { DueChip } from '../../frame/due-chip.tsx';
import { Screen } from '../../frame/screen.tsx';
import { openScreen } from '../../router/router.ts';
import { formatIdNumber, formatShortCode } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Card } from '../../ui/card.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { MarkedDigits } from '../../ui/marked-digits.tsx';
import { MarkedText } from '../../ui/marked-text.tsx';
import { EmptyState, Note, Skeleton } from '../../ui/note.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { HandOverPanel } from './hand-over-panel.tsx';
import './hand-over.css';

const words = vi.handOver;
const ROWS_MAX = 100;
const aboutDossiers = (event: ScreenEvent) => event.type === 'dossier' || event.type === 'office';

/** Results that wait for their people at the left, the hand-over at the right. With a dossier it begins there. */
export function HandOverScreen({ dossierId }: { readonly dossierId?: string }) {
  const [chosen, setChosen] = useState<string | undefined>(dossierId);
  const [said, setSaid] = useState<string>();
  const [query, setQuery] = useState('');
  const list = useQuery('dossiers.search', { tab: 'toHandOver', query: query.trim(), limit: ROWS_MAX }, aboutDossiers);
  const counts = useQuery('dossiers.counts', {}, aboutDossiers);
  const rows = list.value?.dossiers ?? [];
  // A card scanned while nothing is chosen looks for whose result it is; the panel of a dossier listens before this.
  useEffect(() => onCardScan({
    read: (scan) => {
      if (scan.ok) setQuery(scan.value.idNumber);
    },
  }), []);
  useKeys(chosen !== undefined && dossierId === undefined ? [{ combo: 'Esc', label: vi.dossiers.panel.close, order: 45, listed: 'bar', run: () => setChosen(undefined) }] : []);

  return (
    <Screen title={words.title} layout="column">
      <div className="hand-over">
        <Card title={words.list} aside={t(words.listCount, { count: counts.value?.toHandOver ?? rows.length })} isFlush className="clipped">
          <div className="hand-over-find">
            <TextField label={words.search} isLabelHidden type="search" placeholder={words.search} value={query} onChange={setQuery} autoFocus={dossierId === undefined} />
          </div>
          <Rows rows={rows} query={query.trim()} isAnswered={list.value !== undefined} onOpen={(row) => {
            setSaid(undefined);
            setChosen(row.id);
          }} />
        </Card>
        <div className="hand-over-side">
          {said !== undefined && <Note kind="good">{said}</Note>}
          {chosen === undefined && said === undefined && <Card><p className="detail">{words.pick}</p></Card>}
          {chosen !== undefined && <Chosen key={chosen} dossierId={chosen} onDone={(receiver) => {
            setSaid(t(words.done, { name: receiver }));
            setChosen(undefined);
            document.querySelector<HTMLElement>('.hand-over-find input')?.focus();
          }} />}
        </div>
      </div>
    </Screen>
  );
}

function Chosen({ dossierId, onDone }: { readonly dossierId: string; readonly onDone: (receiver: string) => void }) {
  const { value, error } = useQuery('dossiers.get', { id: dossierId }, (event) => event.type === 'office' || (event.type === 'dossier' && event.id === dossierId));
  if (error !== undefined) return <Note kind="bad" errorCode={error.code}>{error.sentence}</Note>;
  if (value === undefined) return <Skeleton />;
  return <HandOverPanel dossier={value.dossier} onOpenDossier={() => openScreen({ name: 'dossier', dossierId })} onDone={onDone} />;
}

interface RowsProps {
  readonly rows: readonly DossierSummary[];
  readonly query: string;
  readonly isAnswered: boolean;
  readonly onOpen: (row: DossierSummary) => void;
}

function Rows({ rows, query, isAnswered, onOpen }: RowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  if (!isAnswered) return <Skeleton />;
  if (rows.length === 0) return <EmptyState>{query === '' ? words.empty : t(words.emptySearch, { typed: query })}</EmptyState>;
  const columns: readonly TableColumn<DossierSummary>[] = [
    { id: 'name', header: vi.dossiers.columns.owner, cell: (row) => (
      <>
        <b><MarkedText text={row.ownerName} query={query} /></b>
        <span className="second-line one-line">{row.ownerIdNumber === null ? '' : <span className="num"><MarkedDigits text={formatIdNumber(row.ownerIdNumber)} query={query} /> · </span>}{row.procedureName}</span>
      </>
    ) },
    { id: 'code', header: vi.dossiers.columns.code, width: 134, hasFigures: true, isWideOnly: true, cell: (row) => <span className="muted"><MarkedDigits text={formatShortCode(row.code)} query={query} /></span> },
    { id: 'due', header: vi.dossiers.columns.due, width: 150, cell: (row) => (row.openConflicts > 0 ? <span className="detail">{vi.dossiers.conflictMark}</span> : <DueChip dossier={row} />) },
  ];
  return (
    <div ref={scroller} className="card-flow">
      <Table label={words.list} columns={columns} rows={rows} rowId={(row) => row.id} onOpen={onOpen} density="two-line" isHeadHidden />
    </div>
  );
}
