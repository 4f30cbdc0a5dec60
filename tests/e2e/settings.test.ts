import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { callDesk, CLERK, expect, expectAccessible, LEADER, signIn, takePicture, test } from './desk-fixture.ts';

const ROOT = resolve(import.meta.dirname, '../..');

test('an administrator adds an officer, gives work and another password, and cannot remove the last administrator', async ({ page, desk, office }) => {
  await signIn(page, desk, LEADER);
  await page.getByRole('button', { name: 'Cài đặt' }).click();
  await takePicture(page, 'settings-mine');
  await page.getByRole('button', { name: 'Cán bộ', exact: true }).click();
  await page.getByRole('button', { name: 'Thêm cán bộ' }).click();
  await expect(page.getByLabel('Họ và tên')).toBeFocused();
  await page.keyboard.type('Sùng A Chứ');
  await page.getByLabel('Mật khẩu ban đầu').fill('nuoc-chay-da-mon');
  await page.getByLabel('Gõ lại mật khẩu').fill('nuoc-chay-da-mon');
  await takePicture(page, 'officers-new');
  await expectAccessible(page);
  await page.keyboard.press('F10');
  await expect(page.getByRole('row', { name: /Sùng A Chứ/ })).toBeVisible();
  await takePicture(page, 'officers');
  await expectAccessible(page);

  await page.getByRole('row', { name: /Đặng Văn Lâm/ }).click();
  await page.getByText('Đã nghỉ, không đăng nhập nữa').click();
  await page.keyboard.press('F10');
  await expect(page.getByText('Cơ quan phải còn ít nhất một quản trị.', { exact: false })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('row', { name: /Nguyễn Thị Hạnh/ }).click();
  await page.getByLabel(`Mật khẩu mới của ${CLERK.name}`).fill('mat-khau-khac-han');
  await page.getByLabel('Gõ lại mật khẩu').fill('mat-khau-khac-han');
  await page.getByRole('button', { name: 'Đặt lại mật khẩu' }).click();
  await expect(page.getByText(`Đã đặt lại mật khẩu của ${CLERK.name}.`, { exact: false })).toBeVisible();
  await expect(callDesk(desk, 'session.open', { officer: office.clerkId, password: 'mat-khau-khac-han' })).resolves.toMatchObject({ recovery: false });
});

test('a bad pack is refused whole with its line, and the packs in force stay', async ({ page, desk, office, folder }) => {
  expect(office.leaderId).not.toBe('');
  await signIn(page, desk, LEADER);
  await page.getByRole('button', { name: 'Cài đặt' }).click();
  await page.getByRole('button', { name: 'Gói danh mục, lịch' }).click();
  await expect(page.getByRole('table', { name: 'Các gói đã cài' })).toContainText('Đang dùng');
  const bad = join(folder, 'goi-sai.json');
  writeFileSync(bad, '{\n  "id": "goi-thu",\n  "version": "một"\n}\n');
  await page.locator('input[type=file]').setInputFiles(bad);
  await expect(page.getByRole('alert')).toContainText(/Dòng \d+: /);
  await takePicture(page, 'packs-refused');
  await expectAccessible(page);
});

test('the calendar and a local procedure are the office’s own acts', async ({ page, desk, office }) => {
  await signIn(page, desk, LEADER);
  await page.getByRole('button', { name: 'Cài đặt' }).click();
  await page.getByRole('button', { name: 'Giờ, ngày nghỉ' }).click();
  await page.getByLabel('Ngày', { exact: true }).fill('15/12/2026');
  await page.getByLabel('Vì sao').fill('Họp dân toàn xã');
  await page.keyboard.press('F10');
  await page.getByRole('button', { name: 'Lưu thay đổi' }).click();
  await expect(page.getByRole('row', { name: /Họp dân toàn xã/ })).toContainText('Cơ quan tự đặt');
  await takePicture(page, 'calendar');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Bỏ, theo gói lịch' }).click();
  await page.getByRole('button', { name: 'Lưu thay đổi' }).click();
  await expect(page.getByRole('row', { name: /Họp dân toàn xã/ })).toBeHidden();

  await page.getByRole('button', { name: 'Thủ tục riêng' }).click();
  await page.getByLabel('Tìm thủ tục để sửa').fill('khai sinh');
  await page.getByRole('option', { name: /1\.001193/ }).click();
  await page.getByLabel('Thời hạn nộp trực tiếp').fill('2');
  await page.keyboard.press('Enter');
  await page.keyboard.press('1');
  await expect(page.getByRole('radio', { name: 'ngày làm việc' })).toBeChecked();
  await page.getByLabel('Thêm một giấy').fill('Giấy xác nhận của trưởng thôn');
  await page.getByLabel('Lý do sửa').fill('Quy chế của Trung tâm');
  await takePicture(page, 'procedures');
  await expectAccessible(page);
  await page.keyboard.press('F10');
  await expect(page.getByText('Đã lưu phần riêng của thủ tục 1.001193.', { exact: false })).toBeVisible();
  const saved = await callDesk(desk, 'procedures.get', { code: '1.001193' }, office.leaderToken);
  expect(saved.localVersion).toBe(1);
  expect(saved.entry.terms.direct?.term).toEqual({ unit: 'working_day', value: 2 });
  expect(saved.entry.papers.at(-1)?.name).toBe('Giấy xác nhận của trưởng thôn');
});

test('a clerk reads the settings, and is told who can change them', async ({ page, desk, office }) => {
  expect(office.clerkId).not.toBe('');
  await signIn(page, desk, CLERK);
  await page.getByRole('button', { name: 'Cài đặt' }).click();
  await page.getByRole('button', { name: 'Cán bộ', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('Việc này cần quản trị làm. Chị nhờ quản trị giúp.');
  await takePicture(page, 'settings-denied');
  await page.getByRole('button', { name: 'Cơ quan', exact: true }).click();
  await expect(page.getByText('Chỉ quản trị sửa được mục này. Chị xem thì được.')).toBeVisible();
  await page.getByRole('button', { name: 'Về phần mềm' }).click();
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly version: string };
  await expect(page.getByText(version, { exact: true })).toBeVisible();
  await takePicture(page, 'about');
});

test('the question of the date comes when the clock cannot be believed, and is asked in words', async ({ page, desk, office }) => {
  expect(office.clerkId).not.toBe('');
  // The machine's clock is right, so the desk itself asks nothing and takes no answer: both are played here.
  let isAsked = true;
  await page.route('**/api/office', async (route) => {
    // The page may ask once more while the desk ends.
    const response = await route.fetch().catch(() => undefined);
    if (response === undefined) return route.abort();
    const state = await response.json() as { office: { dateQuestion: unknown; clockUnverified: boolean } | null };
    if (state.office !== null) state.office.clockUnverified = !isAsked;
    if (state.office !== null && isAsked) state.office.dateQuestion = { cause: 'earlierThanLastOperation', machineDate: '2019-01-01', lastDate: '2026-11-20' };
    await route.fulfill({ response, json: state });
  });
  await page.goto(desk.url);
  await page.getByRole('option', { name: CLERK.name }).click();
  await page.getByLabel(`Mật khẩu của ${CLERK.name}`).fill(CLERK.password);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Hôm nay là ngày nào?' });
  await expect(dialog).toContainText('Đồng hồ máy đang ghi thứ Ba 01/01/2019.');
  await expect(page.getByLabel('Ngày hôm nay')).toBeFocused();
  await takePicture(page, 'date-question');
  await expectAccessible(page);
  let answered: unknown;
  await page.route('**/api/desks/confirm-date', async (route) => {
    answered = route.request().postDataJSON();
    isAsked = false;
    await route.fulfill({ json: { clockUnverified: true } });
  });
  await page.keyboard.type('22112026');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText('ngày giờ chưa xác minh')).toBeVisible();
  expect(answered).toEqual({ date: '2026-11-22' });
  // The core ends before the page does, and a played answer would then ask nobody.
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

test('a new recovery code is printed and read back before it counts, and the former one opens nothing afterwards', async ({ page, desk, office }) => {
  await signIn(page, desk, LEADER);
  await page.getByRole('button', { name: 'Cài đặt' }).click();
  await page.getByRole('button', { name: 'Mã khôi phục', exact: true }).click();
  await expect(page.getByText('Mã khôi phục đang dùng')).toBeVisible();
  await takePicture(page, 'recovery-state');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Làm mã khôi phục mới' }).click();
  const code = page.getByTestId('recovery-code').locator('span');
  await expect(code).toHaveCount(7);
  const groups = await code.allTextContents();
  await takePicture(page, 'recovery-new');
  await expectAccessible(page);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText('MÃ KHÔI PHỤC', { exact: true })).toBeVisible();
  await takePicture(page, 'recovery-new-sheet');
  await page.emulateMedia({ media: 'screen' });
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('recovery-code')).toBeHidden();
  await expect(callDesk(desk, 'session.openByRecovery', { recoveryCode: office.recoveryCode })).resolves.toMatchObject({ recovery: true });

  await page.getByRole('button', { name: 'Làm mã khôi phục mới' }).click();
  await expect(code).toHaveCount(7);
  const kept = await code.allTextContents();
  expect(kept).not.toEqual(groups);
  await page.keyboard.press('F10');
  await expect(page.getByRole('textbox', { name: /Nhóm thứ/ })).toHaveCount(2);
  for (const field of await page.getByRole('textbox', { name: /Nhóm thứ/ }).all()) {
    const label = await field.evaluate((element) => (element as HTMLInputElement).labels?.[0]?.textContent ?? '');
    await expect(field).toBeFocused();
    await page.keyboard.type(kept[Number(/\d/.exec(label)?.[0]) - 1]!);
    await page.keyboard.press('Enter');
  }
  await takePicture(page, 'recovery-check');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(page.getByText(/Mã mới, tờ số \w{4}, đã dùng được trên máy này\./)).toBeVisible();
  await takePicture(page, 'recovery-renewed');
  await expectAccessible(page);
  await expect(callDesk(desk, 'session.openByRecovery', { recoveryCode: office.recoveryCode })).rejects.toThrow('session.wrongRecoveryCode');
  await expect(callDesk(desk, 'session.openByRecovery', { recoveryCode: kept.join('-') })).resolves.toMatchObject({ recovery: true });
});

test('an administrator takes back what a lost machine held, and passes a number over', async ({ page, desk, office }) => {
  await callDesk(desk, 'desks.admit', { name: 'Máy 2' }, office.leaderToken);
  await signIn(page, desk, LEADER);
  await page.getByRole('button', { name: 'Cài đặt' }).click();
  await page.getByRole('button', { name: 'Các máy' }).click();
  await expect(page.getByText('Trong tệp thêm máy chưa dùng')).toBeVisible();
  await takePicture(page, 'numbers');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Lấy lại ký hiệu' }).click();
  await page.keyboard.press('F10');
  await expect(page.getByText('Chỉ lấy lại khi không còn ai dùng máy ấy.')).toBeVisible();
  await takePicture(page, 'numbers-return');
  await expectAccessible(page);
  await page.getByText('Máy này hỏng hoặc mất rồi, không còn ai dùng').click();
  await page.getByLabel('Lý do').fill('Tệp thêm máy bị mất');
  await page.keyboard.press('F10');
  await expect(page.getByText(/Đã lấy lại ký hiệu 2, D, E, F\./)).toBeVisible();

  await page.getByRole('button', { name: 'Bỏ trống một số' }).click();
  await page.getByLabel('Số thứ tự bỏ trống').fill('2');
  await page.getByLabel('Lý do').fill('Tờ ghi số bị rách');
  await page.keyboard.press('F10');
  await expect(page.getByRole('alert')).toContainText('Số này chưa tới lượt');
  await takePicture(page, 'numbers-skip');
  await expectAccessible(page);
  await page.getByLabel('Số thứ tự bỏ trống').fill('1');
  await page.keyboard.press('F10');
  await expect(page.getByRole('table', { name: 'Số đã bỏ trống' })).toContainText('1001');
  await takePicture(page, 'numbers-skipped');
  await expectAccessible(page);
});

test('the parts are chosen and entered by keyboard', async ({ page, desk, office }) => {
  expect(office.clerkId).not.toBe('');
  await signIn(page, desk, CLERK);
  await page.getByRole('button', { name: 'Cài đặt' }).click();
  await page.getByRole('button', { name: 'Giờ, ngày nghỉ' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Giờ, ngày nghỉ' })).toBeFocused();
  await expect(page.getByLabel('Năm', { exact: true })).toBeVisible();
  await page.keyboard.press('F6');
  await expect(page.getByLabel('Năm', { exact: true })).toBeFocused();
  await page.keyboard.press('Shift+F6');
  await expect(page.getByRole('button', { name: 'Của tôi' })).toBeFocused();
});
