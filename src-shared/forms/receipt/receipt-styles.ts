/** The style sheet of the receipt, written from the same numbers that the height estimate uses. */
import type { PaperSize } from '../paper/paper-document.ts';
import {
  CELL_SIDE_PAD_MM, COLUMN_GAP_MM, DENSITIES, DOTS_MM_MIN, LABEL_GAP_MM, METRICS, NUMBER_COLUMN_MM, PAGES, type Density,
} from './receipt-metrics.ts';

/**
 * `stretchMm` is added above and below every line. All styles stand in one style element and none in an attribute, so
 * that whoever serves the paper can name the element by its hash and allow nothing else.
 */
export function receiptCss(size: PaperSize, stretchMm: number): string {
  return `${DENSITIES.map((density) => sizeCss(size, density)).join('\n')}\n.sheet{--stretch:${stretchMm}mm}${SHARED_CSS}`;
}

/** Sizes as custom properties of the sheet, so that the rules below are written once. */
function sizeCss(size: PaperSize, density: Density): string {
  const metrics = METRICS[size][density];
  const page = PAGES[size];
  return `.sheet.${size}.${density}{width:${page.widthMm}mm;min-height:${page.heightMm - 0.2}mm;padding:${metrics.topMm}mm ${page.rightMm}mm ${metrics.bottomMm}mm ${page.leftMm}mm;font-size:${metrics.fontPt}pt;line-height:${metrics.lineHeight};--row:${metrics.rowPadMm}mm;--table:${metrics.tablePt}pt;--table-line:${metrics.tableLineHeight};--cell:${metrics.cellPadMm}mm;--count:${metrics.countColumnMm}mm;--head:${metrics.headPt}pt;--title:${metrics.titlePt}pt;--due:${metrics.duePt}pt;--foot:${metrics.footerPt}pt;--qr:${metrics.qrMm}mm;--gap:${metrics.gapMm}mm;--sign:${metrics.signatureMm}mm}`;
}

const SHARED_CSS = `
.A5 .watermark{font-size:24mm}.A4 .watermark{font-size:34mm}
.head,.copy,.note,.sign .it,.carry{font-size:var(--head)}
.head .motto{font-size:1.08em}
.title{display:grid;grid-template-columns:calc(var(--qr)*.9) 1fr calc(var(--qr)*.9);column-gap:1.5mm;align-items:center;text-align:center}
.title .name{font-size:var(--title);line-height:1.25;font-weight:700}
.title .code{font-size:1.1em;margin-top:.6mm}
.title .qr{height:var(--qr);width:auto;margin-left:auto}.title .lookup{margin:0 auto 0 0}
.title figure{text-align:right}.title figure:first-child{text-align:left}
.title figure{margin:0}.title figcaption{font-size:7.8pt;line-height:1.2;margin:-1mm 0 1.4mm}
.copy{font-style:italic}
.tags{display:flex;justify-content:center;gap:3mm;margin-bottom:var(--gap);font-weight:700;line-height:1.3}
.tags span{border:.5mm solid #000;padding:.2mm 2.4mm}
.row{display:grid;grid-template-columns:1fr;padding:calc(var(--row) + var(--stretch)) 0;column-gap:${COLUMN_GAP_MM}mm}
.row.halves{grid-template-columns:1fr 1fr}.row.sequence{grid-template-columns:max-content 1fr}
.cell{display:flex;gap:${LABEL_GAP_MM}mm;min-width:0}
.cell .k{white-space:nowrap}.cell .v{min-width:0}
.cell .dots{flex:1;border-bottom:.3mm dotted #000;margin-bottom:.28em;min-width:${DOTS_MM_MIN}mm}
.h{font-weight:700;margin:calc(var(--gap)*.6 + var(--stretch)) 0}
.papers{border-collapse:collapse;width:100%;table-layout:fixed;font-size:var(--table);line-height:var(--table-line);margin-bottom:var(--gap)}
.papers th,.papers td{border:.25mm solid #000;padding:calc(var(--cell) + var(--stretch)) ${CELL_SIDE_PAD_MM}mm;text-align:center;font-weight:400;vertical-align:middle}
.papers th{overflow-wrap:normal;font-weight:700;padding-left:.6mm;padding-right:.6mm}
.papers .name{text-align:left;padding-left:${CELL_SIDE_PAD_MM}mm;padding-right:${CELL_SIDE_PAD_MM}mm}
.papers .nr{width:${NUMBER_COLUMN_MM}mm;padding-left:.4mm;padding-right:.4mm}.papers .count{width:var(--count)}
.papers tr{break-inside:avoid}.papers thead{display:table-header-group}
.due{border:.5mm solid #000;text-align:center;padding:calc(var(--gap)*.7) 2mm;margin:calc(var(--gap)*.5) 0;break-inside:avoid}
.due .date{font-size:var(--due);font-weight:700;line-height:1.35}
.due .line{display:flex;justify-content:space-between;align-items:baseline;gap:3mm;text-align:left}
.due .line .date{text-align:right}
.due .blank{font-weight:400;font-size:1.1em;line-height:1.6}
.sign{display:grid;grid-template-columns:1fr 1fr;grid-template-rows:auto auto minmax(calc(var(--sign)*.65),1fr) auto;max-height:calc(var(--sign)*1.6 + 5.6em);column-gap:4mm;text-align:center;margin:var(--gap) 0;flex:1 1 auto;break-inside:avoid}
.sign .room{grid-column:1/3}
.foot{margin-top:auto;border-top:.25mm solid #000;padding-top:1.2mm;font-size:var(--foot);line-height:1.4;text-align:center;break-inside:avoid}
.foot span{display:inline-block;max-width:100%}
.carry{display:flex;justify-content:space-between;gap:4mm;border-bottom:.25mm solid #000;padding-bottom:.8mm;margin-bottom:var(--gap)}
.grow{flex:1}
`;
