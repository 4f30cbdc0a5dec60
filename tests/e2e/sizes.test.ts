import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { officeDate } from '../../src-shared/lib/office-time.ts';
import { callDesk, CLERK, expect, LEADER, setUpOffice, signIn, startDesk, takePicture, test, type RunningDesk, type SetUpOffice } from './desk-fixture.ts';
import { isEverySize } from './every-size.ts';

/** Small screens of real offices (ux.md §11), and the largest text. */
const LOW = { width: 1366, height: 650 } as const;
const NARROW = { width: 1024, height: 768 } as const;
/** The walks look at these pages in a lower window anyway. */
const SIZES = isEverySize ? [LOW, NARROW] : [NARROW];

for (const size of SIZES) {
  test(`entry pages and settings fit ${size.width} × ${size.height}`, async ({ page, desk, folder }) => {
    await page.setViewportSize(size);
    const name = `${size.width}x${size.height}`;
    const expectFits = async (what: string) => {
      await takePicture(page, `fit-${what}-${name}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${what} is too wide`).toBeLessThanOrEqual(0);
      const cut = await page.evaluate(() => [...document.querySelectorAll<HTMLElement>('button, h1, h2, label, .hint, .pick b')]
        .filter((element) => element.checkVisibility() && (element.getBoundingClientRect().right > innerWidth + 1 || element.scrollWidth > element.clientWidth + 2) && getComputedStyle(element).display !== 'inline' && !element.classList.contains('visually-hidden'))
        .map((element) => element.textContent));
      expect(cut, `${what} cuts words`).toEqual([]);
    };
    await page.goto(desk.url);
    await page.getByRole('option', { name: 'Máy đầu tiên của cơ quan' }).click();
    await expect(page.getByRole('button', { name: 'Tiếp tục' })).toBeInViewport({ ratio: 1 });
    await expectFits('place');
    await page.evaluate(() => localStorage.setItem('motcua.setUp', JSON.stringify({ path: 'first', step: 2, provinceCode: '48', communeType: 'zone', communeWord: 'Hoàng Sa', agencyCode: 'H17.100' })));
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Mã hồ sơ cấp như thế nào?' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Tiếp tục' })).toBeInViewport({ ratio: 1 });
    await expectFits('numbers');

    const other = await startDesk({ dataDir: join(folder, 'other'), stateDir: join(folder, 'other-state') });
    await setUpOffice(other);
    await page.goto(other.url);
    await page.getByRole('listbox').waitFor();
    await expectFits('sign-in');
    await signIn(page, other, LEADER);
    await page.getByRole('button', { name: 'Cài đặt' }).click();
    for (const [part, words] of [['officers', 'Cán bộ'], ['desks', 'Các máy'], ['packs', 'Gói danh mục, lịch'], ['calendar', 'Giờ, ngày nghỉ'], ['papers', 'Tên và đầu giấy'], ['history', 'Lịch sử thiết lập']] as const) {
      await page.getByRole('button', { name: words, exact: true }).click();
      await page.getByRole('table').or(page.getByRole('grid')).or(page.locator('iframe')).first().waitFor();
      await expectFits(part);
    }
    await other.stop();
  });
}

/** The counter's own screens also at the largest text, which leaves as much room as a window of 1050 × 590: less than the low one. */
const COUNTERS = [...SIZES.map((size) => ({ ...size, text: '100' })), { width: 1366, height: 768, text: '130' }];

/** Nothing sticks out at the right or is cut there, and nothing has pushed the frame out of the window. */
async function expectWhole(page: Page, name: string): Promise<void> {
  await takePicture(page, name);
  const faults = await page.evaluate(() => {
    const scrolled = [document.scrollingElement, document.body, document.getElementById('root')].filter((one) => (one?.scrollTop ?? 0) !== 0).length;
    const wide = [...document.querySelectorAll<HTMLElement>('.main-area, .page, .main-scroll, .side-content, .dossier-column, .received-main, .hand-over-side')]
      .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => `wide: ${one.className}`);
    const cut = [...document.querySelectorAll<HTMLElement>('button, h1, h2, label, th, .hint, .pick, .segments')]
      .filter((one) => one.checkVisibility() && !one.classList.contains('visually-hidden') && getComputedStyle(one).display !== 'inline')
      .filter((one) => one.scrollWidth > one.clientWidth + 2 || one.getBoundingClientRect().right > innerWidth + 1).map((one) => `cut: ${one.textContent}`);
    return [...(scrolled > 0 ? ['the page was scrolled'] : []), ...wide, ...cut];
  });
  expect(faults, name).toEqual([]);
}

