/** Draws one liên of the receipt: one sheet, or more when the table of papers does not fit even in the tightest template. */
import { html, noHtml, type Html } from '../paper/html.ts';
import { paperHead, trainingWatermark, type PaperSize } from '../paper/paper-document.ts';
import { qrSvg } from '../paper/qr-svg.ts';
import type { ReceiptData } from './receipt-data.ts';
import { isRoomy, type Density } from './receipt-metrics.ts';
import type { Cell, ReceiptModel, ReceiptTable, Row, TableRow } from './receipt-model.ts';

export interface SheetPlan {
  readonly size: PaperSize;
  readonly density: Density;
  /** Rows of the table on each page; one entry when all is on one page. */
  readonly rowsByPage: readonly (readonly TableRow[])[];
  /** The picture in the head. */
  readonly logo: string | null;
}

export function receiptSheets(data: ReceiptData, model: ReceiptModel, copyLabel: string, plan: SheetPlan): readonly Html[] {
  const pageCount = plan.rowsByPage.length;
  let rowsBefore = 0;
  return plan.rowsByPage.map((rows, index) => {
    const table = tableHtml(model.table, rows, rowsBefore, plan.density);
    rowsBefore += rows.length;
    const pageLabel = pageCount === 1 ? '' : `Trang ${index + 1}/${pageCount}`;
    const body = index === 0 ? firstPage(data, model, copyLabel, plan, table, pageLabel) : nextPage(model, copyLabel, table, pageLabel);
    const watermark = data.marks.training ? trainingWatermark() : noHtml;
    return html`<article class="sheet ${plan.size} ${plan.density}">
${body}
${footer(model)}
${watermark}</article>
`;
  });
}

function firstPage(data: ReceiptData, model: ReceiptModel, copyLabel: string, plan: SheetPlan, table: Html, pageLabel: string): Html {
  const carriedOn = pageLabel === '' ? noHtml : html`<p class="note it">${`${pageLabel}; phần còn lại của bảng ở trang sau.`}</p>`;
  return html`${paperHead(data.officeHead, data.placeName, data.businessDate, plan.logo)}
${title(data, model, copyLabel)}
${model.people.map(rowHtml)}
${plan.density === 'tight' ? noHtml : html`<p class="h">${CONTENTS_HEADING}</p>\n`}${table}${carriedOn}
${model.terms.map(rowHtml)}
${due(model, plan.density)}
${model.ending.map(rowHtml)}
${signatures(data)}`;
}

/** A loose second page still says which dossier and which liên it belongs to. */
function nextPage(model: ReceiptModel, copyLabel: string, table: Html, pageLabel: string): Html {
  return html`<p class="carry"><span>Kèm theo Giấy tiếp nhận hồ sơ và hẹn trả kết quả</span><span>${model.codeLabel} <b>${model.code}</b></span></p>
<p class="carry"><span>${copyLabel}</span><span>${pageLabel}</span></p>
${table}
<div class="grow"></div>`;
}

function title(data: ReceiptData, model: ReceiptModel, copyLabel: string): Html {
  const hasLookup = data.lookupUrl !== null && data.lookupUrl !== '';
  const content = qrSvg(data.qrText, 'Mã QR thông tin phiếu', 'qr content');
  const left = hasLookup ? captioned(qrSvg(data.lookupUrl, 'Mã QR tra cứu', 'qr lookup'), 'Tra cứu') : html`<div></div>`;
  const right = hasLookup ? captioned(content, 'Thông tin') : content;
  const tags = model.tags.length === 0 ? noHtml : html`<p class="tags">${model.tags.map((tag) => html`<span>${tag}</span> `)}</p>`;
  const note = model.codeNote === null ? noHtml : html`<p class="note it">(${model.codeNote})</p>`;
  return html`<div class="title">${left}<div><p class="name">GIẤY TIẾP NHẬN HỒ SƠ<br>VÀ HẸN TRẢ KẾT QUẢ</p><p class="code">${model.codeLabel} <b>${model.code}</b></p>${note}<p class="copy">${copyLabel}</p></div>${right}</div>
${tags}`;
}

