import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';

const PROGRAM = path.resolve(import.meta.dirname, '../../../src-main');
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** The core as `npm start` runs it: beside its starter, with a line between them. */
async function startBesideStarter() {
  const folder = mkdtempSync(path.join(tmpdir(), 'motcua-end-'));
  folders.push(folder);
  const core = spawn(process.execPath, [path.join(PROGRAM, 'core.ts'), '--data', path.join(folder, 'data'), '--port', '0'], {
    env: { ...process.env, MOTCUA_STATE_DIR: path.join(folder, 'state') }, stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  for await (const line of createInterface({ input: core.stdout! })) return { core, url: (JSON.parse(line) as { readonly url: string }).url };
  throw new Error('the core ended without saying where it listens');
}

describe('a program that was asked to end', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('ends on %s, though its starter still holds the line to it', async (signal) => {
    const { core } = await startBesideStarter();
    const ended = once(core, 'exit');
    core.kill(signal);
    expect(await ended).toEqual([0, null]);
  });

  it('ends when its starter is gone', async () => {
    const { core } = await startBesideStarter();
    const ended = once(core, 'exit');
    core.disconnect();
    expect(await ended).toEqual([0, null]);
  });
});
