import { z } from 'zod';
import { appointmentChoiceSchema, instantSchema, newDateChoiceSchema } from '../domain/deadlines/appointment-choice.ts';
import { appointmentSchema, CORRECTABLE_FIELDS, certifiedDocumentSchema, channelSchema, chargeSchema, paperSchema, resultDeliverySchema, warningSchema } from '../domain/dossiers/dossier-content.ts';
import { resultSchema } from '../domain/dossiers/dossier-operations.ts';
import { personSchema } from '../domain/persons/person.ts';
import { defineCall, SIZE_FORM } from './call.ts';
import { actSchema } from './dossier-act-input.ts';
import { conflictViewSchema, dossierRowSchema, dossierViewSchema, historyEntrySchema, printJobSchema } from './dossier-views.ts';

/** Dossiers, conflicts, drafts, known persons, papers. */

/** Read without regard to case, as everything that writes UUIDs does: the same key in capitals is the same request. */
export const idempotencyKeySchema = z.uuid().toLowerCase();
const dossierIdSchema = z.uuid();

/** Only what the officer decides; code, number, register, packs and the computed date come from the core. */
export const receiveInputSchema = z.strictObject({
  /** The same key always answers what it answered first (rule 2). */
  idempotencyKey: idempotencyKeySchema,
  /** The draft this form was; it is dropped in the same transaction. */
  draft: z.uuid().optional(),
  openedAt: instantSchema,
  procedureCode: z.string().max(40),
  owner: personSchema,
  submitter: personSchema.extend({ relation: z.string().max(80).optional() }).optional(),
  authorised: personSchema.extend({ authorisation: z.string().max(200).optional() }).optional(),
  request: z.string().trim().min(1).max(600),
  fields: z.record(z.string().max(40), z.string().max(400)).default({}),
  papers: z.array(paperSchema).max(60).default([]),
  documents: z.array(certifiedDocumentSchema).max(60).default([]),
  sets: z.int().min(1).max(99).default(1),
  channel: channelSchema.default('direct'),
  delivery: resultDeliverySchema.default({ by: 'counter' }),
  /** Left out: as computed from the catalogue. */
  fee: chargeSchema.optional(),
  levy: chargeSchema.optional(),
  appointment: appointmentChoiceSchema.default({ mode: 'computed' }),
  warnings: z.array(warningSchema).max(30).default([]),
  note: z.string().max(1_000).optional(),
  receiptWanted: z.boolean().default(true),
  paperSize: z.enum(['A4', 'A5']).default('A5'),
  /** "4 tại chỗ": received, processed, finished and handed over on one screen, in one transaction. */
  onTheSpot: z.strictObject({ result: resultSchema, receiverIs: z.enum(['owner', 'submitter', 'authorised']) }).optional(),
});
export type ReceiveInput = z.input<typeof receiveInputSchema>;

/** Acts, corrections and voiding go through one door. */
export const ACT_ERRORS = [
  'dossiers.unknown', 'dossiers.wrongState', 'dossiers.badUndo', 'dossiers.openConflict', 'dossiers.needsUpdate', 'dossiers.badContent',
  'dossiers.badPerson', 'dossiers.badIdNumber', 'dossiers.keyReused',
] as const;

export const LIST_TABS = ['open', 'overdue', 'dueToday', 'toHandOver', 'waiting', 'done', 'all', 'mine'] as const;

const printerSchema = z.object({ printer: z.string().min(1).max(300).nullable(), byName: z.string().nullable(), at: z.int().nullable() });

