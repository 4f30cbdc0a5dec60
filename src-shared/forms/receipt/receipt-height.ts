/**
 * Estimates how high a receipt will be, so that the pure form can step down to a denser template, or carry the table on
 * to a second page, without asking a browser. A test compares the estimate with a real browser.
 */
import { lineCount, textWidthEm } from '../paper/text-width.ts';
import { LOGO_GAP_MM, LOGO_MM, type PaperSize } from '../paper/paper-document.ts';
import type { ReceiptData } from './receipt-data.ts';
import {
  CELL_SIDE_PAD_MM, COLUMN_GAP_MM, contentWidthMm, DOTS_MM_MIN, isRoomy, LABEL_GAP_MM, MM_PER_PT, METRICS, NUMBER_COLUMN_MM, type Density, type Metrics,
} from './receipt-metrics.ts';
import type { Cell, ReceiptModel, ReceiptTable, Row, TableRow } from './receipt-model.ts';

const RULE_MM = 0.25;

/** Everything but the rows of the table, in millimetres, page margins included. */
export function frameHeightMm(data: ReceiptData, model: ReceiptModel, size: PaperSize, density: Density): number {
  const metrics = METRICS[size][density];
  const rows = [...model.people, ...model.terms, ...model.ending];
  return (
    metrics.topMm + headHeightMm(data, metrics, size) + titleHeightMm(data, model, metrics) +
    rows.reduce((sum, row) => sum + rowHeightMm(row, metrics, size), 0) + tableHeadHeightMm(model.table, metrics, density) +
    dueHeightMm(model, metrics, density) + signatureHeightMm(data, metrics, size) + footerHeightMm(model, metrics, size) +
    metrics.gapMm * 3 + metrics.bottomMm
  );
}

/** Everything but the rows on a page that carries the table on. */
export function nextPageFrameHeightMm(model: ReceiptModel, size: PaperSize, density: Density): number {
  const metrics = METRICS[size][density];
  const carryMm = metrics.headPt * MM_PER_PT * metrics.lineHeight + 0.8 + RULE_MM + metrics.gapMm;
  return metrics.topMm + 2 * carryMm + tableHeadHeightMm(model.table, metrics, density) + footerHeightMm(model, metrics, size) + metrics.gapMm + metrics.bottomMm;
}

/** The rows of the table, in millimetres, one by one. */
export function tableRowHeightsMm(table: ReceiptTable, size: PaperSize, density: Density): readonly number[] {
  const metrics = METRICS[size][density];
  const columnEm = nameColumnMm(table, metrics, size) / (metrics.tablePt * MM_PER_PT);
  return table.rows.map((row) => {
    const lines = lineCount(tableRowText(row), columnEm * 0.985);
    return lines * metrics.tablePt * MM_PER_PT * metrics.tableLineHeight + 2 * metrics.cellPadMm + RULE_MM;
  });
}

/** The number of lines of the longest name on the form, for the rule "a name over two lines is dense" (ux.md §10). */
export function longestNameLines(data: ReceiptData, model: ReceiptModel, size: PaperSize, density: Density): number {
  const metrics = METRICS[size][density];
  const em = metrics.fontPt * MM_PER_PT;
  const people = [data.submitter.name, data.owner?.name ?? '', data.authorised?.name ?? ''];
  const peopleEm = (contentWidthMm(size) * 0.68) / em;
  const columnEm = nameColumnMm(model.table, metrics, size) / (metrics.tablePt * MM_PER_PT);
  return Math.max(
    ...people.map((name) => lineCount(name.toUpperCase(), peopleEm, true)),
    ...model.table.rows.map((row) => lineCount(row.name, columnEm)),
  );
}

/** Settles how two cells share a line: in halves, one after the other, or not at all. */
export function arrangedModel(model: ReceiptModel, size: PaperSize, density: Density): ReceiptModel {
  const metrics = METRICS[size][density];
  const arranged = (rows: readonly Row[]): readonly Row[] => rows.flatMap((row) => arrangedRow(row, metrics, size));
  return { ...model, people: arranged(model.people), terms: arranged(model.terms), ending: arranged(model.ending) };
}

function arrangedRow(row: Row, metrics: Metrics, size: PaperSize): readonly Row[] {
  if (row.shape === 'whole') return [row];
  const [first, second] = row.cells;
  const halfMm = halfWidthMm(size) * 0.98;
  const firstMm = cellWidthMm(first, metrics);
  const secondMm = cellWidthMm(second, metrics);
  if (firstMm <= halfMm && secondMm <= halfMm) return [row];
  const bothMm = firstMm + COLUMN_GAP_MM + secondMm;
  if (bothMm <= contentWidthMm(size) * 0.97) return [{ shape: 'sequence', cells: row.cells }];
  return [{ shape: 'whole', cells: [first] }, { shape: 'whole', cells: [second] }];
}

function cellWidthMm(cell: Cell, metrics: Metrics): number {
  const em = metrics.fontPt * MM_PER_PT;
  const text = cellText(cell);
  const valueMm = text === '' ? DOTS_MM_MIN : (textWidthEm(cell.boldValue ?? '', true) + textWidthEm(cell.value ?? '')) * em;
  return textWidthEm(cell.label) * em + LABEL_GAP_MM + valueMm;
}

