/** An officer's way through the window: sign in, receive, the paper, a core that dies, a second start. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractText, getDocumentProxy } from 'unpdf';
import { corePids, enterPassword, expect, openForm, shellArguments, shownBy, signIn, startShell, takePicture, test, type Shell } from './shell-fixture.ts';

async function receiveCertification({ page }: Shell): Promise<string> {
  await openForm(page, 'Chứng thực bản sao');
  for (const text of ['Lò Thị Mai', 'bang tn', '2x3']) {
    await page.keyboard.type(text, { delay: 75 });
    await page.keyboard.press('Enter');
  }
  await expect(page.getByText('12.000 đ').first()).toBeVisible();
  await page.keyboard.press('F10');
  await expect(page.getByRole('heading', { name: 'Đã tiếp nhận' })).toBeVisible();
  return (await page.locator('.received-code').getAttribute('aria-label')) ?? '';
}

/** Picks the file of the next dialog, which a test cannot press. */
async function answerSaveDialog({ app }: Shell, file: string | null): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = (() => Promise.resolve({ canceled: chosen === null, filePath: chosen ?? '' })) as typeof dialog.showSaveDialog;
  }, file);
}

/** Plays a printer, which this machine may lack: what it was asked for, and what it says. */
async function playPrinter({ app }: Shell, says: { readonly success: boolean; readonly reason: string }): Promise<void> {
  await app.evaluate(({ BrowserWindow }, answer) => {
    const asked: unknown[] = [];
    Object.assign(globalThis, { printsAsked: asked });
    const probe = new BrowserWindow({ show: false });
    const prototype = Object.getPrototypeOf(probe.webContents) as Electron.WebContents;
    probe.destroy();
    prototype.print = function print(this: Electron.WebContents, options, done) {
      asked.push({ ...options, url: this.getURL() });
      done?.(answer.success, answer.reason);
    };
    prototype.getPrintersAsync = () => Promise.resolve([{ name: 'Canon_LBP', displayName: 'Canon LBP 2900', description: '', options: {} }] as unknown as Electron.PrinterInfo[]);
  }, says);
}

const printsAsked = ({ app }: Shell) => app.evaluate(() => (globalThis as unknown as { printsAsked: { url: string; silent: boolean; pageSize: string; deviceName?: string }[] }).printsAsked);

