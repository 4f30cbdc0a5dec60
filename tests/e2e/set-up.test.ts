import { officeDate } from '../../src-shared/lib/office-time.ts';
import { formatDate } from '../../src-renderer/text/format.ts';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { callDesk, CLERK, expect, expectAccessible, LEADER, restartDesk, setUpOffice, signIn, startDesk, takePicture, test } from './desk-fixture.ts';

const TODAY = formatDate(officeDate(Date.now())).replaceAll('/', '');

test.describe('the first desk of an office', () => {
  test('is set up by keyboard alone, and its recovery code is proved to be kept', async ({ page, desk }) => {
    await page.goto(desk.url);
    const keys = page.keyboard;
    await expect(page.getByRole('heading', { name: 'Máy này dùng để làm gì?' })).toBeVisible();
    await expectAccessible(page);
    await takePicture(page, 'set-up-0-choose');
    await keys.press('1');

    await expect(page.getByLabel('Tỉnh, thành phố')).toBeFocused();
    await keys.type('lao cai');
    await keys.press('Enter');
    await expect(page.getByRole('radio', { name: 'Xã' })).toBeFocused();
    await keys.press('1');
    await expect(page.getByLabel('Tên xã, phường')).toBeFocused();
    await keys.type('Nậm Khâu');
    await keys.press('Enter');
    await keys.type('H99,27');
    await keys.press('Enter');
    await expect(page.getByText('Mã cơ quan dùng dấu chấm, không dùng dấu phẩy. Có phải là “H99.27”?')).toBeVisible();
    await takePicture(page, 'set-up-1-place-error');
    await page.getByRole('button', { name: 'Dùng H99.27' }).focus();
    await keys.press('Enter');
    await expect(page.getByLabel('Mã định danh cơ quan')).toHaveValue('H99.27');
    await expectAccessible(page);
    await page.getByLabel('Mã xã').focus();
    await keys.press('Enter');
    await keys.press('Enter');

    await expect(page.getByLabel('Dòng trên ở đầu giấy')).toHaveValue('ỦY BAN NHÂN DÂN XÃ NẬM KHÂU');
    await takePicture(page, 'set-up-2-head');
    await expectAccessible(page);
    for (let field = 0; field < 6; field += 1) await keys.press('Enter');

    await expect(page.getByRole('listbox', { name: 'Mã do máy này cấp là' })).toBeFocused();
    await keys.press('1');
    await expect(page.getByRole('listbox', { name: 'Ký hiệu dãy số của các máy' })).toBeFocused();
    await keys.press('1');
    await expect(page.getByRole('listbox', { name: 'Cơ quan có bao nhiêu máy?' })).toBeFocused();
    await takePicture(page, 'set-up-3-numbers');
    await expectAccessible(page);
    await keys.press('1');
    await expect(page.getByLabel('Tên máy này')).toBeFocused();
    await keys.press('Enter');
    await keys.press('Enter');

    await expect(page.getByLabel('Họ và tên')).toBeFocused();
    await keys.type('Đặng Văn Lâm');
    await keys.press('Enter');
    await keys.press('Enter');
    await keys.type('Giám đốc Trung tâm');
    await keys.press('Enter');
    await takePicture(page, 'set-up-4-administrator');
    await expectAccessible(page);
    await page.getByLabel('Mật khẩu', { exact: true }).focus();
    await keys.type('ba-tu-lien-nhau');
    await keys.press('Enter');
    await keys.type('ba-tu-lien-nhau');
    await keys.press('Enter');
    await keys.press('Enter');

    await expect(page.getByLabel('Ngày hôm nay')).toBeFocused();
    await keys.type(TODAY);
    await keys.press('F2');
    await expect(page.getByText('Phím F2 dùng được.')).toBeVisible();
    await takePicture(page, 'set-up-5-date');
    await expectAccessible(page);
    await keys.press('Enter');
    await keys.press('Enter');

    await expect(page.getByRole('heading', { name: 'Mã khôi phục của cơ quan' })).toBeVisible();
    const groups = await page.getByTestId('recovery-code').locator('span').allTextContents();
    expect(groups).toHaveLength(7);
    await takePicture(page, 'set-up-6-recovery');
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByText('MÃ KHÔI PHỤC', { exact: true })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Mã khôi phục của cơ quan' })).toBeHidden();
    await takePicture(page, 'set-up-6-recovery-sheet');
    await page.emulateMedia({ media: 'screen' });
    await expectAccessible(page);
    await keys.press('F10');
    await expect(page.getByTestId('recovery-code')).toBeHidden();
    for (const field of await page.getByRole('textbox').all()) {
      const label = await field.evaluate((element) => (element as HTMLInputElement).labels?.[0]?.textContent ?? '');
      await expect(field).toBeFocused();
      await keys.type(groups[Number(/\d/.exec(label)?.[0]) - 1]!);
      await keys.press('Enter');
    }
    await keys.press('Enter');
    await expect(page.getByRole('button', { name: 'Đổi người hoặc khóa máy: Đặng Văn Lâm' })).toBeVisible();
    await takePicture(page, 'set-up-7-desk');
  });
});

