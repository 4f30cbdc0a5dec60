import { spawn } from 'node:child_process';

/** Opens the system's browser. Where there is none the address stands on the screen, so failing here is no fault. */
export function openBrowser(url: string, tell: (line: string) => void): void {
  const [command, args] = process.platform === 'win32' ? ['cmd', ['/c', 'start', '', url]] : process.platform === 'darwin' ? ['open', [url]] : ['xdg-open', [url]];
  const child = spawn(command as string, args as string[], { stdio: 'ignore', detached: true });
  child.once('error', () => tell('Không tự mở được trình duyệt; mở địa chỉ trên bằng tay.'));
  child.unref();
}
