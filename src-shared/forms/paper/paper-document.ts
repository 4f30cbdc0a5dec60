/** What every printed form shares: the document around the sheets, the national head, and the rules of black paper. */
import type { IsoDate } from '../../lib/office-time.ts';
import { longDateWords } from './date-words.ts';
import { html, noHtml, pngImage, styleElement, type Html } from './html.ts';
import type { OfficeHead } from './office-head.ts';

export type PaperSize = 'A4' | 'A5';

/**
 * A complete HTML document. It holds no script and asks for nothing outside itself; its own policy makes the browser
 * refuse both. `title` becomes the file name offered for a PDF, so it must carry no personal data.
 */
export function paperDocument(document: {
  readonly title: string;
  readonly size: PaperSize;
  readonly fontCss: string;
  readonly css: string;
  readonly sheets: readonly Html[];
}): string {
  const page = `@page{size:${document.size} portrait;margin:0}`;
  return html`<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${document.title}</title>
${styleElement(`${document.fontCss}\n${page}\n${BASE_CSS}\n${document.css}`)}
</head>
<body>
${document.sheets}
</body>
</html>
`.markup;
}

/** The picture's side on paper; it stands beside the office's names and takes their room, never the paper's height. */
export const LOGO_MM = 12;
/** Between the picture and the names. */
export const LOGO_GAP_MM = 1.5;

/**
 * Left: the office; right: quốc hiệu, tiêu ngữ, place and date (domain.md §c, "Common head"). `logo` is the picture that
 * `office.logo` names, as base64 of a PNG; null draws the head without one.
 */
export function paperHead(office: OfficeHead, placeName: string, businessDate: IsoDate, logo: string | null = null): Html {
  const parent = office.parent === null ? noHtml : html`<p>${office.parent.toUpperCase()}</p>`;
  const unit = office.unitLines.map((line) => html`<p class="b">${line.toUpperCase()}</p>`);
  const names = html`<div>${parent}${unit}<i class="rule"></i></div>`;
  const left = logo === null ? names : html`<div class="with-logo">${pngImage(logo, 'logo')}${names}</div>`;
  return html`<header class="head">${left}<div><p class="b">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p class="b motto">Độc lập – Tự do – Hạnh phúc</p><i class="rule wide"></i><p class="it">${placeName}, ${longDateWords(businessDate)}</p></div></header>`;
}

/** Outlined, not grey: laser and thermal printers turn grey into dots that hide the text below. */
export function trainingWatermark(): Html {
  return html`<div class="watermark" aria-hidden="true">TẬP HUẤN</div>`;
}

/**
 * Margin 0 on the page keeps the browser's own date and address lines off the paper; the sheet's padding is the margin,
 * repeated on every page should a sheet ever need two. On a narrow screen the whole sheet is scaled.
 */
const BASE_CSS = `
*{box-sizing:border-box}
html,body{margin:0;padding:0;background:#fff;color:#000}
body{font-family:'Be Vietnam Pro','Noto Sans',Arial,sans-serif;-webkit-print-color-adjust:exact;print-color-adjust:exact}
p,dl,dd,table{margin:0}
.sheet{position:relative;background:#fff;color:#000;margin:0 auto;display:flex;flex-direction:column;-webkit-box-decoration-break:clone;box-decoration-break:clone;overflow-wrap:anywhere}
.sheet+.sheet{break-before:page}
.b{font-weight:700}.it{font-style:italic}
.head{display:grid;grid-template-columns:44fr 56fr;text-align:center;line-height:1.32}
.head p{text-wrap:balance}
.head .rule{display:block;width:26mm;max-width:100%;border-top:.35mm solid #000;margin:.8mm auto 0}
.head .rule.wide{width:36mm;margin-bottom:.8mm}
.with-logo{display:grid;grid-template-columns:${LOGO_MM}mm 1fr;column-gap:${LOGO_GAP_MM}mm;align-items:start}
.logo{display:block;width:${LOGO_MM}mm;height:${LOGO_MM}mm;object-fit:contain}
.qr{display:block}.qr path{fill:#000}
.watermark{position:absolute;left:50%;top:50%;transform:translate(-50%,-50%) rotate(-38deg);font-weight:700;white-space:nowrap;line-height:1;color:transparent;-webkit-text-stroke:.25mm #000;pointer-events:none}
@media screen{html,body{background:#dad8d2}body{padding:12px}.sheet{box-shadow:0 4px 14px #17212f33}.sheet+.sheet{margin-top:12px}}
@media screen and (max-width:820px){.sheet.A4{zoom:.68}}
@media screen and (max-width:590px){.sheet.A5{zoom:.74}.sheet.A4{zoom:.52}}
@media screen and (max-width:440px){.sheet.A5{zoom:.58}.sheet.A4{zoom:.41}}
@media screen and (max-width:345px){.sheet.A5{zoom:.46}.sheet.A4{zoom:.33}}
`;
