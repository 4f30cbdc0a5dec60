import { FilePlus, Search } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import type { DossierRow } from '../../../src-shared/contract/dossier-views.ts';
import { onCardScan } from '../../client/card-scan.ts';
import { useQuery } from '../../client/use-query.ts';
import { Screen } from '../../frame/screen.tsx';
import { openScreen, replaceScreen } from '../../router/router.ts';
import { formatNumber } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { TextField } from '../../ui/fields/text-field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { LongTable, type LongTableHandle } from '../../ui/long-table.tsx';
import { EmptyState, Note, Skeleton } from '../../ui/note.tsx';
import { dossierColumns } from './dossier-columns.tsx';
import './dossiers.css';
import { useDossierPages, type ListTab } from './use-dossier-pages.ts';

const words = vi.dossiers;
const TABS = ['mine', 'overdue', 'dueToday', 'waiting', 'toHandOver', 'open', 'done', 'all'] as const satisfies readonly ListTab[];

interface DossierListScreenProps {
  readonly query?: string;
  readonly list?: string;
}

/** All dossiers: one box, tabs with counts, the newest first (mock 06). */
export function DossierListScreen(props: DossierListScreenProps) {
  const [query, setQuery] = useState(props.query ?? '');
  const [tab, setTab] = useState<ListTab>(() => TABS.find((one) => one === props.list) ?? 'all');
  const [active, setActive] = useState<DossierRow>();
  const table = useRef<LongTableHandle>(null);
  const asked = query.trim();
  const pages = useDossierPages(asked, tab);
  const columns = useMemo(() => dossierColumns(asked), [asked]);
  const counts = useQuery('dossiers.counts', {}, (event) => event.type === 'dossier' || event.type === 'office');

  /** Typing looks through everything; a tab pressed afterwards narrows it again. */
  function find(text: string): void {
    if (query.trim() === '' && text.trim() !== '') setTab('all');
    setQuery(text);
  }
  function open(row: DossierRow): void {
    // Esc comes back to this very list.
    replaceScreen({ name: 'dossiers', query: asked, list: tab });
    openScreen({ name: 'dossier', dossierId: row.id });
  }
  useFindKeys(asked, find, table);
  useScannedSearch(find);
  useKeys(active?.status === 'finished' ? [{
    combo: 'F8', label: words.acts.handOver, order: 20, run: () => {
      replaceScreen({ name: 'dossiers', query: asked, list: tab });
      openScreen({ name: 'handOver', dossierId: active.id });
    },
  }] : []);

  return (
    <Screen title={words.title} layout="column" className="dossier-list" hasOwnFind>
      <FindBox query={query} onChange={find} startsFocused={props.list === undefined || asked !== ''} found={asked === '' || !pages.isAnswered ? undefined : pages} />
      <ListTabs tab={tab} onChange={setTab} counts={counts.value} found={asked !== '' && pages.isAnswered && !pages.hasMore ? pages.rows.length : undefined} />
      {pages.error !== undefined && <Note kind="bad" errorCode={pages.error.code}>{pages.error.sentence}</Note>}
      {pages.rows.length > 0 && (
        <LongTable
          ref={table}
          label={words.tabs[tab]}
          columns={columns}
          rows={pages.rows}
          rowId={(row) => row.id}
          onOpen={open}
          onActive={setActive}
          isWeak={(row) => row.status === 'voided'}
          hasMore={pages.hasMore}
          onNearEnd={pages.loadMore}
          onLastVisible={pages.noteLastVisible}
        />
      )}
      {pages.rows.length === 0 && (pages.isAnswered ? <NothingFound typed={asked} tab={tab} /> : <Skeleton />)}
      {asked === '' && pages.rows.length > 0 && <p className="muted small list-help">{words.find.help}</p>}
    </Screen>
  );
}

