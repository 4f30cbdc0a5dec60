/** Bảng kê thu phí, lệ phí on A4, to be signed by who collected and who takes the money over. Data in, one HTML document out. */
import { FEE_MEANS_WORDS, printedNumber, receiptWords } from '../../domain/fees/fee-words.ts';
import { formatDong } from '../../domain/fees/money.ts';
import { officeMinuteOfDay } from '../../lib/office-time.ts';
import { shortDateWords, stampWords, twoDigits } from '../paper/date-words.ts';
import { html, noHtml, type Html } from '../paper/html.ts';
import { paperDocument, paperHead, trainingWatermark } from '../paper/paper-document.ts';
import type { CashSheetData, CashSheetRow } from './cash-sheet-data.ts';

/** Versions of the form, oldest first. A print job keeps its version; a released version never changes its words. */
export const CASH_SHEET_VERSIONS = ['2026-v1'] as const;
export const CASH_SHEET_VERSION = CASH_SHEET_VERSIONS.at(-1)!;

export interface CashSheetLooks {
  readonly fontCss: string;
  /** Base64 of the PNG beside the office's names; null without one. */
  readonly logo: string | null;
}

export function cashSheetPaper(data: CashSheetData, { fontCss, logo }: CashSheetLooks): string {
  return paperDocument({ title: 'Bảng kê thu phí, lệ phí', size: 'A4', fontCss, css: CSS, sheets: [sheet(data, logo)] });
}

/** The sheet in one line, as lists of papers name it. */
export function cashSheetTitle(data: CashSheetData): string {
  return `Bảng kê thu phí, lệ phí ${[periodWords(data), whoseWords(data)].map(beginningSmall).join(', ')}`;
}

function beginningSmall(words: string): string {
  return words.charAt(0).toLocaleLowerCase('vi') + words.slice(1);
}

function sheet(data: CashSheetData, logo: string | null): Html {
  const of = (what: CashSheetRow['what']) => data.rows.filter((row) => row.what === what && row.voidedFor === null);
  const voided = data.rows.filter((row) => row.voidedFor !== null);
  return html`<article class="sheet A4 cash">
${paperHead(data.officeHead, data.placeName, data.businessDate, logo)}
<div class="title"><p class="name">BẢNG KÊ THU PHÍ, LỆ PHÍ</p><p>${periodWords(data)}</p><p>${whoseWords(data)}</p>${data.reprint === 0 ? noHtml : html`<p class="b">${reprintWords(data)}</p>`}</div>
${moneyPart(data, 'I. Đã thu', of('collected'), 'Chưa thu khoản nào.')}
${of('refunded').length === 0 ? noHtml : moneyPart(data, 'II. Đã hoàn', of('refunded'), '')}
${otherPart(data, 'Được miễn', of('exempted'), (row) => row.text ?? '')}
${otherPart(data, 'Đã bỏ vì ghi nhầm, không tính', voided, (row) => [sumWords(row), row.receipt && receiptWords(row.receipt), row.voidedFor].filter((part) => part).join('; '))}
${totals(data)}
${signatures(data)}
<footer class="foot"><p>In lúc ${printingWords(data)}</p></footer>
${data.training ? trainingWatermark() : noHtml}</article>
`;
}

function periodWords({ from, to, clockUnverified }: CashSheetData): string {
  const days = from === to ? `Ngày ${shortDateWords(from)}` : `Từ ngày ${shortDateWords(from)} đến ngày ${shortDateWords(to)}`;
  return clockUnverified ? `${days} (ngày giờ chưa xác minh)` : days;
}

function reprintWords({ reprint }: CashSheetData): string {
  return `BẢN IN LẠI lần ${reprint}`;
}

/** A first print is the first of that machine: another one of the office may have printed the same sheet (decision 0019). */
function printingWords(data: CashSheetData): string {
  const { printedAt, printedAtDesk, reprint } = data;
  const which = reprint > 0 ? reprintWords(data) : printedAtDesk === undefined ? 'bản gốc' : 'bản đầu của máy này';
  return `${stampWords(printedAt)}${printedAtDesk === undefined ? '' : ` ở ${printedAtDesk}`}, ${which}`;
}

