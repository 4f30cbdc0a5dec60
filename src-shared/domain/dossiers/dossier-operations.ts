import { z } from 'zod';
import { feeBodySchemas } from '../fees/fee-operations.ts';
import { formNumberSchema, NUMBERED_ACTS } from '../numbers/form-number.ts';
import type { Role } from '../officers/officer.ts';
import {
  appointmentSchema,
  CORRECTABLE_FIELDS,
  dossierCodeSchema,
  dossierContentSchema,
  dossierReceivedSchema,
  paperSchema,
} from './dossier-content.ts';
import { personSchema } from '../persons/person.ts';
import { resumedStepSchema, stepMoveSchema } from './dossier-step-bodies.ts';

/**
 * Bodies of the operations about one dossier, one schema per kind at its newest version. National status codes of
 * domain.md §e.1 are in `dossier-state.ts`; what two concurrent acts mean is in `dossier-concurrency.ts`.
 */
const text = (max: number) => z.string().trim().max(max);
const reason = text(600).min(1);
const operationIdSchema = z.string().max(60);
const officerSchema = z.uuid();
/** Which act set the date that this act moved: if that act loses its effect, the date must be looked at again. */
const movedAppointment = z.strictObject({ appointment: appointmentSchema, base: operationIdSchema });
/** Acts by which a dossier comes to another step of its flow. */
const movesStep = { step: stepMoveSchema.optional() };
/** What was left of the terms of the dossier and of its step when the clock stopped, as the deadline engine wrote it. */
const stoppedClocks = { pause: z.record(z.string(), z.json()).optional(), stepPause: z.record(z.string(), z.json()).optional() };
/** The step's own due time once the clock runs on. */
const resumesStep = { resumedStep: resumedStepSchema.optional() };

export const resultSchema = z.strictObject({
  /** Số, ngày, trích yếu and signer of the result, as far as it has them. */
  number: text(60).optional(),
  date: text(10).optional(),
  summary: text(600),
  signer: text(80).optional(),
});

export const handOverSchema = z.strictObject({
  receiver: personSchema,
  receiverIs: z.enum(['owner', 'submitter', 'authorised', 'other']),
  how: z.enum(['counter', 'post', 'online']),
  /** How the receiver was recognised: receipt shown, ID seen … */
  shown: text(200),
  postOrder: text(60).optional(),
  /** Ids of conflicts that were open and that the officer was told of (settled.md 12). */
  despiteConflicts: z.array(z.string().max(64)).max(10),
});

export const dossierBodySchemas = {
  'dossier.received': dossierReceivedSchema,
  /** From the province's system: original times and codes, no own number. */
  'dossier.imported': z.strictObject({
    content: dossierContentSchema,
    receivedAt: z.int(),
    codes: z.array(dossierCodeSchema).min(1).max(4),
    status: z.enum(['received', 'processing', 'waitingSupplement', 'waitingDuty', 'finished']),
    source: text(120),
  }),
  'dossier.taken': z.strictObject({ officer: officerSchema, ...movesStep }),
  /** Who works on it from now on; the same officer when only the step moves. */
  'dossier.assigned': z.strictObject({ officer: officerSchema, note: text(300).optional(), ...movesStep }),
  /** Hand-over of the paper dossier between officers: both names, both times (phiếu kiểm soát). */
  'dossier.transferred': z.strictObject({ from: officerSchema, to: officerSchema, givenAt: z.int(), takenAt: z.int().nullable(), note: text(300).optional(), ...movesStep }),
  'dossier.supplementRequested': z.strictObject({
    papers: z.array(text(400).min(1)).min(1).max(40),
    reason,
    /** Why a second request, which the law allows only once, was made all the same (R15). */
    repeatReason: text(300).optional(),
    pausedAt: z.int(),
    ...stoppedClocks,
    formNumber: formNumberSchema(NUMBERED_ACTS['dossier.supplementRequested']).optional(),
  }),
  'dossier.supplementReceived': z.strictObject({ papers: z.array(paperSchema).max(60), receivedAt: z.int(), moved: movedAppointment, ...resumesStep }),
  /** No form goes with it: whoever levies the money tells the citizen how much (decision 0025). */
  'dossier.dutyRequested': z.strictObject({ text: text(600).min(1), dong: z.int().min(0).nullable(), pausedAt: z.int(), ...stoppedClocks }),
  'dossier.dutyMet': z.strictObject({ evidence: text(300), metAt: z.int(), moved: movedAppointment, ...resumesStep }),
  'dossier.apologised': z.strictObject({ reason, repeatReason: text(300).optional(), moved: movedAppointment, formNumber: formNumberSchema(NUMBERED_ACTS['dossier.apologised']).optional() }),
  'dossier.forwarded': z.strictObject({ agency: text(200).min(1), note: text(300).optional(), ...movesStep }),
  'dossier.corrected': z.strictObject({
    changes: z
      .array(z.strictObject({ field: z.enum(CORRECTABLE_FIELDS), before: z.json(), after: z.json() }))
      .min(1)
      .max(CORRECTABLE_FIELDS.length),
    reason,
  }),
  'dossier.voided': z.strictObject({ reason }),
  'dossier.withdrawn': z.strictObject({ reason, by: personSchema.optional() }),
  'dossier.stopped': z.strictObject({ reason }),
  /** Refusal after reception; before it there is no dossier, see `reception.refused`. */
  'dossier.refused': z.strictObject({ reason, formNumber: formNumberSchema(NUMBERED_ACTS['dossier.refused']).optional() }),
  'dossier.finished': z.strictObject({ result: resultSchema, finishedAt: z.int(), ...movesStep }),
  'dossier.reworked': z.strictObject({ reason, ...movesStep }),
  'dossier.handedOver': handOverSchema,
  'dossier.codeLinked': z.strictObject({ code: dossierCodeSchema }),
  ...feeBodySchemas,
  'dossier.undone': z.strictObject({ operation: operationIdSchema, reason: text(300) }),
  'dossier.conflictSettled': z.strictObject({ conflict: z.string().length(64), keep: z.array(operationIdSchema).max(20), note: text(600) }),
  /** Somebody would rather have a leader decide this conflict; it decides nothing. */
  'dossier.conflictAsked': z.strictObject({ conflict: z.string().length(64), note: text(600) }),
  /** What became of a sheet of paper; `unknown` until somebody looked (design §5). */
  'dossier.paperReported': z.strictObject({
    job: z.uuid(),
    form: z.string().max(40),
    copy: z.enum(['keep', 'citizen']),
    outcome: z.enum(['printed', 'failed', 'unknown']),
    /** The act whose paper it is. */
    act: operationIdSchema,
  }),
  'dossier.paperReprinted': z.strictObject({ job: z.uuid(), form: z.string().max(40), ordinal: z.int().min(1), reason: text(300).optional() }),
} as const;

