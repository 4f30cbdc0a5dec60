import { z } from 'zod';
import { defineCall } from './call.ts';

/** This desk and the upper tier that its work is handed up to. */
const addressSchema = z.string().trim().min(1).max(200);
const fingerprintSchema = z.string().trim().max(60);

const serverSchema = z.object({ name: z.string(), address: z.string(), fingerprint: z.string() });

const statusSchema = z.object({
  /**
   * `off`: no server is known here, or the office is for practice; `connecting`, `exchanging`: bytes are moving or should be;
   * `resting`: all is handed up; `waiting`: tries again by itself; `refused`: the server will not, or is not the one agreed to.
   */
  state: z.enum(['off', 'connecting', 'exchanging', 'resting', 'waiting', 'paused', 'refused']),
  /** Why it waits, was refused or is off. */
  code: z.string().nullable(),
  sentence: z.string().nullable(),
  nextTryMs: z.int().nullable(),
  server: serverSchema.nullable(),
  waiting: z.object({ operations: z.int(), dossiers: z.int(), bytes: z.int(), oldestAgeMs: z.int().nullable() }),
  /** At the speed seen last; null before anything was measured. */
  minutesLeft: z.number().nullable(),
  /** Bytes that may go over in a day, both ways; null: no bound. What went over today. */
  budget: z.object({ bytesPerDay: z.int().nullable(), bytesToday: z.int() }),
  /** UTC milliseconds by this desk's clock. */
  lastContactAt: z.int().nullable(),
  /** Behind a snapshot: what of the office is still on its way (`open`: dossiers in work, `older`: all others), about how many dossiers, how many minutes at the speed seen last. */
  older: z.object({ part: z.enum(['open', 'older']), dossiers: z.int(), minutes: z.number().nullable() }).nullable(),
  /** How much of what this desk wrote the server has signed for. */
  acknowledged: z.object({ operations: z.int(), of: z.int() }),
  /** What could not be taken in: `down` here, `up` there. */
  quarantined: z.array(z.object({ direction: z.enum(['up', 'down']), device: z.string(), deskName: z.string().nullable(), code: z.string(), sentence: z.string(), at: z.int() })),
});
export type SyncStatus = z.infer<typeof statusSchema>;

const REACH_ERRORS = ['sync.training', 'sync.badAddress', 'sync.unreachable', 'sync.notOurServer', 'sync.untrusted', 'sync.protocol'] as const;

export const syncCalls = {
  'sync.status': defineCall({
    method: 'GET', path: '/sync', summary: 'What waits to be handed up, since when, and why it waits', access: 'anyOfficer',
    input: z.object({}), output: statusSchema, errors: [],
  }),
  'sync.look': defineCall({
    method: 'POST', path: '/sync/look', summary: 'Ask who answers at an address; nothing is kept', access: ['admin'],
    input: z.strictObject({ address: addressSchema }), output: serverSchema, errors: REACH_ERRORS,
  }),
  'sync.connect': defineCall({
    method: 'POST', path: '/sync/connect', summary: 'Agree to the server whose fingerprint was compared, and be admitted by a code unless the office is already', access: ['admin'],
    input: z.strictObject({ address: addressSchema, fingerprint: fingerprintSchema, code: z.string().trim().toUpperCase().max(20).nullable() }),
    output: serverSchema, errors: [...REACH_ERRORS, 'sync.fingerprintDiffers', 'sync.badCode', 'sync.tooManyTries', 'sync.notAdmitted'],
  }),
  'sync.now': defineCall({
    method: 'POST', path: '/sync/now', summary: 'Hand up and ask now, without waiting for the next turn', access: 'anyOfficer',
    input: z.strictObject({}), output: z.object({}), errors: ['sync.notConnected', 'sync.paused'],
  }),
  'sync.setBudget': defineCall({
    method: 'POST', path: '/sync/budget', summary: 'How many bytes may go over in a day, on a link that is paid by them', access: ['admin', 'leader'],
    input: z.strictObject({ bytesPerDay: z.int().min(1_000_000).max(1_000_000_000_000).nullable() }), output: z.object({}), errors: ['sync.notConnected'],
  }),
  'sync.pause': defineCall({
    method: 'POST', path: '/sync/pause', summary: 'Hand nothing up until it is resumed, also after a restart', access: ['admin', 'leader'],
    input: z.strictObject({}), output: z.object({}), errors: ['sync.notConnected'],
  }),
  'sync.resume': defineCall({
    method: 'POST', path: '/sync/resume', summary: 'Go on after a pause', access: ['admin', 'leader'],
    input: z.strictObject({}), output: z.object({}), errors: ['sync.notConnected'],
  }),
} as const;
