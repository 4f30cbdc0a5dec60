import { z } from 'zod';
import { FORM_NUMBER_KINDS, issuedNumberSchema, type FormNumberKind, type IssuedNumber } from './number-series.ts';

/**
 * The number of a printed form ("Số …/PXL", domain.md §c.2). It is written into the act whose form it is, as it stands on the paper,
 * so that a later paper of the same act says the same whatever the office has set since. Decision 0025.
 */
export interface FormNumber {
  readonly number: IssuedNumber & { readonly kind: FormNumberKind };
  readonly text: string;
}

/** Tên giấy in a sentence. */
export const FORM_NAMES: Readonly<Record<FormNumberKind, string>> = {
  supplementRequest: 'phiếu yêu cầu bổ sung',
  refusal: 'phiếu từ chối',
  apology: 'văn bản xin lỗi',
};

/** The number in the body of an act; left out where the office writes it by hand. */
export function formNumberSchema(kind: FormNumberKind) {
  return z.strictObject({ number: issuedNumberSchema.extend({ kind: z.literal(kind) }), text: z.string().trim().min(1).max(60) });
}

/** Which act's form has which number. */
export const NUMBERED_ACTS = {
  'dossier.supplementRequested': 'supplementRequest',
  'dossier.refused': 'refusal',
  'dossier.apologised': 'apology',
} as const satisfies Readonly<Record<string, FormNumberKind>>;

/** The number that an act's parsed body carries. */
export function formNumberOf(kind: string, body: unknown): FormNumber | undefined {
  return Object.hasOwn(NUMBERED_ACTS, kind) ? (body as { readonly formNumber?: FormNumber } | undefined)?.formNumber : undefined;
}

/** `1-003/PXL`: token and counter apart, so that no other series can print the same; then the office's sign of the form. */
export function formatFormNumber({ token, counter }: Pick<IssuedNumber, 'token' | 'counter'>, symbol: string): string {
  const number = `${token}-${String(counter).padStart(3, '0')}`;
  return symbol === '' ? number : `${number}/${symbol}`;
}

/** What stands behind the stroke, `PXL`, `PXL-UBND`; empty where nothing does. */
const symbolSchema = z.string().trim().max(20).regex(/^([\p{L}\p{N}]+([-./][\p{L}\p{N}]+)*)?$/u, { error: 'chỉ gồm chữ, số, dấu gạch và dấu chấm ở giữa' });
const numberingSchema = z.strictObject({ by: z.enum(['desk', 'hand']), symbol: symbolSchema });

/** Who numbers each form: the desk, or a person by hand into a blank line. */
export const formNumberingSchema = z.strictObject(
  Object.fromEntries(FORM_NUMBER_KINDS.map((kind) => [kind, numberingSchema])) as Record<FormNumberKind, typeof numberingSchema>,
);
export type FormNumbering = Readonly<z.infer<typeof formNumberingSchema>>;

/** The sources name a sign for the apology alone. */
export const DEFAULT_FORM_NUMBERING: FormNumbering = {
  supplementRequest: { by: 'desk', symbol: '' },
  refusal: { by: 'desk', symbol: '' },
  apology: { by: 'desk', symbol: 'PXL' },
};
