import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { officeDate } from '../../src-shared/lib/office-time.ts';
import { exportedFile } from '../helpers/export-rows.ts';
import { writeXlsx } from '../helpers/write-sheet.ts';
import { callDesk, CLERK, expect, expectAccessible, LEADER, signIn, takePicture, test, type RunningDesk, type SetUpOffice } from './desk-fixture.ts';

test.use({ viewport: { width: 1366, height: 768 } });

async function clerkToken(desk: RunningDesk, office: SetUpOffice): Promise<string> {
  return (await callDesk(desk, 'session.open', { officer: office.clerkId, password: CLERK.password })).token;
}

async function receive(desk: RunningDesk, token: string, name: string): Promise<{ id: string; code: string }> {
  const { dossier } = await callDesk(desk, 'dossiers.receive', {
    idempotencyKey: randomUUID(), openedAt: Date.now(), procedureCode: '1.001193', receiptWanted: false, request: `Đăng ký khai sinh cho cháu của ${name}`,
    owner: { type: 'individual', name, idKind: 'citizenId', idNumber: '010094000123', birthDate: '1994-03-12', phone: '0912345678', address: 'Thôn Háng Tâu, xã Nậm Khâu' },
  }, token);
  return dossier;
}

test('a clerk copies a dossier field by field, links the province’s code and takes it back, with the keyboard alone', async ({ page, desk, office, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const token = await clerkToken(desk, office);
  const first = await receive(desk, token, 'Giàng A Páo');
  await receive(desk, token, 'Sùng Thị Mỷ');
  await signIn(page, desk, CLERK);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('nhap tinh');
  await page.keyboard.press('Enter');
  const list = page.getByRole('grid', { name: 'Chưa nhập hệ thống tỉnh' });
  await expect(list.getByRole('row', { name: /Giàng A Páo/ })).toBeFocused();
  await takePicture(page, 'province-list');
  await expectAccessible(page);

  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('button', { name: 'Họ tên chủ hồ sơ Sùng Thị Mỷ' })).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Lĩnh vực/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Mã thủ tục 1.001193' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Đã chép Mã thủ tục.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('1.001193');
  await expect(page.getByRole('button', { name: 'Mã thủ tục 1.001193 đã chép' })).toBeVisible();
  await takePicture(page, 'province-copying');
  await expectAccessible(page);
  await page.setViewportSize({ width: 1024, height: 768 });
  await takePicture(page, 'province-copying-1024');
  await page.setViewportSize({ width: 1366, height: 768 });

  const code = page.getByLabel('Mã hồ sơ hệ thống tỉnh cấp');
  for (let turn = 0; turn < 30 && !(await code.evaluate((input) => input === document.activeElement)); turn += 1) await page.keyboard.press('Enter');
  await expect(code).toBeFocused();
  await page.keyboard.type('KS-17');
  await page.keyboard.press('F10');
  await expect(page.getByRole('alert')).toContainText('Mã KS-17 không giống mã tỉnh vẫn cấp');
  await takePicture(page, 'province-doubt');
  await expectAccessible(page);
  const day = officeDate(Date.now()).slice(2).replaceAll('-', '');
  const foreign = `H99.27-${day}-0417`;
  await code.fill(foreign);
  await page.keyboard.press('F10');
  await expect(page.getByText(`Đã gắn mã ${foreign} cho hồ sơ Giàng A Páo.`)).toBeVisible();
  await expect(list.getByRole('row', { name: /Sùng Thị Mỷ/ })).toBeFocused();
  await expect(list.getByRole('row')).toHaveCount(2);
  await takePicture(page, 'province-linked');
  const { dossiers } = await callDesk(desk, 'dossiers.search', { query: foreign }, token);
  expect(dossiers.map(({ id }) => id)).toEqual([first.id]);

  await page.getByRole('button', { name: 'Lùi lại' }).press('Enter');
  await expect(list.getByRole('row', { name: /Giàng A Páo/ })).toBeVisible();
  expect((await callDesk(desk, 'dossiers.search', { query: foreign }, token)).dossiers).toEqual([]);
});

