import { z } from 'zod';
import { channelSchema, dossierCodeSchema, resultDeliverySchema } from '../domain/dossiers/dossier-content.ts';
import { DOSSIER_STATUSES } from '../domain/dossiers/dossier-state.ts';
import { FORM_NUMBER_KINDS, issuedNumberSchema } from '../domain/numbers/number-series.ts';
import { isIsoDate } from '../lib/office-time.ts';
import { defineCall } from './call.ts';
import { dossierSummarySchema } from './dossier-views.ts';

/** The register (sổ theo dõi hồ sơ) of any period, its sums, and results that nobody has come for. */
const daySchema = z.string().refine(isIsoDate);
const instant = z.int().nullable();

/** Received from the first to the last day, both included; of one procedure, or held by one officer. */
const periodSchema = z.object({ from: daySchema, to: daySchema, procedureCode: z.string().max(40).optional(), officer: z.uuid().optional() });

const registerDossierSchema = z.object({
  kind: z.literal('dossier'),
  id: z.uuid(),
  codes: z.array(dossierCodeSchema),
  /** Null for what came from another system. */
  register: issuedNumberSchema.nullable(),
  status: z.enum(DOSSIER_STATUSES),
  procedureCode: z.string(),
  procedureName: z.string(),
  request: z.string(),
  sets: z.int(),
  ownerName: z.string(),
  address: z.string().nullable(),
  phone: z.string().nullable(),
  channel: channelSchema,
  delivery: resultDeliverySchema.shape.by,
  receivedAt: z.int(),
  receivedByName: z.string().nullable(),
  holderName: z.string().nullable(),
  dueAt: instant,
  forwardedTo: z.string().nullable(),
  forwardedAt: instant,
  finishedAt: instant,
  returnedAt: instant,
  receiverName: z.string().nullable(),
  closingReason: z.string().nullable(),
  amendments: z.int(),
  apologies: z.int(),
  supplements: z.int(),
});
export type RegisterDossier = z.infer<typeof registerDossierSchema>;

/** A number that no dossier stands behind: passed over, or its dossier was erased. */
const registerGapSchema = z.object({
  kind: z.enum(['skipped', 'erased']),
  id: z.string(),
  register: issuedNumberSchema.nullable(),
  code: z.string().nullable(),
  at: z.int(),
  reason: z.string(),
});
export type RegisterGapView = z.infer<typeof registerGapSchema>;

const registerRowSchema = z.discriminatedUnion('kind', [registerDossierSchema, registerGapSchema]);
export type RegisterRow = z.infer<typeof registerRowSchema>;

const formNumberRowSchema = z.object({
  id: z.string(),
  number: issuedNumberSchema,
  /** As it stands on the form; null where the act is gone or there never was one. */
  text: z.string().nullable(),
  /** `notCounted`: another desk's act holds instead, or somebody has still to choose. The number is used all the same. */
  state: z.enum(['given', 'undone', 'voided', 'notCounted', 'skipped', 'erased']),
  at: instant,
  dossier: z.uuid().nullable(),
  code: z.string().nullable(),
  ownerName: z.string().nullable(),
  officerName: z.string().nullable(),
  /** Of a number passed over. */
  reason: z.string().nullable(),
});
export type FormNumberRow = z.infer<typeof formNumberRowSchema>;

const READERS = ['reception', 'processing', 'leader'] as const;

export const registersCalls = {
  'registers.list': defineCall({
    method: 'GET', path: '/registers', summary: 'The register of a period, the earliest reception first, numbers without a dossier among them', access: READERS,
    input: periodSchema.extend({
      limit: z.coerce.number().int().min(1).max(200).default(100),
      /** From the previous answer. */
      cursor: z.string().regex(/^\d{1,16}$/).optional(),
    }),
    output: z.object({ rows: z.array(registerRowSchema), cursor: z.string().nullable() }),
    errors: ['registers.badPeriod', 'sync.olderArriving'],
  }),
  'registers.totals': defineCall({
    method: 'GET', path: '/registers/totals', summary: 'The sums of a period, and which procedures and officers occur in it', access: READERS,
    input: periodSchema,
    output: z.object({
      received: z.int(),
      byStatus: z.partialRecord(z.enum(DOSSIER_STATUSES), z.int()),
      skipped: z.int(),
      erased: z.int(),
      /** Of the whole period, whatever was filtered. */
      procedures: z.array(z.object({ code: z.string(), name: z.string(), count: z.int() })),
      officers: z.array(z.object({ id: z.uuid(), name: z.string(), count: z.int() })),
    }),
    errors: ['registers.badPeriod', 'sync.olderArriving'],
  }),
  'registers.formNumbers': defineCall({
    method: 'GET', path: '/registers/form-numbers', summary: 'The numbers of one form in a year, desk by desk, undone and skipped ones among them', access: READERS,
    input: z.object({
      form: z.enum(FORM_NUMBER_KINDS),
      year: z.string().regex(/^\d{4}$/),
      limit: z.coerce.number().int().min(1).max(50).default(50),
      /** From the previous answer. */
      cursor: z.string().regex(/^[0-9A-Z]{1,2}-\d{1,9}$/).optional(),
    }),
    output: z.object({ rows: z.array(formNumberRowSchema), cursor: z.string().nullable() }),
    errors: ['sync.olderArriving'],
  }),
  'registers.uncollected': defineCall({
    method: 'GET', path: '/registers/uncollected', summary: 'Results that nobody has come for, the longest waiting first', access: READERS,
    input: z.object({}),
    /** Five hundred at most; `count` says how many there are. */
    output: z.object({ count: z.int(), results: z.array(z.object({ dossier: dossierSummarySchema, waitedDays: z.int(), phone: z.string().nullable() })) }),
    errors: [],
  }),
} as const;
