import type { Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import type { OutputOf } from '../../src-shared/contract/contract.ts';
import { callDesk, CLERK, expect, expectAccessible, LEADER, openDossier, signIn, takePicture, test, type RunningDesk } from './desk-fixture.ts';

type Dossier = OutputOf<'dossiers.get'>['dossier'];

async function receive(desk: RunningDesk, token: string): Promise<Dossier> {
  const { dossier } = await callDesk(desk, 'dossiers.receive', {
    idempotencyKey: randomUUID(), openedAt: Date.now(), procedureCode: '1.004873',
    owner: { type: 'individual', name: 'Tẩn Mùi Mẩy', sex: 'female', birthDate: '1999-08-09' },
    request: 'Xác nhận tình trạng hôn nhân để đăng ký kết hôn',
    papers: [{ name: 'Tờ khai', original: 1, certified: 0, photo: 0, seen: false, missing: false, compulsory: true }],
    appointment: { mode: 'typedTerm', term: { unit: 'working_day', value: 3 }, reason: 'Theo văn bản của thủ tục' },
  }, token);
  return dossier;
}

async function choose(page: Page, typed: string): Promise<void> {
  await page.keyboard.press('Alt+0');
  await expect(page.getByRole('combobox', { name: /Gõ vài chữ/ })).toBeFocused();
  await page.keyboard.type(typed);
  await page.keyboard.press('Enter');
}

/** The same browser, another officer: what was on the desk stays there. */
async function changeOfficer(page: Page, desk: RunningDesk, officer: { readonly name: string; readonly password: string }): Promise<void> {
  await page.context().clearCookies();
  await signIn(page, desk, officer);
  await openDossier(page, 'tan mui', 'Tẩn Mùi Mẩy');
}

test.describe('the acts on a dossier', () => {
  test('take it by keyboard alone from hand to hand, through money and an apology, to the post', async ({ page, desk, office }) => {
    const clerk = (await callDesk(desk, 'session.open', { officer: office.clerkId, password: CLERK.password })).token;
    const { id } = await receive(desk, clerk);
    const keys = page.keyboard;
    await signIn(page, desk, CLERK);
    await openDossier(page, 'tan mui', 'Tẩn Mùi Mẩy');
    await takePicture(page, 'acts-received');

    await keys.press('Alt+1');
    const officers = page.getByRole('listbox', { name: 'Giao cho ai' });
    await expect(officers).toBeFocused();
    await expect(officers.getByRole('option', { selected: true })).toHaveCount(0);
    await keys.press('F10');
    await expect(page.getByText(/Còn 1 chỗ|1 ô/).first()).toBeVisible();
    await expectAccessible(page);
    await takePicture(page, 'acts-assign');
    const digit = (await officers.getByRole('option').allTextContents()).findIndex((text) => text.includes(LEADER.name)) + 1;
    await keys.press(String(digit));
    await expect(officers.getByRole('option', { selected: true })).toHaveCount(1);
    await keys.press('Enter');
    await keys.type('Xem giúp trước thứ Tư');
    await keys.press('F10');
    await expect(page.getByText(`Đã giao cho ${LEADER.name}.`)).toBeVisible();

    await keys.press('Alt+2');
    await expect(page.getByRole('listbox', { name: 'Giao cho ai' })).toBeFocused();
    await keys.press('1');
    await expect(page.getByRole('option', { selected: true })).toHaveCount(1);
    await keys.press('F10');
    await expect(page.getByText(`Chờ ${LEADER.name} ký nhận.`)).toBeVisible();
    await expect(page.getByText(`ở ${LEADER.name}, chưa ký nhận giấy`)).toBeVisible();

    await changeOfficer(page, desk, LEADER);
    await takePicture(page, 'acts-to-sign');
    await keys.press('F10');
    await expect(page.getByText('Anh đã ký nhận hồ sơ giấy.')).toBeVisible();
    await keys.press('F10');
    await expect(page.getByText('Anh đã nhận xử lý hồ sơ này.')).toBeVisible();
    await takePicture(page, 'acts-processing');

    await keys.press('Alt+0');
    await expect(page.getByRole('combobox', { name: /Gõ vài chữ/ })).toBeFocused();
    await expectAccessible(page);
    await takePicture(page, 'acts-more');
    await page.setViewportSize({ width: 1024, height: 768 });
    await takePicture(page, 'acts-more-1024');
    await page.setViewportSize({ width: 1366, height: 768 });
    await keys.type('nop tien');
    await keys.press('Enter');
    await expect(page.getByLabel('Nộp khoản gì')).toBeFocused();
    await keys.type('Lệ phí cấp bản sao');
    await keys.press('Enter');
    await keys.type('8000');
    await expectAccessible(page);
    await takePicture(page, 'acts-duty');
    await keys.press('F10');
    await expect(page.getByText('Đã lưu yêu cầu nộp tiền. Đồng hồ đang dừng.')).toBeVisible();
    await takePicture(page, 'acts-waiting-duty');
    await keys.press('F10');
    await keys.type('Biên lai AB/26 số 0000123');
    await keys.press('F10');
    await expect(page.getByText('Đã ghi nộp tiền. Đồng hồ chạy tiếp.')).toBeVisible();

    await choose(page, 'xin loi');
    await expect(page.getByLabel('Lý do', { exact: true })).toBeFocused();
    await keys.type('Chờ xã cũ xác nhận');
    await keys.press('Enter');
    await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
    await keys.press('1');
    await expect(page.getByLabel('Thêm bao lâu')).toBeFocused();
    await keys.type('10');
    await expect(page.getByText(/^Hẹn mới: 17:00/)).toBeVisible();
    await expectAccessible(page);
    await takePicture(page, 'acts-apologise');
    await keys.press('F10');
    await expect(page.getByText('Đã lưu ngày hẹn mới. Nhớ báo cho người dân.')).toBeVisible();
    await expect(page.getByText('đã hẹn lại 1 lần')).toBeVisible();

    await keys.press('F10');
    await keys.type('112/XNTTHN');
    await keys.press('F10');
    await expect(page.getByText('Đã lưu kết quả. Hồ sơ chờ trả.')).toBeVisible();
    await keys.press('F8');
    await expect(page.getByRole('listbox', { name: 'Trả kết quả cho ai?' })).toBeFocused();
    await keys.press('1');
    await expect(page.getByLabel('Số căn cước')).toBeFocused();
    await page.getByRole('radio', { name: 'Qua bưu điện' }).focus();
    await keys.press('2');
    await expect(page.getByLabel('Số bưu gửi')).toBeFocused();
    await keys.type('RA123456785VN');
    await expectAccessible(page);
    await takePicture(page, 'acts-post');
    await keys.press('F10');
    await expect(page.getByText('Đã trả kết quả cho Tẩn Mùi Mẩy.')).toBeVisible();

    const { dossier } = await callDesk(desk, 'dossiers.get', { id }, clerk);
    expect(dossier).toMatchObject({ status: 'returned', statusCode: 10, handOver: { how: 'post', postOrder: 'RA123456785VN' }, apologies: 1 });
    expect(dossier.controlSheet.map(({ giver, taker }) => [giver, taker])).toEqual([
      ['Tẩn Mùi Mẩy', CLERK.name], [CLERK.name, LEADER.name], [CLERK.name, LEADER.name], [LEADER.name, null], ['Tẩn Mùi Mẩy', LEADER.name], [LEADER.name, null], [LEADER.name, 'Tẩn Mùi Mẩy'],
    ]);
    await keys.press('Escape');
    await page.getByRole('table', { name: 'Kiểm soát quá trình' }).scrollIntoViewIfNeeded();
    await takePicture(page, 'acts-control-sheet');
  });

  test('end it at the citizen\'s wish: nobody is chosen beforehand, and the reason is asked for', async ({ page, desk, office }) => {
    const clerk = (await callDesk(desk, 'session.open', { officer: office.clerkId, password: CLERK.password })).token;
    const { id } = await receive(desk, clerk);
    await signIn(page, desk, CLERK);
    await openDossier(page, 'tan mui', 'Tẩn Mùi Mẩy');
    const keys = page.keyboard;
    await choose(page, 'rut');
    const people = page.getByRole('listbox', { name: 'Ai xin rút' });
    await expect(people).toBeFocused();
    await keys.press('F10');
    await expect(page.getByText('Ghi lý do.')).toBeVisible();
    await expect(people).toBeFocused();
    await keys.press('1');
    await expect(people.getByRole('option', { selected: true })).toHaveCount(1);
    await keys.press('Enter');
    await keys.type('Chuyển về quê');
    await expectAccessible(page);
    await takePicture(page, 'acts-withdraw');
    await keys.press('F10');
    await expect(page.getByText('Đã ghi rút hồ sơ.')).toBeVisible();
    await expect(page.getByText('Hồ sơ đã xong, không còn việc phải làm.')).toBeVisible();
    await takePicture(page, 'acts-withdrawn');
    expect((await callDesk(desk, 'dossiers.get', { id }, clerk)).dossier).toMatchObject({ status: 'withdrawn', statusCode: 7, closingReason: 'Chuyển về quê' });
  });
});
