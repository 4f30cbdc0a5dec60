import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { callDesk, CLERK, expect, expectAccessible, LEADER, restartDesk, setUpOffice, signIn, startDesk, takePicture, test } from './desk-fixture.ts';

/** Lets the next call to this address reach the core, and its answer the page only when it is released; then until the page has taken it. */
async function holdAnswer(page: Page, url: string) {
  const answered = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const taken = Promise.withResolvers<void>();
  await page.route(url, async (route) => {
    const response = await route.fetch();
    answered.resolve();
    await released.promise;
    await route.fulfill({ response });
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve, 0)); }));
    taken.resolve();
  }, { times: 1 });
  return {
    isAnswered: answered.promise,
    release: async () => {
      released.resolve();
      await taken.promise;
    },
  };
}

test.describe('signing in', () => {
  test('goes by digit, password and Enter, and remembers who was last', async ({ page, desk, office }) => {
    expect(office.clerkId).not.toBe('');
    await page.goto(desk.url);
    await expect(page.getByRole('listbox', { name: 'Cán bộ' })).toBeFocused();
    await expectAccessible(page);
    const tile = page.getByRole('option', { name: CLERK.name });
    const digit = await tile.locator('kbd').textContent();
    await page.keyboard.press(digit!);
    await expect(page.getByLabel(`Mật khẩu của ${CLERK.name}`)).toBeFocused();
    // Digits of a password never pick a tile.
    await page.keyboard.type('1');
    await expect(page.getByLabel(`Mật khẩu của ${CLERK.name}`)).toHaveValue('1');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('listbox', { name: 'Cán bộ' })).toBeFocused();
    await page.keyboard.press(digit!);
    await expect(page.getByLabel(`Mật khẩu của ${CLERK.name}`)).toBeFocused();
    await page.keyboard.type(CLERK.password);
    await takePicture(page, 'sign-in-password');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: `Đổi người hoặc khóa máy: ${CLERK.name}` })).toBeVisible();

    await page.reload();
    await expect(page.getByRole('button', { name: `Đổi người hoặc khóa máy: ${CLERK.name}` })).toBeVisible();
    await page.keyboard.press('Alt+L');
    await page.getByRole('button', { name: 'Đổi cán bộ' }).click();
    // Whoever was last is marked, and yet a digit picks another one and is no letter of a password.
    await expect(page.getByRole('listbox', { name: 'Cán bộ' })).toBeFocused();
    await expect(page.getByRole('option', { name: CLERK.name })).toHaveAttribute('aria-selected', 'true');
    const other = await page.getByRole('option', { name: LEADER.name }).locator('kbd').textContent();
    await page.keyboard.press(other!);
    await expect(page.getByLabel(`Mật khẩu của ${LEADER.name}`)).toBeFocused();
    await expect(page.getByLabel(`Mật khẩu của ${LEADER.name}`)).toHaveValue('');
    // The one who was last may type the password at once, or press Enter first.
    await page.reload();
    await expect(page.getByRole('listbox', { name: 'Cán bộ' })).toBeFocused();
    await page.keyboard.type(CLERK.password);
    await expect(page.getByLabel(`Mật khẩu của ${CLERK.name}`)).toHaveValue(CLERK.password);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: `Đổi người hoặc khóa máy: ${CLERK.name}` })).toBeVisible();
  });

  test('says how many tries are left, then counts the wait down for this officer alone', async ({ page, desk, office }) => {
    expect(office.leaderId).not.toBe('');
    await page.goto(desk.url);
    await page.getByRole('option', { name: CLERK.name }).click();
    const password = page.getByLabel(`Mật khẩu của ${CLERK.name}`);
    await password.fill('sai-mat-khau');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toContainText(/Mật khẩu chưa đúng\. Còn \d lần thử, sau đó chờ \d+ phút\./);
    await takePicture(page, 'sign-in-wrong');
    const waiting = page.getByText(/Nhập sai nhiều lần\. Chờ \d+:\d\d rồi thử lại\./);
    const triesLeft = Number(/Còn (\d)/.exec((await page.getByRole('alert').textContent())!)?.[1]);
    for (let attempt = 0; attempt < triesLeft; attempt += 1) {
      await expect(password).toHaveValue('');
      await password.fill(`sai-mat-khau-${attempt}`);
      await page.keyboard.press('Enter');
    }
    await expect(waiting).toBeVisible();
    const before = await waiting.textContent();
    await expect(waiting).not.toHaveText(before!);
    await takePicture(page, 'sign-in-locked-out');
    await page.keyboard.press('Escape');
    await page.getByRole('option', { name: LEADER.name }).click();
    await page.getByLabel(`Mật khẩu của ${LEADER.name}`).fill(LEADER.password);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: `Đổi người hoặc khóa máy: ${LEADER.name}` })).toBeVisible();
  });

  test('opens the desk though the core was away while the desk was being loaded', async ({ page, desk, office }) => {
    expect(office.clerkId).not.toBe('');
    let refused = 0;
    await page.route('**/assets/desk-app-*.js', async (route) => {
      refused += 1;
      await (refused <= 2 ? route.abort('connectionrefused') : route.continue());
    });
    await page.goto(desk.url);
    await expect.poll(() => refused).toBeGreaterThan(2);
    await signIn(page, desk, CLERK);
    await expect(page.getByRole('searchbox', { name: 'Tìm hồ sơ' })).toBeVisible();
  });

  test('shows the accounts of the practice office', async ({ page, folder }) => {
    const demo = await startDesk({ dataDir: join(folder, 'demo'), stateDir: join(folder, 'demo-state'), demo: true });
    await page.goto(demo.url);
    await expect(page.getByText('nam-khau-lam')).toBeVisible();
    await takePicture(page, 'sign-in-demo');
    await expectAccessible(page);
    await demo.stop();
  });

  test('opens by the recovery code when everybody forgot, and only to give a new password', async ({ page, desk, office }) => {
    await page.goto(desk.url);
    await page.getByRole('button', { name: 'Quên mật khẩu: mở bằng mã khôi phục' }).click();
    await expect(page.getByText(/Máy này mở bằng tờ số \w{4}\./)).toBeVisible();
    const code = page.getByLabel('Mã khôi phục');
    const groups = office.recoveryCode.split('-');
    await code.fill([groups[0], groups[1]!.split('').reverse().join(''), ...groups.slice(2)].join(' '));
    await page.keyboard.press('Enter');
    await expect(page.getByText('Nhóm thứ 2 chưa khớp.', { exact: false })).toBeVisible();
    await takePicture(page, 'recovery-wrong');
    await code.fill(office.recoveryCode.toLowerCase().replaceAll('-', ' '));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Đặt mật khẩu mới cho ai?' })).toBeVisible();
    await takePicture(page, 'recovery-officers');
    await expectAccessible(page);
    await page.getByRole('option', { name: CLERK.name }).click();
    await page.getByLabel(`Mật khẩu mới của ${CLERK.name}`).fill('mat-khau-moi-hon');
    await page.getByLabel('Gõ lại mật khẩu').fill('mat-khau-moi-hon');
    await page.keyboard.press('F10');
    await expect(page.getByText(`Đã đặt mật khẩu mới cho ${CLERK.name}.`)).toBeVisible();
    await page.getByRole('button', { name: 'Làm mã khôi phục mới' }).click();
    await page.getByRole('button', { name: 'Làm mã khôi phục mới' }).click();
    await expect(page.getByTestId('recovery-code').locator('span')).toHaveCount(7);
    await takePicture(page, 'recovery-renewal');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Thôi, giữ mã cũ' }).click();
    await page.getByRole('button', { name: 'Quay lại' }).click();
    await page.getByRole('button', { name: 'Xong, sang đăng nhập' }).click();
    await page.getByRole('option', { name: CLERK.name }).click();
    await page.getByLabel(`Mật khẩu của ${CLERK.name}`).fill('mat-khau-moi-hon');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: `Đổi người hoặc khóa máy: ${CLERK.name}` })).toBeVisible();
  });
});

