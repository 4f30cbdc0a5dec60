/**
 * The way through the user guide (docs/vi), page by page. `npm run guide:pictures` keeps what is seen here as its pictures; the
 * ordinary run only walks. A test beside the texts holds that each picture of the guide is taken here, and each one taken is shown.
 */
import type { Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatDate } from '../../src-renderer/text/format.ts';
import { officeDate } from '../../src-shared/lib/office-time.ts';
import { exportedFile } from '../helpers/export-rows.ts';
import { writeXlsx } from '../helpers/write-sheet.ts';
import { callDesk, CLERK, expect, LEADER, signIn, startDesk, test, type RunningDesk } from './desk-fixture.ts';
import { takeGuidePicture } from './guide-picture.ts';

test.describe.configure({ timeout: 120_000 });
test.use({ viewport: { width: 1366, height: 768 }, actionTimeout: 10_000 });
test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => { window.print = () => undefined; });
});

const TODAY = formatDate(officeDate(Date.now())).replaceAll('/', '');

const place = (page: Page, name: string) => page.getByRole('navigation', { name: 'Mục chính' }).getByRole('button', { name: new RegExp(`^${name}`) }).click();
const part = async (page: Page, name: string) => {
  await place(page, 'Cài đặt');
  await page.getByRole('navigation', { name: 'Các mục cài đặt' }).getByRole('button', { name, exact: true }).click();
};
const list = (page: Page, name: string) => page.getByText(name, { exact: true }).click();

async function type(page: Page, ...words: readonly string[]): Promise<void> {
  for (const word of words) {
    await page.keyboard.type(word, { delay: 40 });
    await page.keyboard.press('Enter');
  }
}

async function choose(page: Page, typed: string): Promise<void> {
  await page.keyboard.press('Alt+0');
  await expect(page.getByRole('combobox', { name: /Gõ vài chữ/ })).toBeFocused();
  await type(page, typed);
}

/** The page as it is in the window of the program: its printers, and one that is out of paper. */
async function playWindow(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const answer = (value: object) => () => Promise.resolve({ ok: true, value });
    Object.assign(window, { motcua: {
      listPrinters: answer({ printers: [{ name: 'canon', label: 'Canon LBP2900' }] }),
      printPaper: answer({ outcome: 'failed', reason: 'refusedByPrinter' }),
      printTestPage: answer({ outcome: 'printed' }),
      savePaperAsPdf: answer({ outcome: 'canceled' }),
      about: answer({ version: '0.1.0', electron: '45', chrome: '153', coreNode: '24', dataDir: 'D:/motcua' }),
    } });
  });
  await page.reload();
}

/** An officer who is not asked about the tour any more: only the page about it shows it. */
async function signInAgain(page: Page, desk: RunningDesk, officer: { readonly name: string; readonly password: string }): Promise<void> {
  await page.context().clearCookies();
  await signIn(page, desk, officer);
  await place(page, 'Hôm nay');
  const later = page.getByRole('button', { name: 'Để sau' });
  await expect(page.getByRole('listbox', { name: 'Thủ tục hay làm' })).toBeVisible();
  if (await later.isVisible()) await later.click();
}

