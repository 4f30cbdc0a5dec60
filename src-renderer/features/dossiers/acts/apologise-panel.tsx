import { useState } from 'react';
import type { DossierView } from '../../../../src-shared/contract/dossier-views.ts';
import type { NewDateChoice } from '../../../../src-shared/domain/deadlines/appointment-choice.ts';
import { officeDate, officeInstant, type IsoDate } from '../../../../src-shared/lib/office-time.ts';
import { deskToday } from '../../../client/desk-session.ts';
import { useCommand } from '../../../client/use-command.ts';
import { useQuery } from '../../../client/use-query.ts';
import { formatLongDate, formatTime } from '../../../text/format.ts';
import { t } from '../../../text/t.ts';
import { vi } from '../../../text/vi.ts';
import { SegmentedChoice } from '../../../ui/fields/choice-fields.tsx';
import { DateField } from '../../../ui/fields/date-field.tsx';
import { NumberField, TimeField } from '../../../ui/fields/number-fields.tsx';
import { Select } from '../../../ui/fields/select.tsx';
import { NotesField, TextField } from '../../../ui/fields/text-field.tsx';
import { Note } from '../../../ui/note.tsx';
import { PanelFrame, type ActPanelProps } from '../act-panel.tsx';
import { withFormNumber } from '../form-number-said.ts';

const words = vi.dossierActs.apologise;
const CLOSING_MINUTE = 17 * 60;
const UNITS = (['working_day', 'calendar_day', 'hour'] as const).map((id) => ({ id, label: words.units[id] }));

interface NewDateForm {
  readonly mode: NewDateChoice['mode'] | undefined;
  readonly count: number | undefined;
  readonly unit: (typeof UNITS)[number]['id'];
  readonly date: IsoDate | undefined;
  readonly minute: number | undefined;
  readonly why: string;
}

/** Why it takes longer, and until when: the new date stands there with its reason before anything is saved. */
export function ApologisePanel({ dossier, onClose, onDone }: ActPanelProps) {
  const [reason, setReason] = useState('');
  const [repeatReason, setRepeatReason] = useState('');
  const [form, setForm] = useState<NewDateForm>({ mode: undefined, count: undefined, unit: 'working_day', date: undefined, minute: CLOSING_MINUTE, why: '' });
  const command = useCommand('dossiers.act');
  const newDate = newDateOf(form);
  const isAgain = dossier.apologies > 0;

  async function save(): Promise<void> {
    if (newDate === undefined) return;
    const done = await command.run({ id: dossier.id, act: { act: 'apologise', reason: reason.trim(), ...(isAgain && { repeatReason: repeatReason.trim() }), newDate } });
    if (done !== undefined) onDone(withFormNumber(vi.dossiers.done.apologise, done.dossier), done.dossier);
  }
  return (
    <PanelFrame title={words.title} explain={words.explain} saveLabel={words.save} onSave={() => void save()} onClose={onClose} error={command.error} isRunning={command.isRunning}>
      {isAgain && <Note kind="warn" title={t(words.second, { count: dossier.apologies })}>{words.secondWhy}</Note>}
      <NotesField label={vi.dossiers.panel.reason} hint={words.reasonHint} value={reason} onChange={setReason} lengthMax={600} autoFocus error={reason.trim() === '' ? vi.dossiers.panel.reasonMissing : undefined} />
      {isAgain && (
        <NotesField label={words.repeatReason} value={repeatReason} onChange={setRepeatReason} lengthMax={300} error={repeatReason.trim() === '' ? words.repeatMissing : undefined} />
      )}
      <NewDateFields form={form} change={(part) => setForm({ ...form, ...part })} />
      <Consequence dossier={dossier} newDate={newDate} />
    </PanelFrame>
  );
}

/** As the wire takes it; undefined while something is missing. */
function newDateOf({ mode, count, unit, date, minute, why }: NewDateForm): NewDateChoice | undefined {
  if (mode === 'term') return count === undefined || count < 1 ? undefined : { mode, term: { unit, value: count } };
  if (mode === undefined || date === undefined || why.trim() === '') return undefined;
  return { mode, dueAt: officeInstant(date, minute ?? CLOSING_MINUTE), reason: why.trim() };
}

function NewDateFields({ form, change }: { readonly form: NewDateForm; readonly change: (part: Partial<NewDateForm>) => void }) {
  return (
    <>
      <SegmentedChoice label={words.how} options={(['term', 'byHand'] as const).map((id) => ({ id, label: words.hows[id] }))} value={form.mode} onChange={(mode) => change({ mode })}
        error={form.mode === undefined ? words.howMissing : undefined} />
      {form.mode === 'term' && (
        <div className="form-grid">
          <NumberField label={words.count} min={1} max={999} value={form.count} onChange={(count) => change({ count })} error={form.count === undefined || form.count < 1 ? words.countMissing : undefined} />
          <Select label={words.unit} isAuto options={UNITS} value={form.unit} onChange={(unit) => change({ unit: unit as NewDateForm['unit'] })} />
        </div>
      )}
      {form.mode === 'byHand' && (
        <div className="form-grid">
          <DateField label={words.date} today={deskToday()} direction="future" value={form.date} onChange={(date) => change({ date })} error={form.date === undefined ? words.dateMissing : undefined} />
          <TimeField label={words.time} isAuto value={form.minute} onChange={(minute) => change({ minute })} />
          <div className="span-2"><TextField label={words.why} value={form.why} onChange={(why) => change({ why })} lengthMax={300} error={form.why.trim() === '' ? words.whyMissing : undefined} /></div>
        </div>
      )}
    </>
  );
}

/** The old date and the new one, asked of the core with the same words it will keep. */
function Consequence({ dossier, newDate }: { readonly dossier: DossierView; readonly newDate: NewDateChoice | undefined }) {
  const { value, error } = useQuery('dossiers.previewNewDate', newDate === undefined ? undefined : { id: dossier.id, newDate });
  const appointment = newDate === undefined || error !== undefined ? undefined : value?.appointment;
  return (
    <div role="status">
      <p className="detail">{t(words.old, { when: dueWords(dossier.dueAt) })}</p>
      {appointment !== undefined && <p><b>{t(words.fresh, { when: dueWords(appointment.dueAt) })}</b></p>}
      {appointment !== undefined && <p className="small muted">{appointment.explanation}</p>}
      {newDate !== undefined && error !== undefined && <Note kind="warn">{error.sentence}</Note>}
    </div>
  );
}

function dueWords(dueAt: number | null): string {
  return dueAt === null ? words.noDate : `${formatTime(dueAt)} ${formatLongDate(officeDate(dueAt))}`;
}
