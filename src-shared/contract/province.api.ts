import { z } from 'zod';
import { defineCall } from './call.ts';
import { dossierSummarySchema, dossierViewSchema } from './dossier-views.ts';
import { ACT_ERRORS, idempotencyKeySchema } from './dossiers.api.ts';

/** Beside the province's system: what is not entered there yet, and the code that it gave. */
const CODE_DOUBTS = ['shape', 'elsewhere', 'second'] as const;
/** shape: codes there look otherwise; elsewhere: another dossier has it; second: this one has a code of that system. */
const codeDoubtSchema = z.enum(CODE_DOUBTS);
export type CodeDoubt = z.infer<typeof codeDoubtSchema>;

export const provinceCalls = {
  'dossiers.listToEnter': defineCall({
    method: 'GET', path: '/dossiers/to-enter', summary: 'Received here and without a code of the province, oldest first', access: 'anyOfficer',
    input: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().regex(/^\d{1,16}$/).optional() }),
    /** `count` goes no further than 1,000. */
    output: z.object({ dossiers: z.array(dossierSummarySchema), count: z.int(), cursor: z.string().nullable() }), errors: [],
  }),
  'dossiers.linkCode': defineCall({
    method: 'POST', path: '/dossiers/{id}/codes', summary: 'Link the code that another system gave; both stand on papers made afterwards; a reprint stays as it was', access: ['reception', 'processing', 'leader'],
    input: z.strictObject({
      id: z.uuid(), idempotencyKey: idempotencyKeySchema,
      code: z.strictObject({ system: z.enum(['province', 'ministry']), code: z.string().trim().min(1).max(60) }),
      /** Doubts that the officer was told of and that change nothing. */
      despite: z.array(codeDoubtSchema).max(CODE_DOUBTS.length).default([]),
    }),
    output: z.object({ dossier: dossierViewSchema }),
    errors: [...ACT_ERRORS, 'dossiers.badCode', 'dossiers.codeDoubtful'],
  }),
} as const;
