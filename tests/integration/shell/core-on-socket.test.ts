import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coreReportSchema, SECRET_HEADER, type CoreOrder, type CoreReport } from '../../../src-shared/contract/core-process.ts';
import { requestCore } from '../../../src-main/cli/request-core.ts';
import { newSocketAddress, removeSocketAddress } from '../../../src-main/core/platform/socket-address.ts';
import { findRunning } from '../../../src-main/core/platform/running-core.ts';
import { DEMO_OFFICE } from '../../../src-main/core/demo/demo-accounts.ts';
import { officeDate } from '../../../src-shared/lib/office-time.ts';

/** The core as the window starts it: a process with a channel, on a socket, behind a secret. */
const ROOT = path.join(import.meta.dirname, '../../..');
const SECRET = 'window-secret-of-this-start-0123456789abcdefgh';
const PASSWORD = 'mat-khau-thu-1';

interface Started {
  readonly child: ChildProcess;
  readonly report: CoreReport;
}

let folder: string;
let started: Started;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'motcua-socket-'));
  started = await startOnSocket();
});
afterAll(async () => {
  await ended(started.child, () => started.child.disconnect());
  rmSync(folder, { recursive: true, force: true });
});

const dataDir = () => path.join(folder, 'data');
const stateDir = () => path.join(folder, 'state');
const environment = () => ({ ...process.env, MOTCUA_STATE_DIR: stateDir() });
const socket = () => (started.report.type === 'serving' ? started.report.socket : '');
const address = () => ({ socket: socket(), secret: SECRET });

async function startOnSocket(): Promise<Started> {
  const child = spawn(process.execPath, [path.join(ROOT, 'src-main/core.ts'), '--socket', '--data', dataDir()], { env: environment(), stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  child.send({ type: 'serve', secret: SECRET } satisfies CoreOrder);
  const [message] = (await once(child, 'message')) as [unknown];
  return { child, report: coreReportSchema.parse(message) };
}

async function ended(child: ChildProcess, by: () => void): Promise<number | null> {
  const exit = once(child, 'exit') as Promise<[number | null]>;
  by();
  return (await exit)[0];
}

function ask(headers: Record<string, string>): Promise<{ status: number; code: string | undefined; cookie: string | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const request = http.request({ socketPath: socket(), path: '/api/office', headers: { host: 'motcua', ...headers } }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => {
        const { error } = JSON.parse(body) as { error?: { code: string } };
        resolve({ status: response.statusCode ?? 0, code: error?.code, cookie: response.headers['set-cookie']?.[0], body });
      });
    });
    request.on('error', reject);
    request.end();
  });
}

describe('the core on a socket', () => {
  it('answers who knows the secret of this start', async () => {
    expect((await ask({ [SECRET_HEADER]: SECRET })).status).toBe(200);
  });

  it.each([
    ['no secret', {}],
    ['another secret of the same length', { [SECRET_HEADER]: SECRET.replace('w', 'v') }],
    ['the beginning of the secret', { [SECRET_HEADER]: SECRET.slice(0, -1) }],
    ['an empty secret', { [SECRET_HEADER]: '' }],
  ])('refuses %s and tells nothing', async (_what, headers) => {
    const { status, code } = await ask(headers);
    expect([status, code]).toEqual([403, 'request.wrongSecret']);
  });

  it('still refuses a foreign page that has the secret', async () => {
    const { status, code } = await ask({ [SECRET_HEADER]: SECRET, origin: 'https://example.com' });
    expect([status, code]).toEqual([403, 'request.forbiddenOrigin']);
  });

  it('lets no other user of the machine near the socket', () => {
    expect(statSync(socket()).mode & 0o777).toBe(0o600);
    expect(statSync(path.dirname(socket())).mode & 0o777).toBe(0o700);
    expect(Buffer.byteLength(socket())).toBeLessThan(108);
  });

  it('writes nothing but where to reach it, and never the secret of the window', () => {
    const running = path.join(stateDir(), 'running');
    const texts = readdirSync(running).map((name) => [statSync(path.join(running, name)).mode & 0o777, readFileSync(path.join(running, name), 'utf8')] as const);
    expect(texts).toHaveLength(1);
    expect(texts[0]![0]).toBe(0o600);
    expect(texts[0]![1]).not.toContain(SECRET);
  });

  it('says why when its folder is already open', async () => {
    const second = await startOnSocket();
    expect(second.report).toMatchObject({ type: 'fault', code: 'desk.alreadyOpen' });
    if (second.child.exitCode === null) await once(second.child, 'exit');
    expect(second.child.exitCode).toBe(1);
  });

  it('keeps the session token from the page, which works with the cookie of the shell', async () => {
    const set = await requestCore(address(), 'office.setup', {
      ...DEMO_OFFICE, confirmedDate: officeDate(Date.now()),
      administrator: { name: 'Quản Trị', title: '', formOfAddress: 'anh', roles: ['admin'], password: PASSWORD },
    });
    expect(set?.ok && set.value.session.token).toBe('');
    const office = await requestCore(address(), 'office.get', {});
    const opened = await requestCore(address(), 'session.open', { officer: office?.ok ? office.value.signIn[0]!.id : '', password: PASSWORD });
    expect(opened?.ok && opened.value.token).toBe('');
  });

  it('is found and asked by the command-line tools', async () => {
    const child = spawn(process.execPath, [path.join(ROOT, 'src-main/verify.ts'), '--data', dataDir()], { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number];
    expect([code, said]).toEqual([0, expect.stringContaining('operations')]);
  });

  it('gives a tool no more than a tool needs', async () => {
    const running = findRunning(stateDir(), dataDir())!;
    expect((await requestCore(running, 'dossiers.counts', {}, running.token))?.ok).toBe(false);
  });

  it('ends with its starter, leaving no socket, and clears up after a killed one', async () => {
    const before = socket();
    expect(await ended(started.child, () => started.child.disconnect())).toBe(0);
    expect(existsSync(path.dirname(before))).toBe(false);

    const killed = await startOnSocket();
    const left = killed.report.type === 'serving' ? killed.report.socket : '';
    await ended(killed.child, () => killed.child.kill('SIGKILL'));
    expect(existsSync(left)).toBe(true);

    started = await startOnSocket();
    expect(existsSync(path.dirname(left))).toBe(false);
    expect((await ask({ [SECRET_HEADER]: SECRET })).status).toBe(200);
  });
});

describe('the place of a socket', () => {
  const place = (environment: Record<string, string>, platform: NodeJS.Platform = 'linux') => newSocketAddress({ platform, environment, temporaryFolder: tmpdir() });

  it('is a pipe that cannot be guessed on Windows', () => {
    expect(place({}, 'win32')).toMatch(/^\\\\\.\\pipe\\motcua-[0-9a-f]{32}$/);
    expect(place({}, 'win32')).not.toBe(place({}, 'win32'));
  });

  it.each([['gone', '/nowhere/at/all'], ['relative', 'here'], ['too long', `/${'x'.repeat(100)}`]])('is the temporary folder when that of the session is %s', (_why, folder) => {
    const address = place({ XDG_RUNTIME_DIR: folder });
    expect(address.startsWith(tmpdir())).toBe(true);
    removeSocketAddress(address);
    expect(existsSync(path.dirname(address))).toBe(false);
  });

  it('removes nothing that it did not make', () => {
    const other = mkdtempSync(path.join(tmpdir(), 'other-'));
    removeSocketAddress(path.join(other, 'core.sock'));
    removeSocketAddress(other);
    expect(existsSync(other)).toBe(true);
    rmSync(other, { recursive: true });
  });
});
