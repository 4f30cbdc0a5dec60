import { useState } from 'react';
import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import { useQuery } from '../../client/use-query.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { formatInstant } from '../../text/format.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Chip } from '../../ui/chip.tsx';
import { EmptyState, Skeleton } from '../../ui/note.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';

type Entry = OutputOf<'office.history'>['entries'][number];
const words = vi.officeSettings.history;
const PAGE_ROWS = 15;

const COLUMNS: readonly TableColumn<Entry>[] = [
  { id: 'when', header: words.when, width: 150, hasFigures: true, cell: ({ at }) => formatInstant(at) },
  { id: 'what', header: words.what, cell: (entry) => (
    <>
      <span className="row"><b>{entry.title}</b>{!entry.applied && <Chip tone="over">{words.notApplied}</Chip>}</span>
      {entry.lines.length > 0 && <span className="second-line">{entry.lines.map(({ label, text }) => `${label}: ${text}`).join(' · ')}</span>}
    </>
  ) },
  { id: 'who', header: words.who, width: 200, cell: ({ actorName, deskName }) => <>{actorName ?? <span className="muted">{words.itself}</span>}<span className="second-line">{deskName}</span></> },
];

/** Everything that was ever changed about the office, a page at a time. It is the log itself, so nobody can change it. */
export function HistoryPart() {
  // The places behind which the pages begin; the last one is open, the first is the newest.
  const [places, setPlaces] = useState<readonly string[]>([]);
  const before = places.at(-1);
  const page = useQuery('office.history', { limit: PAGE_ROWS, ...(before !== undefined && { before }) }, (event) => event.type === 'office' && before === undefined);
  if (page.error !== undefined) return <RefusalNote error={page.error} />;
  if (page.value === undefined) return <Skeleton />;
  const { entries, next } = page.value;
  return (
    <>
      <p className="muted">{words.intro}</p>
      {entries.length === 0 ? <Card isFlush><EmptyState>{words.none}</EmptyState></Card> : (
        <Card isFlush className="history-list"><Table label={words.title} columns={COLUMNS} rows={entries} rowId={({ id }) => id} density="two-line" isWeak={({ applied }) => !applied} /></Card>
      )}
      <div className="row wide">
        {next !== null && <Button label={words.older} onPress={() => setPlaces([...places, next])} />}
        {places.length > 0 && <Button kind="quiet" label={words.newest} onPress={() => setPlaces([])} />}
      </div>
    </>
  );
}
