import type { FeeMeans, ReceiptNumber } from './fee-operations.ts';
import { FEE_KINDS, type FeeKind } from './fee-rule.ts';
import { formatDong } from './money.ts';

/** How money is called on screens, papers and in the history alike. */
export const FEE_KIND_WORDS: Readonly<Record<FeeKind, string>> = { charge: 'phí', levy: 'lệ phí' };
export const FEE_MEANS_WORDS: Readonly<Record<FeeMeans, string>> = { cash: 'tiền mặt', transfer: 'chuyển khoản' };

/** Printed numbers of a book have this many digits (biên lai of TT 303/2016/TT-BTC); longer ones stay whole. */
const NUMBER_DIGITS = 7;

/** `AB/24P số 0000123`. */
export function receiptWords({ series, number }: ReceiptNumber): string {
  return `${series} số ${printedNumber(number)}`;
}

export function printedNumber(number: number): string {
  return String(number).padStart(NUMBER_DIGITS, '0');
}

/** `phí 16.000 đ, lệ phí 8.000 đ`; a kind with nothing is left out. */
export function sumsWords(sums: Readonly<Record<FeeKind, number>>): string {
  return FEE_KINDS.filter((kind) => sums[kind] !== 0).map((kind) => `${FEE_KIND_WORDS[kind]} ${formatDong(sums[kind])}`).join(', ');
}
