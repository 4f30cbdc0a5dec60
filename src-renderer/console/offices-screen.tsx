import { Search } from 'lucide-react';
import { useMemo, useRef } from 'react';
import type { OfficeLine } from '../../src-shared/console-contract/console-views.ts';
import { DAY_MS } from '../../src-shared/lib/office-time.ts';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { Screen } from '../frame/screen.tsx';
import { formatNumber } from '../text/format.ts';
import { t } from '../text/t.ts';
import { viConsole } from '../text/vi/console.ts';
import { Chip } from '../ui/chip.tsx';
import { TextField } from '../ui/fields/text-field.tsx';
import { Icon } from '../ui/icon.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import { useKeys } from '../ui/keyboard/use-keys.ts';
import { LongTable, type LongTableHandle } from '../ui/long-table.tsx';
import { EmptyState, Skeleton } from '../ui/note.tsx';
import type { TableColumn } from '../ui/table.tsx';
import { agoWords, lastingWords } from './age-words.ts';
import { useConsoleQuery } from './console-session.ts';
import { concernOf, findOffices, quietMs, SILENT_DAYS, worstFirst } from './worst-first.ts';

const words = viConsole.offices;

interface OfficesScreenProps {
  readonly typed: string;
  readonly onType: (typed: string) => void;
  readonly onOpen: (office: string) => void;
}

/** Every office on one line, the one that needs somebody most first. */
export function OfficesScreen({ typed, onType, onOpen }: OfficesScreenProps) {
  const table = useRef<LongTableHandle>(null);
  const { value, error } = useConsoleQuery('offices.list', {});
  const now = value?.now ?? 0;
  const all = useMemo(() => worstFirst(value?.offices ?? [], value?.now ?? 0), [value]);
  const rows = useMemo(() => findOffices(all, typed), [all, typed]);
  const columns = useMemo(() => officeColumns(now), [now]);
  const trouble = all.filter((office) => concernOf(office, now) === 'bad').length;
  return (
    <Screen title={words.title} layout="column" hasOwnFind status={value === undefined ? undefined : t(trouble === 0 ? words.summaryGood : words.summary, { count: all.length, trouble })}>
      <FindBox typed={typed} onType={onType} count={typed.trim() === '' ? undefined : rows.length} onDown={() => table.current?.focus()} />
      <RefusalNote error={error} />
      {value === undefined && error === undefined && <Skeleton />}
      {rows.length > 0 && (
        <LongTable ref={table} label={words.title} columns={columns} rows={rows} rowId={({ office }) => office} onOpen={({ office }) => onOpen(office)} hasMore={false} onNearEnd={() => undefined} />
      )}
      {value !== undefined && rows.length === 0 && <div className="card"><EmptyState>{all.length === 0 ? words.none : t(words.notFound, { typed })}</EmptyState></div>}
      {rows.length > 0 && <p className="muted small console-foot">{words.silentHelp}</p>}
    </Screen>
  );
}

interface FindBoxProps {
  readonly typed: string;
  readonly onType: (typed: string) => void;
  readonly count: number | undefined;
  readonly onDown: () => void;
}

function FindBox({ typed, onType, count, onDown }: FindBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  useKeys([{
    combo: 'F3', label: words.findKey, order: 40, listed: 'bar', run: () => {
      input.current?.focus();
      input.current?.select();
    },
  }]);
  return (
    <form className="console-find" role="search" onSubmit={(event) => {
      event.preventDefault();
      onDown();
    }} onKeyDown={(event) => {
      if (event.key !== 'ArrowDown') return;
      event.preventDefault();
      onDown();
    }}>
      <TextField ref={input} label={words.find} isLabelHidden type="search" value={typed} onChange={onType} placeholder={words.findHint} autoFocus
        before={<Icon shape={Search} size="small" />}
        after={<><span className="muted small nowrap" role="status">{count !== undefined && t(words.found, { count })}</span><KeyCap combo="F3" isDecoration /></>} />
    </form>
  );
}

function officeColumns(now: number): readonly TableColumn<OfficeLine>[] {
  const columns = words.columns;
  return [
    { id: 'name', header: columns.name, cell: (office) => <><b>{office.name ?? words.unnamed}</b><span className="second-line">{t(words.desks, { count: office.desks })}</span></> },
    { id: 'contact', header: columns.contact, width: 190, cell: (office) => <ContactCell office={office} now={now} /> },
    { id: 'oldest', header: columns.oldest, width: 180, cell: ({ unsent, oldestUnsentAt }) => (
      unsent === 0 ? <span className="muted">{words.allHere}</span> : <>{oldestUnsentAt === null ? '' : lastingWords(now - oldestUnsentAt)}<span className="second-line num">{t(words.unsent, { count: unsent })}</span></>
    ) },
    { id: 'backlog', header: columns.backlog, width: 120, align: 'right', hasFigures: true, isWideOnly: true, cell: ({ backlog }) => formatNumber(backlog) },
    { id: 'overdue', header: columns.overdue, width: 110, align: 'right', hasFigures: true, cell: ({ overdue }) => (overdue === 0 ? '0' : <Chip tone="over">{formatNumber(overdue)}</Chip>) },
    { id: 'lag', header: columns.lag, width: 140, isWideOnly: true, cell: ({ lag }) => <LagCell lag={lag} now={now} /> },
    { id: 'quarantined', header: columns.quarantined, width: 100, align: 'right', hasFigures: true, cell: ({ quarantined }) => (quarantined === 0 ? '0' : <Chip tone="over">{formatNumber(quarantined)}</Chip>) },
  ];
}

function ContactCell({ office, now }: { readonly office: OfficeLine; readonly now: number }) {
  const days = Math.floor(quietMs({ ...office, oldestUnsentAt: null }, now) / DAY_MS);
  return <>{agoWords(office.contactAt, now)}{days >= SILENT_DAYS && <span className="second-line"><Chip tone="today">{t(words.silent, { days })}</Chip></span>}</>;
}

function LagCell({ lag, now }: { readonly lag: OfficeLine['lag']; readonly now: number }) {
  if (lag.isRebuilding) return <Chip tone="working">{words.rebuilding}</Chip>;
  if (lag.operations === 0) return <span className="num">0</span>;
  return <><span className="num">{t(words.lag, { count: lag.operations })}</span>{lag.since !== null && <span className="second-line">{lastingWords(now - lag.since)}</span>}</>;
}
