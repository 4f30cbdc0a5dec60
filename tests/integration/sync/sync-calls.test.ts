import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallName, InputOf } from '../../../src-shared/contract/contract.ts';
import type { Role } from '../../../src-shared/domain/officers/officer.ts';
import { codeOf, valueOf } from '../../helpers/open-test-desk.ts';
import { startCore, type RunningCore } from '../../helpers/running-core.ts';
import { SmallSyncServer } from '../../helpers/small-sync-server.ts';

let core: RunningCore;
let server: SmallSyncServer;
let address: string;
let portal: http.Server;
let portalAddress: string;

beforeAll(async () => {
  core = await startCore();
  server = new SmallSyncServer();
  address = await server.listen();
  portal = http.createServer((_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Đăng nhập mạng</h1>'));
  await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve));
  portalAddress = `http://127.0.0.1:${(portal.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await core.close();
  await server.close();
  portal.closeAllConnections();
  portal.close();
});

const look = async () => valueOf(await core.as('admin', 'sync.look', { address }));

describe('who may', () => {
  const denied: readonly [CallName, Role, unknown][] = [
    ['sync.look', 'leader', { address: 'https://may-chu.vn' }],
    ['sync.look', 'reception', { address: 'https://may-chu.vn' }],
    ['sync.connect', 'leader', { address: 'https://may-chu.vn', fingerprint: 'x', code: null }],
    ['sync.connect', 'processing', { address: 'https://may-chu.vn', fingerprint: 'x', code: null }],
    ['sync.pause', 'reception', {}],
    ['sync.resume', 'processing', {}],
  ];
  it.each(denied)('%s is denied to %s', async (name, role, input) => {
    expect(codeOf(await core.as(role, name, input as InputOf<typeof name>))).toBe('session.notPermitted');
  });

  it.each(['sync.status', 'sync.look', 'sync.connect', 'sync.now', 'sync.pause', 'sync.resume'] as const)('%s is denied to a stranger', async (name) => {
    expect(await core.core.dispatch(name, {}, undefined)).toMatchObject({ ok: false, error: { code: 'session.required' } });
  });
});

describe('before a server is known', () => {
  it('nothing can be sent, paused or resumed', async () => {
    for (const name of ['sync.now', 'sync.pause', 'sync.resume'] as const) expect(codeOf(await core.as('admin', name, {}))).toBe('sync.notConnected');
  });

  it('the status says so, and how much waits', async () => {
    const status = valueOf(await core.as('reception', 'sync.status', {}));
    expect(status).toMatchObject({ state: 'off', code: null, server: null, lastContactAt: null, quarantined: [] });
    expect(status.waiting.operations).toBeGreaterThan(0);
    expect(status.waiting.oldestAgeMs).not.toBeNull();
  });

  it('shows who answers with the fingerprint of its key', async () => {
    expect(await look()).toEqual({ name: 'Máy chủ thử', address, fingerprint: expect.stringMatching(/^[0-9A-F]{4}( [0-9A-F]{4}){7}$/) as string });
  });

  it.each([
    ['http://may-chu.vn', 'sync.badAddress'],
    ['máy chủ', 'sync.badAddress'],
    ['http://127.0.0.1:9', 'sync.unreachable'],
  ])('%s is refused as %s', async (bad, code) => {
    expect(codeOf(await core.as('admin', 'sync.look', { address: bad }))).toBe(code);
  });

  it('a page of the network that wants a sign-in is no server', async () => {
    expect(codeOf(await core.as('admin', 'sync.look', { address: portalAddress }))).toBe('sync.notOurServer');
  });

  it('a server with another key than the one compared is not connected', async () => {
    expect(codeOf(await core.as('admin', 'sync.connect', { address, fingerprint: '0000 0000', code: server.code }))).toBe('sync.fingerprintDiffers');
  });

  it('an office that the server does not know needs a code, and a right one', async () => {
    const { fingerprint } = await look();
    expect(codeOf(await core.as('admin', 'sync.connect', { address, fingerprint, code: null }))).toBe('sync.notAdmitted');
    expect(codeOf(await core.as('admin', 'sync.connect', { address, fingerprint, code: 'ABCD-2345-AAAA' }))).toBe('sync.badCode');
    expect(codeOf(await core.as('admin', 'sync.connect', { address, fingerprint, code: 'xyz' }))).toBe('sync.badCode');
    expect(valueOf(await core.as('admin', 'sync.status', {})).server).toBeNull();
  });
});

describe('with a server', () => {
  it('is connected by the code, once; a code that had served already still connects', async () => {
    const { fingerprint } = await look();
    valueOf(await core.as('admin', 'sync.connect', { address, fingerprint, code: server.code.toLowerCase() }));
    await core.core.sync.settled();
    expect(valueOf(await core.as('leader', 'sync.status', {}))).toMatchObject({ state: 'resting', server: { address, fingerprint, name: 'Máy chủ thử' }, waiting: { operations: 0 } });
    valueOf(await core.as('admin', 'sync.connect', { address, fingerprint, code: server.code }));
    await core.core.sync.settled();
  });

  it('is paused and resumed', async () => {
    valueOf(await core.as('leader', 'sync.pause', {}));
    expect(codeOf(await core.as('reception', 'sync.now', {}))).toBe('sync.paused');
    expect(valueOf(await core.as('reception', 'sync.status', {})).state).toBe('paused');
    const asked = server.requests.length;
    valueOf(await core.as('admin', 'sync.resume', {}));
    await core.core.sync.settled();
    expect(server.requests.length).toBeGreaterThan(asked);
  });
});

describe('a practice office', () => {
  it('hands nothing up', async () => {
    const practice = await startCore(undefined, { training: true });
    expect(codeOf(await practice.as('admin', 'sync.look', { address }))).toBe('sync.training');
    expect(codeOf(await practice.as('admin', 'sync.connect', { address, fingerprint: '', code: server.code }))).toBe('sync.training');
    expect(valueOf(await practice.as('admin', 'sync.status', {}))).toMatchObject({ state: 'off', code: 'sync.training' });
    await practice.close();
  });
});