test('a first desk, its recovery code, a further desk', async ({ page, desk, folder }) => {
  await page.goto(desk.url);
  await expect(page.getByRole('listbox', { name: 'Cách bắt đầu' })).toBeFocused();
  await takeGuidePicture(page, 'chon-cach-bat-dau');
  await page.keyboard.press('1');
  await expect(page.getByLabel('Tỉnh, thành phố')).toBeFocused();
  await type(page, 'lao cai');
  await page.keyboard.press('1');
  await expect(page.getByLabel('Tên xã, phường')).toBeFocused();
  await type(page, 'Nậm Khâu', 'H99.27');
  await takeGuidePicture(page, 'khai-co-quan');
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
  await expect(page.getByRole('heading', { name: 'Giấy in ra đứng tên ai?' })).toBeVisible();
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
  await expect(page.getByRole('listbox', { name: 'Mã do máy này cấp là' })).toBeFocused();
  await page.keyboard.press('1');
  await expect(page.getByRole('listbox', { name: 'Ký hiệu dãy số của các máy' })).toBeFocused();
  await page.keyboard.press('1');
  await expect(page.getByRole('listbox', { name: 'Cơ quan có bao nhiêu máy?' })).toBeFocused();
  await takeGuidePicture(page, 'cap-so');
  await page.keyboard.press('1');
  await expect(page.getByLabel('Tên máy này')).toBeFocused();
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
  await page.getByLabel('Họ và tên').fill(LEADER.name);
  await page.getByLabel('Chức danh').fill('Giám đốc Trung tâm');
  await page.getByLabel('Mật khẩu', { exact: true }).fill(LEADER.password);
  await page.getByLabel('Gõ lại mật khẩu').fill(LEADER.password);
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
  await page.getByLabel('Ngày hôm nay').fill(TODAY);
  await page.getByRole('button', { name: 'Tạo cơ quan trên máy này' }).click();
  await expect(page.getByRole('heading', { name: 'Mã khôi phục của cơ quan' })).toBeVisible();
  const groups = await page.getByTestId('recovery-code').locator('span').allTextContents();
  await page.keyboard.press('F10');
  await expect(page.getByTestId('recovery-code')).toBeHidden();
  await takeGuidePicture(page, 'ma-khoi-phuc');
  for (const field of await page.getByRole('textbox').all()) {
    const label = await field.evaluate((element) => (element as HTMLInputElement).labels?.[0]?.textContent ?? '');
    await field.fill(groups[Number(/\d/.exec(label)?.[0]) - 1]!);
  }
  await page.getByRole('button', { name: 'Đã cất giấy, vào làm việc' }).click();

  await part(page, 'Các máy');
  await page.getByLabel('Tên máy mới').fill('Máy 2');
  await page.getByRole('button', { name: 'Làm tệp thêm máy' }).click();
  const code = (await page.getByTestId('join-code').textContent())!;
  await page.getByRole('button', { name: 'Đã ghi mã, đóng lại' }).scrollIntoViewIfNeeded();
  await takeGuidePicture(page, 'lam-tep-them-may', '[data-testid=join-code]');
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Lưu tệp ra USB' }).click();
  const file = join(folder, 'them-may-2.motcua');
  await (await downloading).saveAs(file);
  await page.getByRole('button', { name: 'Đã ghi mã, đóng lại' }).click();

  const second = await startDesk({ dataDir: join(folder, 'second'), stateDir: join(folder, 'second-state') });
  await page.goto(second.url);
  await page.getByRole('option', { name: 'Thêm máy vào cơ quan đã có' }).click();
  await page.locator('input[type=file]').setInputFiles(file);
  await takeGuidePicture(page, 'them-may');
  await page.getByLabel('Mã mở tệp').fill(code);
  await page.getByLabel('Ngày hôm nay').fill(TODAY);
  await page.getByRole('button', { name: 'Thêm máy này' }).click();
  await page.getByRole('button', { name: 'Sang đăng nhập' }).click();
  await page.getByRole('button', { name: 'Quên mật khẩu: mở bằng mã khôi phục' }).click();
  await expect(page.getByLabel('Mã khôi phục')).toBeFocused();
  await takeGuidePicture(page, 'mo-bang-ma');
  await second.stop();
});

