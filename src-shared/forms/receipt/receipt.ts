/** Giấy tiếp nhận hồ sơ và hẹn trả kết quả: the official receipt as a pure form, data in, one HTML document out. */
import type { IsoDate } from '../../lib/office-time.ts';
import { paperDocument, type PaperSize } from '../paper/paper-document.ts';
import { receiptWording2018v1 } from './2018-v1.ts';
import { receiptWording2025v1 } from './2025-v1.ts';
import type { ReceiptData } from './receipt-data.ts';
import { arrangedModel, frameHeightMm, longestNameLines, nextPageFrameHeightMm, tableRowHeightsMm } from './receipt-height.ts';
import { DENSITIES, isRoomy, PAGES, type Density } from './receipt-metrics.ts';
import { receiptModel, type ReceiptModel, type TableRow } from './receipt-model.ts';
import { receiptSheets } from './receipt-sheet.ts';
import { receiptCss } from './receipt-styles.ts';
import type { ReceiptWording } from './receipt-wording.ts';

/** Versions of the form, oldest first. A print job keeps its version; a released version never changes its words. */
export const RECEIPT_VERSIONS = ['2018-v1', '2025-v1'] as const;
export type ReceiptVersion = (typeof RECEIPT_VERSIONS)[number];

/** TT 03/2025/TT-VPCP goes with NĐ 118/2025/NĐ-CP, in force on 01/7/2025 (domain.md §b). Default of an office setting. */
export const RECEIPT_2025_FROM: IsoDate = '2025-07-01';

export type ReceiptCopy = 'keep' | 'citizen';

export interface ReceiptLayout {
  readonly version: ReceiptVersion;
  readonly size: PaperSize;
  /** One or both liên, in the order of printing; they are one job. */
  readonly copies: readonly ReceiptCopy[];
  /** `@font-face` rules with the fonts inside; empty text falls back to the machine's fonts. */
  readonly fontCss: string;
  /** The picture that `officeHead.logo` names, as base64 of a PNG; absent or null leaves it out. */
  readonly logo?: string | null;
}

/** The form that was in force on the day of reception; `from2025` is the office's setting. */
export function chooseReceiptVersion(businessDate: IsoDate, from2025: IsoDate = RECEIPT_2025_FROM): ReceiptVersion {
  return businessDate < from2025 ? '2018-v1' : '2025-v1';
}

/**
 * A complete HTML document: every liên on its own page, black only, no script, nothing loaded from outside. Steps down
 * to the dense and tight templates by itself; what fits in none of them goes on to a second page with its own head.
 */
export function receipt(data: ReceiptData, layout: ReceiptLayout): string {
  const wording = WORDING[layout.version];
  const logo = layout.logo ?? null;
  const { density, stretchMm, model, rowsByPage } = planReceipt(data, wording, layout.size);
  const sheets = layout.copies.flatMap((copy) =>
    receiptSheets(data, model, copy === 'keep' ? wording.keepCopy : wording.citizenCopy, { size: layout.size, density, rowsByPage, logo }),
  );
  return paperDocument({
    title: `Giấy tiếp nhận hồ sơ ${model.code}`,
    size: layout.size,
    fontCss: layout.fontCss,
    css: receiptCss(layout.size, stretchMm),
    sheets,
  });
}

const WORDING: Readonly<Record<ReceiptVersion, ReceiptWording>> = {
  '2018-v1': receiptWording2018v1,
  '2025-v1': receiptWording2025v1,
};

/** Beyond this, a line broken differently by the browser is taken from the room for the signature. */
const SAFETY_MM = 1;
/** The room for signatures grows first. */
const SIGNATURE_EXTRA_MM = 5;
const STRETCH_MM_MAX = 0.5;
const ROOMY_PAPERS_MAX = 8;
const ROOMY_NAME_LINES_MAX = 2;

interface ReceiptPlan {
  readonly density: Density;
  readonly stretchMm: number;
  readonly model: ReceiptModel;
  readonly rowsByPage: readonly (readonly TableRow[])[];
}

function planReceipt(data: ReceiptData, wording: ReceiptWording, size: PaperSize): ReceiptPlan {
  const roomMm = PAGES[size].heightMm - SAFETY_MM;
  for (const density of DENSITIES) {
    const model = arrangedModel(receiptModel(data, wording, !isRoomy(density)), size, density);
    const tooMuchForRoomy = model.table.rows.length > ROOMY_PAPERS_MAX || longestNameLines(data, model, size, density) > ROOMY_NAME_LINES_MAX;
    if (isRoomy(density) && tooMuchForRoomy) continue;
    const tableMm = tableRowHeightsMm(model.table, size, density).reduce((sum, height) => sum + height, 0);
    const freeMm = roomMm - frameHeightMm(data, model, size, density) - tableMm;
    if (freeMm >= 0) return { density, stretchMm: stretchMm(freeMm, model), model, rowsByPage: [model.table.rows] };
  }
  const model = arrangedModel(receiptModel(data, wording, true), size, 'tight');
  return { density: 'tight', stretchMm: 0, model, rowsByPage: splitRows(data, model, size, roomMm) };
}

/** Shares white that is left among the lines, so that a step down in density does not leave the foot of the page empty. */
function stretchMm(freeMm: number, model: ReceiptModel): number {
  // Two more for the heading of the table and its head row.
  const lineCount = model.people.length + model.terms.length + model.ending.length + model.table.rows.length + 2;
  const shareMm = (freeMm - SIGNATURE_EXTRA_MM) / (2 * lineCount);
  return Math.min(STRETCH_MM_MAX, Math.max(0, Math.floor(shareMm * 100) / 100));
}

/** Fills the first page, then whole pages of table; at least one row a page, so that it always ends. */
function splitRows(data: ReceiptData, model: ReceiptModel, size: PaperSize, roomMm: number): readonly (readonly TableRow[])[] {
  const heights = tableRowHeightsMm(model.table, size, 'tight');
  const noteMm = 4;
  const nextPageFrameMm = nextPageFrameHeightMm(model, size, 'tight');
  const pages: TableRow[][] = [[]];
  let freeMm = roomMm - noteMm - frameHeightMm(data, model, size, 'tight');
  model.table.rows.forEach((row, index) => {
    const height = heights[index] ?? 0;
    if (height > freeMm && (pages.length === 1 || (pages.at(-1)?.length ?? 0) > 0)) {
      pages.push([]);
      freeMm = roomMm - nextPageFrameMm;
    }
    pages.at(-1)?.push(row);
    freeMm -= height;
  });
  return pages;
}
