import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { callDesk, expect, expectAccessible, openDossier, signIn, startDesk, takePicture, test } from './desk-fixture.ts';

const LEADER = { name: 'Đặng Văn Lâm', password: 'nam-khau-lam' } as const;
const CLERK = { name: 'Nguyễn Thị Hạnh', password: 'nam-khau-hanh' } as const;
const SIZES = [[1366, 768, ''], [1024, 768, '-1024'], [1366, 650, '-650']] as const;

async function takeSizes(page: Page, name: string): Promise<void> {
  for (const [width, height, suffix] of SIZES) {
    await page.setViewportSize({ width, height });
    await takePicture(page, `${name}${suffix}`);
    await expectAccessible(page);
  }
  await page.setViewportSize({ width: 1366, height: 768 });
}

test('the steps of a flow are seen, moved on by keyboard, and handed on with the dossier', async ({ page, folder }) => {
  const desk = await startDesk({ dataDir: join(folder, 'practice'), stateDir: join(folder, 'state'), demo: true });
  await signIn(page, desk, CLERK);
  await openDossier(page, 'phan ta', 'Phàn Tả Mẩy');
  const steps = page.getByRole('region', { name: 'Các bước' });
  await expect(steps.getByRole('listitem').nth(1)).toContainText('Thẩm định');
  await expect(steps.locator('[aria-current=step]')).toContainText('quá hạn bước');
  await takeSizes(page, 'steps-dossier');

  // On to the next step, which stands chosen: Alt+0, its digit or letters, F10.
  await page.keyboard.press('Alt+0');
  await page.keyboard.type('chuyen buoc');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option', { selected: true })).toContainText('Phê duyệt');
  await takeSizes(page, 'steps-move');
  await page.keyboard.press('F10');
  await expect(page.getByText('Hồ sơ đã sang bước Phê duyệt.')).toBeVisible();
  await expect(steps.locator('[aria-current=step]')).toContainText('Phê duyệt');
  await takePicture(page, 'steps-moved');

  // Given to the leader, whose step is the next one: it is proposed by itself.
  await openDossier(page, 'vang seo', 'Vàng Seo Sính');
  await page.keyboard.press('Alt+2');
  const officers = page.getByRole('listbox', { name: 'Giao cho ai' });
  await expect(officers).toBeFocused();
  const digit = (await officers.getByRole('option').allTextContents()).findIndex((text) => text.includes(LEADER.name)) + 1;
  await page.keyboard.press(String(digit));
  await expect(page.getByRole('radio', { name: 'Chuyển sang Phê duyệt' })).toBeChecked();
  await takeSizes(page, 'steps-transfer');
  await page.keyboard.press('F10');
  await expect(page.locator('[aria-current=step]')).toContainText('Phê duyệt');
  await page.getByRole('heading', { name: 'Kiểm soát quá trình' }).scrollIntoViewIfNeeded();
  await takePicture(page, 'steps-control-sheet');

  await desk.stop();
});

test('a late step comes to the leader, who lays the steps of a procedure down', async ({ page, folder }) => {
  const desk = await startDesk({ dataDir: join(folder, 'practice'), stateDir: join(folder, 'state'), demo: true });
  const { signIn: people } = await callDesk(desk, 'office.get', {});
  const { token } = await callDesk(desk, 'session.open', { officer: people.find(({ name }) => name === LEADER.name)!.id, password: LEADER.password });
  await signIn(page, desk, LEADER);
  await page.getByRole('button', { name: 'Điều hành' }).click();
  await expect(page.getByRole('heading', { name: 'Quá hạn bước' })).toBeVisible();
  await takeSizes(page, 'steps-workload');

  await page.getByRole('button', { name: 'Cài đặt' }).click();
  await page.getByRole('button', { name: 'Thủ tục riêng' }).click();
  await page.getByLabel('Tìm thủ tục để sửa').fill('1.004873');
  await page.getByRole('option').first().click();
  const flow = page.getByRole('group', { name: 'Các bước, ai làm, bao lâu' });
  await expect(flow.getByText('Cộng các bước: 2 ngày làm việc')).toBeVisible();
  await flow.getByRole('button', { name: 'Thêm một bước' }).click();
  await flow.getByRole('textbox', { name: 'Bước 5' }).fill('Lưu hồ sơ');
  await flow.scrollIntoViewIfNeeded();
  await takeSizes(page, 'steps-editor');
  await page.getByLabel('Lý do sửa').fill('Quy trình nội bộ mới');
  await page.keyboard.press('F10');
  // The practice office had a flow of its own before, so the page says already that one is saved.
  const flowHere = async () => (await callDesk(desk, 'procedures.get', { code: '1.004873' }, token)).entry.flow.map(({ name }) => name);
  await expect.poll(flowHere).toEqual(['Tiếp nhận', 'Thẩm định', 'Phê duyệt', 'Trả kết quả', 'Lưu hồ sơ']);
  await expect(page.getByText(/Đã lưu phần riêng/)).toBeVisible();
  await desk.stop();
});