/** Esc first empties the box; ↓ in the box goes into the list. */
function useFindKeys(asked: string, find: (text: string) => void, table: { readonly current: LongTableHandle | null }): void {
  useKeys(asked === '' ? [] : [{
    combo: 'Esc', label: words.find.clear, order: 45, listed: 'bar', run: () => {
      find('');
      document.querySelector<HTMLInputElement>('.big-find input')?.focus();
    },
  }]);
  useEffect(() => {
    const box = document.querySelector<HTMLElement>('.big-find');
    function onKeyDown(event: KeyboardEvent): void {
      if (event.isComposing || (event.key !== 'ArrowDown' && event.key !== 'Enter')) return;
      event.preventDefault();
      table.current?.focus();
    }
    box?.addEventListener('keydown', onKeyDown);
    return () => box?.removeEventListener('keydown', onKeyDown);
  }, [table]);
}

/** A card scanned here asks for its dossiers; the digits that came before the scan was known are replaced. */
function useScannedSearch(find: (text: string) => void): void {
  const latest = useRef(find);
  latest.current = find;
  useEffect(() => onCardScan({
    read: (scan) => {
      if (scan.ok) latest.current(scan.value.idNumber);
    },
  }), []);
}

interface FindBoxProps {
  readonly query: string;
  readonly onChange: (query: string) => void;
  readonly startsFocused: boolean;
  readonly found: { readonly rows: readonly unknown[]; readonly hasMore: boolean } | undefined;
}

function FindBox({ query, onChange, startsFocused, found }: FindBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  useKeys([{
    combo: 'F3', label: words.find.key, order: 40, listed: 'bar', run: () => {
      input.current?.focus();
      input.current?.select();
    },
  }]);
  return (
    <div className="big-find" role="search">
      <TextField
        ref={input}
        label={words.find.label}
        isLabelHidden
        size="big"
        type="search"
        value={query}
        onChange={onChange}
        autoFocus={startsFocused}
        placeholder={vi.frame.find.placeholder}
        before={<Icon shape={Search} />}
        after={(
          <>
            <span className="muted small nowrap" role="status">
              {found !== undefined && t(found.hasMore ? words.find.foundMore : words.find.found, { count: found.rows.length })}
            </span>
            <KeyCap combo="F3" isDecoration />
          </>
        )}
      />
    </div>
  );
}

interface ListTabsProps {
  readonly tab: ListTab;
  readonly onChange: (tab: ListTab) => void;
  readonly counts: OutputOf<'dossiers.counts'> | undefined;
  /** How many dossiers the search has found in this list, once all are known. */
  readonly found: number | undefined;
}

function ListTabs({ tab, onChange, counts, found }: ListTabsProps) {
  const countOf = (id: ListTab): number | undefined => (id === tab && found !== undefined ? found : id === 'all' ? undefined : counts?.[id]);
  return (
    <ToggleButtonGroup
      aria-label={words.tabs.label}
      className="list-tabs"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[tab]}
      onSelectionChange={(keys) => {
        const chosen = TABS.find((id) => keys.has(id));
        if (chosen !== undefined) onChange(chosen);
      }}
    >
      {TABS.map((id) => {
        const count = countOf(id);
        return (
          <ToggleButton key={id} id={id} className={classNames('list-tab', id === 'overdue' && (count ?? 0) > 0 && 'over')}>
            {words.tabs[id]}{count !== undefined && <b className="num">{formatNumber(count)}</b>}
          </ToggleButton>
        );
      })}
    </ToggleButtonGroup>
  );
}

function NothingFound({ typed, tab }: { readonly typed: string; readonly tab: ListTab }) {
  return (
    <div className="card">
      <EmptyState action={<Button label={words.empty.receive} combo="F2" kind="in-block" icon={FilePlus} onPress={() => openScreen({ name: 'receive' })} />}>
        {typed === '' ? t(words.empty[tab]) : t(words.empty.search, { typed })}
      </EmptyState>
    </div>
  );
}
