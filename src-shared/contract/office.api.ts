import { z } from 'zod';
import { foundingAttributesSchema, numberingSchema, officeAttributesSchema } from '../domain/office/office-operations.ts';
import { formOfAddressSchema, roleSchema } from '../domain/officers/officer.ts';
import { personNameSchema, writtenNameSchema } from '../domain/persons/written-name.ts';
import { defineCall, SIZE_PACK } from './call.ts';

/** Office, session, desks, officers. */
const passwordSchema = z.string().min(1).max(200);
const deskNameSchema = writtenNameSchema(40, 'Chưa đặt tên máy.');

export const officerViewSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  title: z.string(),
  formOfAddress: formOfAddressSchema,
  roles: z.array(roleSchema),
  retired: z.boolean(),
});
export type OfficerView = z.infer<typeof officerViewSchema>;

export const sessionViewSchema = z.object({
  /** Empty while the session is locked. */
  token: z.string(),
  officer: officerViewSchema.nullable(),
  /** What the officer may do today: the own roles and those of the people in `standsInFor`. */
  roles: z.array(roleSchema),
  standsInFor: z.array(z.object({ officer: z.uuid(), name: z.string(), roles: z.array(roleSchema) })),
  /** True when opened with the recovery code: passwords may be reset and the code made anew, nothing else. */
  recovery: z.boolean(),
  deskName: z.string(),
  /** The key for the renderer's own buffer (AES-GCM, base64url), the same for this officer until the desk is reset. Empty while locked and without an officer. */
  bufferKey: z.string(),
  idleLockMinutes: z.int(),
});
export type SessionView = z.infer<typeof sessionViewSchema>;

const branchRefusalSchema = z.enum([
  'branch.foreignOffice', 'branch.badSignature', 'branch.badChain', 'branch.gap', 'branch.tooLarge', 'branch.unknownDevice', 'branch.ownDevice', 'branch.unreadable',
]);
export type BranchRefusalCode = z.infer<typeof branchRefusalSchema>;

/** A device of the other folder of which nothing was taken in, while all others were. */
const refusedBranchSchema = z.object({ device: z.string(), deskName: z.string().nullable(), code: branchRefusalSchema, sentence: z.string() });
export type RefusedBranchView = z.infer<typeof refusedBranchSchema>;

/** Why the officer is asked "Hôm nay là ngày nào?"; null when the clock is trusted. */
const dateQuestionSchema = z
  .object({
    cause: z.enum(['earlierThanLastOperation', 'earlierThanProgram', 'jumped', 'outsideBounds']),
    machineDate: z.string(),
    lastDate: z.string().nullable(),
  })
  .nullable();

const officeStateSchema = z.object({
  /** setup: nothing here yet; locked: nobody signed in since the start; open. */
  state: z.enum(['setup', 'locked', 'open']),
  version: z.string(),
  demo: z.object({ accounts: z.array(z.object({ name: z.string(), password: z.string(), what: z.string() })) }).nullable(),
  /** Who may sign in here: the key-slot file shows names before anything is unlocked. */
  signIn: z.array(z.object({ id: z.uuid(), name: z.string(), hasDraft: z.boolean(), lockedUntil: z.int().nullable() })),
  /** The number of the printed sheet whose code opens this desk; null before the set-up. */
  recoverySheet: z.string().nullable(),
  keySlotsDamaged: z.boolean(),
  office: z
    .object({
      id: z.uuid(),
      training: z.boolean(),
      attributes: officeAttributesSchema,
      numbering: numberingSchema,
      deskName: z.string(),
      /** The office has stopped this desk: it shows and prints, and writes nothing. */
      deskRevoked: z.boolean(),
      device: z.string(),
      token: z.string().nullable(),
      reserves: z.array(z.string()),
      tokenProvisional: z.boolean(),
      /** Set when this start became a new incarnation: shown until read. */
      newIncarnation: z.string().nullable(),
      dateQuestion: dateQuestionSchema,
      clockUnverified: z.boolean(),
      businessNow: z.int(),
      calendarValidTo: z.string().nullable(),
    })
    .nullable(),
});
export type OfficeState = z.infer<typeof officeStateSchema>;

/** Shown once and printed; the core keeps nothing of the code. `sheet`: four characters that tell one printed sheet from another. */
const newRecoveryCodeSchema = z.object({ recoveryCode: z.string(), sheet: z.string() });
const recoveryStateSchema = z.object({
  sheet: z.string(),
  madeOn: z.string(),
  deskName: z.string(),
  /** `recovery`: by whoever opened with the code before. */
  by: z.enum(['setUp', 'admin', 'recovery']),
  /** Null unless an administrator made it. */
  officerName: z.string().nullable(),
  /** Further desks; each opens with the former code until it has heard of the new one. */
  otherDesks: z.int(),
});

