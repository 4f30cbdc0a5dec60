import type { Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { callDesk, CLERK, expect, expectAccessible, LEADER, signIn, startDesk, takePicture, test } from './desk-fixture.ts';

/** Opens the help of where the page stands, looks at it and closes it: what it is for always comes first. */
async function expectHelp(page: Page, title: string, picture?: string): Promise<void> {
  await page.keyboard.press('F1');
  const help = page.getByRole('dialog', { name: `Trợ giúp: ${title}`, exact: true });
  await expect(help).toBeVisible();
  await expect(help.getByRole('term').first()).toHaveText('Để làm gì');
  expect(await help.evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth)).toBeLessThanOrEqual(0);
  await expect(help.getByRole('button', { name: 'Đóng' })).toBeInViewport({ ratio: 1 });
  if (picture !== undefined) {
    await expectAccessible(page);
    await takePicture(page, picture);
  }
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
}

test('F1 says of every place what it is for, by keyboard and in a low window', async ({ page, desk, office }) => {
  await page.setViewportSize({ width: 1366, height: 650 });
  const { token } = await callDesk(desk, 'session.open', { officer: office.clerkId, password: CLERK.password });
  const { dossier } = await callDesk(desk, 'dossiers.receive', { idempotencyKey: randomUUID(), openedAt: Date.now(), procedureCode: '1.001193', owner: { type: 'individual', name: 'Tẩn Mùi Mẩy' }, request: 'Đăng ký khai sinh', receiptWanted: false }, token);
  await callDesk(desk, 'dossiers.act', { id: dossier.id, idempotencyKey: randomUUID(), act: { act: 'take' } }, token);
  await page.goto(desk.url);
  await page.getByRole('listbox').waitFor();
  await page.keyboard.press('F1');
  await expect(page.getByText('Bấm số trên thẻ tên, gõ mật khẩu, Enter.')).toBeVisible();
  await expectAccessible(page);
  await takePicture(page, 'help-sign-in-650');
  await page.keyboard.press('F1');
  await expect(page.getByText('Bấm số trên thẻ tên, gõ mật khẩu, Enter.')).toBeHidden();

  await signIn(page, desk, LEADER);
  await expectHelp(page, 'Hôm nay', 'help-today-650');
  await page.keyboard.press('F2');
  await expect(page.getByRole('heading', { name: 'Tiếp nhận hồ sơ' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Tìm thủ tục' }).focus();
  await expectHelp(page, 'Tiếp nhận hồ sơ', 'help-receive-650');
  for (const place of ['Trả kết quả', 'Chờ in', 'Điều hành', 'Nhập tỉnh', 'Hồ sơ']) {
    await page.getByRole('navigation', { name: 'Mục chính' }).getByRole('button', { name: new RegExp(`^${place}`) }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expectHelp(page, (await page.getByRole('heading', { level: 1 }).textContent())!);
  }
  await page.getByRole('row', { name: /Tẩn Mùi Mẩy/ }).dblclick();
  await expect(page.getByRole('region', { name: 'Tẩn Mùi Mẩy' })).toBeVisible();
  await expectHelp(page, 'Hồ sơ');
  await page.keyboard.press('F7');
  await expect(page.getByRole('heading', { name: 'Yêu cầu bổ sung giấy tờ' })).toBeVisible();
  await expectHelp(page, 'Yêu cầu bổ sung', 'help-act-650');
  await page.keyboard.press('Escape');
  await expectHelp(page, 'Hồ sơ');

  await page.getByRole('button', { name: 'Sổ theo dõi' }).click();
  for (const list of ['Sổ theo dõi hồ sơ', 'Chưa đến nhận kết quả', 'Bảng kê thu', 'Quyển biên lai']) {
    await page.getByText(list, { exact: true }).click();
    await expectHelp(page, list);
  }
  await page.getByRole('button', { name: 'Cài đặt' }).click();
  const parts = page.getByRole('navigation', { name: 'Các mục cài đặt' }).getByRole('button');
  for (const part of await parts.allTextContents()) {
    await parts.filter({ hasText: new RegExp(`^${part}$`) }).click();
    await expectHelp(page, part, part === 'Các máy' ? 'help-desks-650' : undefined);
  }

  await page.keyboard.press('Alt+L');
  await expect(page.getByRole('heading', { name: 'Màn hình đang khóa' })).toBeVisible();
  await page.keyboard.press('F1');
  await expect(page.getByText('Gõ mật khẩu của mình, Enter là làm tiếp đúng chỗ cũ.')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('F1');
  await page.keyboard.type(LEADER.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Màn hình đang khóa' })).toBeHidden();
});

test.describe('the tour of the first day', () => {
  test('is offered beside the work, walks the screens by keys, writes nothing, and comes again from the settings', async ({ page, desk, office }) => {
    const { token } = await callDesk(desk, 'session.open', { officer: office.clerkId, password: CLERK.password });
    await signIn(page, desk, CLERK);
    const offer = page.getByRole('region', { name: 'Ngày đầu làm ở máy này?' });
    const tour = page.getByRole('region', { name: 'Chỉ dẫn ngày đầu' });
    await expect(offer).toBeVisible();
    // The next citizen goes before: the tiles have the cursor, and nothing else does.
    await expect(page.getByRole('listbox', { name: 'Thủ tục hay làm' })).toBeFocused();
    await expectAccessible(page);
    await takePicture(page, 'tour-offer');
    await offer.getByRole('button', { name: 'Bắt đầu' }).press('Enter');
    await expect(tour).toContainText('Bước 1 trong 8');
    await expect(page.locator('[data-tour-here]')).toHaveText(/Tiếp nhận/);
    await takePicture(page, 'tour-home');
    await page.keyboard.press('F2');
    await expect(tour).toContainText('Bước 2 trong 8');
    await expect(page.getByRole('listbox', { name: 'Thủ tục hay dùng' })).toBeFocused();
    await page.setViewportSize({ width: 1366, height: 650 });
    await takePicture(page, 'tour-procedure-650');
    await expectAccessible(page);
    for (const title of ['Ghi người nộp', 'Đánh dấu giấy tờ', 'F10 để lưu và in', 'F3 để tìm', 'F8 để trả kết quả', 'F1 khi không rõ']) {
      await page.keyboard.press('Alt+T');
      await expect(tour).toContainText(title);
      await takePicture(page, `tour-${title.slice(0, 2).trim()}-650`);
    }
    await expect(page.locator('[data-tour-here]')).toHaveCount(1);
    await page.keyboard.press('Alt+T');
    await expect(tour).toBeHidden();
    await expect(page.locator('[data-tour-here]')).toHaveCount(0);
    expect(await callDesk(desk, 'drafts.list', {}, token)).toMatchObject({ drafts: [] });
    expect(await callDesk(desk, 'dossiers.counts', {}, token)).toMatchObject({ receivedToday: 0 });

    await page.reload();
    await page.getByRole('navigation', { name: 'Mục chính' }).getByRole('button', { name: 'Hôm nay' }).click();
    await expect(page.getByRole('listbox', { name: 'Thủ tục hay làm' })).toBeVisible();
    await expect(offer).toBeHidden();
    await page.getByRole('button', { name: 'Cài đặt' }).click();
    await page.getByRole('button', { name: 'Xem lại chỉ dẫn' }).scrollIntoViewIfNeeded();
    await takePicture(page, 'tour-again');
    await page.getByRole('button', { name: 'Xem lại chỉ dẫn' }).press('Enter');
    await expect(tour).toContainText('Bước 1 trong 8');
    await page.keyboard.press('F2');
    await expect(tour).toContainText('Bước 2 trong 8');
    // Esc ends the tour and leaves the form; Esc again goes back as always.
    await page.keyboard.press('Escape');
    await expect(tour).toBeHidden();
    await expect(page.getByRole('heading', { name: 'Tiếp nhận hồ sơ' })).toBeVisible();

    // Put aside by one officer, still offered to the other.
    await page.context().clearCookies();
    await signIn(page, desk, LEADER);
    await page.getByRole('navigation', { name: 'Mục chính' }).getByRole('button', { name: 'Hôm nay' }).click();
    await offer.getByRole('button', { name: 'Để sau' }).press('Enter');
    await expect(offer).toBeHidden();
  });

  test('follows who really receives in the practice office', async ({ page, folder }) => {
    const desk = await startDesk({ dataDir: join(folder, 'practice'), stateDir: join(folder, 'state'), demo: true });
    await page.addInitScript(() => { window.print = () => undefined; });
    await signIn(page, desk, { name: 'Nguyễn Thị Hạnh', password: 'nam-khau-hanh' });
    const tour = page.getByRole('region', { name: 'Chỉ dẫn ngày đầu' });
    await page.setViewportSize({ width: 1024, height: 768 });
    await page.getByRole('region', { name: 'Ngày đầu làm ở máy này?' }).scrollIntoViewIfNeeded();
    await takePicture(page, 'tour-practice-offer-1024');
    await page.getByRole('button', { name: 'Bắt đầu' }).press('Enter');
    await page.keyboard.press('F2');
    await expect(tour).toContainText('Chọn thủ tục');
    await page.getByRole('option', { name: /Đăng ký khai sinh/ }).first().click();
    await expect(tour).toContainText('Ghi người nộp');
    await page.keyboard.press('Alt+T');
    await expect(tour).toContainText('Bấm Space ở nút Đủ giấy bắt buộc.');
    await takePicture(page, 'tour-practice-papers-1024');
    await expectAccessible(page);
    await page.getByLabel('Họ tên', { exact: true }).fill('Giàng A Páo');
    await page.getByLabel('Họ tên trẻ').fill('Giàng Thị Mỷ');
    await page.getByRole('button', { name: 'Đủ giấy bắt buộc' }).click();
    await page.getByLabel('Ngày sinh').last().fill('01112026');
    await page.getByText('Nữ', { exact: true }).last().click();
    await page.keyboard.press('F10');
    await expect(page.getByRole('heading', { name: 'Đã tiếp nhận' })).toBeVisible();
    await expect(tour).toContainText('F3 để tìm');
    await takePicture(page, 'tour-practice-received-1024');
    await desk.stop();
  });
});
