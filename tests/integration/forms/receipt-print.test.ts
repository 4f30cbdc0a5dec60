/**
 * Prints receipts through a real browser, as a desk does, and reads the paper back: the text of the PDF, its fonts and
 * pages, the boxes on the page, and the QR from a picture. PDFs and pictures stay in `out/forms/` for looking at.
 */
import type { Browser, Page } from '@playwright/test';
import fc from 'fast-check';
import jsQrModule from 'jsqr';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PNG } from 'pngjs';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PaperSize } from '../../../src-shared/forms/paper/paper-document.ts';
import type { ReceiptData } from '../../../src-shared/forms/receipt/receipt-data.ts';
import { decodeReceiptQr } from '../../../src-shared/forms/receipt/receipt-qr.ts';
import { receipt, type ReceiptLayout, type ReceiptVersion } from '../../../src-shared/forms/receipt/receipt.ts';
import { paperFontCss } from '../../../src-node/paper/paper-fonts.ts';
import {
  buildCertificationReceipt, buildOversizeReceipt, buildPicturedReceipt, buildReceiptData, buildReceiptPaper, buildSparseReceipt, buildWorstReceipt,
} from '../../fixtures/receipt-data.ts';
import { launchBrowser } from '../../../bench/shell/trial-browser.ts';
import { makePng } from '../../helpers/make-png.ts';

const OUT_DIR = resolve(import.meta.dirname, '../../../out/forms');
const SIZES: readonly PaperSize[] = ['A5', 'A4'];
const PAGE_PT = { A4: [595, 842], A5: [420, 595] } as const;

let browser: Browser;
let fontCss: string;

beforeAll(async () => {
  mkdirSync(OUT_DIR, { recursive: true });
  fontCss = await paperFontCss();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
});

const ONE_PAGE_CASES: readonly (readonly [string, ReceiptData])[] = [
  ['typical', buildReceiptData()],
  ['certification', buildCertificationReceipt()],
  ['sparse', buildSparseReceipt()],
  ['worst', buildWorstReceipt()],
  ['pictured', buildPicturedReceipt(buildReceiptData())],
];
const ALL_CASES: readonly (readonly [string, ReceiptData])[] = [...ONE_PAGE_CASES, ['oversize', buildOversizeReceipt()], ['picturedWorst', buildPicturedReceipt(buildWorstReceipt())]];
const SIZED_CASES = ALL_CASES.flatMap(([name, data]) => SIZES.map((size) => ({ name, data, size })));

async function openReceipt(data: ReceiptData, layout: Partial<ReceiptLayout> = {}): Promise<Page> {
  // Three device pixels to one of CSS: about 300 dots an inch, a plain office printer.
  const page = await browser.newPage({ viewport: { width: 794, height: 1123 }, deviceScaleFactor: 3 });
  await page.emulateMedia({ media: 'print' });
  await page.setContent(receipt(data, { version: '2025-v1', size: 'A5', copies: ['keep', 'citizen'], fontCss, ...logoOf(data), ...layout }));
  await page.evaluate(() => document.fonts.ready);
  return page;
}

/** The picture that the data names, as the core looks it up. */
function logoOf(data: ReceiptData): Pick<ReceiptLayout, 'logo'> {
  return { logo: data.officeHead.logo === undefined ? null : makePng({ width: 320, height: 320 }) };
}

interface PrintedPaper {
  readonly pdf: Buffer;
  readonly pages: readonly string[];
  readonly pageSizesPt: readonly (readonly [number, number])[];
}

async function printed(data: ReceiptData, layout: Partial<ReceiptLayout> = {}): Promise<PrintedPaper> {
  const page = await openReceipt(data, layout);
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  await page.close();
  const document = await getDocumentProxy(new Uint8Array(pdf));
  const { text } = await extractText(document, { mergePages: false });
  const pageSizesPt: (readonly [number, number])[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const { width, height } = (await document.getPage(number)).getViewport({ scale: 1 });
    pageSizesPt.push([Math.round(width), Math.round(height)]);
  }
  return { pdf, pages: text.map(folded), pageSizesPt };
}

