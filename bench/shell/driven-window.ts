import { chromium, type Browser, type Page } from '@playwright/test';
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';

/** A program of Electron, seen through Chromium's own port: the fuses of a packed one keep every debugger of the shell out. */
export interface DrivenWindow {
  readonly process: ChildProcess;
  readonly browser: Browser;
  /** What it has said on its error output until now. */
  readonly said: () => string;
  /** As the system asks at its end; Chromium's port goes with it. */
  end(): Promise<void>;
}

/** Starts it and waits until Chromium says where its windows can be seen. Throws with what it said when it ends before. */
export async function driveWindow(executable: string, words: readonly string[], options: Pick<SpawnOptions, 'cwd' | 'env' | 'uid' | 'gid'>): Promise<DrivenWindow> {
  const child = spawn(executable, ['--remote-debugging-port=0', ...words], { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  const address = await new Promise<string>((resolve, reject) => {
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /DevTools listening on (ws:\/\/\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`the program ended at once (${code ?? signal}): ${said.slice(-2000)}`)));
  });
  const browser = await chromium.connectOverCDP(address);
  return { process: child, browser, said: () => said, end: () => endProcess(child) };
}

/** The first window, as soon as there is one. */
export async function firstPage({ browser }: DrivenWindow): Promise<Page> {
  const [context] = browser.contexts();
  return context!.pages()[0] ?? context!.waitForEvent('page');
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