test('the foot of the set-up counts what is still wrong, and no more', async ({ page, desk }) => {
  await page.goto(desk.url);
  await page.getByRole('option', { name: 'Máy đầu tiên của cơ quan' }).click();
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'chỗ cần sửa' })).toHaveText('Còn 3 chỗ cần sửa');
  await page.getByLabel('Tên xã, phường').fill('Nậm Khâu');
  await expect(page.getByRole('alert').filter({ hasText: 'chỗ cần sửa' })).toHaveText('Còn 2 chỗ cần sửa');
  await page.getByLabel('Mã định danh cơ quan').fill('H99.27');
  await page.getByLabel('Tỉnh, thành phố').fill('lao cai');
  await page.getByRole('option', { name: /Lào Cai/ }).click();
  await expect(page.getByText('chỗ cần sửa')).toHaveCount(0);
});

test.describe('a further desk', () => {
  test('joins by the file and the code that an existing desk made, and signs in with the same accounts', async ({ page, desk, office, folder }) => {
    expect(office.leaderId).not.toBe('');
    await signIn(page, desk, LEADER);
    await page.getByRole('button', { name: 'Cài đặt' }).click();
    await page.getByRole('button', { name: 'Các máy' }).click();
    await page.getByLabel('Tên máy mới').fill('Máy 2');
    await page.getByRole('button', { name: 'Làm tệp thêm máy' }).click();
    const code = await page.getByTestId('join-code').textContent();
    await takePicture(page, 'desks-admitted');
    await expectAccessible(page);
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Lưu tệp ra USB' }).click();
    const file = join(folder, 'them-may.motcua');
    await (await downloading).saveAs(file);

    const second = await startDesk({ dataDir: join(folder, 'second'), stateDir: join(folder, 'second-state') });
    await page.goto(second.url);
    await page.getByRole('option', { name: 'Thêm máy vào cơ quan đã có' }).click();
    await expect(page.getByRole('button', { name: 'Chọn tệp' })).toBeFocused();
    await page.locator('input[type=file]').setInputFiles(file);
    await expect(page.getByLabel('Mã mở tệp')).toBeFocused();
    await page.keyboard.type('SAI-MA');
    await page.keyboard.press('Enter');
    await page.keyboard.type(TODAY);
    await takePicture(page, 'join');
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Tệp không mở được', { exact: false })).toBeVisible();
    await page.getByLabel('Mã mở tệp').fill(code!);
    await page.getByRole('button', { name: 'Thêm máy này' }).click();
    await expect(page.getByText('Máy này là “Máy 2”', { exact: false })).toBeVisible();
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: CLERK.name }).click();
    await page.getByLabel(`Mật khẩu của ${CLERK.name}`).fill(CLERK.password);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: `Đổi người hoặc khóa máy: ${CLERK.name}` })).toContainText('Máy 2');
    await second.stop();
  });
});

test.describe('a data folder that was copied', () => {
  test('works at once with the next series, says so once, and takes over what the old folder holds', async ({ page, folder }) => {
    const old = await startDesk({ dataDir: join(folder, 'old'), stateDir: join(folder, 'old-state') });
    const { leaderToken } = await setUpOffice(old);
    await old.stop();
    cpSync(join(folder, 'old'), join(folder, 'copy'), { recursive: true });
    // The old folder goes on after the copy was made.
    const again = await restartDesk(old);
    const session = await callDesk(again, 'session.open', { officer: (await callDesk(again, 'office.get', {})).signIn[0]!.id, password: LEADER.password });
    expect(session.token).not.toBe(leaderToken);
    await callDesk(again, 'settings.save', { key: 'idleLockMinutes', value: 7 }, session.token);
    await again.stop();

    const copy = await startDesk({ dataDir: join(folder, 'copy'), stateDir: join(folder, 'copy-state') });
    await page.goto(copy.url);
    await page.getByRole('option', { name: LEADER.name }).click();
    await page.getByLabel(`Mật khẩu của ${LEADER.name}`).fill(LEADER.password);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Máy này từ nay dùng dãy số A' })).toBeVisible();
    await takePicture(page, 'incarnation');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Lấy việc từ thư mục cũ' }).click();
    await page.getByLabel('Đường dẫn thư mục cũ').fill(join(folder, 'old'));
    await page.getByLabel('Mật khẩu của anh ở thư mục ấy').fill(LEADER.password);
    await page.getByRole('button', { name: 'Lấy việc về' }).click();
    await expect(page.getByText(/Đã lấy về \d+ việc của 0 hồ sơ\./)).toBeVisible();
    await takePicture(page, 'desks-imported');
    await page.reload();
    await expect(page.getByRole('button', { name: 'Lấy việc về' })).toBeVisible();
    await expect(page.getByRole('dialog')).toBeHidden();
    await copy.stop();
  });
});
