import { z } from 'zod';
import { appointmentChoiceSchema, instantSchema } from '../domain/deadlines/appointment-choice.ts';
import { appointmentSchema, certifiedDocumentSchema, channelSchema, chargeSchema, warningSchema } from '../domain/dossiers/dossier-content.ts';
import { personSchema } from '../domain/persons/person.ts';
import { procedureSchema } from '../domain/procedures/procedure.ts';
import { isIsoDate } from '../lib/office-time.ts';
import { defineCall, SIZE_FORM, SIZE_PACK } from './call.ts';

const isoDateSchema = z.string().refine(isIsoDate);
const packHashSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** Catalogue, deadlines, fees shown while typing, packs. */
export const procedureSummarySchema = z.object({
  code: z.string(),
  name: z.string(),
  shortName: z.string(),
  sector: z.string(),
  mode: z.string(),
  certification: z.boolean(),
  confirmed: z.boolean(),
  authority: z.string(),
  /** How often this officer received it; the screen keeps nine of them in fixed places. */
  uses: z.int(),
  /** False for a procedure this office has not switched on (Công an xã). */
  offered: z.boolean(),
});
export type ProcedureSummary = z.infer<typeof procedureSummarySchema>;

export const procedureViewSchema = z.object({
  entry: procedureSchema,
  pack: z.string(),
  localVersion: z.int(),
  offered: z.boolean(),
});
export type ProcedureView = z.infer<typeof procedureViewSchema>;

/** What the appointment and the sums depend on; the same part of the receive form. */
const previewInputSchema = z.strictObject({
  procedureCode: z.string().max(40),
  channel: channelSchema,
  /** UTC milliseconds when the form was opened. */
  openedAt: instantSchema,
  documents: z.array(certifiedDocumentSchema).max(60).default([]),
  /** A quantity for fees counted per paper or case. */
  quantity: z.int().min(1).max(999).optional(),
  fields: z.record(z.string().max(40), z.string().max(400)).default({}),
  owner: personSchema.partial().optional(),
  submitter: personSchema.partial().optional(),
});

