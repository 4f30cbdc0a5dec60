import { z } from 'zod';
import { dossierCodeSchema, dossierContentSchema } from '../domain/dossiers/dossier-content.ts';
import { handOverSchema, resultSchema } from '../domain/dossiers/dossier-operations.ts';
import { DOSSIER_STATUSES } from '../domain/dossiers/dossier-state.ts';
import { FLOW_ROLES } from '../domain/procedures/flow-step.ts';
import { dossierFeesSchema } from './fee-views.ts';
import { issuedNumberSchema } from '../domain/numbers/number-series.ts';

/** What dossiers look like on the wire. Instants are integers: UTC milliseconds. Days are ISO strings of office time. */
const dossierStatusSchema = z.enum(DOSSIER_STATUSES);

/** A list row: what a clerk needs to pick the right person. */
export const dossierSummarySchema = z.object({
  id: z.uuid(),
  code: z.string(),
  codes: z.array(dossierCodeSchema),
  status: dossierStatusSchema,
  ownerName: z.string(),
  submitterName: z.string().nullable(),
  birthYear: z.int().nullable(),
  /** What tells people of one name apart in a list, and what a search by number found. */
  ownerIdNumber: z.string().nullable(),
  ownerPhone: z.string().nullable(),
  procedureCode: z.string(),
  procedureName: z.string(),
  request: z.string(),
  receivedAt: z.int(),
  dueAt: z.int().nullable(),
  pausedAt: z.int().nullable(),
  /** When the result was there, and when the citizen had it: "trả trước hạn" is judged by the first. */
  finishedAt: z.int().nullable(),
  returnedAt: z.int().nullable(),
  holder: z.uuid().nullable(),
  holderName: z.string().nullable(),
  openConflicts: z.int(),
  /** The step that goes on and, while its clock runs, when it is due; null without a flow. `needsReview`: that time does not reckon with a wait. */
  step: z.object({ name: z.string(), dueAt: z.int().nullable(), needsReview: z.literal(true).optional() }).nullable(),
  needsReview: z.boolean(),
});
export type DossierSummary = z.infer<typeof dossierSummarySchema>;

/** `isAbove`: all that this desk holds of it is above; null where no upper tier is known. */
export const dossierRowSchema = dossierSummarySchema.extend({ isAbove: z.boolean().nullable() });
export type DossierRow = z.infer<typeof dossierRowSchema>;

export const conflictViewSchema = z.object({
  id: z.string(),
  /** Absent when it is about the office (two desks on one token …). */
  dossier: z.uuid().nullable(),
  title: z.string(),
  reason: z.string(),
  /** Nobody but a leader may settle it. */
  leaderOnly: z.boolean(),
  /** Who asked a leader to decide it, and when; null while nobody has. */
  asked: z.object({ byName: z.string().nullable(), at: z.int(), note: z.string() }).nullable(),
  settledBy: z.string().nullable(),
  /** Each side as the screen shows it: who, which desk, when, what, row by row. */
  operations: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      actorName: z.string().nullable(),
      deskName: z.string().nullable(),
      at: z.int(),
      title: z.string(),
      lines: z.array(z.object({ label: z.string(), text: z.string() })),
    }),
  ),
  options: z.array(z.object({ keep: z.array(z.string()), title: z.string() })),
});
export type ConflictView = z.infer<typeof conflictViewSchema>;

export const historyEntrySchema = z.object({
  id: z.string(),
  kind: z.string(),
  effect: z.string(),
  at: z.int(),
  businessDate: z.string(),
  actor: z.uuid().nullable(),
  actorName: z.string().nullable(),
  deskName: z.string().nullable(),
  /** Who acted for whom, when the permission was delegated. */
  title: z.string(),
  lines: z.array(z.object({ label: z.string(), text: z.string() })),
  /** The number of the act's form; null where it has none, or a person writes it. */
  formNumber: z.string().nullable(),
  /** True when this officer may undo it now. */
  undoable: z.boolean(),
});
export type HistoryEntryView = z.infer<typeof historyEntrySchema>;

const printCopySchema = z.object({
  copy: z.enum(['keep', 'citizen']),
  outcome: z.enum(['waiting', 'printed', 'failed', 'unknown']),
  reportedAt: z.int().nullable(),
});

export const printJobSchema = z.object({
  id: z.uuid(),
  dossier: z.uuid().nullable(),
  code: z.string().nullable(),
  ownerName: z.string().nullable(),
  form: z.string(),
  formTitle: z.string(),
  formVersion: z.string(),
  /** 0 for the original, n for BẢN IN LẠI lần n. */
  reprint: z.int(),
  /** n for SỬA ĐỔI lần n. */
  amended: z.int(),
  size: z.enum(['A4', 'A5']),
  createdAt: z.int(),
  copies: z.array(printCopySchema),
});
export type PrintJobView = z.infer<typeof printJobSchema>;

