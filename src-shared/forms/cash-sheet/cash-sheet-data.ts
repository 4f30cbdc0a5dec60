/** Bảng kê thu phí, lệ phí as data: what came in and went out on some business days, of one officer or desk or of all. */
import { z } from 'zod';
import { FEE_MEANS, receiptNumberSchema } from '../../domain/fees/fee-operations.ts';
import type { CashSums } from '../../domain/fees/cash-sheet.ts';
import { attributesOn, type Office } from '../../domain/office/office.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { isIsoDate } from '../../lib/office-time.ts';
import { officeHeadOf } from '../paper/office-head.ts';
import { paperFactsShape } from '../paper/paper-facts.ts';

const line = (max: number) => z.string().max(max);
const day = z.string().refine(isIsoDate);
const dong = z.strictObject({ charge: z.int(), levy: z.int() }).readonly();
const bothMeans = z.strictObject({ cash: dong, transfer: dong }).readonly();

const rowSchema = z
  .strictObject({
    /** Not on the paper: with this dossier the kept sheet is erased. */
    dossier: z.uuid(),
    what: z.enum(['collected', 'exempted', 'refunded']),
    businessDate: day,
    at: z.int(),
    code: line(60),
    /** Absent on sheets that were made before they named them. */
    otherCodes: z.array(line(60)).readonly().optional(),
    /** Who paid or got it back; of an exemption the owner. */
    person: line(200),
    matter: line(2_000),
    receipt: receiptNumberSchema.nullable(),
    charge: z.int(),
    levy: z.int(),
    means: z.enum(FEE_MEANS).nullable(),
    byName: line(120),
    text: line(700).nullable(),
    voidedFor: line(600).nullable(),
  })
  .readonly();
export type CashSheetRow = z.infer<typeof rowSchema>;

export const cashSheetDataSchema = z
  .strictObject({
    officeHead: paperFactsShape.officeHead,
    placeName: paperFactsShape.placeName,
    training: z.boolean(),
    businessDate: day,
    printedAt: z.int(),
    /** The desk goes by a date that was typed after a fault of its clock. */
    clockUnverified: z.boolean(),
    /** 0 = the original, n = BẢN IN LẠI lần n (rule 8). */
    reprint: z.int().nonnegative(),
    from: day,
    to: day,
    /** Null: everybody, every desk. */
    officer: z.uuid().nullable(),
    desk: z.uuid().nullable(),
    officerName: line(120).nullable(),
    deskName: line(60).nullable(),
    /** The machine that prints it; absent on sheets that were made before they said so. */
    printedAtDesk: line(60).optional(),
    rows: z.array(rowSchema).readonly(),
    collected: bothMeans,
    refunded: bothMeans,
    net: dong,
    netDong: z.int(),
    netCashDong: z.int(),
    inWords: line(300),
  })
  .readonly();
export type CashSheetData = z.infer<typeof cashSheetDataSchema>;

/** The sheet as the core found it. */
interface Sheet {
  readonly from: string;
  readonly to: string;
  readonly officer?: string | undefined;
  readonly desk?: string | undefined;
  readonly lines: readonly (Omit<CashSheetRow, 'person' | 'matter' | 'byName' | 'voidedFor'> & {
    readonly person: string | null;
    readonly ownerName: string;
    readonly procedureName: string;
    readonly byName: string | null;
    readonly voided: { readonly reason: string } | null;
  })[];
  readonly sums: CashSums;
  readonly inWords: string;
  readonly officers: readonly { readonly id: string; readonly name: string }[];
  readonly desks: readonly { readonly id: string; readonly name: string }[];
}

type Printing = Pick<CashSheetData, 'businessDate' | 'printedAt' | 'clockUnverified' | 'printedAtDesk'>;

/** An original; a later copy of it is marked by who makes that. */
export function cashSheetData(sheet: Sheet, office: Office, printing: Printing): CashSheetData {
  const { attributes } = attributesOn(office, printing.businessDate);
  const { collected, refunded, net, netDong, netCashDong } = sheet.sums;
  const named = (list: Sheet['officers'], id: string | undefined) => (id === undefined ? null : (list.find((one) => one.id === id)?.name ?? null));
  return {
    officeHead: officeHeadOf(attributes),
    placeName: attributes.placeName,
    training: office.training,
    ...printing,
    reprint: 0,
    from: sheet.from,
    to: sheet.to,
    officer: sheet.officer ?? null,
    desk: sheet.desk ?? null,
    officerName: named(sheet.officers, sheet.officer),
    deskName: named(sheet.desks, sheet.desk),
    rows: sheet.lines.map(({ dossier, what, businessDate: date, at, code, otherCodes, person, ownerName, procedureName, receipt, charge, levy, means, byName, text, voided }) => ({
      dossier, what, at, code, otherCodes, receipt, charge, levy, means, text,
      businessDate: date,
      person: person ?? ownerName,
      matter: procedureName,
      byName: byName ?? '',
      voidedFor: voided?.reason ?? null,
    })),
    collected, refunded, net, netDong, netCashDong,
    inWords: sheet.inWords,
  };
}

/** The two sheets tell of the same money of the same days, officer and desk: names, words and the head may have changed since (rule 8). */
export function isSameSheet(one: CashSheetData, other: CashSheetData): boolean {
  return isSameQuestion(one, other) && canonicalJson(moneyOf(one)) === canonicalJson(moneyOf(other));
}

export function isSameQuestion(one: CashSheetData, other: CashSheetData): boolean {
  return one.from === other.from && one.to === other.to && one.officer === other.officer && one.desk === other.desk;
}

function moneyOf({ rows, collected, refunded }: CashSheetData) {
  const entries = rows.map(({ dossier, what, businessDate, at, receipt, charge, levy, means, voidedFor }) => ({ dossier, what, businessDate, at, receipt, charge, levy, means, isVoided: voidedFor !== null }));
  return { entries, collected, refunded };
}
