import type { Page } from '@playwright/test';
import jsQR from 'jsqr';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PNG } from 'pngjs';
import { readAdmissionWords } from '../../src-shared/sync-protocol/admission-words.ts';
import { makeSetUpCode } from '../../src-server/features/administrators/set-up.ts';
import { withFewColours } from '../helpers/few-colours.ts';
import { addNeighbours, CONSOLE_NOW_MS, connectDesk, startConsole, type ConsolePlace } from './console-fixture.ts';
import { expect, expectAccessible, LEADER, setUpOffice, signIn, startDesk, takePicture, test as base, type RunningDesk } from './desk-fixture.ts';
import { lookReachable } from './walk/look-reachable.ts';
import { lookWhole } from './walk/look-whole.ts';

const ADMINISTRATOR = { name: 'Vàng Thị Dợ', password: 'suoi-chay-ve-xuoi' } as const;
const PICTURES = process.env['MOTCUA_PICTURES'];
const PICTURE_COLOURS = 48;
/** What is drawn by lot or is this machine's: in pictures that are kept it would change with each run. */
const BY_LOT = '.console-code, .console-qr, .console-made .end, .console-made input';
const CALENDAR = resolve(import.meta.dirname, '../../src-shared/packs/calendar-2024-2026.json');

const test = base.extend<{ readonly place: ConsolePlace; readonly connected: RunningDesk }>({
  place: async ({ folder }, use) => {
    const place = await startConsole(folder);
    await use(place);
    await place.server.close();
  },
  /** A desk of Xã Nậm Khâu that has handed everything up. */
  connected: async ({ folder, place }, use) => {
    const desk = await startDesk({ dataDir: join(folder, 'data'), stateDir: join(folder, 'state'), clockMs: CONSOLE_NOW_MS });
    await connectDesk(place, desk, await setUpOffice(desk));
    await expect.poll(async () => (await place.db.get<{ rows: number }>('SELECT count(*) AS rows FROM operations'))!.rows).toBeGreaterThan(2);
    await place.server.projection.settle();
    await addNeighbours(place);
    await use(desk);
    await desk.stop();
  },
});

test.beforeEach(({ page }) => page.clock.setFixedTime(CONSOLE_NOW_MS));

/** Nothing cut, nothing that the keyboard does not reach, no rule of accessibility broken; with a picture where those are wanted. */
async function look(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready);
  for (const [width, height] of [[1024, 768], [1366, 768]] as const) {
    await page.setViewportSize({ width, height });
    expect(await lookWhole(page), `${name} at ${width}`).toEqual([]);
    await takePicture(page, `console-${name}-${width}`);
  }
  expect(await lookReachable(page), name).toEqual([]);
  await expectAccessible(page);
  if (PICTURES === undefined) return;
  mkdirSync(PICTURES, { recursive: true });
  writeFileSync(join(PICTURES, `console-${name}.png`), withFewColours(await page.screenshot({ animations: 'disabled', caret: 'hide', mask: [page.locator(BY_LOT)], maskColor: '#d9dde6' }), PICTURE_COLOURS));
}

async function setUp(page: Page, { db, url }: ConsolePlace): Promise<void> {
  const { code } = await db.transaction((writes) => makeSetUpCode(writes, null, CONSOLE_NOW_MS));
  await page.goto(url);
  await page.getByLabel('Mã cài đặt').fill(code);
  await page.getByLabel('Họ tên quản trị').fill(ADMINISTRATOR.name);
  await page.getByLabel('Mật khẩu mới').fill(ADMINISTRATOR.password);
  await page.getByLabel('Gõ lại mật khẩu').fill(ADMINISTRATOR.password);
  await page.keyboard.press('F10');
}

test('the first administrator comes in by the code, signs in again by keyboard, and nobody else does', async ({ page, place }) => {
  await page.goto(place.url);
  await expect(page.getByRole('heading', { name: 'Máy chủ này chưa có quản trị' })).toBeVisible();
  await look(page, 'set-up');
  await setUp(page, place);
  await expect(page.getByText('Chưa có xã nào.', { exact: false })).toBeVisible();
  await page.keyboard.press('Alt+L');
  await expect(page.getByLabel('Họ tên quản trị')).toBeFocused();
  await page.keyboard.type('vang thi do');
  await page.keyboard.press('Enter');
  await page.keyboard.type('sai-mat-khau');
  await page.keyboard.press('F10');
  await expect(page.getByRole('alert')).toContainText('Tên hoặc mật khẩu chưa đúng.');
  await look(page, 'sign-in');
  await page.getByLabel('Mật khẩu').fill(ADMINISTRATOR.password);
  await page.keyboard.press('F10');
  await expect(page.getByRole('button', { name: `Đăng xuất: ${ADMINISTRATOR.name}` })).toBeVisible();
});

