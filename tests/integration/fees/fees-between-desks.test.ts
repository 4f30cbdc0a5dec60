import { afterEach, expect, test } from 'vitest';
import { listDoubledReceipts } from '../../../src-main/core/features/conflicts/conflict-queries.ts';
import { listOfficeConflicts } from '../../../src-main/core/features/conflicts/office-conflicts.ts';
import { describeOperation } from '../../../src-main/core/features/dossiers/conflict-words.ts';
import { cashSheet } from '../../../src-main/core/features/fees/cash-sheet.ts';
import { bookView } from '../../../src-main/core/features/fees/receipt-books.ts';
import { verifyDesk } from '../../../src-node/operations/verify.ts';
import { operationId } from '../../../src-shared/domain/operations/operation.ts';
import { closeDesks, dossierOf, exchange, openFirstDesk, openNeighbour, receive, write } from '../../helpers/neighbour-desks.ts';
import { writeOffice } from '../../helpers/write-office.ts';

afterEach(closeDesks);

const collected = (number: number) => ({ lines: [{ kind: 'levy', name: 'Lệ phí', quantity: 1, dong: 8_000 }], means: 'cash', payer: 'Giàng A Páo', receipt: { series: 'AB/26P', number } });

test('one biên lai on two payments of two desks: both count, the conflict shows on both, and goes when the wrong one is voided', async () => {
  const one = await openFirstDesk();
  const two = openNeighbour(one);
  const book = '11111111-0000-4000-8000-000000000001';
  writeOffice(one.desk, one.officers.leader, 'receiptBook.saved', { book, series: 'AB/26P', first: 1, last: 50, desk: one.desk.deskId, officer: one.officers.reception, closed: false });
  const [first, second] = [receive(one), receive(two)];
  write(one, first, 'dossier.feeCollected', collected(7), 'reception');
  const wrong = write(two, second, 'dossier.feeCollected', collected(7), 'reception');
  expect(listDoubledReceipts(one.desk)).toEqual([]);
  exchange(one, two);
  const today = one.desk.clock.businessDate();
  for (const { desk } of [one, two]) {
    const shown = listOfficeConflicts(desk, describeOperation).filter(({ title }) => title.includes('AB/26P số 0000007'));
    expect(shown).toMatchObject([{ dossier: null, operations: [{ kind: 'dossier.feeCollected' }, { kind: 'dossier.feeCollected' }] }]);
    expect(cashSheet(desk, { from: today, to: today }).sums.netDong).toBe(16_000);
    expect(bookView(desk, desk.office().receiptBooks.get(book)!)).toMatchObject({ doubled: [7], used: 1 });
  }
  write(one, second, 'dossier.feeVoided', { entry: operationId(wrong.header), reason: 'Nhầm số', receipt: 'unwritten' }, 'leader');
  exchange(one, two);
  for (const { desk } of [one, two]) {
    expect(listDoubledReceipts(desk)).toEqual([]);
    expect(cashSheet(desk, { from: today, to: today }).sums).toMatchObject({ netDong: 8_000, voids: 1 });
  }
});

test('the same payment written at two desks is one, and its refund at either counts once', async () => {
  const one = await openFirstDesk();
  const dossier = receive(one);
  const two = openNeighbour(one);
  write(one, dossier, 'dossier.feeCollected', collected(9), 'reception');
  const twin = write(two, dossier, 'dossier.feeCollected', collected(9), 'reception');
  exchange(one, two);
  const today = one.desk.clock.businessDate();
  expect(listDoubledReceipts(two.desk)).toEqual([]);
  expect(cashSheet(two.desk, { from: today, to: today }).sums.netDong).toBe(8_000);
  write(two, dossier, 'dossier.feeRefunded', { collection: operationId(twin.header), sums: [{ kind: 'levy', dong: 8_000 }], means: 'cash', to: 'Giàng A Páo', reason: 'Được miễn' }, 'reception');
  exchange(one, two);
  expect(cashSheet(one.desk, { from: today, to: today }).sums.netDong).toBe(0);
  expect(dossierOf(one, dossier)?.conflicts).toEqual([]);
});

/** The same payment of one biên lai, as both desks typed it apart. */
async function writtenTwice() {
  const one = await openFirstDesk();
  const dossier = receive(one);
  const two = openNeighbour(one);
  const first = write(one, dossier, 'dossier.feeCollected', collected(9), 'reception');
  const twin = write(two, dossier, 'dossier.feeCollected', collected(9), 'reception');
  const today = one.desk.clock.businessDate();
  return { one, two, dossier, first, twin, netDong: (at: typeof one) => cashSheet(at.desk, { from: today, to: today }).sums.netDong };
}

