/** The real core as a child process, as the product starts it, to be killed at any moment. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import readline from 'node:readline';

const PROGRAM_DIR = path.join(import.meta.dirname, '../..');
const CORE = path.join(PROGRAM_DIR, 'src-main/core.ts');

export interface CorePlace {
  readonly dataDir: string;
  readonly stateDir: string;
}

export interface CoreStart extends CorePlace {
  readonly port?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Arguments of Node itself, before the program. */
  readonly nodeArguments?: readonly string[];
  /** Kills it so long after it was started, whether it listens by then or not. */
  readonly killAfterMs?: number;
}

export interface CoreProcess {
  /** Where it listens; undefined when it ended instead. */
  readonly url: string | undefined;
  readonly pid: number;
  /** Everything written to standard error so far. */
  errors(): string;
  /** SIGKILL at this very moment, without waiting. */
  kill(): void;
  signal(signal: 'SIGTERM' | 'SIGUSR2'): void;
  /** The exit code, or null after a signal. */
  readonly ended: Promise<number | null>;
}

/** Answers once the core listens or has ended. */
export async function startCore(start: CoreStart): Promise<CoreProcess> {
  const child = spawn(process.execPath, [...(start.nodeArguments ?? []), CORE, '--data', start.dataDir, '--port', String(start.port ?? 0)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...start.environment, MOTCUA_STATE_DIR: start.stateDir },
  });
  const { killAfterMs } = start;
  if (killAfterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const line = await new Promise<string | undefined>((resolve) => {
    const lines = readline.createInterface({ input: child.stdout });
    lines.once('line', resolve);
    lines.once('close', () => resolve(undefined));
  });
  if (line === undefined) await ended;
  return {
    url: line === undefined ? undefined : (JSON.parse(line) as { url: string }).url,
    pid: child.pid ?? 0,
    errors: () => errors,
    kill: () => void child.kill('SIGKILL'),
    signal: (signal) => void child.kill(signal),
    ended,
  };
}
