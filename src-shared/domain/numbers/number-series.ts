import { z } from 'zod';
import { assert } from '../../lib/assert.ts';
import type { IsoDate } from '../../lib/office-time.ts';

/**
 * Official numbers (rule 4). One mechanism: a *number series* is (kind, series token, period), its counter starts at 1 and
 * has no gaps. Tokens are divided between the desks beforehand, so desks that never meet cannot collide.
 */
/** Forms with a number of their own (domain.md §c.2, items 2 to 4). Each is a series by itself, or its numbers would have holes. */
export const FORM_NUMBER_KINDS = ['supplementRequest', 'refusal', 'apology'] as const;
export type FormNumberKind = (typeof FORM_NUMBER_KINDS)[number];
export const NUMBER_KINDS = ['dossier', 'register', ...FORM_NUMBER_KINDS] as const;
export type NumberKind = (typeof NUMBER_KINDS)[number];

export const issuedNumberSchema = z.strictObject({
  kind: z.enum(NUMBER_KINDS),
  token: z.string().regex(/^[0-9A-Z]{1,2}$/),
  /** The day (`dossier`) or the year (the others) in which the counter runs. */
  period: z.string().regex(/^\d{4}(-\d{2}-\d{2})?$/),
  counter: z.int().min(1),
});
export type IssuedNumber = z.infer<typeof issuedNumberSchema>;

export interface NumberSeries {
  readonly kind: NumberKind;
  readonly token: string;
  readonly period: string;
}

export const DEFAULT_CODE_PATTERN = '{agency}-{yyMMdd}-{series}{counter:3}';
/** Reserves that a desk gets at set-up or join, which no other desk ever uses (rule 4). */
export const RESERVES_PER_DESK = 3;

export function dossierSeries(token: string, businessDate: IsoDate) {
  return { kind: 'dossier', token, period: businessDate } as const satisfies NumberSeries;
}

/** A Quyển of the register (sổ theo dõi hồ sơ): one per desk token and year. */
export function registerSeries(token: string, businessDate: IsoDate) {
  return { kind: 'register', token, period: businessDate.slice(0, 4) } as const satisfies NumberSeries;
}

/** Numbers of one form: one series per desk token and year. */
export function formSeries(kind: FormNumberKind, token: string, businessDate: IsoDate) {
  return { kind, token, period: businessDate.slice(0, 4) } as const satisfies NumberSeries;
}

/** Every series in which a desk with this token counts on that day. */
export function runningSeries(token: string, businessDate: IsoDate): readonly NumberSeries[] {
  return [dossierSeries(token, businessDate), registerSeries(token, businessDate), ...FORM_NUMBER_KINDS.map((kind) => formSeries(kind, token, businessDate))];
}

export function isFormNumberKind(kind: string): kind is FormNumberKind {
  return (FORM_NUMBER_KINDS as readonly string[]).includes(kind);
}

const PATTERN_PART = /\{(\w+)(?::(\d))?\}/g;

/** The dossier code by the office's pattern. Known parts: {agency} {yyMMdd} {yyyyMMdd} {yy} {yyyy} {series} {counter:N}. */
export function formatCode(pattern: string, agencyCode: string, number: IssuedNumber): string {
  const day = number.period.replaceAll('-', '');
  return pattern.replace(PATTERN_PART, (_, part: string, width?: string) => {
    switch (part) {
      case 'agency':
        return agencyCode;
      case 'yyyyMMdd':
        return day;
      case 'yyMMdd':
        return day.slice(2);
      case 'yyyy':
        return day.slice(0, 4);
      case 'yy':
        return day.slice(2, 4);
      case 'series':
        return number.token;
      case 'counter':
        return String(number.counter).padStart(Number(width ?? '1'), '0');
      default:
        return assert(false, `unknown part {${part}} in the number pattern`) as never;
    }
  });
}

/** Why a pattern cannot be used, or null. It must hold what makes a code unique: the day, the series and the counter. */
export function codePatternFault(pattern: string): string | null {
  if (pattern.length > 60) return 'Mẫu mã hồ sơ dài quá 60 ký tự.';
  const parts = [...pattern.matchAll(PATTERN_PART)].map((match) => match[1]!);
  const known = ['agency', 'yyMMdd', 'yyyyMMdd', 'yy', 'yyyy', 'series', 'counter'];
  const unknown = parts.find((part) => !known.includes(part));
  if (unknown) return `Mẫu mã hồ sơ có phần lạ {${unknown}}.`;
  if (!parts.includes('yyMMdd') && !parts.includes('yyyyMMdd')) return 'Mẫu mã hồ sơ phải có ngày {yyMMdd}.';
  if (!parts.includes('series') || !parts.includes('counter')) return 'Mẫu mã hồ sơ phải có {series} và {counter:3}.';
  if (new Set(parts).size < parts.length) return 'Mỗi phần trong ngoặc của mẫu mã hồ sơ chỉ dùng một lần.';
  if (parts.indexOf('counter') < parts.indexOf('series')) return 'Trong mẫu mã hồ sơ, {series} phải đứng trước {counter:3}.';
  if (/[{}]/.test(pattern.replace(PATTERN_PART, ''))) return 'Mẫu mã hồ sơ có dấu ngoặc nhọn không đi với phần nào.';
  if (/[^\w{}:.\-/]/.test(pattern)) return 'Mẫu mã hồ sơ chỉ gồm chữ không dấu, số, dấu chấm, gạch ngang, gạch chéo.';
  return null;
}

/** Quyển số as printed: the series token and the year. */
export function formatRegisterBook(number: IssuedNumber): string {
  return `${number.token}/${number.period}`;
}
