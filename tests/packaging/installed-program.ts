/**
 * The packed program as if it were installed: copied to a folder with a name as Vietnamese people give it, owned by somebody
 * else, and started by an ordinary user without a word for Chromium. Its fuses keep debuggers out of the shell, so the tests see the page by
 * Chromium's own port, and the rest by what the system shows of any program.
 */
import type { Page } from '@playwright/test';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { vi } from 'vitest';
import { driveWindow, type DrivenWindow } from '../../bench/shell/driven-window.ts';
import { makeUserHome, ORDINARY_USER } from '../../bench/shell/ordinary-user.ts';
import { packedProgram } from './packed-program.ts';

export interface InstalledProgram {
  readonly folder: string;
  readonly resources: string;
  /** The user's own, with the office in it. */
  readonly home: string;
  remove(): void;
}

export interface RunningProgram extends DrivenWindow {
  /** The window whose address begins with this. */
  page(address: string): Promise<Page>;
}

export function installProgram(): InstalledProgram {
  const { folder: packed, resources } = packedProgram();
  const above = mkdtempSync(path.join(tmpdir(), 'motcua-installed-'));
  const folder = path.join(above, 'Một Cửa Vùng Cao');
  cpSync(packed, folder, { recursive: true });
  chmodSync(above, 0o755);
  const home = makeUserHome();
  const remove = () => {
    rmSync(above, { recursive: true, force: true });
    home.remove();
  };
  return { folder, resources: path.join(folder, path.relative(packed, resources)), home: home.folder, remove };
}

/** What it is started with: by an ordinary user, in a home of that user's own. */
function startOf({ folder, home }: InstalledProgram, args: readonly string[], environment: Readonly<Record<string, string>>) {
  const { executable, folder: packed } = packedProgram();
  const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(?:PATH|DISPLAY|WAYLAND_DISPLAY|LANG|TZ|SystemRoot|TEMP|TMP)$/.test(name)));
  return {
    executable: path.join(folder, path.relative(packed, executable)),
    words: ['--demo', '--data', path.join(home, 'data'), ...args],
    options: { cwd: home, env: { ...kept, HOME: home, MOTCUA_STATE_DIR: path.join(home, 'state'), ...environment }, ...ORDINARY_USER },
  };
}

/** Starts it and waits until its windows can be seen. */
export async function openProgram(installed: InstalledProgram, args: readonly string[] = [], environment: Readonly<Record<string, string>> = {}): Promise<RunningProgram> {
  const { executable, words, options } = startOf(installed, args, environment);
  const driven = await driveWindow(executable, words, options);
  const pages = () => driven.browser.contexts().flatMap((context) => context.pages());
  return { ...driven, page: (wanted) => vi.waitUntil(() => pages().find((page) => page.url().startsWith(wanted)), { timeout: 30_000 }) };
}

/** Starts it a second time and waits until that one has ended by itself. */
export async function startAndWait(installed: InstalledProgram, args: readonly string[], environment: Readonly<Record<string, string>>): Promise<void> {
  const { executable, words, options } = startOf(installed, args, environment);
  await once(spawn(executable, words, { ...options, stdio: 'ignore' }), 'exit');
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
