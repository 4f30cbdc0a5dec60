import { useRef, useState } from 'react';
import type { OfficeHours } from '../../../src-shared/domain/deadlines/calendar-pack.ts';
import { weekdayName } from '../../../src-shared/domain/deadlines/day-words.ts';
import { hoursInWords } from '../../../src-shared/domain/deadlines/hours-words.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { useHasRole } from '../../client/desk-session.ts';
import { capitalized, t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { SegmentedChoice } from '../../ui/fields/choice-fields.tsx';
import { TimeField } from '../../ui/fields/number-fields.tsx';
import { FormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { Note } from '../../ui/note.tsx';
import { ChangePreview } from './change-preview.tsx';
import { hoursDraftOf, hoursOfDraft, isInOrder, type DayKind, type HoursDraft } from './hours-draft.ts';

export type HoursKey = 'officeHours' | 'policeHours';
const words = vi.officeSettings.hours;
/** Monday first. */
const WEEK = [1, 2, 3, 4, 5, 6, 0] as const;

interface HoursCardProps {
  readonly hours: Readonly<Record<HoursKey, OfficeHours>>;
  readonly isSaved: boolean;
  readonly onEdit: (key: HoursKey) => void;
}

/** When the office works, in one line each; Công an xã keeps hours of its own. */
export function HoursCard({ hours, isSaved, onEdit }: HoursCardProps) {
  const isAdmin = useHasRole('admin');
  return (
    <Card title={words.title}>
      <div className="stack settings-form">
        {(['officeHours', 'policeHours'] as const).map((key) => (
          <div key={key} className="hours-line">
            <span className="label">{words.whose[key]}</span>
            <span className="num">{capitalized(hoursInWords(hours[key]))}</span>
            {isAdmin && <Button kind="in-block" label={words.edit} onPress={() => onEdit(key)} />}
          </div>
        ))}
        {isSaved && <Note kind="good">{words.saved}</Note>}
      </div>
    </Card>
  );
}

interface HoursEditorProps {
  readonly hoursKey: HoursKey;
  readonly before: OfficeHours;
  readonly onDone: (isSaved: boolean) => void;
}

/** Two spans and the days of the week; saved only after the officer has seen what changes. */
export function HoursEditor({ hoursKey, before, onDone }: HoursEditorProps) {
  const [draft, setDraft] = useState(() => hoursDraftOf(before));
  const [isSeen, setIsSeen] = useState(false);
  const [error, setError] = useState<ScreenError>();
  const hours = hoursOfDraft(draft, before);
  async function save(): Promise<void> {
    if (hours === undefined) return;
    const answer = await callCore('settings.save', { key: hoursKey, value: hours as never });
    if (answer.ok) onDone(true);
    else setError(answer.error as ScreenError);
  }
  if (isSeen && hours !== undefined) {
    return <ChangePreview title={`${vi.officeSettings.change.hoursTitle}: ${words.whose[hoursKey]}`} change={{ what: 'hours', key: hoursKey, hours: hours as never }} error={error} onSave={() => void save()} onBack={() => setIsSeen(false)} />;
  }
  return <HoursForm title={`${words.editTitle}: ${words.whose[hoursKey]}`} draft={draft} setDraft={setDraft} onNext={() => setIsSeen(true)} onBack={() => onDone(false)} />;
}

interface HoursFormProps {
  readonly title: string;
  readonly draft: HoursDraft;
  readonly setDraft: (draft: HoursDraft) => void;
  readonly onNext: () => void;
  readonly onBack: () => void;
}

function HoursForm({ title, draft, setDraft, onNext, onBack }: HoursFormProps) {
  const form = useRef<FormScopeHandle>(null);
  useKeys([{ combo: 'Esc', label: vi.settings.cancel, run: onBack }]);
  const hasNoDay = draft.days.every((kind) => kind === 'off');
  const isWrong = hasNoDay || !isInOrder(draft);
  return (
    <Card title={title}>
      <FormScope className="stack settings-form" handle={form}>
        {(['morning', 'afternoon'] as const).map((part, index) => (
          <div key={part} className="two-fields">
            {(['from', 'to'] as const).map((end) => (
              <TimeField key={end} label={t(words[end], { part: words[part] })} autoFocus={index === 0 && end === 'from'} value={draft[part][end]}
                onChange={(minute) => setDraft({ ...draft, [part]: { ...draft[part], [end]: minute } })} error={draft[part][end] === undefined ? words.timeMissing : undefined} />
            ))}
          </div>
        ))}
        <div className="week-days">{WEEK.map((day) => (
          <SegmentedChoice key={day} label={capitalized(weekdayName(day))} options={kindsFor(draft.days[day])} value={draft.days[day]}
            onChange={(kind) => setDraft({ ...draft, days: draft.days.map((known, index) => (index === day ? kind : known)) })} />
        ))}</div>
        <p className="small muted">{draft.days.includes('own') ? words.ownKept : words.makeUp}</p>
        {isWrong && <div data-wrong tabIndex={-1}><Note kind="bad">{hasNoDay ? words.noDay : words.orderWrong}</Note></div>}
        <div className="row wide">
          <Button kind="main" isMainAction label={words.see} combo="F10" onPress={() => {
            if (form.current?.revealErrors() === 0) onNext();
          }} />
          <Button kind="quiet" label={vi.settings.cancel} cap="Esc" onPress={onBack} />
        </div>
      </FormScope>
    </Card>
  );
}

/** Hours of their own can only be kept, never made here. */
function kindsFor(kind: DayKind | undefined): readonly { readonly id: DayKind; readonly label: string }[] {
  const kinds: readonly DayKind[] = ['full', 'morning', 'afternoon', 'off', ...(kind === 'own' ? ['own' as const] : [])];
  return kinds.map((id) => ({ id, label: words.kinds[id] }));
}