export const officeCalls = {
  'office.get': defineCall({
    method: 'GET', path: '/office', summary: 'State of this desk: to set up, locked or open; names, numbering, clock', access: 'open',
    input: z.object({}), output: officeStateSchema, errors: [],
  }),
  'office.setup': defineCall({
    method: 'POST', path: '/office/setup', summary: 'First desk of an office', access: 'open',
    input: z.strictObject({
      attributes: foundingAttributesSchema,
      numbering: numberingSchema,
      deskName: deskNameSchema,
      training: z.boolean().default(false),
      /** The officer confirmed today's date on the last step. */
      confirmedDate: z.string(),
      administrator: z.strictObject({ name: personNameSchema(80), title: z.string().max(80), formOfAddress: formOfAddressSchema, roles: z.array(roleSchema).min(1), password: passwordSchema }),
    }),
    output: newRecoveryCodeSchema.extend({ session: sessionViewSchema }),
    errors: ['office.alreadySetUp', 'office.badPattern', 'office.weakPassword', 'desks.badDate'],
  }),
  'office.getRecovery': defineCall({
    method: 'GET', path: '/office/recovery', summary: 'Which recovery sheet is in force', access: 'recovery',
    input: z.object({}), output: recoveryStateSchema, errors: [],
  }),
  'office.makeRecoveryCode': defineCall({
    method: 'POST', path: '/office/recovery/make-code', summary: 'A new recovery code to print; changes nothing until it is confirmed', access: 'recovery',
    input: z.strictObject({}), output: newRecoveryCodeSchema, errors: [],
  }),
  'office.renewRecovery': defineCall({
    method: 'POST', path: '/office/recovery', summary: 'The printed sheet is in hand: the new code replaces the former one', access: 'recovery',
    input: z.strictObject({ recoveryCode: z.string().max(200) }), output: recoveryStateSchema, errors: ['office.unknownRecoveryCode'],
  }),
  'office.join': defineCall({
    method: 'POST', path: '/office/join', summary: 'Further desk, by the join file of an existing one', access: 'open', sizeBytesMax: SIZE_PACK,
    input: z.strictObject({ file: z.string().max(6_000_000), code: z.string().max(60), confirmedDate: z.string() }),
    output: z.object({ deskName: z.string(), officeName: z.string() }),
    errors: ['office.alreadySetUp', 'office.badJoinFile', 'desks.badDate'],
  }),
  'session.open': defineCall({
    method: 'POST', path: '/session/open', summary: 'Sign in with a password', access: 'open',
    input: z.strictObject({ officer: z.uuid(), password: passwordSchema }),
    output: sessionViewSchema,
    errors: ['session.wrongPassword', 'session.lockedOut', 'session.unknownOfficer'],
  }),
  'session.openByRecovery': defineCall({
    method: 'POST', path: '/session/open-by-recovery', summary: 'Open with the recovery code of the safe', access: 'open',
    input: z.strictObject({ recoveryCode: z.string().max(200) }), output: sessionViewSchema,
    errors: ['session.wrongRecoveryCode', 'session.lockedOut'],
  }),
  'session.lock': defineCall({
    method: 'POST', path: '/session/lock', summary: 'Lock the screen, keep the work', access: 'anyOfficer',
    input: z.strictObject({}), output: z.object({}), errors: [],
  }),
  'session.unlock': defineCall({
    method: 'POST', path: '/session/unlock', summary: 'Unlock with the password of the officer who locked', access: 'open',
    input: z.strictObject({ password: passwordSchema }), output: sessionViewSchema,
    errors: ['session.wrongPassword', 'session.lockedOut', 'session.unknownOfficer'],
  }),
  'session.close': defineCall({
    method: 'POST', path: '/session/close', summary: 'Sign out; unsent work stays with the desk', access: 'open',
    input: z.strictObject({}), output: z.object({}), errors: [],
  }),
  'session.current': defineCall({
    method: 'GET', path: '/session', summary: 'Who is signed in', access: 'open',
    input: z.object({}), output: z.object({ session: sessionViewSchema.nullable(), locked: z.boolean() }), errors: [],
  }),
  'desks.admit': defineCall({
    method: 'POST', path: '/desks/admit', summary: 'Make the join file for one further desk', access: ['admin'],
    input: z.strictObject({ name: deskNameSchema }),
    output: z.object({ fileName: z.string(), file: z.string(), code: z.string(), token: z.string(), reserves: z.array(z.string()) }),
    errors: ['desks.noTokenLeft'],
  }),
  'desks.list': defineCall({
    method: 'GET', path: '/desks', summary: 'Desks, their devices and tokens', access: 'anyOfficer',
    input: z.object({}),
    output: z.object({
      desks: z.array(
        z.object({
          id: z.uuid(), name: z.string(), here: z.boolean(), revoked: z.boolean(), reserves: z.array(z.string()),
          devices: z.array(z.object({ id: z.string(), token: z.string().nullable(), provisional: z.boolean(), previous: z.string().nullable(), operations: z.int() })),
        }),
      ),
    }),
    errors: [],
  }),
  'desks.importBranch': defineCall({
    method: 'POST', path: '/desks/import-branch', summary: 'Take over the operations of an older or copied data folder', access: ['admin', 'leader'],
    input: z.strictObject({ dataDir: z.string().min(1).max(1_000), password: passwordSchema.optional(), recoveryCode: z.string().max(200).optional() }),
    output: z.object({ operations: z.int(), dossiers: z.int(), conflicts: z.int(), refused: z.array(refusedBranchSchema) }),
    errors: ['desks.branchUnreadable', 'desks.branchForeign', 'desks.workUnderWay', 'session.wrongPassword', 'session.wrongRecoveryCode', 'session.lockedOut'],
  }),
  'desks.confirmDate': defineCall({
    method: 'POST', path: '/desks/confirm-date', summary: 'Answer "Hôm nay là ngày nào?" after a clock fault', access: 'anyOfficer',
    input: z.strictObject({ date: z.string() }), output: z.object({ clockUnverified: z.boolean() }), errors: ['desks.badDate', 'desks.dateNotAsked'],
  }),
  'desks.pickToken': defineCall({
    method: 'POST', path: '/desks/pick-token', summary: 'Pick a free series token when every reserve is used', access: 'anyOfficer',
    input: z.strictObject({ token: z.string().regex(/^[0-9A-Z]{1,2}$/) }), output: z.object({ token: z.string() }), errors: ['desks.tokenHeld'],
  }),
  'desks.freeTokens': defineCall({
    method: 'GET', path: '/desks/free-tokens', summary: 'Series tokens that nobody holds', access: 'anyOfficer',
    input: z.object({}), output: z.object({ tokens: z.array(z.string()) }), errors: [],
  }),
  'officers.list': defineCall({
    method: 'GET', path: '/officers', summary: 'Officers of the office', access: 'recovery',
    input: z.object({}),
    /** `openDossiers`: what somebody still holds, to be given to others before that officer leaves. */
    output: z.object({ officers: z.array(officerViewSchema.extend({ openDossiers: z.int() })) }), errors: [],
  }),
  /** Whom a dossier can be given to. */
  'officers.atWork': defineCall({
    method: 'GET', path: '/officers/at-work', summary: 'Who works in the office today, with what each may do, delegations included', access: 'anyOfficer',
    input: z.object({}),
    output: z.object({ officers: z.array(officerViewSchema.pick({ id: true, name: true, title: true, roles: true })) }), errors: [],
  }),
  'officers.create': defineCall({
    method: 'POST', path: '/officers', summary: 'Add an officer', access: ['admin'],
    input: z.strictObject({ name: personNameSchema(80), title: z.string().max(80), formOfAddress: formOfAddressSchema, roles: z.array(roleSchema).min(1), password: passwordSchema }),
    output: officerViewSchema, errors: ['office.weakPassword'],
  }),
  'officers.change': defineCall({
    method: 'POST', path: '/officers/{officer}', summary: 'Change name, title, roles, or retire', access: ['admin'],
    input: z.strictObject({ officer: z.uuid(), name: personNameSchema(80), title: z.string().max(80), formOfAddress: formOfAddressSchema, roles: z.array(roleSchema), retired: z.boolean() })
      .refine(({ roles, retired }) => retired || roles.length > 0, 'who works here has a role'),
    output: officerViewSchema, errors: ['officers.unknown', 'officers.lastAdministrator', 'officers.lastLeader'],
  }),
  'officers.resetPassword': defineCall({
    method: 'POST', path: '/officers/{officer}/reset-password', summary: 'New password for an officer', access: 'recovery',
    input: z.strictObject({ officer: z.uuid(), password: passwordSchema }),
    output: z.object({}), errors: ['officers.unknown', 'office.weakPassword'],
  }),
  'officers.changePassword': defineCall({
    method: 'POST', path: '/session/change-password', summary: 'Change the own password', access: 'anyOfficer',
    input: z.strictObject({ oldPassword: passwordSchema, newPassword: passwordSchema }),
    output: z.object({}), errors: ['session.wrongPassword', 'session.lockedOut', 'office.weakPassword'],
  }),
} as const;
