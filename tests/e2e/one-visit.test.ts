import type { Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { officeDate } from '../../src-shared/lib/office-time.ts';
import { callDesk, CLERK, expect, expectAccessible, signIn, takePicture, test } from './desk-fixture.ts';

/** The line of the register and its sums, this year. */
async function openRegister(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sổ theo dõi' }).click();
  await page.getByText('Năm nay', { exact: true }).click();
}

test('a certification is received, paid, done and handed over in one visit; the register has it returned and the cash sheet the money', async ({ page, desk, office }) => {
  const { token } = await callDesk(desk, 'session.open', { officer: office.clerkId, password: CLERK.password });
  const { here } = await callDesk(desk, 'fees.books', {}, token);
  await callDesk(desk, 'fees.saveBook', { idempotencyKey: randomUUID(), book: randomUUID(), series: 'AB/26P', first: 101, last: 150, desk: here, officer: office.clerkId }, token);
  const { keyboard } = page;
  await signIn(page, desk, CLERK);
  await keyboard.press('F2');
  await page.getByRole('option', { name: /Chứng thực bản sao/ }).click();
  await expect(page.getByLabel('Họ tên', { exact: true })).toBeFocused();
  for (const word of ['Lò Thị Mai', 'bang tn', '2x3']) {
    await keyboard.type(word, { delay: 60 });
    if (word !== '2x3') await keyboard.press('Enter');
  }
  await keyboard.press('Alt+5');
  await expect(page.getByText('Trả ngay tại quầy')).toBeVisible();
  await keyboard.press('F10');
  // The citizen takes the copies along: no date to come again, and no paper that names one.
  await expect(page.getByText('Đã trả xong', { exact: true })).toBeVisible();
  await expect(page.locator('iframe')).toHaveCount(0);
  await expect(page.locator('main')).not.toContainText(/Hẹn trả|Mời .* đến lấy/);

  await keyboard.press('Alt+4');
  await expect(page.getByRole('checkbox', { name: /đúng là AB\/26P số 0000101/ })).toBeFocused();
  await keyboard.press('Space');
  await takePicture(page, 'one-visit-money');
  await expectAccessible(page);
  await keyboard.press('F10');
  await expect(page.getByText('Đã ghi khoản thu.')).toBeVisible();
  await expect(page.getByText('Hồ sơ đã xong, không còn việc phải làm.')).toBeVisible();
  await takePicture(page, 'one-visit-done');

  const { dossiers } = await callDesk(desk, 'dossiers.search', { query: 'lo thi mai' }, token);
  const { dossier } = await callDesk(desk, 'dossiers.get', { id: dossiers[0]!.id }, token);
  expect(dossier).toMatchObject({
    status: 'returned', statusCode: 10, handOver: { how: 'counter', receiverIs: 'owner', receiver: { name: 'Lò Thị Mai' } }, result: { summary: expect.stringMatching(/\p{L}/u) as unknown },
    fees: { charge: { standing: 'settled', paidDong: 12_000, openDong: 0 } }, jobs: [],
  });
  expect(dossier.controlSheet.map(({ giver, taker }) => [giver, taker])).toEqual([['Lò Thị Mai', CLERK.name], [CLERK.name, null], [CLERK.name, 'Lò Thị Mai']]);

  await openRegister(page);
  await expect(page.getByRole('row', { name: /Lò Thị Mai/ })).toContainText(dossier.code);
  await expect(page.getByText(/^Nhận 1 · đã trả 1$/)).toBeVisible();
  await takePicture(page, 'one-visit-register');
  const today = officeDate(Date.now());
  const sheet = await callDesk(desk, 'fees.sheet', { from: today, to: today }, token);
  expect(sheet.sums).toMatchObject({ netDong: 12_000, netCashDong: 12_000 });
  await page.getByText('Bảng kê thu', { exact: true }).click();
  await expect(page.getByText('Mười hai nghìn đồng', { exact: false })).toBeVisible();
  await expect(page.getByRole('row', { name: /AB\/26P/ })).toContainText('Lò Thị Mai');
});

test('a dossier is withdrawn: the history says who and why, nothing is due any more, the register keeps its line', async ({ page, desk, office }) => {
  const { token } = await callDesk(desk, 'session.open', { officer: office.clerkId, password: CLERK.password });
  const received = await callDesk(desk, 'dossiers.receive', {
    idempotencyKey: randomUUID(), openedAt: Date.now(), procedureCode: '1.004837', request: 'Đăng ký giám hộ cho cháu', receiptWanted: false,
    owner: { type: 'individual', name: 'Sùng Thị Mỷ', phone: '0900000123' },
    papers: [{ name: 'Tờ khai đăng ký giám hộ', original: 1, certified: 0, photo: 0, seen: false, missing: false, compulsory: true }],
  }, token);
  const { id, code } = received.dossier;
  const { keyboard } = page;
  await signIn(page, desk, CLERK);
  await keyboard.press('F3');
  await keyboard.type(code.slice(-4));
  await keyboard.press('Enter');
  await expect(page.getByRole('row', { name: /Sùng Thị Mỷ/ })).toBeVisible();
  await page.getByLabel('Tìm trong mọi hồ sơ').press('ArrowDown');
  await keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Sùng Thị Mỷ' })).toBeVisible();
  await keyboard.press('Alt+0');
  await keyboard.type('rut');
  await keyboard.press('Enter');
  await expect(page.getByRole('listbox', { name: 'Ai xin rút' })).toBeFocused();
  await keyboard.press('1');
  await expect(page.getByRole('option', { selected: true })).toBeVisible();
  await keyboard.press('Enter');
  await keyboard.type('Cháu về ở với ông bà ngoại');
  await keyboard.press('F10');
  await expect(page.getByText('Đã ghi rút hồ sơ.')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Lịch sử' }).or(page.locator('.history')).first()).toContainText('Cháu về ở với ông bà ngoại');
  const { dossier } = await callDesk(desk, 'dossiers.get', { id }, token);
  expect(dossier).toMatchObject({ status: 'withdrawn', statusCode: 7, closingReason: 'Cháu về ở với ông bà ngoại', result: null, handOver: null });
  expect(dossier.controlSheet.at(-1)).toMatchObject({ giver: CLERK.name, note: expect.stringContaining('Cháu về ở với ông bà ngoại') as unknown });
  expect(dossier.acts.filter(({ act, possible }) => possible && ['take', 'finish', 'handOver', 'requestSupplement'].includes(act))).toEqual([]);
  expect(await callDesk(desk, 'dossiers.counts', {}, token)).toMatchObject({ open: 0, overdue: 0, dueToday: 0, toHandOver: 0 });
  await openRegister(page);
  const line = page.getByRole('row', { name: /Sùng Thị Mỷ/ });
  await expect(line).toContainText('Đã rút');
  await expect(line).toContainText('Cháu về ở với ông bà ngoại');
  await expect(page.getByText(/^Nhận 1 · /)).toBeVisible();
  await takePicture(page, 'withdrawn-register');
});
