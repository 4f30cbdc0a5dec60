import { z } from 'zod';

/** What the upper tier sees of offices, desks and codes. Instants are UTC milliseconds by the server's clock. */
export const administratorSchema = z.object({ id: z.uuid(), name: z.string() });
export type AdministratorView = z.infer<typeof administratorSchema>;

export const officeLineSchema = z.object({
  office: z.uuid(),
  /** Null until the office's own operations are folded. */
  name: z.string().nullable(),
  admittedAt: z.int(),
  desks: z.int(),
  contactAt: z.int().nullable(),
  /** Operations that its desks said they had and that are not here, and when the oldest was written by that desk's clock. */
  unsent: z.int(),
  oldestUnsentAt: z.int().nullable(),
  backlog: z.int(),
  overdue: z.int(),
  /** Acknowledged and not folded yet. */
  lag: z.object({ operations: z.int(), since: z.int().nullable(), isRebuilding: z.boolean() }),
  quarantined: z.int(),
});
export type OfficeLine = z.infer<typeof officeLineSchema>;

export const deskLineSchema = z.object({
  /** Null: a device that the office's operations name no desk for. */
  desk: z.uuid().nullable(),
  name: z.string(),
  contactAt: z.int().nullable(),
  program: z.string().nullable(),
  held: z.int(),
  unsent: z.int(),
  oldestUnsentAt: z.int().nullable(),
  stoppedByOffice: z.boolean(),
  /** By an administrator of the server. */
  stopped: z.object({ by: z.string(), at: z.int(), reason: z.string() }).nullable(),
  /** Until when a stopped desk may hand up what it has. */
  rescueUntil: z.int().nullable(),
});
export type DeskLine = z.infer<typeof deskLineSchema>;

export const quarantineSchema = z.object({
  /** Who handed it up; whose log it is, null where that is not known. */
  senderName: z.string(), ofName: z.string().nullable(),
  code: z.string(), firstAt: z.int(), lastAt: z.int(), tries: z.int(),
});
export type QuarantineLine = z.infer<typeof quarantineSchema>;

export const admissionSchema = z.object({ id: z.string(), note: z.string(), madeBy: z.string().nullable(), madeAt: z.int(), expiresAt: z.int() });
export type AdmissionLine = z.infer<typeof admissionSchema>;

export const packKindSchema = z.enum(['catalogue', 'calendar']);
export const publishedPackSchema = z.object({
  pack: packKindSchema, id: z.string(), version: z.int(), hash: z.string(), validFrom: z.string(), validTo: z.string().nullable(), publishedAt: z.int(), publishedBy: z.string(),
});
export type PublishedPack = z.infer<typeof publishedPackSchema>;

/** A published pack with how many offices use it, have it waiting for their administrator, or cannot use it. */
export const packLineSchema = publishedPackSchema.extend({ installed: z.int(), waiting: z.int(), refused: z.int() });
export type PackLine = z.infer<typeof packLineSchema>;

export const packRefusalSchema = z.object({ office: z.uuid(), officeName: z.string().nullable(), device: z.string(), code: z.string(), at: z.int() });
export type PackRefusalLine = z.infer<typeof packRefusalSchema>;

export const ACT_KINDS = [
  'administrator.setUp', 'administrator.invited', 'administrator.retired', 'session.opened', 'admission.made', 'admission.withdrawn', 'desk.stopped', 'desk.resumed', 'desk.rescued', 'pack.published',
] as const;
export type ActKind = (typeof ACT_KINDS)[number];

/** `about`: whom or what it was done to, in the words of that day. */
export const actSchema = z.object({ id: z.uuid(), at: z.int(), by: z.string(), kind: z.enum(ACT_KINDS), about: z.string(), reason: z.string() });
export type ActLine = z.infer<typeof actSchema>;
