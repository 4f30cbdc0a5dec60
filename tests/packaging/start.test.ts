import type { Page } from '@playwright/test';
import { appendFileSync, existsSync, mkdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_OFFICERS } from '../../src-main/core/demo/demo-accounts.ts';
import { seriousViolations } from '../e2e/desk-fixture.ts';
import { installProgram, openProgram, processesBelow, startAndWait, statusOf, type InstalledProgram, type RunningProgram } from './installed-program.ts';

/** The packed program, really started by an ordinary user: on its own Node, deaf to what would make it run something else. */
const PICTURES = path.resolve(import.meta.dirname, '../../out/package-pictures');
const CLERK = DEMO_OFFICERS[0];
let installed: InstalledProgram;
let running: RunningProgram | undefined;
beforeAll(() => {
  installed = installProgram();
  mkdirSync(PICTURES, { recursive: true });
});
afterEach(async () => {
  await running?.end();
  running = undefined;
});
afterAll(() => installed.remove());

const pid = (program: RunningProgram) => program.process.pid!;
const cores = (program: RunningProgram) => processesBelow(pid(program)).filter(({ command }) => command.includes('core.ts'));
/** A program of somebody else's that leaves a trace when it runs. */
function intruder(name: string): { readonly code: string; readonly hasRun: () => boolean } {
  const trace = path.join(installed.home, `${name}.ran`);
  return { code: `require('node:fs').writeFileSync(${JSON.stringify(trace)}, '')`, hasRun: () => existsSync(trace) };
}

async function signIn(page: Page): Promise<void> {
  await page.getByRole('option', { name: CLERK.name }).click();
  const password = page.getByLabel(`Mật khẩu của ${CLERK.name}`);
  await password.fill(CLERK.password);
  await page.keyboard.press('Enter');
  await password.waitFor({ state: 'hidden' });
  // The desk is a part of its own: a key pressed before it stands is heard by nobody.
  await page.getByRole('button', { name: `Đổi người hoặc khóa máy: ${CLERK.name}` }).waitFor();
}

