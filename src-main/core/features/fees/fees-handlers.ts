import { paperFontCss } from '../../../../src-node/paper/paper-fonts.ts';
import { wireError } from '../../../../src-shared/contract/errors.ts';
import { logoOf } from '../../../../src-shared/domain/office/office.ts';
import { cashSheetPaper } from '../../../../src-shared/forms/cash-sheet/cash-sheet.ts';
import { cashSheetData } from '../../../../src-shared/forms/cash-sheet/cash-sheet-data.ts';
import { err, ok } from '../../../../src-shared/lib/result.ts';
import type { Announce, Handlers } from '../../calls/handlers.ts';
import { tellOffice } from '../../calls/office-acts.ts';
import { cashSheet } from './cash-sheet.ts';
import { bookView, markNumber, nextReceipts, saveBook } from './receipt-books.ts';

export interface FeesDep {
  readonly announce: Announce;
}

/** The cash sheet and the books of biên lai. Money of one dossier is an act of that dossier and goes through its door. */
export function createFeesHandlers(dep: FeesDep): Handlers<'fees.sheet' | 'fees.sheetPaper' | 'fees.nextReceipts' | 'fees.books' | 'fees.saveBook' | 'fees.markNumber'> {
  return {
    'fees.sheet': (input, { desk }) => (input.to < input.from ? err(wireError('fees.badPeriod')) : ok(cashSheet(desk, input))),
    'fees.sheetPaper': async (input, { desk }) => {
      if (input.to < input.from) return err(wireError('fees.badPeriod'));
      const sheet = cashSheet(desk, input);
      if (sheet.hasMore) return err(wireError('fees.sheetTooLong'));
      const data = cashSheetData({ ...input, ...sheet }, desk.office(), { businessDate: desk.clock.businessDate(), printedAt: desk.clock.nowMs(), clockUnverified: desk.clock.unverified });
      const logo = logoOf(desk.office(), data.officeHead);
      return ok({ html: cashSheetPaper(data, { fontCss: await paperFontCss(), logo }), title: 'Bảng kê thu phí, lệ phí' });
    },
    'fees.nextReceipts': (_input, { desk, officer }) => ok({ books: nextReceipts(desk, officer) }),
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