test('a desk is stopped from its office and told so on its own screen, and may send again', async ({ page, place, connected, context }) => {
  await setUp(page, place);
  await expect(page.getByRole('row', { name: /Xã Pa Vệ Sủ/ })).toBeVisible();
  const names = await page.getByRole('row').locator('td:first-child b').allTextContents();
  expect(names).toEqual(['Xã Pa Vệ Sủ', 'Xã Mù Cả', 'Xã Sín Chải', 'Xã Tả Van', 'Xã Nậm Khâu', 'Xã Y Tý']);
  await look(page, 'offices');
  await page.keyboard.press('F3');
  await page.keyboard.type('nam khau');
  await expect(page.getByRole('row', { name: /Xã Pa Vệ Sủ/ })).toHaveCount(0);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Xã Nậm Khâu' })).toBeVisible();
  await page.getByRole('button', { name: 'Ngừng máy' }).click();
  await expect(page.getByRole('dialog')).toContainText('Việc chưa gửi còn nguyên trên máy');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('Ghi vì sao');
  await look(page, 'stop');
  await page.getByLabel('Vì sao').fill('Máy bị mất ở bản Nậm Sỏ');
  await page.getByRole('dialog').getByRole('button', { name: 'Ngừng máy' }).click();
  await expect(page.getByRole('cell', { name: /Tuyến trên ngừng/ })).toContainText('Máy bị mất ở bản Nậm Sỏ');
  await look(page, 'office');

  const atDesk = await context.newPage();
  await signIn(atDesk, connected, LEADER);
  await atDesk.getByRole('button', { name: 'Cài đặt' }).click();
  await atDesk.getByRole('button', { name: 'Gửi lên tuyến trên' }).click();
  await atDesk.getByRole('button', { name: 'Gửi ngay' }).click();
  await expect(atDesk.getByText('Tuyến trên đã ngừng nhận việc của máy này.', { exact: false })).toBeVisible();
  await expect(atDesk.locator('.key-bar')).toContainText('Tuyến trên chưa nhận việc của máy này');
  await takePicture(atDesk, 'console-desk-is-told');

  await page.getByRole('button', { name: 'Cho gửi lại' }).click();
  await page.getByLabel('Vì sao').fill('Đã tìm thấy máy');
  await page.getByRole('dialog').getByRole('button', { name: 'Cho gửi lại' }).click();
  await expect(page.getByRole('button', { name: 'Ngừng máy' })).toBeVisible();
  await atDesk.getByRole('button', { name: 'Gửi ngay' }).click();
  await expect(atDesk.locator('.key-bar')).toContainText('Đã gửi hết lúc');
});

test('a code for a new office can be read by a camera and taken back, packs are published, and all of it is kept', async ({ page, place }) => {
  await setUp(page, place);
  await page.getByRole('button', { name: 'Xã mới' }).click();
  await page.getByLabel('Cho xã nào').fill('Xã Nậm Khâu, chị Hạnh');
  await page.keyboard.press('F10');
  const code = await page.getByTestId('admission-code').textContent();
  const { data, width, height } = PNG.sync.read(await page.getByRole('img', { name: /Mã QR/ }).screenshot());
  expect(readAdmissionWords(jsQR.default(new Uint8ClampedArray(data), width, height)?.data ?? '')).toMatchObject({ address: place.address, code });
  await look(page, 'admission');
  await page.keyboard.press('F10');
  await page.getByRole('button', { name: 'Lấy lại' }).click();
  await expect(page.getByText('Không có mã nào đang chờ.')).toBeVisible();

  await page.getByRole('button', { name: 'Gói', exact: true }).click();
  await page.locator('input[type=file]').first().setInputFiles(CALENDAR);
  await expect(page.getByRole('alert')).toContainText('Không nhận cả gói.');
  await page.locator('input[type=file]').nth(1).setInputFiles(CALENDAR);
  await expect(page.getByText('Đã công bố calendar.vn.civil-service bản 1.')).toBeVisible();
  await look(page, 'packs');

  await page.getByRole('button', { name: 'Quản trị', exact: true }).click();
  await page.getByLabel('Họ tên').fill('Lý A Sùng');
  await page.getByRole('button', { name: 'Làm mã cài đặt' }).click();
  await expect(page.getByTestId('set-up-code')).toHaveText(/^[2-9A-Z]{4}(-[2-9A-Z]{4}){2}$/);
  for (const act of ['Làm mã cài đặt cho Lý A Sùng', 'Công bố gói calendar.vn.civil-service 1', 'Lấy lại mã kết nối cho Xã Nậm Khâu, chị Hạnh', `Đặt mật khẩu quản trị: ${ADMINISTRATOR.name}`]) {
    await expect(page.getByRole('cell', { name: act })).toBeVisible();
  }
  await look(page, 'people');
});

