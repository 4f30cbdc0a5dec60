import { z } from 'zod';
import { roleSchema } from '../domain/officers/officer.ts';
import { isIsoDate } from '../lib/office-time.ts';
import { defineCall } from './call.ts';
import { idempotencyKeySchema } from './dossiers.api.ts';

/** Who stands in for whom, from which day to which: a leader who hands over, an officer who is absent. */
const daySchema = z.string().refine(isIsoDate);

const delegationViewSchema = z.object({
  id: z.uuid(),
  from: z.uuid(),
  fromName: z.string(),
  to: z.uuid(),
  toName: z.string(),
  roles: z.array(roleSchema),
  firstDate: z.string(),
  lastDate: z.string(),
  reason: z.string(),
  grantedByName: z.string().nullable(),
  state: z.enum(['coming', 'running', 'over', 'ended']),
  endedOn: z.string().nullable(),
  /** This officer may end it. */
  mayEnd: z.boolean(),
});
export type DelegationView = z.infer<typeof delegationViewSchema>;

export const delegationsCalls = {
  'delegations.list': defineCall({
    method: 'GET', path: '/delegations', summary: 'Who stands in for whom: running, coming, then the latest that are over', access: 'anyOfficer',
    input: z.object({}),
    output: z.object({
      delegations: z.array(delegationViewSchema),
      /** Who works here and may stand in or be stood in for. */
      officers: z.array(z.object({ id: z.uuid(), name: z.string(), roles: z.array(roleSchema) })),
    }),
    errors: [],
  }),
  'delegations.grant': defineCall({
    method: 'POST', path: '/delegations', summary: 'Let an officer stand in: a leader for the own roles, an administrator for anybody', access: ['leader', 'admin'],
    input: z.strictObject({
      idempotencyKey: idempotencyKeySchema, from: z.uuid(), to: z.uuid(), roles: z.array(roleSchema).min(1).max(4),
      firstDate: daySchema, lastDate: daySchema, reason: z.string().trim().max(300).default(''),
    }),
    output: delegationViewSchema,
    errors: ['officers.unknown', 'delegations.toOneself', 'delegations.retired', 'delegations.notHeld', 'delegations.badDates', 'delegations.overlapping', 'dossiers.keyReused'],
  }),
  'delegations.end': defineCall({
    method: 'POST', path: '/delegations/{delegation}/end', summary: 'End it before its last day', access: ['leader', 'admin'],
    input: z.strictObject({ delegation: z.uuid(), idempotencyKey: idempotencyKeySchema }),
    output: delegationViewSchema, errors: ['delegations.unknown', 'delegations.over', 'dossiers.keyReused'],
  }),
} as const;
