import { z } from 'zod';
import { defineCall } from './call.ts';
import { dossierSummarySchema } from './dossier-views.ts';

/** What whoever leads looks at: who has how much, what is due, what is late and why, what was voided or corrected. */
const overdueReasonSchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('conflict') }),
  z.object({ code: z.literal('needsReview') }),
  z.object({ code: z.literal('untaken') }),
  z.object({ code: z.literal('forwarded'), agency: z.string() }),
  z.object({ code: z.literal('supplemented'), times: z.int(), days: z.int() }),
  z.object({ code: z.literal('apologised'), times: z.int(), reason: z.string() }),
  z.object({ code: z.literal('reworked') }),
]);
export type OverdueReasonView = z.infer<typeof overdueReasonSchema>;

const loadSchema = z.object({
  /** Null for what nobody holds. */
  officer: z.uuid().nullable(),
  name: z.string().nullable(),
  retired: z.boolean(),
  /** Who stands in today. */
  standIns: z.array(z.string()),
  open: z.int(),
  /** Received, and taken up by nobody yet. */
  untaken: z.int(),
  waiting: z.int(),
  dueToday: z.int(),
  overdue: z.int(),
  /** Whose step is beyond its own term while the dossier is not. */
  lateSteps: z.int(),
});
export type OfficerLoad = z.infer<typeof loadSchema>;

/** The lists of the page, each of which may be asked for to its end. */
export const WORK_LISTS = ['overdue', 'due', 'lateSteps', 'stepsToReview', 'supplementsLapsed'] as const;
export type WorkListName = (typeof WORK_LISTS)[number];

const workRowSchema = z.object({
  dossier: dossierSummarySchema,
  /** What the log says of why it is late; empty where it says nothing. */
  reasons: z.array(overdueReasonSchema),
  /** The day since which papers that were asked for are overdue by the office's limit; null where none are. */
  lapsedOn: z.string().nullable(),
});
export type WorkRow = z.infer<typeof workRowSchema>;

const changeSchema = z.object({
  id: z.string(),
  dossier: dossierSummarySchema,
  kind: z.enum(['dossier.voided', 'dossier.corrected', 'dossier.feeVoided', 'dossier.feeRefunded']),
  at: z.int(),
  actorName: z.string().nullable(),
  deskName: z.string().nullable(),
  title: z.string(),
  lines: z.array(z.object({ label: z.string(), text: z.string() })),
});
export type ChangeView = z.infer<typeof changeSchema>;

export const workloadCalls = {
  'workload.get': defineCall({
    method: 'GET', path: '/workload', summary: 'Load per officer, what is due today and up to the next working day, what is overdue and why, which steps are late', access: ['leader'],
    input: z.object({}),
    output: z.object({
      today: z.string(),
      nextWorkingDay: z.string(),
      officers: z.array(loadSchema),
      /** Thirty at most of each; `counts` says how many there are. */
      dueToday: z.array(dossierSummarySchema),
      /** Due from tomorrow up to the office's next working day: also on the days between, on which others work or a term in calendar days ends. */
      dueNext: z.array(dossierSummarySchema),
      overdue: z.array(z.object({ dossier: dossierSummarySchema, reasons: z.array(overdueReasonSchema) })),
      /** Steps beyond their own term in dossiers that are not overdue, the longest late first. */
      lateSteps: z.array(dossierSummarySchema),
      /** Steps of which nobody can say so: another desk moved them without knowing of a wait. */
      stepsToReview: z.array(dossierSummarySchema),
      /** Papers that were asked for and have not come within the office's limit, the longest ago first: closing may be decided, and is never done by itself. */
      supplementsLapsed: z.array(workRowSchema.pick({ dossier: true, lapsedOn: true })),
      counts: z.object({ dueToday: z.int(), dueNext: z.int(), overdue: z.int(), lateSteps: z.int(), stepsToReview: z.int(), supplementsLapsed: z.int() }),
    }),
    errors: [],
  }),
  'workload.list': defineCall({
    method: 'GET', path: '/workload/list', summary: 'One list of the page to its end, a page at a time, in the order of the page', access: ['leader'],
    input: z.object({ list: z.enum(WORK_LISTS), limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().regex(/^\d{1,16}\.\d{1,16}$/).optional() }),
    output: z.object({ rows: z.array(workRowSchema), cursor: z.string().nullable() }),
    errors: [],
  }),
  'workload.changes': defineCall({
    method: 'GET', path: '/workload/changes', summary: 'Voids and corrections of the last days, newest first, with who and why', access: ['leader'],
    input: z.object({ days: z.coerce.number().int().min(1).max(92).default(7) }),
    /** A hundred at most. */
    output: z.object({ since: z.string(), changes: z.array(changeSchema), hasMore: z.boolean() }),
    errors: [],
  }),
} as const;
