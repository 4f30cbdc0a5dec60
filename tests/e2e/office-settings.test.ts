import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { makePng } from '../helpers/make-png.ts';
import { addDays, officeDate, weekday } from '../../src-shared/lib/office-time.ts';
import { callDesk, CLERK, expect, expectAccessible, LEADER, signIn, takePicture, test, type RunningDesk, type SetUpOffice } from './desk-fixture.ts';

async function openPart(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Cài đặt' }).click();
  await page.getByRole('button', { name, exact: true }).focus();
  await page.keyboard.press('Enter');
}

async function receive(desk: RunningDesk, { clerkId }: SetUpOffice, owner: string) {
  const { token } = await callDesk(desk, 'session.open', { officer: clerkId, password: CLERK.password });
  return callDesk(desk, 'dossiers.receive', {
    idempotencyKey: crypto.randomUUID(), openedAt: Date.now(), procedureCode: '2.002516', request: 'Xác nhận thông tin hộ tịch',
    owner: { type: 'individual', name: owner, address: 'Thôn Háng Tâu Dê' },
    appointment: { mode: 'typedTerm', term: { unit: 'working_day', value: 3 }, reason: 'Theo văn bản' },
  }, token);
}

/** A working day far enough from now that something is promised behind it. */
function comingWorkingDay(): string {
  let date = addDays(officeDate(Date.now()), 1);
  while ([0, 6].includes(weekday(date))) date = addDays(date, 1);
  return date;
}
const typed = (date: string) => date.split('-').reverse().join('/');

test('names, foot and a picture are typed beside the paper, and stand on papers of receptions from then on', async ({ page, desk, office, folder }) => {
  const before = await receive(desk, office, 'Giàng A Páo');
  await signIn(page, desk, LEADER);
  await openPart(page, 'Tên và đầu giấy');
  const paper = page.frameLocator('iframe[title="Giấy mẫu khổ A5"]');
  await expect(paper.getByText('TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG').first()).toBeVisible();
  await takePicture(page, 'papers-before');
  await page.keyboard.press('F6');
  await expect(page.getByLabel('Dòng trên ở đầu giấy')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Trung tâm Phục vụ hành chính công xã Nậm Khâu');
  await page.getByLabel('Địa chỉ của bộ phận').fill('Thôn Trung Tâm, xã Nậm Khâu');
  await page.getByLabel('Thêm một dòng ở cuối giấy').fill('Góp ý gửi hòm thư trước cửa Trung tâm');
  await expect(paper.getByText('Góp ý gửi hòm thư trước cửa Trung tâm')).toBeVisible();

  const bad = join(folder, 'hinh.png');
  writeFileSync(bad, '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  await page.locator('input[type=file]').setInputFiles(bad);
  await expect(page.getByText('Chỉ nhận tệp PNG hoặc JPEG. Tệp này là loại khác.')).toBeVisible();
  const good = join(folder, 'hinh-xa.png');
  writeFileSync(good, Buffer.from(makePng({ width: 256, height: 256 }), 'base64'));
  await page.locator('input[type=file]').setInputFiles(good);
  await expect(page.getByText('Hình mới, xem ở bên. Bấm Lưu thì mới dùng.')).toBeVisible();
  await expect(paper.locator('img.logo')).toBeVisible();
  await takePicture(page, 'papers-typed');
  await expectAccessible(page);
  await page.keyboard.press('F10');
  await expect(page.getByText('Đã lưu. Hồ sơ nhận từ lúc này', { exact: false })).toBeVisible();
  await expect(page.getByText('Giấy có hình này, xem ở bên.')).toBeVisible();

  const after = await receive(desk, office, 'Lò Thị Mai');
  await page.goto(`${desk.url}/api/papers/${after.job!.id}`);
  await expect(page.getByText('TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ NẬM KHÂU').first()).toBeVisible();
  await expect(page.getByText('Địa chỉ: Thôn Trung Tâm, xã Nậm Khâu').first()).toBeVisible();
  expect(await page.locator('img.logo').first().evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(256);
  await page.locator('.sheet').first().screenshot({ path: 'out/e2e-pictures/paper-with-logo.png' });
  await page.goto(`${desk.url}/api/papers/${before.job!.id}`);
  await expect(page.getByText('Giàng A Páo').first()).toBeVisible();
  await expect(page.locator('img.logo')).toHaveCount(0);
  await expect(page.getByText('Góp ý gửi hòm thư')).toHaveCount(0);
});

test('a picture of a camera is made small, black and white', async ({ page, desk, office, folder }) => {
  expect(office.leaderId).not.toBe('');
  await signIn(page, desk, LEADER);
  await openPart(page, 'Tên và đầu giấy');
  // The browser itself makes the photograph: 1600 points of colours that blend.
  const photograph = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = 1600;
    canvas.height = 1200;
    const context = canvas.getContext('2d')!;
    const colours = context.createLinearGradient(0, 0, 1600, 1200);
    for (const [at, colour] of [[0, '#8b0000'], [0.5, '#ffd700'], [1, '#ffffff']] as const) colours.addColorStop(at, colour);
    context.fillStyle = colours;
    context.fillRect(0, 0, 1600, 1200);
    const blob = await new Promise<Blob | null>((resolve) => { canvas.toBlob(resolve, 'image/jpeg'); });
    return [...new Uint8Array(await blob!.arrayBuffer())];
  });
  const file = join(folder, 'anh.jpg');
  writeFileSync(file, Buffer.from(photograph));
  await page.locator('input[type=file]').setInputFiles(file);
  await expect(page.getByText('Hình mới, xem ở bên.', { exact: false })).toBeVisible();
  await page.keyboard.press('F10');
  await expect(page.getByText('Giấy có hình này, xem ở bên.')).toBeVisible();
  const { png } = await callDesk(desk, 'office.getLogo', {}, office.leaderToken);
  const bytes = Buffer.from(png!, 'base64');
  expect(bytes.length).toBeLessThan(20_480);
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20), bytes[24], bytes[25]]).toEqual([320, 240, 1, 0]);
  await page.getByRole('button', { name: 'Bỏ hình' }).click();
  await page.keyboard.press('F10');
  await expect(page.getByText('Giấy chưa có hình.')).toBeVisible();
});