export const proceduresCalls = {
  'procedures.search': defineCall({
    method: 'GET', path: '/procedures', summary: 'Procedures by a few letters, code, or most used first', access: 'anyOfficer',
    input: z.object({
      query: z.string().max(200).default(''),
      limit: z.coerce.number().int().min(1).max(500).default(50),
      /** `all` also lists what this office has not switched on, for the catalogue's own page. */
      scope: z.enum(['offered', 'all']).default('offered'),
    }),
    output: z.object({ procedures: z.array(procedureSummarySchema) }), errors: [],
  }),
  'procedures.get': defineCall({
    method: 'GET', path: '/procedures/{code}', summary: 'One procedure as it is in force here', access: 'anyOfficer',
    input: z.object({ code: z.string().max(40) }), output: procedureViewSchema, errors: ['procedures.unknown'],
  }),
  'procedures.save': defineCall({
    method: 'POST', path: '/procedures/{code}', summary: 'Add or adjust a local procedure as a versioned act', access: ['admin'], sizeBytesMax: SIZE_FORM,
    input: z.strictObject({ code: z.string().max(40), entry: z.record(z.string(), z.json()), reason: z.string().trim().min(1).max(300) }),
    output: procedureViewSchema, errors: ['procedures.invalid'],
  }),
  'procedures.switch': defineCall({
    method: 'POST', path: '/procedures/{code}/switch', summary: 'Receive one procedure here, or no longer, as a versioned act', access: ['admin'],
    input: z.strictObject({ code: z.string().max(40), on: z.boolean(), reason: z.string().trim().min(1).max(300) }),
    output: procedureViewSchema, errors: ['procedures.unknown'],
  }),
  'deadlines.preview': defineCall({
    method: 'POST', path: '/deadlines/preview', summary: 'The appointment a reception would get, with its reason in words', access: 'anyOfficer',
    input: z.strictObject({ procedureCode: z.string().max(40), channel: channelSchema, openedAt: instantSchema, choice: appointmentChoiceSchema.default({ mode: 'computed' }) }),
    output: z.object({ appointment: appointmentSchema, termText: z.string(), termKnown: z.boolean() }), errors: ['procedures.unknown', 'dossiers.badAppointment'],
  }),
  'calendar.list': defineCall({
    method: 'GET', path: '/calendar', summary: 'Days of a year that differ from the week, the pack\'s and the office\'s own', access: 'anyOfficer',
    input: z.object({ year: z.coerce.number().int().min(2000).max(2099) }),
    output: z.object({
      /** Null while no calendar pack can be read. */
      validFrom: z.string().nullable(),
      validTo: z.string().nullable(),
      days: z.array(z.object({ date: z.string(), type: z.enum(['closed', 'dayInLieu', 'makeUpWorkingDay']), name: z.string(), source: z.string().nullable(), confirmed: z.boolean(), own: z.boolean() })),
    }),
    errors: [],
  }),
  'calendar.saveDay': defineCall({
    method: 'POST', path: '/calendar/days', summary: 'Set one day of the office\'s own calendar, or give it back to the pack', access: ['admin'],
    input: z.discriminatedUnion('type', [
      z.strictObject({ date: isoDateSchema, type: z.enum(['closed', 'dayInLieu', 'makeUpWorkingDay']), name: z.string().trim().min(1).max(120) }),
      z.strictObject({ date: isoDateSchema, type: z.literal('asPack') }),
    ]),
    output: z.object({}), errors: ['calendar.badDay'],
  }),
  /** Everything the side column of the receive form shows, in one call. */
  'dossiers.preview': defineCall({
    method: 'POST', path: '/dossiers/preview', summary: 'Appointment, sums and warnings while the form is being filled', access: ['reception'], sizeBytesMax: SIZE_FORM,
    input: previewInputSchema,
    output: z.object({
      appointment: appointmentSchema,
      termText: z.string(),
      termKnown: z.boolean(),
      fee: chargeSchema,
      levy: chargeSchema,
      /** Exemptions the procedure knows, to choose from, each with its ground. */
      exemptions: z.array(z.object({ line: z.enum(['fee', 'levy']), ground: z.string(), evidenceWished: z.string().nullable(), proposed: z.boolean() })),
      warnings: z.array(warningSchema.extend({ dossier: z.uuid().nullable() })),
    }),
    errors: ['procedures.unknown'],
  }),
  'packs.install': defineCall({
    method: 'POST', path: '/packs', summary: 'Install a catalogue or calendar pack; a bad one is refused whole', access: ['admin'], sizeBytesMax: SIZE_PACK,
    input: z.strictObject({ pack: z.enum(['catalogue', 'calendar']), text: z.string().max(4_000_000) }),
    output: z.object({ id: z.string(), version: z.string(), hash: z.string() }), errors: ['packs.refused'],
  }),
  'packs.list': defineCall({
    method: 'GET', path: '/packs', summary: 'Packs installed, which are in force, and which cannot be read', access: 'anyOfficer',
    input: z.object({}),
    output: z.object({ packs: z.array(z.object({ pack: z.enum(['catalogue', 'calendar']), id: z.string(), version: z.string(), hash: z.string(), validTo: z.string().nullable(), inForce: z.boolean(), problem: z.string().nullable() })) }),
    errors: [],
  }),
  'packs.offered': defineCall({
    method: 'GET', path: '/packs/offered', summary: 'What the upper tier has published for this office, how much of it is here, and what cannot be used', access: 'anyOfficer',
    input: z.object({}),
    output: z.object({
      /** The upper tier's name; null where none is known. */
      from: z.string().nullable(),
      packs: z.array(z.object({
        /** Null for a kind that this program does not know. */
        pack: z.enum(['catalogue', 'calendar']).nullable(), id: z.string(), version: z.string(), hash: z.string(), validFrom: z.string(), validTo: z.string().nullable(), publishedAt: z.int(),
        state: z.enum(['coming', 'waiting', 'installed', 'refused']), code: z.string().nullable(), sentence: z.string().nullable(),
        bytes: z.int(), bytesHere: z.int(),
        /** At the speed seen last. */
        minutesLeft: z.number().nullable(),
      })),
    }),
    errors: [],
  }),
  'packs.compare': defineCall({
    method: 'GET', path: '/packs/offered/{hash}', summary: 'What a published pack says otherwise than the one in use', access: ['admin', 'leader'],
    input: z.object({ hash: packHashSchema }),
    output: z.object({
      issuedBy: z.string().nullable(), validFrom: z.string(), validTo: z.string().nullable(),
      /** The first of them; `total` counts all. */
      changes: z.array(z.object({ what: z.enum(['added', 'removed', 'changed']), key: z.string(), name: z.string(), members: z.array(z.string()) })), total: z.int(),
    }),
    errors: ['packs.notOffered', 'packs.refused'],
  }),
  'packs.take': defineCall({
    method: 'POST', path: '/packs/offered/{hash}/take', summary: 'Install a pack that the upper tier has published and that is here', access: ['admin'],
    input: z.strictObject({ hash: packHashSchema }), output: z.object({ id: z.string(), version: z.string(), hash: z.string() }), errors: ['packs.notOffered', 'packs.refused'],
  }),
  'settings.get': defineCall({
    method: 'GET', path: '/settings', summary: 'Settings of the office', access: 'anyOfficer',
    input: z.object({}), output: z.object({ settings: z.record(z.string(), z.json()) }), errors: [],
  }),
  'settings.save': defineCall({
    method: 'POST', path: '/settings/{key}', summary: 'Change a setting of the office', access: ['admin'],
    input: z.strictObject({ key: z.string().max(60), value: z.json() }), output: z.object({}), errors: [],
  }),
} as const;