test('500 rows of another system of which 20 are bad: every bad one is named, the others come in', async ({ page, desk, office, folder }) => {
  const token = await clerkToken(desk, office);
  const { rows, mistakes } = exportedFile(500, 20);
  const path = join(folder, 'ho-so-dang-giai-quyet.xlsx');
  writeFileSync(path, writeXlsx(rows));
  await signIn(page, desk, CLERK);
  await page.getByRole('button', { name: 'Nhập tỉnh' }).click();
  await page.keyboard.press('Alt+1');
  await expect(page.getByRole('button', { name: 'Chọn tệp' })).toBeFocused();
  await takePicture(page, 'imports-choose');
  await expectAccessible(page);

  await page.locator('input[type=file]').setInputFiles(path);
  await expect(page.getByText('Sẽ nhập').first()).toBeVisible();
  await expect(page.getByLabel('Kết quả xem trước')).toContainText('480');
  const bad = page.getByRole('table', { name: 'Dòng có chỗ sai' });
  await takePicture(page, 'imports-preview');
  await expectAccessible(page);
  await page.setViewportSize({ width: 1024, height: 768 });
  await takePicture(page, 'imports-preview-1024');
  await page.setViewportSize({ width: 1366, height: 768 });
  const said = await bad.getByRole('row').allInnerTexts();
  expect(mistakes.size).toBe(20);
  for (const [line, { reason }] of mistakes) expect(said.find((text) => text.startsWith(`${line}\t`)), `line ${line}`).toMatch(reason);
  await page.keyboard.press('Alt+2');
  await expect(page.getByRole('combobox', { name: 'Cột B là ô nào' })).toContainText('Mã hồ sơ');
  await takePicture(page, 'imports-columns');
  await expectAccessible(page);

  await page.keyboard.press('F10');
  await expect(page.getByText('Đã nhập 480 hồ sơ.')).toBeVisible({ timeout: 60_000 });
  await takePicture(page, 'imports-done');
  await expectAccessible(page);
  expect(await callDesk(desk, 'dossiers.counts', {}, token)).toMatchObject({ open: 480, mine: 0 });
  // The register has them under their first day and the other system's code, and gives them no number of its own.
  const register = await callDesk(desk, 'registers.list', { from: `${officeDate(Date.now()).slice(0, 4)}-01-01`, to: officeDate(Date.now()), limit: 100 }, token);
  expect(register.rows.length).toBeGreaterThan(50);
  for (const row of register.rows) expect(row).toMatchObject({ kind: 'dossier', register: null, codes: [{ system: 'province' }] });

  await page.keyboard.press('Enter');
  await page.locator('input[type=file]').setInputFiles(path);
  await expect(page.getByLabel('Kết quả xem trước')).toContainText('480');
  await expect(page.getByText('Không có dòng nào để nhập.')).toBeVisible();
  await takePicture(page, 'imports-again');
});

test('more bad rows than one page holds: it says so in words, and the others are one press away', async ({ page, desk, office, folder }) => {
  const { rows, mistakes } = exportedFile(2_060, 2_050);
  const path = join(folder, 'nhieu-dong-sai.xlsx');
  writeFileSync(path, writeXlsx(rows));
  await signIn(page, desk, CLERK);
  await page.getByRole('button', { name: 'Nhập tỉnh' }).click();
  await page.keyboard.press('Alt+1');
  await page.locator('input[type=file]').setInputFiles(path);
  const bad = page.getByRole('table', { name: 'Dòng có chỗ sai' });
  await expect(page.getByText('Dòng sai 1 đến 2.000 trong 2.050.')).toBeVisible({ timeout: 30_000 });
  await expect(bad.getByRole('row')).toHaveCount(2_001);
  await page.getByText('Các dòng sai tiếp theo').click();
  await expect(page.getByText('Dòng sai 2.001 đến 2.050 trong 2.050.')).toBeVisible({ timeout: 30_000 });
  await expect(bad.getByRole('row').last()).toContainText(String([...mistakes.keys()].at(-1)));
  await takePicture(page, 'imports-bad-last');
  await page.getByText('Các dòng sai trước').click();
  await expect(page.getByText('Dòng sai 1 đến 2.000 trong 2.050.')).toBeVisible({ timeout: 30_000 });
  expect(await callDesk(desk, 'dossiers.counts', {}, await clerkToken(desk, office))).toMatchObject({ open: 0 });
});