test('a day and other hours are seen before they are saved, and no promised date moves', async ({ page, desk, office }) => {
  const { dossier } = await receive(desk, office, 'Giàng A Páo');
  const due = async () => (await callDesk(desk, 'dossiers.get', { id: dossier.id }, office.leaderToken)).dossier.dueAt;
  const promised = await due();
  const date = comingWorkingDay();
  await signIn(page, desk, LEADER);
  await openPart(page, 'Giờ, ngày nghỉ');
  await takePicture(page, 'calendar-hours');
  await expectAccessible(page);
  await page.getByLabel('Ngày', { exact: true }).fill(typed(date));
  await page.getByLabel('Vì sao').fill('Họp dân toàn xã');
  await page.keyboard.press('F10');
  await expect(page.getByText('Hẹn đã in không đổi.', { exact: false })).toBeVisible();
  await expect(page.getByText('1 hồ sơ đang giải quyết có hẹn từ ngày này trở đi.', { exact: false })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Hồ sơ mới sẽ hẹn' })).toContainText('ngày làm việc');
  await takePicture(page, 'calendar-preview');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByLabel('Vì sao')).toHaveValue('Họp dân toàn xã');
  await page.keyboard.press('F10');
  await expect(page.getByRole('button', { name: 'Lưu thay đổi' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Lưu thay đổi' })).toBeVisible();
  await page.keyboard.press('F10');
  await expect(page.getByRole('row', { name: /Họp dân toàn xã/ })).toContainText('Cơ quan tự đặt');
  expect(await due()).toBe(promised);

  await page.getByRole('button', { name: 'Sửa giờ làm' }).first().click();
  await expect(page.getByLabel('Buổi sáng, từ')).toBeFocused();
  await page.getByLabel('Buổi chiều, đến').fill('16h30');
  await takePicture(page, 'hours-form');
  await expectAccessible(page);
  await page.keyboard.press('F10');
  await expect(page.getByText('1 hồ sơ trong đó hẹn trả đúng lúc cơ quan sẽ nghỉ.', { exact: false })).toBeVisible();
  await takePicture(page, 'hours-preview');
  await expectAccessible(page);
  await page.keyboard.press('F10');
  await expect(page.getByText('Đã lưu giờ làm việc.', { exact: false })).toBeVisible();
  await expect(page.getByText('Thứ Hai đến thứ Sáu 07:00–11:30, 13:30–16:30')).toBeVisible();
  expect(await due()).toBe(promised);
});

test('this desk gets another name, and a lost one is stopped for good', async ({ page, desk, office }) => {
  await callDesk(desk, 'desks.admit', { name: 'Máy 2' }, office.leaderToken);
  await signIn(page, desk, LEADER);
  await openPart(page, 'Các máy');
  await takePicture(page, 'desks');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Đổi tên' }).click();
  await expect(page.getByLabel('Tên mới')).toBeFocused();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Quầy 1');
  await page.keyboard.press('F10');
  await expect(page.getByText('Đã đổi tên thành Quầy 1.')).toBeVisible();
  await expect(page.getByRole('row', { name: /Quầy 1/ })).toContainText('máy này');

  await page.getByRole('row', { name: /Máy 2/ }).click();
  await page.getByRole('button', { name: 'Ngừng Máy 2' }).click();
  await expect(page.getByText('Đánh dấu để chắc là đúng máy.')).toBeVisible();
  await takePicture(page, 'desk-stop');
  await expectAccessible(page);
  await page.getByRole('textbox', { name: 'Lý do' }).fill('Mất trên đường về huyện');
  await page.getByText('Đúng máy này, ngừng hẳn').click();
  await page.getByRole('button', { name: 'Ngừng Máy 2' }).click();
  await expect(page.getByText('Đã ngừng Máy 2.', { exact: false })).toBeVisible();
  await expect(page.getByRole('row', { name: /Máy 2/ })).toContainText('đã ngừng');
  await takePicture(page, 'desk-stopped');
  await page.getByRole('button', { name: 'Lấy lại ký hiệu' }).click();
  await expect(page.getByText('Máy này hỏng hoặc mất rồi, không còn ai dùng')).toBeHidden();
  await page.getByRole('textbox', { name: 'Lý do' }).fill('Đã ngừng máy');
  await page.keyboard.press('F10');
  await expect(page.getByText('Đã lấy lại ký hiệu 2, D, E, F.', { exact: false })).toBeVisible();

  await openPart(page, 'Lịch sử thiết lập');
  await expect(page.getByRole('row', { name: /Ngừng một máy/ })).toContainText('Máy: Máy 2 · Lý do: Mất trên đường về huyện');
  await takePicture(page, 'history');
  await expectAccessible(page);
});

test('the history is read back page by page, and a clerk reads it too', async ({ page, desk, office }) => {
  for (const minutes of Array.from({ length: 14 }, (_, index) => 20 + index)) await callDesk(desk, 'settings.save', { key: 'idleLockMinutes', value: minutes }, office.leaderToken);
  await signIn(page, desk, CLERK);
  await openPart(page, 'Lịch sử thiết lập');
  await expect(page.getByText('Mục: Tự khóa màn hình · Đặt là: sau 33 phút')).toBeVisible();
  await page.getByRole('button', { name: 'Xem trước đó' }).click();
  await expect(page.getByRole('row', { name: /Lập cơ quan trên máy đầu tiên/ })).toBeVisible();
  await page.getByRole('button', { name: 'Về mới nhất' }).click();
  await expect(page.getByText('Đặt là: sau 33 phút')).toBeVisible();
});

test('somebody who retired comes back, and the last leader cannot go', async ({ page, desk, office }) => {
  await signIn(page, desk, LEADER);
  await openPart(page, 'Cán bộ');
  await page.getByRole('row', { name: /Nguyễn Thị Hạnh/ }).click();
  await page.getByText('Đã nghỉ, không đăng nhập nữa').click();
  await expect(page.getByRole('checkbox', { name: 'Tiếp nhận' })).toBeHidden();
  await page.keyboard.press('F10');
  await expect(page.getByRole('row', { name: /Nguyễn Thị Hạnh/ })).toContainText('Đã nghỉ');
  await expect(callDesk(desk, 'session.open', { officer: office.clerkId, password: CLERK.password })).rejects.toThrow();
  await page.getByRole('row', { name: /Nguyễn Thị Hạnh/ }).click();
  await page.getByText('Đã nghỉ, không đăng nhập nữa').click();
  await expect(page.getByText('Đi làm lại với mật khẩu cũ.', { exact: false })).toBeVisible();
  await page.keyboard.press('F10');
  await expect(page.getByText('Chọn ít nhất một việc.')).toBeVisible();
  await takePicture(page, 'officer-back');
  await page.getByRole('checkbox', { name: 'Tiếp nhận' }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('F10');
  await expect(page.getByRole('row', { name: /Nguyễn Thị Hạnh/ })).toContainText('Đang làm');
  await expect(callDesk(desk, 'session.open', { officer: office.clerkId, password: CLERK.password })).resolves.toMatchObject({ roles: ['reception'] });

  await page.getByRole('row', { name: /Đặng Văn Lâm/ }).click();
  await page.getByRole('checkbox', { name: 'Lãnh đạo' }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('F10');
  await expect(page.getByText('Giao quyền lãnh đạo cho người khác trước.', { exact: false })).toBeVisible();
});

test('a procedure of the office itself is added and can be received', async ({ page, desk, office }) => {
  await signIn(page, desk, LEADER);
  await openPart(page, 'Thủ tục riêng');
  await page.getByRole('button', { name: 'Thêm thủ tục của cơ quan' }).click();
  await expect(page.getByLabel('Tên đầy đủ')).toBeFocused();
  await page.keyboard.type('Xác nhận hoàn cảnh khó khăn để vay vốn');
  await page.getByLabel('Tên ngắn').fill('Xác nhận hoàn cảnh');
  await page.getByLabel('Lĩnh vực').fill('Giảm nghèo');
  await page.getByLabel('Thời hạn nộp trực tiếp').fill('2');
  await page.getByLabel('Giấy tờ phải nộp, mỗi dòng một giấy').fill('Đơn đề nghị\nÝ kiến của trưởng thôn');
  await page.getByLabel('Kết quả trả cho dân').fill('Giấy xác nhận');
  await page.getByLabel('Lý do sửa').fill('Quy chế của xã số 02/2026');
  await takePicture(page, 'procedure-new');
  await expectAccessible(page);
  await page.keyboard.press('F10');
  await expect(page.getByText('Đã thêm thủ tục DP.1.')).toBeVisible();
  await takePicture(page, 'procedure-added');
  const saved = await callDesk(desk, 'procedures.get', { code: 'DP.1' }, office.leaderToken);
  expect(saved).toMatchObject({ offered: true, localVersion: 1, entry: { confirmed: true, papers: [{ name: 'Đơn đề nghị' }, { name: 'Ý kiến của trưởng thôn' }] } });
});

test('a desk that the office has stopped says so once, and everything can still be read', async ({ page, desk, office }) => {
  await receive(desk, office, 'Giàng A Páo');
  // Another desk stopped this one; here only the answer is played.
  await page.route('**/api/office', async (route) => {
    const response = await route.fetch().catch(() => undefined);
    if (response === undefined) return route.abort();
    const state = await response.json() as { office: { deskRevoked: boolean } | null };
    if (state.office !== null) state.office.deskRevoked = true;
    await route.fulfill({ response, json: state });
  });
  await page.goto(desk.url);
  await page.getByRole('option', { name: CLERK.name }).click();
  await page.getByLabel(`Mật khẩu của ${CLERK.name}`).fill(CLERK.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Máy này đã ngừng' })).toContainText('Chị vẫn xem và in được');
  await takePicture(page, 'desk-is-stopped');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByRole('button', { name: 'Hồ sơ', exact: true }).click();
  await expect(page.getByRole('row', { name: /Giàng A Páo/ })).toBeVisible();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});
