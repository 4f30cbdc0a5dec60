import { z } from 'zod';
import { SIZE_PACK, SIZE_SMALL, type Call, type CallInput, type CallOutput } from '../contract/call.ts';
import type { Result } from '../lib/result.ts';
import type { ConsoleCommonError, ConsoleError, ConsoleErrorCode } from './console-errors.ts';
import { actSchema, administratorSchema, admissionSchema, deskLineSchema, officeLineSchema, packKindSchema, packLineSchema, packRefusalSchema, publishedPackSchema, quarantineSchema } from './console-views.ts';

/** Below this address the calls are served. */
export const CONSOLE_API = '/console/api';

/** `open`: before anybody signed in. */
export type ConsoleAccess = 'open' | 'administrator';

function define<I extends z.ZodType, O extends z.ZodType, const E extends readonly ConsoleErrorCode[], const A extends ConsoleAccess>(
  call: Omit<Call<I, O, E, A>, 'sizeBytesMax'> & { readonly sizeBytesMax?: number },
): Call<I, O, E, A> {
  return { sizeBytesMax: SIZE_SMALL, ...call };
}

const name = z.string().trim().normalize('NFC').min(2).max(80);
const password = z.string().min(1).max(200);
const none = z.strictObject({});
const nothing = z.object({});
const reason = z.string().trim().min(3).max(300);
const desk = { office: z.uuid(), desk: z.uuid() } as const;

const peopleCalls = {
  'console.get': define({
    method: 'GET', path: '/state', summary: 'Whose page this is, and whether it has an administrator', access: 'open',
    input: nothing, output: z.object({ serverName: z.string(), needsSetUp: z.boolean(), administrator: administratorSchema.nullable() }), errors: [],
  }),
  'session.open': define({
    method: 'POST', path: '/session/open', summary: 'Sign in; the session comes as a cookie alone', access: 'open',
    input: z.strictObject({ name, password }), output: administratorSchema, errors: ['session.wrongPassword', 'session.lockedOut'],
  }),
  'session.close': define({ method: 'POST', path: '/session/close', summary: 'Sign out', access: 'open', input: none, output: nothing, errors: [] }),
  'administrators.setUp': define({
    method: 'POST', path: '/administrators/set-up', summary: 'Become an administrator, or choose another password, by a set-up code of one use', access: 'open',
    input: z.strictObject({ code: z.string().trim().toUpperCase().max(20), name, password }), output: administratorSchema,
    errors: ['administrators.badCode', 'administrators.otherName', 'administrators.nameTaken', 'office.weakPassword'],
  }),
  'administrators.list': define({
    method: 'GET', path: '/administrators', summary: 'Administrators of this server', access: 'administrator',
    input: nothing, output: z.object({ administrators: z.array(administratorSchema) }), errors: [],
  }),
  'administrators.invite': define({
    method: 'POST', path: '/administrators/invite', summary: 'A set-up code for a colleague of this name, or for a forgotten password; told once', access: 'administrator',
    input: z.strictObject({ name }), output: z.object({ code: z.string(), expiresAt: z.int() }), errors: [],
  }),
  'administrators.retire': define({
    method: 'POST', path: '/administrators/retire', summary: 'Take an administrator away, and sign them out', access: 'administrator',
    input: z.strictObject({ administrator: z.uuid() }), output: nothing, errors: ['administrators.unknown', 'administrators.last'],
  }),
  'acts.list': define({
    method: 'GET', path: '/acts', summary: 'What administrators did, the newest first', access: 'administrator',
    input: z.object({ office: z.uuid().optional() }), output: z.object({ acts: z.array(actSchema) }), errors: [],
  }),
} as const;

