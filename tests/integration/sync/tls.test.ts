import { mkdtempSync, rmSync } from 'node:fs';
import https from 'node:https';
import net, { type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { randomUUID, X509Certificate } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { certificateOf, peerKeyOf } from '../../../src-node/crypto/certificate.ts';
import { generateSigningKeyPair } from '../../../src-node/crypto/keys.ts';
import { createExchangeClient, type ExchangeClient, type ServerAddress } from '../../../src-node/sync-engine/exchange-client.ts';
import { composeServer, type CentralServer } from '../../../src-server/compose-server.ts';
import type { ServerDb } from '../../../src-server/db/server-db.ts';
import { openSqliteServerDb } from '../../../src-server/db/sqlite-server-db.ts';
import { makeAdmissionCode } from '../../../src-server/features/admissions/admit-office.ts';
import { createHttpServer } from '../../../src-server/http/http-server.ts';
import { tlsOptions } from '../../../src-server/http/tls-options.ts';
import { PROTOCOL_VERSION } from '../../../src-shared/sync-protocol/protocol-version.ts';
import { setUpCoreOffice, type CoreOffice } from '../../helpers/core-desk.ts';
import { codeOf, valueOf } from '../../helpers/open-test-desk.ts';
import { connect, receive, syncNow } from '../../helpers/sync-office.ts';

const NOW_MS = Date.UTC(2026, 10, 27, 3);
const folders: string[] = [];
let server: CentralServer;
let office: CoreOffice;

let db: ServerDb;

function newServer(): Promise<CentralServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'motcua-tls-'));
  folders.push(folder);
  db = valueOf(openSqliteServerDb(folder));
  return composeServer({ db, name: 'Máy chủ thử', nowMs: () => NOW_MS, logTo: { write: () => undefined }, isTls: true });
}

