import { randomUUID } from 'node:crypto';
import { callDesk, CLERK, expect, expectAccessible, LEADER, openDossier, signIn, takePicture, test } from './desk-fixture.ts';

test('an act says the number of its form; the register lists what was given, undone and passed over; the office chooses who numbers', async ({ page, desk, office }) => {
  const { token } = await callDesk(desk, 'session.open', { officer: office.leaderId, password: LEADER.password });
  const clerk = (await callDesk(desk, 'session.open', { officer: office.clerkId, password: CLERK.password })).token;
  const receive = async (name: string) => (await callDesk(desk, 'dossiers.receive', {
    idempotencyKey: randomUUID(), openedAt: Date.now(), procedureCode: '2.002516', request: 'Xác nhận thông tin hộ tịch', owner: { type: 'individual', name, address: 'Thôn Háng Tâu Dê' },
    appointment: { mode: 'typedTerm', term: { unit: 'working_day', value: 3 }, reason: 'Theo văn bản' },
  }, clerk)).dossier.id;
  const ask = async (id: string) => (await callDesk(desk, 'dossiers.act', { id, idempotencyKey: randomUUID(), act: { act: 'requestSupplement', papers: ['Tờ khai'], reason: 'Thiếu' } }, token)).dossier;
  await ask(await receive('Giàng A Páo'));
  const undone = await ask(await receive('Lò Thị Mai'));
  await callDesk(desk, 'dossiers.act', { id: undone.id, idempotencyKey: randomUUID(), act: { act: 'undo', operation: undone.history.at(-1)!.id, reason: 'Nhầm người' } }, token);
  const series = (await callDesk(desk, 'numbers.list', {}, token)).running.find(({ kind }) => kind === 'supplementRequest')!;
  await receive('Tẩn Mùi Mẩy');

  await signIn(page, desk, LEADER);
  await openDossier(page, 'tan mui', 'Tẩn Mùi Mẩy');
  await page.keyboard.press('Alt+0');
  await expect(page.getByRole('combobox', { name: /Gõ vài chữ/ })).toBeFocused();
  await page.keyboard.type('tu choi');
  await page.keyboard.press('Enter');
  await page.getByLabel(/Lý do/).fill('Không thuộc thẩm quyền của xã');
  await page.keyboard.press('F10');
  await expect(page.getByText(`Số của phiếu: ${series.token}-001.`)).toBeVisible();
  await takePicture(page, 'form-number-said');

  await page.getByRole('button', { name: 'Sổ theo dõi' }).click();
  await page.getByText('Số phiếu', { exact: true }).click();
  await expect(page.getByText(`${series.token}-002`, { exact: true })).toBeVisible();
  await expect(page.getByText('Việc đã lùi lại')).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Năm' })).toHaveText(/^Năm 20\d\d$/);
  for (const [width, height, name] of [[1366, 768, 'form-numbers'], [1024, 768, 'form-numbers-1024']] as const) {
    await page.setViewportSize({ width, height });
    await takePicture(page, name);
    await expectAccessible(page);
  }
  await page.setViewportSize({ width: 1366, height: 768 });
  for (let step = 0; step < 4 && !(await page.locator('[data-block="3"] tr:focus').isVisible()); step += 1) await page.keyboard.press('F6');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Sổ theo dõi' })).toBeHidden();
  await page.keyboard.press('Escape');
  await page.getByText('Xin lỗi', { exact: true }).click();
  await expect(page.getByText(/chưa cấp số nào/)).toBeVisible();

  await page.getByRole('button', { name: 'Cài đặt' }).click();
  await page.getByRole('button', { name: 'Cơ quan', exact: true }).click();
  const card = page.locator('.card', { has: page.getByRole('heading', { name: 'Số của phiếu' }) });
  await card.getByText('Ghi tay', { exact: true }).first().click();
  await card.getByLabel(/Chữ sau số/).last().fill('PXL UBND');
  await card.getByRole('button', { name: 'Lưu cách đánh số' }).click();
  await expect(card.getByText('Chỉ gồm chữ, số, dấu gạch và dấu chấm ở giữa.')).toBeVisible();
  await card.getByLabel(/Chữ sau số/).last().fill('PXL-UBND');
  await expect(card.getByText('Sẽ thành số 1-007/PXL-UBND')).toBeVisible();
  await card.getByRole('button', { name: 'Lưu cách đánh số' }).click();
  await expect(card.getByText('Đã lưu', { exact: false })).toBeVisible();
  await card.scrollIntoViewIfNeeded();
  await takePicture(page, 'form-numbers-setting');
  await expectAccessible(page);
  expect((await callDesk(desk, 'settings.get', {}, token)).settings).toMatchObject({ formNumbers: { supplementRequest: { by: 'hand' }, refusal: { by: 'desk' }, apology: { by: 'desk', symbol: 'PXL-UBND' } } });

  await page.getByRole('button', { name: 'Các máy', exact: true }).click();
  await page.getByRole('button', { name: 'Bỏ trống một số' }).click();
  await page.getByRole('combobox', { name: 'Số nào' }).click();
  await page.getByRole('option', { name: 'Số phiếu từ chối' }).click();
  await expect(page.getByText('Số tiếp theo của máy này là 2.')).toBeVisible();
  await takePicture(page, 'form-number-skip');
  await expectAccessible(page);
});
