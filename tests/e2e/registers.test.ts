import { join } from 'node:path';
import { callDesk, expect, expectAccessible, signIn, startDesk, takePicture, test } from './desk-fixture.ts';

const LEADER = { name: 'Đặng Văn Lâm', password: 'nam-khau-lam' } as const;

test('the register of a period with its sums, what is voided or passed over in it, and the results nobody has come for', async ({ page, folder }) => {
  const desk = await startDesk({ dataDir: join(folder, 'practice'), stateDir: join(folder, 'state'), demo: true });
  const { signIn: people } = await callDesk(desk, 'office.get', {});
  const { token } = await callDesk(desk, 'session.open', { officer: people.find(({ name }) => name === LEADER.name)!.id, password: LEADER.password });
  const { dossiers } = await callDesk(desk, 'dossiers.search', { tab: 'open', limit: 5 }, token);
  await callDesk(desk, 'dossiers.void', { id: dossiers[0]!.id, idempotencyKey: crypto.randomUUID(), reason: 'Nhận nhầm của xã bên' }, token);
  const { running } = await callDesk(desk, 'numbers.list', {}, token);
  const { next, token: series, period } = running.find(({ kind }) => kind === 'register')!;
  await callDesk(desk, 'numbers.skip', { idempotencyKey: crypto.randomUUID(), number: { kind: 'register', token: series, period, counter: next }, reason: 'Tờ ghi số bị rách' }, token);
  await signIn(page, desk, LEADER);
  await page.getByRole('button', { name: 'Sổ theo dõi' }).click();
  await page.getByText('Năm nay', { exact: true }).click();
  await expect(page.getByText('Số bỏ trống: Tờ ghi số bị rách')).toBeVisible();
  await expect(page.getByText('Nhận nhầm của xã bên')).toBeVisible();
  await expect(page.getByText(/^Nhận \d+ · đang giải quyết \d+ .*đã bỏ 1 · số bỏ trống 1$/)).toBeVisible();
  for (const [width, height, name] of [[1366, 768, 'registers'], [1024, 768, 'registers-1024'], [1366, 650, 'registers-650']] as const) {
    await page.setViewportSize({ width, height });
    await takePicture(page, name);
    await expectAccessible(page);
  }
  // By keyboard into the lines, open one, and back to the same period.
  for (let step = 0; step < 4 && !(await page.locator('[data-block="3"] tr:focus').isVisible()); step += 1) await page.keyboard.press('F6');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Sổ theo dõi' })).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(page.getByText('Số bỏ trống: Tờ ghi số bị rách')).toBeVisible();
  await page.getByText('Chọn ngày', { exact: true }).click();
  await page.getByLabel('Nhận từ ngày').fill('01012026');
  await page.keyboard.press('Tab');
  await takePicture(page, 'registers-days');
  await page.getByText('Chưa đến nhận kết quả').click();
  await expect(page.getByText(/kết quả đang chờ, lâu nhất ở trên/)).toBeVisible();
  await page.setViewportSize({ width: 1366, height: 768 });
  await takePicture(page, 'uncollected');
  await expectAccessible(page);
  await desk.stop();
});
