import { useState } from 'react';
import type { ConsoleOutput } from '../../src-shared/console-contract/console-contract.ts';
import type { DeskLine, QuarantineLine } from '../../src-shared/console-contract/console-views.ts';
import { officeDate } from '../../src-shared/lib/office-time.ts';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { Screen } from '../frame/screen.tsx';
import { formatDate, formatInstant, formatNumber } from '../text/format.ts';
import { t } from '../text/t.ts';
import { viConsole } from '../text/vi/console.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Chip } from '../ui/chip.tsx';
import { EmptyState, Skeleton } from '../ui/note.tsx';
import { Table, type TableColumn } from '../ui/table.tsx';
import { ActLines } from './act-lines.tsx';
import { agoWords, lastingWords } from './age-words.ts';
import { useConsoleQuery } from './console-session.ts';
import { DeskQuestion, type DeskAsk } from './desk-question.tsx';

const words = viConsole.office;

interface OfficeScreenProps {
  readonly office: string;
  readonly onBack: () => void;
}

/** One office: how far it has sent, its desks, what was set aside, and what administrators did here. */
export function OfficeScreen({ office, onBack }: OfficeScreenProps) {
  const { value, error, reload } = useConsoleQuery('offices.get', { office });
  const acts = useConsoleQuery('acts.list', { office });
  const [asked, setAsked] = useState<DeskAsk>();
  return (
    <Screen title={value?.office.name ?? viConsole.offices.unnamed} status={value === undefined ? undefined : t(words.admitted, { date: formatDate(officeDate(value.office.admittedAt)) })} hasOwnFind>
      <div className="stack">
        <div><Button kind="quiet" label={words.back} cap="Esc" onPress={onBack} /></div>
        <RefusalNote error={error} />
        {value === undefined && error === undefined && <Skeleton />}
        {value !== undefined && (
          <>
            <Figures of={value} />
            <Card title={words.desksTitle} aside={value.desks.length} isFlush>
              {value.desks.length === 0 ? <EmptyState>{words.noDesks}</EmptyState>
                : <Table label={words.desksTitle} columns={deskColumns(value.now, (desk, act) => setAsked({ office, desk, act }))} rows={value.desks} rowId={({ desk, name }) => desk ?? name} density="two-line" />}
            </Card>
            {value.quarantine.length > 0 && <QuarantineCard rows={value.quarantine} />}
            {value.faults.length > 0 && <FaultsCard rows={value.faults} />}
          </>
        )}
        {(acts.value?.acts.length ?? 0) > 0 && <Card title={words.actsTitle} isFlush><ActLines acts={acts.value?.acts ?? []} /></Card>}
      </div>
      {asked !== undefined && (
        <DeskQuestion asked={asked} onClose={(isDone) => {
          setAsked(undefined);
          if (!isDone) return;
          reload();
          acts.reload();
        }} />
      )}
    </Screen>
  );
}

function Figures({ of: { now, office } }: { readonly of: ConsoleOutput<'offices.get'> }) {
  const figures = words.figures;
  const shown: readonly (readonly [string, string])[] = [
    [figures.contact, agoWords(office.contactAt, now)],
    [figures.unsent, t(viConsole.offices.unsent, { count: office.unsent })],
    [figures.oldest, office.oldestUnsentAt === null ? viConsole.offices.allHere : lastingWords(now - office.oldestUnsentAt)],
    [figures.backlog, formatNumber(office.backlog)],
    [figures.overdue, formatNumber(office.overdue)],
    [figures.lag, office.lag.isRebuilding ? viConsole.offices.rebuilding : t(viConsole.offices.lag, { count: office.lag.operations })],
  ];
  return <dl className="card console-figures">{shown.map(([label, figure]) => <div key={label}><dt>{label}</dt><dd className="num">{figure}</dd></div>)}</dl>;
}

