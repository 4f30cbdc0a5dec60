import { z } from 'zod';
import { isIsoDate } from '../../lib/office-time.ts';
import { credentialsSchema, formOfAddressSchema, roleSchema } from '../officers/officer.ts';
import { receiptNumberSchema } from '../fees/fee-operations.ts';
import { issuedNumberSchema } from '../numbers/number-series.ts';
import { logoImageSchema } from './logo-image.ts';

/**
 * Bodies of the operations about the office itself: its names, desks, officers, delegations, packs and settings. They all
 * share one subject (the office), so `after` orders them among each other. One schema per (kind, version).
 */
const text = (max: number) => z.string().trim().min(1).max(max);
const isoDateSchema = z.string().refine(isIsoDate);
const tokenSchema = z.string().regex(/^[0-9A-Z]{1,2}$/);

/** What the office is called when it is set up. Effective-dated from then on: units are renamed and merged (domain.md §j). */
export const foundingAttributesSchema = z.strictObject({
  provinceCode: z.string().regex(/^\d{2}$/),
  provinceName: text(60),
  communeCode: z.string().regex(/^\d{5}$/).optional(),
  communeName: text(80),
  /** Head of every form: the superior unit, then one or two lines of the desk's own name. */
  superiorName: text(120),
  unitName: text(160),
  /** The place before the date on papers ("Nậm Khâu, ngày …"). */
  placeName: text(60),
  agencyCode: z.string().regex(/^[A-Z0-9.]{2,20}$/),
  hotline: z.string().max(60).optional(),
  lookupAddress: z.string().max(120).optional(),
});

/** The same with what only a later change says: it came with version 2 of `office.changed`. */
export const officeAttributesSchema = z.strictObject({
  ...foundingAttributesSchema.shape,
  /** Where the desk is, for the foot of papers. */
  address: z.string().max(160).optional(),
  /** One more line at the foot of papers, in the office's own words. */
  footer: z.string().max(160).optional(),
  /** The operation `office.logoAdded` whose picture stands in the head of papers. */
  logo: z.string().max(60).optional(),
});
export type OfficeAttributes = z.infer<typeof officeAttributesSchema>;

export const numberingSchema = z.strictObject({
  pattern: z.string().max(60),
  tokenLength: z.union([z.literal(1), z.literal(2)]),
  alphabet: z.enum(['digitsAndLetters', 'lettersOnly']),
  /** In provisional mode papers say that the province's system will give the official code. */
  mode: z.enum(['official', 'provisional']),
});
export type Numbering = z.infer<typeof numberingSchema>;

const deskGrantSchema = z.strictObject({
  desk: z.uuid(),
  name: text(40),
  token: tokenSchema,
  reserves: z.array(tokenSchema).max(20),
});

/** An X25519 public key as 32 bytes of base64url, in the one spelling there is. */
const sealingKeySchema = z.string().regex(/^[\w-]{42}[AEIMQUYcgkosw048]$/);
const deviceSchema = z.strictObject({ device: z.string().max(40), publicKey: z.string().max(200) });

