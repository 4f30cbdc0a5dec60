import { z } from 'zod';
import { amountSchema } from '../fees/fee.ts';
import { issuedNumberSchema } from '../numbers/number-series.ts';
import { personSchema } from '../persons/person.ts';
import { stepSnapshotSchema } from '../procedures/flow-step.ts';
import { CHANNELS } from '../procedures/term.ts';
import { stepDueSchema } from './dossier-step-bodies.ts';

/**
 * What a dossier holds at reception. It keeps what it was received under: the procedure's words, the computed date with
 * its inputs and the hashes of the packs used, so that nothing printed ever changes because a catalogue did.
 */
const line = (max: number) => z.string().trim().max(max);

export const channelSchema = z.enum(CHANNELS);

/** The procedure as it stood when the dossier was received. */
export const procedureSnapshotSchema = z.strictObject({
  code: line(40).min(1),
  name: line(2_000).min(1),
  sector: line(120).optional(),
  /** Hash of the catalogue pack the entry came from, and the office's own version when it was adjusted. */
  pack: z.string().max(64),
  localVersion: z.int().min(0),
  /** False where the catalogue's facts are marked "chưa xác nhận". */
  confirmed: z.boolean(),
  termText: line(300).optional(),
  resultName: line(300).optional(),
  /** Names alone, in dossiers that were received before steps had terms; nothing is counted by them. */
  flow: z.array(line(120)).max(20).optional(),
  /** The flow with its terms. Absent for procedures without one and for what another system began. */
  steps: stepSnapshotSchema.optional(),
  authority: z.string().max(40).optional(),
});

export const paperSchema = z.strictObject({
  name: line(400).min(1),
  original: z.int().min(0).max(999),
  certified: z.int().min(0).max(999),
  photo: z.int().min(0).max(999),
  /** Shown to the officer and taken back (xuất trình). */
  seen: z.boolean(),
  /** Asked for by the procedure but not brought ("thiếu"). */
  missing: z.boolean(),
  compulsory: z.boolean(),
  note: line(200).optional(),
});
export type Paper = z.infer<typeof paperSchema>;

/** One row of the certification table: documents to certify in one sitting. */
export const certifiedDocumentSchema = z.strictObject({
  name: line(300).min(1),
  pages: z.int().min(1).max(2_000),
  copies: z.int().min(1).max(999),
});
export type CertifiedDocument = z.infer<typeof certifiedDocumentSchema>;

/** Phí or lệ phí as one sum. A blank amount is unknown, never free (settled.md 14). */
export const chargeSchema = z.strictObject({ amount: amountSchema, explanation: line(1_000).optional() });
export type Charge = z.infer<typeof chargeSchema>;

export const appointmentSchema = z.strictObject({
  /** none: no date can be promised yet (the term is unknown and the officer left it open with a reason). */
  mode: z.enum(['computed', 'byHand', 'none']),
  /** UTC milliseconds; null only for `none`. */
  dueAt: z.int().nullable(),
  reason: line(300).optional(),
  /** The sentence that explained it on the screen. */
  explanation: line(600),
  calendarUnconfirmed: z.boolean(),
  /** Inputs and result of the computation, as written by the deadline engine. */
  record: z.record(z.string(), z.json()).optional(),
  /** Hashes of the calendar and catalogue packs used. */
  packs: z.array(z.string().max(64)).max(4),
});
export type Appointment = z.infer<typeof appointmentSchema>;

export const resultDeliverySchema = z.strictObject({
  by: z.enum(['counter', 'post', 'online', 'elsewhere']),
  place: line(300).optional(),
});

export const dossierCodeSchema = z.strictObject({
  system: z.enum(['own', 'province', 'ministry']),
  code: line(60).min(1),
});
export type DossierCode = z.infer<typeof dossierCodeSchema>;

/** A warning the officer saw when saving; it stays on the dossier. */
export const warningSchema = z.strictObject({ code: z.string().max(60), text: line(500) });

/** The part of a dossier that corrections may change; see `CORRECTABLE_FIELDS`. */
export const dossierContentSchema = z.strictObject({
  procedure: procedureSnapshotSchema,
  owner: personSchema,
  /** Who stands at the counter, when it is not the owner. */
  submitter: personSchema.extend({ relation: line(80).optional() }).optional(),
  /** The authorised person and the authorisation, when there is one. */
  authorised: personSchema.extend({ authorisation: line(200).optional() }).optional(),
  /** Nội dung yêu cầu giải quyết, as printed. */
  request: line(600).min(1),
  /** Answers to the procedure's own questions (child's name …), by the catalogue's field key. */
  fields: z.record(z.string().max(40), line(400)),
  papers: z.array(paperSchema).max(60),
  documents: z.array(certifiedDocumentSchema).max(60),
  sets: z.int().min(1).max(99),
  channel: channelSchema,
  delivery: resultDeliverySchema,
  fee: chargeSchema,
  levy: chargeSchema,
  appointment: appointmentSchema,
  warnings: z.array(warningSchema).max(30),
  note: line(1_000).optional(),
});
export type DossierContent = z.infer<typeof dossierContentSchema>;

/** The first line of `dossier.received`. */
export const dossierReceivedSchema = z.strictObject({
  content: dossierContentSchema,
  /** UTC milliseconds, the minute in which the form was opened: the citizen stood there already. */
  receivedAt: z.int(),
  /** True while the date was typed after a clock fault and nobody has confirmed it (design §2). */
  clockUnverified: z.boolean(),
  codes: z.array(dossierCodeSchema).min(1).max(4),
  number: issuedNumberSchema,
  register: issuedNumberSchema,
  codeProvisional: z.boolean(),
  /** False for a certification done at once without a receipt. */
  receiptWanted: z.boolean(),
  /** When the first step is due; absent where it has no term. */
  stepDue: stepDueSchema.optional(),
});
export type DossierReceived = z.infer<typeof dossierReceivedSchema>;

/** Fields of the content that `dossier.corrected` may replace, each as a whole. The appointment moves by its own acts. */
export const CORRECTABLE_FIELDS = [
  'owner', 'submitter', 'authorised', 'request', 'fields', 'papers', 'documents', 'sets', 'channel', 'delivery', 'fee', 'levy', 'note',
] as const satisfies readonly (keyof DossierContent)[];
export type CorrectableField = (typeof CORRECTABLE_FIELDS)[number];
