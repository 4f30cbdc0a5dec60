/**
 * What an operation keeps about a due date: inputs, result, and hashes of the packs used (design.md §1), so that a fold
 * needs no calendar and an auditor can compute it again. Integers and strings only; the day-by-day list is left out
 * because inputs and packs give it back.
 */
import { z } from 'zod';
import { isIsoDate, officeDate, officeMinuteOfDay } from '../../lib/office-time.ts';
import { CHANNELS, termSchema } from '../procedures/term.ts';
import type { ClockUnit, DeadlineSettings, KnownDeadline, ReceptionOutsideHours } from './deadline.ts';
import type { StoppedClock } from './clock-stop.ts';

const isoDateSchema = z.string().refine(isIsoDate, 'not a calendar day YYYY-MM-DD');
const utcMsSchema = z.int();

/** Which data a date was computed with; `hash` is SHA-256 in hex of the pack's or the settings' canonical bytes. */
export const deadlinePackSchema = z.strictObject({
  kind: z.enum(['calendar', 'officeCalendar', 'catalogue']),
  id: z.string().min(1).max(80),
  version: z.string().max(40),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type DeadlinePack = z.infer<typeof deadlinePackSchema>;

export const deadlineSettingsSchema: z.ZodType<DeadlineSettings> = z.strictObject({
  receptionOutsideHours: z.enum([
    'nextWorkingDayIsDayOne',
    'nextWorkingDayIsReceptionDay',
    'calendarDaysRunOn',
  ] satisfies ReceptionOutsideHours[]),
});

export const deadlineResultSchema = z
  .strictObject({
    dueAt: utcMsSchema,
    dueDate: isoDateSchema,
    dueMinute: z.int().min(0).max(1_439),
    calendarUnconfirmed: z.boolean(),
  })
  .refine(isOfOneMoment, {
    path: ['dueDate'],
    error: 'dueDate and dueMinute must be those of dueAt',
  });
export type DeadlineResult = z.infer<typeof deadlineResultSchema>;

export function isOfOneMoment({ dueAt, dueDate, dueMinute }: { readonly dueAt: number; readonly dueDate: string; readonly dueMinute: number }): boolean {
  return dueDate === officeDate(dueAt) && dueMinute === officeMinuteOfDay(dueAt);
}

const clockUnitSchema = z.enum(['working_day', 'calendar_day', 'working_minute'] satisfies ClockUnit[]);

/** The remains of a stopped clock, as a supplement or duty request carries them. */
export const stoppedClockSchema = z.strictObject({
  unit: clockUnitSchema,
  remaining: z.int().min(0).max(100_000),
  stoppedAt: utcMsSchema,
  dueAt: utcMsSchema,
}) satisfies z.ZodType<StoppedClock>;

const inputs = {
  settings: deadlineSettingsSchema,
  /** `office` or `police`: whose hours and days were used. */
  calendarKey: z.string().min(1).max(40),
  packs: z.array(deadlinePackSchema).max(4),
  result: deadlineResultSchema,
};

const receivedRecordSchema = z
  .strictObject({
    /** `catalogue`: the procedure's term; `typedTerm`: one the officer typed; `byHand`: the date itself was chosen. */
    how: z.enum(['catalogue', 'typedTerm', 'byHand']),
    receivedAt: utcMsSchema,
    channel: z.enum(CHANNELS),
    term: termSchema.nullable(),
    /** Required wherever the officer departs from the catalogue. */
    reason: z.string().trim().max(300).nullable(),
    ...inputs,
  })
  .refine((record) => record.how === 'catalogue' || (record.reason ?? '') !== '', { path: ['reason'], error: 'a reason is required' })
  .refine((record) => record.how === 'byHand' || (record.term !== null && record.term.unit !== 'unknown'), {
    path: ['term'],
    error: 'an unknown term gives no date',
  });

const resumedRecordSchema = z.strictObject({
  how: z.literal('resumed'),
  resumedAt: utcMsSchema,
  stopped: stoppedClockSchema,
  ...inputs,
});

/** A date set anew with an apology (văn bản xin lỗi); `unit` is what a stopped clock of it counts in. */
const extendedRecordSchema = z.strictObject({
  how: z.literal('extended'),
  extendedAt: utcMsSchema,
  /** The date that could not be kept; null where none had been promised. */
  previousDueAt: utcMsSchema.nullable(),
  /** Null where the day was chosen by hand, which wants a reason. */
  term: termSchema.nullable(),
  reason: z.string().trim().max(300).nullable(),
  unit: clockUnitSchema,
  ...inputs,
});

/** What `dossier.received` and the acts that move a date carry as `appointment.record`. */
export const deadlineRecordSchema = z.union([receivedRecordSchema, resumedRecordSchema, extendedRecordSchema]);
export type DeadlineRecord = z.infer<typeof deadlineRecordSchema>;

/** The part of a known deadline that goes into an operation. */
export function deadlineResult(deadline: KnownDeadline): DeadlineResult {
  const { dueAt, dueDate, dueMinute, calendarUnconfirmed } = deadline;
  return { dueAt, dueDate, dueMinute, calendarUnconfirmed };
}
