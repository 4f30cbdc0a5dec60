/** What a page in the window cannot do, whatever runs in it. */
import type { Page } from '@playwright/test';
import { DEMO_LEADER, DEMO_OFFICERS } from '../../src-main/core/demo/demo-accounts.ts';
import { vi } from '../../src-renderer/text/vi.ts';
import { DOSSIER_STATUSES } from '../../src-shared/domain/dossiers/dossier-state.ts';
import { ROLES } from '../../src-shared/domain/officers/officer.ts';
import { walkEachDossier } from '../e2e/walk/walk-dossiers.ts';
import { settled, type Visit } from '../e2e/walk/walk-page.ts';
import { walkEachScreen } from '../e2e/walk/walk-places.ts';
import { walkEachPart } from '../e2e/walk/walk-settings.ts';
import { callFromPage, makeEveryStatus } from './shell-calls.ts';
import { corePids, expect, shownBy, signIn, test } from './shell-fixture.ts';

const EVERY_SCREEN_MS = 240_000;

/** Every entry of the rail that this officer has. */
async function walkRail(page: Page, visit: Visit): Promise<void> {
  const places = page.getByRole('navigation', { name: vi.frame.railLabel }).getByRole('button');
  for (let index = 0; index < await places.count(); index += 1) {
    await places.nth(index).click();
    await settled(page);
    await visit(await places.nth(index).innerText());
  }
}

async function takeEveryRole(page: Page): Promise<void> {
  const { officers } = await callFromPage(page, 'officers.list', {});
  const { id: officer, name, title, formOfAddress } = officers.find((one) => one.name === DEMO_LEADER.name)!;
  await callFromPage(page, 'officers.change', { officer, name, title, formOfAddress, roles: [...ROLES], retired: false });
  await expect(page.getByRole('navigation', { name: vi.frame.railLabel }).getByRole('button', { name: 'Tiếp nhận' })).toBeVisible();
}