/** In the window, and not under the buttons that stay at the foot of a panel. */
async function expectCursorInSight(page: Page): Promise<void> {
  const isSeen = await page.evaluate(() => {
    const element = document.activeElement;
    const box = (element?.closest('.input-box, label, .segments') ?? element)?.getBoundingClientRect();
    if (element === null || box === undefined) return false;
    const foot = document.querySelector('.panel-foot')?.getBoundingClientRect().top ?? innerHeight;
    return element.closest('.panel-foot') !== null || (box.top >= 0 && box.bottom <= foot + 1);
  });
  expect(isSeen, await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200) ?? '')).toBe(true);
}

const inSight = (part: Locator) => expect(part).toBeInViewport({ ratio: 1 });

for (const { width, height, text } of COUNTERS) {
  test(`the counter fits ${width} × ${height} with text of ${text} %`, async ({ page, desk, office }) => {
    void office;
    await page.addInitScript((size) => localStorage.setItem('motcua.textSize', size), text);
    await page.setViewportSize({ width, height });
    const name = (what: string) => `counter-${what}-${width}x${height}-${text}`;
    const type = async (...words: readonly string[]) => {
      for (const word of words) {
        await page.keyboard.type(word, { delay: 60 });
        await page.keyboard.press('Enter');
      }
    };
    await signIn(page, desk, CLERK);
    await page.getByRole('listbox', { name: 'Thủ tục hay làm' }).getByRole('option').nth(8).waitFor();
    await expectWhole(page, name('today'));
    await page.keyboard.press('F2');
    await page.getByRole('option', { name: /Chứng thực bản sao/ }).click();
    await expect(page.getByLabel('Họ tên', { exact: true })).toBeFocused();
    await type('Tẩn Mùi Mẩy Thị Hoa', 'hoc ba thpt', '14x2', 'giay khai sinh', '1');
    await expectCursorInSight(page);
    await expectWhole(page, name('copies'));
    await inSight(page.getByRole('button', { name: 'Lưu và in giấy hẹn' }));
    await page.keyboard.press('F10');
    await expect(page.getByRole('listbox', { name: 'Giấy đã ra chưa?' })).toBeFocused();
    await inSight(page.getByRole('listbox', { name: 'Giấy đã ra chưa?' }));
    await expectWhole(page, name('question'));
    await page.keyboard.press('1');
    await expect(page.getByRole('option', { selected: true })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('listbox', { name: 'Việc tiếp theo' })).toBeFocused();
    await inSight(page.getByRole('listbox', { name: 'Việc tiếp theo' }));
    await inSight(page.getByRole('button', { name: 'Tiếp nhận', exact: true }).last());
    await expectWhole(page, name('saved'));

    await page.keyboard.press('F2');
    await page.getByRole('option', { name: /Đăng ký khai sinh/ }).first().click();
    await expect(page.getByLabel('Họ tên', { exact: true })).toBeFocused();
    await type('Giàng A Páo', '010094000123', '', '', '0900000123', '');
    await expectWhole(page, name('birth'));
    await inSight(page.getByRole('button', { name: 'Lưu và in giấy hẹn' }));
    await page.keyboard.press('F7');
    await expectWhole(page, name('refuse'));
    await page.keyboard.press('F1');
    await expectWhole(page, name('help'));
    await inSight(page.locator('.dialog-actions button'));
    await page.keyboard.press('Escape');

    await page.keyboard.press('F3');
    await type('tan mui');
    await expect(page.getByRole('row', { name: /Tẩn Mùi Mẩy/ })).toBeVisible();
    await expectWhole(page, name('list'));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('region', { name: 'Tẩn Mùi Mẩy' })).toBeVisible();
    await expectWhole(page, name('dossier'));
    await page.keyboard.press('F7');
    await inSight(page.getByRole('button', { name: 'Lưu yêu cầu bổ sung' }));
    await page.keyboard.press('Escape');
    await page.keyboard.press('Alt+0');
    await expect(page.getByRole('combobox', { name: /Gõ vài chữ/ })).toBeFocused();
    await expectWhole(page, name('more-acts'));
    await page.keyboard.type('sua thong tin');
    await expect(page.getByRole('option', { name: 'Sửa thông tin', selected: true })).toBeVisible();
    await page.keyboard.press('Enter');
    await inSight(page.getByRole('button', { name: 'Lưu chỗ sửa' }));
    for (let fields = 0; fields < 40 && await page.evaluate(() => document.activeElement?.closest('.panel-foot') === null); fields += 1) {
      await expectCursorInSight(page);
      await page.keyboard.press('Enter');
    }
    await expectWhole(page, name('correct'));
  });
}

