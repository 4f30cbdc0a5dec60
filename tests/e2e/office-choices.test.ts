import { callDesk, CLERK, expect, expectAccessible, LEADER, signIn, takePicture, test } from './desk-fixture.ts';

test('who retires with open dossiers is named with their number and the way on, and retires all the same', async ({ page, desk, office }) => {
  const { token } = await callDesk(desk, 'session.open', { officer: office.clerkId, password: CLERK.password });
  for (const name of ['Giàng A Páo', 'Lò Thị Mai']) {
    await callDesk(desk, 'dossiers.receive', {
      idempotencyKey: crypto.randomUUID(), openedAt: Date.now(), procedureCode: '2.002516', request: 'Xác nhận thông tin hộ tịch', owner: { type: 'individual', name, address: 'Thôn Háng Tâu Dê' },
      appointment: { mode: 'typedTerm', term: { unit: 'working_day', value: 3 }, reason: 'Theo văn bản' },
    }, token);
  }
  await signIn(page, desk, LEADER);
  await takePicture(page, 'today-calendar-end');
  await expect(page.getByText(/Lịch nghỉ đang dùng/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Cài đặt' }).click();
  await page.getByRole('button', { name: 'Cán bộ', exact: true }).click();
  await page.getByRole('row', { name: new RegExp(CLERK.name) }).click();
  await page.getByText('Đã nghỉ, không đăng nhập nữa').click();
  await expect(page.getByText(`${CLERK.name} còn giữ 2 hồ sơ chưa xong.`, { exact: false })).toBeVisible();
  await takePicture(page, 'officers-retire-holds');
  await expectAccessible(page);
  await page.keyboard.press('F10');
  await expect(page.getByRole('row', { name: new RegExp(CLERK.name) })).toContainText('Đã nghỉ');
});

test('how sums are read is chosen with the other choices of the office', async ({ page, desk, office }) => {
  await signIn(page, desk, LEADER);
  await page.getByRole('button', { name: 'Cài đặt' }).click();
  await page.getByRole('button', { name: 'Cơ quan', exact: true }).click();
  await page.getByText('Một trăm lẻ năm nghìn đồng').click();
  await takePicture(page, 'office-choices');
  await expectAccessible(page);
  await page.keyboard.press('F10');
  await expect(page.getByText('Đã lưu', { exact: false }).first()).toBeVisible();
  const { token } = await callDesk(desk, 'session.open', { officer: office.leaderId, password: LEADER.password });
  expect((await callDesk(desk, 'settings.get', {}, token)).settings).toMatchObject({ zeroTensWord: 'lẻ' });
});
