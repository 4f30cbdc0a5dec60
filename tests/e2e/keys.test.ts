import type { Page } from '@playwright/test';
import { callDesk, CLERK, expect, expectAccessible, signIn, takePicture, test } from './desk-fixture.ts';

/** The keys of ux.md §4 that work wherever an officer is, and a cursor that is never nowhere. */

async function openBirthForm(page: Page): Promise<void> {
  await page.keyboard.press('F2');
  const tiles = page.getByRole('listbox', { name: 'Thủ tục hay dùng' });
  await tiles.getByRole('option').first().waitFor();
  const names = await tiles.getByRole('option').allInnerTexts();
  await page.keyboard.press(String(names.findIndex((name) => name.includes('Đăng ký khai sinh')) + 1));
  await expect(page.getByLabel('Họ tên', { exact: true })).toBeFocused();
}

test('F1 explains the field at hand and names every key, and gives the cursor back', async ({ page, desk, office }) => {
  void office;
  await signIn(page, desk, CLERK);
  await openBirthForm(page);
  await page.getByLabel('Ngày sinh').last().focus();
  await page.keyboard.press('F1');
  const help = page.getByRole('dialog', { name: 'Trợ giúp' });
  await expect(help).toContainText('Ô đang đứng: Ngày sinh');
  await expect(help).toContainText('Gõ 3/11, 0311 hoặc 03112026');
  for (const key of ['F2', 'F3', 'F4', 'F6', 'F7', 'F8', 'F10', 'Alt+L', 'Ctrl+K']) await expect(help.getByText(key, { exact: true })).toHaveCount(1);
  await takePicture(page, 'help');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await expect(page.getByLabel('Ngày sinh').last()).toBeFocused();
});

