import { paperFontCss } from '../../../../src-node/paper/paper-fonts.ts';
import type { PrintJobView } from '../../../../src-shared/contract/dossier-views.ts';
import { wireError, type WireError } from '../../../../src-shared/contract/errors.ts';
import { logoOf } from '../../../../src-shared/domain/office/office.ts';
import { cashSheetPaper } from '../../../../src-shared/forms/cash-sheet/cash-sheet.ts';
import { cashSheetData, type CashSheetData } from '../../../../src-shared/forms/cash-sheet/cash-sheet-data.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import type { Writing } from '../../../../src-node/operations/log.ts';
import { answerOnce } from '../../calls/answer-once.ts';
import type { Announce, Handlers } from '../../calls/handlers.ts';
import { tellOffice } from '../../calls/office-acts.ts';
import { historyFault } from '../../calls/whole-history.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { cashSheet } from './cash-sheet.ts';
import type { SheetQuestion } from './fee-queries.ts';
import { bookView, markNumber, nextReceipts, saveBook } from './receipt-books.ts';

export interface FeesDep {
  readonly announce: Announce;
  /** The print job of a sheet, inside the transaction. */
  readonly sheetJob: (writing: Writing, data: CashSheetData) => PrintJobView;
}

/** The cash sheet and the books of biên lai. Money of one dossier is an act of that dossier and goes through its door. */
export function createFeesHandlers(dep: FeesDep): Handlers<'fees.sheet' | 'fees.sheetPaper' | 'fees.printSheet' | 'fees.nextReceipts' | 'fees.books' | 'fees.saveBook' | 'fees.markNumber'> {
  return {
    'fees.sheet': (input, { desk }) => (input.to < input.from ? err(wireError('fees.badPeriod')) : ok(cashSheet(desk, input))),
    'fees.sheetPaper': async (input, { desk }) => {
      const sheet = sheetOnPaper(desk, input);
      if (!sheet.ok) return sheet;
      const logo = logoOf(desk.office(), sheet.value.officeHead);
      return ok({ html: cashSheetPaper(sheet.value, { fontCss: await paperFontCss(), logo }), title: 'Bảng kê thu phí, lệ phí' });
    },
    'fees.printSheet': (input, { desk }) => {
      const { idempotencyKey, ...question } = input;
      const done = answerOnce(desk, { key: idempotencyKey, call: 'fees.printSheet', input }, (writing) => {
        const sheet = sheetOnPaper(desk, question);
        return sheet.ok ? ok({ job: dep.sheetJob(writing, sheet.value) }) : sheet;
      });
      if (done.ok) dep.announce({ type: 'printing', job: done.value.job.id });
      return done;
    },
    // Which sheets of a book are used is not known yet: the next number is read off the book itself.
    'fees.nextReceipts': (_input, { desk, officer }) => ok({ books: historyFault(desk) ? [] : nextReceipts(desk, officer) }),
    'fees.books': (_input, { desk }) => {
      const { receiptBooks, desks, officers } = desk.office();
      const books = [...receiptBooks.values()].map((book) => bookView(desk, book));
      return ok({
        // Open ones first, the newest record on top.
        books: [...books.filter(({ closed }) => !closed).reverse(), ...books.filter(({ closed }) => closed).reverse()],
        here: desk.deskId,
        desks: [...desks.values()].filter(({ revokedAt }) => revokedAt === null).map(({ id, name }) => ({ id, name })),
        officers: [...officers.values()].filter(({ retired, roles }) => !retired && roles.some((role) => role !== 'admin')).map(({ id, name }) => ({ id, name })),
      });
    },
    'fees.saveBook': (input, context) => tellOffice(context.desk, dep.announce, saveBook(input, context)),
    'fees.markNumber': (input, context) => tellOffice(context.desk, dep.announce, markNumber(input, context)),
  };
}

/** An original of the sheet as it is now. */
function sheetOnPaper(desk: OpenDesk, question: SheetQuestion): Result<CashSheetData, WireError<'fees.badPeriod' | 'fees.sheetTooLong' | 'sync.olderArriving'>> {
  if (question.to < question.from) return err(wireError('fees.badPeriod'));
  const fault = historyFault(desk);
  if (fault) return err(fault);
  const sheet = cashSheet(desk, question);
  if (sheet.hasMore) return err(wireError('fees.sheetTooLong'));
  const { clock } = desk;
  const office = desk.office();
  const here = office.desks.get(desk.deskId)?.name;
  return ok(cashSheetData({ ...question, ...sheet }, office, {
    businessDate: clock.businessDate(), printedAt: clock.nowMs(), clockUnverified: clock.unverified, ...(here !== undefined && { printedAtDesk: here }),
  }));
}