test.describe('the fence around the page', () => {
  test('the page knows neither the session nor the secret of the core, and no part of Node', async ({ shell }) => {
    const { page } = shell;
    await page.getByRole('option').first().waitFor();
    const answers: string[] = [];
    page.on('response', (response) => {
      if (response.url().includes('/api/session')) void response.text().then((text) => answers.push(`${JSON.stringify(response.headers())} ${text}`), () => undefined);
    });
    await signIn(page);
    const seen = await page.evaluate(async () => ({
      cookie: document.cookie,
      node: [typeof (globalThis as { require?: unknown }).require, typeof (globalThis as { process?: unknown }).process, typeof (globalThis as { module?: unknown }).module],
      offered: Object.keys((window as unknown as { motcua: object }).motcua).sort(),
      headers: [...(await fetch('/api/session')).headers.keys()],
    }));
    expect(seen.cookie).toBe('');
    expect(seen.node).toEqual(['undefined', 'undefined', 'undefined']);
    expect(seen.offered).toEqual(['about', 'listPrinters', 'printPaper', 'printTestPage', 'savePaperAsPdf']);
    expect(seen.headers).not.toContain('set-cookie');
    await expect.poll(() => answers.length).toBeGreaterThan(0);
    expect(answers.join('\n')).not.toMatch(/motcua-session|"token":"[^"]/);
    // Nor does any other program of this machine that looks at the core's process.
    const [pid] = corePids(shell);
    expect(shownBy(pid!)).not.toMatch(/secret/i);
  });

  test('leads nowhere: no other page, no window, no frame, no network', async ({ shell }) => {
    const { app, page } = shell;
    await page.getByRole('option').first().waitFor();
    for (const address of ['https://example.com/', 'file:///etc/passwd', 'app://shell/fault', 'app://other/', 'data:text/html,x', 'javascript:document.title="x"']) {
      await page.evaluate((to) => {
        const link = document.createElement('a');
        link.href = to;
        document.body.append(link);
        link.click();
        link.remove();
      }, address);
      expect([address, page.url()]).toEqual([address, 'app://motcua/']);
    }
    expect(await page.evaluate(() => window.open('https://example.com/') === null && window.open('app://motcua/') === null)).toBe(true);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    const reached = await app.evaluate(async ({ session }) => {
      try {
        await session.defaultSession.fetch('http://127.0.0.1:9/');
        return 'reached';
      } catch (error) {
        return String(error);
      }
    });
    expect(reached).toContain('ERR_BLOCKED_BY_CLIENT');
    expect(await page.evaluate(() => document.createElement('webview').constructor === HTMLElement)).toBe(true);
    // The policy refused some of these; that is what this test is about.
    (shell.complaints as string[]).length = 0;
  });

  test('opens every window locked, hidden ones for papers too', async ({ shell }) => {
    const { app, page } = shell;
    await page.getByRole('option').first().waitFor();
    await app.evaluate(({ app: program }) => {
      const seen: unknown[] = [];
      Object.assign(globalThis, { seen });
      program.on('web-contents-created', (_event, contents) => {
        const window = contents as Electron.WebContents & { getLastWebPreferences(): unknown };
        contents.once('dom-ready', () => seen.push(window.getLastWebPreferences()));
      });
    });
    await page.evaluate(() => (window as unknown as { motcua: { printTestPage(input: object): Promise<unknown> } }).motcua.printTestPage({ printer: 'none', size: 'A5' }));
    const preferences = await app.evaluate(({ BrowserWindow }) => [
      (BrowserWindow.getAllWindows()[0]!.webContents as Electron.WebContents & { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences(),
      ...(globalThis as unknown as { seen: Record<string, unknown>[] }).seen,
    ]);
    expect(preferences).toHaveLength(2);
    for (const window of preferences) {
      expect(window).toMatchObject({
        sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInSubFrames: false, webSecurity: true,
        allowRunningInsecureContent: false, experimentalFeatures: false, webviewTag: false,
      });
    }
    expect(await page.evaluate(() => history.length)).toBe(1);
  });

  test('grants no permission', async ({ shell }) => {
    const { page } = shell;
    await page.getByRole('option').first().waitFor();
    const answers = await page.evaluate(async () => {
      const refused = async (work: () => Promise<unknown>) => {
        try {
          await work();
          return 'granted';
        } catch {
          return 'refused';
        }
      };
      return {
        camera: await refused(() => navigator.mediaDevices.getUserMedia({ video: true })),
        screen: await refused(() => navigator.mediaDevices.getDisplayMedia()),
        place: await refused(() => new Promise((resolve, reject) => { navigator.geolocation.getCurrentPosition(resolve, reject); })),
        clipboard: await refused(() => navigator.clipboard.readText()),
        notices: await Notification.requestPermission(),
        states: await Promise.all((['geolocation', 'camera', 'microphone', 'notifications', 'midi'] as PermissionName[]).map(async (name) => (await navigator.permissions.query({ name })).state)),
      };
    });
    expect(answers).toEqual({ camera: 'refused', screen: 'refused', place: 'refused', clipboard: 'refused', notices: 'denied', states: ['denied', 'denied', 'denied', 'denied', 'denied'] });
  });

  test('shows every screen without breaking its content security policy', async ({ shell }) => {
    test.setTimeout(EVERY_SCREEN_MS);
    const { page } = shell;
    await page.getByRole('option').first().waitFor();
    await page.evaluate(() => document.addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`)));
    const policy = await page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'));
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toContain('unsafe-inline');

    const seen: string[] = [];
    const visit = async (name: string) => {
      seen.push(name);
      expect([name, shell.complaints]).toEqual([name, []]);
    };
    for (const officer of DEMO_OFFICERS) {
      await signIn(page, officer);
      await walkRail(page, (name) => visit(`${officer.name}: ${name}`));
      await page.keyboard.press('Alt+L');
      await page.getByRole('button', { name: vi.session.lock.changeOfficer }).click();
    }
    await signIn(page, DEMO_LEADER);
    await takeEveryRole(page);
    const dossiers = await makeEveryStatus(page);
    expect(dossiers.map(({ status }) => status)).toEqual([...DOSSIER_STATUSES]);
    await callFromPage(page, 'desks.admit', { name: 'Máy 2' });
    await walkEachScreen({ page, office: { dossiers }, visit });
    await walkEachDossier({ page, office: { dossiers }, visit });
    await walkEachPart({ page, visit });
    expect(seen.length).toBeGreaterThan(60);
  });

  test('hears calls to the shell only from its own page, and only as the table says', async ({ shell }) => {
    const { app, page } = shell;
    await page.getByRole('option').first().waitFor();
    const answers = await page.evaluate(async () => {
      const motcua = (window as unknown as { motcua: Record<string, (input: unknown) => Promise<unknown>> }).motcua;
      return [
        await motcua['printPaper']!({ job: 'not an id', size: 'A5', copies: 'all', printer: null }),
        await motcua['printTestPage']!({ printer: null, size: 'A3' }),
        await motcua['savePaperAsPdf']!({ job: crypto.randomUUID(), size: 'A5', copies: 'all', name: 'x', path: '/etc/passwd' }),
        await motcua['about']!('everything'),
      ];
    });
    expect(answers).toEqual(Array.from({ length: 4 }, () => ({ ok: false, error: 'shell.malformed' })));
    // Another window of the same program, as an attacker's page would be if one ever opened.
    const stranger = await app.evaluate(async ({ BrowserWindow, app: program }) => {
      const window = new BrowserWindow({ show: false, webPreferences: { preload: `${program.getAppPath()}/out/shell/preload.cjs`, sandbox: true } });
      await window.loadURL('app://shell/test-page?size=A5');
      const answer = await window.webContents.executeJavaScript('window.motcua.about({})') as unknown;
      window.destroy();
      return answer;
    });
    expect(stranger).toEqual({ ok: false, error: 'shell.forbiddenFrame' });
  });
});
