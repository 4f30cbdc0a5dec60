import { z } from 'zod';
import type { IsoDate } from '../../lib/office-time.ts';
import { readIdNumber } from './id-number.ts';
import type { Person } from './person.ts';

/**
 * How one speaks to a citizen at the counter, by age and sex (ux.md §8: "the usual word by age in the sentence to say,
 * overridable"). Which word suits which age differs from place to place (ux.md §12, 5), so the bands are data of the office.
 */
const addressBandSchema = z.strictObject({
  /** Whole years from which the words apply. */
  fromAge: z.int().min(0).max(150),
  male: z.string().trim().min(1).max(20),
  female: z.string().trim().min(1).max(20),
  /** Where the sex is not known. */
  unknown: z.string().trim().min(1).max(20),
});
export const addressBandsSchema = z
  .array(addressBandSchema)
  .min(1)
  .max(12)
  .refine((bands) => new Set(bands.map(({ fromAge }) => fromAge)).size === bands.length, { error: 'mỗi tuổi chỉ ghi một dòng' });
export type AddressBand = z.infer<typeof addressBandSchema>;

export const DEFAULT_ADDRESS_BANDS: AddressBand[] = [
  { fromAge: 0, male: 'em', female: 'em', unknown: 'em' },
  { fromAge: 18, male: 'anh', female: 'chị', unknown: 'anh/chị' },
  { fromAge: 45, male: 'chú', female: 'cô', unknown: 'cô/chú' },
  { fromAge: 60, male: 'ông', female: 'bà', unknown: 'ông/bà' },
];

/** Where neither birth year nor sex is known, and for organisations, whose messenger may be anybody. */
const ADDRESS_OF_STRANGER = 'anh/chị';

/** The word for this person on that day; birth year and sex are read from the ID number where they were not written. */
export function citizenAddress(person: Person, today: IsoDate, bands: readonly AddressBand[] = DEFAULT_ADDRESS_BANDS): string {
  if (person.type === 'organisation') return ADDRESS_OF_STRANGER;
  const read = (person.idKind ?? 'citizenId') === 'citizenId' && person.idNumber ? readIdNumber(person.idNumber) : undefined;
  const sex = person.sex ?? read?.sex ?? 'unknown';
  const birthYear = person.birthDate ? Number(person.birthDate.slice(0, 4)) : read?.birthYear;
  if (birthYear === undefined) return sex === 'male' ? 'anh' : sex === 'female' ? 'chị' : ADDRESS_OF_STRANGER;
  const age = Number(today.slice(0, 4)) - birthYear;
  const band = [...bands].sort((a, b) => b.fromAge - a.fromAge).find(({ fromAge }) => age >= fromAge);
  return band?.[sex] ?? ADDRESS_OF_STRANGER;
}
