import { z } from 'zod';
import type { Appointment } from '../../../../src-shared/domain/dossiers/dossier-content.ts';
import { wireError, type WireError } from '../../../../src-shared/contract/errors.ts';
import type { AppointmentChoice, NewDateChoice } from '../../../../src-shared/domain/deadlines/appointment-choice.ts';
import { clockUnitOfTerm, pauseClock, resumeClock } from '../../../../src-shared/domain/deadlines/clock-stop.ts';
import { appointmentByHand, computeDeadline } from '../../../../src-shared/domain/deadlines/deadline.ts';
import type { ClockUnit, Deadline, KnownDeadline } from '../../../../src-shared/domain/deadlines/deadline.ts';
import { deadlineRecordSchema, deadlineResult, stoppedClockSchema } from '../../../../src-shared/domain/deadlines/deadline-record.ts';
import type { DeadlinePack, DeadlineRecord } from '../../../../src-shared/domain/deadlines/deadline-record.ts';
import { explainDeadline, termOnReceipt } from '../../../../src-shared/domain/deadlines/deadline-words.ts';
import type { EffectiveProcedure } from '../../../../src-shared/domain/procedures/local-procedure.ts';
import { termOnChannel } from '../../../../src-shared/domain/procedures/term.ts';
import type { Channel, Term } from '../../../../src-shared/domain/procedures/term.ts';
import type { OfficerId } from '../../../../src-shared/lib/ids.ts';
import { assert } from '../../../../src-shared/lib/assert.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { calendarKeyOf, type CalendarInForce, type CalendarsOf, type OfficeCalendars } from './office-calendars.ts';

/** Appointments of one open desk, by its calendars and settings as they are now. What a dossier keeps is never computed again. */
export interface DeadlineService {
  /**
   * The appointment for a reception. `dossiers.termUnknown`: the catalogue has no term to compute by;
   * `dossiers.badAppointment`: the date chosen lies before the reception.
   */
  appointmentFor(ask: AppointmentAsk): Result<GivenAppointment, AppointmentRefusal>;
  /** What `pause` of a supplement or duty request keeps; undefined when no date stands that could be stopped. */
  stopClock(appointment: Appointment, stoppedAt: number): Pause | undefined;
  /** The appointment after the wait; unchanged when no date stood. */
  resumeClock(resumption: Resumption): Appointment;
  /** A new date in place of one that cannot be kept. `dossiers.badAppointment`: it lies in the past or not after the old one. */
  extend(extension: Extension): Result<Appointment, WireError<'dossiers.badAppointment'>>;
}

export type AppointmentRefusal = WireError<'dossiers.termUnknown' | 'dossiers.badAppointment'>;

export interface AppointmentAsk {
  readonly procedure: EffectiveProcedure;
  readonly channel: Channel;
  /** UTC milliseconds: when the form was opened. */
  readonly receivedAt: number;
  readonly choice: AppointmentChoice;
  /** Who reads the explanation. */
  readonly officer: OfficerId;
}

export interface GivenAppointment {
  readonly appointment: Appointment;
  /** The legal term as the receipt prints it. */
  readonly termText: string;
  readonly termKnown: boolean;
  /** With its reasons, for warnings; unknown when no date stands. */
  readonly deadline: Deadline;
}

export interface Resumption {
  /** The appointment that stood when the clock stopped. */
  readonly appointment: Appointment;
  /** As `stopClock` gave it. One that is missing or not readable is made again from `pausedAt`. */
  readonly pause: Readonly<Record<string, unknown>> | undefined;
  /** UTC milliseconds. */
  readonly pausedAt: number;
  readonly resumedAt: number;
  /** Who reads the explanation; null speaks to "anh/chị". */
  readonly officer: OfficerId | null;
}

export interface Extension {
  /** The one that cannot be kept. */
  readonly appointment: Appointment;
  readonly choice: NewDateChoice;
  /** UTC milliseconds: from when a term counts. */
  readonly extendedAt: number;
  /** Who reads the explanation. */
  readonly officer: OfficerId;
}

export const pauseSchema = z.strictObject({ ...stoppedClockSchema.shape, calendarKey: z.enum(['office', 'police']) });
/** A stopped clock and the calendar it goes on with, as JSON. */
export type Pause = z.infer<typeof pauseSchema>;

export type DeadlinesOf = (desk: OpenDesk) => DeadlineService;

