import { wireError } from '../../../../src-shared/contract/errors.ts';
import type { OfficeBody } from '../../../../src-shared/domain/office/office-operations.ts';
import { createCalendar } from '../../../../src-shared/domain/deadlines/calendar.ts';
import type { CalendarPack } from '../../../../src-shared/domain/deadlines/calendar-pack.ts';
import { CLOSURE_DAYS_MAX, tooLongClosure } from '../../../../src-shared/domain/deadlines/closure.ts';
import { dayInWords } from '../../../../src-shared/domain/deadlines/day-words.ts';
import type { EffectiveProcedure } from '../../../../src-shared/domain/procedures/local-procedure.ts';
import { err, ok } from '../../../../src-shared/lib/result.ts';
import type { Announce, Handlers, OutputOf, ParsedInput } from '../../calls/handlers.ts';
import { writeOfficeAct } from '../../calls/office-acts.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import type { DeadlinesOf } from './deadline-service.ts';
import type { CalendarsOf } from './office-calendars.ts';
import { previewChange } from './preview-change.ts';
import { previewAppointment } from './preview-appointment.ts';

/** The one thing asked of the catalogue. */
export type FindProcedure = (desk: OpenDesk, code: string) => EffectiveProcedure | undefined;

export interface DeadlinesDep {
  readonly findProcedure: FindProcedure;
  readonly calendarsOf: CalendarsOf;
  readonly deadlinesOf: DeadlinesOf;
  readonly announce: Announce;
}

/** The appointment while it is being chosen, and the office's own days. */
export function createDeadlinesHandlers(dep: DeadlinesDep): Handlers<'deadlines.preview' | 'calendar.list' | 'calendar.saveDay' | 'calendar.previewChange'> {
  return {
    'deadlines.preview': ({ procedureCode, channel, openedAt, choice }, { desk, officer }) => {
      const procedure = dep.findProcedure(desk, procedureCode);
      if (procedure === undefined) return err(wireError('procedures.unknown'));
      const preview = previewAppointment(dep.deadlinesOf(desk), { procedure, channel, receivedAt: openedAt, choice, officer });
      if (!preview.ok) return preview;
      const { appointment, termText, termKnown } = preview.value;
      return ok({ appointment, termText, termKnown });
    },

    'calendar.list': ({ year }, { desk }) => ok(daysOfYear(dep.calendarsOf(desk).pack, desk, year)),

    'calendar.previewChange': (change, { desk }) => ok(answerPreview(dep, desk, change)),

    'calendar.saveDay': (day, { desk, officer }) => {
      const body: OfficeBody<'calendarDay.saved'> = day.type === 'asPack' ? { ...day, name: '' } : day;
      const closed = closureWith(dep.calendarsOf(desk), body);
      if (closed !== null) return err(wireError('calendar.badDay', { date: closed }, closureWords(closed)));
      const written = writeOfficeAct(desk, { kind: 'calendarDay.saved', actor: officer, body });
      if (!written.ok) return written;
      dep.announce({ type: 'office' });
      return ok({});
    },
  };
}

/** Nothing is written and nobody is told: what would be, asked before it is. */
function answerPreview(dep: DeadlinesDep, desk: OpenDesk, change: ParsedInput<'calendar.previewChange'>): OutputOf<'calendar.previewChange'> {
  const calendars = dep.calendarsOf(desk);
  const body = change.what === 'day' && change.day.type !== 'asPack' ? change.day : undefined;
  const closed = body === undefined ? null : closureWith(calendars, body);
  if (closed !== null) return { running: 0, whileClosed: 0, from: closed, moved: [], refusal: closureWords(closed) };
  const authorityOf = (code: string) => dep.findProcedure(desk, code)?.procedure.authority ?? 'commune';
  return { ...previewChange(desk, change, calendars, authorityOf), refusal: null };
}

function closureWords(date: string): string {
  return `Từ ${dayInWords(date)} sẽ nghỉ liền hơn ${CLOSURE_DAYS_MAX} ngày. Xem lại các ngày nghỉ.`;
}

/** Whether the day would close the office for so long that every date moves out of sight. */
function closureWith(calendars: ReturnType<CalendarsOf>, day: OfficeBody<'calendarDay.saved'>): string | null {
  if (day.type === 'asPack' || day.type === 'makeUpWorkingDay') return null;
  const { calendar } = calendars.office;
  const days = [...calendar.daysByDate.values()].filter((known) => known.date !== day.date);
  const pack = { id: 'check', version: 1, validFrom: calendar.validFrom, validTo: calendar.validTo, fixedDates: [...calendar.fixedDatesByMonthDay.values()], days };
  return tooLongClosure(createCalendar(pack, { key: 'office', hours: calendar.hours, days: [{ date: day.date, type: day.type, name: day.name }] }));
}

function daysOfYear(pack: CalendarPack | undefined, desk: OpenDesk, year: number): OutputOf<'calendar.list'> {
  const isOfYear = (day: { readonly date: string }) => day.date.startsWith(`${year}-`);
  const byDate = new Map<string, OutputOf<'calendar.list'>['days'][number]>();
  for (const day of pack?.days.filter(isOfYear) ?? []) {
    const { date, type, name, source = null, confirmed = true } = day;
    byDate.set(date, { date, type, name, source, confirmed, own: false });
  }
  for (const { date, type, name } of [...desk.office().calendarDays.values()].filter(isOfYear)) {
    if (type !== 'asPack') byDate.set(date, { date, type, name, source: null, confirmed: true, own: true });
  }
  const days = [...byDate.values()].sort((left, right) => (left.date < right.date ? -1 : 1));
  return { validFrom: pack?.validFrom ?? null, validTo: pack?.validTo ?? null, days };
}