test('F2 receives and F8 hands over from every place, and Esc comes back', async ({ page, desk, office }) => {
  void office;
  await signIn(page, desk, CLERK);
  for (const place of ['Cài đặt', 'Hồ sơ']) {
    await page.getByRole('button', { name: place, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: place })).toBeVisible();
    await page.keyboard.press('F2');
    await expect(page.getByRole('heading', { level: 1, name: 'Tiếp nhận hồ sơ' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('heading', { level: 1, name: place })).toBeVisible();
    await page.keyboard.press('F8');
    await expect(page.getByRole('heading', { level: 1, name: 'Trả kết quả' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('heading', { level: 1, name: place })).toBeVisible();
  }
});

test('a digit pressed before the tiles have come still counts', async ({ page, desk, office }) => {
  void office;
  await page.clock.install();
  await signIn(page, desk, CLERK);
  const pressed = Promise.withResolvers<undefined>();
  // The core answers as it does; the answer waits on its way, as on a busy machine.
  await page.route('**/api/procedures?*', async (route) => {
    await pressed.promise;
    await route.continue();
  });
  await page.keyboard.press('F2');
  await page.reload();
  const tiles = page.getByRole('listbox', { name: 'Thủ tục hay dùng' });
  await expect(tiles).toBeFocused();
  await expect(tiles.getByRole('option')).toHaveCount(0);
  await page.keyboard.press('1');
  // Whether more digits follow, as from a scanner, is known by then.
  await page.clock.runFor(1_000);
  pressed.resolve(undefined);
  await expect(page.getByLabel('Họ tên', { exact: true })).toBeFocused();
  await expect(tiles).toHaveCount(0);
});

test('F2 in a form begins the next one, and Esc comes back to the one that waits', async ({ page, desk, office }) => {
  void office;
  await signIn(page, desk, CLERK);
  await openBirthForm(page);
  await page.keyboard.type('Lầu Thị Súa', { delay: 60 });
  await page.keyboard.press('F2');
  await expect(page.getByLabel('Họ tên', { exact: true })).toHaveValue('');
  // An empty form is the next person's already.
  await page.keyboard.press('F2');
  await page.keyboard.press('Escape');
  await expect(page.getByLabel('Họ tên', { exact: true })).toHaveValue('Lầu Thị Súa');
});

test('turning away and coming back leaves the cursor where it was', async ({ page, desk, office }) => {
  void office;
  await signIn(page, desk, CLERK);
  await openBirthForm(page);
  await page.getByLabel('Họ tên trẻ').focus();
  await page.keyboard.press('F7');
  await expect(page.getByRole('radio', { name: 'Hướng dẫn mang thêm giấy' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByLabel('Họ tên trẻ')).toBeFocused();
  // From among the papers, which are away meanwhile.
  await page.getByRole('button', { name: 'Đủ giấy bắt buộc' }).focus();
  await page.keyboard.press('F7');
  await page.keyboard.press('F7');
  await expect(page.getByRole('button', { name: 'Đủ giấy bắt buộc' })).toBeFocused();
});

test('Enter passes the button that ticks all papers: nobody ticks unseen papers on the way', async ({ page, desk, office }) => {
  void office;
  await signIn(page, desk, CLERK);
  await openBirthForm(page);
  await page.getByRole('button', { name: 'Đủ giấy bắt buộc' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('3 giấy bắt buộc, đã có 0')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Đủ giấy bắt buộc' })).not.toBeFocused();
  await page.getByRole('button', { name: 'Đủ giấy bắt buộc' }).focus();
  await page.keyboard.press('Space');
  await expect(page.getByText('3 giấy bắt buộc, đã có 3')).toBeVisible();
});

test('F6 reaches the appointment from the papers, and it is changed without a mouse', async ({ page, desk, office }) => {
  void office;
  await signIn(page, desk, CLERK);
  await openBirthForm(page);
  const change = page.getByRole('button', { name: 'Đổi ngày hẹn' });
  // The core computes the date; before it has come there is nothing to reach.
  await expect(change).toBeVisible();
  await page.getByRole('button', { name: 'Đủ giấy bắt buộc' }).focus();
  await page.keyboard.press('F6');
  await expect(change).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Ngày trả')).toBeFocused();
});

test('a draft is thrown away by a second press only', async ({ page, desk, office }) => {
  await signIn(page, desk, CLERK);
  await openBirthForm(page);
  await page.keyboard.type('Lầu Thị Súa', { delay: 60 });
  await expect(page.getByText('Đã giữ bản nháp trên máy')).toBeVisible();
  await page.keyboard.press('Escape');
  const drop = page.getByRole('button', { name: 'Bỏ', exact: true });
  await drop.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Giữ lại' })).toBeFocused();
  await takePicture(page, 'draft-drop');
  await page.keyboard.press('Enter');
  await drop.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Bỏ hẳn' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Đang nhập dở')).toBeHidden();
  const { token } = await callDesk(desk, 'session.open', { officer: office.clerkId, password: CLERK.password });
  expect((await callDesk(desk, 'drafts.list', {}, token)).drafts).toHaveLength(0);
});

test('Esc while another procedure is looked for keeps the one that was chosen', async ({ page, desk, office }) => {
  void office;
  await signIn(page, desk, CLERK);
  await openBirthForm(page);
  await page.keyboard.type('Lầu Thị Súa', { delay: 60 });
  await page.keyboard.press('Alt+1');
  await expect(page.getByRole('listbox', { name: 'Thủ tục hay dùng' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Đổi thủ tục' })).toBeFocused();
  await expect(page.getByLabel('Họ tên', { exact: true })).toHaveValue('Lầu Thị Súa');
});

test('what is typed into the palette offers first what is used most', async ({ page, desk, office }) => {
  void office;
  await signIn(page, desk, CLERK);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('khai sinh');
  const first = page.getByRole('dialog').getByRole('option').first();
  await expect(first).toContainText('Đăng ký khai sinh');
  await page.keyboard.press('Enter');
  await expect(page.getByText('1.001193', { exact: true })).toBeVisible();
});

test('a fault in one screen leaves the desk standing', async ({ page, desk, office, complaints }) => {
  void office;
  await signIn(page, desk, CLERK);
  await page.route('**/api/conflicts**', (route) => route.fulfill({ json: { conflicts: [null] } }));
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Màn này đang lỗi' })).toBeVisible();
  await takePicture(page, 'screen-fault');
  await page.unroute('**/api/conflicts**');
  await page.keyboard.press('F2');
  await expect(page.getByLabel('Họ tên', { exact: true })).toBeVisible();
  complaints.length = 0;
});