/** With one QR no caption is needed; with two the citizen has to know which one is for looking up. */
function captioned(qr: Html, caption: string): Html {
  return html`<figure>${qr}<figcaption>${caption}</figcaption></figure>`;
}

function rowHtml(row: Row): Html {
  return html`<div class="row ${row.shape}">${row.cells.map(cellHtml)}</div>\n`;
}

function cellHtml(cell: Cell): Html {
  const bold = cell.boldValue ?? '';
  const value = cell.value ?? '';
  if (bold === '' && value === '') return html`<p class="cell"><span class="k">${cell.label}</span><span class="dots"></span></p>`;
  // Escaping trims text, so the space between the bold part and the rest is written here.
  const space = bold !== '' && value.startsWith(' ') ? html` ` : noHtml;
  const boldHtml = bold === '' ? noHtml : html`<b>${bold}</b>`;
  return html`<p class="cell"><span class="k">${cell.label}</span> <span class="v">${boldHtml}${space}${value}</span></p>`;
}

const CONTENTS_HEADING = '1. Thành phần hồ sơ';

/** The tight template saves a line by writing the heading into the table. */
function tableHtml(table: ReceiptTable, rows: readonly TableRow[], rowsBefore: number, density: Density): Html {
  const headings = isRoomy(density) ? table.headings : table.shortHeadings;
  const countColumns = headings.length - 1;
  const head = headings.map((heading, index) => html`<th class="${index === 0 ? 'name' : 'count'}">${brokenLines(index === 0 && density === 'tight' ? [CONTENTS_HEADING] : heading)}</th>`);
  const body = rows.map((row, index) => {
    const counts = row.counts.length === countColumns ? row.counts.map((count) => html`<td>${count}</td>`) : [html`<td colspan="${countColumns}">${row.counts.join(', ')}</td>`];
    const remark = row.remark === null ? noHtml : html` <span class="it">${row.remark}</span>`;
    return html`<tr><td class="nr">${rowsBefore + index + 1}</td><td class="name">${row.name}${remark}</td>${counts}</tr>\n`;
  });
  return html`<table class="papers"><thead><tr><th class="nr">TT</th>${head}</tr></thead>
<tbody>${body}</tbody></table>`;
}

const BLANK_DUE = '………… giờ ………, ngày ……… tháng ……… năm …………';

function due(model: ReceiptModel, density: Density): Html {
  const notes = model.due.notes.map((note) => html`<p class="note it">${note}</p>`);
  if (isRoomy(density)) {
    const date = model.due.text === null ? html`<p class="blank">${BLANK_DUE}</p>` : html`<p class="date">${model.due.text}</p>`;
    return html`<div class="row"><p>5. Thời gian trả kết quả giải quyết hồ sơ:</p></div>
<div class="due">${date}${notes}</div>`;
  }
  const date = model.due.shortText === null ? html`<p class="blank">${BLANK_DUE}</p>` : html`<p class="date">${model.due.shortText}</p>`;
  return html`<div class="due"><div class="line"><span>5. Thời gian trả kết quả:</span>${date}</div>${notes}</div>`;
}

function signatures(data: ReceiptData): Html {
  return html`<div class="sign"><p class="b">NGƯỜI NỘP HỒ SƠ</p><p class="b">NGƯỜI TIẾP NHẬN HỒ SƠ</p><p class="it">(Ký, ghi rõ họ tên)</p><p class="it">(Ký, ghi rõ họ tên)</p><div class="room"></div><p class="b">${data.submitter.name}</p><p class="b">${data.officerName}</p></div>`;
}

function footer(model: ReceiptModel): Html {
  const line = (parts: readonly string[]) =>
    parts.map((part, index) => html`<span>${part}${index < parts.length - 1 ? html` ·` : noHtml}</span> `);
  return html`<footer class="foot">${model.footerLines.map((parts) => html`<p>${line(parts)}</p>`)}</footer>`;
}

function brokenLines(lines: readonly string[]): Html {
  return html`${lines.map((line, index) => (index === 0 ? html`${line}` : html` <br>${line}`))}`;
}
