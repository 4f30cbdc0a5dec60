/** What the shell shows itself, when there is no page of the core's: looked at as every screen is. */
import type { Page } from '@playwright/test';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seriousViolations } from '../e2e/desk-fixture.ts';
import { lookReachable } from '../e2e/walk/look-reachable.ts';
import { lookWhole } from '../e2e/walk/look-whole.ts';
import { expect, startShell, test, type Shell } from './shell-fixture.ts';

async function faultsOf(page: Page): Promise<readonly string[]> {
  return [...await lookWhole(page), ...await seriousViolations(page), ...await lookReachable(page)];
}

/** The same page in a window of the size of its own, with the scripts that a look needs and the page itself never has. */
async function openToLook({ app }: Pick<Shell, 'app'>, address: string): Promise<Page> {
  const opened = app.waitForEvent('window');
  await app.evaluate(({ BrowserWindow }, to) => {
    void new BrowserWindow({ width: 720, height: 460, show: false, webPreferences: { sandbox: true } }).loadURL(to);
  }, address);
  const page = await opened;
  await page.locator('h1').waitFor();
  return page;
}

const faultWindow = ({ app }: Pick<Shell, 'app'>) => app.waitForEvent('window', { predicate: (opened) => opened.waitForURL('app://shell/fault').then(() => true), timeout: 30_000 });

test.describe('the pages of the shell itself', () => {
  test('the page of a fault breaks no rule of accessibility, shows all of itself, and is done with keys alone', async ({ folders }) => {
    const shell = await startShell(folders, { MOTCUA_CORE_NODE: join(folders.state, 'no-node') });
    const fault = await faultWindow(shell);
    await expect(fault.getByText('core.notStarted')).toBeVisible();
    const [retry, quit] = [fault.getByRole('link', { name: 'Thử lại' }), fault.getByRole('link', { name: 'Đóng phần mềm' })];
    // The one thing to do has the cursor, the other is a key further.
    await expect(retry).toBeFocused();
    await fault.keyboard.press('Tab');
    await expect(quit).toBeFocused();
    await fault.keyboard.press('Shift+Tab');
    const looked = await openToLook(shell, 'app://shell/fault');
    expect(await faultsOf(looked)).toEqual([]);
    await looked.close();
    const again = faultWindow(shell);
    // The press takes this window along before the key comes up again.
    await fault.keyboard.press('Enter').catch(() => undefined);
    await expect((await again).getByText('core.notStarted')).toBeVisible();
    await shell.app.close();
  });

  test('the page is there while the core is on its way, and says what it waits for', async ({ folders }) => {
    mkdirSync(folders.state, { recursive: true });
    const slowNode = join(folders.state, 'slow-node');
    writeFileSync(slowNode, '#!/bin/sh\nexec sleep 60\n');
    chmodSync(slowNode, 0o755);
    const shell = await startShell(folders, { MOTCUA_CORE_NODE: slowNode });
    await expect(shell.page.getByText('Đang mở phần lưu trữ…')).toBeVisible();
    await shell.page.screenshot({ path: 'out/electron-pictures/0-starting.png' });
    expect(await faultsOf(shell.page)).toEqual([]);
    await shell.app.close();
  });

  test('the sheets for trying a printer break none', async ({ shell }) => {
    await shell.page.getByRole('option').first().waitFor();
    for (const size of ['A4', 'A5']) {
      const sheet = await openToLook(shell, `app://shell/test-page?size=${size}`);
      await expect(sheet.getByRole('heading', { name: `Trang in thử khổ ${size}` })).toBeVisible();
      expect(await seriousViolations(sheet)).toEqual([]);
      await sheet.close();
    }
  });
});
