import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DossierActInput } from '../../../src-shared/contract/dossier-act-input.ts';
import { receiveInput, setUpCoreOffice, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';
import { learnFrom } from '../../helpers/learn-from.ts';
import { codeOf } from '../../helpers/open-test-desk.ts';

/** A dossier is erased at a desk that does not know of its payment. Its biên lai is written and torn out all the same. */
let office: CoreOffice;
let first: CoreDesk;
let second: CoreDesk;
let dossier: string;
beforeEach(async () => {
  office = await setUpCoreOffice();
  first = office.first;
  second = await office.join(first, 'Máy 2');
  dossier = (await first.must('dossiers.receive', receiveInput(office.time))).dossier.id;
  const { here } = await first.must('fees.books', {});
  const officer = (await first.must('session.current', {})).session!.officer!.id;
  await first.must('fees.saveBook', { idempotencyKey: randomUUID(), book: randomUUID(), series: 'AB/26P', first: 1, last: 50, desk: here, officer, closed: false });
  await learnFrom(second, first);
  const [blank] = [await collect(second, dossier, 3)];
  if (blank?.ok) await second.must('dossiers.act', { id: dossier, idempotencyKey: randomUUID(), act: { act: 'voidFee', entry: blank.value.dossier.fees.entries[0]!.id, reason: 'Nhầm số', receipt: 'unwritten' } });
  await collect(second, dossier, 1);
  await first.must('dossiers.erase', { id: dossier, idempotencyKey: randomUUID(), reason: 'Theo quyết định' });
});
afterEach(() => office.end());

const collect = (desk: CoreDesk, id: string, number: number) =>
  desk.call('dossiers.act', { id, idempotencyKey: randomUUID(), act: { act: 'collectFee', means: 'cash', payer: 'Lý Tả Mẩy', receipt: { series: 'AB/26P', number, seenOnPaper: true }, lines: [{ kind: 'levy', name: '', quantity: 1, dong: 8_000 }] } as DossierActInput });

async function expectGone(desk: CoreDesk): Promise<void> {
  const [book] = (await desk.must('fees.books', {})).books;
  expect(book).toMatchObject({ next: 2, spoiled: [{ number: 1, from: 'erased' }], doubled: [] });
  const { id } = (await desk.must('dossiers.receive', receiveInput(office.time))).dossier;
  expect(codeOf(await collect(desk, id, 1))).toBe('fees.receiptSpoiled');
  expect((await collect(desk, id, 3)).ok).toBe(true);
  expect((await desk.must('system.verify', {})).faults).toEqual([]);
  expect(desk.desk.db.value('SELECT COUNT(*) FROM operations WHERE subject = ? AND body IS NOT NULL', Buffer.from(dossier.replaceAll('-', ''), 'hex'))).toBe(0);
}

test('the desk that took the money says so of the number when it learns of the erasure', async () => {
  await learnFrom(second, first);
  await expectGone(second);
  await learnFrom(first, second);
  expect((await first.must('fees.books', {})).books[0]).toMatchObject({ spoiled: [{ number: 1, from: 'erased' }] });
  const { entries } = await first.must('office.history', { limit: 5 });
  expect(entries.filter(({ lines }) => lines.some(({ text }) => text === 'AB/26P số 0000001'))).toMatchObject([{ actorName: null, applied: true }]);
});

test('the desk that erased it does when the payment comes', async () => {
  await learnFrom(first, second);
  await expectGone(first);
});

test('said at both, it is said once', async () => {
  await learnFrom(second, first);
  await learnFrom(first, second);
  await learnFrom(second, first);
  for (const desk of [first, second]) expect((await desk.must('fees.books', {})).books[0]).toMatchObject({ spoiled: [{ number: 1, from: 'erased' }], doubled: [] });
});