test('an entry voided by a desk that did not know of the same payment at the other takes only its own: money that somebody has is not lost', async () => {
  const { one, two, dossier, first, twin, netDong } = await writtenTwice();
  one.clock.advance(60_000);
  write(one, dossier, 'dossier.feeVoided', { entry: operationId(first.header), reason: 'Gõ nhầm hồ sơ', receipt: 'unwritten' }, 'reception');
  expect([netDong(one), netDong(two)]).toEqual([0, 8_000]);
  exchange(one, two);
  for (const at of [one, two]) {
    expect(netDong(at)).toBe(8_000);
    expect(dossierOf(at, dossier)!.fees.map(({ id, voided }) => [id, voided !== null])).toEqual([[operationId(first.header), true], [operationId(twin.header), false]]);
    expect(verifyDesk(at.desk.db, at.desk.log.names, at.desk.office()).faults.filter(({ code }) => code.startsWith('projection'))).toEqual([]);
  }
  // Whoever knows both takes back what is left.
  write(two, dossier, 'dossier.feeVoided', { entry: operationId(twin.header), reason: 'Chưa thu', receipt: 'unwritten' }, 'leader');
  exchange(one, two);
  expect([netDong(one), netDong(two)]).toEqual([0, 0]);
});

test('the void came first and the other desk wrote the payment later: it stands', async () => {
  const one = await openFirstDesk();
  const dossier = receive(one);
  const two = openNeighbour(one);
  const first = write(one, dossier, 'dossier.feeCollected', collected(9), 'reception');
  write(one, dossier, 'dossier.feeVoided', { entry: operationId(first.header), reason: 'Gõ nhầm hồ sơ', receipt: 'unwritten' }, 'reception');
  one.clock.advance(60_000);
  write(two, dossier, 'dossier.feeCollected', collected(9), 'reception');
  exchange(one, two);
  for (const at of [one, two]) expect(dossierOf(at, dossier)!.fees.map(({ voided }) => voided !== null)).toEqual([true, false]);
});

test('a void that knows both entries of one payment takes both', async () => {
  const { one, two, dossier, twin, netDong } = await writtenTwice();
  exchange(one, two);
  write(two, dossier, 'dossier.feeVoided', { entry: operationId(twin.header), reason: 'Chưa thu', receipt: 'unwritten' }, 'leader');
  exchange(one, two);
  expect([netDong(one), netDong(two)]).toEqual([0, 0]);
  expect(dossierOf(one, dossier)!.conflicts).toEqual([]);
});

test('one refund of a payment that two desks wrote, written at both, goes back once', async () => {
  const { one, two, dossier, first, twin, netDong } = await writtenTwice();
  const back = (collection: string) => ({ collection, sums: [{ kind: 'levy', dong: 3_000 }], means: 'cash', to: 'Giàng A Páo', reason: 'Thu thừa' });
  write(one, dossier, 'dossier.feeRefunded', back(operationId(first.header)), 'reception');
  write(two, dossier, 'dossier.feeRefunded', back(operationId(twin.header)), 'reception');
  exchange(one, two);
  expect([netDong(one), netDong(two)]).toEqual([5_000, 5_000]);
  expect(dossierOf(one, dossier)!.conflicts).toEqual([]);
});

test('two desks record books that would print one number twice: both see it, until one is put right', async () => {
  const one = await openFirstDesk();
  const two = openNeighbour(one);
  const book = (id: number, first: number, last: number, closed = false) => ({ book: `11111111-0000-4000-8000-00000000000${id}`, series: 'AB/26P', first, last, desk: one.desk.deskId, officer: one.officers.reception, closed });
  writeOffice(one.desk, one.officers.leader, 'receiptBook.saved', book(1, 1, 50));
  writeOffice(two.desk, two.officers.reception, 'receiptBook.saved', book(2, 50, 100));
  exchange(one, two);
  const shown = ({ desk }: typeof one) => listOfficeConflicts(desk, describeOperation).filter(({ title }) => title === 'Hai quyển biên lai AB/26P trùng số');
  for (const at of [one, two]) expect(shown(at)).toMatchObject([{ dossier: null, operations: [{ kind: 'receiptBook.saved' }, { kind: 'receiptBook.saved' }] }]);
  writeOffice(one.desk, one.officers.leader, 'receiptBook.saved', book(2, 51, 100));
  exchange(one, two);
  for (const at of [one, two]) expect(shown(at)).toEqual([]);
});

test('a book put away at one desk while the other writes from it: the money counts, the book shows the sheet and stays put away', async () => {
  const one = await openFirstDesk();
  const dossier = receive(one);
  const book = { book: '11111111-0000-4000-8000-000000000001', series: 'AB/26P', first: 1, last: 50, desk: one.desk.deskId, officer: one.officers.reception };
  writeOffice(one.desk, one.officers.leader, 'receiptBook.saved', { ...book, closed: false });
  const two = openNeighbour(one);
  writeOffice(one.desk, one.officers.leader, 'receiptBook.saved', { ...book, closed: true });
  write(two, dossier, 'dossier.feeCollected', collected(7), 'reception');
  exchange(one, two);
  const today = one.desk.clock.businessDate();
  for (const { desk } of [one, two]) {
    expect(bookView(desk, desk.office().receiptBooks.get(book.book)!)).toMatchObject({ closed: true, used: 1, gaps: [{ from: 1, to: 6 }] });
    expect(cashSheet(desk, { from: today, to: today }).sums.netDong).toBe(8_000);
  }
});
