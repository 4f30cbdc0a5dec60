import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { attributesOn } from '../../../src-shared/domain/office/office.ts';
import { stampWords } from '../../../src-shared/forms/paper/date-words.ts';
import { decodeReceiptQr } from '../../../src-shared/forms/receipt/receipt-qr.ts';
import { addDays, DAY_MS } from '../../../src-shared/lib/office-time.ts';
import { getOperation } from '../../../src-node/operations/operation-rows.ts';
import { paperCheckCode } from '../../../src-node/paper/check-code.ts';
import { writeOfficeAct } from '../../../src-main/core/calls/office-acts.ts';
import { createFormsHandlers } from '../../../src-main/core/features/forms/forms-handlers.ts';
import { receiptPaperOf } from '../../../src-main/core/features/forms/receipt-paper.ts';
import { getPrintJob } from '../../../src-main/core/features/printing/print-job-queries.ts';
import { createPrinting, type Printing } from '../../../src-main/core/features/printing/printing-handlers.ts';
import { appendAct, appendDossier, type AppendOptions } from '../../helpers/append-dossier.ts';
import { correction } from '../../helpers/build-dossier-bodies.ts';
import type { ReceiptData } from '../../../src-shared/forms/receipt/receipt-data.ts';
import { codeOf, openTestDesk, valueOf, type TestDesk } from '../../helpers/open-test-desk.ts';

let at: TestDesk;
let printing: Printing;

async function open(options: { readonly training?: boolean } = {}): Promise<void> {
  at = await openTestDesk({
    ...options,
    handlers: (announce) => {
      printing = createPrinting({ makeReceipt: receiptPaperOf, announce });
      return { ...printing.handlers, ...createFormsHandlers({ paperToDraw: getPrintJob }) };
    },
  });
}

afterEach(() => at.close());

function receive(options: AppendOptions = {}) {
  let job = '';
  const dossier = appendDossier(at, {
    ...options,
    alongside: (writing, folded, received) => {
      job = printing.insertReceiptJob(writing, at.desk, folded, received, 'A5').id;
    },
  });
  return { ...dossier, job };
}

const render = async (job: string, copies: 'all' | 'open' = 'all') => valueOf(await at.as('reception')('forms.render', { job, copies }));
/** The words on the sheets, without styles and marks. */
const wordsOf = (html: string) => html.slice(html.indexOf('<body>')).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const report = async (job: string, outcomes: { copy: 'keep' | 'citizen'; outcome: 'printed' | 'failed' | 'unknown' }[]) =>
  valueOf(await at.as('reception')('printing.report', { job, idempotencyKey: randomUUID(), outcomes }));
const reprint = async (dossier: string) => valueOf(await at.as('reception')('printing.reprint', { dossier, idempotencyKey: randomUUID(), form: 'receipt' })).job.id;