test.describe('a form that is being filled', () => {
  test('waits under the lock, unseen and unreachable, and comes back as it was', async ({ page, desk, office }) => {
    expect(office.clerkId).not.toBe('');
    await signIn(page, desk, CLERK);
    const find = page.getByRole('searchbox', { name: 'Tìm hồ sơ' });
    await find.fill('Giàng A Páo');
    await page.keyboard.press('Alt+L');
    const password = page.getByLabel(`Mật khẩu của ${CLERK.name}`);
    await expect(password).toBeFocused();
    await expect(find).toBeHidden();
    await takePicture(page, 'lock');
    await expectAccessible(page);
    for (let step = 0; step < 8; step += 1) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('.gate') !== null)).toBe(true);
    }
    // No key of the desk works under the lock.
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(callDesk(desk, 'session.current', {})).resolves.toEqual({ session: null, locked: false });
    await password.fill(CLERK.password);
    await page.keyboard.press('Enter');
    await expect(find).toHaveValue('Giàng A Páo');
    await expect(find).toBeFocused();
  });

  test('is locked by itself after the minutes that the office set', async ({ page, desk, office }) => {
    await callDesk(desk, 'settings.save', { key: 'idleLockMinutes', value: 1 }, office.leaderToken);
    await page.clock.install();
    await signIn(page, desk, CLERK);
    await page.clock.fastForward(50_000);
    await page.mouse.move(200, 200);
    await page.clock.fastForward(50_000);
    await expect(page.getByRole('heading', { name: 'Màn hình đang khóa' })).toBeHidden();
    await page.clock.fastForward(70_000);
    await expect(page.getByRole('heading', { name: 'Màn hình đang khóa' })).toBeVisible();
  });

  test('waits while the core is gone, and under the sign-in after its restart', async ({ page, folder }) => {
    let desk = await startDesk({ dataDir: join(folder, 'crash'), stateDir: join(folder, 'crash-state') });
    await setUpOffice(desk);
    await signIn(page, desk, CLERK);
    const find = page.getByRole('searchbox', { name: 'Tìm hồ sơ' });
    await find.fill('Lầu Thị Súa');
    await desk.kill();
    await expect(page.getByText('Đang nối lại với phần lưu trữ… Chữ đã nhập vẫn còn.')).toBeVisible();
    await takePicture(page, 'core-gone');
    await expect(find).toHaveValue('Lầu Thị Súa');
    desk = await restartDesk(desk);
    await expect(page.getByRole('heading', { name: 'Phần lưu trữ vừa mở lại' })).toBeVisible();
    await takePicture(page, 'core-back');
    await page.getByLabel(`Mật khẩu của ${CLERK.name}`).fill(CLERK.password);
    await page.keyboard.press('Enter');
    await expect(page.getByText('Đang nối lại với phần lưu trữ…', { exact: false })).toBeHidden();
    await expect(find).toHaveValue('Lầu Thị Súa');
    await desk.stop();
  });

  test('keeps the desk open when answers to what was asked before the sign-in come after it', async ({ page, folder }) => {
    let desk = await startDesk({ dataDir: join(folder, 'late'), stateDir: join(folder, 'late-state') });
    await setUpOffice(desk);
    await signIn(page, desk, CLERK);
    await desk.kill();
    desk = await restartDesk(desk);
    const lost = page.getByRole('heading', { name: 'Phần lưu trữ vừa mở lại' });
    await expect(lost).toBeVisible();
    // A screen below asks without a session and is refused; the answer is held back on its way.
    const refusal = await holdAnswer(page, '**/api/printing/jobs**');
    await page.evaluate(() => {
      history.pushState({ motcua: { screen: { name: 'printQueue' }, depth: 1 } }, '');
      dispatchEvent(new PopStateEvent('popstate'));
    });
    await refusal.isAnswered;
    // The link to the core breaks for a moment, and the page asks who works here; that answer is held back too.
    const nobody = await holdAnswer(page, '**/api/session');
    await page.context().setOffline(true);
    const password = page.getByLabel(`Mật khẩu của ${CLERK.name}`);
    await password.fill('chua-toi-noi');
    await page.keyboard.press('Enter');
    await expect(page.locator('.gate .note.bad')).toBeVisible();
    await page.context().setOffline(false);
    await nobody.isAnswered;

    await password.fill(CLERK.password);
    await page.keyboard.press('Enter');
    await expect(lost).toBeHidden();
    await refusal.release();
    await nobody.release();
    await expect(lost).toBeHidden();
    await expect(page.getByRole('button', { name: `Đổi người hoặc khóa máy: ${CLERK.name}` })).toBeVisible();
    await desk.stop();
  });

  test('stays locked when the lock could not reach the core', async ({ page, desk, office }) => {
    expect(office.clerkId).not.toBe('');
    await signIn(page, desk, CLERK);
    await page.context().setOffline(true);
    await page.keyboard.press('Alt+L');
    await expect(page.getByRole('heading', { name: 'Màn hình đang khóa' })).toBeVisible();
    const asked = page.waitForResponse((response) => response.url().endsWith('/api/session/lock'));
    await page.context().setOffline(false);
    expect((await asked).ok()).toBe(true);
    await expect(page.getByRole('heading', { name: 'Màn hình đang khóa' })).toBeVisible();
    expect((await page.request.get(`${desk.url}/api/session`).then((response) => response.json())) as object).toMatchObject({ locked: true });
  });

  test('is covered by one thing to do when the disk is full, and is there again after it', async ({ page, desk, office }) => {
    expect(office.clerkId).not.toBe('');
    await signIn(page, desk, LEADER);
    await page.route('**/api/settings/idleLockMinutes', (route) => route.fulfill({
      status: 507, contentType: 'application/json', body: JSON.stringify({ error: { code: 'storage.full', sentence: 'Ổ đĩa đã đầy, chưa lưu được. Việc đã lưu vẫn còn.' } }),
    }), { times: 1 });
    await page.getByRole('button', { name: 'Cài đặt' }).click();
    await page.getByRole('button', { name: 'Cơ quan', exact: true }).click();
    await page.getByLabel('Tự khóa màn hình sau').fill('15');
    await page.keyboard.press('F10');
    await expect(page.getByRole('heading', { name: 'Ổ đĩa đã đầy nên máy chưa lưu được' })).toBeVisible();
    await takePicture(page, 'disk-full');
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('Tự khóa màn hình sau')).toHaveValue('15');
    await page.keyboard.press('F10');
    await expect(page.getByText('Đã lưu.')).toBeVisible();
  });
});
