import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { InputOf, OutputOf } from '../../../src-shared/contract/contract.ts';
import type { DossierActInput } from '../../../src-shared/contract/dossier-act-input.ts';
import { cashLinesOf, cashSums, partOf } from '../../../src-shared/domain/fees/cash-sheet.ts';
import { foldDossier } from '../../../src-shared/domain/dossiers/dossier-fold.ts';
import type { SubjectId } from '../../../src-shared/lib/ids.ts';
import { officeInstant } from '../../../src-shared/lib/office-time.ts';
import { rebuildSlices } from '../../../src-node/operations/rebuild.ts';
import { verifyDesk } from '../../../src-node/operations/verify.ts';
import { ADMIN_PASSWORD, receiveInput, setUpCoreOffice, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';
import { codeOf, valueOf } from '../../helpers/open-test-desk.ts';
import { dumpProjections } from '../../helpers/projection-dump.ts';

let office: CoreOffice;
let desk: CoreDesk;
const officers: Record<string, string> = {};
const MONDAY = '2026-11-30';
const TUESDAY = '2026-12-01';
const EVERYTHING = 'Lò Thị Mẩy';
const RECEPTION = 'Nguyễn Thị Hạnh';
const PROCESSING = 'Hoàng Ngọc Ánh';
const ARCHIVIST = 'Sùng A Tủa';

beforeAll(async () => {
  office = await setUpCoreOffice({ startDate: MONDAY as never });
  desk = office.first;
  for (const [name, roles] of [[RECEPTION, ['reception']], [PROCESSING, ['processing']], [ARCHIVIST, ['admin']]] as const) {
    await desk.must('officers.create', { name, title: 'Công chức', formOfAddress: 'chị', roles: [...roles], password: ADMIN_PASSWORD });
  }
  for (const { id, name } of (await desk.must('officers.atWork', {})).officers) officers[name] = id;
});
afterAll(() => office.end());
beforeEach(() => desk.signIn(EVERYTHING));

const THREE_DAYS = { mode: 'typedTerm', term: { unit: 'working_day', value: 3 }, reason: 'Theo văn bản' } as const;
const due = (dong: number) => ({ amount: { state: 'due' as const, dong } });
async function received(at: CoreDesk = desk): Promise<string> {
  return (await at.must('dossiers.receive', receiveInput(office.time, { appointment: THREE_DAYS, fee: due(16_000), levy: due(8_000) }))).dossier.id;
}
const act = (id: string, doing: DossierActInput, key = randomUUID(), at = desk) => at.call('dossiers.act', { id, idempotencyKey: key, act: doing });
async function must(id: string, doing: DossierActInput, at = desk): Promise<OutputOf<'dossiers.get'>['dossier']> {
  return (await at.must('dossiers.act', { id, idempotencyKey: randomUUID(), act: doing })).dossier;
}
type Collect = Extract<DossierActInput, { readonly act: 'collectFee' }>;
const collect = (number: number | null, changes: Partial<Collect> = {}): Collect => ({
  act: 'collectFee', means: 'cash', payer: 'Lý Tả Mẩy', receipt: number === null ? null : { series: 'AB/26P', number, seenOnPaper: true },
  lines: [{ kind: 'charge', name: 'Phí bản sao', quantity: 2, dong: 16_000 }, { kind: 'levy', name: 'Lệ phí', quantity: 1, dong: 8_000 }],
  ...changes,
});
const sheet = (from = MONDAY, to = from, filter: Partial<InputOf<'fees.sheet'>> = {}, at = desk) => at.must('fees.sheet', { from, to, ...filter });
const lastEntry = (view: { fees: OutputOf<'dossiers.get'>['dossier']['fees'] }) => view.fees.entries.at(-1)!;

describe('money of a dossier', () => {
  test('pressed twice is taken once, and a key used for other money is refused', async () => {
    const id = await received();
    const key = randomUUID();
    const first = await act(id, collect(1001), key);
    expect(await act(id, collect(1001), key)).toMatchObject({ ok: true });
    expect(codeOf(await act(id, collect(1002), key))).toBe('dossiers.keyReused');
    expect(valueOf(first).dossier.fees).toMatchObject({ charge: { standing: 'settled', paidDong: 16_000 }, levy: { standing: 'settled', paidDong: 8_000 }, entries: [{ what: 'collected', receipt: { series: 'AB/26P', number: 1001 } }] });
    expect((await desk.must('dossiers.get', { id })).dossier.fees.entries).toHaveLength(1);
  });

  test('uses a number once on one desk, whatever became of the payment unless its sheet is still blank', async () => {
    const [one, other] = [await received(), await received()];
    const entry = lastEntry(await must(one, collect(1101)));
    expect(codeOf(await act(other, collect(1101)))).toBe('fees.receiptUsed');
    expect(codeOf(await act(one, { act: 'voidFee', entry: entry.id, reason: 'Nhầm số' }))).toBe('fees.sheetUnsaid');
    await must(one, { act: 'voidFee', entry: entry.id, reason: 'Nhầm số', receipt: 'unwritten' });
    const again = lastEntry(await must(other, collect(1101)));
    await must(other, { act: 'voidFee', entry: again.id, reason: 'Viết sai tên', receipt: 'spoiled' });
    expect(codeOf(await act(one, collect(1101)))).toBe('fees.receiptUsed');
    const written = lastEntry(await must(one, collect(null)));
    expect(codeOf(await act(one, { act: 'issueFeeReceipt', collection: written.id, receipt: { series: 'AB/26P', number: 1101, seenOnPaper: true } }))).toBe('fees.receiptUsed');
    await must(one, { act: 'issueFeeReceipt', collection: written.id, receipt: { series: 'AB/26P', number: 1102, seenOnPaper: true } });
    expect(codeOf(await act(one, { act: 'issueFeeReceipt', collection: written.id, receipt: { series: 'AB/26P', number: 1103, seenOnPaper: true } }))).toBe('fees.hasReceipt');
  });

  test('a number that nobody has seen on paper, a sum of nothing and an exemption without a ground are no input', async () => {
    const id = await received();
    const unseen = { ...collect(1201), receipt: { series: 'AB/26P', number: 1201, seenOnPaper: false } } as unknown as DossierActInput;
    const nothing = collect(1201, { lines: [{ kind: 'levy', name: '', quantity: 1, dong: 0 }] });
    for (const bad of [unseen, nothing, { act: 'exemptFee', kinds: ['levy'], ground: ' ' } as DossierActInput]) expect(codeOf(await act(id, bad))).toBe('request.malformed');
    expect((await must(id, { act: 'exemptFee', kinds: ['levy'], ground: 'Hộ nghèo' })).fees).toMatchObject({ levy: { standing: 'settled', exemptBy: 'Hộ nghèo' }, charge: { standing: 'owed' } });
  });

  test('does not go back twice', async () => {
    const id = await received();
    const { id: collection } = lastEntry(await must(id, collect(1301)));
    const back = (dong: number): DossierActInput => ({ act: 'refundFee', collection, sums: [{ kind: 'levy', dong }], means: 'cash', to: 'Lý Tả Mẩy', reason: 'Được miễn' });
    expect(codeOf(await act(id, back(8_001)))).toBe('fees.refundTooMuch');
    await must(id, back(8_000));
    expect(codeOf(await act(id, back(1)))).toBe('fees.refundTooMuch');
    expect(codeOf(await act(id, { act: 'voidFee', entry: collection, reason: 'x', receipt: 'spoiled' }))).toBe('fees.hasRefund');
    expect(codeOf(await act(id, { ...back(1), collection: 'nobody:1' } as DossierActInput))).toBe('fees.unknownEntry');
  });

  test('is denied to whoever may not take it, give it back or take an entry back', async () => {
    const id = await received();
    const { id: entry } = lastEntry(await must(id, collect(1401)));
    const refund: DossierActInput = { act: 'refundFee', collection: entry, sums: [{ kind: 'levy', dong: 1 }], means: 'cash', to: 'x', reason: 'x' };
    const voiding: DossierActInput = { act: 'voidFee', entry, reason: 'x', receipt: 'spoiled' };
    await desk.signIn(ARCHIVIST);
    for (const doing of [collect(1402), { act: 'exemptFee', kinds: ['levy'], ground: 'x' }, { act: 'issueFeeReceipt', collection: entry, receipt: { series: 'A', number: 1, seenOnPaper: true } }, refund, voiding] as DossierActInput[]) {
      expect([doing.act, codeOf(await act(id, doing))]).toEqual([doing.act, 'session.notPermitted']);
    }
    await desk.signIn(PROCESSING);
    for (const doing of [refund, voiding]) expect([doing.act, codeOf(await act(id, doing))]).toEqual([doing.act, 'session.notPermitted']);
    const acts = new Map((await desk.must('dossiers.get', { id })).dossier.acts.map((one) => [one.act, one]));
    expect([acts.get('collectFee')?.possible, acts.get('refundFee')?.possible, acts.get('voidFee')?.why]).toEqual([true, false, 'Người ghi hoặc lãnh đạo bỏ được.']);
  });
});

describe('the cash sheet', () => {
  test('adds up what is in effect, by means and officer, and lists what was voided without counting it', async () => {
    office.time.ms = Math.max(office.time.ms, officeInstant('2026-12-07', 9 * 60));
    const day = '2026-12-07';
    await desk.signIn(RECEPTION);
    const [one, two, three] = [await received(), await received(), await received()];
    const paid = lastEntry(await must(one, collect(2001)));
    await must(two, collect(2002, { means: 'transfer', reference: 'FT26341' }));
    const wrong = lastEntry(await must(three, collect(2003)));
    await must(three, { act: 'voidFee', entry: wrong.id, reason: 'Nhầm hồ sơ', receipt: 'spoiled' });
    await must(three, { act: 'exemptFee', kinds: ['charge', 'levy'], ground: 'Người có công', evidence: 'Thẻ' });
    await must(one, { act: 'refundFee', collection: paid.id, sums: [{ kind: 'charge', dong: 6_000 }], means: 'cash', to: 'Lý Tả Mẩy', reason: 'Thu thừa' });
    await desk.signIn(EVERYTHING);
    await must(await received(), collect(2004));
    const all = await sheet(day);
    expect(all.sums).toMatchObject({
      collected: { cash: { charge: 32_000, levy: 16_000 }, transfer: { charge: 16_000, levy: 8_000 } }, refunded: { cash: { charge: 6_000, levy: 0 } },
      net: { charge: 42_000, levy: 24_000 }, netDong: 66_000, netCashDong: 42_000, collections: 3, refunds: 1, exemptions: 1, voids: 1,
    });
    expect(all.inWords).toBe('Sáu mươi sáu nghìn đồng');
    expect(all.lines.filter(({ voided }) => voided !== null)).toMatchObject([{ receipt: { number: 2003 }, voided: { reason: 'Nhầm hồ sơ', byName: RECEPTION } }]);
    expect((await sheet(day, day, { officer: officers[RECEPTION]! })).sums.netDong).toBe(42_000);
    expect(all.groups.map(({ officerName, deskName, sums }) => [officerName, deskName, sums.netDong])).toEqual([[EVERYTHING, 'Máy 1', 24_000], [RECEPTION, 'Máy 1', 42_000]]);
    const { html } = await desk.must('fees.sheetPaper', { from: day, to: day });
    for (const words of ['BẢNG KÊ THU PHÍ, LỆ PHÍ', 'Ngày 07/12/2026', 'AB/26P<br>0002001', 'Sáu mươi sáu nghìn đồng', 'Người có công', 'Nhầm hồ sơ']) expect(html).toContain(words);
    expect(codeOf(await desk.call('fees.sheet', { from: day, to: MONDAY }))).toBe('fees.badPeriod');
  });

  test('ends with the business day of the office: 23:59 and 00:00 in Hà Nội stand on two sheets', async () => {
    office.time.ms = officeInstant('2026-12-14', 23 * 60 + 59);
    const late = await received();
    await must(late, collect(3001));
    office.time.ms = officeInstant('2026-12-15', 0);
    await must(await received(), collect(3002));
    const numbers = async (day: string) => (await sheet(day)).lines.map(({ receipt }) => receipt?.number);
    expect([await numbers('2026-12-14'), await numbers('2026-12-15')]).toEqual([[3001], [3002]]);
    // Money that goes back later stands on its own day and leaves the sheet of the day before as it was.
    const { id: collection } = lastEntry((await desk.must('dossiers.get', { id: late })).dossier);
    await must(late, { act: 'refundFee', collection, sums: [{ kind: 'levy', dong: 8_000 }], means: 'cash', to: 'Lý Tả Mẩy', reason: 'Được miễn' });
    expect((await sheet('2026-12-14')).sums.netDong).toBe(24_000);
    expect((await sheet('2026-12-15')).sums.netDong).toBe(16_000);
    expect((await sheet('2026-12-14', '2026-12-15')).sums.netDong).toBe(40_000);
  });

  test('says of its days that nobody has confirmed them, as every paper that was dated after a fault of the clock', async () => {
    const day = desk.desk.clock.businessDate();
    const paper = async () => (await desk.must('fees.sheetPaper', { from: day, to: day })).html;
    expect(await paper()).not.toContain('ngày giờ chưa xác minh');
    const { clock } = desk.desk;
    Object.defineProperty(clock, 'unverified', { get: () => true, configurable: true });
    expect(await paper()).toContain('(ngày giờ chưa xác minh)');
    Object.defineProperty(clock, 'unverified', { get: () => false, configurable: true });
  });

  test('is what the dossiers fold to, is remade by a rebuild, and is checked by verify', async () => {
    const { db, log } = desk.desk;
    const subjects = db.all<{ dossier: string }>("SELECT DISTINCT json_extract(entry, '$.dossier') AS dossier FROM fee_entries");
    const folded = subjects.flatMap(({ dossier }) => [...cashLinesOf(foldDossier(log.listSubject(dossier as SubjectId), desk.desk.office())!)]);
    expect((await sheet(MONDAY, '2026-12-31')).sums).toEqual(cashSums(folded.map(partOf)));
    const before = dumpProjections(db);
    expect(before['fees']!.length).toBeGreaterThan(8);
    for (const slice of rebuildSlices(db, log.names, desk.desk.office())) valueOf(slice);
    expect(dumpProjections(db)).toEqual(before);
    expect(verifyDesk(db, log.names, desk.desk.office()).faults).toEqual([]);
    for (const [there, back] of [['charge = charge + 1', 'charge = charge - 1'], ["date = '2026-12-08'", "date = '2026-12-07'"], ['officer = NULL', null], ['number = 2999', 'number = 2001']] as const) {
      const { officer, seq } = db.get<{ officer: number; seq: number }>('SELECT officer, seq FROM fee_entries WHERE number = 2001')!;
      db.run(`UPDATE fee_entries SET ${there} WHERE seq = ?`, seq);
      expect([there, verifyDesk(db, log.names, desk.desk.office()).faults.map(({ code }) => code)]).toEqual([there, ['projection.differs']]);
      db.run(`UPDATE fee_entries SET ${back ?? `officer = ${officer}`} WHERE seq = ?`, seq);
    }
  });
});

describe('a book of biên lai', () => {
  const book = (changes: Partial<InputOf<'fees.saveBook'>> = {}): InputOf<'fees.saveBook'> => ({
    idempotencyKey: randomUUID(), book: randomUUID(), series: 'CD/26P', first: 101, last: 110, desk: '', officer: officers[RECEPTION]!, ...changes,
  });
  const inBook = (number: number) => collect(number, { receipt: { series: 'CD/26P', number, seenOnPaper: true } });

  test('proposes the number behind the last one gone, lists gaps and spoiled sheets, and ends', async () => {
    const { here } = await desk.must('fees.books', {});
    const saved = book({ desk: here });
    await desk.must('fees.saveBook', saved);
    const next = async () => (await desk.must('fees.nextReceipts', {})).books.find(({ series }) => series === 'CD/26P')?.next;
    expect(await next()).toBe(101);
    const id = await received();
    await must(id, inBook(101));
    await must(id, inBook(104));
    await desk.must('fees.markNumber', { idempotencyKey: randomUUID(), receipt: { series: 'CD/26P', number: 102 }, spoiled: true, reason: 'Rách' });
    expect(codeOf(await act(id, inBook(102)))).toBe('fees.receiptSpoiled');
    expect(codeOf(await desk.call('fees.markNumber', { idempotencyKey: randomUUID(), receipt: { series: 'CD/26P', number: 101 }, spoiled: true, reason: 'Rách' }))).toBe('fees.receiptUsed');
    expect(codeOf(await desk.call('fees.markNumber', { idempotencyKey: randomUUID(), receipt: { series: 'CD/26P', number: 999 }, spoiled: true, reason: 'Rách' }))).toBe('fees.notInBook');
    expect(codeOf(await desk.call('fees.markNumber', { idempotencyKey: randomUUID(), receipt: { series: 'CD/26P', number: 103 }, spoiled: false, reason: 'Nhầm' }))).toBe('fees.notMarked');
    expect(await next()).toBe(105);
    const seen = async () => (await desk.must('fees.books', {})).books.find(({ id: one }) => one === saved.book)!;
    expect(await seen()).toMatchObject({ used: 2, next: 105, gaps: [{ from: 103, to: 103 }], spoiled: [{ number: 102, reason: 'Rách', from: 'marked' }], officerName: RECEPTION });
    await desk.must('fees.markNumber', { idempotencyKey: randomUUID(), receipt: { series: 'CD/26P', number: 102 }, spoiled: false, reason: 'Dán lại được' });
    expect(await seen()).toMatchObject({ spoiled: [], gaps: [{ from: 102, to: 103 }] });
    await must(id, inBook(110));
    expect([await next(), (await seen()).next]).toEqual([undefined, null]);
    expect(codeOf(await desk.call('fees.saveBook', { ...saved, idempotencyKey: randomUUID(), last: 105 }))).toBe('fees.bookInUse');
    await desk.must('fees.saveBook', { ...saved, idempotencyKey: randomUUID(), officer: officers[EVERYTHING]!, closed: true });
    expect(await seen()).toMatchObject({ closed: true, officerName: EVERYTHING });
  });

  test('is refused when it overlaps another, is upside down, or nobody holds it', async () => {
    const { here } = await desk.must('fees.books', {});
    expect(codeOf(await desk.call('fees.saveBook', book({ desk: here, first: 110, last: 120 })))).toBe('fees.bookOverlaps');
    expect(codeOf(await desk.call('fees.saveBook', book({ desk: here, first: 9, last: 2 })))).toBe('fees.badBook');
    expect(codeOf(await desk.call('fees.saveBook', book({ desk: here, series: 'EF/26P', officer: randomUUID() })))).toBe('dossiers.badOfficer');
    await desk.signIn(PROCESSING);
    expect(codeOf(await desk.call('fees.saveBook', book({ desk: here, series: 'EF/26P' })))).toBe('session.notPermitted');
    expect(codeOf(await desk.call('fees.markNumber', { idempotencyKey: randomUUID(), receipt: { series: 'CD/26P', number: 103 }, spoiled: true, reason: 'x' }))).toBe('session.notPermitted');
  });

  test('never proposes again what stood on an erased dossier', async () => {
    const { here } = await desk.must('fees.books', {});
    await desk.must('fees.saveBook', book({ desk: here, series: 'GH/26P', first: 1, last: 50 }));
    const id = await received();
    await must(id, collect(1, { receipt: { series: 'GH/26P', number: 1, seenOnPaper: true } }));
    await desk.must('dossiers.erase', { id, idempotencyKey: randomUUID(), reason: 'Theo quyết định' });
    expect((await desk.must('fees.nextReceipts', {})).books.find(({ series }) => series === 'GH/26P')?.next).toBe(2);
    expect(codeOf(await act(await received(), collect(1, { receipt: { series: 'GH/26P', number: 1, seenOnPaper: true } })))).toBe('fees.receiptSpoiled');
    expect(codeOf(await desk.call('fees.markNumber', { idempotencyKey: randomUUID(), receipt: { series: 'GH/26P', number: 1 }, spoiled: false, reason: 'x' }))).toBe('fees.notMarked');
  });
});
