import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { randomUUID, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { writeEnvelope } from '../../../src-node/codec/envelope.ts';
import { generateSigningKeyPair } from '../../../src-node/crypto/keys.ts';
import { createExchangeClient, type ExchangeClient, type ExchangeClientDep } from '../../../src-node/sync-engine/exchange-client.ts';
import { ENVELOPE_TYPE } from '../../../src-shared/sync-protocol/exchange.ts';
import { MESSAGE_BYTES_MAX } from '../../../src-shared/sync-protocol/limits.ts';
import { PROTOCOL_VERSION } from '../../../src-shared/sync-protocol/protocol-version.ts';
import { admissionBy } from '../../helpers/admission.ts';
import { codeOf, valueOf } from '../../helpers/open-test-desk.ts';

/** Of a test alone: an Ed25519 key and a certificate that it signed itself, good for a hundred years. */
const KEY = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIEAnvgi8WLVpw1TABD7h0vNpRF6qRDAv0RPEsI3T0rAa
-----END PRIVATE KEY-----`;
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBUDCCAQKgAwIBAgIUK9Xs6gkn9DGi3xy2BZ17BX+jabkwBQYDK2VwMBQxEjAQ
BgNVBAMMCWxvY2FsaG9zdDAgFw0yNjExMjcxMjAxMDFaGA8yMTI2MTEwMzEyMDEw
MVowFDESMBAGA1UEAwwJbG9jYWxob3N0MCowBQYDK2VwAyEAXRfWJRxrzuWOCXi8
+OHJnnA2Q6e5DkADXfKdmd5gPIqjZDBiMB0GA1UdDgQWBBRhhRb8noGF/r3Ha8gF
ib97dLatYTAfBgNVHSMEGDAWgBRhhRb8noGF/r3Ha8gFib97dLatYTAPBgNVHRMB
Af8EBTADAQH/MA8GA1UdEQQIMAaHBH8AAAEwBQYDK2VwA0EAMcVEufYnFjPDnA8+
7cGwIUMimnbDw2C4K6qkbvhqaeD9lf6fYD2XJ4E6w/3SHn6ZLfWPe+1BRHHzCLpT
xvAxCA==
-----END CERTIFICATE-----`;
const SERVER = randomUUID();
const SILENCE_MS = 80;
const open: { server: http.Server; client: ExchangeClient }[] = [];

afterEach(() => {
  for (const { server, client } of open.splice(0)) {
    client.close();
    server.closeAllConnections();
    server.close();
  }
});

/** A client of somebody who answers like this, and what it hands over. */
async function clientOf(answer: http.RequestListener, { monotonicMs = () => 0, silenceMs }: Partial<ExchangeClientDep> = {}) {
  const server = http.createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = createExchangeClient({ monotonicMs, ...(silenceMs !== undefined && { silenceMs }) });
  open.push({ server, client });
  const words = { protocol: PROTOCOL_VERSION, program: 'thử', office: randomUUID(), device: randomUUID(), cursor: null, codec: 'json-gzip', codecs: ['json-gzip'], wantBytes: 0, frames: 0 };
  const up = { to: { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server: SERVER, publicKey: '' }, words, frames: [], privateKey: generateSigningKeyPair().privateKey };
  return { server, client, up };
}

/** One exchange with somebody who answers like this. */
async function exchangeWith(answer: http.RequestListener, signal?: AbortSignal) {
  const { client, up } = await clientOf(answer, { monotonicMs: () => performance.now(), silenceMs: SILENCE_MS });
  return client.exchange({ ...up, ...(signal && { signal }) });
}

const ANSWER = { protocol: PROTOCOL_VERSION, server: SERVER, epoch: 'e', nowMs: 0, held: {}, acknowledgements: [], refused: [], position: 0, hasMore: false, codec: 'json-gzip', frames: 0 };
const answering = (bytes: Uint8Array, type: string = ENVELOPE_TYPE): http.RequestListener => (_request, response) => void response.writeHead(200, { 'content-type': type }).end(bytes);

describe('one exchange', () => {
  it('is answered', async () => {
    expect(valueOf(await exchangeWith(answering(writeEnvelope(ANSWER, [])))).answer).toEqual(ANSWER);
  });

  it.each<[string, http.RequestListener, string, boolean]>([
    ['a page of the network', answering(Buffer.from('<h1>'), 'text/html'), 'notOurServer', true],
    ['another server', answering(writeEnvelope({ ...ANSWER, server: randomUUID() }, [])), 'notOurServer', false],
    ['bytes that are no envelope', answering(Buffer.from([0, 0, 0, 9, 1])), 'malformedAnswer', true],
    ['words that are no answer', answering(writeEnvelope({ ...ANSWER, held: 'nothing' }, [])), 'malformedAnswer', true],
    ['frames that it did not announce', answering(writeEnvelope(ANSWER, [Buffer.from('x')])), 'malformedAnswer', true],
    ['more than any answer may be', answering(Buffer.alloc(MESSAGE_BYTES_MAX + 1)), 'malformedAnswer', true],
    ['a gate that says the server is away', (_request, response) => void response.writeHead(502).end(), 'unreachable', true],
    ['a page that wants a sign-in elsewhere', (_request, response) => void response.writeHead(302, { location: 'http://login' }).end(), 'notOurServer', true],
    ['a refusal', (_request, response) => void response.writeHead(403).end('{"error":{"code":"sync.revoked","detail":""}}'), 'sync.revoked', false],
    ['a server that is busy', (_request, response) => void response.writeHead(503).end('{"error":{"code":"sync.busy","detail":""}}'), 'sync.busy', true],
    ['a cut before the answer', (request) => void request.socket.destroy(), 'unreachable', true],
    ['a cut in the middle', (request, response) => void response.writeHead(200, { 'content-length': 99 }).write('x', () => request.socket.destroy()), 'unreachable', true],
    ['silence', () => undefined, 'timedOut', true],
  ])('fails by %s', async (_name, answer, code, retry) => {
    const done = await exchangeWith(answer);
    expect(codeOf(done)).toBe(code);
    expect(!done.ok && done.error.retry).toBe(retry);
  });

  it('waits as long as bytes move, however slowly', async () => {
    const bytes = writeEnvelope(ANSWER, []);
    const done = await exchangeWith((_request, response) => {
      response.writeHead(200, { 'content-type': ENVELOPE_TYPE });
      let at = 0;
      const drip = setInterval(() => {
        response.write(bytes.subarray(at, at + 30));
        at += 30;
        if (at >= bytes.byteLength) {
          clearInterval(drip);
          response.end();
        }
      }, SILENCE_MS / 3);
    });
    expect(valueOf(done).moved.ms).toBeGreaterThan(SILENCE_MS * 1.5);
  });

  it('ends when it is called off', async () => {
    const abort = new AbortController();
    expect(codeOf(await exchangeWith(() => abort.abort(), abort.signal))).toBe('unreachable');
  });

  it('goes by TLS to the key that was agreed to, and sends not one byte to another', async () => {
    const asked: string[] = [];
    const certificate = new X509Certificate(CERTIFICATE);
    const publicKey = certificate.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64url');
    const view = { protocol: PROTOCOL_VERSION, oldestProtocol: PROTOCOL_VERSION, server: SERVER, epoch: 'e', publicKey, name: 'Tỉnh' };
    const server = https.createServer({ key: KEY, cert: CERTIFICATE }, (request, response) => {
      asked.push(request.url!);
      response.end(JSON.stringify(asked.length === 1 ? view : { ...view, publicKey: generateSigningKeyPair().publicKey }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const client = createExchangeClient({ monotonicMs: () => 0 });
    open.push({ server, client });
    const address = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(valueOf(await client.look(address)).publicKey).toBe(publicKey);
    // Somebody between who shows another key than the certificate's.
    expect(codeOf(await client.look(address))).toBe('untrusted');
    const admission = admissionBy(SERVER, { code: 'ABCD-2345-WXYZ', office: randomUUID(), keys: generateSigningKeyPair() });
    valueOf(await client.admit({ address, server: SERVER, publicKey }, admission));
    client.close();
    expect(asked.length).toBe(3);
    expect(codeOf(await client.admit({ address, server: SERVER, publicKey: generateSigningKeyPair().publicKey }, admission))).toBe('untrusted');
    expect(asked.length).toBe(3);
  });

  it('that wants a fresh connection goes by the one that was handed on, once and soon, also where that one was refused', async () => {
    let [connections, answers, nowMs] = [0, 0, 0];
    const { server, client, up } = await clientOf((request, response) => {
      answers += 1;
      if (answers % 2 === 1) response.writeHead(403).end('{"error":{"code":"sync.unknownDevice","detail":""}}');
      else answering(writeEnvelope(ANSWER, []))(request, response);
    }, { monotonicMs: () => nowMs });
    server.on('connection', () => (connections += 1));
    const connectionsAfter: number[] = [];
    for (const [how, ms] of [[{ isHandedOn: true }, 0], [{ isFresh: true }, 0], [{ isFresh: true }, 0], [{}, 0], [{ isHandedOn: true }, 0], [{ isFresh: true }, 60_000]] as const) {
      nowMs += ms;
      await client.exchange({ ...up, ...how });
      connectionsAfter.push(connections);
    }
    expect(connectionsAfter).toEqual([1, 1, 2, 2, 2, 3]);
  });

  it.each([
    ['lets the others go once it is answered', {}, 'unreachable'],
    ['leaves the others as they are where it is wanted no more when it is answered', { isWanted: () => false }, 'answered'],
  ] as const)('that goes by a fresh connection %s', async (_what, how, ofTheOther) => {
    let answerFirst: (() => void) | undefined;
    const { server, client, up } = await clientOf((request, response) => {
      const answer = () => answering(writeEnvelope(ANSWER, []))(request, response);
      if (answerFirst) answer();
      else answerFirst = answer;
    });
    const heard = once(server, 'request');
    const other = client.exchange(up);
    await heard;
    valueOf(await client.exchange({ ...up, isFresh: true, ...how }));
    answerFirst?.();
    const done = await other;
    expect(done.ok ? 'answered' : done.error.code).toBe(ofTheOther);
  });

  it('never goes over a network in the clear', async () => {
    const client = createExchangeClient({ monotonicMs: () => 0 });
    for (const address of ['http://may-chu.vn', 'http://10.0.0.1', 'ftp://may-chu.vn', 'http://127.0.0.1.may-chu.vn']) expect(codeOf(await client.look(address))).toBe('badAddress');
    client.close();
  });
});
