import { useRef, useState } from 'react';
import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { deskToday, useHasRole } from '../../client/desk-session.ts';
import { useQuery } from '../../client/use-query.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { formatDate, formatLongDate } from '../../text/format.ts';
import { capitalized, t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Chip } from '../../ui/chip.tsx';
import { SegmentedChoice } from '../../ui/fields/choice-fields.tsx';
import { DateField } from '../../ui/fields/date-field.tsx';
import { NumberField } from '../../ui/fields/number-fields.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { EmptyState, Note, Skeleton } from '../../ui/note.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';

type Day = OutputOf<'calendar.list'>['days'][number];
const words = vi.settings.calendar;
const KINDS = (Object.keys(words.kinds) as Day['type'][]).map((id) => ({ id, label: words.kinds[id] }));

/** Days that differ from the usual week: what the pack says, and what the office sets for itself. */
export function CalendarPart() {
  const [year, setYear] = useState<number | undefined>(Number(deskToday().slice(0, 4)));
  const list = useQuery('calendar.list', year === undefined || year < 2000 || year > 2099 ? undefined : { year }, (event) => event.type === 'office');
  const isAdmin = useHasRole('admin');
  if (list.error !== undefined) return <RefusalNote error={list.error} />;
  const { value } = list;
  return (
    <>
      <div className="row wide"><NumberField label={words.year} value={year} onChange={setYear} min={2000} max={2099} />
        {value?.validTo != null && <p className="muted small">{t(words.validTo, { date: formatDate(value.validTo) })}</p>}</div>
      {value !== undefined && value.validTo === null && <Note kind="warn">{words.noPack}</Note>}
      {isAdmin ? <DayCard /> : <Note kind="calm">{t(vi.settings.readOnly)}</Note>}
      {value === undefined ? <Skeleton /> : value.days.length === 0 ? <Card isFlush><EmptyState>{words.none}</EmptyState></Card> : (
        <Card isFlush><Table label={words.listLabel} density="dense" columns={columnsFor(isAdmin)} rows={value.days} rowId={(day) => day.date} /></Card>
      )}
    </>
  );
}

function columnsFor(isAdmin: boolean): readonly TableColumn<Day>[] {
  return [
    { id: 'date', header: words.date, width: 190, hasFigures: true, cell: (day) => capitalized(formatLongDate(day.date)) },
    { id: 'kind', header: words.kind, width: 100, cell: (day) => words.kinds[day.type] },
    { id: 'name', header: words.name, cell: (day) => <span className="row">{day.name}{!day.confirmed && <Chip tone="today">{words.unconfirmed}</Chip>}</span> },
    { id: 'from', header: words.from, width: 300, cell: (day) => (day.own
      ? <span className="row">{words.own}{isAdmin && <Button kind="in-block" label={words.asPack} onPress={() => void callCore('calendar.saveDay', { date: day.date, type: 'asPack' })} />}</span>
      : <span className="muted">{words.pack}</span>) },
  ];
}

function DayCard() {
  const form = useRef<FormScopeHandle>(null);
  const [date, setDate] = useState<string>();
  const [type, setType] = useState<Day['type']>('closed');
  const [name, setName] = useState('');
  const [error, setError] = useState<ScreenError>();
  const [saves, setSaves] = useState(0);
  async function save(): Promise<void> {
    if (form.current?.revealErrors() !== 0 || date === undefined) return;
    const answer = await callCore('calendar.saveDay', { date, type, name });
    setError(answer.ok ? undefined : (answer.error as ScreenError));
    if (!answer.ok) return;
    setDate(undefined);
    setName('');
    setSaves(saves + 1);
  }
  return (
    <Card title={words.addTitle}>
      <FormScope key={saves} className="stack settings-form" handle={form}>
        <div className="two-fields">
          <DateField label={words.date} today={deskToday()} direction="future" value={date} onChange={setDate} error={date === undefined ? words.dateMissing : undefined} />
          <SegmentedChoice label={words.kind} options={KINDS} value={type} onChange={setType} />
        </div>
        <TextField label={words.name} value={name} onChange={setName} lengthMax={120} error={name.trim() === '' ? words.nameMissing : undefined} />
        <RefusalNote error={error} />
        <div><Button kind="main" isMainAction label={vi.settings.save} combo="F10" onPress={() => void save()} /></div>
      </FormScope>
    </Card>
  );
}
