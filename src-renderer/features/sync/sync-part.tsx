import { useState } from 'react';
import type { SyncStatus } from '../../../src-shared/contract/sync.api.ts';
import { DAY_MS, MINUTE_MS } from '../../../src-shared/lib/office-time.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { useHasRole } from '../../client/desk-session.ts';
import { useQuery } from '../../client/use-query.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { formatBytes, formatInstant } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { NumberField } from '../../ui/fields/number-fields.tsx';
import { Card, ValueLine } from '../../ui/card.tsx';
import { Note, Skeleton } from '../../ui/note.tsx';
import { ConnectCard } from './connect-card.tsx';
import { olderWords } from './older-words.ts';

const words = vi.sync;
const HOUR_MS = 60 * MINUTE_MS;

/** First that all is saved and how much waits, then why it waits and whether anybody need do anything (mock 07). */
export function SyncPart() {
  const status = useQuery('sync.status', {}, ({ type }) => type === 'sync' || type === 'dossier' || type === 'office');
  const isAdmin = useHasRole('admin');
  if (status.error !== undefined) return <RefusalNote error={status.error} />;
  if (status.value === undefined) return <Skeleton />;
  const { server, code, quarantined } = status.value;
  const isTraining = code === 'sync.training';
  return (
    <>
      <StatusNote status={status.value} />
      {status.value.older !== null && <Note kind="calm" title={olderWords(status.value.older)}>{words.older.incomplete}</Note>}
      {server !== null && <StatusCard status={status.value} onDone={status.reload} />}
      {server !== null && <BudgetCard key={status.value.budget.bytesPerDay} budget={status.value.budget} onDone={status.reload} />}
      {quarantined.length > 0 && <AsideCard rows={quarantined} />}
      {!isTraining && (isAdmin ? <ConnectCard key={server?.address} known={server} /> : server === null && <Note kind="calm">{t(vi.settings.readOnly)}</Note>)}
    </>
  );
}

function StatusNote({ status: { state, code, sentence, server, waiting, quarantined } }: { readonly status: SyncStatus }) {
  if (code === 'sync.training') return <Note kind="calm">{words.training}</Note>;
  if (server === null) return <Note kind="calm">{words.notConnected}</Note>;
  const isRefusedInPart = quarantined.some(({ direction }) => direction === 'up');
  const isDone = waiting.operations === 0 && !isRefusedInPart;
  // Who is refused has nothing waiting only because nothing was written since; that is no success to tell of.
  const howMuch = waiting.operations > 0 ? t(words.waiting, { count: waiting.operations }) : isRefusedInPart && state !== 'refused' ? words.refusedInPart : state === 'refused' ? '' : words.allSent;
  return (
    <Note kind={state === 'refused' ? 'warn' : isDone && state !== 'waiting' ? 'good' : 'calm'} title={`${words.saved} ${howMuch}`.trim()}>
      {isRefusedInPart && state === 'resting' ? words.refusedInPartHelp : whyOf({ state, code, sentence }, isDone)}
    </Note>
  );
}

function whyOf({ state, code, sentence }: Pick<SyncStatus, 'state' | 'code' | 'sentence'>, isDone: boolean): string {
  switch (state) {
    case 'paused':
      return words.pausedWords;
    case 'refused':
      return sentence ?? '';
    case 'waiting':
      // Used up for today is said with what can be done; a network would not help.
      return code === 'budgetUsed' ? (sentence ?? '') : `${sentence ?? ''} ${t(words.nothingToDo)}`;
    case 'connecting':
    case 'exchanging':
      return words.goingOn;
    case 'off':
    case 'resting':
      return isDone ? '' : t(words.nothingToDo);
  }
}

