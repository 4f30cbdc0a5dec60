import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import readline from 'node:readline';

/** A program of ours in a process of its own, which speaks in lines. */
export interface Program {
  readonly pid: number;
  /** The next line that says so; rejects when the program ends first. */
  line(isMeant: (line: string) => boolean): Promise<string>;
  send(line: string): void;
  /** SIGKILL, at this very moment. */
  kill(): void;
  /** As a service manager ends it. */
  stop(): Promise<void>;
  readonly ended: Promise<void>;
}

export interface ProgramStart {
  /** From the root of the repository. */
  readonly file: string;
  readonly args?: readonly string[];
  readonly nodeArguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

const ROOT = path.join(import.meta.dirname, '../..');
const ERRORS_MAX = 20_000;

/** Whoever is ended by hand takes its programs along. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

export function startProgram({ file, args = [], nodeArguments = [], environment = {} }: ProgramStart): Program {
  const child = spawn(process.execPath, [...nodeArguments, path.join(ROOT, file), ...args], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
  const heard: string[] = [];
  const waiting = new Set<() => void>();
  let errors = '';
  let isEnded = false;
  const tell = () => {
    for (const one of [...waiting]) one();
  };
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (errors = (errors + text).slice(-ERRORS_MAX)));
  child.stdin.on('error', () => undefined);
  readline.createInterface({ input: child.stdout }).on('line', (line) => {
    heard.push(line);
    tell();
  });
  running.add(child);
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      running.delete(child);
      isEnded = true;
      tell();
      resolve();
    });
  });
  return {
    pid: child.pid ?? 0,
    ended,
    line: (isMeant) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const index = heard.findIndex(isMeant);
          if (index < 0 && !isEnded) return;
          waiting.delete(look);
          if (index < 0) reject(new Error(`${file} ended: ${errors}`));
          else resolve(heard.splice(0, index + 1).at(-1)!);
        };
        waiting.add(look);
        look();
      }),
    send: (line) => void child.stdin.write(`${line}\n`),
    kill: () => void child.kill('SIGKILL'),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