/** A code longer than this has no room on one line of its column. */
const LINE_CODE_MAX = 24;

/** A code is not torn between two lines. */
function codePart(code: string): Html {
  return code.length > LINE_CODE_MAX ? html`${code}` : html`<span class="code">${code}</span>`;
}

function listedCodes(codes: readonly string[]): readonly Html[] {
  return codes.map((code, index) => html`${index === 0 ? '' : ', '}${codePart(code)}`);
}

/** In brackets what other systems call it. */
function codeWords({ code, otherCodes = [] }: CashSheetRow): Html {
  return otherCodes.length === 0 ? codePart(code) : html`${codePart(code)} (${listedCodes(otherCodes)})`;
}

function whoseWords({ officerName, deskName }: CashSheetData): string {
  return [officerName === null ? 'Mọi người thu' : `Người thu: ${officerName}`, deskName ?? 'mọi máy'].join(', ');
}

function moneyPart(data: CashSheetData, heading: string, rows: readonly CashSheetRow[], empty: string): Html {
  if (rows.length === 0) return html`<p class="h">${heading}</p><p class="it">${empty}</p>`;
  const [charge, levy] = [rows.reduce((sum, row) => sum + row.charge, 0), rows.reduce((sum, row) => sum + row.levy, 0)];
  const body = rows.map((row, index) => html`<tr><td class="nr">${index + 1}</td><td class="when">${whenWords(data, row)}</td><td class="left">${row.person}<br><span class="small">${codeWords(row)}, ${row.matter}</span>${noteOf(row)}</td><td class="receipt">${receiptCell(row)}</td><td class="sum">${moneyWords(row.charge)}</td><td class="sum">${moneyWords(row.levy)}</td><td class="by">${row.means === null ? '' : FEE_MEANS_WORDS[row.means]}<br><span class="small">${row.byName}</span></td></tr>
`);
  return html`<p class="h">${heading}</p>
<table class="rows"><thead><tr><th class="nr">TT</th><th class="when">Giờ</th><th>Người nộp, hồ sơ</th><th class="receipt">Biên lai</th><th class="sum">Phí (đ)</th><th class="sum">Lệ phí (đ)</th><th class="by">Cách nộp, người thu</th></tr></thead>
<tbody>${body}</tbody><tfoot><tr><td colspan="4">Cộng</td><td class="sum">${moneyWords(charge)}</td><td class="sum">${moneyWords(levy)}</td><td class="sum">${moneyWords(charge + levy)}</td></tr></tfoot></table>`;
}

function receiptCell({ receipt }: CashSheetRow): Html {
  return receipt === null ? html`viết sau` : html`${receipt.series}<br>${printedNumber(receipt.number)}`;
}

/** Why money went back stands beside it. */
function noteOf(row: CashSheetRow): Html {
  return row.what === 'refunded' && row.text !== null ? html`<br><span class="small it">${row.text}</span>` : noHtml;
}

function otherPart(data: CashSheetData, heading: string, rows: readonly CashSheetRow[], words: (row: CashSheetRow) => string): Html {
  if (rows.length === 0) return noHtml;
  const items = rows.map((row) => html`<li>${whenWords(data, row)}: ${row.person} (${listedCodes([row.code, ...(row.otherCodes ?? [])])}), ${words(row)}. <span class="small">${row.byName}</span></li>\n`);
  return html`<p class="h">${heading}</p><ol class="others">${items}</ol>`;
}

