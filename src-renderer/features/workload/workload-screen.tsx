import { ArrowLeftRight, CalendarClock, Pencil } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ConflictView, DossierSummary } from '../../../src-shared/contract/dossier-views.ts';
import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import { daysBetween, type IsoDate } from '../../../src-shared/lib/office-time.ts';
import type { ScreenEvent } from '../../client/core-events.ts';
import { useQuery } from '../../client/use-query.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { Screen } from '../../frame/screen.tsx';
import { openScreen } from '../../router/router.ts';
import { formatDayMonth, formatWeekday } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Counter } from '../../ui/card.tsx';
import { focusBlock } from '../../ui/keyboard/focus-order.ts';
import { useBlockKeys } from '../../ui/keyboard/form-scope.tsx';
import { Skeleton } from '../../ui/note.tsx';
import { ChangesCard, ConflictsCard } from './look-at-cards.tsx';
import { DueCard, LapsedCard, LateStepsCard, LoadCard, OverdueCard } from './work-cards.tsx';
import { readWorkList, WorkList } from './work-list.tsx';
import './workload.css';

const words = vi.workload;
const CHANGE_DAYS = 7;
const concerns = (event: ScreenEvent) => event.type === 'dossier' || event.type === 'office';

/** For whoever leads: what is late and why, what is due, who has how much, what to decide and to look at. Enter opens a dossier. */
export function WorkloadScreen({ list }: { readonly list?: string }) {
  const whole = readWorkList(list);
  return whole === undefined ? <WorkloadPage /> : <WorkList key={whole} list={whole} />;
}

function WorkloadPage() {
  const workload = useQuery('workload.get', {}, concerns);
  const changes = useQuery('workload.changes', { days: CHANGE_DAYS }, concerns);
  const conflicts = useQuery('conflicts.list', {}, concerns);
  const page = useRef<HTMLDivElement>(null);
  useBlockKeys({ current: null });
  const isThere = workload.value !== undefined;
  useEffect(() => {
    // The first row of the first list, so that the arrows work at once; never away from somebody who is typing.
    if (isThere && page.current !== null && (document.activeElement === document.body || document.activeElement?.matches('main') === true)) focusBlock(page.current);
  }, [isThere]);
  const error = workload.error ?? changes.error;
  const open = conflicts.value?.conflicts.filter(({ settledBy }) => settledBy === null) ?? [];
  return (
    <Screen title={words.title} layout="column" className="workload">
      {error !== undefined && <RefusalNote error={error} />}
      {workload.value === undefined && error === undefined && <Skeleton />}
      {workload.value !== undefined && (
        <>
          <Counters workload={workload.value} conflicts={open} changes={changes.value?.changes.length ?? 0} />
          <div ref={page} className="workload-columns">
            <div className="workload-column">
              <OverdueCard workload={workload.value} onOpen={openDossier} />
              {workload.value.counts.lateSteps + workload.value.counts.stepsToReview > 0 && <LateStepsCard workload={workload.value} onOpen={openDossier} />}
              {workload.value.counts.supplementsLapsed > 0 && <LapsedCard workload={workload.value} onOpen={openDossier} />}
              <DueCard workload={workload.value} day={dayWords(workload.value.nextWorkingDay)} onOpen={openDossier} />
            </div>
            <div className="workload-column">
              <LoadCard officers={workload.value.officers} />
              {open.length > 0 && <ConflictsCard conflicts={open} onOpen={openDossierId} />}
              {changes.value !== undefined && <ChangesCard days={CHANGE_DAYS} changes={changes.value.changes} hasMore={changes.value.hasMore} onOpen={openDossier} />}
            </div>
          </div>
        </>
      )}
    </Screen>
  );
}

function openDossier({ id }: Pick<DossierSummary, 'id'>): void {
  openDossierId(id);
}

function openDossierId(dossierId: string): void {
  openScreen({ name: 'dossier', dossierId });
}

/** `thứ Hai 30/11` */
function dayWords(date: string): string {
  return `${formatWeekday(date)} ${formatDayMonth(date)}`;
}

interface CountersProps {
  readonly workload: OutputOf<'workload.get'>;
  readonly conflicts: readonly ConflictView[];
  readonly changes: number;
}

/** The figures open the lists they count, or go to the card that shows them. */
function Counters({ workload: { today, counts, nextWorkingDay }, conflicts, changes }: CountersProps) {
  const nextWords = daysBetween(today as IsoDate, nextWorkingDay as IsoDate) > 1 ? words.untilNextCount : words.nextCount;
  const goTo = (block: string) => () => {
    const card = document.querySelector<HTMLElement>(`.workload [data-block="${block}"]`);
    if (card !== null) focusBlock(card);
  };
  return (
    <div className="counters workload-counters" role="status" aria-label={words.counters}>
      <Counter count={counts.overdue} words={words.overdueCount} tone="over" onOpen={() => openScreen({ name: 'workload', list: 'overdue' })} />
      <Counter count={counts.dueToday} words={words.todayCount} tone="today" onOpen={() => openScreen({ name: 'dossiers', list: 'dueToday' })} />
      <Counter count={counts.dueNext} words={t(nextWords, { day: dayWords(nextWorkingDay) })} icon={CalendarClock} onOpen={goTo('2')} />
      {counts.supplementsLapsed > 0 && <Counter count={counts.supplementsLapsed} words={words.lapsedCount} tone="pause" onOpen={goTo('lapsed')} />}
      <Counter count={conflicts.length} words={words.conflictCount} icon={ArrowLeftRight} {...(conflicts.length > 0 && { tone: 'today' as const })} onOpen={goTo('4')} />
      <Counter count={changes} words={t(words.changeCount, { days: CHANGE_DAYS })} icon={Pencil} onOpen={goTo('5')} />
    </div>
  );
}
