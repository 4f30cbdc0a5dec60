import { Check, FilePlus, Files, HandCoins, IdCard } from 'lucide-react';
import { useEffect, type ComponentType } from 'react';
import type { ConflictView } from '../../../src-shared/contract/dossier-views.ts';
import { daysToPackEnd } from '../../../src-shared/domain/packs/pack-end.ts';
import { officeDate } from '../../../src-shared/lib/office-time.ts';
import { keepScanForNextForm, onCardScan } from '../../client/card-scan.ts';
import type { ScreenEvent } from '../../client/core-events.ts';
import { useDeskSession } from '../../client/desk-session.ts';
import { useDeskNow } from '../../client/use-desk-now.ts';
import { useQuery } from '../../client/use-query.ts';
import { Screen } from '../../frame/screen.tsx';
import { openScreen } from '../../router/router.ts';
import { formatDate } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Counter } from '../../ui/card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Note } from '../../ui/note.tsx';
import { PickList } from '../../ui/pick-list.tsx';
import { Drafts } from './drafts.tsx';
import { MyWork } from './my-work.tsx';
import './today.css';

const words = vi.today;
const aboutDossiers = (event: ScreenEvent) => event.type === 'dossier' || event.type === 'office';

interface TodayScreenProps {
  /** What is offered beside the work; it comes from where the screens are put together. */
  readonly offer: ComponentType;
}

/** The first screen (mock 02): the next person on top, then what waits. */
export function TodayScreen({ offer: Offer }: TodayScreenProps) {
  // A card scanned here is the next citizen's (ux.md §4).
  useEffect(() => onCardScan({
    read: (scan) => {
      if (scan.ok) keepScanForNextForm(scan.value);
      openScreen({ name: 'receive' });
    },
  }), []);
  return (
    <Screen title={words.title} layout="column" className="today">
      <Reception />
      <Counters />
      <CalendarEnd />
      <div className="today-columns">
        <MyWork />
        <div className="today-side">
          <Conflicts />
          <Drafts />
          <Offer />
        </div>
      </div>
    </Screen>
  );
}

const TILES = 9;

/** The nine procedures this officer receives most; focus starts on the first. */
function Reception() {
  const { value } = useQuery('procedures.search', { query: '', limit: TILES });
  const tiles = value?.procedures ?? [];
  return (
    <section className="card today-reception" aria-label={words.receive.title}>
      <div className="stack">
        <div className="row wide">
          <span className="icon-tile"><Icon shape={IdCard} size="large" /></span>
          <div><h2>{words.receive.title}</h2><p className="muted">{words.receive.explain}</p></div>
        </div>
        <span className="grow" />
        <Button kind="main" isTall label={words.receive.key} combo="F2" keyOrder={1} icon={FilePlus} onPress={() => openScreen({ name: 'receive' })} />
      </div>
      {/* It comes with its tiles, and never takes the cursor from somebody who is typing already. */}
      {tiles.length > 0 && (
        <PickList label={words.receive.tiles} autoFocus="whenFree" onPick={(procedureCode) => openScreen({ name: 'receive', procedureCode })}
          items={tiles.map((procedure, index) => ({ id: procedure.code, label: <span className="tile-name">{procedure.shortName}</span>, digit: index + 1 }))} />
      )}
    </section>
  );
}

function Counters() {
  const { value } = useQuery('dossiers.counts', {}, aboutDossiers);
  const open = (list: string) => () => openScreen({ name: 'dossiers', list });
  return (
    <div className="counters" role="status" aria-label={words.counters.label}>
      <Counter count={value?.overdue ?? 0} words={words.counters.overdue} tone="over" onOpen={open('overdue')} />
      <Counter count={value?.dueToday ?? 0} words={words.counters.dueToday} tone="today" onOpen={open('dueToday')} />
      <Counter count={value?.toHandOver ?? 0} words={words.counters.toHandOver} icon={HandCoins} onOpen={() => openScreen({ name: 'handOver' })} />
      <Counter count={value?.waiting ?? 0} words={words.counters.waiting} tone="pause" onOpen={open('waiting')} />
      <Counter count={value?.open ?? 0} words={words.counters.open} icon={Files} onOpen={open('open')} />
      <Counter count={value?.receivedToday ?? 0} words={words.counters.receivedToday} icon={Check} onOpen={open('all')} />
    </div>
  );
}

/** Terms are computed by the calendar, so whoever promises dates knows in time that it ends; a calm line, and nothing stops. */
function CalendarEnd() {
  const validTo = useDeskSession((state) => state.office?.office?.calendarValidTo ?? null);
  const days = daysToPackEnd(validTo, officeDate(useDeskNow()));
  if (validTo === null || days === undefined) return null;
  return <Note kind="calm">{t(days < 0 ? words.calendar.over : words.calendar.ends, { date: formatDate(validTo) })}</Note>;
}

/** The rest follows as these are settled; their number stands above. */
const CONFLICTS_MAX = 5;

function Conflicts() {
  const { value } = useQuery('conflicts.list', {}, aboutDossiers);
  const open = value?.conflicts.filter((conflict) => conflict.settledBy === null) ?? [];
  if (open.length === 0) return null;
  return (
    <Card title={words.conflicts.title} aside={t(words.conflicts.count, { count: open.length })} isFlush isClipped>
      <ul className="lines">{open.slice(0, CONFLICTS_MAX).map((conflict) => <ConflictLine key={conflict.id} conflict={conflict} />)}</ul>
    </Card>
  );
}

function ConflictLine({ conflict }: { readonly conflict: ConflictView }) {
  const { dossier, operations } = conflict;
  const [first, second] = operations;
  const whose = useQuery('dossiers.get', dossier === null ? undefined : { id: dossier }).value?.dossier;
  return (
    <li>
      <div className="grow">
        <b>{whose?.ownerName ?? conflict.title}</b>
        <p className="muted small">{first !== undefined && second !== undefined ? t(words.conflicts.sides, { first: first.title, second: second.title }) : (first?.title ?? words.conflicts.office)}</p>
      </div>
      {dossier !== null && <Button kind="in-block" label={words.conflicts.open} onPress={() => openScreen({ name: 'dossier', dossierId: dossier })} />}
    </li>
  );
}
