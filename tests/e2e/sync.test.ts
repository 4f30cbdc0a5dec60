import { SmallSyncServer } from '../helpers/small-sync-server.ts';
import { CLERK, expect, expectAccessible, LEADER, signIn, takePicture, test } from './desk-fixture.ts';

test('an administrator connects by address and code after comparing the fingerprint, and the foot of the screen tells what became of it', async ({ page, desk, office }) => {
  expect(office.leaderId).not.toBe('');
  const server = new SmallSyncServer();
  const address = await server.listen();
  await signIn(page, desk, LEADER);
  await page.getByRole('button', { name: 'Cài đặt' }).click();
  await page.getByRole('button', { name: 'Gửi lên tuyến trên' }).click();
  await expect(page.getByText('Máy này chưa kết nối với tuyến trên.', { exact: false })).toBeVisible();
  await takePicture(page, 'sync-off');
  await page.getByLabel('Địa chỉ máy chủ').fill(address);
  await page.getByLabel('Mã kết nối').fill(server.code);
  await page.getByRole('button', { name: 'Xem máy chủ' }).click();
  await expect(page.getByText(/^[0-9A-F]{4}( [0-9A-F]{4}){7}$/)).toBeVisible();
  await takePicture(page, 'sync-compare');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Giống, kết nối' }).click();
  await expect(page.getByText('Mọi việc đã lưu chắc trên máy này. Đã gửi hết', { exact: false })).toBeVisible();
  await expect(page.locator('.key-bar')).toContainText('Đã gửi hết lúc');
  await takePicture(page, 'sync-done');
  await expectAccessible(page);

  server.refusal = 'sync.revoked';
  await page.getByRole('button', { name: 'Gửi ngay' }).click();
  await expect(page.getByText('Tuyến trên đã ngừng nhận việc của máy này.', { exact: false })).toBeVisible();
  await expect(page.locator('.key-bar')).toContainText('Tuyến trên chưa nhận việc của máy này');
  server.refusal = null;
  await page.getByRole('button', { name: 'Tạm dừng' }).click();
  await expect(page.locator('.key-bar')).toContainText('Đang tạm dừng gửi');
  await page.getByRole('button', { name: 'Gửi tiếp' }).click();
  await expect(page.locator('.key-bar')).toContainText('Đã gửi hết lúc');
  await server.close();
  await page.getByRole('button', { name: 'Gửi ngay' }).click();
  await expect(page.getByText('Không tới được máy chủ', { exact: false })).toBeVisible();
  await expect(page.locator('.key-bar')).toContainText('Chưa có mạng, làm việc bình thường');
  await takePicture(page, 'sync-waiting');
});

test('a clerk sees what waits and who can connect', async ({ page, desk, office }) => {
  expect(office.clerkId).not.toBe('');
  await signIn(page, desk, CLERK);
  await page.getByRole('button', { name: 'Cài đặt' }).click();
  await page.getByRole('button', { name: 'Gửi lên tuyến trên' }).click();
  await expect(page.getByText('Chỉ quản trị sửa được mục này.', { exact: false })).toBeVisible();
  await expect(page.getByLabel('Địa chỉ máy chủ')).toHaveCount(0);
});