test('a pack that is published comes to the desk by itself, shows what it changes, and its office is counted', async ({ page, place, connected, browser }) => {
  await setUp(page, place);
  await page.getByRole('button', { name: 'Gói', exact: true }).click();
  await page.locator('input[type=file]').nth(1).setInputFiles({ name: 'lich.json', mimeType: 'application/json', buffer: nextCalendar() });
  await expect(page.getByText('Đã công bố calendar.vn.civil-service bản 2.')).toBeVisible();

  const atDesk = await (await browser.newContext({ viewport: { width: 1366, height: 768 } })).newPage();
  await signIn(atDesk, connected, LEADER);
  await atDesk.getByRole('button', { name: 'Cài đặt' }).click();
  await atDesk.getByRole('button', { name: 'Gửi lên tuyến trên' }).click();
  await atDesk.getByRole('button', { name: 'Gửi ngay' }).click();
  await expect(atDesk.locator('.key-bar')).toContainText('Đã gửi hết lúc');
  await atDesk.getByRole('button', { name: 'Gói danh mục, lịch' }).click();
  const offered = atDesk.getByRole('table', { name: 'Gói Máy chủ tỉnh Lào Cai đã công bố' });
  await expect(offered).toContainText('Đã về, chờ quản trị cho dùng');
  await takePicture(atDesk, 'packs-offered');
  await offered.getByRole('button', { name: 'Xem thay đổi' }).click();
  await expect(atDesk.getByRole('table', { name: 'Các chỗ gói này thay đổi' })).toContainText('Nghỉ bão');
  await takePicture(atDesk, 'packs-changes');
  expect(await lookWhole(atDesk)).toEqual([]);
  await expectAccessible(atDesk);
  await atDesk.getByRole('button', { name: 'Cho cơ quan dùng gói này' }).click();
  await expect(atDesk.getByText('Cơ quan đã dùng gói calendar.vn.civil-service, bản 2.', { exact: false })).toBeVisible();
  await expect(offered).toContainText('Cơ quan đã dùng');
  await takePicture(atDesk, 'packs-used');

  await place.db.transaction(async (writes) => {
    const other = await writes.get<{ office: string }>('SELECT office FROM projections WHERE names LIKE ?', '%Sín Chải%');
    const pack = await writes.get<{ hash: string }>('SELECT hash FROM published_packs');
    await writes.run("INSERT INTO desk_packs (office, device, hash, state, code, told_at) VALUES (?, 'd1', ?, 'refused', 'pack.otherText', ?)", other!.office, pack!.hash, CONSOLE_NOW_MS);
  });
  await page.getByRole('button', { name: 'Các xã' }).click();
  await page.getByRole('button', { name: 'Gói', exact: true }).click();
  await page.getByRole('button', { name: '1 xã không dùng được' }).click();
  await expect(page.getByRole('table', { name: /Xã không dùng được/ })).toContainText('Xã Sín Chải');
  await look(page, 'packs-refused');
});

/** The shipped calendar, a year longer and with one more day off. */
function nextCalendar(): Buffer {
  const calendar = JSON.parse(readFileSync(CALENDAR, 'utf8')) as { version: number; validTo: string; days: object[] };
  return Buffer.from(JSON.stringify({ ...calendar, version: 2, validTo: '2027-12-31', days: [...calendar.days, { date: '2026-12-15', type: 'closed', name: 'Nghỉ bão' }] }));
}
