import { z } from 'zod';
import { stepDeadlineRecordSchema } from '../deadlines/step-deadline.ts';

/** What acts say of the steps of a dossier's flow. The fold asks no calendar: a due time comes with the act that sets it. */

/** A step's place in the flow; a flow has at most forty. */
const stepIndexSchema = z.int().min(0).max(39);

export const stepDueSchema = z.strictObject({
  /** UTC milliseconds. */
  dueAt: z.int(),
  record: stepDeadlineRecordSchema,
});
export type StepDue = z.infer<typeof stepDueSchema>;

/** The dossier comes to this step. Its name stands here too, so that the act reads by itself. */
export const stepMoveSchema = z.strictObject({
  index: stepIndexSchema,
  name: z.string().trim().min(1).max(120),
  /** UTC milliseconds. */
  at: z.int(),
  /** Absent where the step has no term, or the dossier's clock does not run. */
  due: stepDueSchema.optional(),
});
export type StepMove = z.infer<typeof stepMoveSchema>;

/** The clock of this step runs on after a wait. */
export const resumedStepSchema = z.strictObject({ index: stepIndexSchema, due: stepDueSchema });
export type ResumedStep = z.infer<typeof resumedStepSchema>;
