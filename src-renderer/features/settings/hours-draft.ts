import type { OfficeHours, WorkPeriod } from '../../../src-shared/domain/deadlines/calendar-pack.ts';

/** A day as an office speaks of it. `own`: hours of its own, which stay as they are. */
export type DayKind = 'full' | 'morning' | 'afternoon' | 'off' | 'own';

export interface HoursDraft {
  readonly morning: { readonly from: number | undefined; readonly to: number | undefined };
  readonly afternoon: { readonly from: number | undefined; readonly to: number | undefined };
  /** 0 = Sunday. */
  readonly days: readonly DayKind[];
}

type Span = HoursDraft['morning'];

/** Two spans for the whole week and what each day has of them; a day that fits neither keeps its own hours. */
export function hoursDraftOf({ byWeekday, makeUpDay }: OfficeHours): HoursDraft {
  const [morning, afternoon] = [...byWeekday, makeUpDay].find((periods) => periods.length === 2) ?? [];
  const spans = { morning: morning ?? { from: 420, to: 690 }, afternoon: afternoon ?? { from: 810, to: 1020 } };
  return { ...spans, days: byWeekday.map((periods) => kindOf(periods, spans)) };
}

function kindOf(periods: readonly WorkPeriod[], { morning, afternoon }: { readonly morning: WorkPeriod; readonly afternoon: WorkPeriod }): DayKind {
  const isSame = (...wanted: readonly WorkPeriod[]) => periods.length === wanted.length && wanted.every(({ from, to }, index) => periods[index]?.from === from && periods[index]?.to === to);
  if (periods.length === 0) return 'off';
  if (isSame(morning, afternoon)) return 'full';
  if (isSame(morning)) return 'morning';
  return isSame(afternoon) ? 'afternoon' : 'own';
}

/** The hours as they are kept; undefined while a time is missing. Days of their own are taken from `before`. */
export function hoursOfDraft({ morning, afternoon, days }: HoursDraft, before: OfficeHours): OfficeHours | undefined {
  const [first, second] = [periodOf(morning), periodOf(afternoon)];
  if (first === undefined || second === undefined) return undefined;
  const periods: Readonly<Record<Exclude<DayKind, 'own'>, readonly WorkPeriod[]>> = { full: [first, second], morning: [first], afternoon: [second], off: [] };
  return { byWeekday: days.map((kind, day) => (kind === 'own' ? (before.byWeekday[day] ?? []) : periods[kind])), makeUpDay: [first, second] };
}

function periodOf({ from, to }: Span): WorkPeriod | undefined {
  return from === undefined || to === undefined ? undefined : { from, to };
}

export function isInOrder({ morning, afternoon }: HoursDraft): boolean {
  const times = [morning.from, morning.to, afternoon.from, afternoon.to].filter((time) => time !== undefined);
  return times.every((time, index) => index === 0 || times[index - 1]! < time);
}
