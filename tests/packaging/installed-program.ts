/**
 * The packed program as if it were installed: copied to a folder with a name as Vietnamese people give it, owned by somebody
 * else, and started by an ordinary user without a word for Chromium. Its fuses keep debuggers out of the shell, so the tests see the page by
 * Chromium's own port, and the rest by what the system shows of any program.
 */
import { chromium, type Browser, type Page } from '@playwright/test';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { vi } from 'vitest';
import { packedProgram } from './packed-program.ts';

export interface InstalledProgram {
  readonly folder: string;
  readonly resources: string;
  /** The user's own, with the office in it. */
  readonly home: string;
  remove(): void;
}

export interface RunningProgram {
  readonly process: ChildProcess;
  readonly browser: Browser;
  /** What it has said on its error output until now. */
  readonly said: () => string;
  /** The window whose address begins with this. */
  page(address: string): Promise<Page>;
  end(): Promise<void>;
}

export function installProgram(): InstalledProgram {
  const { folder: packed, resources } = packedProgram();
  const above = mkdtempSync(path.join(tmpdir(), 'motcua-installed-'));
  const folder = path.join(above, 'Một Cửa Vùng Cao');
  cpSync(packed, folder, { recursive: true });
  const home = path.join(above, 'home');
  mkdirSync(home, { mode: 0o700 });
  chmodSync(above, 0o755);
  if (user !== undefined) chownSync(home, user, user);
  return { folder, resources: path.join(folder, path.relative(packed, resources)), home, remove: () => rmSync(above, { recursive: true, force: true }) };
}

/** Chromium's sandbox refuses root, and an officer is not root. 65534 is nobody on every Linux. */
const user = process.getuid?.() === 0 ? 65534 : undefined;

function startProgram({ folder, home }: InstalledProgram, args: readonly string[], environment: Readonly<Record<string, string>>): ChildProcess {
  const { executable, folder: packed } = packedProgram();
  const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(?:PATH|DISPLAY|WAYLAND_DISPLAY|LANG|TZ|SystemRoot|TEMP|TMP)$/.test(name)));
  return spawn(path.join(folder, path.relative(packed, executable)), ['--demo', '--data', path.join(home, 'data'), ...args], {
    cwd: home,
    env: { ...kept, HOME: home, MOTCUA_STATE_DIR: path.join(home, 'state'), ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(user !== undefined && { uid: user, gid: user }),
  });
}

/** Starts it and waits until Chromium says where its windows can be seen. */
export async function openProgram(installed: InstalledProgram, args: readonly string[] = [], environment: Readonly<Record<string, string>> = {}): Promise<RunningProgram> {
  const child = startProgram(installed, ['--remote-debugging-port=0', ...args], environment);
  let said = '';
  const address = await new Promise<string>((resolve, reject) => {
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /DevTools listening on (ws:\/\/\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`the packed program ended at once (${code ?? signal}): ${said.slice(-2000)}`)));
  });
  const browser = await chromium.connectOverCDP(address);
  return {
    process: child,
    browser,
    said: () => said,
    page: (wanted) => vi.waitUntil(() => browser.contexts().flatMap((context) => context.pages()).find((page) => page.url().startsWith(wanted)), { timeout: 30_000 }),
    // As the system asks at its end; Chromium's port goes with it.
    end: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** Starts it a second time and waits until that one has ended by itself. */
export async function startAndWait(installed: InstalledProgram, args: readonly string[], environment: Readonly<Record<string, string>>): Promise<void> {
  await once(startProgram(installed, args, environment), 'exit');
}

export interface SystemProcess {
  readonly pid: number;
  readonly command: string;
}

/** What the system shows below a process, the deepest included. */
export function processesBelow(pid: number): readonly SystemProcess[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,ppid=,args=', '-ww'], { encoding: 'utf8' });
  const all = stdout.split('\n').flatMap((line) => {
    const [, child, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return child === undefined ? [] : [{ pid: Number(child), parent: Number(parent), command }];
  });
  const below = (parent: number): readonly SystemProcess[] => all.filter((each) => each.parent === parent).flatMap((each) => [each, ...below(each.pid)]);
  return below(pid);
}

/** One line of what Linux says about a process, such as `Seccomp`. */
export function statusOf(pid: number, name: string): string {
  return new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '';
}
