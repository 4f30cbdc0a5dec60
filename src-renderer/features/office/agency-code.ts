import type { FieldProblem } from '../../ui/fields/field-error.tsx';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';

const AGENCY_CODE = /^[A-Z0-9.]{2,20}$/;

/** What is wrong with a typed agency code, with the fix as a button where it is certain. */
export function agencyCodeProblem(typed: string, onFix: (code: string) => void): FieldProblem | string | undefined {
  const words = vi.office.place;
  if (typed.trim() === '') return words.agencyMissing;
  if (AGENCY_CODE.test(typed)) return undefined;
  const code = typed.replaceAll(/\s/g, '').replaceAll(',', '.').toUpperCase();
  if (!AGENCY_CODE.test(code)) return words.agencyLetters;
  const sentence = typed.includes(',') ? words.agencyComma : words.agencyCase;
  return { words: t(sentence, { code }), fix: { label: t(words.agencyFix, { code }), onFix: () => onFix(code) } };
}

/** "Xã Nậm Khâu" typed beside the chosen "Xã": the word would stand twice on every paper. */
export function communeProblem(typed: string, onFix: (name: string) => void): FieldProblem | string | undefined {
  const words = vi.office.place;
  const trimmed = typed.trim();
  if (trimmed === '') return words.communeMissing;
  const double = Object.values(words.types).find((word) => trimmed.toLocaleLowerCase('vi').startsWith(`${word.toLocaleLowerCase('vi')} `));
  if (double === undefined) return undefined;
  const name = trimmed.slice(double.length).trim();
  return { words: t(words.communeTyped, { word: double }), fix: { label: t(words.communeFix, { name }), onFix: () => onFix(name) } };
}
