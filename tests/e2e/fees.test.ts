import type { Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { officeDate } from '../../src-shared/lib/office-time.ts';
import { callDesk, CLERK, expect, expectAccessible, openDossier, signIn, takePicture, test, type RunningDesk } from './desk-fixture.ts';

/** As a procedure asks for them: phí and lệ phí both known. */
async function receive(desk: RunningDesk, token: string, ownerName: string, sums: { readonly fee: number; readonly levy: number }) {
  const { dossier } = await callDesk(desk, 'dossiers.receive', {
    idempotencyKey: randomUUID(), openedAt: Date.now(), procedureCode: '1.004873',
    owner: { type: 'individual', name: ownerName, sex: 'female', birthDate: '1999-08-09' },
    request: 'Xác nhận tình trạng hôn nhân để đăng ký kết hôn',
    appointment: { mode: 'typedTerm', term: { unit: 'working_day', value: 3 }, reason: 'Theo văn bản của thủ tục' },
    fee: { amount: { state: 'due', dong: sums.fee } }, levy: { amount: { state: 'due', dong: sums.levy } },
  }, token);
  return dossier;
}

async function choose(page: Page, typed: string): Promise<void> {
  await page.keyboard.press('Alt+0');
  await expect(page.getByRole('combobox', { name: /Gõ vài chữ/ })).toBeFocused();
  await page.keyboard.type(typed);
  await page.keyboard.press('Enter');
}

const tab = (page: Page, name: string) => page.getByText(name, { exact: true }).click();

test('money by keyboard: a book of biên lai, collected, refunded, voided, exempted, and read back on the cash sheet', async ({ page, desk, office }) => {
  const { token } = await callDesk(desk, 'session.open', { officer: office.clerkId, password: CLERK.password });
  const first = await receive(desk, token, 'Tẩn Mùi Mẩy', { fee: 16_000, levy: 8_000 });
  await receive(desk, token, 'Lầu Thị Dở', { fee: 0, levy: 8_000 });
  const keys = page.keyboard;
  await signIn(page, desk, CLERK);

  await page.getByRole('button', { name: 'Sổ theo dõi' }).click();
  await tab(page, 'Quyển biên lai');
  await expect(page.getByText('Chưa ghi quyển biên lai nào.', { exact: false })).toBeVisible();
  await keys.press('Alt+5');
  await expect(page.getByLabel('Ký hiệu')).toBeFocused();
  await keys.type('ab/26p');
  await keys.press('Enter');
  await keys.type('101');
  await keys.press('Enter');
  await keys.type('150');
  await keys.press('Tab');
  await takePicture(page, 'fees-book-form');
  await expectAccessible(page);
  await keys.press('F10');
  await expect(page.getByText('Đã lưu quyển AB/26P.')).toBeVisible();

  await openDossier(page, 'tan mui', 'Tẩn Mùi Mẩy');
  await takePicture(page, 'fees-owed');
  await keys.press('Alt+4');
  // All is known, so the paper is looked at first: Space and F10 are enough.
  await expect(page.getByRole('checkbox', { name: /đúng là AB\/26P số 0000101/ })).toBeFocused();
  await keys.press('F10');
  await expect(page.getByText(/Còn 1 chỗ|1 ô/).first()).toBeVisible();
  await takePicture(page, 'fees-collect');
  await expectAccessible(page);
  await keys.press('Space');
  await keys.press('F10');
  await expect(page.getByText('Đã ghi khoản thu.')).toBeVisible();
  await takePicture(page, 'fees-collected');
  await expectAccessible(page);

  await choose(page, 'hoan phi');
  await expect(page.getByLabel('Lý do', { exact: true })).toBeFocused();
  await keys.type('Được giảm phí bản sao');
  await page.getByLabel('Lệ phí', { exact: true }).fill('0');
  await page.getByLabel('Phí', { exact: true }).fill('6000');
  await keys.press('Tab');
  await takePicture(page, 'fees-refund');
  await expectAccessible(page);
  await keys.press('F10');
  await expect(page.getByText('Đã ghi hoàn tiền.')).toBeVisible();

  await openDossier(page, 'lau thi', 'Lầu Thị Dở');
  await keys.press('Alt+4');
  await expect(page.getByRole('checkbox', { name: /AB\/26P số 0000102/ })).toBeFocused();
  await keys.press('Space');
  await keys.press('F10');
  await expect(page.getByText('Đã ghi khoản thu.')).toBeVisible();
  await choose(page, 'bo mot lan');
  await expect(page.getByLabel('Lý do', { exact: true })).toBeFocused();
  await keys.type('Ghi nhầm hồ sơ');
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
  await page.getByRole('radio', { name: 'Đã viết, hỏng' }).focus();
  await keys.press('1');
  await expect(page.getByRole('radio', { name: 'Đã viết, hỏng' })).toBeChecked();
  await takePicture(page, 'fees-void');
  await expectAccessible(page);
  await keys.press('F10');
  await expect(page.getByText('Đã bỏ lần ghi ấy.', { exact: false })).toBeVisible();
  await choose(page, 'mien phi');
  await expect(page.getByLabel('Lý do được miễn')).toBeFocused();
  await keys.type('Hộ nghèo');
  await takePicture(page, 'fees-exempt');
  await expectAccessible(page);
  await keys.press('F10');
  await expect(page.getByText('Đã ghi được miễn.')).toBeVisible();
  await page.locator('.dossier-column').last().evaluate((column) => column.scrollTo(0, 10_000));
  await takePicture(page, 'fees-card');

  await page.getByRole('button', { name: 'Sổ theo dõi' }).click();
  await tab(page, 'Bảng kê thu');
  await expect(page.getByText('Mười tám nghìn đồng', { exact: false })).toBeVisible();
  await expect(page.getByText('1 lần thu, 1 lần hoàn, 1 lần miễn, 1 lần bỏ')).toBeVisible();
  for (const [width, height, name] of [[1366, 768, 'fees-sheet'], [1024, 768, 'fees-sheet-1024'], [1366, 650, 'fees-sheet-650']] as const) {
    await page.setViewportSize({ width, height });
    await takePicture(page, name);
    await expectAccessible(page);
  }
  await page.setViewportSize({ width: 1366, height: 768 });
  const today = officeDate(Date.now());
  const sheet = await callDesk(desk, 'fees.sheet', { from: today, to: today }, token);
  expect(sheet.sums).toMatchObject({ net: { charge: 10_000, levy: 8_000 }, netDong: 18_000, netCashDong: 18_000 });
  await keys.press('F9');
  const paper = page.frameLocator('iframe[title="Bảng kê sắp in"]');
  await expect(paper.getByText('BẢNG KÊ THU PHÍ, LỆ PHÍ')).toBeVisible();
  await expect(paper.getByText('Mười tám nghìn đồng')).toBeVisible();
  await takePicture(page, 'fees-paper');
  const sheetPage = await page.context().newPage();
  await sheetPage.goto(`${desk.url}/api/papers/cash-sheet?from=${today}&to=${today}`);
  await sheetPage.screenshot({ path: 'out/e2e-pictures/fees-paper-whole.png', fullPage: true });
  await sheetPage.close();
  // A browser never says what the printer did, so it is asked; what is out is printed again as a copy, and waits like every paper.
  await keys.press('F10');
  await expect(page.getByText('Giấy đã ra chưa?')).toBeVisible();
  await takePicture(page, 'fees-paper-asked');
  await expectAccessible(page);
  await keys.press('1');
  await expect(page.getByRole('option', { selected: true })).toHaveText(/Giấy đã ra/);
  await keys.press('Enter');
  await expect(page.getByText('Đã ghi: giấy đã in.')).toBeVisible();
  await keys.press('F10');
  await expect(page.getByText('Bản in lại lần 1')).toBeVisible();
  await expect(page.getByText('Giấy đã ra chưa?')).toBeVisible();
  await keys.press('Escape');
  await page.getByRole('navigation', { name: 'Mục chính' }).getByRole('button', { name: 'Chờ in' }).click();
  const line = page.locator('.print-queue-line').filter({ hasText: 'Bảng kê thu phí, lệ phí ngày' });
  await expect(line).toContainText('in lại lần 1');
  await takePicture(page, 'fees-paper-queue');
  await line.getByRole('button', { name: 'Mở' }).click();
  await expect(page.frameLocator('.paper-frame iframe').getByText('BẢN IN LẠI lần 1').first()).toBeVisible();
  await takePicture(page, 'fees-paper-opened');
  await expectAccessible(page);
  await keys.press('1');
  await expect(page.getByRole('option', { selected: true })).toHaveText(/Giấy đã ra/);
  await keys.press('Enter');
  await expect(page.getByText('Đã ghi: giấy đã in.')).toBeVisible();
  await expect(line).toHaveCount(0);
  await page.getByRole('button', { name: 'Sổ theo dõi' }).click();
  await tab(page, 'Bảng kê thu');
  await tab(page, 'Quyển biên lai');
  await expect(page.getByText('Hỏng: 0000102 (Ghi nhầm hồ sơ)')).toBeVisible();
  await expect(page.getByText('0000103, còn 48 tờ')).toBeVisible();
  await takePicture(page, 'fees-books');
  await expectAccessible(page);
  await keys.press('Alt+6');
  await expect(page.getByLabel('Số', { exact: true })).toBeFocused();
  await keys.press('Enter');
  await keys.type('Rách khi xé');
  await keys.press('F10');
  await expect(page.getByText('Đã ghi AB/26P số 0000103.')).toBeVisible();
  expect((await callDesk(desk, 'dossiers.get', { id: first.id }, token)).dossier.fees).toMatchObject({ charge: { standing: 'settled', paidDong: 10_000, openDong: 0 }, levy: { standing: 'settled' } });
});

test('what was neither taken nor exempted is warned of at the hand-over, which is done all the same', async ({ page, desk, office }) => {
  const { token } = await callDesk(desk, 'session.open', { officer: office.clerkId, password: CLERK.password });
  const { id } = await receive(desk, token, 'Tẩn Mùi Mẩy', { fee: 0, levy: 8_000 });
  for (const act of [{ act: 'take' }, { act: 'finish', result: { number: '9/XN', summary: 'Giấy xác nhận' } }] as const) await callDesk(desk, 'dossiers.act', { id, idempotencyKey: randomUUID(), act }, token);
  await signIn(page, desk, CLERK);
  await openDossier(page, 'tan mui', 'Tẩn Mùi Mẩy');
  await page.keyboard.press('F8');
  await expect(page.getByText('Hồ sơ còn khoản chưa thu')).toBeVisible();
  await expect(page.getByText('Lệ phí: còn 8.000 đ chưa thu.')).toBeVisible();
  await takePicture(page, 'fees-hand-over');
  await expectAccessible(page);
  await page.keyboard.press('1');
  await expect(page.getByLabel('Số căn cước')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('2');
  await expect(page.getByRole('radio', { name: 'Giấy hẹn', exact: true })).toBeChecked();
  await page.keyboard.press('F10');
  await expect(page.getByText('Đã trả kết quả cho Tẩn Mùi Mẩy.')).toBeVisible();
});
