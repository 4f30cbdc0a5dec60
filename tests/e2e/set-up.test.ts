import { officeDate } from '../../src-shared/lib/office-time.ts';
import { formatDate } from '../../src-renderer/text/format.ts';
import { expect, expectAccessible, takePicture, test } from './desk-fixture.ts';

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
