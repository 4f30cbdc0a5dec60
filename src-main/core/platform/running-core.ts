import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { storageErrorOf } from '../../../src-node/db/storage-error.ts';

/** Where a running core can be asked, for command-line tools of the same user. The token checks and rebuilds, no more. */
export type RunningCore = CoreAddress & { readonly token: string };

/** On loopback, or on a socket or pipe whose door wants a secret. */
export type CoreAddress = { readonly url: string } | { readonly socket: string; readonly secret: string };

/** A full or read-only state folder costs the tools their short way in, never the desk its service. */
export function announceRunning(stateDir: string, dataDir: string, running: RunningCore): void {
  warning('the running core cannot be found by tools', () => {
    const file = runningFile(stateDir, dataDir);
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, JSON.stringify(running), { mode: 0o600 });
  });
}

export function forgetRunning(stateDir: string, dataDir: string): void {
  warning('the address of an ended core stays behind', () => rmSync(runningFile(stateDir, dataDir), { force: true }));
}

function warning(what: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    const storage = storageErrorOf(error);
    if (storage === undefined) throw error;
    process.emitWarning(`${what}: ${storage.code}`);
  }
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
