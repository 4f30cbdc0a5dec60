import { join } from 'node:path';
import { callDesk, expect, expectAccessible, signIn, startDesk, takePicture, test } from './desk-fixture.ts';

const LEADER = { name: 'Đặng Văn Lâm', password: 'nam-khau-lam' } as const;
const CLERK = { name: 'Nguyễn Thị Hạnh', password: 'nam-khau-hanh' } as const;

test('a leader sees what is late and why, who has how much, what was voided; everything by keyboard', async ({ page, browser, folder }) => {
  const desk = await startDesk({ dataDir: join(folder, 'practice'), stateDir: join(folder, 'state'), demo: true });
  const { signIn: people } = await callDesk(desk, 'office.get', {});
  const { token } = await callDesk(desk, 'session.open', { officer: people.find(({ name }) => name === LEADER.name)!.id, password: LEADER.password });
  const { dossiers } = await callDesk(desk, 'dossiers.search', { tab: 'open', limit: 5 }, token);
  await callDesk(desk, 'dossiers.void', { id: dossiers[0]!.id, idempotencyKey: crypto.randomUUID(), reason: 'Nhận nhầm của xã bên, đã báo người nộp' }, token);
  await callDesk(desk, 'dossiers.correct', { id: dossiers[1]!.id, idempotencyKey: crypto.randomUUID(), reason: 'Người nộp đọc lại', changes: { request: 'Đăng ký khai sinh cho cháu' } }, token);
  await signIn(page, desk, LEADER);
  await page.getByRole('button', { name: 'Điều hành' }).click();
  await expect(page.getByRole('heading', { name: 'Việc của từng người' })).toBeVisible();
  await expect(page.getByText('Nhận nhầm của xã bên, đã báo người nộp')).toBeVisible();
  for (const [width, height, name] of [[1366, 768, 'workload'], [1024, 768, 'workload-1024'], [1366, 650, 'workload-650']] as const) {
    await page.setViewportSize({ width, height });
    await takePicture(page, name);
    await expectAccessible(page);
  }
  // F6 walks from list to list, arrows within one, Enter opens, Esc comes back.
  for (let step = 0; step < 5 && !(await page.locator('[data-block="5"] tr:focus').isVisible()); step += 1) await page.keyboard.press('F6');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Điều hành' })).toBeHidden();
  await expect(page.getByText('Người nộp đọc lại').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Việc của từng người' })).toBeVisible();
  const other = await browser.newPage();
  await signIn(other, desk, CLERK);
  await expect(other.getByRole('button', { name: 'Điều hành' })).toBeHidden();
  await other.close();
  await desk.stop();
});
