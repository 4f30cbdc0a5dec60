/** The window as an officer has it: a real Electron, a real core, a practice office of its own, and pages that complain aloud. */
import { _electron, test as base, expect, type ElectronApplication, type Page } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DEMO_OFFICERS } from '../../src-main/core/demo/demo-accounts.ts';
import { rootArguments, type ElectronRuntime } from '../../src-main/start/electron-runtime.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const CLERK = DEMO_OFFICERS[0];

export interface Shell {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** What the pages complained about: refused by the policy, thrown, or logged as an error. */
  readonly complaints: readonly string[];
}

export interface ShellFolders {
  readonly data: string;
  readonly state: string;
}

function electron(): ElectronRuntime {
  const found = process.env['MOTCUA_TEST_ELECTRON'];
  if (found === undefined) throw new Error('run these tests by `npm run test:electron`, which finds the runtime');
  return JSON.parse(found) as ElectronRuntime;
}

/** What the window is started with. */
export function shellArguments(folders: ShellFolders): { executablePath: string; args: string[]; env: Record<string, string> } {
  const { executable, args } = electron();
  return {
    executablePath: executable,
    args: [...rootArguments(process.platform, process.getuid?.()), ...args, '--demo', '--data', folders.data],
    env: { ...(process.env as Record<string, string>), MOTCUA_STATE_DIR: folders.state, MOTCUA_CORE_NODE: process.execPath },
  };
}

export async function startShell(folders: ShellFolders, environment: Readonly<Record<string, string>> = {}): Promise<Shell> {
  const { env, ...started } = shellArguments(folders);
  const app = await _electron.launch({ ...started, env: { ...env, ...environment }, timezoneId: 'Asia/Ho_Chi_Minh' });
  const complaints: string[] = [];
  const page = await app.firstWindow();
  page.on('console', (message) => {
    if ((message.type() === 'error' || message.type() === 'warning') && !IS_AN_ANSWER.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { app, page, complaints };
}

/** A refused call and a core that was killed are answers, not faults of the page. */
const IS_AN_ANSWER = /status of 4\d\d|status of 50[37]|net::ERR_FAILED|net::ERR_UNEXPECTED/;

interface Fixtures {
  readonly folders: ShellFolders;
  readonly shell: Shell;
}

export const test = base.extend<Fixtures>({
  folders: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'motcua-electron-'));
    await use({ data: join(folder, 'data'), state: join(folder, 'state') });
    rmSync(folder, { recursive: true, force: true });
  },
  shell: async ({ folders }, use) => {
    const shell = await startShell(folders);
    await use(shell);
    await shell.app.close();
    expect(shell.complaints).toEqual([]);
  },
});

export { expect };

export async function signIn(page: Page, officer: { readonly name: string; readonly password: string } = CLERK): Promise<void> {
  await page.getByRole('option', { name: officer.name }).click();
  await enterPassword(page, officer);
  await page.getByRole('button', { name: `Đổi người hoặc khóa máy: ${officer.name}` }).waitFor();
}

export async function enterPassword(page: Page, officer: { readonly name: string; readonly password: string } = CLERK): Promise<void> {
  const password = page.getByLabel(`Mật khẩu của ${officer.name}`);
  await password.fill(officer.password);
  await page.keyboard.press('Enter');
  // What stands under the gate is there all along: only when the gate is gone has somebody signed in.
  await password.waitFor({ state: 'hidden' });
}

/** The core's process, a child of the window's. */
export function corePids({ app }: Shell): readonly number[] {
  const parent = app.process().pid;
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return stdout.split('\n').flatMap((line) => {
    const [, pid, ppid, args = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(ppid) === parent && args.includes('core.ts') ? [Number(pid)] : [];
  });
}

/** What a process shows to every program of this machine: its arguments and its environment. */
export function shownBy(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8') + readFileSync(`/proc/${pid}/environ`, 'utf8');
}

/** A picture for people to look at, under out/electron-pictures. */
export async function takePicture(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(ROOT, 'out/electron-pictures', `${name}.png`) });
}

/** Reaches the form of a procedure and begins a name. */
export async function openForm(page: Page, procedure: string): Promise<void> {
  await page.keyboard.press('F2');
  const tiles = page.getByRole('listbox', { name: 'Thủ tục hay dùng' }).getByRole('option');
  await tiles.first().waitFor();
  const texts = await tiles.allInnerTexts();
  const index = texts.findIndex((text) => text.includes(procedure));
  expect(index, `${procedure} is a tile`).toBeGreaterThanOrEqual(0);
  await page.keyboard.press(String(index + 1));
  await expect(page.getByLabel('Họ tên', { exact: true })).toBeFocused();
}