function rowHeightMm(row: Row, metrics: Metrics, size: PaperSize): number {
  const em = metrics.fontPt * MM_PER_PT;
  const lines = row.shape === 'whole' ? wholeCellLines(row.cells[0], metrics, size) : 1;
  return lines * em * metrics.lineHeight + 2 * metrics.rowPadMm;
}

function wholeCellLines(cell: Cell, metrics: Metrics, size: PaperSize): number {
  const em = metrics.fontPt * MM_PER_PT;
  const valueMm = contentWidthMm(size) - textWidthEm(cell.label) * em - LABEL_GAP_MM;
  return lineCount(cellText(cell), valueMm / em, (cell.boldValue ?? '') !== '');
}

function cellText(cell: Cell): string {
  return `${cell.boldValue ?? ''}${cell.value ?? ''}`;
}

function halfWidthMm(size: PaperSize): number {
  return (contentWidthMm(size) - COLUMN_GAP_MM) / 2;
}

function headHeightMm(data: ReceiptData, metrics: Metrics, size: PaperSize): number {
  const em = metrics.headPt * MM_PER_PT;
  const { parent, logo } = data.officeHead;
  const logoMm = logo === undefined ? 0 : LOGO_MM;
  const leftEm = (contentWidthMm(size) * 0.44 - (logo === undefined ? 0 : LOGO_MM + LOGO_GAP_MM)) / em;
  const left = [...(parent === null ? [] : [lineCount(parent.toUpperCase(), leftEm)]), ...data.officeHead.unitLines.map((line) => lineCount(line.toUpperCase(), leftEm, true))];
  const leftLines = left.reduce((sum, lines) => sum + lines, 0);
  return Math.max(leftLines * em * 1.32 + 1.2, 3.2 * em * 1.32 + 2, logoMm);
}

function titleHeightMm(data: ReceiptData, model: ReceiptModel, metrics: Metrics): number {
  const captionMm = data.lookupUrl === null ? 0 : 4;
  const textMm = (metrics.titlePt * 2 * 1.25 + metrics.fontPt * 1.1 * metrics.lineHeight + metrics.headPt * metrics.lineHeight * (model.codeNote === null ? 1 : 2)) * MM_PER_PT + 1;
  const tagsMm = model.tags.length === 0 ? 0 : metrics.fontPt * MM_PER_PT * 1.3 + 2.2;
  return Math.max(textMm, metrics.qrMm + captionMm) + tagsMm;
}

function tableHeadHeightMm(table: ReceiptTable, metrics: Metrics, density: Density): number {
  const headingMm = density === 'tight' ? 0 : metrics.fontPt * MM_PER_PT * metrics.lineHeight + metrics.gapMm * 0.6;
  const lines = isRoomy(density) ? Math.max(...table.headings.map((heading) => heading.length)) : 1;
  return headingMm + lines * metrics.tablePt * MM_PER_PT * metrics.tableLineHeight + 2 * metrics.cellPadMm + 2 * RULE_MM;
}

function dueHeightMm(model: ReceiptModel, metrics: Metrics, density: Density): number {
  const label = isRoomy(density) ? metrics.fontPt * metrics.lineHeight : 0;
  const notes = model.due.notes.length * metrics.headPt * metrics.lineHeight;
  return (label + metrics.duePt * 1.35 + notes) * MM_PER_PT + metrics.gapMm * 1.8 + 1;
}

function signatureHeightMm(data: ReceiptData, metrics: Metrics, size: PaperSize): number {
  const em = metrics.fontPt * MM_PER_PT;
  const halfEm = (contentWidthMm(size) / 2 - 4) / em;
  const nameLines = Math.max(lineCount(data.submitter.name, halfEm, true), lineCount(data.officerName, halfEm, true));
  return (2 + nameLines) * em * metrics.lineHeight + metrics.signatureMm;
}

function footerHeightMm(model: ReceiptModel, metrics: Metrics, size: PaperSize): number {
  const em = metrics.footerPt * MM_PER_PT;
  const lines = model.footerLines.reduce((sum, parts) => sum + footerLineCount(parts, contentWidthMm(size) / em), 0);
  return lines * em * 1.4 + metrics.gapMm + 1.2 + RULE_MM;
}

/** Parts are not broken inside, so a no-break space stands for the spaces between their words. */
function footerLineCount(parts: readonly string[], columnEm: number): number {
  return lineCount(parts.map((part) => part.replaceAll(' ', NO_BREAK_SPACE)).join(`${NO_BREAK_SPACE}· `), columnEm);
}

const NO_BREAK_SPACE = '\u00a0';

function nameColumnMm(table: ReceiptTable, metrics: Metrics, size: PaperSize): number {
  const countColumns = table.headings.length - 1;
  return contentWidthMm(size) - NUMBER_COLUMN_MM - countColumns * metrics.countColumnMm - 2 * CELL_SIDE_PAD_MM;
}

function tableRowText(row: TableRow): string {
  return row.remark === null ? row.name : `${row.name} ${row.remark}`;
}