describe('the packed program', () => {
  it('opens as installed, takes a dossier in and draws its paper', async () => {
    running = await openProgram(installed);
    const page = await running.page('app://motcua/');
    await page.getByRole('option', { name: CLERK.name }).waitFor();
    await page.screenshot({ path: path.join(PICTURES, '1-sign-in.png') });
    await signIn(page);
    await page.keyboard.press('F2');
    const tiles = page.getByRole('listbox', { name: 'Thủ tục hay dùng' }).getByRole('option');
    await tiles.first().waitFor();
    await page.keyboard.press(String((await tiles.allInnerTexts()).findIndex((text) => text.includes('Chứng thực bản sao')) + 1));
    await page.getByLabel('Họ tên', { exact: true }).and(page.locator(':focus')).waitFor();
    for (const text of ['Lò Thị Mai', 'bang tn', '2x3']) {
      await page.keyboard.type(text, { delay: 75 });
      await page.keyboard.press('Enter');
    }
    await page.getByText('12.000 đ').first().waitFor();
    await page.keyboard.press('F10');
    await page.getByRole('heading', { name: 'Đã tiếp nhận' }).waitFor();
    const paper = page.frameLocator('iframe').first();
    await paper.getByText('LÒ THỊ MAI').first().waitFor();
    expect(await paper.locator('body').evaluate(() => document.fonts.ready.then((fonts) => [...fonts].filter((font) => font.status === 'loaded' && font.family.includes('Be Vietnam Pro')).length))).toBeGreaterThan(0);
    await page.screenshot({ path: path.join(PICTURES, '2-received.png') });
  });

  it('runs the Node that ships with it, behind the sandbox of Chromium, whatever the environment and the words say', async () => {
    const [ownNode, required, folderApp] = ['core-node', 'node-options', 'folder-app'].map(intruder);
    const script = path.join(installed.home, 'required.cjs');
    writeFileSync(script, required!.code);
    mkdirSync(path.join(installed.resources, 'app'));
    writeFileSync(path.join(installed.resources, 'app/package.json'), '{"name":"other","main":"main.cjs"}');
    writeFileSync(path.join(installed.resources, 'app/main.cjs'), folderApp!.code);
    writeFileSync(path.join(installed.home, 'other-node'), `#!/bin/sh\n: > ${path.join(installed.home, 'core-node.ran')}\n`, { mode: 0o755 });
    running = await openProgram(installed, ['--inspect=0'], { MOTCUA_CORE_NODE: path.join(installed.home, 'other-node'), NODE_OPTIONS: `--require ${script}` });
    const page = await running.page('app://motcua/');
    await page.getByRole('option', { name: CLERK.name }).waitFor();

    expect(cores(running)).toHaveLength(1);
    expect(readlinkSync(`/proc/${cores(running)[0]!.pid}/exe`)).toBe(path.join(installed.resources, 'core/node'));
    expect([ownNode, required, folderApp].map((each) => each!.hasRun())).toEqual([false, false, false]);
    expect(running.said()).not.toContain('Debugger listening');
    const renderers = processesBelow(pid(running)).filter(({ command }) => command.includes('--type=renderer'));
    expect(renderers.length).toBeGreaterThan(0);
    for (const renderer of renderers) {
      expect(statusOf(renderer.pid, 'Seccomp')).toBe('2');
      expect(readlinkSync(`/proc/${renderer.pid}/ns/pid`)).not.toBe(readlinkSync(`/proc/${pid(running)}/ns/pid`));
    }

    const asNode = intruder('run-as-node');
    await startAndWait(installed, ['-e', asNode.code], { ELECTRON_RUN_AS_NODE: '1' });
    expect(asNode.hasRun()).toBe(false);
    rmSync(path.join(installed.resources, 'app'), { recursive: true });
  });

  it('takes its core along when it ends', async () => {
    running = await openProgram(installed);
    await (await running.page('app://motcua/')).getByRole('option', { name: CLERK.name }).waitFor();
    const [core] = cores(running);
    await running.end();
    expect(existsSync(`/proc/${core!.pid}`)).toBe(false);
  });

  it('does not start a core with a changed file, says so, and starts it when the file is right again', async () => {
    const file = path.join(installed.resources, 'core/src-main/run-core.ts');
    const right = readFileSync(file);
    appendFileSync(file, '\n');
    running = await openProgram(installed);
    const fault = await running.page('app://shell/fault');
    await fault.getByText('core.filesChanged').waitFor();
    expect(await fault.locator('main').innerText()).toContain('src-main/run-core.ts');
    await fault.screenshot({ path: path.join(PICTURES, '3-file-changed.png') });
    expect(cores(running)).toEqual([]);
    // No screen of the application either: it is one of the files.
    const behind = await running.page('app://motcua/');
    await behind.getByText('Đang mở…').waitFor();
    expect(await seriousViolations(behind)).toEqual([]);

    writeFileSync(file, right);
    await fault.getByRole('link', { name: 'Thử lại' }).click({ noWaitAfter: true });
    await (await running.page('app://motcua/')).getByRole('option', { name: CLERK.name }).waitFor();
    expect(cores(running)).toHaveLength(1);
  });

  it.each([
    ['a missing file', 'migrations/desk/0001-operations.sql', (file: string) => rmSync(file)],
    ['an added file', 'src-main/added.ts', (file: string) => writeFileSync(file, '')],
  ])('does not start a core with %s', async (_what, name, harm) => {
    const file = path.join(installed.resources, 'core', name);
    const right = existsSync(file) ? readFileSync(file) : undefined;
    harm(file);
    running = await openProgram(installed);
    const fault = await running.page('app://shell/fault');
    await fault.getByText('core.filesChanged').waitFor();
    expect(await fault.locator('main').innerText()).toContain(name);
    expect(cores(running)).toEqual([]);
    if (right === undefined) rmSync(file);
    else writeFileSync(file, right);
  });
});
