/** What every paper about a dossier says besides its own matter: the office's head, whose dossier it is, which codes. */
import { z } from 'zod';
import { codesOnPaper } from '../../domain/dossiers/dossier-codes.ts';
import type { DossierContent } from '../../domain/dossiers/dossier-content.ts';
import type { DossierBody, DossierKind } from '../../domain/dossiers/dossier-operations.ts';
import type { Dossier, HistoryEntry } from '../../domain/dossiers/dossier.ts';
import { formNumberOf } from '../../domain/numbers/form-number.ts';
import { attributesOfAct, type Office } from '../../domain/office/office.ts';
import type { OperationId } from '../../domain/operations/operation.ts';
import { ID_KINDS, type Person } from '../../domain/persons/person.ts';
import { assert } from '../../lib/assert.ts';
import type { OfficerId } from '../../lib/ids.ts';
import { isIsoDate } from '../../lib/office-time.ts';
import { officeHeadOf, officeHeadSchema } from './office-head.ts';

const line = (max: number) => z.string().max(max);

const identitySchema = z
  .strictObject({
    name: line(200),
    idKind: z.enum(ID_KINDS),
    idNumber: line(40).nullable(),
    phone: line(40).nullable(),
    email: line(160).nullable(),
    address: line(400).nullable(),
  })
  .readonly();

/** A job of a program that knew no limit may keep more codes than a paper has room for: they are left out, and the paper comes out. */
export const paperCodesSchema = z.array(z.strictObject({ system: z.enum(['own', 'province', 'ministry']), code: line(60) }).readonly()).min(1).transform(codesOnPaper);

/** The members that papers of acts share. `null` means "not known": a dotted line or nothing. */
export const paperFactsShape = {
  officeHead: officeHeadSchema,
  placeName: line(80),
  /** The office day of the act that the paper is about. */
  businessDate: z.string().refine(isIsoDate),
  training: z.boolean(),
  codes: paperCodesSchema,
  /** Who stood at the counter: the paper speaks to this person. */
  submitter: identitySchema,
  honorific: z.enum(['ông', 'bà', 'ông/bà']),
  /** Only when the owner is not the submitter. */
  owner: identitySchema.nullable(),
  procedureName: line(2_000),
  sector: line(120).nullable(),
  request: line(600),
  /** UTC milliseconds. */
  receivedAt: z.int(),
  /** Who did the act. */
  officerName: line(120),
} as const;
export type PaperFacts = z.infer<z.ZodObject<typeof paperFactsShape>>;

/** The shared members of the paper of one act. Names and head are those that the act was done under. */
export function paperFactsOf(dossier: Dossier, act: HistoryEntry, office: Office): PaperFacts {
  const { content } = dossier;
  const { businessDate, actor } = act.header;
  const { attributes } = attributesOfAct(office, act.header);
  const submitter = submitterOf(content);
  return {
    officeHead: officeHeadOf(attributes),
    placeName: attributes.placeName,
    businessDate,
    training: office.training,
    codes: codesOnPaper(dossier.codes),
    submitter: identityOf(submitter),
    honorific: honorificOf(submitter),
    owner: content.submitter ? identityOf(content.owner) : null,
    procedureName: content.procedure.name,
    sector: known(content.procedure.sector),
    request: content.request,
    receivedAt: dossier.receivedAt,
    officerName: officerName(office, actor) ?? '',
  };
}

/** The act of a dossier by its id, with its body; the caller knows the kind. */
export function actOf<K extends DossierKind>(dossier: Dossier, act: OperationId, kind: K): HistoryEntry & { readonly body: DossierBody<K> } {
  const entry = dossier.history.find(({ id }) => id === act);
  assert(entry?.header.kind === kind && entry.body !== undefined, `an act of the kind ${kind}`);
  return entry as HistoryEntry & { readonly body: DossierBody<K> };
}

/** The name as it is today. */
export function officerName(office: Office, officer: string | null): string | null {
  return officer === null ? null : (office.officers.get(officer as OfficerId)?.name ?? null);
}

export function submitterOf(content: Pick<DossierContent, 'owner' | 'submitter'>): Person {
  return content.submitter ?? content.owner;
}

export function identityOf(person: Person) {
  return {
    name: person.name,
    idKind: person.idKind ?? (person.type === 'organisation' ? ('organisationId' as const) : ('citizenId' as const)),
    idNumber: known(person.idNumber),
    phone: known(person.phone),
    email: known(person.email),
    address: known(person.address),
  };
}

/** Only what was written down: a number or a name is no reason to guess somebody's sex. */
export function honorificOf(person: Person): PaperFacts['honorific'] {
  if (person.type === 'organisation' || person.sex === undefined) return 'ông/bà';
  return person.sex === 'male' ? 'ông' : 'bà';
}

/** "Số" of the form, as it was given with the act; null is a blank line for the hand (decision 0025). */
export const formNumberLine = line(60).nullable();

export function formNumberText({ header, body }: HistoryEntry): string | null {
  return formNumberOf(header.kind, body)?.text ?? null;
}

/** Text that says something, or null. */
export function known(text: string | undefined): string | null {
  return text === undefined || text.trim() === '' ? null : text;
}