test('a day at the counter: signing in, the tour, receiving, certifying, printing, locking', async ({ page, desk, office }) => {
  const { token } = await callDesk(desk, 'session.open', { officer: office.clerkId, password: CLERK.password });
  for (const name of ['Tẩn Mùi Mẩy', 'Lầu Thị Dở', 'Vàng Seo Sính']) {
    const { dossier } = await callDesk(desk, 'dossiers.receive', { idempotencyKey: randomUUID(), openedAt: Date.now(), procedureCode: '1.001193', receiptWanted: false, request: 'Đăng ký khai sinh', owner: { type: 'individual', name } }, token);
    await callDesk(desk, 'dossiers.act', { id: dossier.id, idempotencyKey: randomUUID(), act: { act: 'take' } }, token);
  }
  await page.goto(desk.url);
  await page.getByRole('option', { name: CLERK.name }).click();
  await expect(page.getByLabel(`Mật khẩu của ${CLERK.name}`)).toBeFocused();
  await takeGuidePicture(page, 'dang-nhap');
  await page.keyboard.type(CLERK.password);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Bắt đầu' }).click();
  await page.keyboard.press('F2');
  await expect(page.getByRole('region', { name: 'Chỉ dẫn ngày đầu' })).toContainText('Bước 2 trong 8');
  await takeGuidePicture(page, 'chi-dan');
  await page.keyboard.press('Escape');
  await place(page, 'Hôm nay');
  await page.getByRole('listbox', { name: 'Thủ tục hay làm' }).focus();
  await expect(page.getByRole('row', { name: /Tẩn Mùi Mẩy/ })).toBeVisible();
  await takeGuidePicture(page, 'hom-nay');

  await page.keyboard.press('F2');
  await page.getByRole('option', { name: /Đăng ký khai sinh/ }).first().click();
  await expect(page.getByLabel('Họ tên', { exact: true })).toBeFocused();
  await type(page, 'Giàng A Páo', '010094000123', '12/3/1994');
  await page.keyboard.press('F7');
  await expect(page.getByText('Chưa nhận hồ sơ này')).toBeVisible();
  await takeGuidePicture(page, 'thieu-giay');
  await page.getByRole('button', { name: 'Quay lại tiếp nhận' }).click();
  await page.getByLabel('Họ tên trẻ').fill('Giàng Thị Mỷ');
  await page.getByLabel('Ngày sinh').last().fill(formatDate(officeDate(Date.now() - 10 * 86_400_000)));
  await page.getByRole('radiogroup', { name: 'Giới tính' }).last().getByText('Nữ').click();
  await page.getByRole('button', { name: 'Đủ giấy bắt buộc' }).focus();
  await page.keyboard.press('Space');
  await expect(page.getByText(/khai sinh đúng hạn/)).toBeVisible();
  await page.evaluate(() => document.querySelector('.main-scroll')?.scrollTo({ top: 0 }));
  await takeGuidePicture(page, 'tiep-nhan');
  await page.keyboard.press('F1');
  await takeGuidePicture(page, 'tro-giup');
  await page.keyboard.press('Escape');
  await page.keyboard.press('F10');
  await expect(page.getByRole('listbox', { name: 'Giấy đã ra chưa?' })).toBeFocused();
  await expect(page.frameLocator('iframe').locator('body')).toContainText('GIÀNG A PÁO');
  await takeGuidePicture(page, 'da-tiep-nhan');

  await page.keyboard.press('F2');
  await page.getByRole('option', { name: /Chứng thực bản sao/ }).click();
  await expect(page.getByLabel('Họ tên', { exact: true })).toBeFocused();
  await type(page, 'Lò Thị Mai', 'bang tn', '2x3');
  await page.keyboard.press('Alt+5');
  await expect(page.getByRole('button', { name: 'Lưu và trả kết quả' })).toBeVisible();
  await expect(page.locator('.side').getByText('12.000 đ').first()).toBeVisible();
  await takeGuidePicture(page, 'chung-thuc');
  await page.keyboard.press('F10');
  await expect(page.getByRole('heading', { name: 'Đã tiếp nhận' })).toBeVisible();
  await place(page, 'Chờ in');
  await playWindow(page);
  await page.getByRole('button', { name: 'In', exact: true }).click();
  await expect(page.getByText('Máy in không nhận.', { exact: false })).toBeVisible();
  await takeGuidePicture(page, 'cho-in');
  await part(page, 'Máy in');
  await expect(page.getByRole('button', { name: 'In trang thử A5' })).toBeVisible();
  await takeGuidePicture(page, 'may-in');
  await page.keyboard.press('Alt+L');
  await expect(page.getByRole('heading', { name: 'Màn hình đang khóa' })).toBeVisible();
  await takeGuidePicture(page, 'khoa-may');
});

