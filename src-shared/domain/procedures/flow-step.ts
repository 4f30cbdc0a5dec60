import { z } from 'zod';
import { termInWords, termSchema, type Term } from './term.ts';

/** A step of a procedure's flow: what is done, by whom, and how long it may take, as the office has laid it down. */

/** At the counter, by whoever works on it, by whoever signs, outside the office. */
export const FLOW_ROLES = ['reception', 'specialist', 'leader', 'external'] as const;
export type FlowRole = (typeof FLOW_ROLES)[number];

/** The working day of the internal procedures (quy trình nội bộ), in which half a day is four hours. */
const HOURS_PER_WORKING_DAY = 8;
const MINUTES_PER_HOUR = 60;

const line = (max: number) => z.string().trim().min(1).max(max);

/** Steps are counted in what the deadline code counts office time in; calendar days and cut-offs make no sense inside an office. */
export const stepTermSchema = z.discriminatedUnion('unit', [
  z.strictObject({ unit: z.literal('working_day'), value: z.int().min(1).max(999) }),
  z.strictObject({ unit: z.literal('hour'), value: z.int().min(1).max(999) }),
]);
export type StepTerm = Readonly<z.infer<typeof stepTermSchema>>;

export const STEP_NAME_MAX = 120;

const flowStepShape = z.strictObject({
  name: line(300),
  role: z.enum(FLOW_ROLES),
  /** Đơn vị thực hiện, where it is named: "Phòng Kinh tế", "Công an xã". */
  unit: line(120).optional(),
  /** Null while the office has not set one. */
  term: stepTermSchema.nullable(),
});

/** Packs and changes of before say `shareMinutes`, office minutes of eight hours a day; they are read as hours. */
export const flowStepSchema = z.preprocess((step) => liftStep(step), flowStepShape);
export type FlowStep = Readonly<z.infer<typeof flowStepSchema>>;

function liftStep(step: unknown): unknown {
  if (typeof step !== 'object' || step === null || !('shareMinutes' in step) || 'term' in step) return step;
  const { shareMinutes, ...rest } = step;
  const isShare = Number.isSafeInteger(shareMinutes) && (shareMinutes as number) > 0;
  // A share that is no number stays what it is, so that the schema refuses it by name.
  return { ...rest, term: isShare ? { unit: 'hour', value: Math.ceil((shareMinutes as number) / MINUTES_PER_HOUR) } : shareMinutes };
}

/** What a dossier keeps of the flow it was received under, so that a later change of the procedure moves no running dossier. */
export const stepSnapshotSchema = z.array(flowStepShape.extend({ name: line(STEP_NAME_MAX) })).max(40);

/** "2 ngày làm việc", "4 giờ làm việc"; null where the office has set no term. */
export function stepTermInWords(term: StepTerm | null): string | null {
  return term === null ? null : termInWords(term);
}

/** What the steps take together, in working hours; steps without a term count nothing. */
export function hoursOfSteps(steps: readonly Pick<FlowStep, 'term'>[]): number {
  return steps.reduce((sum, { term }) => sum + (term === null ? 0 : hoursOf(term)), 0);
}

/** The working hours of a procedure's term; null for terms that are not counted in working time. */
export function hoursOfTerm(term: Term): number | null {
  const counted = stepTermSchema.safeParse(term).data;
  return counted === undefined ? null : hoursOf(counted);
}

function hoursOf({ unit, value }: StepTerm): number {
  return unit === 'hour' ? value : value * HOURS_PER_WORKING_DAY;
}

/** "2 ngày 4 giờ làm việc". */
export function hoursInWords(hours: number): string {
  const [days, rest] = [Math.floor(hours / HOURS_PER_WORKING_DAY), hours % HOURS_PER_WORKING_DAY];
  const parts = [...(days > 0 ? [`${days} ngày`] : []), ...(rest > 0 || days === 0 ? [`${rest} giờ`] : [])];
  return `${parts.join(' ')} làm việc`;
}