export const dossiersCalls = {
  'dossiers.receive': defineCall({
    method: 'POST', path: '/dossiers', summary: 'Receive a dossier: number, register, receipt in one durable step', access: ['reception'], sizeBytesMax: SIZE_FORM,
    input: receiveInputSchema,
    output: z.object({ dossier: dossierViewSchema, job: printJobSchema.nullable() }),
    errors: ['procedures.unknown', 'procedures.notOffered', 'dossiers.badPerson', 'dossiers.badIdNumber', 'dossiers.badContent', 'dossiers.badAppointment', 'dossiers.termUnknown', 'dossiers.keyReused', 'numbers.noSeries'],
  }),
  'dossiers.refuse': defineCall({
    method: 'POST', path: '/dossiers/refuse', summary: 'Before reception: guide to supplement, or refuse; no number, no clock', access: ['reception'], sizeBytesMax: SIZE_FORM,
    input: z.strictObject({
      idempotencyKey: idempotencyKeySchema, kind: z.enum(['guided', 'refused']), draft: z.uuid().optional(),
      procedureCode: z.string().max(40), person: personSchema.optional(),
      missingPapers: z.array(z.string().trim().min(1).max(400)).max(40), reason: z.string().trim().min(1).max(600),
    }),
    output: z.object({ id: z.uuid() }), errors: ['procedures.unknown', 'dossiers.keyReused'],
  }),
  'dossiers.act': defineCall({
    method: 'POST', path: '/dossiers/{id}/acts', summary: 'One act of an officer on a dossier: take up, assign, ask for papers or money, set a new date, finish, hand over, undo …', access: 'anyOfficer', sizeBytesMax: SIZE_FORM,
    input: z.strictObject({ id: dossierIdSchema, idempotencyKey: idempotencyKeySchema, act: actSchema }),
    output: z.object({ dossier: dossierViewSchema, job: printJobSchema.nullable() }),
    errors: [
      ...ACT_ERRORS, 'dossiers.badOfficer', 'dossiers.badStep', 'dossiers.repeatReasonMissing', 'dossiers.badTime', 'dossiers.badAppointment',
      'fees.receiptUsed', 'fees.receiptSpoiled', 'fees.unknownEntry', 'fees.hasReceipt', 'fees.refundTooMuch', 'fees.hasRefund', 'fees.sheetUnsaid',
    ],
  }),
  'dossiers.previewNewDate': defineCall({
    method: 'POST', path: '/dossiers/{id}/new-date', summary: 'The date that an apology made now would promise, with its reason in words; writes nothing', access: 'anyOfficer',
    input: z.strictObject({ id: dossierIdSchema, newDate: newDateChoiceSchema }),
    output: z.object({ appointment: appointmentSchema }), errors: ['dossiers.unknown', 'dossiers.badAppointment'],
  }),
  'dossiers.correct': defineCall({
    method: 'POST', path: '/dossiers/{id}/correct', summary: 'Correct what was written; papers printed later say SỬA ĐỔI', access: ['reception', 'processing', 'leader'], sizeBytesMax: SIZE_FORM,
    input: z.strictObject({
      id: dossierIdSchema, idempotencyKey: idempotencyKeySchema, reason: z.string().trim().min(1).max(600),
      /** New values of whole fields; null takes an optional one away. */
      changes: z.partialRecord(z.enum(CORRECTABLE_FIELDS), z.json()),
    }),
    output: z.object({ dossier: dossierViewSchema, job: printJobSchema.nullable() }),
    errors: ACT_ERRORS,
  }),
  'dossiers.void': defineCall({
    method: 'POST', path: '/dossiers/{id}/void', summary: 'Void a dossier; its number stays, listed', access: ['leader'],
    input: z.strictObject({ id: dossierIdSchema, idempotencyKey: idempotencyKeySchema, reason: z.string().trim().min(1).max(600) }),
    output: z.object({ dossier: dossierViewSchema }), errors: ACT_ERRORS,
  }),
  'dossiers.erase': defineCall({
    method: 'POST', path: '/dossiers/{id}/erase', summary: 'Erase everything personal about a dossier on every desk of the office; its numbers stay issued', access: ['admin'],
    /** The reason stays for ever and must name nobody. */
    input: z.strictObject({ id: dossierIdSchema, idempotencyKey: idempotencyKeySchema, reason: z.string().trim().min(1).max(300) }),
    output: z.object({}), errors: ['dossiers.unknown', 'dossiers.keyReused'],
  }),
  'dossiers.get': defineCall({
    method: 'GET', path: '/dossiers/{id}', summary: 'One dossier with history, conflicts and possible acts', access: 'anyOfficer',
    input: z.object({ id: dossierIdSchema }), output: z.object({ dossier: dossierViewSchema }), errors: ['dossiers.unknown'],
  }),
  'dossiers.history': defineCall({
    method: 'GET', path: '/dossiers/{id}/history', summary: 'Every operation of a dossier, effective or not', access: 'anyOfficer',
    input: z.object({ id: dossierIdSchema }), output: z.object({ history: z.array(historyEntrySchema) }), errors: ['dossiers.unknown'],
  }),
  'dossiers.search': defineCall({
    method: 'GET', path: '/dossiers', summary: 'Newest first: by name, any code, ID, phone; or a list', access: 'anyOfficer',
    input: z.object({
      query: z.string().max(200).default(''), tab: z.enum(LIST_TABS).default('all'),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      /** From the previous answer. */
      cursor: z.string().regex(/^\d{1,16}(\.\d{1,16})?$/).optional(),
    }),
    output: z.object({ dossiers: z.array(dossierRowSchema), cursor: z.string().nullable() }), errors: [],
  }),
  'dossiers.counts': defineCall({
    method: 'GET', path: '/dossiers/counts', summary: 'Counters of the home screen, computed now', access: 'anyOfficer',
    input: z.object({}),
    output: z.object({
      overdue: z.int(), dueToday: z.int(), toHandOver: z.int(), waiting: z.int(), open: z.int(), receivedToday: z.int(), done: z.int(), voided: z.int(), mine: z.int(), conflicts: z.int(),
    }),
    errors: [],
  }),
  'conflicts.list': defineCall({
    method: 'GET', path: '/conflicts', summary: 'What desks wrote against each other and nobody has settled', access: 'anyOfficer',
    input: z.object({}), output: z.object({ conflicts: z.array(conflictViewSchema) }), errors: [],
  }),
  'conflicts.settle': defineCall({
    method: 'POST', path: '/conflicts/{conflict}/settle', summary: 'Decide a conflict of a dossier', access: ['reception', 'processing', 'leader'],
    input: z.strictObject({ conflict: z.string().length(64), dossier: dossierIdSchema, idempotencyKey: idempotencyKeySchema, keep: z.array(z.string().max(60)).max(20), note: z.string().max(600).default('') }),
    output: z.object({ dossier: dossierViewSchema }), errors: ['dossiers.unknown', 'conflicts.unknown', 'conflicts.badChoice', 'conflicts.alreadySettled', 'dossiers.needsUpdate', 'dossiers.keyReused'],
  }),
  'conflicts.ask': defineCall({
    method: 'POST', path: '/conflicts/{conflict}/ask', summary: 'Ask a leader to decide a conflict of a dossier; where somebody has asked already, nothing is written', access: ['reception', 'processing', 'leader'],
    input: z.strictObject({ conflict: z.string().length(64), dossier: dossierIdSchema, idempotencyKey: idempotencyKeySchema, note: z.string().max(600).default('') }),
    output: z.object({ dossier: dossierViewSchema }), errors: ['dossiers.unknown', 'conflicts.unknown', 'conflicts.alreadySettled', 'dossiers.needsUpdate', 'dossiers.keyReused'],
  }),
  'drafts.save': defineCall({
    method: 'POST', path: '/drafts/{id}', summary: 'Keep a form while it is being filled', access: 'anyOfficer', sizeBytesMax: SIZE_FORM,
    input: z.strictObject({
      id: z.uuid(), form: z.enum(['receive']), formVersion: z.int().min(1),
      /** Grows with every change; an older save never overwrites a newer one. */
      revision: z.int().min(1), title: z.string().max(200), data: z.record(z.string(), z.json()),
    }),
    output: z.object({ savedAt: z.int(), revision: z.int() }), errors: ['drafts.stale', 'drafts.unknown', 'drafts.tooMany'],
  }),
  'drafts.list': defineCall({
    method: 'GET', path: '/drafts', summary: 'Forms begun and not finished, of this officer', access: 'anyOfficer',
    input: z.object({}),
    output: z.object({
      drafts: z.array(z.object({ id: z.uuid(), form: z.enum(['receive']), formVersion: z.int(), revision: z.int(), title: z.string(), savedAt: z.int(), data: z.record(z.string(), z.json()) })),
    }),
    errors: [],
  }),
  'drafts.drop': defineCall({
    method: 'POST', path: '/drafts/{id}/drop', summary: 'Throw a draft away', access: 'anyOfficer',
    input: z.strictObject({ id: z.uuid() }), output: z.object({}), errors: [],
  }),
  'persons.find': defineCall({
    method: 'GET', path: '/persons', summary: 'Known persons by ID number, phone or beginnings of the name', access: ['reception', 'processing', 'leader'],
    input: z.object({ query: z.string().min(1).max(120), limit: z.coerce.number().int().min(1).max(50).default(8) }),
    output: z.object({ persons: z.array(z.object({ person: personSchema, dossiers: z.int(), lastReceivedAt: z.int() })) }), errors: [],
  }),
  'forms.render': defineCall({
    method: 'GET', path: '/forms/{job}', summary: 'The paper of a print job as HTML, always as it was first', access: 'anyOfficer',
    /** `open`: to be put on paper, only the liên that are not out yet; a paper that is out has none (rule 8). */
    input: z.object({ job: z.uuid(), copies: z.enum(['all', 'open']).default('all') }),
    output: z.object({ html: z.string(), title: z.string(), size: z.enum(['A4', 'A5']) }), errors: ['printing.unknownJob', 'printing.alreadyReported', 'dossiers.wrongState'],
  }),
  'printing.jobs': defineCall({
    method: 'GET', path: '/printing/jobs', summary: 'Papers that wait, failed, or whose fate nobody knows', access: 'anyOfficer',
    input: z.object({ dossier: z.uuid().optional() }), output: z.object({ jobs: z.array(printJobSchema) }), errors: [],
  }),
  'printing.report': defineCall({
    method: 'POST', path: '/printing/jobs/{job}/report', summary: 'What became of a sheet', access: 'anyOfficer',
    input: z.strictObject({ job: z.uuid(), idempotencyKey: idempotencyKeySchema, outcomes: z.array(z.strictObject({ copy: z.enum(['keep', 'citizen']), outcome: z.enum(['printed', 'failed', 'unknown']) })).min(1).max(2) }),
    output: z.object({ job: printJobSchema }), errors: ['printing.unknownJob', 'printing.alreadyReported', 'dossiers.wrongState', 'dossiers.keyReused'],
  }),
  'printing.reprint': defineCall({
    method: 'POST', path: '/printing/reprint', summary: 'Print a paper again: the sheet says BẢN IN LẠI', access: ['reception', 'processing', 'leader'],
    /** The paper of a dossier by `dossier` and `form`; one that belongs to no dossier by its `job`. */
    input: z.strictObject({ dossier: dossierIdSchema.optional(), job: z.uuid().optional(), idempotencyKey: idempotencyKeySchema, form: z.string().max(40).optional(), size: z.enum(['A4', 'A5']).default('A5'), copies: z.array(z.enum(['keep', 'citizen'])).min(1).max(2).default(['keep', 'citizen']), reason: z.string().max(300).optional() }),
    output: z.object({ job: printJobSchema }), errors: ['printing.unknownJob', 'dossiers.unknown', 'dossiers.wrongState', 'dossiers.needsUpdate', 'dossiers.keyReused'],
  }),
  'printing.getPrinter': defineCall({
    method: 'GET', path: '/printing/printer', summary: "The printer that this desk's window prints on, whoever is signed in, and who chose it when", access: 'anyOfficer',
    input: z.object({}), output: printerSchema, errors: [],
  }),
  'printing.choosePrinter': defineCall({
    method: 'POST', path: '/printing/printer', summary: 'Another printer for this desk; null for the one that the system uses when nobody chose', access: 'anyOfficer',
    input: z.strictObject({ printer: printerSchema.shape.printer }), output: printerSchema, errors: [],
  }),
} as const;
