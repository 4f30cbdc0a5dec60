import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromiumPath } from '../../bench/shell/trial-browser.ts';
import { textsFoundIn } from '../helpers/decrypted-pages.ts';
import { callDesk, CLERK, expect, signIn, test, type RunningDesk, type SetUpOffice } from './desk-fixture.ts';

const TYPED = 'Sầm Thị Xuyến';
/** Written by the test itself into the same profile, in the clear: it must be found, or the search proves nothing. */
const CONTROL = 'doi-chung-khong-ma-hoa';

interface Browser {
  readonly endpoint: string;
  /** As when the power goes: nothing is tidied up any more. */
  kill(): Promise<void>;
}

/** A browser as an officer has it, with a profile that stays on the disk, and under our own hand so that it can be killed. */
async function startBrowser(profile: string): Promise<Browser> {
  const child = spawn(await chromiumPath(), [
    '--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--lang=vi-VN', '--window-size=1366,768', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank',
  ], { stdio: 'ignore' });
  const portFile = join(profile, 'DevToolsActivePort');
  await expect.poll(() => existsSync(portFile) && readFileSync(portFile, 'utf8').includes('\n')).toBe(true);
  const [port] = readFileSync(portFile, 'utf8').split('\n');
  return {
    endpoint: `http://127.0.0.1:${port}`,
    kill: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function profileFiles(profile: string): Buffer[] {
  return readdirSync(profile, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
}

/** Leaves the form with rows in the browser's buffer that no core has taken over. */
async function typeHalfAForm(browser: Browser, desk: RunningDesk, office: SetUpOffice): Promise<{ readonly token: string; readonly bufferKey: string }> {
  const remote = await chromium.connectOverCDP(browser.endpoint);
  const page = await remote.contexts()[0]!.newPage();
  await signIn(page, desk, CLERK);
  await page.keyboard.press('F2');
  await page.getByRole('listbox', { name: 'Thủ tục hay dùng' }).getByRole('option').filter({ hasText: 'Đăng ký khai sinh' }).first().click();
  const name = page.getByLabel('Họ tên', { exact: true });
  await expect(name).toBeFocused();
  const session = await callDesk(desk, 'session.open', { officer: office.clerkId, password: CLERK.password });
  // Without a core the buffer keeps what is typed: the very rows that a killed browser leaves behind.
  await desk.kill();
  await page.keyboard.type(TYPED, { delay: 60 });
  const countRows = () =>
    page.evaluate(() => new Promise<number>((resolve) => {
      const opening = indexedDB.open('motcua');
      opening.onsuccess = () => {
        const counting = opening.result.transaction('rows').objectStore('rows').count();
        counting.onsuccess = () => {
          opening.result.close();
          resolve(counting.result);
        };
      };
    }));
  await expect.poll(countRows).toBeGreaterThan(0);
  await page.evaluate((text) => new Promise<void>((resolve) => {
    const opening = indexedDB.open('control');
    opening.onupgradeneeded = () => void opening.result.createObjectStore('rows');
    opening.onsuccess = () => {
      const writing = opening.result.transaction('rows', 'readwrite', { durability: 'strict' });
      writing.objectStore('rows').put({ text }, 1);
      writing.oncomplete = () => resolve();
    };
  }), CONTROL);
  return session;
}

test('a browser killed over a half-typed form leaves nothing readable in its profile', async ({ folder, desk, office }) => {
  const profile = join(folder, 'profile');
  const browser = await startBrowser(profile);
  let session: { readonly token: string; readonly bufferKey: string };
  try {
    session = await typeHalfAForm(browser, desk, office);
  } finally {
    await browser.kill();
  }

  const files = profileFiles(profile);
  expect(textsFoundIn(files, [CONTROL])).toEqual([CONTROL]);
  expect(textsFoundIn(files, [TYPED, 'Xuyến', 'Sầm', CLERK.password, session.bufferKey, session.token])).toEqual([]);
  const keyBytes = Buffer.from(session.bufferKey, 'base64url');
  expect(files.filter((file) => file.includes(keyBytes))).toEqual([]);
});