export const dossierActSchema = z.enum([
  'take', 'assign', 'moveStep', 'transfer', 'confirmTransfer', 'requestSupplement', 'receiveSupplement', 'requestDuty', 'meetDuty', 'apologise', 'forward', 'withdraw', 'stop',
  'refuse', 'finish', 'rework', 'handOver', 'undo', 'correct', 'void', 'reprint', 'collectFee', 'issueFeeReceipt', 'exemptFee', 'refundFee', 'voidFee',
]);

const outcomeSchema = z.enum(['early', 'onTime', 'late']).nullable();

/** A line of the control sheet: who gave the dossier, who took it, both times; null where nobody has signed yet. */
const controlRowSchema = z.object({
  giver: z.string().nullable(),
  taker: z.string().nullable(),
  givenAt: z.int().nullable(),
  takenAt: z.int().nullable(),
  outcome: outcomeSchema,
  /** The step that begins here, when it is due, and how the one before it ended. */
  step: z.object({ name: z.string(), dueAt: z.int().nullable(), ended: z.object({ name: z.string(), outcome: outcomeSchema }).nullable() }).nullable(),
  note: z.string().nullable(),
});

/** A step of the flow as this dossier goes through it. */
const stepViewSchema = z.object({
  name: z.string(),
  role: z.enum(FLOW_ROLES),
  unit: z.string().nullable(),
  term: z.string().nullable(),
  /** `passed`: it went by without anybody saying when. */
  state: z.enum(['done', 'passed', 'current', 'ahead']),
  begunAt: z.int().nullable(),
  endedAt: z.int().nullable(),
  /** Null without a term, and while the clock stands still. */
  dueAt: z.int().nullable(),
  /** Who had it when it ended, or has it now. */
  officerName: z.string().nullable(),
  /** Ended after its term, or is beyond it now. */
  late: z.boolean(),
  /** Another desk moved it while somebody was waited for: the due time does not reckon with the wait. */
  needsReview: z.boolean(),
});
export type StepView = z.infer<typeof stepViewSchema>;

export const dossierViewSchema = dossierSummarySchema.extend({
  statusCode: z.int().nullable(),
  content: dossierContentSchema,
  receivedByName: z.string().nullable(),
  deskName: z.string().nullable(),
  clockUnverified: z.boolean(),
  codeProvisional: z.boolean(),
  register: issuedNumberSchema.nullable(),
  supplementRounds: z.array(
    z.object({ papers: z.array(z.string()), reason: z.string(), pausedAt: z.int(), receivedAt: z.int().nullable() }),
  ),
  /** The day since which the papers that were asked for are overdue by the office's limit; null while they may still come, or none are waited for. */
  supplementLapsedOn: z.string().nullable(),
  dutyRounds: z.array(
    z.object({ text: z.string(), dong: z.int().nullable(), pausedAt: z.int(), metAt: z.int().nullable(), evidence: z.string().nullable() }),
  ),
  /** How often a new date was promised. */
  apologies: z.int(),
  forwardedTo: z.string().nullable(),
  /** The paper dossier is on its way: given, and not yet taken. */
  openTransfer: z.object({ from: z.uuid(), fromName: z.string().nullable(), to: z.uuid(), toName: z.string().nullable(), givenAt: z.int(), note: z.string().nullable() }).nullable(),
  /** Phiếu kiểm soát quá trình giải quyết hồ sơ, in order. */
  controlSheet: z.array(controlRowSchema),
  /** Empty where the procedure has no flow. */
  steps: z.array(stepViewSchema),
  result: resultSchema.extend({ finishedAt: z.int() }).nullable(),
  handOver: handOverSchema.extend({ at: z.int(), byName: z.string().nullable() }).nullable(),
  fees: dossierFeesSchema,
  closingReason: z.string().nullable(),
  amendments: z.int(),
  needsUpdate: z.boolean(),
  missing: z.int(),
  conflicts: z.array(conflictViewSchema),
  /** How much of it is above, and how much of that this desk wrote and the upper tier has signed for; null where no upper tier is known. */
  delivery: z.object({ operations: z.int(), delivered: z.int(), signed: z.int() }).nullable(),
  history: z.array(historyEntrySchema),
  jobs: z.array(printJobSchema),
  /** Which acts this officer may do now; with a plain reason where one is not possible. */
  acts: z.array(z.object({ act: dossierActSchema, possible: z.boolean(), why: z.string().nullable() })),
  /** A sentence to say to the citizen. */
  sentence: z.string(),
  /** Short check code printed on papers. */
  checkCode: z.string(),
});
export type DossierView = z.infer<typeof dossierViewSchema>;
