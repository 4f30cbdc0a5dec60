import type { DeskId, OfficerId } from '../../lib/ids.ts';
import type { ReceiptNumber } from './fee-operations.ts';

/**
 * Books of pre-printed biên lai (domain.md §h): numbers come registered from the tax office, without gaps or reuse. The program
 * only records which number stands on the paper; it proposes the next one of a book and never makes one.
 */
export interface ReceiptBook {
  readonly id: string;
  /** Ký hiệu. */
  readonly series: string;
  readonly first: number;
  readonly last: number;
  /** Where it lies, and who answers for it. */
  readonly desk: DeskId;
  readonly officer: OfficerId;
  /** Used up or given back to whoever handed it out. */
  readonly closed: boolean;
}

/** Said of a number apart from any dossier: spoiled, or on a dossier that was erased. The latter of two words counts. */
export interface ReceiptMark extends ReceiptNumber {
  readonly mark: 'spoiled' | 'erased';
  readonly reason: string;
}

export function receiptKey({ series, number }: ReceiptNumber): string {
  return `${series} ${number}`;
}

export function isInBook(book: ReceiptBook, { series, number }: ReceiptNumber): boolean {
  return book.series === series && number >= book.first && number <= book.last;
}

export function findBook(books: Iterable<ReceiptBook>, receipt: ReceiptNumber): ReceiptBook | undefined {
  for (const book of books) if (isInBook(book, receipt)) return book;
  return undefined;
}

/** Books that would print one number twice. */
export function overlappingBook(books: Iterable<ReceiptBook>, book: Pick<ReceiptBook, 'id' | 'series' | 'first' | 'last'>): ReceiptBook | undefined {
  for (const other of books) {
    if (other.id !== book.id && other.series === book.series && other.first <= book.last && book.first <= other.last) return other;
  }
  return undefined;
}

/** Pairs of books that would print one number twice: two desks recorded them apart. Each book stands in one pair at most with those before it. */
export function overlappingBooks(books: readonly ReceiptBook[]): readonly (readonly [ReceiptBook, ReceiptBook])[] {
  const pairs: [ReceiptBook, ReceiptBook][] = [];
  for (const series of Map.groupBy(books, (book) => book.series).values()) {
    let reaching: ReceiptBook | undefined;
    for (const book of series.toSorted((one, other) => one.first - other.first || one.last - other.last || (one.id < other.id ? -1 : 1))) {
      if (reaching !== undefined && book.first <= reaching.last) pairs.push([reaching, book]);
      if (reaching === undefined || book.last > reaching.last) reaching = book;
    }
  }
  return pairs;
}

/** The number behind the last one gone; null when the book is used up. `gone` ascending: used, spoiled or erased. */
export function nextInBook(book: ReceiptBook, gone: readonly number[]): number | null {
  const next = (gone.at(-1) ?? book.first - 1) + 1;
  return next <= book.last ? next : null;
}

/** Stretches of numbers before the last one gone of which nobody says anything: to be looked for in the book. */
export function gapsInBook(book: ReceiptBook, gone: readonly number[]): readonly { readonly from: number; readonly to: number }[] {
  const gaps: { from: number; to: number }[] = [];
  let expected = book.first;
  for (const number of gone) {
    if (number > expected) gaps.push({ from: expected, to: number - 1 });
    expected = Math.max(expected, number + 1);
  }
  return gaps;
}
