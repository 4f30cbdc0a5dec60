import { z } from 'zod';
import { FORM_NUMBER_KINDS, NUMBER_KINDS } from '../domain/numbers/number-series.ts';
import { isIsoDate } from '../lib/office-time.ts';
import { defineCall } from './call.ts';
import { idempotencyKeySchema } from './dossiers.api.ts';

/** Number series: what each token is doing, and the two acts of the office about numbers. */
const tokenSchema = z.string().regex(/^[0-9A-Z]{1,2}$/);
const reasonSchema = z.string().trim().min(1).max(300);
const counterSchema = z.int().min(1).max(999_999);

const yearSchema = z.string().regex(/^\d{4}$/);
const inYear = { token: tokenSchema, period: yearSchema, counter: counterSchema };

/** A number of the day's codes, of the year's register or of a form of the year. */
const numberSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('dossier'), token: tokenSchema, period: z.string().refine(isIsoDate), counter: counterSchema }),
  z.strictObject({ kind: z.literal('register'), ...inYear }),
  ...FORM_NUMBER_KINDS.map((kind) => z.strictObject({ kind: z.literal(kind), ...inYear })),
]);

export const numbersCalls = {
  'numbers.list': defineCall({
    method: 'GET', path: '/numbers', summary: 'Series tokens and what they are doing, the running series of this desk, numbers passed over', access: 'anyOfficer',
    input: z.object({}),
    output: z.object({
      tokens: z.array(z.object({
        token: z.string(),
        use: z.enum(['working', 'former', 'granted', 'reserve']),
        desk: z.uuid(),
        deskName: z.string(),
        /** This machine numbers with it or may take it next. */
        here: z.boolean(),
        revoked: z.boolean(),
      })),
      free: z.array(z.string()),
      /** Came back, and rest until the year is over. */
      resting: z.array(z.object({ token: z.string(), freeFrom: z.string() })),
      /** Where this desk counts now, and the number that comes next. */
      running: z.array(z.object({ kind: z.enum(NUMBER_KINDS), token: z.string(), period: z.string(), next: z.int() })),
      /** Newest first, a hundred at most. */
      skipped: z.array(z.object({ kind: z.enum(NUMBER_KINDS), token: z.string(), period: z.string(), counter: z.int(), reason: z.string() })),
    }),
    errors: [],
  }),
  'numbers.skip': defineCall({
    method: 'POST', path: '/numbers/skip', summary: 'Pass a number over, or explain one that is missing', access: ['admin'],
    input: z.strictObject({ idempotencyKey: idempotencyKeySchema, number: numberSchema, reason: reasonSchema }),
    output: z.object({}),
    errors: ['numbers.unknownToken', 'numbers.alreadyIssued', 'numbers.alreadySkipped', 'numbers.otherDesk', 'numbers.notReached', 'dossiers.keyReused'],
  }),
  'numbers.returnToken': defineCall({
    method: 'POST', path: '/numbers/return-token', summary: 'Take a series token back from a machine that is gone', access: ['admin'],
    /** machineGone: the administrator's word that no machine numbers with the token any more; nobody else can know. */
    input: z.strictObject({ idempotencyKey: idempotencyKeySchema, token: tokenSchema, machineGone: z.boolean(), reason: reasonSchema }),
    output: z.object({ freeFrom: z.string() }),
    errors: ['numbers.unknownToken', 'numbers.alreadyReturned', 'numbers.tokenInUse', 'dossiers.keyReused'],
  }),
} as const;
