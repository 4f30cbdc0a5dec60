import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DossierActInput } from '../../../src-shared/contract/dossier-act-input.ts';
import type { PrintJobView } from '../../../src-shared/contract/dossier-views.ts';
import { ADMIN_PASSWORD, receiveInput, setUpCoreOffice, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';
import { codeOf } from '../../helpers/open-test-desk.ts';

let office: CoreOffice;
let desk: CoreDesk;
const MONDAY = '2026-11-30';
const EVERYTHING = 'Lò Thị Mẩy';
const ARCHIVIST = 'Sùng A Tủa';
const question = { from: MONDAY, to: MONDAY };

beforeAll(async () => {
  office = await setUpCoreOffice({ startDate: MONDAY as never });
  desk = office.first;
  await desk.must('officers.create', { name: ARCHIVIST, title: 'Công chức', formOfAddress: 'anh', roles: ['admin'], password: ADMIN_PASSWORD });
});
afterAll(() => office.end());
beforeEach(() => desk.signIn(EVERYTHING));

const due = (dong: number) => ({ amount: { state: 'due' as const, dong } });
const THREE_DAYS = { mode: 'typedTerm', term: { unit: 'working_day', value: 3 }, reason: 'Theo văn bản' } as const;
let nextReceipt = 1;
/** A dossier whose money was taken at once. */
async function paid(): Promise<{ readonly id: string; readonly code: string }> {
  const { id, codes } = (await desk.must('dossiers.receive', receiveInput(office.time, { appointment: THREE_DAYS, fee: due(16_000), levy: due(8_000) }))).dossier;
  const act: DossierActInput = {
    act: 'collectFee', means: 'cash', payer: 'Lý Tả Mẩy', receipt: { series: 'AB/26P', number: nextReceipt++, seenOnPaper: true },
    lines: [{ kind: 'charge', name: 'Phí bản sao', quantity: 2, dong: 16_000 }, { kind: 'levy', name: 'Lệ phí', quantity: 1, dong: 8_000 }],
  };
  await desk.must('dossiers.act', { id, idempotencyKey: randomUUID(), act });
  return { id, code: codes[0]!.code };
}
const print = async (more: object = {}): Promise<PrintJobView> => (await desk.must('fees.printSheet', { ...question, ...more, idempotencyKey: randomUUID() })).job;
const report = async (job: PrintJobView, outcome: 'printed' | 'failed' | 'unknown'): Promise<PrintJobView> =>
  (await desk.must('printing.report', { job: job.id, idempotencyKey: randomUUID(), outcomes: [{ copy: 'keep', outcome }] })).job;
const reprint = (job: PrintJobView) => desk.call('printing.reprint', { job: job.id, idempotencyKey: randomUUID() });
const sheetsWaiting = async () => (await desk.must('printing.jobs', {})).jobs.filter(({ form }) => form === 'cashSheet');
const html = async (job: PrintJobView) => (await desk.must('forms.render', { job: job.id })).html;

describe('a cash sheet on paper', () => {
  test('is a print job that waits until somebody knows that it is out', async () => {
    await paid();
    const job = await print();
    expect(job).toMatchObject({ dossier: null, code: null, ownerName: null, form: 'cashSheet', formVersion: '2026-v1', reprint: 0, size: 'A4', copies: [{ copy: 'keep', outcome: 'waiting' }] });
    expect(job.formTitle).toBe('Bảng kê thu phí, lệ phí ngày 30/11/2026, mọi người thu, mọi máy');
    expect(await sheetsWaiting()).toEqual([job]);
    expect(await html(job)).toContain('Lý Tả Mẩy');
    await report(job, 'failed');
    expect((await sheetsWaiting()).map(({ copies }) => copies[0]!.outcome)).toEqual(['failed']);
    await report(job, 'unknown');
    await report(job, 'printed');
    expect(await sheetsWaiting()).toEqual([]);
    // Rule 8: what is out is no original any more.
    expect(codeOf(await desk.call('forms.render', { job: job.id, copies: 'open' }))).toBe('printing.alreadyReported');
  });

  test('is no second original because a name on it was changed since: it is the same money', async () => {
    await paid();
    await report(await print(), 'printed');
    const { officers } = await desk.must('officers.list', {});
    const me = officers.find(({ name }) => name === EVERYTHING)!;
    const rename = (name: string) => desk.must('officers.change', { officer: me.id, name, title: me.title, formOfAddress: me.formOfAddress, roles: me.roles, retired: false });
    await rename('Lò Thị Mẩy Hai');
    const again = await print();
    await rename(EVERYTHING);
    expect(again.reprint).toBe(1);
  });

  test('names both codes of a dossier, and the machine that printed it', async () => {
    const { id, code } = await paid();
    const linked = 'H99.27-261130-0042';
    await desk.must('dossiers.linkCode', { id, idempotencyKey: randomUUID(), code: { system: 'province', code: linked } });
    const sheet = await html(await print());
    expect([sheet.includes(code), sheet.includes(linked)]).toEqual([true, true]);
    const { deskName } = await desk.office();
    expect(sheet).toContain(` ở ${deskName}, bản đầu của máy này`);
  });

  test('is asked for again: the same sheet while it is due, afterwards a copy that says so', async () => {
    await paid();
    const key = randomUUID();
    const first = (await desk.must('fees.printSheet', { ...question, idempotencyKey: key })).job;
    expect((await desk.must('fees.printSheet', { ...question, idempotencyKey: key })).job).toEqual(first);
    expect((await print()).id).toBe(first.id);
    expect(codeOf(await desk.call('fees.printSheet', { ...question, to: '2026-12-01', idempotencyKey: key }))).toBe('dossiers.keyReused');
    await report(first, 'printed');
    const second = await print();
    expect([second.id === first.id, second.reprint]).toEqual([false, 1]);
    expect(await html(first)).not.toContain('BẢN IN LẠI');
    expect(await html(second)).toContain('BẢN IN LẠI lần 1');
    await report(second, 'printed');
    const third = await reprint(second);
    expect(third).toMatchObject({ ok: true, value: { job: { reprint: 2, form: 'cashSheet', dossier: null } } });
    // A sheet of other days, or of one officer, is another paper.
    expect((await print({ to: '2026-12-01' })).reprint).toBe(0);
  });

  test('stays as it was printed, and one that waits with outdated sums makes way for the new one', async () => {
    await paid();
    const early = await print();
    const words = await html(early);
    const { code } = await paid();
    expect(await html(early)).toBe(words);
    const late = await print();
    expect([late.id === early.id, late.reprint]).toEqual([false, 0]);
    expect(await html(late)).toContain(code);
    expect((await sheetsWaiting()).filter(({ formTitle }) => formTitle === late.formTitle).map(({ id }) => id)).toEqual([late.id]);
    expect(codeOf(await desk.call('forms.render', { job: early.id, copies: 'open' }))).toBe('printing.alreadyReported');
  });

  test('goes with a dossier of it that is erased, and no other sheet does', async () => {
    const { id } = await paid();
    const job = await print();
    const empty = await print({ from: '2026-11-02', to: '2026-11-02' });
    await desk.must('dossiers.erase', { id, idempotencyKey: randomUUID(), reason: 'Theo yêu cầu của người dân' });
    expect(codeOf(await desk.call('forms.render', { job: job.id }))).toBe('printing.unknownJob');
    expect(await html(empty)).toContain('Chưa thu khoản nào.');
  });

  test('is for those who may read the sheet', async () => {
    await paid();
    const job = await print();
    await desk.signIn(ARCHIVIST);
    expect(codeOf(await desk.call('fees.printSheet', { ...question, idempotencyKey: randomUUID() }))).toBe('session.notPermitted');
    expect(codeOf(await desk.call('forms.render', { job: job.id }))).toBe('session.notPermitted');
    expect(codeOf(await reprint(job))).toBe('session.notPermitted');
  });

  test('is refused for days that are backwards, and a reprint names one paper', async () => {
    expect(codeOf(await desk.call('fees.printSheet', { from: MONDAY, to: '2026-11-01', idempotencyKey: randomUUID() }))).toBe('fees.badPeriod');
    const { id } = await paid();
    const { job: receipt } = await desk.must('printing.reprint', { dossier: id, form: 'receipt', idempotencyKey: randomUUID() });
    expect(codeOf(await desk.call('printing.reprint', { job: randomUUID(), idempotencyKey: randomUUID() }))).toBe('printing.unknownJob');
    expect(codeOf(await desk.call('printing.reprint', { job: receipt.id, idempotencyKey: randomUUID() }))).toBe('request.malformed');
    expect(codeOf(await desk.call('printing.reprint', { idempotencyKey: randomUUID() }))).toBe('request.malformed');
    expect(codeOf(await desk.call('printing.reprint', { dossier: id, job: receipt.id, idempotencyKey: randomUUID() }))).toBe('request.malformed');
  });
});