test('one dossier from hand to hand, with a supplement, an apology, money and the hand-over', async ({ page, desk, office }) => {
  const { token } = await callDesk(desk, 'session.open', { officer: office.clerkId, password: CLERK.password });
  for (const [name, fee, levy] of [['Tẩn Mùi Mẩy', 16_000, 8_000], ['Lầu Thị Dở', 0, 8_000]] as const) {
    await callDesk(desk, 'dossiers.receive', {
      idempotencyKey: randomUUID(), openedAt: Date.now(), procedureCode: '1.004873', receiptWanted: false, request: 'Xác nhận tình trạng hôn nhân để đăng ký kết hôn',
      owner: { type: 'individual', name, sex: 'female', birthDate: '1999-08-09' },
      papers: [{ name: 'Tờ khai', original: 1, certified: 0, photo: 0, seen: false, missing: false, compulsory: true }, { name: 'Quyết định ly hôn', original: 0, certified: 1, photo: 0, seen: false, missing: false, compulsory: false }],
      appointment: { mode: 'typedTerm', term: { unit: 'working_day', value: 3 }, reason: 'Theo văn bản của thủ tục' },
      fee: { amount: { state: 'due', dong: fee } }, levy: { amount: { state: 'due', dong: levy } },
    }, token);
  }
  await signInAgain(page, desk, CLERK);
  await place(page, 'Sổ theo dõi');
  await list(page, 'Quyển biên lai');
  await expect(page.getByText('Chưa ghi quyển biên lai nào.', { exact: false })).toBeVisible();
  await page.keyboard.press('Alt+5');
  await expect(page.getByLabel('Ký hiệu')).toBeFocused();
  await type(page, 'AB/26P', '101', '150');
  await takeGuidePicture(page, 'quyen-bien-lai');
  await page.keyboard.press('F10');
  await expect(page.getByText('Đã lưu quyển AB/26P.')).toBeVisible();

  await page.keyboard.press('F3');
  await type(page, 'xac nhan tinh trang');
  await page.getByLabel('Tìm trong mọi hồ sơ').fill('tan mui');
  await expect(page.getByRole('row', { name: /Tẩn Mùi Mẩy/ })).toBeVisible();
  await takeGuidePicture(page, 'tim-ho-so');
  await page.getByLabel('Tìm trong mọi hồ sơ').press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Tẩn Mùi Mẩy' })).toBeVisible();
  await takeGuidePicture(page, 'mot-ho-so');

  await page.keyboard.press('Alt+4');
  await expect(page.getByRole('checkbox', { name: /đúng là AB\/26P số 0000101/ })).toBeFocused();
  await page.keyboard.press('Space');
  await takeGuidePicture(page, 'thu-phi');
  await page.keyboard.press('F10');
  await expect(page.getByText('Đã ghi khoản thu.')).toBeVisible();

  await page.keyboard.press('Alt+1');
  await expect(page.getByRole('listbox', { name: 'Giao cho ai' })).toBeFocused();
  await takeGuidePicture(page, 'giao-viec');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+2');
  await expect(page.getByRole('listbox', { name: 'Giao cho ai' })).toBeFocused();
  await takeGuidePicture(page, 'ban-giao');
  await page.keyboard.press('Escape');
  await page.keyboard.press('F10');
  await expect(page.getByText('Chị đã nhận xử lý hồ sơ này.')).toBeVisible();
  await choose(page, 'chuyen buoc');
  await expect(page.getByRole('option', { selected: true })).toBeVisible();
  await takeGuidePicture(page, 'chuyen-buoc');
  await page.keyboard.press('Escape');

  await page.keyboard.press('F7');
  await page.getByRole('checkbox', { name: 'Tờ khai' }).focus();
  await page.keyboard.press('Space');
  await page.getByLabel('Lý do', { exact: true }).fill('Tờ khai ghi thiếu nơi cư trú trước đây.');
  await takeGuidePicture(page, 'yeu-cau-bo-sung');
  await page.keyboard.press('F10');
  await expect(page.getByText('Đã lưu yêu cầu bổ sung. Đồng hồ đang dừng.')).toBeVisible();
  await page.keyboard.press('F10');
  await page.getByRole('checkbox', { name: 'Tờ khai' }).focus();
  await page.keyboard.press('Space');
  await takeGuidePicture(page, 'nhan-bo-sung');
  await page.keyboard.press('F10');
  await expect(page.getByText('Đã nhận giấy bổ sung. Đồng hồ chạy tiếp.')).toBeVisible();

  await choose(page, 'xin loi');
  await expect(page.getByLabel('Lý do', { exact: true })).toBeFocused();
  await type(page, 'Chờ xã cũ xác nhận');
  await page.keyboard.press('1');
  await expect(page.getByLabel('Thêm bao lâu')).toBeFocused();
  await page.keyboard.type('5');
  await expect(page.getByText(/^Hẹn mới: 17:00/)).toBeVisible();
  await takeGuidePicture(page, 'xin-loi');
  await page.keyboard.press('F10');
  await expect(page.getByText('Đã lưu ngày hẹn mới. Nhớ báo cho người dân.')).toBeVisible();
  await page.keyboard.press('F10');
  await page.getByLabel('Số văn bản').fill('112/XNTTHN');
  await page.getByLabel('Người ký').fill(LEADER.name);
  await takeGuidePicture(page, 'ghi-ket-qua');
  await page.keyboard.press('F10');
  await expect(page.getByText('Đã lưu kết quả. Hồ sơ chờ trả.')).toBeVisible();

  await place(page, 'Sổ theo dõi');
  await list(page, 'Chưa đến nhận kết quả');
  await expect(page.getByRole('row', { name: /Tẩn Mùi Mẩy/ })).toBeVisible();
  await takeGuidePicture(page, 'chua-den-nhan');
  await list(page, 'Bảng kê thu');
  await expect(page.getByText('Tiền mặt phải có')).toBeVisible();
  await takeGuidePicture(page, 'bang-ke');
  await page.keyboard.press('F8');
  await page.getByRole('row', { name: /Tẩn Mùi Mẩy/ }).click();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listbox', { name: 'Trả kết quả cho ai?' })).toBeVisible();
  await page.getByRole('listbox', { name: 'Trả kết quả cho ai?' }).getByRole('option').first().click();
  await page.getByText('Giấy hẹn và căn cước').click();
  await takeGuidePicture(page, 'tra-ket-qua');
  await page.keyboard.press('F10');
  await expect(page.getByText('Đã trả kết quả cho Tẩn Mùi Mẩy.')).toBeVisible();
});

