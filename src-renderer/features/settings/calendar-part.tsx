import { useRef, useState } from 'react';
import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import type { OfficeHours } from '../../../src-shared/domain/deadlines/calendar-pack.ts';
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
import { ChangePreview, type CalendarChange } from './change-preview.tsx';
import { HoursCard, HoursEditor, type HoursKey } from './hours-card.tsx';

type Day = OutputOf<'calendar.list'>['days'][number];
const words = vi.settings.calendar;
const { change } = vi.officeSettings;
const KINDS = (Object.keys(words.kinds) as Day['type'][]).map((id) => ({ id, label: words.kinds[id] }));

interface SavedDay {
  readonly change: CalendarChange & { readonly what: 'day' };
  readonly title: string;
}

/** When the office works, and days that differ from the usual week. What a change would do is shown before it is saved. */
export function CalendarPart() {
  const [year, setYear] = useState<number | undefined>(Number(deskToday().slice(0, 4)));
  const [editedHours, setEditedHours] = useState<HoursKey>();
  const [areHoursSaved, setAreHoursSaved] = useState(false);
  const [day, setDay] = useState<DayDraft>(NO_DAY);
  const [seen, setSeen] = useState<SavedDay>();
  const [error, setError] = useState<ScreenError>();
  const settings = useQuery('settings.get', {}, (event) => event.type === 'office');
  if (settings.error !== undefined) return <RefusalNote error={settings.error} />;
  if (settings.value === undefined) return <Skeleton />;
  const hours = settings.value.settings as unknown as Readonly<Record<HoursKey, OfficeHours>>;
  if (editedHours !== undefined) {
    return <HoursEditor hoursKey={editedHours} before={hours[editedHours]} onDone={(isSaved) => {
      setEditedHours(undefined);
      setAreHoursSaved(isSaved);
    }} />;
  }
  if (seen !== undefined) {
    const save = async () => {
      const answer = await callCore('calendar.saveDay', seen.change.day);
      setError(answer.ok ? undefined : (answer.error as ScreenError));
      if (!answer.ok) return;
      setDay(NO_DAY);
      setSeen(undefined);
    };
    return <ChangePreview title={seen.title} change={seen.change} error={error} onSave={() => void save()} onBack={() => {
      setError(undefined);
      setSeen(undefined);
    }} />;
  }
  return <><HoursCard hours={hours} isSaved={areHoursSaved} onEdit={setEditedHours} /><Days year={year} setYear={setYear} day={day} setDay={setDay} onSee={setSeen} /></>;
}

interface DaysProps {
  readonly year: number | undefined;
  readonly setYear: (year: number | undefined) => void;
  readonly day: DayDraft;
  readonly setDay: (day: DayDraft) => void;
  readonly onSee: (day: SavedDay) => void;
}

function Days({ year, setYear, day, setDay, onSee }: DaysProps) {
  const list = useQuery('calendar.list', year === undefined || year < 2000 || year > 2099 ? undefined : { year }, (event) => event.type === 'office');
  const isAdmin = useHasRole('admin');
  if (list.error !== undefined) return <RefusalNote error={list.error} />;
  const { value } = list;
  const giveBack = (date: string) => onSee({ change: { what: 'day', day: { date, type: 'asPack' } }, title: t(change.backTitle, { date: formatDate(date) }) });
  return (
    <>
      <div className="row wide"><NumberField label={words.year} value={year} onChange={setYear} min={2000} max={2099} />
        {value?.validTo != null && <p className="muted small">{t(words.validTo, { date: formatDate(value.validTo) })}</p>}</div>
      {value !== undefined && value.validTo === null && <Note kind="warn">{words.noPack}</Note>}
      {isAdmin ? <DayCard day={day} setDay={setDay} onSee={onSee} /> : <Note kind="calm">{t(vi.settings.readOnly)}</Note>}
      {value === undefined ? <Skeleton /> : value.days.length === 0 ? <Card isFlush><EmptyState>{words.none}</EmptyState></Card> : (
        <Card isFlush><Table label={words.listLabel} density="dense" columns={columnsFor(isAdmin ? giveBack : undefined)} rows={value.days} rowId={(one) => one.date} /></Card>
      )}
    </>
  );
}

/** `giveBack` is what an administrator may do with a day of the office's own. */
function columnsFor(giveBack: ((date: string) => void) | undefined): readonly TableColumn<Day>[] {
  return [
    { id: 'date', header: words.date, width: 190, hasFigures: true, cell: (day) => capitalized(formatLongDate(day.date)) },
    { id: 'kind', header: words.kind, width: 100, cell: (day) => words.kinds[day.type] },
    { id: 'name', header: words.name, cell: (day) => <span className="row">{day.name}{!day.confirmed && <Chip tone="today">{words.unconfirmed}</Chip>}</span> },
    { id: 'from', header: words.from, width: 300, cell: (day) => (day.own
      ? <span className="row">{words.own}{giveBack !== undefined && <Button kind="in-block" label={words.asPack} onPress={() => giveBack(day.date)} />}</span>
      : <span className="muted">{words.pack}</span>) },
  ];
}

interface DayDraft {
  readonly date: string | undefined;
  readonly type: Day['type'];
  readonly name: string;
}

const NO_DAY: DayDraft = { date: undefined, type: 'closed', name: '' };

/** A day of the office's own; Enter on the last field goes to what it would change. */
function DayCard({ day, setDay, onSee }: Pick<DaysProps, 'day' | 'setDay' | 'onSee'>) {
  const form = useRef<FormScopeHandle>(null);
  const { date, type, name } = day;
  function see(): void {
    if (form.current?.revealErrors() !== 0 || date === undefined) return;
    onSee({ change: { what: 'day', day: { date, type, name } }, title: t(change.dayTitle, { date: formatDate(date), kind: words.kinds[type].toLocaleLowerCase('vi') }) });
  }
  return (
    <Card title={words.addTitle}>
      <FormScope className="stack settings-form" handle={form}>
        <div className="two-fields">
          <DateField label={words.date} today={deskToday()} direction="future" value={date} onChange={(picked) => setDay({ ...day, date: picked })} error={date === undefined ? words.dateMissing : undefined} />
          <SegmentedChoice label={words.kind} options={KINDS} value={type} onChange={(picked) => setDay({ ...day, type: picked })} />
        </div>
        <TextField label={words.name} value={name} onChange={(text) => setDay({ ...day, name: text })} lengthMax={120} error={name.trim() === '' ? words.nameMissing : undefined} />
        <div><Button kind="main" isMainAction label={vi.officeSettings.hours.see} combo="F10" onPress={see} /></div>
      </FormScope>
    </Card>
  );
}