for (const { width, height, text } of COUNTERS) {
  test(`what a leader looks at fits ${width} × ${height} with text of ${text} %`, async ({ page, desk, office }) => {
    await page.addInitScript((size) => localStorage.setItem('motcua.textSize', size), text);
    await page.setViewportSize({ width, height });
    const name = (what: string) => `leader-${what}-${width}x${height}-${text}`;
    await makeLeadersOffice(desk, office);
    await signIn(page, desk, LEADER);
    await page.getByRole('button', { name: 'Điều hành' }).click();
    await expect(page.getByRole('heading', { name: 'Việc của từng người' })).toBeVisible();
    await expectWhole(page, name('workload'));
    await page.getByRole('button', { name: 'Sổ theo dõi' }).click();
    await expect(page.getByRole('row', { name: /Giàng A Páo/ })).toBeVisible();
    await expectWhole(page, name('register'));
    await page.getByText('Chọn ngày', { exact: true }).click();
    await expect(page.getByLabel('Nhận từ ngày')).toBeVisible();
    await expectWhole(page, name('register-days'));
    await page.getByRole('button', { name: 'Cài đặt' }).click();
    await page.getByRole('button', { name: 'Làm thay', exact: true }).click();
    await expect(page.getByText('Nghỉ phép năm')).toBeVisible();
    await expectWhole(page, name('delegations'));
    await page.getByRole('button', { name: 'Giao người làm thay' }).click();
    await expectWhole(page, name('delegation-form'));
  });
}

/** Some dossiers with long words, one voided, one corrected, and an officer who is away. */
async function makeLeadersOffice(desk: RunningDesk, { clerkId, leaderId, leaderToken }: SetUpOffice): Promise<void> {
  const { token } = await callDesk(desk, 'session.open', { officer: clerkId, password: CLERK.password });
  const received: string[] = [];
  for (const owner of ['Tẩn Mùi Mẩy Thị Hoa', 'Giàng A Páo', 'Vàng Seo Sính', 'Lầu Thị Súa', 'Lò Thị Mai']) {
    const { dossier } = await callDesk(desk, 'dossiers.receive', {
      idempotencyKey: crypto.randomUUID(), openedAt: Date.now(), procedureCode: '2.002516', request: 'Xác nhận thông tin hộ tịch của con dâu để làm hồ sơ vay vốn', receiptWanted: false,
      owner: { type: 'individual', name: owner, phone: '0900000123', address: 'Thôn Háng Tâu Dê, xã Nậm Khâu, huyện cũ Si Ma Cai, tỉnh Lào Cai' },
    }, token);
    received.push(dossier.id);
  }
  await callDesk(desk, 'dossiers.void', { id: received[0]!, idempotencyKey: crypto.randomUUID(), reason: 'Nhận nhầm của xã bên, đã báo người nộp và gửi lại toàn bộ giấy tờ' }, leaderToken);
  await callDesk(desk, 'dossiers.correct', { id: received[1]!, idempotencyKey: crypto.randomUUID(), reason: 'Người nộp đọc lại', changes: { request: 'Xác nhận thông tin hộ tịch' } }, leaderToken);
  const today = officeDate(Date.now());
  await callDesk(desk, 'delegations.grant', { idempotencyKey: crypto.randomUUID(), from: clerkId, to: leaderId, roles: ['reception'], firstDate: today, lastDate: today, reason: 'Nghỉ phép năm' }, leaderToken);
}
