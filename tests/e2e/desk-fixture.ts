/**
 * A real core on a data folder of its own, and pages that complain aloud. Each test gets its own office; `startDesk` starts
 * further desks and restarts killed ones.
 */
import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { contract, type CallName, type InputOf, type OutputOf } from '../../src-shared/contract/contract.ts';
import { officeDate } from '../../src-shared/lib/office-time.ts';
import type { ClockOrder } from './told-clock.ts';

const ROOT = resolve(import.meta.dirname, '../..');

export interface DeskOptions {
  readonly dataDir: string;
  /** Where this machine remembers which folders it knows; another one plays another machine. */
  readonly stateDir: string;
  readonly demo?: boolean;
  readonly port?: number;
  /** UTC milliseconds: the core goes by a clock that begins here and stands still until `moveClock`. */
  readonly clockMs?: number;
}

export interface RunningDesk {
  readonly url: string;
  readonly options: DeskOptions;
  /** Lets time pass to this instant; open pages hear of it when they are loaded anew. Only with `clockMs`. */
  moveClock(utcMs: number): Promise<void>;
  /** Ends the core as a power cut does. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the core and waits until it answers. */
export async function startDesk(options: DeskOptions): Promise<RunningDesk> {
  const isTold = options.clockMs !== undefined;
  const args = [join(ROOT, 'tests/e2e/quick-core.ts'), ...(isTold ? ['--clock', String(options.clockMs)] : []), '--data', options.dataDir, '--port', String(options.port ?? 0), ...(options.demo === true ? ['--demo'] : [])];
  const child = spawn(process.execPath, args, { cwd: ROOT, env: { ...process.env, MOTCUA_STATE_DIR: options.stateDir, NODE_COMPILE_CACHE: join(ROOT, 'out/compiled') }, stdio: ['ignore', 'pipe', 'inherit', ...(isTold ? ['ipc' as const] : [])] });
  const first = await firstLine(child);
  const { url } = JSON.parse(first) as { readonly url: string };
  return { url, options, moveClock: (utcMs) => moveClock(child, utcMs), kill: () => end(child, 'SIGKILL'), stop: () => end(child, 'SIGTERM') };
}

async function moveClock(child: ChildProcess, clockMs: number): Promise<void> {
  const moved = once(child, 'message');
  child.send({ clockMs } satisfies ClockOrder);
  await moved;
}

/** The same desk again, on the port it had, as after a crash. */
export function restartDesk(desk: RunningDesk): Promise<RunningDesk> {
  return startDesk({ ...desk.options, port: Number(new URL(desk.url).port) });
}

async function firstLine(child: ChildProcess): Promise<string> {
  const lines = createInterface({ input: child.stdout! });
  for await (const line of lines) return line;
  throw new Error('the core ended without saying where it listens');
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

/** Calls the core as another program does, with a bearer session. */
export async function callDesk<N extends CallName>(desk: Pick<RunningDesk, 'url'>, name: N, input: InputOf<N>, token?: string): Promise<OutputOf<N>> {
  const call = contract[name];
  const members: Record<string, unknown> = { ...(input as object) };
  const path = call.path.replace(/\{(\w+)\}/g, (_, member: string) => {
    const value = String(members[member]);
    delete members[member];
    return value;
  });
  const headers = { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  const query = new URLSearchParams(Object.entries(members).map(([key, value]) => [key, String(value)])).toString();
  const response = call.method === 'GET'
    ? await fetch(`${desk.url}/api${path}${query === '' ? '' : `?${query}`}`, { headers })
    : await fetch(`${desk.url}/api${path}`, { method: 'POST', headers, body: JSON.stringify(members) });
  const body = await response.json() as unknown;
  if (!response.ok) throw new Error(`${name}: ${JSON.stringify(body)}`);
  return body as OutputOf<N>;
}

export const LEADER = { name: 'Đặng Văn Lâm', password: 'ba-tu-lien-nhau' } as const;
export const CLERK = { name: 'Nguyễn Thị Hạnh', password: 'nui-rung-suoi-khe' } as const;

export interface SetUpOffice {
  readonly recoveryCode: string;
  /** Bearer sessions for calls beside the screen. */
  readonly leaderToken: string;
  readonly leaderId: string;
  readonly clerkId: string;
}

/** A small office: a leader who is administrator too, and a clerk who receives. */
export async function setUpOffice(desk: RunningDesk): Promise<SetUpOffice> {
  const made = await callDesk(desk, 'office.setup', {
    attributes: {
      provinceCode: '15', provinceName: 'Lào Cai', communeName: 'Xã Nậm Khâu', superiorName: 'ỦY BAN NHÂN DÂN XÃ NẬM KHÂU',
      unitName: 'TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG', placeName: 'Nậm Khâu', agencyCode: 'H99.27',
    },
    numbering: { pattern: '{agency}-{yyMMdd}-{series}{counter:3}', tokenLength: 1, alphabet: 'digitsAndLetters', mode: 'official' },
    deskName: 'Máy 1',
    confirmedDate: officeDate(desk.options.clockMs ?? Date.now()),
    administrator: { name: LEADER.name, title: 'Giám đốc Trung tâm', formOfAddress: 'anh', roles: ['leader', 'processing', 'admin'], password: LEADER.password },
  });
  const clerk = await callDesk(desk, 'officers.create', {
    name: CLERK.name, title: 'Công chức Tư pháp – Hộ tịch', formOfAddress: 'chị', roles: ['reception', 'processing'], password: CLERK.password,
  }, made.session.token);
  return { recoveryCode: made.recoveryCode, leaderToken: made.session.token, leaderId: made.session.officer!.id, clerkId: clerk.id };
}

interface Fixtures {
  /** A folder that is removed after the test. */
  readonly folder: string;
  /** A core on an empty folder; the test sets it up or lets the wizard do it. */
  readonly desk: RunningDesk;
  /** The desk with its office, and nobody signed in on the page. */
  readonly office: SetUpOffice;
  /** What the pages complained about: refused by the policy, thrown, or logged as an error. Must stay empty. */
  readonly complaints: string[];
}

export const test = base.extend<Fixtures>({
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'motcua-e2e-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  desk: async ({ folder }, use) => {
    const desk = await startDesk({ dataDir: join(folder, 'data'), stateDir: join(folder, 'state') });
    await use(desk);
    await desk.stop();
  },
  office: async ({ desk }, use) => use(await setUpOffice(desk)),
  complaints: [async ({ page }, use) => {
    const complaints: string[] = [];
    await listenForComplaints(page, complaints);
    await use(complaints);
    expect(complaints).toEqual([]);
  }, { auto: true }],
});

export { expect };

/** A refused call and a core that was killed are answers, not faults of the page; the browser logs them as errors all the same. */
const IS_AN_ANSWER = /status of 4\d\d|status of 50[37]|net::ERR_(CONNECTION|INTERNET_DISCONNECTED|EMPTY_RESPONSE|INCOMPLETE_CHUNKED|SOCKET_NOT_CONNECTED)/;

async function listenForComplaints(page: Page, complaints: string[]): Promise<void> {
  page.on('console', (message) => {
    if ((message.type() === 'error' || message.type() === 'warning') && !IS_AN_ANSWER.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.exposeFunction('complain', (words: string) => complaints.push(words));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      (window as unknown as { complain: (words: string) => void }).complain(`policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
}

/** Signs in by keyboard: the tile's digit, the password, Enter. */
export async function signIn(page: Page, desk: RunningDesk, officer: { readonly name: string; readonly password: string }): Promise<void> {
  await page.goto(desk.url);
  await page.getByRole('option', { name: officer.name }).click();
  await page.getByLabel(`Mật khẩu của ${officer.name}`).fill(officer.password);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: `Đổi người hoặc khóa máy: ${officer.name}` }).waitFor();
}

/** Finds a dossier by F3 and a few letters and opens it, as an officer does. */
export async function openDossier(page: Page, typed: string, name: string): Promise<void> {
  // The page may still be on its way after a sign-in; F3 once more selects what was typed.
  await expect(async () => {
    await page.keyboard.press('F3');
    await expect(page.getByRole('searchbox', { name: 'Tìm hồ sơ' })).toBeFocused({ timeout: 500 });
    await page.keyboard.type(typed);
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('Tìm trong mọi hồ sơ')).toBeFocused({ timeout: 2_000 });
  }).toPass();
  await expect(page.getByRole('row', { name: new RegExp(name) })).toBeVisible();
  await page.getByLabel('Tìm trong mọi hồ sơ').press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name })).toBeVisible();
}

/** No serious or critical violation of the accessibility rules on what is shown. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await seriousViolations(page)).toEqual([]);
}

export async function seriousViolations(page: Page): Promise<readonly string[]> {
  // Otherwise each look opens a page of its own to put the answers together. Our papers in frames are looked at all the same.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] }).analyze();
  const serious = violations.filter((violation) => violation.impact === 'serious' || violation.impact === 'critical');
  return serious.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

/** A picture for people to look at, under out/e2e-pictures. */
export async function takePicture(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(ROOT, 'out/e2e-pictures', `${name}.png`) });
}