export const officeBodySchemas = {
  'office.established': z.strictObject({
    attributes: foundingAttributesSchema,
    numbering: numberingSchema,
    officePublicKey: z.string().max(200),
    recoveryPublicKey: z.string().max(200),
    training: z.boolean(),
    desk: deskGrantSchema,
    device: deviceSchema,
  }),
  /** A new recovery code: the later one in the order of the log is the office's, and every desk seals its key to it. */
  'office.recoveryRenewed': z.strictObject({ recoveryPublicKey: sealingKeySchema, by: z.enum(['admin', 'recovery']) }),
  'office.changed': z.strictObject({
    effectiveFrom: isoDateSchema,
    attributes: officeAttributesSchema,
    numbering: numberingSchema,
    reason: z.string().max(300),
  }),
  /** A picture for the head of papers. It stays for ever, because papers that bear it name this operation. */
  'office.logoAdded': z.strictObject({ png: logoImageSchema }),
  /** A desk is admitted by the office's key; the join file carries this grant and serves one desk. */
  'desk.admitted': z.strictObject({ grant: deskGrantSchema, joinId: z.uuid(), signature: z.string().max(200) }),
  /**
   * The new desk's first act. From version 2 on it carries the grant as the office's key signed it, so that any desk can
   * check the admission from this act alone, also when the desk that admitted it is lost before anybody met it.
   */
  'desk.joined': z.strictObject({
    desk: z.uuid(),
    joinId: z.uuid(),
    device: deviceSchema,
    admission: z.strictObject({ grant: deskGrantSchema, signature: z.string().max(200) }).optional(),
  }),
  /** A restored or copied data folder became a new device of its desk and took the desk's next reserve (rule 4). */
  'desk.incarnated': z.strictObject({
    desk: z.uuid(),
    device: deviceSchema,
    previousDevice: z.string().max(40),
    previousSeq: z.int().min(0),
    reason: z.enum(['noMarker', 'folderCopied', 'restoredOlder', 'nonceMismatch']),
    /** Null when no reserve was left: the officer picks a free token and numbers are provisional. */
    token: tokenSchema.nullable(),
    /** The previous device's key signs the new one, so a stranger cannot claim to be the desk. */
    signature: z.string().max(200),
  }),
  'desk.renamed': z.strictObject({ desk: z.uuid(), name: text(40) }),
  'desk.revoked': z.strictObject({ desk: z.uuid(), reason: text(300) }),
  'desk.dateConfirmed': z.strictObject({
    desk: z.uuid(),
    date: isoDateSchema,
    /** UTC milliseconds of the machine's clock when it was asked. */
    wall: z.int(),
    cause: z.enum(['earlierThanLastOperation', 'earlierThanProgram', 'jumped', 'outsideBounds']),
  }),
  'number.tokenPicked': z.strictObject({ desk: z.uuid(), token: tokenSchema }),
  'number.tokenReturned': z.strictObject({ token: tokenSchema, reason: text(300) }),
  'number.skipped': z.strictObject({ number: issuedNumberSchema, reason: text(300) }),
  /** A book of pre-printed biên lai given to a desk; saved again when somebody else holds it, or when it is used up. */
  'receiptBook.saved': z
    .strictObject({ book: z.uuid(), series: receiptNumberSchema.shape.series, first: receiptNumberSchema.shape.number, last: receiptNumberSchema.shape.number, desk: z.uuid(), officer: z.uuid(), closed: z.boolean() })
    .refine(({ first, last }) => first <= last),
  /** A number that no payment may use: its sheet is spoiled, or it stands on a dossier that was erased. Null takes the word back. */
  'receiptBook.numberMarked': z.strictObject({ ...receiptNumberSchema.shape, mark: z.enum(['spoiled', 'erased']).nullable(), reason: text(300) }),
  'officer.created': z.strictObject({
    officer: z.uuid(),
    name: text(80),
    title: z.string().max(80),
    formOfAddress: formOfAddressSchema,
    roles: z.array(roleSchema).min(1),
    credentials: credentialsSchema,
  }),
  'officer.changed': z.strictObject({
    officer: z.uuid(),
    name: text(80),
    title: z.string().max(80),
    formOfAddress: formOfAddressSchema,
    roles: z.array(roleSchema).min(1),
    retired: z.boolean(),
  }),
  'officer.passwordReset': z.strictObject({ officer: z.uuid(), credentials: credentialsSchema, by: z.enum(['self', 'admin', 'recovery']) }),
  'delegation.granted': z.strictObject({
    delegation: z.uuid(),
    from: z.uuid(),
    to: z.uuid(),
    roles: z.array(roleSchema).min(1),
    firstDate: isoDateSchema,
    lastDate: isoDateSchema,
    reason: z.string().max(300),
  }),
  'delegation.ended': z.strictObject({ delegation: z.uuid() }),
  /** The pack's whole text travels in the operation, so that every desk of the office has what its dossiers refer to. */
  'pack.installed': z.strictObject({
    pack: z.enum(['catalogue', 'calendar']),
    id: text(80),
    version: text(40),
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    text: z.string().max(4_000_000),
  }),
  'procedure.saved': z.strictObject({
    code: z.string().max(40),
    /** Counts the office's own versions of this procedure, from 1. */
    localVersion: z.int().min(1),
    entry: z.record(z.string(), z.json()),
    reason: z.string().max(300),
  }),
  'setting.changed': z.strictObject({ key: text(60), value: z.json() }),
  'calendarDay.saved': z.strictObject({
    date: isoDateSchema,
    type: z.enum(['closed', 'dayInLieu', 'makeUpWorkingDay', 'asPack']),
    name: z.string().max(120),
  }),
  /**
   * Everything personal about a subject goes from every desk that learns this: bodies, key, lists, papers. It names no
   * person, for it stays in the log for ever; the numbers that were given out stay known, so that no series shows a gap.
   */
  'subject.erased': z.strictObject({
    subject: z.uuid(),
    issued: z.array(z.strictObject({ operation: z.string().max(60), number: issuedNumberSchema })).max(60),
    reason: text(300),
  }),
} as const;

export type OfficeKind = keyof typeof officeBodySchemas;
export type OfficeBody<K extends OfficeKind> = z.infer<(typeof officeBodySchemas)[K]>;

/**
 * Acts that change who may act, and so what dossiers of long ago look like (design §1). A desk that joined or became a new
 * device says so in the first act of its chain, so nothing of that device was folded before.
 */
const WHO_MAY_ACT = ['desk.admitted', 'desk.revoked', 'officer.created', 'officer.changed', 'delegation.granted', 'delegation.ended'] as const satisfies readonly OfficeKind[];
export type WhoMayActKind = (typeof WHO_MAY_ACT)[number];

export function changesWhoMayAct(kind: string): kind is WhoMayActKind {
  return WHO_MAY_ACT.some((one) => one === kind);
}

/** The newest body version this program writes and understands, per kind; older ones read by the same schema. */
export const officeKindVersions: Readonly<Record<OfficeKind, number>> = {
  ...(Object.fromEntries(Object.keys(officeBodySchemas).map((kind) => [kind, 1])) as Record<OfficeKind, number>),
  'office.changed': 2,
  'desk.joined': 2,
};

export function isOfficeKind(kind: string): kind is OfficeKind {
  return Object.hasOwn(officeBodySchemas, kind);
}
