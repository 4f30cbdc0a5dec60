import type { ReadableDb } from '../../../../src-node/db/sqlite.ts';
import { paperFontCss } from '../../../../src-node/paper/paper-fonts.ts';
import { wireError } from '../../../../src-shared/contract/errors.ts';
import { SHEET_READERS } from '../../../../src-shared/contract/fees.api.ts';
import { logoOf, type Office } from '../../../../src-shared/domain/office/office.ts';
import { receipt, RECEIPT_VERSIONS, type ReceiptCopy } from '../../../../src-shared/forms/receipt/receipt.ts';
import { cashSheetPaper, CASH_SHEET_VERSIONS } from '../../../../src-shared/forms/cash-sheet/cash-sheet.ts';
import { cashSheetDataSchema } from '../../../../src-shared/forms/cash-sheet/cash-sheet-data.ts';
import { receiptDataSchema } from '../../../../src-shared/forms/receipt/receipt-data.ts';
import { assert } from '../../../../src-shared/lib/assert.ts';
import { err, ok } from '../../../../src-shared/lib/result.ts';
import type { Handlers } from '../../calls/handlers.ts';
import { createPaperPreviews } from './paper-previews.ts';

/** A print job as its sheets are drawn. */
export interface PaperToDraw {
  readonly form: 'receipt' | 'cashSheet';
  readonly formVersion: string;
  readonly formTitle: string;
  readonly code: string | null;
  readonly size: 'A4' | 'A5';
  /** As written into the job; nothing is looked up anew. */
  readonly data: unknown;
  /** False once it is out, replaced or given up. */
  readonly isDue: boolean;
  readonly isVoided: boolean;
  readonly copies: readonly { readonly copy: ReceiptCopy; readonly outcome: 'waiting' | 'printed' | 'failed' | 'unknown' }[];
}

export interface FormsDep {
  readonly paperToDraw: (db: ReadableDb, job: string) => PaperToDraw | undefined;
}

/** Papers as HTML: always from the data and the form version that the job keeps, so a reprint in 2029 looks like 2026. */
export function createFormsHandlers({ paperToDraw }: FormsDep): Handlers<'forms.render' | 'forms.preview'> {
  const previews = createPaperPreviews();
  return {
    'forms.preview': (names, context) => previews.make(names, context),
    'forms.render': async ({ job, copies }, { desk, roles }) => {
      const preview = previews.find(job);
      if (preview) return ok(preview);
      const paper = paperToDraw(desk.db, job);
      if (!paper) return err(wireError('printing.unknownJob'));
      if (paper.form === 'cashSheet' && !SHEET_READERS.some((role) => roles.has(role))) return err(wireError('session.notPermitted'));
      if (copies === 'open' && paper.isVoided) return err(wireError('dossiers.wrongState', undefined, 'Hồ sơ này đã bỏ nên không in giấy nữa.'));
      const drawn = paper.copies.filter(({ outcome }) => copies === 'all' || outcome !== 'printed').map(({ copy }) => copy);
      if (copies === 'open' && drawn.length > 0 && !paper.isDue) return err(wireError('printing.alreadyReported', undefined, 'Giấy này đã có bản khác thay. Cần bản nữa thì bấm In lại.'));
      if (drawn.length === 0) return err(wireError('printing.alreadyReported', undefined, 'Giấy này đã in rồi. Cần bản nữa thì bấm In lại.'));
      const html = draw(paper, drawn, { fontCss: await paperFontCss(), office: desk.office() });
      return ok({ html, title: [paper.formTitle, paper.code].filter((part) => part !== null).join(' '), size: paper.size });
    },
  };
}

interface Looks {
  readonly fontCss: string;
  readonly office: Office;
}

/** Kept for years: what a form is drawn from is read anew, whichever program wrote it. */
function draw(paper: PaperToDraw, copies: readonly ReceiptCopy[], looks: Looks): string {
  switch (paper.form) {
    case 'receipt':
      return drawReceipt(paper, copies, looks);
    case 'cashSheet':
      return drawCashSheet(paper, looks);
  }
}

function drawReceipt(paper: PaperToDraw, copies: readonly ReceiptCopy[], { fontCss, office }: Looks): string {
  const version = RECEIPT_VERSIONS.find((known) => known === paper.formVersion);
  assert(version, `no receipt ${paper.formVersion}`);
  const data = receiptDataSchema.parse(paper.data);
  return receipt(data, { version, size: paper.size, copies, fontCss, logo: logoOf(office, data.officeHead) });
}

function drawCashSheet(paper: PaperToDraw, { fontCss, office }: Looks): string {
  assert(CASH_SHEET_VERSIONS.some((known) => known === paper.formVersion), `no cash sheet ${paper.formVersion}`);
  const data = cashSheetDataSchema.parse(paper.data);
  return cashSheetPaper(data, { fontCss, logo: logoOf(office, data.officeHead) });
}