beforeEach(async () => {
  server = await newServer();
  office = await setUpCoreOffice();
});
afterEach(async () => {
  await office.end();
  await server.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('the certificate of a key', () => {
  it('is that key’s, signed by it, the same each time, and good whatever a clock says', () => {
    const { publicKey, privateKey } = generateSigningKeyPair();
    const { cert } = certificateOf(privateKey);
    const read = new X509Certificate(cert);
    expect(read.publicKey.export({ format: 'jwk' }).x).toBe(publicKey);
    expect(read.verify(read.publicKey)).toBe(true);
    expect([read.validFromDate.getUTCFullYear(), read.validToDate.getUTCFullYear()]).toEqual([1970, 9999]);
    expect(certificateOf(privateKey)).toEqual(certificateOf(privateKey));
    expect(certificateOf(generateSigningKeyPair().privateKey).cert).not.toBe(cert);
  });
});

describe('a desk', () => {
  it('says so and sends nothing when another key stands at the address of its server', async () => {
    const port = await listenOn(server, 0);
    const { first } = office;
    const address = `https://127.0.0.1:${port}`;
    await connect(first, address, await makeAdmissionCode(db, NOW_MS));
    await receive(first, office);
    await server.close();
    server = await newServer();
    const heard: string[] = [];
    server.http.addHook('onRequest', (request, _reply, done) => {
      heard.push(request.url);
      done();
    });
    await listenOn(server, port);
    await syncNow(first);
    expect(await first.must('sync.status', {})).toMatchObject({ state: 'refused', code: 'untrusted', sentence: expect.stringContaining('Khóa của máy chủ đã khác') as string });
    expect((await first.must('sync.status', {})).waiting.operations).toBeGreaterThan(0);
    expect(heard).toEqual([]);
  });
});

/** What a desk asks of a server that answers nothing but who stands at the other end. */
describe('a connection that comes back', () => {
  const keys = { server: generateSigningKeyPair(), desk: generateSigningKeyPair() };
  const seen: { isResumed: boolean; key: string | null }[] = [];
  /** Bytes up and down of each connection in all. */
  const bytes: { up: number; down: number }[] = [];
  let client: ExchangeClient;
  let tls: https.Server;
  let to: ServerAddress;

  beforeEach(async () => {
    seen.length = 0;
    bytes.length = 0;
    client = createExchangeClient({ monotonicMs: () => 0 });
    tls = serveBy(keys.server);
    await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
    to = { address: `https://127.0.0.1:${(tls.address() as AddressInfo).port}`, server: randomUUID(), publicKey: keys.server.publicKey };
  });
  afterEach(() => {
    client.close();
    tls.closeAllConnections();
    tls.close();
  });

  function serveBy({ publicKey, privateKey }: typeof keys.server, name: string = randomUUID()): https.Server {
    const made = https.createServer(tlsOptions({ server: name, epoch: '', name: '', publicKey, privateKey }), ({ socket }, response) => {
      const { isSessionReused } = socket as unknown as { isSessionReused: () => boolean };
      seen.push({ isResumed: isSessionReused.call(socket), key: peerKeyOf(socket as never) });
      // Cut off, as a hill link is.
      response.writeHead(503, { connection: 'close' }).end('{"error":{"code":"sync.busy"}}');
    });
    made.on('connection', (socket: Socket) => {
      const moved = { up: 0, down: 0 };
      bytes.push(moved);
      socket.on('close', () => Object.assign(moved, { up: socket.bytesRead, down: socket.bytesWritten }));
    });
    return made;
  }
  const words = { protocol: PROTOCOL_VERSION, program: '', office: randomUUID(), device: randomUUID(), cursor: null, codec: 'json-gzip', codecs: ['json-gzip'], wantBytes: 0, frames: 0 };
  const ask = async (privateKey = keys.desk.privateKey, at = to) => codeOf(await client.exchange({ to: at, words, frames: [], privateKey }));

  it('is resumed, known to both sides, for a third of the bytes down', async () => {
    for (let count = 0; count < 3; count += 1) expect(await ask()).toBe('sync.busy');
    expect(seen.map(({ isResumed, key }) => [isResumed, key])).toEqual([[false, keys.desk.publicKey], [true, keys.desk.publicKey], [true, keys.desk.publicKey]]);
    await new Promise((resolve) => tls.close(resolve));
    const [full, , resumed] = bytes;
    expect(resumed!.down * 3).toBeLessThan(full!.down);
    // The ticket goes up in place of the certificate, and is somewhat longer.
    expect(resumed!.up).toBeLessThan(full!.up + 250);
    expect(full!.up + full!.down).toBeLessThan(3_200);
  });

  it('is resumed by another process of the same server, and by no other server', async () => {
    const name = randomUUID();
    const [one, two] = [serveBy(keys.server, name), serveBy(keys.server, name)];
    const port = await listenPort(one, 0);
    await ask(keys.desk.privateKey, { ...to, address: `https://127.0.0.1:${port}` });
    await closed(one);
    await listenPort(two, port);
    await ask(keys.desk.privateKey, { ...to, address: `https://127.0.0.1:${port}` });
    expect(seen.map(({ isResumed }) => isResumed)).toEqual([false, true]);
    await closed(two);
    const other = serveBy(generateSigningKeyPair(), name);
    await listenPort(other, port);
    expect(await ask(keys.desk.privateKey, { ...to, address: `https://127.0.0.1:${port}` })).toBe('untrusted');
    expect(seen).toHaveLength(2);
    await closed(other);
  });

  it('is another device’s own after a new incarnation', async () => {
    const next = generateSigningKeyPair();
    await ask();
    await ask(next.privateKey);
    expect(seen.map(({ isResumed, key }) => [isResumed, key])).toEqual([[false, keys.desk.publicKey], [false, next.publicKey]]);
  });
});

describe('a request that hangs', () => {
  it('is cut when no byte moves, and the server goes on', async () => {
    const http = createHttpServer({ db, identity: server.identity, nowMs: () => NOW_MS, logTo: { write: () => undefined }, isTls: false, readiness: () => Promise.resolve('ready'), limits: { silenceMs: 100 } });
    const port = await listenOn({ http }, 0);
    const half = net.connect(port, '127.0.0.1');
    const isGone = new Promise((resolve) => half.on('close', resolve));
    half.on('error', () => undefined).write('POST /sync/v1/exchange HTTP/1.1\r\nhost: x\r\ncontent-type: application/vnd.motcua.sync\r\ncontent-length: 99\r\n\r\nhalf');
    await isGone;
    const client = createExchangeClient({ monotonicMs: () => 0 });
    expect(valueOf(await client.look(`http://127.0.0.1:${port}`)).server).toBe(server.identity.server);
    client.close();
    await http.close();
  });
});

describe('a server that stops', () => {
  it('answers what is under way, and lets go of a connection that never shook hands', async () => {
    let answer: (value: object) => void = () => undefined;
    let isAsked: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => (isAsked = resolve));
    server.http.addHook('preHandler', () => new Promise<void>((resolve) => {
      answer = () => resolve();
      isAsked();
    }));
    const port = await listenOn(server, 0);
    const silent = net.connect(port, '127.0.0.1');
    await new Promise((resolve) => silent.on('connect', resolve));
    const isGone = new Promise((resolve) => silent.on('close', resolve));
    const client = createExchangeClient({ monotonicMs: () => 0 });
    const looking = client.look(`https://127.0.0.1:${port}`);
    await asked;
    const closing = server.close();
    await isGone;
    answer({});
    expect(valueOf(await looking).name).toBe('Máy chủ thử');
    await closing;
    client.close();
    server = await newServer();
  });
});

async function listenOn({ http }: Pick<CentralServer, 'http'>, port: number): Promise<number> {
  await http.listen({ host: '127.0.0.1', port });
  return (http.server.address() as AddressInfo).port;
}

function listenPort(made: https.Server, port: number): Promise<number> {
  return new Promise((resolve) => made.listen(port, '127.0.0.1', () => resolve((made.address() as AddressInfo).port)));
}

function closed(made: https.Server): Promise<void> {
  made.closeAllConnections();
  return new Promise((resolve) => made.close(() => resolve()));
}
