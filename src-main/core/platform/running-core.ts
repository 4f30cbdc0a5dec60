import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Where a running core can be asked, for command-line tools of the same user. The token checks and rebuilds, no more. */
export interface RunningCore {
  readonly url: string;
  readonly token: string;
}

export function announceRunning(stateDir: string, dataDir: string, running: RunningCore): void {
  const file = runningFile(stateDir, dataDir);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, JSON.stringify(running), { mode: 0o600 });
}

export function forgetRunning(stateDir: string, dataDir: string): void {
  rmSync(runningFile(stateDir, dataDir), { force: true });
}

/** What the last start on this folder left; it may be dead, so the caller must try. */
export function findRunning(stateDir: string, dataDir: string): RunningCore | undefined {
  try {
    return JSON.parse(readFileSync(runningFile(stateDir, dataDir), 'utf8')) as RunningCore;
  } catch {
    // No file, or one that a power cut tore: then nobody is known to run.
    return undefined;
  }
}

function runningFile(stateDir: string, dataDir: string): string {
  const name = createHash('sha256').update(path.resolve(dataDir)).digest('hex').slice(0, 24);
  return path.join(stateDir, 'running', `${name}.json`);
}
