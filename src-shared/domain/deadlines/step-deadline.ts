import { z } from 'zod';
import { MINUTE_MS } from '../../lib/office-time.ts';
import { stepTermSchema } from '../procedures/flow-step.ts';
import { deadlinePackSchema, deadlineResultSchema, deadlineSettingsSchema, stoppedClockSchema } from './deadline-record.ts';

const inputs = {
  settings: deadlineSettingsSchema,
  /** `office` or `police`: whose hours and days were used. */
  calendarKey: z.string().min(1).max(40),
  packs: z.array(deadlinePackSchema).max(4),
  result: deadlineResultSchema,
};

/** How a step's due time was computed: its inputs and the hashes of the packs used, as for the dossier's own date. */
export const stepDeadlineRecordSchema = z.discriminatedUnion('how', [
  z.strictObject({ how: z.literal('begun'), begunAt: z.int(), term: stepTermSchema, ...inputs }),
  z.strictObject({ how: z.literal('resumed'), resumedAt: z.int(), stopped: stoppedClockSchema, ...inputs }),
]);
export type StepDeadlineRecord = z.infer<typeof stepDeadlineRecordSchema>;

/** Whether a step is late at some moment: by the printed minute, because steps take hours (the dossier itself goes by days). */
export function isStepLate(dueAt: number | null, at: number): boolean {
  return dueAt !== null && Math.floor(at / MINUTE_MS) > Math.floor(dueAt / MINUTE_MS);
}