function folded(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** The text of a paper without any white space: a browser may break a line wherever it likes. */
function dense(text: string): string {
  return folded(text).replaceAll(' ', '');
}

/** Every word the data puts on the paper, written down here and not taken from the form's code. */
function expectedWords(data: ReceiptData): readonly string[] {
  const people = [data.submitter, ...(data.owner ? [data.owner] : []), ...(data.authorised ? [data.authorised] : [])];
  const rows = data.contents.kind === 'papers' ? data.contents.papers : data.contents.documents;
  return [
    data.officeHead.parent?.toUpperCase(),
    ...data.officeHead.unitLines.map((line) => line.toUpperCase()),
    ...(data.footNotes ?? []),
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    'Độc lập – Tự do – Hạnh phúc',
    `${data.placeName}, ngày 20 tháng 11 năm 2026`,
    'GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ',
    ...data.codes.map(({ code }) => code),
    ...people.flatMap((person) => [person.name.toUpperCase(), person.idNumber, person.phone, person.email, person.address]),
    data.authorised?.authorisation,
    data.submitter.name,
    data.channelText,
    data.request,
    data.procedureName,
    '1. Thành phần hồ sơ',
    ...rows.flatMap((row) => [row.name, row.note]),
    '2. Số lượng hồ sơ: 01 (bộ)',
    data.termText,
    '4. Thời gian nhận hồ sơ: 15 giờ 12 phút, thứ Sáu, ngày 20/11/2026',
    '5. Thời gian trả kết quả',
    data.dueText,
    data.secondStage?.receivedText,
    data.secondStage?.dueText,
    data.deliveryText,
    data.feeText,
    data.levyText,
    data.register && `Quyển số ${data.register.book}, Số thứ tự ${data.register.ordinal}`,
    data.hotlineText,
    data.lookupText,
    'NGƯỜI NỘP HỒ SƠ',
    'NGƯỜI TIẾP NHẬN HỒ SƠ',
    data.officerName,
    `Mã kiểm tra ${data.checkCode} · ${data.deskName}`,
  ].filter((text): text is string => typeof text === 'string' && text.trim() !== '');
}

const TYPICAL_LIEN_2 = folded(`
  ỦY BAN NHÂN DÂN XÃ NẬM KHÂU TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG
  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập – Tự do – Hạnh phúc Nậm Khâu, ngày 20 tháng 11 năm 2026
  GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ Mã hồ sơ: H99.27-261120-2017 Liên 2: Giao người nộp hồ sơ
  Tiếp nhận hồ sơ của ông: GIÀNG A PÁO
  Số căn cước: 010094000123 Điện thoại: 0900 000 123
  Địa chỉ: Thôn Háng Tâu, Nậm Khâu, Bát Xát, Lào Cai
  Cách nộp: Trực tiếp Chủ hồ sơ: Như người nộp
  Nội dung yêu cầu giải quyết: Đăng ký khai sinh cho cháu Giàng Thị Mỷ, sinh ngày 03/11/2026
  1. Thành phần hồ sơ TT Tên giấy tờ Bản chính Chứng thực Bản photo
  1 Tờ khai đăng ký khai sinh 1 2 Giấy chứng sinh 1 3 Căn cước của người đi khai Xuất trình, đã xem
  2. Số lượng hồ sơ: 01 (bộ)
  3. Thời gian giải quyết theo quy định: Trong ngày; nhận sau 15 giờ thì trả vào ngày làm việc tiếp theo
  4. Thời gian nhận hồ sơ: 15 giờ 12 phút, thứ Sáu, ngày 20/11/2026
  5. Thời gian trả kết quả giải quyết hồ sơ: Trước 17 giờ 00, thứ Hai, ngày 23 tháng 11 năm 2026
  6. Đăng ký nhận kết quả tại: Quầy 2 (nơi đã nộp)
  Lệ phí: 0 đồng (khai sinh đúng hạn) Phí: không có
  Vào Sổ theo dõi hồ sơ: Quyển số 01/2026, Số thứ tự 1873
  NGƯỜI NỘP HỒ SƠ NGƯỜI TIẾP NHẬN HỒ SƠ (Ký, ghi rõ họ tên) (Ký, ghi rõ họ tên) Giàng A Páo Nguyễn Thị Hạnh
  Tra cứu: tracuu.motcua.example · Đường dây nóng: 0900 000 900 (giờ hành chính)
  Mã kiểm tra 7F3A-91C2-D0 · Máy 2 · bản gốc · in 20/11/2026 15:12`);

describe('printed receipt', () => {
  test.each(SIZES)('of a birth registration says exactly this on %s', async (size) => {
    const paper = await printed(buildReceiptData(), { size });
    expect(paper.pages).toHaveLength(2);
    expect(dense(paper.pages[1] ?? '')).toBe(dense(TYPICAL_LIEN_2));
    expect(dense(paper.pages[0] ?? '')).toBe(dense(TYPICAL_LIEN_2.replace('Liên 2: Giao người nộp hồ sơ', 'Liên 1: Lưu')));
    // Words stay apart too: what a search in the PDF would look for.
    expect(paper.pages[1]).toContain('Trước 17 giờ 00, thứ Hai, ngày 23 tháng 11 năm 2026');
    expect(paper.pages[1]).toContain('Nậm Khâu, ngày 20 tháng 11 năm 2026');
  });

  test.each(SIZED_CASES)('carries every field of the $name case on $size, on each liên', async ({ name, data, size }) => {
    const paper = await printed(data, { size });
    writeFileSync(join(OUT_DIR, `receipt-${name}-${size}.pdf`), paper.pdf);
    expect(paper.pages.length % 2).toBe(0);
    const half = paper.pages.length / 2;
    for (const lien of [paper.pages.slice(0, half), paper.pages.slice(half)]) {
      const text = dense(lien.join(''));
      expect(expectedWords(data).filter((words) => !text.includes(dense(words)))).toEqual([]);
    }
    expect(dense(paper.pages[0] ?? '')).toContain(dense('Liên 1: Lưu'));
    expect(dense(paper.pages[half] ?? '')).toContain(dense('Liên 2: Giao người nộp hồ sơ'));
  });

  test.each(ONE_PAGE_CASES.flatMap(([name, data]) => SIZES.map((size) => ({ name, data, size }))))(
    'is one page per liên for the $name case on $size, of the right size',
    async ({ data, size }) => {
      const paper = await printed(data, { size });
      expect(paper.pageSizesPt).toEqual([PAGE_PT[size], PAGE_PT[size]]);
    },
  );

  test('of the 2018 form carries every field, too', async () => {
    const version: ReceiptVersion = '2018-v1';
    for (const [, data] of ONE_PAGE_CASES) {
      const paper = await printed(data, { version, copies: ['citizen'] });
      const text = dense(paper.pages.join(''));
      expect(expectedWords(data).filter((words) => !text.includes(dense(words)))).toEqual([]);
      expect(text).toContain(dense('Liên 2: Giao khách hàng'));
    }
  });

  test('embeds its own font in all three faces and uses no other', async () => {
    const { pdf } = await printed(buildReceiptData());
    const source = pdf.toString('latin1');
    const names = new Set([...source.matchAll(/\/BaseFont\s*\/(?:[A-Z]{6}\+)?([\w-]+)/g)].map((match) => match[1]));
    expect([...names].sort()).toEqual(['BeVietnamPro-Bold', 'BeVietnamPro-Italic', 'BeVietnamPro-Regular']);
    expect(source.match(/\/FontFile[23]?\s/g)?.length).toBeGreaterThanOrEqual(3);
    expect(source).not.toContain('/Type3');
  });

  test('asks the network for nothing and runs nothing', async () => {
    const page = await browser.newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.setContent(receipt(buildWorstReceipt(), { version: '2025-v1', size: 'A5', copies: ['keep', 'citizen'], fontCss }));
    await page.evaluate(() => document.fonts.ready);
    await page.close();
    expect(requests.filter((url) => !url.startsWith('data:') && url !== 'about:blank')).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

/** Runs in the page: names what is cut off, sticks out or lies over its neighbour. */
function layoutFaults(): string[] {
  const faults: string[] = [];
  const slack = 1;
  for (const sheet of document.querySelectorAll('.sheet')) {
    const frame = sheet.getBoundingClientRect();
    const style = getComputedStyle(sheet);
    const left = frame.left + Number.parseFloat(style.paddingLeft);
    const right = frame.right - Number.parseFloat(style.paddingRight);
    const bottom = frame.bottom - Number.parseFloat(style.paddingBottom);
    const heightMax = sheet.classList.contains('A4') ? (297 / 25.4) * 96 : (210 / 25.4) * 96;
    if (frame.height > heightMax) faults.push(`sheet is ${frame.height - heightMax}px too high`);
    if (sheet.scrollWidth > sheet.clientWidth) faults.push('sheet scrolls sideways');
    for (const element of sheet.querySelectorAll(':not(.watermark):not(path):not(br)')) {
      if (element.scrollWidth > element.clientWidth + slack && element.clientWidth > 0) faults.push(`overflow in ${element.outerHTML.slice(0, 80)}`);
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0) continue;
      if (box.left < left - slack || box.right > right + slack || box.bottom > bottom + slack) faults.push(`sticks out: ${element.outerHTML.slice(0, 80)}`);
    }
    const blocks = [...sheet.children].filter((child) => !child.classList.contains('watermark'));
    blocks.forEach((block, index) => {
      const next = blocks[index + 1];
      if (next !== undefined && next.getBoundingClientRect().top < block.getBoundingClientRect().bottom - slack) {
        faults.push(`overlap: ${block.outerHTML.slice(0, 60)} | ${next.outerHTML.slice(0, 60)}`);
      }
    });
    for (const cell of sheet.querySelectorAll('td,th')) {
      const range = document.createRange();
      range.selectNodeContents(cell);
      const text = range.getBoundingClientRect();
      const box = cell.getBoundingClientRect();
      if (text.width > 0 && (text.left < box.left || text.right > box.right || text.bottom > box.bottom + slack)) faults.push(`cell: ${cell.textContent}`);
    }
  }
  return faults;
}

describe('layout of the receipt at print media', () => {
  test.each(SIZED_CASES)('has nothing cut off, sticking out or overlapping in the $name case on $size', async ({ name, data, size }) => {
    const page = await openReceipt(data, { size });
    expect(await page.evaluate(layoutFaults)).toEqual([]);
    const sheets = await page.locator('.sheet').all();
    const lien2 = sheets.slice(sheets.length / 2);
    for (const [index, sheet] of lien2.entries()) {
      await sheet.screenshot({ path: join(OUT_DIR, `receipt-${name}-${size}${index === 0 ? '' : `-${index + 1}`}.png`) });
    }
    await page.close();
  });

  test('notices a sheet that is too high and a text that does not fit', async () => {
    const page = await openReceipt(buildReceiptData());
    await page.addStyleTag({ content: '.row{padding:3mm 0!important}.cell .v{white-space:nowrap!important}' });
    const faults = (await page.evaluate(layoutFaults)).join('\n');
    expect(faults).toContain('too high');
    expect(faults).toContain('overflow in');
    await page.close();
  });

  test.each(SIZES)('holds for any mixture of names, papers, marks and missing fields on %s', async (size) => {
    const page = await openReceipt(buildReceiptData(), { size });
    for (const data of fc.sample(receiptArbitrary, { numRuns: 40, seed: 20261121 })) {
      await page.setContent(receipt(data, { version: '2025-v1', size, copies: ['citizen'], fontCss, ...logoOf(data) }));
      await page.evaluate(() => document.fonts.ready);
      expect({ faults: await page.evaluate(layoutFaults), data }).toEqual({ faults: [], data });
    }
    await page.close();
  });
});

const SYLLABLES = ['Ẫỡỵ', 'Nguyễn', 'Giàng', 'A', 'Thị', 'Ngọc', 'Phượng', 'Ỹ', 'giấy', 'chứng', 'nhận', 'quyền', 'sử', 'dụng', 'đất', 'Trường', 'ủy', 'bản', 'WWW', 'ilil', 'xã', '(mẫu', 'số', '15)'];
const phrase = (min: number, max: number) => fc.array(fc.constantFrom(...SYLLABLES), { minLength: min, maxLength: max }).map((words) => words.join(' '));
const orNull = (words: fc.Arbitrary<string>) => fc.option(words, { nil: null });
const receiptArbitrary: fc.Arbitrary<ReceiptData> = fc
  .record({
    name: phrase(2, 12), address: orNull(phrase(3, 40)), email: orNull(fc.constant('dia-chi-thu-rat-dai-khong-co-khoang-trang@mot-noi-nao-do.example')),
    request: phrase(2, 60), term: orNull(phrase(1, 30)), delivery: orNull(phrase(1, 20)), levy: orNull(phrase(1, 15)), fee: orNull(phrase(1, 15)),
    papers: fc.array(fc.record({ name: phrase(1, 22), seen: fc.boolean(), missing: fc.boolean(), original: fc.nat(12), note: orNull(phrase(1, 6)) }), { maxLength: 18 }),
    hasOwner: fc.boolean(), training: fc.boolean(), provisional: fc.boolean(), reprint: fc.nat(3), amended: fc.nat(3), clock: fc.boolean(), calendar: fc.boolean(), lookup: fc.boolean(), pictured: fc.boolean(), foot: fc.array(phrase(1, 20), { maxLength: 2 }),
  })
  .map((made) => {
    const base = buildReceiptData();
    const submitter = { ...base.submitter, name: made.name, address: made.address, email: made.email };
    return buildReceiptData({
      submitter, footNotes: made.foot, officeHead: { ...base.officeHead, ...(made.pictured && { logo: 'd1:9', unitLines: ['Trung tâm Phục vụ hành chính công xã Nậm Khâu Thượng'] }) },
      owner: made.hasOwner ? { name: made.name, idKind: 'passport', idNumber: 'B1234567', phone: null, email: null, address: made.address } : null,
      request: made.request, procedureName: made.request, termText: made.term, deliveryText: made.delivery, levyText: made.levy, feeText: made.fee,
      contents: { kind: 'papers', papers: made.papers.map((paper) => buildReceiptPaper(paper)) },
      clockUnverified: made.clock, calendarUnconfirmed: made.calendar, lookupUrl: made.lookup ? 'https://tracuu.motcua.example/x' : null,
      marks: { training: made.training, provisional: made.provisional, reprint: made.reprint, amended: made.amended },
    });
  });

describe('QR on the printed receipt', () => {
  test.each(SIZED_CASES)('is read from the picture of the $name case on $size', async ({ data, size }) => {
    const page = await openReceipt(data, { size, copies: ['citizen'] });
    const text = await readQr(page, '.qr.content');
    expect(text).toBe(data.qrText);
    expect(decodeReceiptQr(text ?? '').ok).toBe(true);
    if (data.lookupUrl !== null) expect(await readQr(page, '.qr.lookup')).toBe(data.lookupUrl);
    await page.close();
  });
});

async function readQr(page: Page, selector: string): Promise<string | undefined> {
  const box = await page.locator(selector).first().boundingBox();
  if (box === null) return undefined;
  // With the white around it that is really there on the paper: 1.5 mm.
  const margin = 5.7;
  const picture = await page.screenshot({
    clip: { x: box.x - margin, y: box.y - margin, width: box.width + 2 * margin, height: box.height + 2 * margin },
  });
  const { width, height, data } = PNG.sync.read(picture);
  return jsQrModule.default(new Uint8ClampedArray(data), width, height)?.data;
}

describe('preview of the receipt on the screen', () => {
  test.each([
    [360, 640],
    [430, 700],
    [560, 600],
  ])('fits into a frame of %i pixels without scrolling sideways', async (width, height) => {
    const page = await browser.newPage({ viewport: { width: width + 40, height: height + 40 } });
    await page.setContent(`<iframe style="border:0;width:${width}px;height:${height}px"></iframe>`);
    for (const size of SIZES) {
      const markup = receipt(buildWorstReceipt(), { version: '2025-v1', size, copies: ['keep', 'citizen'], fontCss });
      await page.locator('iframe').evaluate((frame, content) => { (frame as HTMLIFrameElement).srcdoc = content; }, markup);
      const frame = page.frameLocator('iframe');
      await frame.locator(`.sheet.${size}`).first().waitFor();
      const excess = await frame.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
      expect(excess).toBeLessThanOrEqual(0);
    }
    await page.screenshot({ path: join(OUT_DIR, `receipt-preview-${width}.png`) });
    await page.close();
  });
});

test('the font rules are read once and hold nine faces', async () => {
  expect(await paperFontCss()).toBe(fontCss);
  expect(fontCss.match(/@font-face/g)).toHaveLength(9);
  expect(fontCss).not.toMatch(/url\((?!data:)/);
});