test('the province’s system, a file of dossiers, and what an administrator sets', async ({ page, desk, office, folder }) => {
  const { token } = await callDesk(desk, 'session.open', { officer: office.clerkId, password: CLERK.password });
  for (const name of ['Giàng A Páo', 'Sùng Thị Mỷ']) {
    await callDesk(desk, 'dossiers.receive', { idempotencyKey: randomUUID(), openedAt: Date.now(), procedureCode: '1.001193', receiptWanted: false, request: `Đăng ký khai sinh cho cháu của ${name}`, owner: { type: 'individual', name, idKind: 'citizenId', idNumber: '010094000123', birthDate: '1994-03-12', phone: '0900000123', address: 'Thôn Háng Tâu, xã Nậm Khâu' } }, token);
  }
  await signInAgain(page, desk, CLERK);
  await place(page, 'Nhập tỉnh');
  await expect(page.getByRole('row', { name: /Giàng A Páo/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Lĩnh vực/ })).toBeFocused();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Đã chép Mã thủ tục.')).toBeVisible();
  await takeGuidePicture(page, 'nhap-tinh');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+1');
  const path = join(folder, 'ho-so-dang-giai-quyet.xlsx');
  writeFileSync(path, writeXlsx(exportedFile(60, 4).rows));
  await page.locator('input[type=file]').setInputFiles(path);
  await expect(page.getByRole('table', { name: 'Dòng có chỗ sai' })).toBeVisible();
  await takeGuidePicture(page, 'nhap-tu-tep');

  await signInAgain(page, desk, LEADER);
  await part(page, 'Cán bộ');
  await page.getByRole('button', { name: 'Thêm cán bộ' }).click();
  await expect(page.getByLabel('Họ và tên')).toBeFocused();
  await page.getByLabel('Họ và tên').fill('Sùng A Chứ');
  await page.getByLabel('Chức danh').fill('Công chức Địa chính');
  await takeGuidePicture(page, 'can-bo');
  await part(page, 'Làm thay');
  await page.getByRole('button', { name: 'Giao người làm thay' }).click();
  await page.getByRole('combobox', { name: 'Người vắng hoặc giao quyền' }).focus();
  await page.keyboard.press('F4');
  await type(page, 'd');
  await page.getByRole('combobox', { name: 'Người làm thay', exact: true }).focus();
  await page.keyboard.press('F4');
  await type(page, 'n');
  await page.getByLabel('Đến hết ngày').fill(formatDate(officeDate(Date.now() + 3 * 86_400_000)));
  await page.getByLabel('Lý do').fill('Đi họp ở tỉnh');
  await takeGuidePicture(page, 'lam-thay');
  await part(page, 'Giờ, ngày nghỉ');
  await page.getByLabel('Ngày', { exact: true }).fill(formatDate(officeDate(Date.now() + 4 * 86_400_000)));
  await page.getByLabel('Vì sao').fill('Họp dân toàn xã');
  await page.keyboard.press('F10');
  await expect(page.getByRole('button', { name: 'Lưu thay đổi' })).toBeVisible();
  await takeGuidePicture(page, 'gio-ngay-nghi');
});

test('the register and the leader’s page, in the practice office', async ({ page, folder }) => {
  const desk = await startDesk({ dataDir: join(folder, 'practice'), stateDir: join(folder, 'state'), demo: true });
  await signInAgain(page, desk, { name: LEADER.name, password: 'nam-khau-lam' });
  await place(page, 'Sổ theo dõi');
  await list(page, 'Năm nay');
  await expect(page.getByText(/^Nhận \d+/).first()).toBeVisible();
  await takeGuidePicture(page, 'so-theo-doi');
  await place(page, 'Điều hành');
  await expect(page.getByRole('heading', { name: 'Việc của từng người' })).toBeVisible();
  await takeGuidePicture(page, 'dieu-hanh');
  await desk.stop();
});
