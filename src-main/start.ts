import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import readline from 'node:readline';
import { parseCommandLine, USAGE } from './core/command-line.ts';
import { CORE_NODE_ARGUMENTS } from '../src-shared/contract/core-process.ts';
import { buildScreens } from './start/build-screens.ts';
import { openBrowser } from './start/open-browser.ts';
import { openWindow, windowRuntime } from './start/open-window.ts';

/**
 * `npm start`. Opens the window where there is an Electron for it; else the same application is served on loopback and shown
 * in the browser. Whoever asks for a port, for the line of JSON or for no opening wants it served.
 */
async function main(): Promise<number> {
  const parsed = parseCommandLine(process.argv.slice(2));
  if (!parsed.ok) return fail(`${parsed.error}\n${USAGE}`);
  const { demo, dataDir, port, open, json, socket } = parsed.value;
  if (socket) return fail(USAGE);
  const tell = (line: string) => void (json ? process.stderr : process.stdout).write(`${line}\n`);
  const built = await buildScreens(tell);
  if (!built) return fail('Không dựng được màn hình. Xem lỗi ở trên.');
  if (open && !json && port === undefined) {
    const runtime = windowRuntime();
    if (runtime.ok) {
      const closed = await openWindow(runtime.value, [...(demo ? ['--demo'] : []), '--data', dataDir], tell);
      if (closed.ok) return closed.value;
      tell(`Không mở được cửa sổ riêng (${closed.error}), nên mở bằng trình duyệt.`);
    } else tell(`Không mở cửa sổ riêng: ${runtime.error}. Mở bằng trình duyệt.`);
  }
  const core = startCore([...(demo ? ['--demo'] : []), '--data', dataDir, ...(port === undefined ? [] : ['--port', String(port)])]);
  const ready = await firstLine(core);
  if (ready !== undefined) {
    const { url } = JSON.parse(ready) as { url: string };
    if (json) process.stdout.write(`${ready}\n`);
    else tell(`Mở ${url} bằng trình duyệt. Thư mục lưu: ${dataDir}. Bấm Ctrl+C để tắt.`);
    if (open) openBrowser(url, tell);
  }
  return ended(core);
}

function startCore(args: readonly string[]): ChildProcess {
  const core = spawn(process.execPath, [...CORE_NODE_ARGUMENTS, path.join(import.meta.dirname, 'core.ts'), ...args], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => core.kill('SIGTERM'));
  return core;
}

/** The line that says where; undefined when the core ended instead. */
function firstLine(core: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    const lines = readline.createInterface({ input: core.stdout! });
    lines.once('line', resolve);
    lines.once('close', () => resolve(undefined));
  });
}

function ended(core: ChildProcess): Promise<number> {
  if (core.exitCode !== null) return Promise.resolve(core.exitCode);
  return new Promise((resolve) => core.once('exit', (code) => resolve(code ?? 1)));
}

function fail(message: string): number {
  process.stderr.write(`${message}\n`);
  return 1;
}

process.exitCode = await main();
