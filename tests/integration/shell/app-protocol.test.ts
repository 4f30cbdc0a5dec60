import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ServingCore } from '../../../src-main/shell/core/core-process.ts';
import { createAppProtocol } from '../../../src-main/shell/page/app-protocol.ts';
import { createSessionCookie } from '../../../src-main/shell/page/session-cookie.ts';
import { startingPage } from '../../../src-main/shell/page/shell-pages.ts';

/** How the page's requests reach the core and come back, over a real socket; the core is played. */
let folder: string;
let server: http.Server;
let core: ServingCore | undefined;
let firstServing: PromiseWithResolvers<void>;
let answerCore: (request: http.IncomingMessage, response: http.ServerResponse) => void;
let answer: (request: Request) => Promise<Response>;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'motcua-app-'));
  const socket = path.join(folder, 'core.sock');
  server = http.createServer((request, response) => answerCore(request, response));
  await new Promise<void>((resolve) => { server.listen(socket, resolve); });
  core = { socket, secret: 'secret-of-this-start', dataDir: '/data', version: '1', node: '24' };
  firstServing = Promise.withResolvers();
  firstServing.resolve();
  start(() => undefined);
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(screenFile: (pathname: string) => Response | undefined): void {
  answer = createAppProtocol({ core: () => core, firstServing: firstServing.promise, screenFile, cookie: createSessionCookie(), startingPage, shellPage: () => new Response('own') });
}
const ask = (address: string, init?: RequestInit) => answer(new Request(address, init));

describe('the requests of the page', () => {
  it('carry what the shell says and never what the page says about itself', async () => {
    let seen: http.IncomingHttpHeaders = {};
    answerCore = ({ headers, url, method }, response) => {
      seen = headers;
      response.end(`${method} ${url}`);
    };
    const response = await ask('app://motcua/api/dossiers?query=m%E1%BA%ABu', { headers: { 'x-motcua-secret': 'guessed', cookie: 'motcua-session=guessed', accept: 'application/json', 'x-own': '1' } });
    expect(await response.text()).toBe('GET /api/dossiers?query=m%E1%BA%ABu');
    expect(seen).toMatchObject({ host: 'motcua', 'x-motcua-secret': 'secret-of-this-start', accept: 'application/json', 'x-own': '1' });
    expect(seen.cookie).toBeUndefined();
  });

  it('carry the session that an earlier answer brought, which the page never sees', async () => {
    const cookies: (string | undefined)[] = [];
    answerCore = ({ headers }, response) => {
      cookies.push(headers.cookie);
      response.setHeader('set-cookie', 'motcua-session=abc123; Path=/api; HttpOnly').setHeader('x-motcua-contract', '4').end('{}');
    };
    const first = await ask('app://motcua/api/session', { method: 'POST', body: '{}' });
    await ask('app://motcua/api/session');
    expect(cookies).toEqual([undefined, 'motcua-session=abc123']);
    expect([...first.headers.keys()]).not.toContain('set-cookie');
    expect(first.headers.get('x-motcua-contract')).toBe('4');
  });

  it('pass a large body through whole, and the status with it', async () => {
    answerCore = (request, response) => {
      let bytes = 0;
      request.on('data', (chunk: Buffer) => (bytes += chunk.length));
      request.on('end', () => response.writeHead(413).end(String(bytes)));
    };
    const response = await ask('app://motcua/api/packs', { method: 'POST', body: 'x'.repeat(3_000_000) });
    expect([response.status, await response.text()]).toEqual([413, '3000000']);
  });

  it('give events as they come, and let go of a stream that another one replaces', async () => {
    const gone: number[] = [];
    let opened = 0;
    answerCore = (_request, response) => {
      opened += 1;
      const mine = opened;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`data: ${mine}\n\n`);
      response.on('close', () => gone.push(mine));
    };
    const first = await ask('app://motcua/api/events');
    const reader = first.body!.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('data: 1\n\n');
    await ask('app://motcua/api/events');
    await expect(reader.read()).rejects.toThrow();
    await expect.poll(() => gone).toEqual([1]);
  });

  it('have no answer while the core is away, except for the page that says so', async () => {
    core = undefined;
    expect((await ask('app://motcua/api/office')).type).toBe('error');
    const page = await ask('app://motcua/');
    expect([page.status, await page.text()]).toEqual([503, expect.stringContaining('Đang mở…')]);
  });

  it('have the page from its files while the first core is on its way, and wait for that with all else', async () => {
    const served = core;
    core = undefined;
    firstServing = Promise.withResolvers();
    start((pathname) => (pathname === '/' ? new Response('<p>page</p>') : undefined));
    answerCore = ({ url }, response) => void response.end(`core ${url}`);
    expect(await (await ask('app://motcua/')).text()).toBe('<p>page</p>');
    const asked = ask('app://motcua/api/office');
    core = served;
    firstServing.resolve();
    expect(await (await asked).text()).toBe('core /api/office');
    expect(await (await ask('app://motcua/')).text()).toBe('core /');
  });

  it('have no answer when the core goes while it is asked, and a broken one when it goes while it answers', async () => {
    answerCore = (request) => void request.socket.destroy();
    expect((await ask('app://motcua/api/office')).type).toBe('error');
    answerCore = (_request, response) => {
      response.writeHead(200).write('{"half":');
      setImmediate(() => response.destroy());
    };
    const half = await ask('app://motcua/api/office');
    await expect(half.text()).rejects.toThrow();
  });

  it('reach nothing under another name', async () => {
    answerCore = (_request, response) => void response.end('core');
    expect((await ask('app://other/api/office')).status).toBe(404);
    expect(await (await ask('app://shell/fault')).text()).toBe('own');
  });

  it('have no body where none is allowed', async () => {
    answerCore = (_request, response) => void response.writeHead(304).end();
    expect((await ask('app://motcua/assets/x.js')).status).toBe(304);
  });
});