const officeCalls = {
  'offices.list': define({
    method: 'GET', path: '/offices', summary: 'Every office on one line', access: 'administrator',
    input: nothing, output: z.object({ now: z.int(), offices: z.array(officeLineSchema) }), errors: [],
  }),
  'offices.get': define({
    method: 'GET', path: '/offices/{office}', summary: 'One office: its desks and what could not be taken in or folded', access: 'administrator',
    input: z.object({ office: z.uuid() }),
    output: z.object({
      now: z.int(), office: officeLineSchema, desks: z.array(deskLineSchema), quarantine: z.array(quarantineSchema),
      faults: z.array(z.object({ subject: z.string(), why: z.string(), at: z.int() })),
    }),
    errors: ['offices.unknown'],
  }),
  'desks.stop': define({
    method: 'POST', path: '/desks/stop', summary: 'From now on nothing of this desk is taken in; it keeps working', access: 'administrator',
    input: z.strictObject({ ...desk, reason }), output: nothing, errors: ['stops.unknownDesk', 'stops.already'],
  }),
  'desks.resume': define({
    method: 'POST', path: '/desks/resume', summary: 'Take back a stop of this server', access: 'administrator',
    input: z.strictObject({ ...desk, reason }), output: nothing, errors: ['stops.unknownDesk', 'stops.none'],
  }),
  'desks.rescue': define({
    method: 'POST', path: '/desks/rescue', summary: 'Let a stopped desk hand up what it has, for some days', access: 'administrator',
    input: z.strictObject({ ...desk, days: z.int().min(1).max(90) }), output: z.object({ until: z.int() }), errors: ['stops.unknownDesk', 'stops.none'],
  }),
  'admissions.list': define({
    method: 'GET', path: '/admissions', summary: 'Codes that may still admit an office', access: 'administrator',
    input: nothing, output: z.object({ admissions: z.array(admissionSchema) }), errors: [],
  }),
  'admissions.make': define({
    method: 'POST', path: '/admissions', summary: 'A code that admits one office, told once, with the text for its QR', access: 'administrator',
    input: z.strictObject({ note: z.string().trim().min(1).max(120) }), output: z.object({ code: z.string(), text: z.string(), fingerprint: z.string(), address: z.string(), expiresAt: z.int() }), errors: [],
  }),
  'admissions.withdraw': define({
    method: 'POST', path: '/admissions/withdraw', summary: 'Take a code back that nobody has used', access: 'administrator',
    input: z.strictObject({ id: z.string().max(64) }), output: nothing, errors: ['admissions.unknown'],
  }),
} as const;

const packCalls = {
  'packs.list': define({
    method: 'GET', path: '/packs', summary: 'Packs that were published, the newest first', access: 'administrator',
    input: nothing, output: z.object({ packs: z.array(packLineSchema) }), errors: [],
  }),
  'packs.refusals': define({
    method: 'GET', path: '/packs/{hash}/refusals', summary: 'Which desks cannot use a published pack, and why', access: 'administrator',
    input: z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) }), output: z.object({ refusals: z.array(packRefusalSchema) }), errors: [],
  }),
  'packs.publish': define({
    method: 'POST', path: '/packs', summary: 'Publish a catalogue or calendar pack; a bad one is refused whole', access: 'administrator', sizeBytesMax: SIZE_PACK,
    input: z.strictObject({ pack: packKindSchema, text: z.string().max(4_000_000) }), output: publishedPackSchema, errors: ['packs.refused', 'packs.notNewer'],
  }),
  'packs.get': define({
    method: 'GET', path: '/packs/{hash}', summary: 'The text of a published pack', access: 'administrator',
    input: z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) }), output: z.object({ text: z.string() }), errors: ['packs.unknown'],
  }),
} as const;

/** What the upper tier's page asks of its server. Not for other programs: page and server are one version and change together. */
export const consoleContract = { ...peopleCalls, ...officeCalls, ...packCalls } as const satisfies Record<string, Call<z.ZodType, z.ZodType, readonly ConsoleErrorCode[], ConsoleAccess>>;

export type ConsoleContract = typeof consoleContract;
export type ConsoleCallName = keyof ConsoleContract;
export type ConsoleInput<N extends ConsoleCallName> = CallInput<ConsoleContract[N]>;
export type ConsoleOutput<N extends ConsoleCallName> = CallOutput<ConsoleContract[N]>;
export type ConsoleResult<N extends ConsoleCallName> = Result<ConsoleOutput<N>, ConsoleError<ConsoleContract[N]['errors'][number] | ConsoleCommonError>>;
