/** What the shell shows itself, when there is no page of the core's: looked at as every screen is. */
import type { Page } from '@playwright/test';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seriousViolations } from '../e2e/desk-fixture.ts';
import { lookReachable } from '../e2e/walk/look-reachable.ts';
import { lookWhole } from '../e2e/walk/look-whole.ts';
import { expect, startShell, test } from './shell-fixture.ts';

async function faultsOf(page: Page): Promise<readonly string[]> {
  return [...await lookWhole(page), ...await seriousViolations(page), ...await lookReachable(page)];
}

test.describe('the pages of the shell itself', () => {
  test('the page of a fault breaks no rule of accessibility, shows all of itself, and is done with keys alone', async ({ folders }) => {
    const shell = await startShell(folders, { MOTCUA_CORE_NODE: join(folders.state, 'no-node') });
    const fault = await shell.app.waitForEvent('window', { predicate: (opened) => opened.waitForURL('app://shell/fault').then(() => true), timeout: 30_000 });
    await expect(fault.getByText('core.notStarted')).toBeVisible();
    // One thing to do, and the cursor is on it.
    await expect(fault.getByRole('link', { name: 'Thử lại' })).toBeFocused();
    expect(await faultsOf(fault)).toEqual([]);
    await fault.getByRole('link', { name: 'Thử lại' }).focus();
    const again = shell.app.waitForEvent('window', { predicate: (opened) => opened.waitForURL('app://shell/fault').then(() => true), timeout: 30_000 });
    await fault.keyboard.press('Enter');
    await expect((await again).getByText('core.notStarted')).toBeVisible();
    await shell.app.close();
  });

  test('the page of the start breaks none while the core is on its way', async ({ folders }) => {
    mkdirSync(folders.state, { recursive: true });
    const slowNode = join(folders.state, 'slow-node');
    writeFileSync(slowNode, '#!/bin/sh\nexec sleep 60\n');
    chmodSync(slowNode, 0o755);
    const shell = await startShell(folders, { MOTCUA_CORE_NODE: slowNode });
    await expect(shell.page.getByText('Đang mở…')).toBeVisible();
    await shell.page.screenshot({ path: 'out/electron-pictures/0-starting.png' });
    expect(await faultsOf(shell.page)).toEqual([]);
    await shell.app.close();
  });

  test('the sheets for trying a printer break none', async ({ shell }) => {
    const { app, page } = shell;
    await page.getByRole('option').first().waitFor();
    for (const size of ['A4', 'A5']) {
      const opened = app.waitForEvent('window');
      await app.evaluate(({ BrowserWindow }, address) => {
        void new BrowserWindow({ show: false, webPreferences: { sandbox: true } }).loadURL(address);
      }, `app://shell/test-page?size=${size}`);
      const sheet = await opened;
      await sheet.getByRole('heading', { name: `Trang in thử khổ ${size}` }).waitFor();
      expect(await seriousViolations(sheet)).toEqual([]);
      await sheet.close();
    }
  });
});
