import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import { MESSAGE_BYTES_MAX } from '../../src-shared/sync-protocol/limits.ts';
import { SYNC_ERRORS, type SyncErrorCode } from '../../src-shared/sync-protocol/sync-errors.ts';
import { certificateOf, peerKeyOf, type KeyCertificate } from '../crypto/certificate.ts';
import type { SigningPrivateKey } from '../crypto/key-text.ts';
import { publicKeyOf } from '../crypto/keys.ts';
import type { Traffic } from './traffic.ts';

/** Why there is no answer. `untrusted`: by TLS another key than the server's stands at the other end; `notOurServer`: somebody answered who does not speak this protocol, a captive portal for one. */
export type ExchangeFailure = { readonly code: 'unreachable' | 'timedOut' | 'untrusted' | 'malformedAnswer' | 'notOurServer' | 'badAddress' | SyncErrorCode; readonly detail: string; readonly retry: boolean };

export interface RequestHandlers {
  /** The other end is the one that was expected: now its body may be written. */
  readonly onReady: (request: http.ClientRequest) => void;
  readonly onResponse: (response: http.IncomingMessage, peer: Peer) => void;
  readonly onFailure: (failure: ExchangeFailure) => void;
}

export type Agents = Readonly<Record<'http:' | 'https:', http.Agent>>;

export function createAgents(): Agents {
  return { 'http:': new http.Agent({ keepAlive: true, maxSockets: 2 }), 'https:': new https.Agent({ keepAlive: true, maxSockets: 2, maxCachedSessions: 0 }) };
}

export function closeAgents(agents: Agents): void {
  for (const agent of Object.values(agents)) agent.destroy();
}

export interface RequestStart {
  readonly address: string;
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly headers: http.OutgoingHttpHeaders;
  readonly signal?: AbortSignal | undefined;
  /** Counts what goes over for it. */
  readonly traffic?: Traffic | undefined;
  /** Whose key has to stand at the other end before the first byte of a request goes over; null where only the answer tells. */
  readonly expects: string | null;
  /** The device that shows its certificate; null before anybody has agreed to the server. */
  readonly as: SigningPrivateKey | null;
  readonly silenceMs: number;
  readonly agents: Agents;
  readonly sessions: Sessions;
}

export interface Question extends RequestStart {
  readonly body: Buffer | null;
  readonly onBytes?: (() => void) | undefined;
}

/** Whose key is at the other end, empty where it is none of ours; null without TLS, which is on loopback. */
export type Peer = string | null;

/**
 * By host and expected key: what the last connection left for the next, which then needs no certificates. It is offered to nobody but
 * the key that it was made with, and whoever can take it up has been that one.
 */
export type Sessions = Map<string, Buffer>;

export interface Answered {
  readonly type: string;
  readonly body: Buffer;
  readonly peer: Peer;
}

export function isPeer(peer: Peer, publicKey: string | null): boolean {
  return peer === null || publicKey === null || peer === publicKey;
}

/** By connection: one that was resumed tells no certificate, and one that is used again none any more. */
const peers = new WeakMap<Socket, Peer>();

function peerOf(socket: Socket, expects: string | null): Peer {
  const known = peers.get(socket);
  if (known !== undefined) return known;
  const peer = socket instanceof TLSSocket ? (socket.isSessionReused() ? expects : peerKeyOf(socket)) ?? '' : null;
  peers.set(socket, peer);
  return peer;
}

/** What goes along with a question by TLS. */
function tlsWords({ expects, as, sessions }: RequestStart, url: URL): https.RequestOptions {
  const session = expects === null ? undefined : sessions.get(sessionName(url, expects, as));
  return {
    minVersion: 'TLSv1.3',
    // One curve: the hybrid one that Node would offer costs 2.3 kB of each connection (docs/decisions/0027).
    ecdhCurve: 'X25519',
    // The key is compared instead, before anything is sent.
    rejectUnauthorized: false,
    ...(as !== null && certificateFor(as)),
    ...(session && { session }),
  };
}

function sessionName({ host }: URL, expects: string, as: SigningPrivateKey | null): string {
  return [host, expects, as === null ? '' : publicKeyOf(as)].join(' ');
}

/** Made once for each device that this process has been. */
const certificates = new Map<SigningPrivateKey, KeyCertificate>();

function certificateFor(privateKey: SigningPrivateKey): KeyCertificate {
  const made = certificates.get(privateKey) ?? certificateOf(privateKey);
  certificates.set(privateKey, made);
  return made;
}

