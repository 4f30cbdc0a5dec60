/**
 * Sizes of the receipt on A4 and A5 in four densities, as numbers that both the style sheet and the estimate of the
 * height use. Nothing is smaller than 8 pt on A5, the footer 7.8 (ux.md §10).
 */
import type { PaperSize } from '../paper/paper-document.ts';

export const DENSITIES = ['normal', 'snug', 'dense', 'tight'] as const;
export type Density = (typeof DENSITIES)[number];

/** Full labels and the date on a line of its own; the others use the short labels of the dense template. */
export function isRoomy(density: Density): boolean {
  return density === 'normal' || density === 'snug';
}

export interface Metrics {
  readonly fontPt: number;
  readonly lineHeight: number;
  /** Above and below every line of the form. */
  readonly rowPadMm: number;
  readonly tablePt: number;
  readonly tableLineHeight: number;
  readonly cellPadMm: number;
  readonly countColumnMm: number;
  readonly headPt: number;
  readonly titlePt: number;
  readonly duePt: number;
  readonly footerPt: number;
  /** Height of the QR with the white above and below; the symbol itself is 7/8 of it or a little more. */
  readonly qrMm: number;
  /** Between the blocks of the form. */
  readonly gapMm: number;
  /** Room for a signature by hand, at least. */
  readonly signatureMm: number;
  readonly topMm: number;
  readonly bottomMm: number;
}

export interface Page {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly leftMm: number;
  readonly rightMm: number;
}

export const PAGES: Readonly<Record<PaperSize, Page>> = {
  A4: { widthMm: 210, heightMm: 297, leftMm: 25, rightMm: 15 },
  A5: { widthMm: 148, heightMm: 210, leftMm: 11, rightMm: 9 },
};

export const METRICS: Readonly<Record<PaperSize, Readonly<Record<Density, Metrics>>>> = {
  A5: {
    normal: {
      fontPt: 9.6, lineHeight: 1.36, rowPadMm: 0.35, tablePt: 9, tableLineHeight: 1.3, cellPadMm: 0.7, countColumnMm: 17.5, headPt: 8.6,
      titlePt: 13, duePt: 12.5, footerPt: 7.8, qrMm: 26.6, gapMm: 1.6, signatureMm: 9, topMm: 7.5, bottomMm: 5,
    },
    snug: {
      fontPt: 9, lineHeight: 1.3, rowPadMm: 0.12, tablePt: 8.4, tableLineHeight: 1.26, cellPadMm: 0.25, countColumnMm: 16, headPt: 8.4,
      titlePt: 12, duePt: 12, footerPt: 7.8, qrMm: 25.4, gapMm: 1, signatureMm: 8, topMm: 6.5, bottomMm: 4.5,
    },
    dense: {
      fontPt: 8.4, lineHeight: 1.26, rowPadMm: 0.12, tablePt: 8, tableLineHeight: 1.24, cellPadMm: 0.2, countColumnMm: 12.6, headPt: 8.4,
      titlePt: 11.5, duePt: 11, footerPt: 7.8, qrMm: 24, gapMm: 0.8, signatureMm: 8, topMm: 6, bottomMm: 4.5,
    },
    tight: {
      fontPt: 8, lineHeight: 1.21, rowPadMm: 0, tablePt: 8, tableLineHeight: 1.2, cellPadMm: 0.05, countColumnMm: 12.4, headPt: 8,
      titlePt: 11, duePt: 10.5, footerPt: 7.8, qrMm: 22, gapMm: 0.5, signatureMm: 7, topMm: 5, bottomMm: 4,
    },
  },
  A4: {
    normal: {
      fontPt: 12, lineHeight: 1.4, rowPadMm: 0.6, tablePt: 11.5, tableLineHeight: 1.34, cellPadMm: 1, countColumnMm: 23, headPt: 11,
      titlePt: 16, duePt: 15.5, footerPt: 9.5, qrMm: 34, gapMm: 2.6, signatureMm: 16, topMm: 15, bottomMm: 11,
    },
    snug: {
      fontPt: 11.5, lineHeight: 1.36, rowPadMm: 0.4, tablePt: 11, tableLineHeight: 1.3, cellPadMm: 0.7, countColumnMm: 21, headPt: 10.5,
      titlePt: 15.5, duePt: 15, footerPt: 9.2, qrMm: 33, gapMm: 2, signatureMm: 14, topMm: 13, bottomMm: 10,
    },
    dense: {
      fontPt: 11, lineHeight: 1.34, rowPadMm: 0.4, tablePt: 10.5, tableLineHeight: 1.3, cellPadMm: 0.6, countColumnMm: 17, headPt: 10.5,
      titlePt: 15, duePt: 14, footerPt: 9, qrMm: 32, gapMm: 1.6, signatureMm: 14, topMm: 12, bottomMm: 9,
    },
    tight: {
      fontPt: 9.6, lineHeight: 1.28, rowPadMm: 0.2, tablePt: 9.6, tableLineHeight: 1.26, cellPadMm: 0.3, countColumnMm: 15, headPt: 9.6,
      titlePt: 14, duePt: 13, footerPt: 8.6, qrMm: 30, gapMm: 1, signatureMm: 12, topMm: 10, bottomMm: 8,
    },
  },
};

export const MM_PER_PT = 25.4 / 72;

export function contentWidthMm(size: PaperSize): number {
  const page = PAGES[size];
  return page.widthMm - page.leftMm - page.rightMm;
}

/** Widths that the style sheet fixes, too. */
export const NUMBER_COLUMN_MM = 8;
export const CELL_SIDE_PAD_MM = 1.4;
export const LABEL_GAP_MM = 1.2;
export const COLUMN_GAP_MM = 3;
/** A shorter dotted line cannot be written on. */
export const DOTS_MM_MIN = 24;
