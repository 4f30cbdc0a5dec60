import { formatNumber } from './format-number.ts';

/**
 * How the screen addresses the officer, chosen in the profile (ux.md §8). `{xưng}` and `{Xưng}` in a text become it.
 */
export type FormOfAddress = 'anh/chị' | 'anh' | 'chị' | 'ông' | 'bà' | 'cô' | 'chú' | 'đồng chí';

export const FORMS_OF_ADDRESS: readonly FormOfAddress[] = ['anh/chị', 'anh', 'chị', 'ông', 'bà', 'cô', 'chú', 'đồng chí'];

let formOfAddress: FormOfAddress = 'anh/chị';

/** Set at sign-in; the desk renders anew for every officer, so texts need not listen to it. */
export function setFormOfAddress(form: FormOfAddress): void {
  formOfAddress = form;
}

type OwnParameter = 'xưng' | 'Xưng';
type ParameterOf<Template extends string> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? Exclude<Name, OwnParameter> | ParameterOf<Rest>
  : never;
type Parameters<Template extends string> = { readonly [Name in ParameterOf<Template>]: string | number };

/**
 * A text of the catalogue with its parameters filled in: `t(vi.dossiers.saved, { code })`. The compiler knows which
 * parameters a text has. Numbers are written the Vietnamese way (1.846); give a string where that is not wanted.
 */
export function t<const Template extends string>(
  template: Template,
  ...parameters: [ParameterOf<Template>] extends [never] ? [] : [Parameters<Template>]
): string {
  const values: Readonly<Record<string, string | number>> = { ...parameters[0], xưng: formOfAddress, Xưng: capitalized(formOfAddress) };
  return template.replace(/\{([^{}]+)\}/gu, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? formatNumber(value) : value;
  });
}

/** Upper case for the first letter only: `thứ Hai` -> `Thứ Hai`. */
export function capitalized(words: string): string {
  return words.charAt(0).toLocaleUpperCase('vi') + words.slice(1);
}