/** A request that is ready to be written to once the other end is trusted; how it fails is told at most once before the response. */
export function startRequest(start: RequestStart, { onReady, onResponse, onFailure }: RequestHandlers): http.ClientRequest | undefined {
  const url = urlOf(start.address, start.path);
  if (!url) {
    onFailure(failure('badAddress', start.address, false).error);
    return undefined;
  }
  const { method, headers, signal, silenceMs } = start;
  const module = url.protocol === 'https:' ? https : http;
  const request = module.request(url, {
    method, headers,
    agent: start.agents[url.protocol as 'http:' | 'https:'],
    // Counted from the last byte either way, not from the start: a slow link that moves is alive.
    timeout: silenceMs,
    ...(signal && { signal }),
    ...(url.protocol === 'https:' && tlsWords(start, url)),
  });
  let peer: Peer = null;
  request.on('timeout', () => request.destroy(Object.assign(new Error('no byte moved'), { code: SILENT })));
  request.on('error', (error) => onFailure(failureOf(error)));
  request.on('response', (response) => onResponse(response, peer));
  request.on('socket', (socket) => {
    start.traffic?.watch(socket);
    const { expects } = start;
    const send = () => {
      peer = peerOf(socket, expects);
      if (isPeer(peer, expects)) onReady(request);
      else request.destroy(Object.assign(new Error('another certificate'), { code: UNTRUSTED }));
    };
    if ((socket as Partial<{ secureConnecting: boolean }>).secureConnecting !== true) return send();
    socket.once('secureConnect', send);
    if (expects !== null) socket.on('session', (session: Buffer) => isPeer(peerOf(socket, expects), expects) && start.sessions.set(sessionName(url, expects, start.as), session));
  });
  return request;
}

/** How a connection broke off, as the desk hears of it. */
export function failureOf(error: unknown): ExchangeFailure {
  const { code, message } = error as NodeJS.ErrnoException;
  return failure(code === SILENT ? 'timedOut' : code === UNTRUSTED ? 'untrusted' : 'unreachable', code ?? message, code !== UNTRUSTED).error;
}

const SILENT = 'SILENT';
const UNTRUSTED = 'UNTRUSTED';

/** Plain HTTP is for loopback alone: what goes over a network is read by nobody else. */
function urlOf(address: string, path: string): URL | undefined {
  if (!URL.canParse(path, address)) return undefined;
  const url = new URL(path, address);
  const isLoopback = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback) ? url : undefined;
}

/** Undefined where it is larger than any answer may be. Throws where the connection breaks off. */
export async function readBody(response: http.IncomingMessage, onBytes?: () => void): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    bytes += part.byteLength;
    onBytes?.();
    if (bytes > MESSAGE_BYTES_MAX) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

export function answerOf({ statusCode, headers }: http.IncomingMessage, body: Buffer, peer: Peer): Result<Answered, ExchangeFailure> {
  const type = headers['content-type']?.split(';')[0]?.trim() ?? '';
  if (statusCode === 200) return ok({ type, body, peer });
  const refusal = refusalIn(parseJson(body));
  if (refusal) return refusalFailure(refusal);
  // A proxy on the way may say so of a server that is away for a moment.
  return failure((statusCode ?? 0) >= 500 ? 'unreachable' : 'notOurServer', `status ${statusCode}`, true);
}

interface Refusal {
  readonly code: SyncErrorCode;
  readonly detail: string;
}

export function refusalFailure({ code, detail }: Refusal): { readonly ok: false; readonly error: ExchangeFailure } {
  return failure(code, detail, SYNC_ERRORS[code].retry);
}

/** Undefined for words that are no refusal of this protocol. */
export function refusalIn(words: unknown): Refusal | undefined {
  const { code, detail } = ((words as { error?: { code?: unknown; detail?: unknown } } | null | undefined)?.error ?? {}) as { code?: unknown; detail?: unknown };
  return typeof code === 'string' && Object.hasOwn(SYNC_ERRORS, code) ? { code: code as SyncErrorCode, detail: String(detail ?? '').slice(0, 300) } : undefined;
}

export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    // Not JSON: whoever looks into it finds nothing.
    return undefined;
  }
}

export function failure(code: ExchangeFailure['code'], detail: string, retry: boolean): { readonly ok: false; readonly error: ExchangeFailure } {
  return err({ code, detail, retry });
}
