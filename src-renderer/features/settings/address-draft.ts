import type { AddressBand } from '../../../src-shared/domain/persons/citizen-address.ts';

/** A line of the form while it is typed: the age may be blank. */
export interface AddressDraft extends Omit<AddressBand, 'fromAge'> {
  readonly fromAge: number | undefined;
}

export const AGE_MAX = 150;
export const BANDS_MAX = 12;
export const WORD_MAX = 20;
export const NEW_BAND: AddressDraft = { fromAge: undefined, male: '', female: '', unknown: '' };

/** What is wrong with the age of a line: missing, or named by a line before it. */
export function ageFault(drafts: readonly AddressDraft[], index: number): 'missing' | 'twice' | undefined {
  const age = drafts[index]?.fromAge;
  if (age === undefined || age < 0 || age > AGE_MAX) return 'missing';
  return drafts.findIndex(({ fromAge }) => fromAge === age) < index ? 'twice' : undefined;
}

/** As the office keeps it, the youngest first; undefined while a line is not complete. */
export function bandsOf(drafts: readonly AddressDraft[]): AddressBand[] | undefined {
  const bands = drafts.flatMap(({ fromAge, male, female, unknown }, index): AddressBand[] => {
    const band = { male: male.trim(), female: female.trim(), unknown: unknown.trim() };
    return fromAge === undefined || ageFault(drafts, index) !== undefined || Object.values(band).includes('') ? [] : [{ fromAge, ...band }];
  });
  return bands.length === drafts.length ? bands.sort((one, other) => one.fromAge - other.fromAge) : undefined;
}
