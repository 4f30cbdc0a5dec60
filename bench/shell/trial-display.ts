import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';

export interface TrialDisplay {
  /** What programs that open windows need in their environment. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): void;
}

/** The display of this machine, else a virtual one as large as an office PC's; or why there is neither. */
export async function trialDisplay(): Promise<Result<TrialDisplay, string>> {
  if (process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']) return ok({ environment: {}, stop: () => undefined });
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1366x768x24', '-nolisten', 'tcp', '-noreset', '-ac'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const told = server.stdio[3] as unknown as Socket;
  const number = await Promise.race([
    once(told, 'data').then(([chunk]) => String(chunk).trim()),
    once(server, 'error').then(() => undefined),
    once(server, 'exit').then(() => undefined),
  ]).catch(() => undefined);
  if (number === undefined) return err('no display, and Xvfb is not installed or does not start');
  // Whoever forgets it must not keep the program running. The pipe stays open: the server writes its number in two parts.
  server.unref();
  told.unref();
  return ok({ environment: { DISPLAY: `:${number}` }, stop: () => void server.kill('SIGTERM') });
}