export function createDeadlinesOf(calendarsOf: CalendarsOf): DeadlinesOf {
  return (desk) => ({
    appointmentFor: (ask) => {
      const calendars = calendarsOf(desk);
      const key = calendarKeyOf(ask.procedure.procedure.authority);
      const packs = [...calendars[key].packs, ...cataloguePack(desk, ask.procedure)];
      return giveAppointment(ask, { calendars, inForce: calendars[key], packs, address: addressOf(desk, ask.officer) });
    },
    stopClock: (appointment, stoppedAt) => stop(calendarsOf(desk), appointment, stoppedAt),
    extend: (extension) => extend(calendarsOf(desk), extension, addressOf(desk, extension.officer)),
    resumeClock: (resumption) => resume(calendarsOf(desk), resumption, addressOf(desk, resumption.officer)),
  });
}

/** How the officer is spoken to ({xưng}). */
export function addressOf(desk: OpenDesk, officer: OfficerId | null): string {
  return (officer === null ? undefined : desk.office().officers.get(officer)?.formOfAddress) ?? 'anh/chị';
}

function cataloguePack(desk: OpenDesk, { provenance }: EffectiveProcedure): readonly DeadlinePack[] {
  const pack = desk.office().packs.find((installed) => installed.pack === 'catalogue' && installed.hash === provenance.packHash);
  return pack === undefined ? [] : [{ kind: 'catalogue', id: pack.id, version: pack.version, hash: pack.hash }];
}

interface Basis {
  readonly calendars: OfficeCalendars;
  readonly inForce: CalendarInForce;
  readonly packs: readonly DeadlinePack[];
  readonly address: string;
}

function giveAppointment(ask: AppointmentAsk, basis: Basis): Result<GivenAppointment, AppointmentRefusal> {
  const { choice, procedure, channel, receivedAt } = ask;
  const catalogueTerm = termOnChannel(procedure.procedure.terms, channel).term;
  const { calendar } = basis.inForce;
  switch (choice.mode) {
    case 'computed':
      return byTerm(ask, basis, { how: 'catalogue', term: catalogueTerm, reason: null });
    case 'typedTerm':
      return byTerm(ask, basis, { how: 'typedTerm', term: choice.term, reason: choice.reason });
    case 'byHand': {
      const deadline = appointmentByHand(choice.dueAt, choice.reason, { receivedAt, calendar });
      if (!deadline.ok) return err(wireError('dossiers.badAppointment', { reason: deadline.error }, 'Ngày hẹn đứng trước lúc tiếp nhận.'));
      const record = receivedRecord(ask, basis, { how: 'byHand', term: catalogueTerm, reason: choice.reason }, deadline.value);
      const appointment = { ...known(deadline.value, record, basis), mode: 'byHand' as const, reason: choice.reason };
      return ok({ appointment, termText: termOnReceipt(catalogueTerm), termKnown: catalogueTerm.unit !== 'unknown', deadline: deadline.value });
    }
    case 'none':
      return ok({
        appointment: noDate(basis, `Chưa hẹn ngày trả, lý do: ${choice.reason}`, choice.reason),
        termText: termOnReceipt(catalogueTerm),
        termKnown: catalogueTerm.unit !== 'unknown',
        deadline: { known: false, reason: 'termNotGiven', note: null },
      });
  }
}

interface TermBasis {
  readonly how: 'catalogue' | 'typedTerm' | 'byHand';
  readonly term: Term;
  readonly reason: string | null;
}

function byTerm(ask: AppointmentAsk, basis: Basis, by: TermBasis): Result<GivenAppointment, AppointmentRefusal> {
  const { calendar } = basis.inForce;
  const settings = { receptionOutsideHours: basis.calendars.settings.receptionOutsideHours };
  const deadline = computeDeadline({ receivedAt: ask.receivedAt, term: by.term, calendar, settings });
  if (!deadline.known) return err(wireError('dossiers.termUnknown', { note: deadline.note }, explainDeadline(deadline, basis.address)));
  const appointment = known(deadline, receivedRecord(ask, basis, by, deadline), basis);
  return ok({
    appointment: by.reason === null ? appointment : { ...appointment, mode: 'byHand', reason: by.reason },
    termText: termOnReceipt(by.term),
    termKnown: true,
    deadline,
  });
}

function receivedRecord(ask: AppointmentAsk, basis: Basis, by: TermBasis, deadline: KnownDeadline): DeadlineRecord {
  return {
    how: by.how,
    receivedAt: ask.receivedAt,
    channel: ask.channel,
    term: by.term,
    reason: by.reason,
    settings: { receptionOutsideHours: basis.calendars.settings.receptionOutsideHours },
    calendarKey: basis.inForce.calendar.key,
    packs: [...basis.packs],
    result: deadlineResult(deadline),
  };
}

type KnownBasis = Pick<Basis, 'packs' | 'address'>;

