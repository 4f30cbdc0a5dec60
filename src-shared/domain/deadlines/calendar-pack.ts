/**
 * The shapes of calendar data and the checks a pack must pass before anything is computed from it. The public
 * holidays come as a pack (data, replaced by a newer version); hours and local days belong to the office.
 */
import { z } from 'zod';
import { isIsoDate } from '../../lib/office-time.ts';
import type { IsoDate } from '../../lib/office-time.ts';

/**
 * `closed`: a holiday. `dayInLieu`: a weekday off in exchange for another day (nghỉ bù, hoán đổi).
 * `makeUpWorkingDay`: a day that is worked although the week would close it (làm bù). Source: domain.md §f.
 */
export type CalendarDayType = 'closed' | 'dayInLieu' | 'makeUpWorkingDay';

/** One day that differs from the weekly pattern. `name` is Vietnamese and follows "nghỉ", "nghỉ bù" or "làm bù". */
export interface CalendarDay {
  readonly date: IsoDate;
  readonly type: CalendarDayType;
  readonly name: string;
  /** The document that says so. */
  readonly source?: string | undefined;
  /** `false` when nobody has held the day against its document yet; absent means confirmed by whoever entered it. */
  readonly confirmed?: boolean | undefined;
}

/** A holiday on the same date every year, used where a calendar's days are not published yet (settled.md 7). */
export interface FixedDate {
  /** `MM-DD`. */
  readonly monthDay: string;
  readonly name: string;
  readonly fromYear?: number | undefined;
}

/** A calendar pack. A newer version holds the older years too, so that one pack always answers alone. */
export interface CalendarPack {
  readonly id: string;
  readonly version: number;
  readonly validFrom: IsoDate;
  /** The last day whose holidays are known; beyond it deadlines are marked, never refused. */
  readonly validTo: IsoDate;
  readonly fixedDates: readonly FixedDate[];
  readonly days: readonly CalendarDay[];
}

/** Minutes since midnight. Both ends are within office hours: 17:00 is still open (settled.md 2). */
export interface WorkPeriod {
  readonly from: number;
  readonly to: number;
}

export interface OfficeHours {
  /** Seven lists, 0 = Sunday … 6 = Saturday; an empty list is a weekly day off. */
  readonly byWeekday: readonly (readonly WorkPeriod[])[];
  /** The hours of a make-up working day, whatever its weekday. */
  readonly makeUpDay: readonly WorkPeriod[];
}

/** What an office adds to the pack; Công an xã has its own beside the office's (settled.md 9). */
export interface OfficeCalendar {
  /** A short stable key such as `office` or `police`, recorded with every deadline. */
  readonly key: string;
  readonly hours: OfficeHours;
  /** Local days; one on a date of the pack replaces the pack's. */
  readonly days: readonly CalendarDay[];
}

const isoDateSchema = z.string().refine(isIsoDate, 'phải là một ngày có thật, viết theo dạng năm-tháng-ngày, ví dụ 2026-11-24');
const nameSchema = z.string().trim().min(1).max(120);

const calendarDaySchema: z.ZodType<CalendarDay> = z.strictObject({
  date: isoDateSchema,
  type: z.enum(['closed', 'dayInLieu', 'makeUpWorkingDay']),
  name: nameSchema,
  source: z.string().max(300).optional(),
  confirmed: z.boolean().optional(),
});

const fixedDateSchema: z.ZodType<FixedDate> = z.strictObject({
  // A leap year stands in for "any year", so that 02-29 may be named.
  monthDay: z.string().refine((text) => isIsoDate(`2024-${text}`), 'phải là một ngày trong năm, viết theo dạng tháng-ngày, ví dụ 09-02'),
  name: nameSchema,
  fromYear: z.int().min(1900).max(9999).optional(),
});

function repeatedDates(days: readonly CalendarDay[]): readonly number[] {
  const seen = new Set<IsoDate>();
  const repeated: number[] = [];
  days.forEach((day, index) => {
    if (seen.has(day.date)) repeated.push(index);
    seen.add(day.date);
  });
  return repeated;
}

/** Accepts a calendar pack whole or names the path of every fault: one entry per date, all inside the validity. */
export const calendarPackSchema: z.ZodType<CalendarPack> = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,79}$/),
    version: z.int().min(1),
    validFrom: isoDateSchema,
    validTo: isoDateSchema,
    fixedDates: z.array(fixedDateSchema).max(60),
    days: z.array(calendarDaySchema).max(5_000),
  })
  .superRefine((pack, context) => {
    if (pack.validFrom > pack.validTo) {
      context.addIssue({ code: 'custom', path: ['validTo'], message: 'ngày cuối của lịch đứng trước ngày đầu' });
    }
    for (const index of repeatedDates(pack.days)) {
      context.addIssue({ code: 'custom', path: ['days', index, 'date'], message: 'ngày này đã có ở phía trên trong cùng gói' });
    }
    pack.days.forEach((day, index) => {
      if (day.date >= pack.validFrom && day.date <= pack.validTo) return;
      context.addIssue({ code: 'custom', path: ['days', index, 'date'], message: 'ngày này nằm ngoài thời gian của lịch' });
    });
  });

const periodsSchema = z
  .array(z.strictObject({ from: z.int().min(0).max(1_439), to: z.int().min(1).max(1_439) }))
  .max(6)
  .refine(
    (periods) => periods.every((period, index) => period.from < period.to && period.from > (periods[index - 1]?.to ?? -1)),
    'các khoảng giờ phải theo thứ tự, rời nhau và không rỗng',
  );

/** Refuses hours without a single working weekday: every deadline would be without end. */
export const officeHoursSchema: z.ZodType<OfficeHours> = z.strictObject({
  byWeekday: z.array(periodsSchema).length(7).refine((week) => week.some((day) => day.length > 0), 'phải có ít nhất một ngày làm việc trong tuần'),
  makeUpDay: periodsSchema.min(1),
});

export const officeCalendarSchema: z.ZodType<OfficeCalendar> = z
  .strictObject({
    key: z.string().regex(/^[a-z][a-zA-Z0-9-]{0,39}$/),
    hours: officeHoursSchema,
    days: z.array(calendarDaySchema).max(1_000),
  })
  .superRefine((office, context) => {
    for (const index of repeatedDates(office.days)) {
      context.addIssue({ code: 'custom', path: ['days', index, 'date'], message: 'ngày này đã có ở phía trên trong danh sách' });
    }
  });

const FULL_DAY: readonly WorkPeriod[] = [
  { from: 7 * 60, to: 11 * 60 + 30 },
  { from: 13 * 60 + 30, to: 17 * 60 },
];
const MORNING: readonly WorkPeriod[] = FULL_DAY.slice(0, 1);

/** 07:00–11:30 and 13:30–17:00, Monday to Friday: eight hours, the default of the systems in use (domain.md §f). */
export const defaultOfficeHours: OfficeHours = {
  byWeekday: [[], FULL_DAY, FULL_DAY, FULL_DAY, FULL_DAY, FULL_DAY, []],
  makeUpDay: FULL_DAY,
};

/** As the office, and Saturday morning: what residence pages say of Công an xã (domain.md §f). A proposal to edit. */
export const policeOfficeHours: OfficeHours = {
  byWeekday: [[], FULL_DAY, FULL_DAY, FULL_DAY, FULL_DAY, FULL_DAY, MORNING],
  makeUpDay: FULL_DAY,
};
