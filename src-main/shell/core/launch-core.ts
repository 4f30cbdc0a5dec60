import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { CORE_NODE_ARGUMENTS } from '../../../src-shared/contract/core-process.ts';
import { err, ok, type Result } from '../../../src-shared/lib/result.ts';
import type { Fault } from '../window/fault-page.ts';
import { compareWithManifest, parseCoreManifest } from './core-files.ts';
import { coreEnvironment, type CoreCheck, type CoreProgram } from './core-program.ts';

export interface LaunchRequest {
  readonly program: Omit<CoreProgram, 'screens'>;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What the core says on its error output is kept here; null: it goes to ours, on a developer's terminal. */
  readonly logFile: string | null;
}

/** Checks the core's files where there is a list of them, then starts it with a channel. */
export async function launchCore({ program, args, environment, logFile }: LaunchRequest): Promise<Result<ChildProcess, Fault>> {
  // Waits even when nothing is checked: the caller has to listen before Node tells, at its next turn, of a program that it could not start.
  const fault = await (program.check === null ? undefined : checkFiles(program.check));
  if (fault) return err(fault);
  const log = logFile === null ? undefined : openLog(logFile);
  const child = spawn(program.node, [...CORE_NODE_ARGUMENTS, program.entry, ...args], {
    env: coreEnvironment(environment),
    stdio: ['ignore', 'ignore', log ?? (logFile === null ? 'inherit' : 'ignore'), 'ipc'],
    windowsHide: true,
  });
  if (log !== undefined) closeSync(log);
  return ok(child);
}

async function checkFiles({ folder, manifest, hasher }: CoreCheck): Promise<Fault | undefined> {
  // First of all: it takes longest, and the thread of the window is about to be busy with that.
  const hashing = hashOnThread(hasher, folder).catch(() => new Map<string, string>());
  const listed = parseCoreManifest(await readFile(manifest, 'utf8').catch(() => ''));
  if (!listed) return changed('không đọc được danh sách tệp');
  const faults = compareWithManifest(listed, await hashing);
  const [first] = faults;
  return first && changed(`${faults.length} tệp, ví dụ ${first.file}`);
}

async function hashOnThread(hasher: string, folder: string): Promise<ReadonlyMap<string, string>> {
  const [hashes] = (await once(new Worker(hasher, { workerData: folder }), 'message')) as [ReadonlyMap<string, string>];
  return hashes;
}

function changed(what: string): Fault {
  return { code: 'core.filesChanged', sentence: `Tệp của phần mềm bị đổi hoặc thiếu (${what}). Cài lại phần mềm từ bộ cài gốc; dữ liệu không bị đụng tới.` };
}

const LOG_BYTES_MAX = 1_000_000;

/** Undefined when it cannot be written: the core works without its words being kept. */
function openLog(file: string): number | undefined {
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES_MAX) renameSync(file, `${file}.1`);
    return openSync(file, 'a', 0o600);
  } catch {
    return undefined;
  }
}