function totals({ collected, refunded, net, netDong, netCashDong, inWords }: CashSheetData): Html {
  const row = (label: string, sums: { readonly charge: number; readonly levy: number }) => html`<tr><td class="left">${label}</td><td class="sum">${moneyWords(sums.charge)}</td><td class="sum">${moneyWords(sums.levy)}</td><td class="sum">${moneyWords(sums.charge + sums.levy)}</td></tr>
`;
  const went = [refunded.cash, refunded.transfer].some(({ charge, levy }) => charge + levy > 0);
  return html`<table class="totals"><thead><tr><th></th><th>Phí (đ)</th><th>Lệ phí (đ)</th><th>Cộng (đ)</th></tr></thead>
<tbody>${row('Thu tiền mặt', collected.cash)}${row('Thu chuyển khoản', collected.transfer)}${went ? [row('Hoàn tiền mặt', refunded.cash), row('Hoàn chuyển khoản', refunded.transfer)] : noHtml}
<tr class="b"><td class="left">Còn lại</td><td class="sum">${moneyWords(net.charge)}</td><td class="sum">${moneyWords(net.levy)}</td><td class="sum">${moneyWords(netDong)}</td></tr></tbody></table>
<p>Bằng chữ: <b>${inWords}</b>.</p><p>Tiền mặt phải có: <b>${netCashDong < 0 ? '−' : ''}${formatDong(Math.abs(netCashDong))}</b>.</p>`;
}

function signatures({ officerName }: CashSheetData): Html {
  return html`<div class="sign"><p class="b">NGƯỜI THU TIỀN</p><p class="b">NGƯỜI NHẬN TIỀN</p><p class="it">(Ký, ghi rõ họ tên)</p><p class="it">(Ký, ghi rõ họ tên)</p><div class="room"></div><p class="b">${officerName ?? ''}</p><p></p></div>`;
}

/** The day too where the sheet is of several. */
function whenWords({ from, to }: CashSheetData, { businessDate, at }: CashSheetRow): string {
  const minute = officeMinuteOfDay(at);
  const time = `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
  return from === to ? time : `${shortDateWords(businessDate).slice(0, 5)} ${time}`;
}

function sumWords({ charge, levy }: CashSheetRow): string {
  return charge + levy === 0 ? '' : formatDong(charge + levy);
}

/** In a column: without the currency, a sum below nothing with its sign, nothing as a dash. */
function moneyWords(dong: number): string {
  if (dong === 0) return '–';
  return `${dong < 0 ? '−' : ''}${formatDong(Math.abs(dong)).replace(' đ', '')}`;
}

const CSS = `
.sheet.A4.cash{width:210mm;min-height:296.8mm;padding:15mm 12mm 12mm 18mm;font-size:11pt;line-height:1.4;display:block}
.cash .title{text-align:center;margin:6mm 0 4mm}
.cash .title .name{font-size:15pt;font-weight:700}
.cash .h{font-weight:700;margin:3mm 0 1.5mm}
.cash .small{font-size:9pt}
.cash .code{white-space:nowrap}
.cash table{border-collapse:collapse;width:100%;font-size:10pt;line-height:1.3}
.cash .rows{table-layout:fixed}
.cash th,.cash td{border:.25mm solid #000;padding:.9mm 1.4mm;text-align:center;vertical-align:middle;font-weight:400}
.cash th,.cash tfoot td{font-weight:700}
.cash .left{text-align:left}.cash .sum{text-align:right;white-space:nowrap;width:21mm}
.cash .nr{width:9mm}.cash .when{width:15mm}.cash .receipt{width:22mm}.cash .by{width:32mm}
.cash tr{break-inside:avoid}.cash thead{display:table-header-group}.cash tfoot{display:table-row-group}
.cash .others{margin:0 0 2mm;padding-left:7mm;font-size:10pt}
.cash .totals{width:120mm;margin:4mm 0 2mm auto;break-inside:avoid}
.cash .totals .sum{width:26mm}.cash .totals .b td{font-weight:700}
.cash .sign{display:grid;grid-template-columns:1fr 1fr;text-align:center;margin-top:6mm;break-inside:avoid}
.cash .sign .room{grid-column:1/3;height:20mm}
.cash .foot{border-top:.25mm solid #000;margin-top:6mm;padding-top:1mm;font-size:8.5pt}
.A4.cash .watermark{font-size:34mm}
`;
