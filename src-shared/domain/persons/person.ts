import { z } from 'zod';
import { isIsoDate } from '../../lib/office-time.ts';
import { foldedWords } from '../../lib/vietnamese-text.ts';
import { personNameSchema } from './written-name.ts';

/**
 * A person or organisation as written on one dossier. There is no person record to merge (design §1): known persons are a
 * projection over dossiers, keyed by `personKey`.
 */
export const ID_KINDS = ['citizenId', 'passport', 'oldId', 'organisationId'] as const;

export const personSchema = z.strictObject({
  type: z.enum(['individual', 'organisation']),
  name: personNameSchema(120),
  /** A full date, or a year alone: old people often know only the year. */
  birthDate: z.string().refine(isBirthDate, 'Ngày sinh chưa đúng.').optional(),
  sex: z.enum(['male', 'female']).optional(),
  idKind: z.enum(ID_KINDS).optional(),
  idNumber: z.string().max(30).optional(),
  phone: z.string().max(20).optional(),
  email: z.string().max(120).optional(),
  /** Kept as on the card; an old three-level address is never mapped to a new commune by guess. */
  address: z.string().max(300).optional(),
  /** Where these words come from: typed, read from a card's QR, or shown on VNeID; none of them is verified. */
  source: z.enum(['typed', 'cardQr', 'vneid', 'known']).optional(),
});
export type Person = z.infer<typeof personSchema>;

/** Nobody on a dossier was born before; a year outside is a slip of the hand. Whether the day has come is asked with a clock. */
const BIRTH_YEARS = { first: '1850', last: '2100' } as const;

export function isBirthDate(text: string): boolean {
  const year = text.slice(0, 4);
  return (isIsoDate(text) || /^\d{4}$/.test(text)) && year >= BIRTH_YEARS.first && year <= BIRTH_YEARS.last;
}

/** Known persons: by ID number, else by name and birth date, else not recognisable (null). */
export function personKey(person: Person): string | null {
  if (person.idNumber) return `id:${person.idNumber.toUpperCase()}`;
  if (person.birthDate) return `name:${foldedWords(person.name).join(' ')}|${person.birthDate}`;
  return null;
}
