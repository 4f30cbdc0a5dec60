import { codesOnPaper } from '../dossiers/dossier-codes.ts';
import type { Dossier } from '../dossiers/dossier.ts';
import type { OperationId } from '../operations/operation.ts';
import { dongOf, findEntry, NO_DONG, type Dong, type FeeEntry } from './fee-entry.ts';
import { FEE_MEANS, type FeeMeans, type ReceiptNumber } from './fee-operations.ts';
import { dongInWords, type ZeroTensWord } from './money.ts';

/**
 * A line of the cash sheet (bảng kê thu trong ngày), as a dossier alone tells it. It stands on the business day on which it was
 * written; an entry voided later stays on its day, listed and not counted, so that a sheet printed before can be compared.
 */
export interface CashLine {
  readonly id: OperationId;
  readonly what: FeeEntry['what'];
  readonly dossier: string;
  readonly code: string;
  /** What other systems call the dossier. */
  readonly otherCodes: readonly string[];
  readonly ownerName: string;
  readonly procedureName: string;
  readonly businessDate: string;
  readonly at: number;
  readonly device: string;
  readonly seq: number;
  readonly by: string | null;
  readonly charge: number;
  readonly levy: number;
  /** Null for an exemption. */
  readonly means: FeeMeans | null;
  readonly reference: string | null;
  /** Who paid or got it back. */
  readonly person: string | null;
  /** Of a refund: the biên lai of what was paid. */
  readonly receipt: ReceiptNumber | null;
  /** Ground of an exemption, reason of a refund, note of a collection. */
  readonly text: string | null;
  readonly evidence: string | null;
  readonly voided: { readonly by: string | null; readonly at: number; readonly reason: string; readonly receipt: 'spoiled' | 'unwritten' | null } | null;
}

/** A voided line is listed and adds nothing. */
export function counts(line: Pick<CashLine, 'voided'>): boolean {
  return line.voided === null;
}

/** The number that a line has used up; the sheet of a voided entry may still be blank. */
export function usedReceipt({ what, receipt, voided }: Pick<CashLine, 'what' | 'receipt' | 'voided'>): ReceiptNumber | null {
  return what !== 'collected' || voided?.receipt === 'unwritten' ? null : receipt;
}

/** The lines of a dossier, in the fold's order. */
export function cashLinesOf({ id: dossier, codes, content, fees }: Pick<Dossier, 'id' | 'codes' | 'content' | 'fees'>): readonly CashLine[] {
  return fees.map((entry) => {
    const { id, what, businessDate, at, device, seq, by, voided } = entry;
    return {
      id, what, dossier, businessDate, at, device, seq, by,
      code: codes[0]?.code ?? '',
      otherCodes: codesOnPaper(codes).flatMap(({ code }) => (code === codes[0]?.code ? [] : [code])),
      ownerName: content.owner.name,
      procedureName: content.procedure.name,
      ...moneyOf(entry, fees),
      voided: voided && { ...voided, receipt: voided.receipt ?? null },
    };
  });
}

type Money = Pick<CashLine, 'charge' | 'levy' | 'means' | 'reference' | 'person' | 'receipt' | 'text' | 'evidence'>;

function moneyOf(entry: FeeEntry, entries: readonly FeeEntry[]): Money {
  switch (entry.what) {
    case 'collected':
      return { ...dongOf(entry.lines), means: entry.means, reference: entry.reference ?? null, person: entry.payer, receipt: entry.receipt, text: entry.note ?? null, evidence: null };
    case 'exempted':
      return { ...NO_DONG, means: null, reference: null, person: null, receipt: null, text: entry.ground, evidence: entry.evidence ?? null };
    case 'refunded': {
      const collection = findEntry(entries, entry.collection);
      const receipt = collection?.what === 'collected' ? collection.receipt : null;
      return { ...dongOf(entry.sums), means: entry.means, reference: null, person: entry.to, receipt, text: entry.reason, evidence: null };
    }
  }
}

/** Lines of one sort, means and state, already added up. */
export interface CashPart {
  readonly what: CashLine['what'];
  readonly means: FeeMeans | null;
  readonly isCounted: boolean;
  readonly charge: number;
  readonly levy: number;
  readonly count: number;
}

export interface CashSums {
  readonly collected: Readonly<Record<FeeMeans, Dong>>;
  readonly refunded: Readonly<Record<FeeMeans, Dong>>;
  /** Collected less refunded; less than nothing where a refund is of an earlier day. */
  readonly net: Dong;
  readonly netDong: number;
  /** What has to be in the drawer of what came and went here. */
  readonly netCashDong: number;
  readonly collections: number;
  readonly refunds: number;
  readonly exemptions: number;
  readonly voids: number;
}

/** The sums of a sheet, phí and lệ phí apart, by means. */
export function cashSums(parts: Iterable<CashPart>): CashSums {
  const collected = { cash: { ...NO_DONG }, transfer: { ...NO_DONG } };
  const refunded = { cash: { ...NO_DONG }, transfer: { ...NO_DONG } };
  const count = { collected: 0, refunded: 0, exempted: 0, voided: 0 };
  for (const part of parts) {
    count[part.isCounted ? part.what : 'voided'] += part.count;
    if (!part.isCounted || part.means === null) continue;
    const sum = (part.what === 'collected' ? collected : refunded)[part.means] as { charge: number; levy: number };
    sum.charge += part.charge;
    sum.levy += part.levy;
  }
  const over = (kind: 'charge' | 'levy', means: readonly FeeMeans[] = FEE_MEANS) => means.reduce((sum, one) => sum + collected[one][kind] - refunded[one][kind], 0);
  const net = { charge: over('charge'), levy: over('levy') };
  return {
    collected, refunded, net,
    netDong: net.charge + net.levy,
    netCashDong: over('charge', ['cash']) + over('levy', ['cash']),
    collections: count.collected, refunds: count.refunded, exemptions: count.exempted, voids: count.voided,
  };
}

export function partOf(line: CashLine): CashPart {
  return { what: line.what, means: line.means, isCounted: counts(line), charge: line.charge, levy: line.levy, count: 1 };
}

/** "Bằng chữ" of a sheet; money that went out on balance is said to be less than nothing. */
export function balanceInWords(dong: number, zeroTens: ZeroTensWord): string {
  return dong < 0 ? `Âm ${dongInWords(-dong, zeroTens).toLocaleLowerCase('vi')}` : dongInWords(dong, zeroTens);
}
