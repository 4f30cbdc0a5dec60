import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import { MESSAGE_BYTES_MAX } from '../../src-shared/sync-protocol/limits.ts';
import { SYNC_ERRORS, type SyncErrorCode } from '../../src-shared/sync-protocol/sync-errors.ts';

/** Why there is no answer. `untrusted`: the certificate is neither the server's own nor one that this machine trusts; `notOurServer`: somebody answered who does not speak this protocol, a captive portal for one. */
export type ExchangeFailure = { readonly code: 'unreachable' | 'timedOut' | 'untrusted' | 'malformedAnswer' | 'notOurServer' | 'badAddress' | SyncErrorCode; readonly detail: string; readonly retry: boolean };

export interface RequestHandlers {
  /** The other end is trusted: now its body may be written. */
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
  /** Asked before the first byte of a request goes over a new connection. */
  readonly isTrusted: (peer: Peer) => boolean;
  readonly silenceMs: number;
  readonly agents: Agents;
}

export interface Question extends RequestStart {
  readonly body: Buffer | null;
  readonly onBytes?: (() => void) | undefined;
}

/** Who is at the other end; null without TLS, which is on loopback. */
export type Peer = { readonly isVouchedFor: boolean; readonly key: string } | null;

export interface Answered {
  readonly type: string;
  readonly body: Buffer;
  readonly peer: Peer;
}

export function isPeerTrusted(peer: Peer, publicKey: string): boolean {
  return peer === null || peer.isVouchedFor || peer.key === publicKey;
}

/** By connection: one that is used again tells no certificate any more. */
const peers = new WeakMap<Socket, Peer>();

function peerOf(socket: Socket): Peer {
  const known = peers.get(socket);
  if (known !== undefined) return known;
  const peer = readPeer(socket);
  peers.set(socket, peer);
  return peer;
}

function readPeer(socket: Socket): Peer {
  if (!(socket instanceof TLSSocket)) return null;
  // The last 32 bytes of an Ed25519 key's SPKI are the key itself.
  const spki = socket.getPeerX509Certificate()?.publicKey.export({ format: 'der', type: 'spki' });
  return { isVouchedFor: socket.authorized, key: spki?.subarray(-32).toString('base64url') ?? '' };
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
    // Judged by `isTrusted` instead, and before anything is sent.
    rejectUnauthorized: false,
  });
  let peer: Peer = null;
  request.on('timeout', () => request.destroy(Object.assign(new Error('no byte moved'), { code: SILENT })));
  request.on('error', (error) => onFailure(failureOf(error)));
  request.on('response', (response) => onResponse(response, peer));
  request.on('socket', (socket) => {
    const send = () => {
      peer = peerOf(socket);
      if (start.isTrusted(peer)) onReady(request);
      else request.destroy(Object.assign(new Error('another certificate'), { code: UNTRUSTED }));
    };
    if ((socket as Partial<{ secureConnecting: boolean }>).secureConnecting === true) socket.once('secureConnect', send);
    else send();
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