function StatusCard({ status, onDone }: { readonly status: SyncStatus; readonly onDone: () => void }) {
  const mayPause = useHasRole('admin', 'leader');
  const [error, setError] = useState<ScreenError>();
  const call = async (name: 'sync.now' | 'sync.pause' | 'sync.resume') => {
    const answer = await callCore(name, {});
    setError(answer.ok ? undefined : (answer.error as ScreenError));
    onDone();
  };
  const { state, server, waiting, lastContactAt, acknowledged, nextTryMs } = status;
  const figures = words.figures;
  return (
    <Card title={words.statusTitle} aside={status.code === 'budgetUsed' ? words.untilTomorrow : words.states[state]}>
      <div className="stack settings-form">
        <ValueLine label={figures.waiting}><span className="num">{waitingWords(waiting)}</span></ValueLine>
        {waiting.operations > 0 && <ValueLine label={figures.time}><span className="num">{timeWords(status.minutesLeft)}</span></ValueLine>}
        <ValueLine label={figures.budget}><span className="num">{budgetWords(status.budget)}</span></ValueLine>
        {waiting.oldestAgeMs !== null && <ValueLine label={figures.oldest}><span className="num">{ageWords(waiting.oldestAgeMs)}</span></ValueLine>}
        <ValueLine label={figures.contact}><span className="num">{lastContactAt === null ? figures.contactNone : formatInstant(lastContactAt)}</span></ValueLine>
        {(state === 'waiting' || state === 'refused') && status.code !== 'budgetUsed' && nextTryMs !== null && <ValueLine label={figures.nextTry}><span className="num">{ageWords(nextTryMs + MINUTE_MS)}</span></ValueLine>}
        <ValueLine label={figures.acknowledged}><span className="num">{t(figures.acknowledgedWords, { count: acknowledged.operations, of: acknowledged.of })}</span></ValueLine>
        <ValueLine label={figures.server}><span>{server?.name} <span className="muted">{server?.address}</span></span></ValueLine>
        <RefusalNote error={error} />
        <div className="row wide">
          {state !== 'paused' && <Button kind="main" label={words.now} combo="F10" onPress={() => void call('sync.now')} />}
          {mayPause && (state === 'paused' ? <Button kind="main" label={words.resume} combo="F10" onPress={() => void call('sync.resume')} /> : <Button label={words.pause} onPress={() => void call('sync.pause')} />)}
        </div>
      </div>
    </Card>
  );
}

const MEGABYTE = 1_000_000;

/** For a link that is paid by its bytes: how many may go over in a day. */
function BudgetCard({ budget, onDone }: { readonly budget: SyncStatus['budget']; readonly onDone: () => void }) {
  const mayChange = useHasRole('admin', 'leader');
  const [megabytes, setMegabytes] = useState(budget.bytesPerDay === null ? undefined : budget.bytesPerDay / MEGABYTE);
  const [error, setError] = useState<ScreenError>();
  if (!mayChange) return null;
  const save = async () => {
    const answer = await callCore('sync.setBudget', { bytesPerDay: megabytes === undefined ? null : megabytes * MEGABYTE });
    setError(answer.ok ? undefined : (answer.error as ScreenError));
    onDone();
  };
  return (
    <Card title={words.figures.budget} note={words.budgetHelp}>
      <div className="stack settings-form">
        <NumberField label={words.budgetField} hint={words.budgetHint} value={megabytes} onChange={setMegabytes} min={1} max={1_000_000} />
        <RefusalNote error={error} />
        <div className="row wide"><Button label={words.budgetSave} onPress={() => void save()} /></div>
      </div>
    </Card>
  );
}

function waitingWords({ operations, dossiers, bytes }: SyncStatus['waiting']): string {
  if (operations === 0) return words.figures.waitingNone;
  // What waits may be of no dossier: settings, or what other desks wrote.
  return dossiers === 0 ? t(words.figures.waitingOther, { count: operations, bytes: formatBytes(bytes) }) : t(words.figures.waitingWords, { count: operations, dossiers, bytes: formatBytes(bytes) });
}

function timeWords(minutes: number | null): string {
  if (minutes === null) return words.figures.timeUnknown;
  return minutes < 1 ? words.figures.timeLess : t(words.figures.timeWords, { time: ageWords(minutes * MINUTE_MS) });
}

function budgetWords({ bytesPerDay, bytesToday }: SyncStatus['budget']): string {
  const used = formatBytes(bytesToday);
  return bytesPerDay === null ? t(words.figures.budgetNone, { used }) : t(words.figures.budgetWords, { used, of: formatBytes(bytesPerDay) });
}

function AsideCard({ rows }: { readonly rows: SyncStatus['quarantined'] }) {
  return (
    <Card title={words.asideTitle} note={words.asideNote} aside={rows.length}>
      <ul className="stack">
        {rows.map(({ direction, device, deskName, code, sentence, at }) => (
          <li key={`${direction}-${device}-${code}-${at}`}>
            {t(words.aside[direction], { desk: deskName ?? words.aside.unknownDesk, why: sentence })} <span className="muted num">{t(words.aside.since, { time: formatInstant(at) })}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function ageWords(ms: number): string {
  const minutes = Math.floor((ms % HOUR_MS) / MINUTE_MS);
  const hours = Math.floor((ms % DAY_MS) / HOUR_MS);
  if (ms >= DAY_MS) return t(words.figures.days, { days: Math.floor(ms / DAY_MS), hours });
  return ms >= HOUR_MS ? t(words.figures.hours, { hours, minutes }) : t(words.figures.minutes, { minutes });
}
