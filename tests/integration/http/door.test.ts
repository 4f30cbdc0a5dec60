import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { request as rawRequest } from 'node:http';
import { receiveInput, startCore, TEST_PASSWORD, type RunningCore } from '../../helpers/running-core.ts';

/** The HTTP door of a whole core: what strangers, browsers and programs may send. */
let core: RunningCore;
beforeAll(async () => {
  core = await startCore();
});
afterAll(() => core.close());

const bearer = () => ({ authorization: `Bearer ${core.sessions.reception.token}` });
const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(`${core.url}/api${path}`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...bearer(), ...headers } });
const codeOf = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code;
const counts = async () => (await (await fetch(`${core.url}/api/dossiers/counts`, { headers: bearer() })).json()) as { open: number };

/** With a Host header of one's own, which fetch does not allow. */
function raw(headers: Record<string, string>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(core.url);
    const call = rawRequest({ port, host: '127.0.0.1', path: '/api/office', headers }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    call.on('error', reject);
    call.end();
  });
}

describe('the HTTP door', () => {
  it.each([
    ['a foreign site', { origin: 'https://example.com' }],
    ['a page without a name', { origin: 'null' }],
    ['another program on this machine', { origin: 'http://127.0.0.1:9999' }],
    ['a cross-site form', { 'sec-fetch-site': 'cross-site' }],
  ])('refuses %s and changes nothing', async (_who, headers) => {
    const before = await counts();
    const response = await post('/dossiers', JSON.stringify(receiveInput()), headers);
    expect([response.status, await codeOf(response)]).toEqual([403, 'request.forbiddenOrigin']);
    expect(await counts()).toEqual(before);
  });

  it('refuses a name that is not its own, which is how DNS rebinding comes in', async () => {
    expect((await raw({ host: 'evil.example' })).status).toBe(403);
    expect((await raw({ host: 'localhost:4860' })).status).toBe(200);
  });

  it.each([
    ['text', 'text/plain', 415, 'request.contentType'],
    ['a form', 'application/x-www-form-urlencoded', 415, 'request.contentType'],
  ])('takes no %s', async (_what, type, status, code) => {
    const response = await post('/dossiers', 'x=1', { 'content-type': type });
    expect([response.status, await codeOf(response)]).toEqual([status, code]);
  });

  it('refuses what is not UTF-8 instead of storing replacement marks', async () => {
    const response = await post('/dossiers', Buffer.concat([Buffer.from('{"request":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]));
    expect([response.status, await codeOf(response)]).toEqual([400, 'request.encoding']);
  });

  it.each(['{', '[]', '"x"', 'null', ''])('refuses the malformed body %j', async (body) => {
    const response = await post('/dossiers', body);
    expect([response.status, await codeOf(response)]).toEqual([400, 'request.malformed']);
  });

  it('refuses more than the call states, and says so', async () => {
    const response = await post('/session/open', JSON.stringify({ officer: 'x', password: 'a'.repeat(20_000) }));
    expect([response.status, await codeOf(response)]).toEqual([413, 'request.tooLarge']);
  });

  it('answers an unknown call with an error value', async () => {
    const response = await fetch(`${core.url}/api/nothing/here`, { headers: bearer() });
    expect([response.status, await codeOf(response)]).toEqual([404, 'request.unknownCall']);
  });

  it('refuses unknown members, so a typing error is never silently dropped', async () => {
    const response = await post('/dossiers', JSON.stringify({ ...receiveInput(), ownr: {} }));
    expect([response.status, await codeOf(response)]).toEqual([400, 'request.malformed']);
  });

  it('lets __proto__ pollute nothing', async () => {
    const response = await post('/dossiers', '{"__proto__":{"polluted":1},"idempotencyKey":"x"}');
    expect(response.status).toBe(400);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('keeps every answer out of caches', async () => {
    const answers = [await fetch(`${core.url}/api/office`), await post('/dossiers', '{'), await fetch(`${core.url}/api/openapi.json`)];
    expect(answers.map((answer) => answer.headers.get('cache-control'))).toEqual(['no-store', 'no-store', 'no-store']);
  });

  it('serves another program by a bearer session, from sign-in to a dossier', async () => {
    const officer = core.sessions.reception.officer;
    const opened = (await (await fetch(`${core.url}/api/session/open`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ officer, password: TEST_PASSWORD }) })).json()) as { token: string };
    const response = await post('/dossiers', JSON.stringify(receiveInput()), { authorization: `Bearer ${opened.token}` });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-motcua-contract')).toMatch(/^\d+$/);
  });

  it('hands the session to a browser in a cookie that scripts and other sites cannot use', async () => {
    const officer = core.sessions.reception.officer;
    const opened = await fetch(`${core.url}/api/session/open`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ officer, password: TEST_PASSWORD }) });
    const cookie = opened.headers.get('set-cookie')!;
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    const current = await fetch(`${core.url}/api/session`, { headers: { cookie: cookie.split(';')[0]! } });
    expect(((await current.json()) as { session: { officer: { id: string } } }).session.officer.id).toBe(officer);
  });

  it('refuses events to who is not signed in, and tells who is', async () => {
    expect((await fetch(`${core.url}/api/events`)).status).toBe(401);
    const stop = new AbortController();
    const stream = await fetch(`${core.url}/api/events`, { headers: bearer(), signal: stop.signal });
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    const received = await (await post('/dossiers', JSON.stringify(receiveInput()))).json() as { dossier: { id: string } };
    let text = '';
    while (!text.includes(received.dossier.id)) text += (await reader.read()).value;
    stop.abort();
    expect(text).toContain('"type":"dossier"');
  });

  it('shows a paper as a document whose policy allows its own styles alone', async () => {
    const { job } = (await (await post('/dossiers', JSON.stringify(receiveInput()))).json()) as { job: { id: string } };
    const paper = await fetch(`${core.url}/api/papers/${job.id}`, { headers: bearer() });
    const policy = paper.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/style-src 'sha256-/);
    expect(policy).not.toContain('unsafe');
    expect(await paper.text()).toContain('GIẤY TIẾP NHẬN HỒ SƠ');
    expect((await fetch(`${core.url}/api/papers/${job.id}`)).status).toBe(401);
  });
});
