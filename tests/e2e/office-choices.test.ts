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

test('the choices of the office are made on one screen, checked, and stand in the history', async ({ page, desk, office }) => {
  await signIn(page, desk, LEADER);
  await page.getByRole('button', { name: 'Cài đặt' }).click();
  await page.getByRole('button', { name: 'Cơ quan', exact: true }).click();
  await page.getByText('Một trăm lẻ năm nghìn đồng').click();
  await takePicture(page, 'office-choices');
  const from = page.getByLabel('Dùng mẫu giấy hẹn của Thông tư 03/2025 từ ngày');
  await from.fill('');
  await from.press('F10');
  await expect(page.getByText('Gõ ngày, ví dụ 01072025.')).toBeVisible();
  await from.fill('15082025');
  await page.getByRole('combobox', { name: 'Hồ sơ nhận sau giờ làm hoặc ngày nghỉ' }).click();
  await page.getByRole('option', { name: 'Coi như nhận vào ngày làm việc sau' }).click();
  await page.getByRole('button', { name: 'Thêm một tuổi' }).click();
  await page.getByLabel('Từ tuổi (dòng 5)').fill('18');
  for (const who of ['Nam', 'Nữ', 'Chưa rõ']) await page.getByLabel(`${who} (dòng 5)`).fill('cụ');
  await page.keyboard.press('F10');
  await expect(page.getByText('Tuổi này đã có ở dòng trên.')).toBeVisible();
  await takePicture(page, 'office-choices-wrong');
  await page.getByLabel('Từ tuổi (dòng 5)').fill('80');
  await page.getByRole('button', { name: 'Bỏ dòng 1' }).click();
  await takePicture(page, 'office-choices-bands');
  await expectAccessible(page);
  await expectAccessible(page);
  await page.keyboard.press('F10');
  await expect(page.getByText('Đã lưu', { exact: false }).first()).toBeVisible();
  const { token } = await callDesk(desk, 'session.open', { officer: office.leaderId, password: LEADER.password });
  expect((await callDesk(desk, 'settings.get', {}, token)).settings).toMatchObject({
    zeroTensWord: 'lẻ', receipt2025From: '2025-08-15', receptionOutsideHours: 'nextWorkingDayIsReceptionDay',
    citizenAddress: [{ fromAge: 18 }, { fromAge: 45 }, { fromAge: 60 }, { fromAge: 80, male: 'cụ', female: 'cụ', unknown: 'cụ' }],
  });
  // Each is an act with who and when, in words that people understand.
  await page.getByRole('button', { name: 'Lịch sử thiết lập', exact: true }).click();
  await expect(page.getByText('từ 80 tuổi: cụ, cụ, cụ', { exact: false })).toBeVisible();
  await expect(page.getByText('coi như nhận ngày làm việc sau', { exact: false })).toBeVisible();
  await takePicture(page, 'office-choices-history');
});