export type DossierKind = keyof typeof dossierBodySchemas;
export type DossierBody<K extends DossierKind> = z.infer<(typeof dossierBodySchemas)[K]>;
export const DOSSIER_KINDS = Object.keys(dossierBodySchemas) as DossierKind[];

export function isDossierKind(kind: string): kind is DossierKind {
  return Object.hasOwn(dossierBodySchemas, kind);
}

/** The newest body version this program writes and understands, per kind. */
export const dossierKindVersions: Readonly<Record<DossierKind, number>> = Object.fromEntries(
  DOSSIER_KINDS.map((kind) => [kind, 1]),
) as Record<DossierKind, number>;

/** Any one of these roles suffices. The fold asks the same table as the core's door (rule 13). */
export const DOSSIER_PERMISSIONS: Readonly<Record<DossierKind, readonly Role[]>> = {
  'dossier.received': ['reception'],
  'dossier.imported': ['reception', 'admin'],
  'dossier.taken': ['processing', 'leader'],
  'dossier.assigned': ['processing', 'leader'],
  'dossier.transferred': ['reception', 'processing', 'leader'],
  'dossier.supplementRequested': ['reception', 'processing', 'leader'],
  'dossier.supplementReceived': ['reception', 'processing', 'leader'],
  'dossier.dutyRequested': ['processing', 'leader'],
  'dossier.dutyMet': ['reception', 'processing', 'leader'],
  'dossier.apologised': ['processing', 'leader'],
  'dossier.forwarded': ['processing', 'leader'],
  'dossier.corrected': ['reception', 'processing', 'leader'],
  'dossier.voided': ['leader'],
  'dossier.withdrawn': ['reception', 'processing', 'leader'],
  'dossier.stopped': ['leader'],
  'dossier.refused': ['leader'],
  'dossier.finished': ['processing', 'leader'],
  'dossier.reworked': ['processing', 'leader'],
  'dossier.handedOver': ['reception', 'leader'],
  'dossier.codeLinked': ['reception', 'processing', 'leader'],
  'dossier.feeCollected': ['reception', 'processing', 'leader'],
  'dossier.feeReceiptIssued': ['reception', 'processing', 'leader'],
  'dossier.feeExempted': ['reception', 'processing', 'leader'],
  'dossier.feeRefunded': ['reception', 'leader'],
  // The author of the entry, or the leader: the fold adds that condition.
  'dossier.feeVoided': ['reception', 'processing', 'leader'],
  // The author undoes before the paper is out, the leader afterwards: the fold adds that condition.
  'dossier.undone': ['reception', 'processing', 'leader'],
  'dossier.conflictSettled': ['reception', 'processing', 'leader'],
  'dossier.conflictAsked': ['reception', 'processing', 'leader'],
  'dossier.paperReported': ['reception', 'processing', 'leader', 'admin'],
  'dossier.paperReprinted': ['reception', 'processing', 'leader'],
};
