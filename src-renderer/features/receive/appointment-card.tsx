import type { Appointment } from '../../../src-shared/domain/dossiers/dossier-content.ts';
import type { Procedure } from '../../../src-shared/domain/procedures/procedure.ts';
import { officeDate, type IsoDate } from '../../../src-shared/lib/office-time.ts';
import { formatDate, formatLongDate, formatTime, formatWeekday } from '../../text/format.ts';
import { capitalized, t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DateField } from '../../ui/fields/date-field.tsx';
import { TimeField } from '../../ui/fields/number-fields.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { CountField } from './count-field.tsx';
import type { AppointmentForm, ReceiveForm } from './receive-form.ts';
import type { Preview } from './receive-input.ts';

interface AppointmentCardProps {
  readonly form: ReceiveForm;
  readonly procedure: Procedure | undefined;
  readonly preview: Preview | undefined;
  /** With the officer's own choice, as the core would save it. */
  readonly ownAppointment: Appointment | undefined;
  readonly update: (change: Partial<ReceiveForm>) => void;
  readonly today: IsoDate;
}

/** The date before it is saved, and why. The officer may set another with a reason, and must where the term is unknown. */
export function AppointmentCard({ form, procedure, preview, ownAppointment, update, today }: AppointmentCardProps) {
  const { appointment: choice } = form;
  const isOwn = choice.mode !== 'computed';
  const mustChoose = preview?.termKnown === false && !isOwn;
  const appointment = isOwn ? ownAppointment : preview?.appointment;
  const isAtOnce = !isOwn && procedure?.mode === 'on_the_spot';
  const change = (part: Partial<AppointmentForm>) => update({ appointment: { ...choice, ...part } });
  return (
    <Card accent="appointment" className="receive-appointment">
      <div className="row baseline">
        <span className="label grow">{isAtOnce ? vi.receive.appointment.onTheSpotLabel : vi.receive.appointment.label}</span>
        {preview !== undefined && !isOwn && !mustChoose && <span className="small"><LinkButton label={vi.receive.appointment.change} onPress={() => change({ mode: 'byHand' })} /></span>}
        {isOwn && preview?.termKnown !== false && <span className="small"><LinkButton label={vi.receive.appointment.asComputed} onPress={() => change({ mode: 'computed' })} /></span>}
      </div>
      <div role="status">
        {preview === undefined ? <p className="muted">{vi.receive.appointment.asking}</p> : <DateWords appointment={appointment} isAtOnce={isAtOnce} />}
      </div>
      {appointment !== undefined && !mustChoose && (
        <p className="separator small"><b>{vi.receive.appointment.why}</b> {appointment.explanation}</p>
      )}
      {(isOwn || mustChoose) && <AppointmentFields choice={choice} change={change} today={today} mustChoose={mustChoose} termKnown={preview?.termKnown !== false} />}
    </Card>
  );
}

function DateWords({ appointment, isAtOnce }: { readonly appointment: Appointment | undefined; readonly isAtOnce: boolean }) {
  if (appointment === undefined || appointment.dueAt === null) {
    return <p className="receive-when">{appointment?.mode === 'none' ? vi.receive.appointment.none : vi.receive.appointment.unknown}</p>;
  }
  const date = officeDate(appointment.dueAt);
  const time = formatTime(appointment.dueAt);
  if (isAtOnce) {
    return <><p className="receive-when">{vi.receive.appointment.onTheSpot}</p>
      <p className="receive-by num-words">{t(vi.receive.appointment.latest, { time, date: formatLongDate(date) })}</p></>;
  }
  return <><p className="receive-when">{capitalized(formatWeekday(date))}, <span className="num">{formatDate(date)}</span></p>
    <p className="receive-by">{t(vi.receive.appointment.before, { time })}</p></>;
}

interface AppointmentFieldsProps {
  readonly choice: AppointmentForm;
  readonly change: (part: Partial<AppointmentForm>) => void;
  readonly today: IsoDate;
  readonly mustChoose: boolean;
  readonly termKnown: boolean;
}

const MODES = (['byHand', 'typedTerm', 'none'] as const).map((id) => ({ id, label: vi.receive.appointment.modes[id] }));
const UNITS = (['working_day', 'calendar_day', 'hour'] as const).map((id) => ({ id, label: vi.receive.appointment.units[id] }));

function AppointmentFields({ choice, change, today, mustChoose, termKnown }: AppointmentFieldsProps) {
  // Where the catalogue has a term only the day itself may be set by hand; a typed term is for unknown ones (settled.md 5).
  const modes = termKnown ? MODES.filter(({ id }) => id !== 'typedTerm') : MODES;
  return (
    <div className="receive-side-fields">
      <Select label={vi.receive.appointment.how} options={modes} value={mustChoose ? undefined : choice.mode} onChange={(mode) => change({ mode: mode as AppointmentForm['mode'] })}
        error={mustChoose ? vi.receive.appointment.choose : undefined} />
      {choice.mode === 'byHand' && (
        <div className="receive-pair">
          <DateField label={vi.receive.appointment.date} today={today} direction="future" autoFocus value={choice.date === '' ? undefined : choice.date}
            onChange={(date) => change({ date: date ?? '' })} error={choice.date === '' ? vi.receive.appointment.dateMissing : undefined} />
          <TimeField label={vi.receive.appointment.time} isAuto value={choice.minute} onChange={(minute) => change({ minute: minute ?? 17 * 60 })} />
        </div>
      )}
      {choice.mode === 'typedTerm' && (
        <div className="receive-pair">
          <CountField label={vi.receive.appointment.count} max={999} value={choice.count} onChange={(count) => change({ count })}
            error={choice.count === null ? vi.receive.appointment.countMissing : undefined} />
          <Select label={vi.receive.appointment.unit} options={UNITS} value={choice.unit} onChange={(unit) => change({ unit: unit as AppointmentForm['unit'] })} />
        </div>
      )}
      {!mustChoose && <TextField label={vi.receive.appointment.reason} lengthMax={300} value={choice.reason} onChange={(reason) => change({ reason })}
        error={choice.reason.trim() === '' ? vi.receive.appointment.reasonMissing : undefined} />}
    </div>
  );
}
