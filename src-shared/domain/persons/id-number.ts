import type { Person } from './person.ts';

/**
 * Checks of the 12-digit personal number (domain.md §g): `PPP G YY nnnnnn`. The length is an error; everything else is a
 * warning, because registers hold mistakes and people change sex and names. There is no check digit.
 */
export type IdNumberFinding =
  | { readonly code: 'idNumber.length'; readonly severity: 'error'; readonly digits: number }
  | { readonly code: 'idNumber.sex'; readonly severity: 'warning'; readonly fromNumber: 'male' | 'female' }
  | { readonly code: 'idNumber.year'; readonly severity: 'warning'; readonly fromNumber: number; readonly written: number }
  | { readonly code: 'idNumber.foreignBirth'; readonly severity: 'warning' };

/** The 63 province codes of birth registration from before the mergers; they stay valid in numbers (domain.md §g, mem H). */
const BIRTH_PROVINCES = new Set(
  ('001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044 045 ' +
    '046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 ' +
    '094 095 096').split(' '),
);

/** What the number itself says about its holder; undefined unless it is twelve digits. */
export function readIdNumber(idNumber: string): { sex: 'male' | 'female'; birthYear: number; province: string } | undefined {
  if (!/^\d{12}$/.test(idNumber)) return undefined;
  const centuryAndSex = Number(idNumber[3]);
  return {
    sex: centuryAndSex % 2 === 0 ? 'male' : 'female',
    birthYear: 1900 + Math.floor(centuryAndSex / 2) * 100 + Number(idNumber.slice(4, 6)),
    province: idNumber.slice(0, 3),
  };
}

export function checkIdNumber(person: Pick<Person, 'idKind' | 'idNumber' | 'birthDate' | 'sex'>): IdNumberFinding[] {
  if (!person.idNumber || (person.idKind ?? 'citizenId') !== 'citizenId') return [];
  const read = readIdNumber(person.idNumber);
  if (!read) return [{ code: 'idNumber.length', severity: 'error', digits: person.idNumber.replace(/\D/g, '').length }];
  const findings: IdNumberFinding[] = [];
  if (person.sex && person.sex !== read.sex) findings.push({ code: 'idNumber.sex', severity: 'warning', fromNumber: read.sex });
  const written = person.birthDate ? Number(person.birthDate.slice(0, 4)) : undefined;
  if (written !== undefined && written !== read.birthYear) {
    findings.push({ code: 'idNumber.year', severity: 'warning', fromNumber: read.birthYear, written });
  }
  if (!BIRTH_PROVINCES.has(read.province)) findings.push({ code: 'idNumber.foreignBirth', severity: 'warning' });
  return findings;
}
