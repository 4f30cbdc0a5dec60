import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder } from '../../../src-node/db/lock-folder.ts';

const module = path.resolve(import.meta.dirname, '../../../src-node/db/lock-folder.ts');

let folder: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'motcua-lock-'));
});

afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a process that holds the lock until it is killed; resolves with what it answered. */
async function startHolder(): Promise<string> {
  const program = `
    import { lockFolder } from ${JSON.stringify(module)};
    const lock = lockFolder(${JSON.stringify(folder)});
    console.log(lock.ok ? 'held' : lock.error.code);
    setInterval(() => globalThis.held = lock, 1000);`;
  child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  return line.toString().trim();
}

test('a second start on the same folder is refused, in the same process and in another', async () => {
  const first = lockFolder(folder);
  expect(first.ok).toBe(true);
  expect(lockFolder(folder)).toEqual({ ok: false, error: { code: 'desk.alreadyOpen' } });
  expect(await startHolder()).toBe('desk.alreadyOpen');
});

test('another folder is not concerned', () => {
  const other = mkdtempSync(path.join(tmpdir(), 'motcua-lock-'));
  expect(lockFolder(folder).ok).toBe(true);
  expect(lockFolder(other).ok).toBe(true);
  rmSync(other, { recursive: true });
});

test('release lets the next start have the folder', () => {
  const first = lockFolder(folder);
  if (first.ok) first.value.release();
  expect(lockFolder(folder).ok).toBe(true);
});

test('a process killed with -9 leaves no lock behind', async () => {
  expect(await startHolder()).toBe('held');
  expect(lockFolder(folder)).toEqual({ ok: false, error: { code: 'desk.alreadyOpen' } });
  child!.kill('SIGKILL');
  await once(child!, 'exit');
  expect(lockFolder(folder).ok).toBe(true);
});

test('a missing folder is storage.missing', () => {
  expect(lockFolder(path.join(folder, 'none'))).toMatchObject({ ok: false, error: { code: 'storage.missing' } });
});