test.describe('the desk in its window', () => {
  test('receives a dossier, prints it by itself, and gives the receipt as a file that reads right', async ({ shell, folders }) => {
    const { page } = shell;
    await playPrinter(shell, { success: true, reason: '' });
    await page.getByRole('option').first().waitFor();
    await takePicture(page, '1-sign-in');
    await signIn(page);
    await takePicture(page, '2-today');
    const code = await receiveCertification(shell);
    await expect(page.getByText('Đã in xong').first()).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Giấy đã ra chưa?' })).toHaveCount(0);
    await takePicture(page, '3-received');
    const asked = await printsAsked(shell);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ silent: true, pageSize: 'A5' });
    expect(asked[0]!.url).toContain('/api/papers/');

    const file = join(folders.state, 'giay.pdf');
    await answerSaveDialog(shell, file);
    await page.getByRole('button', { name: 'In ra tệp' }).click();
    await expect(page.getByText('Đã ghi tệp')).toBeVisible();
    const pdf = await getDocumentProxy(new Uint8Array(readFileSync(file)));
    const { text, totalPages } = await extractText(pdf, { mergePages: true });
    const [, , width, height] = (await pdf.getPage(1)).view;
    expect([totalPages, Math.round(width!), Math.round(height!)]).toEqual([2, 420, 595]);
    expect(text).toContain(code);
    expect(text).toContain('LÒ THỊ MAI');
    expect(text).toContain('GIẤY TIẾP NHẬN HỒ SƠ');
  });

  test('says what to do when the printer refuses, and prints the same original later', async ({ shell }) => {
    const { page } = shell;
    await playPrinter(shell, { success: false, reason: 'Print job failed' });
    await signIn(page);
    const code = await receiveCertification(shell);
    await expect(page.getByText('Máy in không nhận.')).toBeVisible();
    await takePicture(page, '4-printer-refused');
    await page.getByRole('button', { name: /Chờ in/ }).click();
    await expect(page.getByRole('heading', { name: 'Giấy chờ in' })).toBeVisible();
    await expect(page.getByText('Lần trước chưa ra.').first()).toBeVisible();
    await takePicture(page, '5-print-queue');
    await playPrinter(shell, { success: true, reason: '' });
    const line = page.locator('.print-queue-line').filter({ hasText: code.slice(-4) });
    await line.getByRole('button', { name: 'In', exact: true }).click();
    await expect(line).toHaveCount(0);
    expect((await printsAsked(shell))[0]!.url).toContain('copies=open');
  });

  test('prints the cash sheet without a question; what the printer refuses waits like every paper and goes into a file', async ({ shell, folders }) => {
    const { page } = shell;
    await playPrinter(shell, { success: true, reason: '' });
    await signIn(page);
    await page.getByRole('navigation', { name: 'Mục chính' }).getByRole('button', { name: 'Sổ theo dõi' }).click();
    await page.getByText('Bảng kê thu', { exact: true }).first().click();
    await expect(page.getByRole('button', { name: 'In bảng kê' })).toBeVisible();
    await page.keyboard.press('F9');
    await expect(page.frameLocator('iframe[title="Bảng kê sắp in"]').getByText('BẢNG KÊ THU PHÍ, LỆ PHÍ')).toBeVisible();
    await page.keyboard.press('F10');
    await expect(page.getByText('Đã ghi: giấy đã in.')).toBeVisible();
    const asked = await printsAsked(shell);
    expect(asked).toMatchObject([{ silent: true, pageSize: 'A4' }]);
    expect(asked[0]!.url).toMatch(/^app:\/\/motcua\/api\/papers\/[0-9a-f-]{36}\?copies=open$/);
    await takePicture(page, '10-cash-sheet-printed');
    // The sheet is out, so the next one is a copy; it waits like every paper while the printer refuses.
    await playPrinter(shell, { success: false, reason: 'Print job failed' });
    await page.keyboard.press('F10');
    await expect(page.getByText('Máy in không nhận.', { exact: false })).toBeVisible();
    await expect(page.getByText('Bản in lại lần 1')).toBeVisible();
    await takePicture(page, '11-cash-sheet-refused');
    const file = join(folders.state, 'bang-ke.pdf');
    await answerSaveDialog(shell, file);
    await page.getByRole('button', { name: 'In ra tệp' }).click();
    await expect(page.getByText('Đã ghi tệp')).toBeVisible();
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(readFileSync(file))), { mergePages: true });
    expect(text).toContain('BẢNG KÊ THU PHÍ, LỆ PHÍ');
    expect(text).toContain('BẢN IN LẠI lần 1');
    await page.getByRole('navigation', { name: 'Mục chính' }).getByRole('button', { name: 'Chờ in' }).click();
    const line = page.locator('.print-queue-line').filter({ hasText: 'Bảng kê thu phí, lệ phí' });
    await expect(line.getByText('Lần trước chưa ra.', { exact: false })).toBeVisible();
    await playPrinter(shell, { success: true, reason: '' });
    await line.getByRole('button', { name: 'In', exact: true }).click();
    await expect(line).toHaveCount(0);
  });

  test('chooses the printer of this machine, tries it, and says which program this is', async ({ shell, folders }) => {
    const { page } = shell;
    await playPrinter(shell, { success: true, reason: '' });
    await signIn(page);
    await page.getByRole('navigation', { name: 'Mục chính' }).getByRole('button', { name: 'Cài đặt' }).click();
    await page.getByRole('button', { name: 'Máy in', exact: true }).click();
    await page.getByRole('combobox', { name: 'Giấy in ra ở' }).click();
    await page.getByRole('option', { name: 'Canon LBP 2900' }).click();
    await page.getByRole('button', { name: 'In trang thử A4' }).click();
    await expect(page.getByText('Máy in đã nhận trang thử.')).toBeVisible();
    await takePicture(page, '8-printer');
    expect((await printsAsked(shell)).at(-1)).toMatchObject({ silent: true, pageSize: 'A4', deviceName: 'Canon_LBP', url: 'app://shell/test-page?size=A4' });
    await page.getByRole('button', { name: 'Về phần mềm' }).click();
    await expect(page.getByText(folders.data)).toBeVisible();
    await expect(page.getByText(/Electron \d+.*Node 24/)).toBeVisible();
    await takePicture(page, '9-about');
  });

  test('keeps a half-filled form through a killed core, without loading the page again', async ({ shell }) => {
    const { page } = shell;
    await signIn(page);
    await openForm(page, 'Đăng ký khai sinh');
    await page.keyboard.type('Tẩn Mùi', { delay: 60 });
    await expect(page.getByText('Đã giữ bản nháp trên máy')).toBeVisible();
    await page.evaluate(() => Object.assign(window, { neverLoadedAgain: true }));
    const [before] = corePids(shell);
    process.kill(before!, 'SIGKILL');
    await page.keyboard.type(' Mẩy', { delay: 60 });
    await expect(page.getByLabel(/Mật khẩu của/)).toBeVisible();
    await takePicture(page, '6-core-back');
    await enterPassword(page);
    await expect(page.getByLabel('Họ tên', { exact: true })).toHaveValue('Tẩn Mùi Mẩy');
    await expect(page.getByText('Đã giữ bản nháp trên máy')).toBeVisible();
    expect(await page.evaluate(() => 'neverLoadedAgain' in window)).toBe(true);
    const [after] = corePids(shell);
    expect(after).not.toBe(before);
  });

  test('hears of changes by server-sent events, before and after a restart of the core', async ({ shell }) => {
    const { page } = shell;
    await signIn(page);
    const listen = () => page.evaluate(() => new Promise<string>((resolve) => {
      const source = new EventSource('/api/events');
      source.onmessage = ({ data }) => {
        source.close();
        resolve(data as string);
      };
      source.onopen = () => void fetch('/api/drafts/save', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }).then(() => fetch('/api/session/lock', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }));
    }));
    expect(JSON.parse(await listen())).toEqual({ type: 'session' });
    await enterPassword(page);
    await page.getByRole('button', { name: /Đổi người hoặc khóa máy/ }).waitFor();
    process.kill(corePids(shell)[0]!, 'SIGKILL');
    await expect(page.getByLabel(/Mật khẩu của/)).toBeVisible();
    await enterPassword(page);
    await page.getByRole('button', { name: /Đổi người hoặc khóa máy/ }).waitFor();
    expect(JSON.parse(await listen())).toEqual({ type: 'session' });
  });

  test('lies a page over the desk that says what to do when the core does not come back, and goes on from there', async ({ shell }) => {
    const { app, page } = shell;
    await page.getByRole('option').first().waitFor();
    const kill = setInterval(() => {
      for (const pid of corePids(shell)) process.kill(pid, 'SIGKILL');
    }, 20);
    const fault = await app.waitForEvent('window', { predicate: (opened) => opened.url().startsWith('app://shell/') || opened.waitForURL('app://shell/fault').then(() => true), timeout: 30_000 });
    clearInterval(kill);
    await expect(fault.getByRole('heading', { name: 'Phần lưu trữ chưa chạy' })).toBeVisible();
    await expect(fault.getByText('core.died')).toBeVisible();
    await fault.screenshot({ path: 'out/electron-pictures/7-fault.png' });
    expect(page.url()).toBe('app://motcua/');
    const closed = fault.waitForEvent('close');
    await fault.getByRole('link', { name: 'Thử lại' }).click();
    await closed;
    await expect.poll(() => page.evaluate(() => fetch('/api/office').then(({ status }) => status, () => 0))).toBe(200);
    await signIn(page);
  });

  test('ends when its core never ran: nobody would see a program that stays behind and keeps every later start away', async ({ folders }) => {
    const shell = await startShell(folders, { MOTCUA_CORE_NODE: join(folders.state, 'no-node') });
    const fault = await shell.app.waitForEvent('window', { predicate: (opened) => opened.waitForURL('app://shell/fault').then(() => true), timeout: 30_000 });
    await expect(fault.getByText('core.notStarted')).toBeVisible();
    const ended = once(shell.app.process(), 'exit');
    await fault.getByRole('link', { name: 'Đóng phần mềm' }).click({ noWaitAfter: true });
    expect((await ended)[0]).toBe(0);
  });

  test('is there once: a second start brings the first window forward and ends', async ({ shell, folders }) => {
    const { app, page } = shell;
    await page.getByRole('option').first().waitFor();
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.minimize());
    const { executablePath, args, env } = shellArguments(folders);
    const second = spawn(executablePath, args, { env, stdio: 'ignore' });
    const [code] = (await once(second, 'exit')) as [number];
    expect(code).toBe(0);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isMinimized()))).toEqual([false]);
    expect(corePids(shell)).toHaveLength(1);
  });

  test('remembers its size and zoom, and ends its core with itself', async ({ folders }) => {
    const first = await startShell(folders);
    await first.page.getByRole('option').first().waitFor();
    await first.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      window!.unmaximize();
      window!.setBounds({ x: 40, y: 30, width: 1_040, height: 620 });
    });
    // Keys that a test types into the page never pass through the window, as those of a keyboard do.
    await first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.sendInputEvent({ type: 'keyDown', keyCode: '=', modifiers: ['control'] }));
    await expect.poll(() => first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.getZoomLevel())).toBe(0.5);
    const [core] = corePids(first);
    await first.app.close();
    await expect.poll(() => existsSync(`/proc/${core!}`)).toBe(false);

    const second = await startShell(folders);
    await second.page.getByRole('option').first().waitFor();
    const [size, zoom] = await second.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      return [window!.getBounds(), window!.webContents.getZoomLevel()] as const;
    });
    expect([size.width, size.height, zoom]).toEqual([1_040, 620, 0.5]);
    await second.app.close();
  });

  test('ends core and window in order when the session of the system ends', async ({ folders }) => {
    const shell = await startShell(folders);
    await shell.page.getByRole('option').first().waitFor();
    const [core] = corePids(shell);
    expect(shownBy(core!)).not.toContain('x-motcua-secret');
    const ended = once(shell.app.process(), 'exit');
    shell.app.process().kill('SIGTERM');
    await ended;
    await expect.poll(() => existsSync(`/proc/${core!}`)).toBe(false);
  });
});