describe('the receipt of a job', () => {
  test('holds both liên, the codes, the people, the appointment and where it came from', async () => {
    await open();
    const dossier = receive();
    const { html, title, size } = await render(dossier.job);
    expect({ title, size }).toEqual({ title: `Giấy tiếp nhận hồ sơ và hẹn trả kết quả ${dossier.code}`, size: 'A5' });
    const words = wordsOf(html);
    for (const said of [
      'UBND XÃ NẬM KHÂU', 'Liên 1: Lưu', 'Liên 2: Giao người nộp hồ sơ', `Mã hồ sơ: ${dossier.code}`, 'GIÀNG A PÁO', '015079000123', 'Giấy chứng sinh',
      'Đăng ký khai sinh', 'thứ Hai, ngày 23/11/2026', 'Nguyễn Thị Hạnh', 'Máy 1', 'bản gốc',
    ]) expect(words).toContain(said);
    expect(words).not.toContain('BẢN IN LẠI');
    expect(html).toContain("font-family:'Be Vietnam Pro'");
  });

  test('a reprint years later, after the unit was renamed and the form has changed, is the same but for mark and time', async () => {
    await open();
    const dossier = receive();
    const receivedAt = at.desk.clock.nowMs();
    const before = wordsOf((await render(dossier.job)).html);
    const today = at.desk.clock.businessDate();
    const { attributes, numbering } = attributesOn(at.desk.office(), today);
    const renamed = { ...attributes, superiorName: 'UBND XÃ MỚI' };
    valueOf(writeOfficeAct(at.desk, { kind: 'office.changed', actor: at.officers.admin, body: { effectiveFrom: addDays(today, 1), attributes: renamed, numbering, reason: 'Sáp nhập' } }));
    // As if the office's first day of the 2025 form lay in the future: a paper built now would be the old form.
    valueOf(writeOfficeAct(at.desk, { kind: 'setting.changed', actor: at.officers.admin, body: { key: 'receipt2025From', value: '2030-01-01' } }));
    at.clock.advance(3 * 365 * DAY_MS);
    at.restart();
    expect(wordsOf((await render(dossier.job)).html)).toBe(before);
    const again = wordsOf((await render(await reprint(dossier.id))).html);
    expect(again).toContain('BẢN IN LẠI lần 1');
    expect(again).toContain(`in ${stampWords(at.desk.clock.nowMs())}`);
    const unmarked = (words: string) => words.replaceAll(/BẢN IN LẠI lần 1|bản gốc/g, '').replaceAll(new RegExp(`${stampWords(at.desk.clock.nowMs())}|${stampWords(receivedAt)}`, 'g'), '').replaceAll(/\s+/g, ' ');
    expect(unmarked(again)).toBe(unmarked(before));
  });

  test('says SỬA ĐỔI and BẢN IN LẠI after a correction', async () => {
    await open();
    const dossier = receive();
    appendAct(at, dossier.id, 'reception', 'dossier.corrected', correction({ request: 'Khai sinh cho cháu Mỷ' }) as never);
    const words = wordsOf((await render(await reprint(dossier.id))).html);
    for (const said of ['SỬA ĐỔI lần 1', 'BẢN IN LẠI lần 1', 'Khai sinh cho cháu Mỷ']) expect(words).toContain(said);
  });

  test('says what is not certain: provisional code, a clock nobody confirmed, training', async () => {
    await open({ training: true });
    const words = wordsOf((await render(receive({ body: { codeProvisional: true, clockUnverified: true } }).job)).html);
    for (const said of ['Mã tạm:', 'Mã chính thức do hệ thống của tỉnh cấp sau', 'ngày giờ chưa xác minh', 'TẬP HUẤN, KHÔNG CÓ GIÁ TRỊ']) expect(words).toContain(said);
  });

  test('is the 2018 form where its business date lies before the office began with the 2025 one', async () => {
    await open();
    valueOf(writeOfficeAct(at.desk, { kind: 'setting.changed', actor: at.officers.admin, body: { key: 'receipt2025From', value: '2026-12-01' } }));
    const { job } = receive();
    expect(getPrintJob(at.desk.db, job)!.formVersion).toBe('2018-v1');
    expect(wordsOf((await render(job)).html)).toContain('Liên 2: Giao khách hàng');
  });

  test('can be traced: the check code and the QR point at the operation that received', async () => {
    await open();
    const { job, code, received } = receive();
    const data = getPrintJob(at.desk.db, job)!.data as ReceiptData;
    const { hash } = getOperation(at.desk.db, at.desk.log.names, received.header)!;
    expect(data.checkCode).toMatch(/^[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{2}$/);
    expect(data.checkCode).toBe(paperCheckCode(code, hash));
    const { fields } = valueOf(decodeReceiptQr(data.qrText));
    expect(fields).toMatchObject({ code, seq: received.header.seq, hashPrefix: Buffer.from(hash).toString('hex').slice(0, 8), name: 'Giàng A Páo' });
    expect(received.header.device.replaceAll('-', '').startsWith(fields.device)).toBe(true);
  });
});

describe('what may go to the printer (rule 8)', () => {
  test('only the liên that are not out yet', async () => {
    await open();
    const { job } = receive();
    await report(job, [{ copy: 'keep', outcome: 'printed' }, { copy: 'citizen', outcome: 'unknown' }]);
    const words = wordsOf((await render(job, 'open')).html);
    expect(words).toContain('Liên 2');
    expect(words).not.toContain('Liên 1');
  });

  test('nothing of a paper that is out; to look at it is allowed', async () => {
    await open();
    const { job } = receive();
    await report(job, [{ copy: 'keep', outcome: 'printed' }, { copy: 'citizen', outcome: 'printed' }]);
    expect(codeOf(await at.as('reception')('forms.render', { job, copies: 'open' }))).toBe('printing.alreadyReported');
    expect(wordsOf((await render(job)).html)).toContain('Liên 1');
  });
});

test('an unknown job, a broken id and nobody signed in are refused', async () => {
  await open();
  const { job } = receive();
  expect(codeOf(await at.as('leader')('forms.render', { job: randomUUID() }))).toBe('printing.unknownJob');
  expect(codeOf(await at.as('leader')('forms.render', { job: 'x' }))).toBe('request.malformed');
  expect(codeOf(await at.dispatch('forms.render', { job }, undefined))).toBe('session.required');
});