test('what the headings do not say the officer says once; a file that is no table is refused in words', async ({ page, desk, office, folder }) => {
  expect(office.clerkId).not.toBe('');
  const strange = join(folder, 'la.csv');
  writeFileSync(strange, '\ufeffKý hiệu;Việc;Ai;Hôm nào;Đến đâu\r\nH99.27-261103-0001;Thủ tục đăng ký khai sinh;Giàng A Páo;03/11/2025;Chờ ký nháy\r\n');
  const broken = join(folder, 'hong.xlsx');
  writeFileSync(broken, Buffer.from('PK\u0003\u0004hong'));
  await signIn(page, desk, CLERK);
  await page.getByRole('button', { name: 'Nhập tỉnh' }).click();
  await page.getByRole('button', { name: /Nhập hồ sơ từ tệp/ }).click();
  await page.locator('input[type=file]').setInputFiles(broken);
  await expect(page.getByRole('alert')).toContainText('Tệp Excel bị hỏng');
  await takePicture(page, 'imports-refused');

  await page.locator('input[type=file]').setInputFiles(strange);
  await expect(page.getByText('Chưa rõ cột nào là Mã hồ sơ', { exact: false })).toBeVisible();
  await takePicture(page, 'imports-unknown-columns');
  await expectAccessible(page);
  const columns = [['A', 'Mã hồ sơ'], ['B', 'Tên thủ tục'], ['C', 'Chủ hồ sơ'], ['D', 'Ngày tiếp nhận'], ['E', 'Trạng thái']] as const;
  for (const [letters, field] of columns) {
    const box = page.getByRole('combobox', { name: `Cột ${letters} là ô nào` });
    await box.focus();
    await page.keyboard.press('F4');
    await page.getByRole('option', { name: field, exact: true }).click();
    await expect(box).toContainText(field);
  }
  await page.getByRole('combobox', { name: /Chờ ký nháy/ }).focus();
  await page.keyboard.press('F4');
  await page.getByRole('option', { name: 'Đang giải quyết' }).click();
  await expect(page.getByRole('table', { name: 'Sẽ nhập' })).toContainText('Giàng A Páo');
  await takePicture(page, 'imports-said');
  await expectAccessible(page);
  await page.keyboard.press('F10');
  await expect(page.getByText('Đã nhập 1 hồ sơ.')).toBeVisible();
});

test('an administrator says which procedures, which order, which shape', async ({ page, desk, office }) => {
  await signIn(page, desk, LEADER);
  await page.getByRole('button', { name: 'Cài đặt' }).click();
  await page.getByRole('button', { name: 'Hệ thống tỉnh', exact: true }).click();
  await page.getByLabel('Thêm thủ tục không nhập').fill('khai sinh');
  await page.getByRole('option', { name: /1\.001193/ }).click();
  await expect(page.getByRole('list', { name: 'Thủ tục không nhập hệ thống tỉnh' })).toContainText('1.001193');
  await page.getByRole('button', { name: 'Đưa Tên thủ tục lên' }).click();
  await page.getByLabel('Tên ô Tên thủ tục').fill('Thủ tục hành chính');
  await takePicture(page, 'settings-province');
  await expectAccessible(page);
  await page.keyboard.press('F10');
  await expect(page.getByText('Đã lưu.')).toBeVisible();
  const { settings } = await callDesk(desk, 'settings.get', {}, office.leaderToken);
  expect(settings['provinceEntry']).toEqual({ byDefault: true, exceptions: ['1.001193'] });
  expect((settings['provinceFields'] as { name: string }[])[1]).toEqual({ field: 'procedureName', name: 'Thủ tục hành chính' });
});
