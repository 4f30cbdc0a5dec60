import { z } from 'zod';

/**
 * The receive form as data: what is drawn, kept as a draft and sent. Everything typed is text or a choice; what follows
 * from it (sums, date, request line) is computed. A change of this shape raises `RECEIVE_FORM_VERSION` and adds a step to
 * the core's draft migrations.
 */
export const RECEIVE_FORM_VERSION = 1;

const personFormSchema = z.object({
  type: z.enum(['individual', 'organisation']),
  name: z.string(),
  idKind: z.enum(['citizenId', 'passport', 'oldId', 'organisationId']),
  idNumber: z.string(),
  /** A full date or a year; blank while unknown. */
  birthDate: z.string(),
  sex: z.enum(['', 'male', 'female']),
  phone: z.string(),
  email: z.string(),
  address: z.string(),
  source: z.enum(['typed', 'cardQr', 'vneid', 'known']),
  /** Relation of the submitter to the owner, or the words of the authorisation. */
  standing: z.string(),
});
export type PersonForm = z.infer<typeof personFormSchema>;

export const paperRowSchema = z.object({
  id: z.string(),
  name: z.string(),
  requirement: z.enum(['compulsory', 'conditional', 'alternative', 'extra']),
  /** Alternatives of one group share it; one of them is enough. */
  group: z.string().optional(),
  note: z.string(),
  substitute: z.string().optional(),
  isHere: z.boolean(),
  isShown: z.boolean(),
  original: z.number(),
  certified: z.number(),
  photo: z.number(),
});
export type PaperRow = z.infer<typeof paperRowSchema>;

const documentRowSchema = z.object({ id: z.string(), name: z.string(), pages: z.number().nullable(), copies: z.number().nullable() });
export type DocumentRow = z.infer<typeof documentRowSchema>;

/** `later`: nobody knows the sum yet, which is not the same as free. */
const chargeChoiceSchema = z.object({
  mode: z.enum(['catalogue', 'typed', 'exempt', 'later']),
  dong: z.number().nullable(),
  ground: z.string(),
  evidence: z.string(),
});
export type ChargeChoice = z.infer<typeof chargeChoiceSchema>;

const appointmentFormSchema = z.object({
  mode: z.enum(['computed', 'byHand', 'typedTerm', 'none']),
  date: z.string(),
  minute: z.number(),
  unit: z.enum(['working_day', 'calendar_day', 'hour']),
  count: z.number().nullable(),
  reason: z.string(),
});
export type AppointmentForm = z.infer<typeof appointmentFormSchema>;

/** owner: one person until Alt+2; submitter: somebody brings it; authorised: somebody acts with an authorisation. */
const WHO = ['owner', 'submitter', 'authorised'] as const;

const receiveFormSchema = z.object({
  idempotencyKey: z.string(),
  /** UTC milliseconds: the citizen stood there when the form was opened. */
  openedAt: z.number(),
  procedureCode: z.string(),
  procedureName: z.string(),
  other: z.enum(['none', 'submitter', 'authorised']),
  owner: personFormSchema,
  otherPerson: personFormSchema,
  fields: z.record(z.string(), z.string()),
  /** Null: as generated from procedure and fields. */
  request: z.string().nullable(),
  papers: z.array(paperRowSchema),
  documents: z.array(documentRowSchema),
  sets: z.number(),
  channel: z.enum(['direct', 'online', 'post']),
  deliveryBy: z.enum(['counter', 'post', 'online', 'elsewhere']),
  deliveryPlace: z.string(),
  fee: chargeChoiceSchema,
  levy: chargeChoiceSchema,
  appointment: appointmentFormSchema,
  note: z.string(),
  receiptWanted: z.boolean(),
  isOnTheSpot: z.boolean(),
  resultSummary: z.string(),
  receiverIs: z.enum(['owner', 'submitter', 'authorised']),
  /** The block that had the cursor; a reopened draft goes on there. */
  block: z.number(),
});
export type ReceiveForm = z.infer<typeof receiveFormSchema>;

export function emptyPerson(): PersonForm {
  return { type: 'individual', name: '', idKind: 'citizenId', idNumber: '', birthDate: '', sex: '', phone: '', email: '', address: '', source: 'typed', standing: '' };
}

export function emptyForm(born: { readonly idempotencyKey: string; readonly openedAt: number }): ReceiveForm {
  const charge: ChargeChoice = { mode: 'catalogue', dong: null, ground: '', evidence: '' };
  return {
    ...born, procedureCode: '', procedureName: '', other: 'none', owner: emptyPerson(), otherPerson: emptyPerson(), fields: {}, request: null,
    papers: [], documents: [], sets: 1, channel: 'direct', deliveryBy: 'counter', deliveryPlace: '', fee: charge, levy: charge,
    appointment: { mode: 'computed', date: '', minute: 17 * 60, unit: 'working_day', count: null, reason: '' },
    note: '', receiptWanted: true, isOnTheSpot: false, resultSummary: '', receiverIs: 'owner', block: 1,
  };
}

/** A draft as it came back from the core; undefined when this program cannot read it. */
export function readDraftForm(data: unknown, formVersion: number): ReceiveForm | undefined {
  if (formVersion !== RECEIVE_FORM_VERSION) return undefined;
  const read = receiveFormSchema.safeParse(data);
  return read.success ? read.data : undefined;
}

/** What lists of drafts and the sign-in screen call it: the person, else the matter. */
export function draftTitle(form: ReceiveForm): string {
  const who = form.owner.name.trim();
  return [who, form.procedureName].filter((part) => part !== '').join(' · ').slice(0, 200);
}

/** True once there is anything worth keeping. */
export function hasContent(form: ReceiveForm): boolean {
  return form.procedureCode !== '' || form.owner.name.trim() !== '' || form.owner.idNumber !== '' || form.owner.phone !== '' || form.otherPerson.name.trim() !== '';
}