function known(deadline: KnownDeadline, record: DeadlineRecord, { packs, address }: KnownBasis): Appointment {
  return {
    mode: 'computed',
    dueAt: deadline.dueAt,
    explanation: explainDeadline(deadline, address),
    calendarUnconfirmed: deadline.calendarUnconfirmed,
    record,
    packs: packs.map((pack) => pack.hash),
  };
}

/** An appointment without a date. Its reason is left out where the screen only shows that a term is missing. */
export function noDate({ packs }: Pick<Basis, 'packs'>, explanation: string, reason?: string): Appointment {
  return {
    mode: 'none',
    dueAt: null,
    ...(reason === undefined ? {} : { reason }),
    explanation,
    calendarUnconfirmed: false,
    packs: packs.map((pack) => pack.hash),
  };
}

function stop(calendars: OfficeCalendars, appointment: Appointment, stoppedAt: number): Pause | undefined {
  if (appointment.dueAt === null) return undefined;
  const { unit, calendarKey } = clockOf(appointment);
  const stopped = pauseClock({ stoppedAt, dueAt: appointment.dueAt, unit, calendar: calendars[calendarKey].calendar });
  return { ...stopped, calendarKey };
}

/** What the clock of an appointment counts in and by whose days; working days of the office where its record cannot be read. */
function clockOf(appointment: Appointment): { readonly unit: ClockUnit; readonly calendarKey: 'office' | 'police' } {
  const record = deadlineRecordSchema.safeParse(appointment.record).data;
  if (record === undefined) return { unit: 'working_day', calendarKey: 'office' };
  return { unit: unitOf(record), calendarKey: record.calendarKey === 'police' ? 'police' : 'office' };
}

function unitOf(record: DeadlineRecord): ClockUnit {
  switch (record.how) {
    case 'resumed':
      return record.stopped.unit;
    case 'extended':
      return record.unit;
    case 'catalogue':
    case 'typedTerm':
    case 'byHand':
      return clockUnitOfTerm(record.term);
  }
}

function resume(calendars: OfficeCalendars, resumption: Resumption, address: string): Appointment {
  const { appointment, resumedAt } = resumption;
  const pause = pauseSchema.safeParse(resumption.pause).data ?? stop(calendars, appointment, resumption.pausedAt);
  if (pause === undefined) return appointment;
  const { calendarKey, ...stopped } = pause;
  const { calendar, packs } = calendars[calendarKey];
  const deadline = resumeClock(stopped, resumedAt, calendar);
  const record: DeadlineRecord = {
    how: 'resumed',
    resumedAt,
    stopped,
    settings: { receptionOutsideHours: calendars.settings.receptionOutsideHours },
    calendarKey,
    packs: [...packs],
    result: deadlineResult(deadline),
  };
  return known(deadline, record, { packs, address });
}

function extend(calendars: OfficeCalendars, { appointment, choice, extendedAt }: Extension, address: string): Result<Appointment, WireError<'dossiers.badAppointment'>> {
  const clock = clockOf(appointment);
  const { calendar, packs } = calendars[clock.calendarKey];
  const settings = { receptionOutsideHours: calendars.settings.receptionOutsideHours };
  const isByHand = choice.mode === 'byHand';
  const byHand = isByHand ? appointmentByHand(choice.dueAt, choice.reason, { receivedAt: extendedAt, calendar }) : undefined;
  if (byHand?.ok === false) return err(wireError('dossiers.badAppointment', { reason: byHand.error }, 'Ngày hẹn mới đã qua. Chọn một ngày sắp tới.'));
  const deadline = isByHand ? byHand!.value : computeDeadline({ receivedAt: extendedAt, term: choice.term, calendar, settings });
  assert(deadline.known, 'a counted term gives a date');
  const previousDueAt = appointment.dueAt;
  if (previousDueAt !== null && deadline.dueAt <= previousDueAt) {
    return err(wireError('dossiers.badAppointment', { reason: 'notLater', dueAt: deadline.dueAt, previousDueAt }, 'Ngày hẹn mới phải sau ngày hẹn cũ.'));
  }
  const term = isByHand ? null : choice.term;
  const record: DeadlineRecord = {
    how: 'extended',
    extendedAt,
    previousDueAt,
    term,
    reason: isByHand ? choice.reason : null,
    unit: term === null ? clock.unit : clockUnitOfTerm(term),
    settings,
    calendarKey: clock.calendarKey,
    packs: [...packs],
    result: deadlineResult(deadline),
  };
  const moved = { ...known(deadline, record, { packs, address }), explanation: explainDeadline(deadline, address, 'Hẹn lại') };
  return ok(isByHand ? { ...moved, mode: 'byHand', reason: choice.reason } : moved);
}
