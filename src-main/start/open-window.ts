import { spawn } from 'node:child_process';
import path from 'node:path';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import { displayObstacle, findElectron, rootArguments, type ElectronRuntime } from './electron-runtime.ts';

const PROGRAM_DIR = path.join(import.meta.dirname, '../..');

/** The runtime to open the window with, or in a sentence why it cannot be opened here. */
export function windowRuntime(): Result<ElectronRuntime, string> {
  const obstacle = displayObstacle(process.platform, process.env);
  return obstacle === undefined ? findElectron({ platform: process.platform, environment: process.env, programDir: PROGRAM_DIR }) : err(obstacle);
}

/** Opens the window and gives its exit code when it is closed. The core runs on the Node that runs this. */
export function openWindow({ executable, args }: ElectronRuntime, words: readonly string[], tell: (line: string) => void): Promise<Result<number, string>> {
  const root = rootArguments(process.platform, process.getuid?.());
  if (root.length > 0) tell('Đang chạy bằng tài khoản root nên cửa sổ không có lớp ngăn của Chromium. Chỉ dùng để thử.');
  const child = spawn(executable, [...root, ...args, ...words], { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, MOTCUA_CORE_NODE: process.execPath } });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill('SIGTERM'));
  return new Promise((resolve) => {
    child.once('error', () => resolve(err('Electron không chạy được')));
    child.once('exit', (code) => resolve(ok(code ?? 1)));
  });
}
