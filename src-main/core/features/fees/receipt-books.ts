import type { ReceiptBookView } from '../../../../src-shared/contract/fees.api.ts';
import type { OutputOf } from '../../../../src-shared/contract/contract.ts';
import { wireError, type CommonError, type WireError } from '../../../../src-shared/contract/errors.ts';
import type { ReceiptNumber } from '../../../../src-shared/domain/fees/fee-operations.ts';
import { findBook, gapsInBook, isInBook, nextInBook, overlappingBook, receiptKey, type ReceiptBook } from '../../../../src-shared/domain/fees/receipt-book.ts';
import type { DeskId, OfficerId } from '../../../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import { answerOnce } from '../../calls/answer-once.ts';
import type { OfficerContext, ParsedInput } from '../../calls/handlers.ts';
import { appendOfficeAct } from '../../calls/office-acts.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { isReceiptUsed, listRefundedReceipts, listUsedReceipts, usedOutside } from './fee-queries.ts';

/** Sheets of a book; larger ones are none that an office is handed. */
const BOOK_NUMBERS_MAX = 1_000;

/** Why a number cannot be written on a payment here, or null. */
export function receiptFault(desk: OpenDesk, receipt: ReceiptNumber): 'fees.receiptUsed' | 'fees.receiptSpoiled' | null {
  if (isReceiptUsed(desk, receipt)) return 'fees.receiptUsed';
  return desk.office().receiptMarks.has(receiptKey(receipt)) ? 'fees.receiptSpoiled' : null;
}

/** The next number of each open book that lies at this desk; the officer's own books first. */
export function nextReceipts(desk: OpenDesk, officer: OfficerId): OutputOf<'fees.nextReceipts'>['books'] {
  const here = [...desk.office().receiptBooks.values()].filter((book) => !book.closed && book.desk === desk.deskId);
  const own = (book: ReceiptBook) => (book.officer === officer ? 0 : 1);
  return here.sort((one, other) => own(one) - own(other)).flatMap((book) => {
    const next = nextInBook(book, goneFrom(desk, book).gone);
    return next === null ? [] : [{ book: book.id, series: book.series, next, left: book.last - next + 1 }];
  });
}

function goneFrom(desk: OpenDesk, book: ReceiptBook) {
  const used = listUsedReceipts(desk, book.series, book.first, book.last);
  const marks = [...desk.office().receiptMarks.values()].filter((mark) => isInBook(book, mark));
  const gone = [...new Set([...used.map(({ number }) => number), ...marks.map(({ number }) => number)])].sort((a, b) => a - b);
  return { used, marks, gone };
}

export function bookView(desk: OpenDesk, book: ReceiptBook): ReceiptBookView {
  const { used, marks, gone } = goneFrom(desk, book);
  const { desks, officers } = desk.office();
  const times = new Map<number, number>();
  for (const { number } of [...used, ...marks]) times.set(number, (times.get(number) ?? 0) + 1);
  const voided = used.filter(({ isCounted }) => !isCounted).map(({ number, reason }) => ({ number, reason: reason ?? '', from: 'voided' as const }));
  const marked = marks.map(({ number, reason, mark }) => ({ number, reason, from: mark === 'erased' ? ('erased' as const) : ('marked' as const) }));
  return {
    ...book,
    deskName: desks.get(book.desk)?.name ?? null,
    officerName: officers.get(book.officer)?.name ?? null,
    next: nextInBook(book, gone),
    used: new Set(used.filter(({ isCounted }) => isCounted).map(({ number }) => number)).size,
    spoiled: [...voided, ...marked].sort((one, other) => one.number - other.number),
    refunded: listRefundedReceipts(desk, book.series, book.first, book.last),
    gaps: [...gapsInBook(book, gone)],
    doubled: [...times].filter(([, count]) => count > 1).map(([number]) => number).sort((a, b) => a - b),
  };
}

type SaveError = CommonError | WireError<'fees.badBook' | 'fees.bookOverlaps' | 'fees.bookInUse' | 'dossiers.badOfficer' | 'dossiers.keyReused'>;

export function saveBook(input: ParsedInput<'fees.saveBook'>, { desk, officer }: OfficerContext): Result<Record<string, never>, SaveError> {
  return answerOnce<Record<string, never>, SaveError>(desk, { key: input.idempotencyKey, call: 'fees.saveBook', input }, (writing) => {
    const { idempotencyKey: _key, ...body } = input;
    const fault = bookFault(desk, body);
    if (fault !== null) return err(wireError(fault));
    appendOfficeAct(writing, desk, { kind: 'receiptBook.saved', actor: officer, body });
    return ok({});
  });
}

function bookFault(desk: OpenDesk, { book: id, series, first, last, ...holder }: Omit<ParsedInput<'fees.saveBook'>, 'idempotencyKey'>) {
  const { receiptBooks, desks, officers } = desk.office();
  if (last < first || last - first >= BOOK_NUMBERS_MAX) return 'fees.badBook' as const;
  if (!desks.has(holder.desk as DeskId) || officers.get(holder.officer as OfficerId)?.retired !== false) return 'dossiers.badOfficer' as const;
  const overlapping = overlappingBook(receiptBooks.values(), { id, series, first, last });
  if (overlapping !== undefined) return 'fees.bookOverlaps' as const;
  const known = receiptBooks.get(id);
  const loses = known !== undefined && (known.series !== series ? listUsedReceipts(desk, known.series, known.first, known.last).length > 0 : usedOutside(desk, series, known, { first, last }));
  return loses ? ('fees.bookInUse' as const) : null;
}

type MarkError = CommonError | WireError<'fees.receiptUsed' | 'fees.notInBook' | 'fees.notMarked' | 'dossiers.keyReused'>;

export function markNumber(input: ParsedInput<'fees.markNumber'>, { desk, officer }: OfficerContext): Result<Record<string, never>, MarkError> {
  return answerOnce<Record<string, never>, MarkError>(desk, { key: input.idempotencyKey, call: 'fees.markNumber', input }, (writing) => {
    const { receipt, spoiled, reason } = input;
    const { receiptBooks, receiptMarks } = desk.office();
    if (findBook(receiptBooks.values(), receipt) === undefined) return err(wireError('fees.notInBook'));
    const mark = receiptMarks.get(receiptKey(receipt));
    if (spoiled && (mark !== undefined || isReceiptUsed(desk, receipt))) return err(wireError('fees.receiptUsed'));
    // What stood on an erased dossier stays used up for ever.
    if (!spoiled && mark?.mark !== 'spoiled') return err(wireError('fees.notMarked'));
    appendOfficeAct(writing, desk, { kind: 'receiptBook.numberMarked', actor: officer, body: { ...receipt, mark: spoiled ? 'spoiled' : null, reason } });
    return ok({});
  });
}
