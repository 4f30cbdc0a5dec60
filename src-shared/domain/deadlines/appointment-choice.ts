import { z } from 'zod';
import { termSchema } from '../procedures/term.ts';

/** Later than any appointment: keeps every date a four-digit year. 2100-01-01. */
const INSTANT_MS_MAX = 4_102_444_800_000;

/** UTC milliseconds of a moment a person may mean. */
export const instantSchema = z.int().min(0).max(INSTANT_MS_MAX);

const reasonSchema = z.string().trim().min(1).max(300);

/**
 * How the officer wants the appointment: by the catalogue; by a term typed with a reason, where the catalogue has none
 * (settled.md 5); on a date chosen with a reason; or none yet, with a reason.
 */
export const appointmentChoiceSchema = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('computed') }),
  z.strictObject({
    mode: z.literal('typedTerm'),
    term: termSchema.refine((term) => term.unit !== 'unknown', { error: 'thời hạn nhập tay phải có đơn vị' }),
    reason: reasonSchema,
  }),
  z.strictObject({ mode: z.literal('byHand'), dueAt: instantSchema, reason: reasonSchema }),
  z.strictObject({ mode: z.literal('none'), reason: reasonSchema }),
]);
export type AppointmentChoice = z.infer<typeof appointmentChoiceSchema>;

/** How a date that cannot be kept is set anew: so much more time from now, or a day chosen with a reason. */
export const newDateChoiceSchema = z.discriminatedUnion('mode', [
  z.strictObject({
    mode: z.literal('term'),
    term: termSchema.refine(({ unit }) => unit === 'working_day' || unit === 'calendar_day' || unit === 'hour', { error: 'thời hạn thêm tính bằng ngày hoặc giờ' }),
  }),
  z.strictObject({ mode: z.literal('byHand'), dueAt: instantSchema, reason: reasonSchema }),
]);
export type NewDateChoice = z.infer<typeof newDateChoiceSchema>;
