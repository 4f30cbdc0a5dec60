import { describe, expect, test } from 'vitest';
import { receiptDataSchema, type ReceiptData } from '../../../src-shared/forms/receipt/receipt-data.ts';
import { chooseReceiptVersion, receipt, RECEIPT_2025_FROM, RECEIPT_VERSIONS, type ReceiptLayout } from '../../../src-shared/forms/receipt/receipt.ts';
import {
  buildCertificationReceipt, buildOversizeReceipt, buildReceiptData, buildReceiptPaper, buildSparseReceipt, buildWorstReceipt,
} from '../../fixtures/receipt-data.ts';

const LAYOUT: ReceiptLayout = { version: '2025-v1', size: 'A5', copies: ['keep', 'citizen'], fontCss: '' };
const ALL = {
  typical: buildReceiptData(),
  certification: buildCertificationReceipt(),
  sparse: buildSparseReceipt(),
  worst: buildWorstReceipt(),
  oversize: buildOversizeReceipt(),
};

/** What a reader sees: tags dropped, entities read, white space folded. */
function words(markup: string): string {
  return markup
    .replace(/<(style|title)>.*?<\/\1>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
}

const printed = (data: ReceiptData, layout: Partial<ReceiptLayout> = {}) => words(receipt(data, { ...LAYOUT, ...layout }));

describe('version of the receipt', () => {
  test('is chosen by the business date, on the day the new circular is in force', () => {
    expect(chooseReceiptVersion('2025-06-30')).toBe('2018-v1');
    expect(chooseReceiptVersion('2025-07-01')).toBe('2025-v1');
    expect(chooseReceiptVersion(RECEIPT_2025_FROM)).toBe('2025-v1');
  });

  test('follows the date that the office has set', () => {
    expect(chooseReceiptVersion('2025-07-01', '2025-09-01')).toBe('2018-v1');
    expect(chooseReceiptVersion('2025-09-01', '2025-09-01')).toBe('2025-v1');
  });

  test('keeps the words of its own form', () => {
    expect(printed(buildReceiptData(), { version: '2018-v1' })).toContain('Liên 2: Giao khách hàng');
    expect(printed(buildReceiptData(), { version: '2018-v1' })).toContain('Bộ phận tiếp nhận: Trung tâm Phục vụ hành chính công');
    expect(printed(buildReceiptData())).toContain('Liên 2: Giao người nộp hồ sơ');
    expect(printed(buildReceiptData())).not.toContain('Bộ phận tiếp nhận:');
  });
});

describe('receipt', () => {
  test.each(Object.entries(ALL))('of the %s case is made of valid data', (_, data) => {
    expect(receiptDataSchema.parse(data)).toEqual(data);
  });

  test.each(Object.entries(ALL))('of the %s case never says null, undefined, NaN or [object]', (_, data) => {
    for (const version of RECEIPT_VERSIONS) {
      for (const size of ['A4', 'A5'] as const) {
        expect(receipt(data, { ...LAYOUT, version, size })).not.toMatch(/undefined|null|NaN|\[object|Invalid/);
      }
    }
  });

  test.each(Object.entries(ALL))('of the %s case holds no script and asks for nothing outside', (_, data) => {
    const markup = receipt(data, LAYOUT);
    expect(markup).not.toMatch(/<script|<link|<img|<iframe|@import|javascript:|\son\w+=|(?:src|href)\s*=|url\((?!data:)/i);
    expect(markup).toContain("default-src 'none'");
    // One style element and no style attribute: a server can then allow the element by its hash.
    expect(markup.match(/<style>/g)).toHaveLength(1);
    expect(markup.replace(/<style>.*<\/style>/s, '')).not.toMatch(/\sstyle=/);
  });

  test('gives the same paper for the same data', () => {
    expect(receipt(ALL.worst, LAYOUT)).toBe(receipt(structuredClone(ALL.worst), LAYOUT));
  });

  test('puts each liên on a sheet of its own, in the order asked for', () => {
    const both = receipt(ALL.typical, LAYOUT);
    expect(both.match(/<article /g)).toHaveLength(2);
    expect(both.indexOf('Liên 1: Lưu')).toBeLessThan(both.indexOf('Liên 2: Giao'));
    expect(receipt(ALL.typical, { ...LAYOUT, copies: ['citizen'] })).not.toContain('Liên 1');
  });

  test('shows what was typed as text, never as markup', () => {
    const name = `<img src=x onerror="alert('1')"> & <b>Páo</b>`;
    const data = buildReceiptData({ request: name, officerName: name, submitter: { ...ALL.typical.submitter, name, address: name } });
    const markup = receipt(data, LAYOUT);
    expect(markup).not.toContain('<img');
    expect(words(markup)).toContain(`Địa chỉ: ${name}`);
  });

  test('drops characters that turn the line around or print as boxes, and composes letters', () => {
    const data = buildReceiptData({ placeName: 'Na\u0302\u0323m\u202E Khâu\u0000\u200B' });
    expect(printed(data)).toContain('Nậm Khâu, ngày 20 tháng 11 năm 2026');
  });

  test('refuses font text that could end the style element', () => {
    expect(() => receipt(ALL.typical, { ...LAYOUT, fontCss: '</style><p>' })).toThrow(RangeError);
  });

  test('marks reprints, corrections, training and provisional codes in words', () => {
    const plain = printed(ALL.typical);
    expect(plain).toContain('bản gốc');
    expect(plain).not.toMatch(/BẢN IN LẠI|SỬA ĐỔI|TẬP HUẤN|Mã tạm|chưa xác/);

    const marked = printed(ALL.worst);
    expect(marked).toContain('BẢN IN LẠI lần 2');
    expect(marked).toContain('SỬA ĐỔI lần 1');
    expect(marked).toContain('TẬP HUẤN');
    expect(marked).toContain('Mã tạm: H99.27-261120-2017');
    expect(marked).toContain('ngày giờ chưa xác minh');
    expect(marked).toContain('Lịch nghỉ chưa xác nhận');
    expect(marked).not.toContain('bản gốc');
  });

  test('prints all codes of the dossier', () => {
    for (const { code } of ALL.worst.codes) expect(printed(ALL.worst)).toContain(code);
  });

  test('takes the date from the business date and only the time from the clock', () => {
    const data = buildReceiptData({ receivedAt: ALL.typical.receivedAt + 3_650 * 86_400_000 });
    expect(printed(data)).toContain('15 giờ 12 phút, thứ Sáu, ngày 20/11/2026');
  });

  test('drops the seconds of the reception: 15:00:59 is printed as 15:00', () => {
    const data = buildReceiptData({ receivedAt: ALL.typical.receivedAt - 12 * 60_000 + 59_999 });
    expect(printed(data)).toContain('15 giờ 00 phút, thứ Sáu');
  });

  test('leaves a dotted line where nothing is known, and never calls an unknown fee free', () => {
    const markup = receipt(ALL.sparse, { ...LAYOUT, copies: ['citizen'] });
    expect(markup.match(/class="dots"/g)).toHaveLength(9);
    expect(words(markup)).not.toMatch(/miễn phí|không có|0 đồng/i);
    expect(words(markup)).toMatch(/… giờ …+, ngày …+ tháng …+ năm …/);
  });

  test('prints words instead of a date when none can be promised', () => {
    expect(printed(ALL.certification)).toContain('Trả ngay tại quầy');
    expect(printed(buildReceiptData({ dueText: 'Hẹn theo lịch đo đạc' }))).toMatch(/năm 2026 Hẹn theo lịch đo đạc/);
  });

  test('names the owner and the authorised person only when they are other people', () => {
    expect(printed(ALL.typical)).toContain('Chủ hồ sơ: Như người nộp');
    const oversize = printed(ALL.oversize);
    expect(oversize).not.toContain('Như người nộp');
    expect(oversize).toContain('ỠNG Ỹ MỘT , số CMND 060123456, điện thoại 0900 000 456'.replace('ỠNG', 'ƯỠNG'));
    expect(oversize).toContain('Văn bản ủy quyền: Giấy ủy quyền số 12');
  });

  test('tells papers handed in, shown, compared and missing apart', () => {
    const papers = [
      buildReceiptPaper({ name: 'Một', original: 1, photo: 2 }),
      buildReceiptPaper({ name: 'Hai', seen: true }),
      buildReceiptPaper({ name: 'Ba', photo: 1, seen: true, note: 'mờ' }),
      buildReceiptPaper({ name: 'Bốn', missing: true, note: 'nộp trước 30/11' }),
    ];
    const text = printed(buildReceiptData({ contents: { kind: 'papers', papers } }));
    expect(text).toContain('1 Một 1 2 ');
    expect(text).toContain('2 Hai Xuất trình, đã xem');
    expect(text).toContain('3 Ba (đã đối chiếu bản chính; mờ) 1 ');
    expect(text).toContain('4 Bốn (nộp trước 30/11) Còn thiếu');
  });

  test('steps down to the dense template for more than 8 papers or a name over two lines', () => {
    const papers = (count: number, name = 'Đơn') => ({ kind: 'papers' as const, papers: Array.from({ length: count }, () => buildReceiptPaper({ name, original: 1 })) });
    const density = (data: ReceiptData, size: 'A4' | 'A5') => /class="sheet A\d (\w+)"/.exec(receipt(data, { ...LAYOUT, size }))?.[1];
    expect(density(buildReceiptData({ contents: papers(3) }), 'A5')).toBe('normal');
    expect(density(buildReceiptData({ contents: papers(8) }), 'A5')).toBe('snug');
    expect(density(buildReceiptData({ contents: papers(9) }), 'A5')).toBe('dense');
    expect(density(buildReceiptData({ contents: papers(9) }), 'A4')).toBe('dense');
    expect(density(buildReceiptData({ contents: papers(1, 'Giấy tờ chứng minh '.repeat(8)) }), 'A5')).toBe('dense');
    expect(density(ALL.worst, 'A5')).toBe('tight');
  });

  test('carries the table on to further pages when one cannot hold it, each naming the dossier and the liên', () => {
    const markup = receipt(ALL.oversize, { ...LAYOUT, copies: ['citizen'] });
    const pages = markup.split('<article ').slice(1).map((page) => words(`<${page}`));
    expect(pages.length).toBeGreaterThan(1);
    pages.forEach((page, index) => {
      expect(page).toContain('H99.27-261120-2017');
      expect(page).toContain('Liên 2: Giao người nộp hồ sơ');
      expect(page).toContain(`Trang ${index + 1}/${pages.length}`);
    });
    const numbers = [...markup.matchAll(/<td class="nr">(\d+)</g)].map((match) => Number(match[1]));
    expect(numbers).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  });
});