function deskColumns(now: number, onAsk: (desk: DeskLine, act: DeskAsk['act']) => void): readonly TableColumn<DeskLine>[] {
  const columns = words.columns;
  return [
    { id: 'name', header: columns.name, cell: (desk) => <><b>{desk.name}</b><span className="second-line"><DeskState desk={desk} /></span></> },
    { id: 'contact', header: columns.contact, width: 150, cell: ({ contactAt }) => agoWords(contactAt, now) },
    { id: 'held', header: columns.held, width: 90, align: 'right', hasFigures: true, isWideOnly: true, cell: ({ held }) => formatNumber(held) },
    { id: 'unsent', header: columns.unsent, width: 110, align: 'right', hasFigures: true, cell: ({ unsent, oldestUnsentAt }) => (
      <>{formatNumber(unsent)}{unsent > 0 && oldestUnsentAt !== null && <span className="second-line">{lastingWords(now - oldestUnsentAt)}</span>}</>
    ) },
    { id: 'program', header: columns.program, width: 110, isWideOnly: true, cell: ({ program }) => program ?? '–' },
    { id: 'act', header: columns.act, width: 260, cell: (desk) => <DeskActs desk={desk} onAsk={(act) => onAsk(desk, act)} /> },
  ];
}

function DeskState({ desk: { stopped, stoppedByOffice, rescueUntil } }: { readonly desk: DeskLine }) {
  return (
    <>
      {stoppedByOffice && <Chip tone="pause">{words.stoppedByOffice}</Chip>}
      {stopped !== null && <><Chip tone="over">{words.stopped}</Chip> {t(words.stoppedWhy, { by: stopped.by, at: formatInstant(stopped.at), reason: stopped.reason })}</>}
      {!stoppedByOffice && stopped === null && words.working}
      {rescueUntil !== null && <> {t(words.rescue, { at: formatInstant(rescueUntil) })}</>}
    </>
  );
}

function DeskActs({ desk, onAsk }: { readonly desk: DeskLine; readonly onAsk: (act: DeskAsk['act']) => void }) {
  if (desk.desk === null) return null;
  const isStopped = desk.stoppedByOffice || desk.stopped !== null;
  return (
    <span className="row wraps">
      {!isStopped && <Button kind="in-block" label={words.stop} onPress={() => onAsk('stop')} />}
      {desk.stopped !== null && <Button kind="in-block" label={words.resume} onPress={() => onAsk('resume')} />}
      {isStopped && desk.rescueUntil === null && <Button kind="in-block" label={words.letRescue} onPress={() => onAsk('rescue')} />}
    </span>
  );
}

function QuarantineCard({ rows }: { readonly rows: readonly QuarantineLine[] }) {
  return (
    <Card title={words.quarantineTitle} note={words.quarantineNote} aside={rows.length}>
      <ul className="stack">
        {rows.map(({ senderName, ofName, code, firstAt, lastAt, tries }) => (
          <li key={`${senderName}-${ofName ?? ''}-${code}`}>
            {senderName === ofName ? t(words.quarantineOwn, { sender: senderName, why: whyOf(code) }) : t(words.quarantine, { sender: senderName, of: ofName ?? words.unknownDesk, why: whyOf(code) })}
            {' '}<span className="muted num">{t(words.tries, { count: tries, first: formatInstant(firstAt), last: formatInstant(lastAt) })}</span> <span className="muted small">{code}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function FaultsCard({ rows }: { readonly rows: ConsoleOutput<'offices.get'>['faults'] }) {
  return (
    <Card title={words.faultsTitle} note={words.faultsNote} aside={rows.length}>
      <ul className="stack">{rows.map(({ subject, why, at }) => <li key={subject}>{t(words.fault, { subject })} <span className="muted num">{formatInstant(at)}</span> <span className="muted small">{why}</span></li>)}</ul>
    </Card>
  );
}

function whyOf(code: string): string {
  const known = viConsole.quarantineWhy;
  return Object.hasOwn(known, code) ? known[code as keyof typeof known] : known.other;
}
